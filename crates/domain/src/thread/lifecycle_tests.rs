//! Facts and properties of a thread's life.

use super::*;
use crate::TeamId;
use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;
use uuid::Uuid;

fn at(minutes: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_780_000_000 + minutes * 60, 0).unwrap()
}

fn window() -> Duration {
    Duration::days(14)
}

fn start() -> Start {
    Start {
        id: ThreadId::new(Uuid::from_u128(1)),
        patient: PatientId::new(Uuid::from_u128(2)),
        category: Category::Prescription,
        priority: Priority::Normal,
        confidential: false,
        linked_thread: None,
        at: at(0),
    }
}

fn from_patient() -> Thread {
    Thread::start_by_patient(start()).post(Post::Patient { reopen_window: window() }, at(0)).unwrap().0
}

fn nurse() -> StaffId {
    StaffId::new(Uuid::from_u128(3))
}

/// What a patient can see of a thread.
fn public_view(thread: &Thread) -> impl PartialEq + std::fmt::Debug + use<> {
    let f = thread.facts();
    (
        (f.state, f.category, f.confidential, f.archived_at),
        (f.public_version, f.public_updated_at, f.message_count, f.last_message),
        (f.last_patient_seq, f.last_staff_seq, f.seen_by_staff_at),
    )
}

#[test]
fn a_patients_thread_starts_open_unassigned_and_unread() {
    let thread = from_patient();
    let facts = thread.facts();
    assert_eq!(facts.state, State::Active(Status::Open));
    assert_eq!(facts.assignee, None);
    assert!(facts.unread_by_staff && facts.created_by_patient);
    assert_eq!((facts.message_count, facts.version), (1, 1));
}

#[test]
fn a_staff_thread_waits_for_the_patient_and_belongs_to_its_author() {
    let (thread, _) =
        Thread::start_by_staff(start(), nurse()).post(Post::Staff { role: Role::Nurse }, at(0)).unwrap();
    let facts = thread.facts();
    assert_eq!(facts.state, State::Active(Status::WaitingPatient));
    assert_eq!(facts.assignee, Some(Assignee::Staff(nurse())));
    assert!(!facts.unread_by_staff);
}

#[test]
fn an_automatic_reply_counts_as_a_message_but_not_as_an_answer() {
    let (thread, _) = from_patient().post(Post::AutoReply, at(0)).unwrap();
    let facts = thread.facts();
    assert_eq!(facts.last_message.by, SenderKind::System);
    assert_eq!(facts.message_count, 2);
    assert_eq!(facts.state, State::Active(Status::Open));
    assert!(facts.unread_by_staff);
    assert_eq!(facts.last_staff_seq, Seq(0));
}

#[test]
fn a_file_that_comes_after_its_message_is_a_public_change_and_a_patients_is_unread() {
    let read = from_patient().read_by_staff(Seq(1), at(1));
    let by_staff = read.clone().file_added(SenderKind::Staff, at(2));
    assert!(!by_staff.facts().unread_by_staff);
    let by_patient = read.clone().file_added(SenderKind::Patient, at(2));
    assert!(by_patient.facts().unread_by_staff);
    for thread in [by_staff, by_patient] {
        let (before, after) = (read.facts(), thread.facts());
        assert_eq!((after.version, after.public_version), (before.version + 1, before.public_version + 1));
        assert_eq!((after.last_seq, after.message_count), (before.last_seq, before.message_count));
    }
}

#[test]
fn a_closed_thread_refuses_staff_replies_and_takes_notes() {
    let closed = from_patient().close(at(1)).unwrap();
    assert!(matches!(
        closed.clone().post(Post::Staff { role: Role::Admin }, at(2)),
        Err(ThreadRefusal::Status(StatusRefusal::Illegal { .. }))
    ));
    let (noted, _) = closed.clone().post(Post::InternalNote, at(2)).unwrap();
    assert_eq!(noted.facts().state, closed.facts().state);
}

#[test]
fn a_patient_reopens_within_the_window_to_the_second_and_not_after() {
    let closed = from_patient().close(at(0)).unwrap();
    let post = Post::Patient { reopen_window: window() };
    let last = at(0) + window();
    assert_eq!(closed.facts().reopens_until(window()), Some(last));
    let (open, _) = closed.clone().post(post, last).unwrap();
    assert_eq!(open.facts().state, State::Active(Status::Open));
    assert_eq!(closed.post(post, last + Duration::seconds(1)), Err(ThreadRefusal::ReopenWindowPassed));
}

#[test]
fn close_and_reopen_are_refused_twice() {
    let closed = from_patient().close(at(1)).unwrap();
    assert!(closed.clone().close(at(2)).is_err());
    let open = closed.reopen(at(3)).unwrap();
    assert!(open.reopen(at(4)).is_err());
}

#[test]
fn assigning_moves_an_open_thread_and_unassigning_moves_none() {
    let team = Assignee::Team(TeamId::new(Uuid::from_u128(4)));
    let assigned = from_patient().assign(Some(team), at(1));
    assert_eq!(assigned.facts().state, State::Active(Status::InProgress));
    assert_eq!(assigned.facts().public_version, 2);
    let version = assigned.facts().version;
    let same = assigned.assign(Some(team), at(2));
    assert_eq!(same.facts().version, version);
    let free = same.assign(None, at(3));
    assert_eq!(free.facts().state, State::Active(Status::InProgress));
    assert_eq!(free.facts().public_version, 2);
    assert_eq!(free.facts().version, version + 1);
}

#[test]
fn reading_is_complete_only_up_to_the_newest_patient_message() {
    let (thread, posted) = from_patient().post(Post::Patient { reopen_window: window() }, at(1)).unwrap();
    let behind = thread.clone().read_by_staff(Seq(posted.seq.0 - 1), at(2));
    assert!(behind.facts().unread_by_staff);
    let version = thread.facts().version;
    let read = thread.read_by_staff(posted.seq, at(3));
    assert!(!read.facts().unread_by_staff);
    assert_eq!(read.facts().seen_by_staff_at, Some(at(3)));
    assert_eq!(read.facts().version, version);
}

#[derive(Clone, Debug)]
enum Event {
    Post(Post),
    Assign(Option<Assignee>),
    Status(Status, Role),
    Priority(Priority),
    Category(Category),
    Confidential(bool),
    Close,
    Reopen,
    Read(i32),
}

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL.to_vec())
}

fn event() -> impl Strategy<Value = Event> {
    let assignee = prop_oneof![
        Just(None),
        (0u128..3).prop_map(|n| Some(Assignee::Staff(StaffId::new(Uuid::from_u128(n))))),
        (0u128..3).prop_map(|n| Some(Assignee::Team(TeamId::new(Uuid::from_u128(n))))),
    ];
    prop_oneof![
        Just(Event::Post(Post::Patient { reopen_window: window() })),
        Just(Event::Post(Post::AutoReply)),
        Just(Event::Post(Post::InternalNote)),
        role().prop_map(|role| Event::Post(Post::Staff { role })),
        assignee.prop_map(Event::Assign),
        (prop::sample::select(Status::ALL.to_vec()), role()).prop_map(|(s, r)| Event::Status(s, r)),
        prop::sample::select(Priority::ALL.to_vec()).prop_map(Event::Priority),
        prop::sample::select(Category::ALL.to_vec()).prop_map(Event::Category),
        any::<bool>().prop_map(Event::Confidential),
        Just(Event::Close),
        Just(Event::Reopen),
        (0i32..40).prop_map(Event::Read),
    ]
}

fn apply(thread: Thread, event: &Event, now: Moment) -> Result<Thread, ThreadRefusal> {
    match event {
        Event::Post(post) => thread.post(*post, now).map(|(thread, _)| thread),
        Event::Assign(assignee) => Ok(thread.assign(*assignee, now)),
        Event::Status(status, role) => thread.set_status(*status, *role, now),
        Event::Priority(priority) => Ok(thread.set_priority(*priority, now)),
        Event::Category(category) => Ok(thread.set_category(*category, now)),
        Event::Confidential(confidential) => Ok(thread.set_confidential(*confidential, now)),
        Event::Close => thread.close(now),
        Event::Reopen => thread.reopen(now),
        Event::Read(seq) => Ok(thread.read_by_staff(Seq(*seq), now)),
    }
}

proptest! {
    #[test]
    fn any_sequence_of_events_keeps_every_invariant(
        events in prop::collection::vec((event(), -5i64..5_000), 1..40)
    ) {
        let mut thread = from_patient();
        let mut now = 0;
        for (event, minutes) in events {
            now += minutes;
            let before = thread.clone();
            let Ok(after) = apply(thread.clone(), &event, at(now)) else { continue };
            let (b, a) = (before.facts(), after.facts());
            prop_assert_eq!((a.id, a.patient, a.created_at), (b.id, b.patient, b.created_at));
            prop_assert!(a.last_seq >= b.last_seq && a.last_seq.0 - b.last_seq.0 <= 1);
            prop_assert!(a.version >= b.version && a.public_version >= b.public_version);
            prop_assert!(a.version - b.version >= a.public_version - b.public_version);
            prop_assert!(a.last_message.at >= b.last_message.at, "the last message never goes back in time");
            prop_assert!(a.updated_at >= b.updated_at && a.public_updated_at >= b.public_updated_at);
            prop_assert!(a.last_patient_seq <= a.last_seq && a.last_staff_seq <= a.last_seq);
            prop_assert!(a.message_count <= a.last_seq.0);
            prop_assert!(!a.unread_by_staff || a.last_patient_seq > Seq(0));
            let is_note = matches!(event, Event::Post(Post::InternalNote));
            prop_assert_eq!(
                a.message_count - b.message_count,
                i32::from(matches!(event, Event::Post(_)) && !is_note)
            );
            if public_view(&before) != public_view(&after) && !matches!(event, Event::Read(_)) {
                prop_assert!(a.public_version > b.public_version, "{:?} moved what a patient sees", event);
            }
            if matches!(event, Event::Priority(_) | Event::Read(_)) {
                prop_assert_eq!(a.public_version, b.public_version);
            }
            thread = after;
        }
    }

    #[test]
    fn notes_move_nothing_that_a_patient_can_see(
        events in prop::collection::vec((event(), 0i64..500), 1..30),
        notes in prop::collection::vec(any::<bool>(), 30),
    ) {
        let (mut plain, mut noted) = (from_patient(), from_patient());
        let mut now = 0;
        for ((event, minutes), note) in events.into_iter().zip(notes) {
            now += minutes;
            if matches!(event, Event::Post(Post::InternalNote) | Event::Read(_)) { continue; }
            if note {
                let version = noted.facts().version;
                noted = noted.post(Post::InternalNote, at(now)).unwrap().0;
                prop_assert_eq!(noted.facts().version, version, "a note is no version");
            }
            let results = (apply(plain.clone(), &event, at(now)), apply(noted.clone(), &event, at(now)));
            prop_assert_eq!(results.0.is_ok(), results.1.is_ok());
            if let (Ok(a), Ok(b)) = results { (plain, noted) = (a, b); }
            let (p, n) = (plain.facts(), noted.facts());
            prop_assert_eq!(p.state, n.state);
            prop_assert_eq!((p.version, p.public_version), (n.version, n.public_version));
            prop_assert_eq!((p.updated_at, p.public_updated_at), (n.updated_at, n.public_updated_at));
            prop_assert_eq!((p.message_count, p.last_message), (n.message_count, n.last_message));
            prop_assert_eq!(p.unread_by_staff, n.unread_by_staff);
        }
    }
}
