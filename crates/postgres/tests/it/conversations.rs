//! Messages, places, cursors and versions; and that notes leave no trace on the patient's side.

use crate::scene::{Employee, Reader, Scene, outgoing, portal_message, portal_thread};
use crate::stage::{HILLSIDE, RIVERSIDE, run};
use std::sync::Barrier;
use threadwell_application::access::Action;
use threadwell_application::ports::{MessageView, PageAt, PortalQuery, PortalThreadView, Readable};
use threadwell_application::threads::{self, ThreadChanges};
use threadwell_application::{Error, portal};
use threadwell_domain::message::SenderKind;
use threadwell_domain::thread::{Category, Priority, Seq, Status};
use threadwell_domain::{MessageId, ThreadId};
use uuid::Uuid;

fn text(readable: &Readable) -> &str {
    readable.text().unwrap().expose()
}

#[test]
fn pages_of_a_conversation_run_from_the_newest_to_the_first() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Long", "1");
    for n in 2..=7 {
        scene.reply(&scene.nurse, thread, &n.to_string());
    }
    let read =
        |at: PageAt| threads::read_thread(scene.store(), &scene.nurse.caller, thread, 3, at).unwrap().page;
    let texts =
        |messages: &[MessageView]| messages.iter().map(|m| text(&m.body).to_owned()).collect::<Vec<_>>();
    let newest = read(PageAt::Newest);
    assert_eq!((texts(&newest.messages), newest.has_more), (vec!["5".into(), "6".into(), "7".into()], true));
    let middle = read(PageAt::Before(newest.messages[0].id));
    assert_eq!((texts(&middle.messages), middle.has_more), (vec!["2".into(), "3".into(), "4".into()], true));
    let oldest = read(PageAt::Before(middle.messages[0].id));
    assert_eq!((texts(&oldest.messages), oldest.has_more), (vec!["1".to_owned()], false));
    let elsewhere = scene.write(&scene.ana, Category::General, "Other", "x");
    for foreign in
        [MessageId::new(Uuid::now_v7()), scene.reply(&scene.nurse, elsewhere, "y").message.unwrap()]
    {
        let refused =
            threads::read_thread(scene.store(), &scene.nurse.caller, thread, 3, PageAt::Before(foreign));
        assert!(matches!(refused, Err(Error::InvalidCursor)));
    }
}

#[test]
fn each_message_names_its_sender() {
    let scene = Scene::set();
    let thread = scene.write(&scene.carla, Category::Medical, "For Ben", "He has a fever.");
    scene.reply(&scene.nurse, thread, "Please come.");
    let opened =
        threads::read_thread(scene.store(), &scene.nurse.caller, thread, 50, PageAt::Newest).unwrap();
    let [first, automatic, reply] = opened.page.messages.as_slice() else { panic!("{:?}", opened.page) };
    assert_eq!(text(&first.sender_name), "Ben Okafor");
    assert_eq!(text(&first.proxy.as_ref().unwrap().0), "Carla Mendes");
    assert_eq!(
        (automatic.sender_kind, text(&automatic.sender_name)),
        (SenderKind::System, "Automated System")
    );
    assert_eq!((text(&reply.sender_name), reply.sender_title.as_deref()), ("Somebody nurse", Some("RN")));
    assert_eq!(reply.staff, Some(scene.nurse.id));
}

#[test]
fn a_stale_reply_is_told_what_it_missed() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "One.");
    let seen = scene.reply(&scene.nurse, thread, "Two.").message;
    scene.note(&scene.provider, thread, "A note makes nothing stale.");
    let blind = |text: &str| {
        let message = threads::OutgoingMessage { last_seen: seen, ..outgoing(text, false) };
        threads::send_message(scene.store(), &scene.nurse.caller, thread, &message, None)
    };
    blind("Still fresh.").unwrap();
    scene.answer(&scene.ana, thread, "Missed.");
    let Err(Error::StaleReply { missed }) = blind("Too late.") else { panic!("it was sent") };
    assert_eq!(missed.iter().map(|m| text(&m.body)).collect::<Vec<_>>(), ["Missed."]);
}

#[test]
fn cursors_never_move_back() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "One.");
    let second = scene.answer(&scene.ana, thread, "Two.").message;
    let nurse = &scene.nurse.caller;
    let first =
        threads::read_thread(scene.store(), nurse, thread, 50, PageAt::Newest).unwrap().page.messages[0].id;
    let cursor =
        || run(scene.store(), nurse, Action::ReadThread, |tx| tx.read_cursors().own(thread)).unwrap();
    assert_eq!(cursor(), None);
    threads::mark_read(scene.store(), nurse, thread, second).unwrap();
    threads::mark_read(scene.store(), nurse, thread, Some(first)).unwrap();
    assert_eq!(cursor().unwrap().seq, Seq(2));
}

/// What a patient can see of a thread; ids, places and facts of the staff are left out.
fn seen_by_patient(scene: &Scene, reader: &Reader, id: ThreadId) -> String {
    let list = |view: &PortalThreadView| {
        let facts = &view.facts;
        format!(
            "{} {} {:?} {:?} {} {} {:?} {} {:?}",
            text(&view.subject),
            text(&view.preview),
            facts.state,
            facts.last_message,
            facts.message_count,
            facts.public_version,
            facts.public_updated_at,
            view.unread_count,
            facts.seen_by_staff_at,
        )
    };
    let query = PortalQuery { limit: 50, ..PortalQuery::default() };
    let page = portal::list_threads(scene.store(), &reader.caller, &query).unwrap();
    let opened = portal::read_thread(scene.store(), &reader.caller, id, 50, PageAt::Newest).unwrap();
    let unread = portal::count_unread(scene.store(), &reader.caller).unwrap();
    let newest =
        run(scene.store(), &reader.caller, Action::PortalReadThread, |tx| tx.messages().newest_place(id));
    assert!(opened.page.messages.iter().all(|message| !message.is_internal && message.mentions.is_empty()));
    assert_eq!(newest.unwrap().unwrap(), opened.page.messages.last().unwrap().seq);
    let messages = opened.page.messages.iter().map(|message| {
        format!(
            "{:?} {} {} {}",
            message.sender_kind,
            text(&message.sender_name),
            text(&message.body),
            message.sent_at
        )
    });
    let lists = page.threads.iter().map(list);
    let read = opened.view.own_last_read.and_then(|id| opened.page.messages.iter().position(|m| m.id == id));
    format!(
        "{}\n{}\n{}\n{unread:?} {read:?} {}",
        lists.collect::<Vec<_>>().join("\n"),
        list(&opened.view),
        messages.collect::<Vec<_>>().join("\n"),
        opened.page.has_more,
    )
}

#[test]
fn notes_leave_no_trace_on_the_patients_side() {
    let tell = |notes: usize| {
        let scene = Scene::set();
        let leave =
            |by: &Employee, thread| (0..notes).for_each(|_| _ = scene.note(by, thread, "Not for patients."));
        let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
        let mut story = String::new();
        leave(&scene.nurse, thread);
        story += &seen_by_patient(&scene, &scene.ana, thread);
        scene.reply(&scene.nurse, thread, "Please send a photograph.");
        leave(&scene.provider, thread);
        story += &seen_by_patient(&scene, &scene.ana, thread);
        portal::mark_read(scene.store(), &scene.ana.caller, thread, None).unwrap();
        leave(&scene.nurse, thread);
        story += &seen_by_patient(&scene, &scene.ana, thread);
        scene.answer(&scene.ana, thread, "Here it is.");
        leave(&scene.nurse, thread);
        threads::close_thread(scene.store(), &scene.nurse.caller, thread, None, None).unwrap();
        leave(&scene.nurse, thread);
        story + &seen_by_patient(&scene, &scene.ana, thread)
    };
    assert_eq!(tell(0), tell(25));
}

#[test]
fn a_note_cannot_be_pointed_at_by_a_patient() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "One.");
    let note = scene.note(&scene.nurse, thread, "Secret.").message;
    let store = scene.store();
    let refused = portal::read_thread(store, &scene.ana.caller, thread, 50, PageAt::Around(note.unwrap()));
    assert!(matches!(refused, Err(Error::InvalidCursor)));
    assert!(portal::mark_read(store, &scene.ana.caller, thread, note).is_err());
    let pointed = portal::PortalMessage { last_seen: note, ..portal_message("Hello?") };
    let random =
        portal::PortalMessage { last_seen: Some(MessageId::new(Uuid::now_v7())), ..portal_message("Hello?") };
    let answer = |message| {
        format!("{:?}", portal::send_message(store, &scene.ana.caller, thread, &message, None).unwrap_err())
    };
    assert_eq!(answer(pointed), answer(random));
}

#[test]
fn a_patient_sees_own_threads_alone_and_a_proxy_none_that_is_confidential() {
    let scene = Scene::set();
    let store = scene.store();
    let ana = scene.write(&scene.ana, Category::General, "Ana's", "Hello.");
    let shared = scene.write(&scene.carla, Category::General, "Ben's", "Hello.");
    scene.stage.clock.advance(chrono::Duration::minutes(1));
    let new = portal_thread(Category::General, "Ben's own", "For you alone.", true);
    let secret = portal::start_thread(store, &scene.ben.caller, &new, None).unwrap().thread.unwrap();
    let list = |reader: &Reader| {
        let query = PortalQuery { limit: 50, ..PortalQuery::default() };
        let page = portal::list_threads(store, &reader.caller, &query).unwrap();
        page.threads.iter().map(|view| view.facts.id).collect::<Vec<_>>()
    };
    assert_eq!(list(&scene.ana), [ana]);
    assert_eq!(list(&scene.ben), [secret, shared]);
    assert_eq!(list(&scene.carla), [shared]);
    for (reader, hidden) in [(&scene.ana, shared), (&scene.carla, secret), (&scene.dora, ana)] {
        assert!(matches!(
            portal::read_thread(store, &reader.caller, hidden, 50, PageAt::Newest),
            Err(Error::NotFound)
        ));
        assert!(matches!(portal::mark_read(store, &reader.caller, hidden, None), Err(Error::NotFound)));
        let sent = portal::send_message(store, &reader.caller, hidden, &portal_message("x"), None);
        assert!(matches!(sent, Err(Error::NotFound)));
    }
}

#[test]
fn the_portals_filters_and_search_narrow() {
    let scene = Scene::set();
    let store = scene.store();
    let mole = scene.write(&scene.ana, Category::Medical, "Mole on the back", "It grew.");
    let bill = scene.write(&scene.ana, Category::Billing, "Invoice", "Twice?");
    scene.reply(&scene.nurse, mole, "Send a photograph.");
    let list = |query: PortalQuery| {
        let page =
            portal::list_threads(store, &scene.ana.caller, &PortalQuery { limit: 50, ..query }).unwrap();
        page.threads.iter().map(|view| (view.facts.id, view.unread_count)).collect::<Vec<_>>()
    };
    let none = PortalQuery::default;
    assert_eq!(list(none()), [(mole, 1), (bill, 0)]);
    assert_eq!(list(PortalQuery { unread_only: true, ..none() }), [(mole, 1)]);
    assert_eq!(list(PortalQuery { statuses: vec![Status::Open], ..none() }), [(bill, 0)]);
    assert_eq!(list(PortalQuery { search: Some("inv".into()), ..none() }), [(bill, 0)]);
    assert_eq!(list(PortalQuery { search: Some("mole bac".into()), ..none() }), [(mole, 1)]);
    assert_eq!(portal::count_unread(store, &scene.ana.caller).unwrap().count, 1);
    portal::mark_read(store, &scene.ana.caller, mole, None).unwrap();
    assert_eq!(portal::count_unread(store, &scene.ana.caller).unwrap().count, 0);
}

#[test]
fn of_two_who_change_the_same_version_one_is_told() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "One.");
    let version = threads::read_thread(scene.store(), &scene.nurse.caller, thread, 1, PageAt::Newest)
        .unwrap()
        .detail
        .view
        .facts
        .version;
    let gate = Barrier::new(2);
    let change = |by: &Employee, priority| {
        gate.wait();
        let changes = ThreadChanges { priority: Some(priority), ..ThreadChanges::default() };
        threads::update_thread(scene.store(), &by.caller, thread, &changes, Some(version)).map(drop)
    };
    let outcomes = std::thread::scope(|scope| {
        let one = scope.spawn(|| change(&scene.nurse, Priority::High));
        let two = scope.spawn(|| change(&scene.provider, Priority::Urgent));
        [one.join().unwrap(), two.join().unwrap()]
    });
    let told =
        outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::VersionMismatch { .. }))).count();
    assert_eq!((told, outcomes.iter().filter(|outcome| outcome.is_ok()).count()), (1, 1));
}

#[test]
fn places_have_no_gap_however_many_write_at_once() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "One.");
    let gate = Barrier::new(12);
    std::thread::scope(|scope| {
        for n in 0..12 {
            let (scene, gate) = (&scene, &gate);
            scope.spawn(move || {
                gate.wait();
                let store = scene.store();
                match n % 3 {
                    0 => {
                        threads::send_message(store, &scene.nurse.caller, thread, &outgoing("a", false), None)
                    }
                    1 => threads::send_message(
                        store,
                        &scene.provider.caller,
                        thread,
                        &outgoing("b", true),
                        None,
                    ),
                    _ => portal::send_message(store, &scene.ana.caller, thread, &portal_message("c"), None),
                }
                .unwrap()
            });
        }
    });
    let places = scene.stage.number("SELECT count(*) FROM message");
    let highest = scene.stage.number("SELECT max(seq)::bigint FROM message");
    let kept = scene.stage.number("SELECT max(last_seq)::bigint FROM thread");
    let public = scene.stage.number("SELECT max(message_count)::bigint FROM thread");
    assert_eq!((places, highest, kept, public), (13, 13, 13, 9));
}

#[test]
fn the_same_names_in_two_practices_have_nothing_in_common() {
    let scene = Scene::set();
    crate::scene::patient(&scene.stage, HILLSIDE, "Ana Silva", "RV-1001", "ana@example.org");
    let shared = scene.stage.number(&format!(
        "SELECT count(*) FROM patient_search a JOIN patient_search b ON a.token = b.token \
         WHERE a.tenant_id = '{RIVERSIDE}' AND b.tenant_id = '{HILLSIDE}'"
    ));
    let hashes = scene.stage.number(
        "SELECT count(*) FROM patient a JOIN patient b ON a.mrn_hash = b.mrn_hash AND a.tenant_id <> b.tenant_id",
    );
    assert_eq!((shared, hashes), (0, 0));
}
