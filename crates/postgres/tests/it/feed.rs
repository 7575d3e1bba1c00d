//! What those who look on are told: which acts write for which side, that nothing is skipped, and how nodes are woken.

use crate::raw::texts;
use crate::scene::{Scene, outgoing};
use diesel::connection::SimpleConnection;
use std::time::{Duration, Instant};
use threadwell_application::ports::{Feed, FeedPlace, Published};
use threadwell_application::threads::{self, ThreadChanges};
use threadwell_application::{attachments, portal};
use threadwell_domain::ThreadId;
use threadwell_domain::thread::{Assignee, Category, Priority, Status};
use threadwell_postgres::{Announcer, PgFeed, PgSettings};

/// Long, since databases that other tests copy meanwhile are transactions of the same server.
const LIMIT: Duration = Duration::from_secs(60);

fn settings(scene: &Scene) -> PgSettings {
    PgSettings::new(scene.stage.url("staff"), scene.stage.url("portal"), scene.stage.url("worker"))
}

fn feed(scene: &Scene) -> PgFeed {
    PgFeed::new(&settings(scene), &scene.stage.store)
}

/// Reads on until so many changes came; other tests' transactions may hold them back for a moment.
fn read(feed: &PgFeed, place: &mut FeedPlace, count: usize) -> Vec<Published> {
    let started = Instant::now();
    let mut all = Vec::new();
    while all.len() < count {
        assert!(started.elapsed() < LIMIT, "{} of {count} changes came", all.len());
        let page = feed.after(*place).unwrap();
        *place = page.changes.last().map_or(*place, |last| last.place);
        all.extend(page.changes);
    }
    all
}

fn published(scene: &Scene) -> Vec<String> {
    texts(
        &mut scene.stage.raw_admin(),
        "SELECT kind || CASE audience WHEN 0 THEN ' staff' ELSE ' portal' END FROM change ORDER BY xid, id, audience",
    )
}

/// What an act writes, as kind and side.
fn told(scene: &Scene, act: impl FnOnce()) -> Vec<String> {
    let before = published(scene).len();
    act();
    let mut told = published(scene).split_off(before);
    told.sort();
    told
}

#[test]
fn every_act_tells_the_sides_that_see_it() {
    let scene = Scene::set();
    let store = scene.store();
    let mut thread = None;
    let started =
        told(&scene, || thread = Some(scene.write(&scene.ana, Category::Medical, "Rash", "It itches.")));
    assert_eq!(started, ["0 portal", "0 staff"]);
    let thread: ThreadId = thread.unwrap();
    let nurse = &scene.nurse.caller;
    let change = |changes: ThreadChanges| {
        threads::update_thread(store, nurse, thread, &changes, None).unwrap();
    };
    let assign =
        ThreadChanges { assignee: Some(Some(Assignee::Staff(scene.nurse.id))), ..ThreadChanges::default() };
    let pass_on = ThreadChanges {
        assignee: Some(Some(Assignee::Staff(scene.provider.id))),
        ..ThreadChanges::default()
    };
    let urgent = ThreadChanges { priority: Some(Priority::Urgent), ..ThreadChanges::default() };
    let ask = ThreadChanges { status: Some(Status::WaitingProvider), ..ThreadChanges::default() };
    let file = ThreadChanges { category: Some(Category::General), ..ThreadChanges::default() };
    assert_eq!(
        told(&scene, || threads::mark_read(store, nurse, thread, None).unwrap()),
        ["6 portal", "7 staff"]
    );
    assert_eq!(told(&scene, || threads::mark_read(store, nurse, thread, None).unwrap()), [""; 0]);
    assert_eq!(told(&scene, || change(assign.clone())), ["3 staff", "4 portal"]);
    assert_eq!(told(&scene, || change(assign.clone())), [""; 0]);
    // Whom a colleague gives it to is told besides.
    assert_eq!(told(&scene, || change(pass_on.clone())), ["11 staff", "3 staff"]);
    assert_eq!(told(&scene, || change(urgent.clone())), ["5 staff"]);
    assert_eq!(told(&scene, || change(ask.clone())), ["4 portal", "4 staff"]);
    assert_eq!(told(&scene, || change(file.clone())), ["5 portal", "5 staff"]);
    assert_eq!(
        told(&scene, || {
            scene.note(&scene.nurse, thread, "Contact dermatitis?");
        }),
        ["2 staff"]
    );
    assert_eq!(
        told(&scene, || {
            scene.reply(&scene.nurse, thread, "Send a picture.");
        }),
        ["1 portal", "1 staff"]
    );
    assert_eq!(
        told(&scene, || {
            scene.answer(&scene.ana, thread, "Here.");
        }),
        ["1 portal", "1 staff"]
    );
    let ana = &scene.ana.caller;
    assert_eq!(told(&scene, || portal::mark_read(store, ana, thread, None).unwrap()), [""; 0]);
    scene.reply(&scene.nurse, thread, "Thank you.");
    assert_eq!(
        told(&scene, || portal::mark_read(store, ana, thread, None).unwrap()),
        ["7 portal", "7 staff"]
    );
    assert_eq!(told(&scene, || threads::mark_unread(store, nurse, thread).unwrap()), ["7 staff"]);
    assert_eq!(
        told(&scene, || drop(threads::close_thread(store, nurse, thread, None, None).unwrap())),
        ["4 portal", "4 staff"]
    );
    assert_eq!(
        told(&scene, || drop(threads::reopen_thread(store, nurse, thread, None).unwrap())),
        ["4 portal", "4 staff"]
    );
    let refused = told(&scene, || {
        attachments::list_attachments(store, nurse, ThreadId::new(uuid::Uuid::now_v7())).unwrap_err();
        threads::send_message(store, nurse, thread, &outgoing("[NAME], hello", false), None).unwrap_err();
    });
    assert_eq!(refused, [""; 0], "what did not happen is told to nobody");
}

#[test]
fn a_slow_older_transaction_holds_back_and_nothing_is_skipped() {
    let scene = Scene::set();
    let feed = feed(&scene);
    let thread = scene.write(&scene.ana, Category::Medical, "Rash", "It itches.");
    let (recent, mut place) = feed.recent(100).unwrap();
    let begun = read(&feed, &mut place, 2 - recent.changes.len());
    assert_eq!(recent.changes.len() + begun.len(), 2);
    let mut slow = scene.stage.raw_admin();
    slow.batch_execute(
        "BEGIN; INSERT INTO change SELECT tenant_id, gen_random_uuid(), pg_current_xact_id(), at, kind, \
         audience, thread_id, patient_id FROM change WHERE false; SELECT pg_current_xact_id()",
    )
    .unwrap();
    scene.reply(&scene.nurse, thread, "Please send a picture.");
    for _ in 0..5 {
        let page = feed.after(place).unwrap();
        assert!(page.changes.is_empty() && page.has_more, "a later one came before an older one had ended");
    }
    slow.batch_execute(
        "INSERT INTO change (tenant_id, id, at, kind, audience, thread_id, patient_id, category, categories) \
         SELECT tenant_id, gen_random_uuid(), at, 5, 0, thread_id, patient_id, category, categories \
         FROM change WHERE kind = 0 AND audience = 0; COMMIT",
    )
    .unwrap();
    let kinds: Vec<i16> = read(&feed, &mut place, 3).iter().map(|change| change.kind.code()).collect();
    assert_eq!(kinds, [5, 1, 1], "the older one comes first");
    assert_eq!(feed.after(place).unwrap().changes, []);
}

#[test]
fn a_change_that_is_not_understood_keeps_back_nothing() {
    let scene = Scene::set();
    let feed = feed(&scene);
    let (_, mut place) = feed.recent(100).unwrap();
    let thread = scene.write(&scene.ana, Category::Medical, "Rash", "It itches.");
    read(&feed, &mut place, 2);
    scene.stage.admin(
        "ALTER TABLE change DROP CONSTRAINT change_kind_check, DROP CONSTRAINT change_thread_check; \
         INSERT INTO change (tenant_id, id, at, kind, audience, thread_id) \
         SELECT tenant_id, gen_random_uuid(), at, 99, 0, thread_id FROM change WHERE kind = 0 AND audience = 0",
    );
    scene.reply(&scene.nurse, thread, "Please send a picture.");
    let (started, mut kinds, mut skipped) = (Instant::now(), Vec::new(), Vec::new());
    while kinds.len() < 2 {
        assert!(started.elapsed() < LIMIT, "{} came", kinds.len());
        let page = feed.after(place).unwrap();
        place = page.end().unwrap_or(place);
        kinds.extend(page.changes.iter().map(|change| change.kind.code()));
        skipped.extend(page.skipped);
    }
    assert_eq!((kinds, skipped.len()), (vec![1, 1], 1));
    assert_eq!(feed.after(place).unwrap().skipped, [], "it is read once");
    let (recent, _) = feed.recent(100).unwrap();
    assert_eq!((recent.changes.len(), recent.skipped), (4, skipped));
}

#[test]
fn a_feed_goes_on_where_it_was_after_its_connection_is_lost() {
    let scene = Scene::set();
    let feed = feed(&scene);
    let (_, mut place) = feed.recent(100).unwrap();
    let thread = scene.write(&scene.ana, Category::Medical, "Rash", "It itches.");
    read(&feed, &mut place, 2);
    scene.stage.admin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE application_name = 'threadwell feed' AND datname = current_database()",
    );
    scene.reply(&scene.nurse, thread, "Please send a picture.");
    let started = Instant::now();
    while feed.after(place).is_err() {
        assert!(started.elapsed() < LIMIT);
    }
    assert_eq!(read(&feed, &mut place, 2).len(), 2);
}

#[test]
fn a_place_of_another_history_is_noticed() {
    let scene = Scene::set();
    let (_, place) = feed(&scene).recent(1).unwrap();
    assert!(!feed(&scene).after(place).unwrap().is_lost);
    let restored = FeedPlace { transaction: place.transaction + 1_000_000, ..place };
    assert!(feed(&scene).after(restored).unwrap().is_lost);
}

#[test]
fn other_nodes_are_woken_seldom_and_told_nothing() {
    let scene = Scene::set();
    let announcer = Announcer::start(&settings(&scene), &scene.stage.store).unwrap();
    let mut listener = scene.stage.raw("staff");
    listener.batch_execute("LISTEN threadwell_changes").unwrap();
    let started = Instant::now();
    let thread = scene.write(&scene.ana, Category::Medical, "Rash", "It itches.");
    for number in 0..60 {
        scene.note(&scene.nurse, thread, &format!("Canarybody {number}"));
    }
    let mut payloads = Vec::new();
    while payloads.is_empty() || started.elapsed() < Duration::from_millis(600) {
        assert!(started.elapsed() < LIMIT, "nobody was woken");
        payloads.extend(listener.notifications_iter().map(|heard| heard.unwrap().payload));
        std::thread::sleep(Duration::from_millis(5));
    }
    let most = started.elapsed().as_millis() / 50 + 2;
    assert!(payloads.len() as u128 <= most, "{} in {:?}", payloads.len(), started.elapsed());
    for payload in payloads {
        assert_eq!(payload.len(), 16, "{payload}");
        assert!(payload.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-' || sign == b'_'));
    }
    drop(announcer);
}
