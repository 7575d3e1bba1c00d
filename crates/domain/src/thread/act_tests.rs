//! Facts and properties of acts and of taking them back.

use super::*;
use crate::access::Role;
use crate::thread::{Category, Closure, Post, Start, Status};
use crate::{PatientId, StaffId, TeamId, ThreadId};
use chrono::{DateTime, Duration, TimeZone, Utc};
use proptest::prelude::*;
use uuid::Uuid;

const ROLE: Role = Role::Provider;

fn at(minutes: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_780_000_000 + minutes * 60, 0).unwrap()
}

fn person(n: u128) -> Assignee {
    Assignee::Staff(StaffId::new(Uuid::from_u128(n)))
}

fn fresh() -> Thread {
    let start = Start {
        id: ThreadId::new(Uuid::from_u128(1)),
        patient: PatientId::new(Uuid::from_u128(2)),
        category: Category::Medical,
        priority: Priority::Normal,
        confidential: false,
        linked_thread: None,
        at: at(0),
    };
    patient_writes(Thread::start_by_patient(start), at(0))
}

fn patient_writes(thread: Thread, now: Moment) -> Thread {
    thread.post(Post::Patient { reopen_window: Duration::days(14) }, now).unwrap().0
}

fn done(before: &Thread, act: Act, now: Moment) -> (Thread, Done) {
    let left = before.clone().act(act, ROLE, now).unwrap();
    let done =
        Done { act, role: ROLE, at: now, before: before.standing(), left_version: left.facts().version };
    (left, done)
}

#[test]
fn an_assignment_that_is_taken_back_leaves_the_thread_open_to_whom_it_was() {
    let thread = fresh();
    let (left, act) = done(&thread, Act::Assign(Some(person(3))), at(1));
    assert_eq!(left.facts().state, State::Active(Status::InProgress));
    let back = left.clone().take_back(&act, at(2)).unwrap();
    assert_eq!(back.standing(), thread.standing());
    assert_eq!(back.facts().version, left.facts().version + 1);
    assert_eq!(back.facts().public_version, left.facts().public_version + 1);
}

#[test]
fn a_closing_that_is_taken_back_is_no_reopening() {
    let thread = fresh().set_status(Status::WaitingProvider, Role::Nurse, at(1)).unwrap();
    let thread = thread.assign(Some(person(3)), at(1));
    let (left, act) = done(&thread, Act::Close, at(2));
    let back = left.take_back(&act, at(3)).unwrap();
    assert_eq!(back.facts().state, State::Active(Status::WaitingProvider));
    assert_eq!(back.facts().assignee, Some(person(3)));
}

#[test]
fn a_reopening_that_is_taken_back_keeps_the_time_of_closing_and_the_archive() {
    let closed = fresh().close(at(1)).unwrap().archive(at(2)).unwrap();
    let (left, act) = done(&closed, Act::Reopen, at(3));
    assert_eq!(left.facts().archived_at, None);
    let back = left.take_back(&act, at(4)).unwrap();
    assert_eq!(back.facts().state, State::Closed(Closure { at: at(1) }));
    assert_eq!(back.facts().archived_at, Some(at(2)));
}

#[test]
fn only_closed_threads_are_archived_and_once() {
    assert_eq!(fresh().archive(at(1)), Err(ThreadRefusal::NotClosed));
    let archived = fresh().close(at(1)).unwrap().archive(at(2)).unwrap();
    assert_eq!(archived.clone().archive(at(3)).unwrap(), archived);
    assert_eq!(archived.clone().unarchive(at(3)).facts().archived_at, None);
    let back = archived.unarchive(at(3));
    assert_eq!(back.clone().unarchive(at(4)), back);
    assert_eq!(back.facts().state.status(), Status::Closed);
}

#[test]
fn reading_that_is_taken_back_moves_no_version() {
    let thread = fresh();
    let (left, act) = done(&thread, Act::MarkRead, at(1));
    assert!(!left.facts().unread_by_staff);
    assert_eq!(left.take_back(&act, at(2)).unwrap(), thread);
}

#[test]
fn nothing_is_taken_back_once_the_thread_has_moved_on() {
    for act in [Act::Assign(Some(person(3))), Act::SetPriority(Priority::Urgent), Act::MarkRead] {
        let (left, act) = done(&fresh(), act, at(1));
        let moved = patient_writes(left, at(2));
        assert_eq!(moved.take_back(&act, at(3)), Err(ThreadRefusal::MovedOn));
    }
}

/// What was kept of an act may have been altered: it opens no door past the rules.
#[test]
fn no_forged_past_is_a_way_into_a_state() {
    let taken = fresh().assign(Some(person(3)), at(1));
    let (left, honest) = done(&taken, Act::SetPriority(Priority::Urgent), at(1));
    let closed = State::Closed(Closure { at: at(0) });
    let forged = |act, state| Done { act, before: Before { state, ..honest.before }, ..honest };
    for act in [Act::Close, Act::Reopen, Act::Archive, Act::Assign(None), Act::SetStatus(Status::Open)] {
        for state in [closed, State::Active(Status::WaitingProvider)] {
            assert_eq!(left.clone().take_back(&forged(act, state), at(2)), Err(ThreadRefusal::MovedOn));
        }
    }
    let same = left.clone().take_back(&forged(Act::SetPriority(Priority::Urgent), closed), at(2)).unwrap();
    assert_eq!(same.facts().state, left.facts().state, "an act restores only what it moves");
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        prop_oneof![
            Just(None),
            Just(Some(person(3))),
            Just(Some(Assignee::Team(TeamId::new(Uuid::from_u128(9)))))
        ]
        .prop_map(Act::Assign),
        prop::sample::select(Status::ALL.to_vec()).prop_map(Act::SetStatus),
        Just(Act::Close),
        Just(Act::Reopen),
        Just(Act::Archive),
        Just(Act::Unarchive),
        prop::sample::select(Priority::ALL.to_vec()).prop_map(Act::SetPriority),
        Just(Act::MarkRead),
        Just(Act::MarkUnread),
    ]
}

proptest! {
    #[test]
    fn whatever_was_done_can_be_taken_back_exactly(
        history in prop::collection::vec(any_act(), 0..12), act in any_act(),
    ) {
        let mut thread = fresh();
        for (minute, act) in (1..).zip(history) {
            thread = thread.clone().act(act, ROLE, at(minute)).unwrap_or(thread);
        }
        let Ok(left) = thread.clone().act(act, ROLE, at(20)) else { return Ok(()) };
        let done = Done { act, role: ROLE, at: at(20), before: thread.standing(), left_version: left.facts().version };
        let back = left.clone().take_back(&done, at(21)).unwrap();
        prop_assert_eq!(back.standing(), thread.standing());
        prop_assert!(back.facts().version >= left.facts().version);
        prop_assert_eq!(back.facts().last_seq, left.facts().last_seq);
        if back.facts().version > left.facts().version {
            prop_assert_eq!(back.take_back(&done, at(22)), Err(ThreadRefusal::MovedOn), "once");
        }
    }
}
