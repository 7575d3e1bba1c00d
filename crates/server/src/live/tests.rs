use super::hub::{Errand, Hub, STREAMS_PER_PERSON};
use super::queue::{Closing, Item, LONGEST, Queue};
use super::ring::Ring;
use super::{Joined, Subscription};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use threadwell_application::access::Audience;
use threadwell_application::live::{OpenedStream, Sight};
use threadwell_application::ports::{About, FeedPlace, Published, SkippedChange};
use threadwell_domain::thread::{Category, CategorySet};
use threadwell_domain::{ChangeKind, PatientId, SessionId, StaffId, TenantId, ThreadId};
use uuid::Uuid;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

const fn place(transaction: u64) -> FeedPlace {
    FeedPlace { transaction, id: id(1) }
}

fn change(transaction: u64) -> Published {
    Published {
        place: place(transaction),
        tenant: TenantId::new(id(1)),
        kind: ChangeKind::Note,
        audience: Audience::Staff,
        about: About::Thread {
            thread: ThreadId::new(id(2)),
            patient: PatientId::new(id(3)),
            message: None,
            category: Category::Medical,
            categories: CategorySet::of(&[Category::Medical]),
            is_confidential: false,
            is_withdrawn: false,
        },
        only: None,
        by: None,
    }
}

fn opened(session: u128) -> OpenedStream {
    OpenedStream {
        tenant: TenantId::new(id(1)),
        session: SessionId::new(id(session)),
        address: None,
        sight: Sight::Staff { staff: StaffId::new(id(9)), categories: CategorySet::ALL },
    }
}

fn hub() -> (Arc<Hub>, Receiver<Errand>) {
    let (errands, received) = channel();
    (Arc::new(Hub::new(errands)), received)
}

fn join(hub: &Arc<Hub>, session: u128, was_at: Option<FeedPlace>) -> (Subscription, bool) {
    match hub.join(opened(session), Instant::now(), was_at) {
        Joined::In { subscription, is_resumed, .. } => (subscription, is_resumed),
        Joined::Stopping => panic!("it was not let in"),
    }
}

#[test]
fn a_ring_knows_what_it_has_forgotten() {
    let mut ring = Ring::new(vec![change(5), change(6)], place(9), 3);
    let after = |ring: &Ring, at| ring.after(place(at)).map(Iterator::count);
    assert_eq!(
        [after(&ring, 4), after(&ring, 5), after(&ring, 6), after(&ring, 7)],
        [None, Some(1), Some(0), Some(0)]
    );
    (10..13).for_each(|number| ring.push(change(number)));
    assert_eq!([after(&ring, 5), after(&ring, 6), after(&ring, 11)], [None, Some(3), Some(1)]);
    let empty = Ring::new(Vec::new(), place(9), 3);
    assert_eq!([after(&empty, 8), after(&empty, 9)], [None, Some(0)]);
}

#[test]
fn a_queue_that_is_full_holds_one_reset() {
    let mut queue = Queue::default();
    (0..LONGEST).for_each(|_| queue.push(Item::Reset(place(1)), place(1)));
    assert_eq!(queue.take().0.len(), 1, "what came before a reset is not needed");
    let told = |number| match opened(1).sight.tells(&change(number)) {
        Some(told) => Item::Told(place(number), told),
        None => panic!("nothing is told"),
    };
    (0..600).for_each(|number| queue.push(told(number), place(number)));
    let (items, _) = queue.take();
    assert!(items.len() < LONGEST, "{}", items.len());
    assert_eq!(items.first(), Some(&Item::Reset(place(512))));
    queue.close(Closing::SessionEnded);
    queue.close(Closing::Shutdown);
    assert_eq!(queue.take(), (Vec::new(), Some(Closing::SessionEnded)), "the first reason stays");
}

#[test]
fn a_stream_goes_on_where_it_was_and_misses_nothing_in_between() {
    let (hub, _errands) = hub();
    hub.begin(vec![change(5), change(6), change(7)], place(7));
    let (fresh, is_resumed) = join(&hub, 1, None);
    assert!(!is_resumed && fresh.take().0.is_empty());
    let (cut, is_resumed) = join(&hub, 1, Some(place(6)));
    assert!(is_resumed);
    hub.tell(&[change(8)]);
    let places: Vec<_> = cut
        .take()
        .0
        .iter()
        .map(|item| match item {
            Item::Told(place, _) => place.transaction,
            Item::Present(_) | Item::Reset(_) => 0,
        })
        .collect();
    assert_eq!(places, [7, 8]);
    for unknown in [place(4), place(9)] {
        assert!(!join(&hub, 1, Some(unknown)).1, "{unknown:?}");
    }
}

#[test]
fn the_end_of_a_session_ends_its_streams_alone() {
    let (hub, errands) = hub();
    let ((first, _), (second, _)) = (join(&hub, 1, None), join(&hub, 2, None));
    let session = SessionId::new(id(1));
    hub.tell(&[Published { kind: ChangeKind::SessionEnded, about: About::Session(session), ..change(3) }]);
    assert_eq!((first.take().1, second.take().1), (Some(Closing::SessionEnded), None));
    drop(first);
    assert_eq!(errands.try_iter().collect::<Vec<_>>(), [Errand::Leave(TenantId::new(id(1)), session)]);
    hub.stop();
    assert_eq!(second.take().1, Some(Closing::Shutdown));
    assert!(matches!(hub.join(opened(3), Instant::now(), None), Joined::Stopping));
}

#[test]
fn a_further_stream_of_a_person_ends_the_oldest() {
    let (hub, _errands) = hub();
    let streams: Vec<_> = (0..=STREAMS_PER_PERSON).map(|_| join(&hub, 1, None).0).collect();
    let ended: Vec<bool> = streams.iter().map(|stream| stream.take().1.is_some()).collect();
    assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
    assert_eq!(ended.first(), Some(&true));
}

#[test]
fn whoever_sees_something_else_fetches_everything_again() {
    let (hub, _errands) = hub();
    let (subscription, _) = join(&hub, 1, None);
    let [(_, streams)] = hub.watched().try_into().unwrap();
    let stream = streams.first().unwrap();
    hub.note(stream, Some(opened(1).sight), Instant::now());
    assert_eq!(subscription.take(), (Vec::new(), None), "nothing moved");
    hub.note(
        stream,
        Some(Sight::Staff { staff: StaffId::new(id(9)), categories: CategorySet::NONE }),
        Instant::now(),
    );
    assert!(matches!(subscription.take().0.as_slice(), [Item::Reset(_)]));
    hub.tell(&[change(8)]);
    assert!(subscription.take().0.is_empty(), "it sees no thread any more");
    hub.note(stream, None, Instant::now());
    assert_eq!(subscription.take().1, Some(Closing::SessionEnded));
}

#[test]
fn a_stream_that_nobody_confirms_ends_and_one_that_is_confirmed_stays() {
    let (hub, _errands) = hub();
    let Some(long_ago) = Instant::now().checked_sub(Duration::from_millis(4_600)) else {
        panic!("the machine was started just now")
    };
    let Joined::In { subscription, .. } = hub.join(opened(1), long_ago, None) else {
        panic!("it was not let in")
    };
    let (confirmed, _) = join(&hub, 2, None);
    hub.close_overdue();
    assert_eq!(subscription.take().1, Some(Closing::Unconfirmed));
    assert_eq!(Closing::Unconfirmed.name(), "shutdown", "clients come back after that");
    assert_eq!(confirmed.take().1, None);
    let [(_, streams)] = hub.watched().try_into().unwrap();
    hub.note(streams.last().unwrap(), Some(opened(2).sight), long_ago);
    hub.close_overdue();
    assert_eq!(confirmed.take().1, None, "an answer that comes late takes nothing away");
}

#[test]
fn whoever_missed_what_is_not_understood_begins_anew() {
    let (hub, _errands) = hub();
    hub.begin(vec![change(5), change(6)], place(6));
    let (here, _) = join(&hub, 1, None);
    hub.skip(SkippedChange { place: place(7), tenant: TenantId::new(id(1)) });
    assert_eq!(here.take().0, [Item::Reset(place(7))]);
    hub.tell(&[change(8)]);
    assert!(!join(&hub, 1, Some(place(6))).1, "nobody can say what it missed");
    assert!(join(&hub, 1, Some(place(7))).1);
    hub.skip(SkippedChange { place: place(9), tenant: TenantId::new(id(2)) });
    assert!(join(&hub, 1, Some(place(8))).1, "that was another practice's");
}
