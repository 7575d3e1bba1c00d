//! One row for every act and every denial, in the transaction of what it records; without the row, no act.

use crate::raw::texts;
use crate::scene::{Scene, key, outgoing, portal_message};
use crate::stage::{RIVERSIDE, run, visitor};
use threadwell_application::access::{Action, Audience};
use threadwell_application::ports::{InboxQuery, PageAt, PortalQuery};
use threadwell_application::threads::{self, ThreadChanges};
use threadwell_application::{Error, portal};
use threadwell_domain::thread::{Category, Status};
use threadwell_domain::{StaffId, ThreadId};
use uuid::Uuid;

/// The rows since the last look: action, outcome, reason, how many threads and patients.
fn recorded(scene: &Scene) -> Vec<String> {
    let rows = texts(
        &mut scene.stage.raw_admin(),
        "SELECT action || ' ' || outcome || ' ' || COALESCE(reason, '-') || ' ' || cardinality(thread_ids) || ' ' || \
            cardinality(patient_ids) FROM audit_event ORDER BY xid, id",
    );
    scene.stage.admin("DELETE FROM audit_event");
    rows
}

#[test]
fn every_act_leaves_one_row_that_names_whom_it_concerned() {
    let scene = Scene::set();
    recorded(&scene);
    let (store, nurse, ana) = (scene.store(), &scene.nurse.caller, &scene.ana.caller);
    let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    assert_eq!(recorded(&scene), ["portal.thread.start 0 - 1 1"]);
    threads::list_threads(store, nurse, &InboxQuery { limit: 50, ..InboxQuery::default() }).unwrap();
    assert_eq!(recorded(&scene), ["thread.list 0 - 1 1"]);
    threads::read_thread(store, nurse, thread, 50, PageAt::Newest).unwrap();
    assert_eq!(recorded(&scene), ["thread.read 0 - 1 1"]);
    scene.reply(&scene.nurse, thread, "Hello.");
    scene.note(&scene.nurse, thread, "Note.");
    assert_eq!(recorded(&scene), ["message.send 0 - 1 1", "note.write 0 - 1 1"]);
    threads::mark_read(store, nurse, thread, None).unwrap();
    threads::mark_unread(store, nurse, thread).unwrap();
    assert_eq!(recorded(&scene), ["thread.mark_read 0 - 1 1", "thread.mark_unread 0 - 1 1"]);
    threads::close_thread(store, nurse, thread, None, None).unwrap();
    threads::reopen_thread(store, nurse, thread, None).unwrap();
    assert_eq!(recorded(&scene), ["thread.close 0 - 1 1", "thread.reopen 0 - 1 1"]);
    portal::list_threads(store, ana, &PortalQuery { limit: 50, ..PortalQuery::default() }).unwrap();
    portal::read_thread(store, ana, thread, 50, PageAt::Newest).unwrap();
    portal::mark_read(store, ana, thread, None).unwrap();
    assert_eq!(
        recorded(&scene),
        ["portal.thread.list 0 - 1 1", "portal.thread.read 0 - 1 1", "portal.thread.mark_read 0 - 1 1"]
    );
    run(store, nurse, Action::SearchPatients, |tx| tx.patients().search("a", 20)).unwrap();
    assert_eq!(recorded(&scene), ["patient.search 0 - 0 1"]);
    threads::count_unread(store, nurse).unwrap();
    portal::count_unread(store, ana).unwrap();
    assert_eq!(recorded(&scene), Vec::<String>::new());
}

#[test]
fn a_list_records_what_it_showed_and_not_what_it_looked_at() {
    let scene = Scene::set();
    for n in 0..3 {
        scene.write(&scene.ana, Category::General, &format!("Number {n}"), "Hello.");
    }
    recorded(&scene);
    threads::list_threads(
        scene.store(),
        &scene.nurse.caller,
        &InboxQuery { limit: 2, ..InboxQuery::default() },
    )
    .unwrap();
    assert_eq!(recorded(&scene), ["thread.list 0 - 2 1"]);
}

#[test]
fn every_denial_and_failure_leaves_a_row_and_nothing_else() {
    let scene = Scene::set();
    let store = scene.store();
    let thread = scene.write(&scene.dora, Category::General, "Private", "Hello.");
    let own = scene.write(&scene.ana, Category::General, "Own", "Hello.");
    recorded(&scene);
    assert!(threads::read_thread(store, &scene.nurse.caller, thread, 50, PageAt::Newest).is_err());
    assert_eq!(recorded(&scene), ["thread.read 1 not_found 1 0"]);
    run(store, &scene.desk.caller, Action::UpdateAutoReplies, |_| Ok(())).unwrap_err();
    assert_eq!(recorded(&scene), ["auto_reply.update 1 forbidden 0 0"]);
    let closed = ThreadChanges { status: Some(Status::Closed), ..ThreadChanges::default() };
    threads::update_thread(store, &scene.nurse.caller, own, &closed, None).unwrap_err();
    threads::update_thread(store, &scene.nurse.caller, own, &ThreadChanges::default(), Some(77)).unwrap_err();
    assert_eq!(
        recorded(&scene),
        ["thread.update 2 illegal_transition 1 0", "thread.update 2 version_mismatch 1 0"]
    );
    let wrong = visitor(Audience::Staff, RIVERSIDE, Some("nobody@riverside.example"));
    run(store, &wrong, Action::SignIn, |_| -> Result<(), Error> { Err(Error::InvalidCredentials) })
        .unwrap_err();
    assert_eq!(recorded(&scene), ["auth.sign_in 1 invalid_credentials 0 0"]);
}

#[test]
fn a_thousand_probes_are_a_thousand_rows() {
    let scene = Scene::set();
    recorded(&scene);
    for _ in 0..100 {
        let nowhere = ThreadId::new(Uuid::now_v7());
        assert!(
            threads::read_thread(scene.store(), &scene.nurse.caller, nowhere, 50, PageAt::Newest).is_err()
        );
    }
    assert_eq!(recorded(&scene).len(), 100);
}

#[test]
fn a_row_names_actor_session_request_and_address() {
    let scene = Scene::set();
    recorded(&scene);
    run(scene.store(), &scene.nurse.caller, Action::ListStaff, |_| Ok(())).unwrap();
    let row = texts(
        &mut scene.stage.raw_admin(),
        "SELECT actor_kind || ' ' || actor_id || ' ' || request_id || ' ' || host(ip) || ' ' || (session_id IS NOT NULL) \
         FROM audit_event",
    );
    let (nurse, request) = (scene.nurse.id, scene.nurse.caller.request.request_id);
    assert_eq!(row, [format!("0 {nurse} {request} 127.0.0.1 true")]);
}

#[test]
fn events_without_a_practice_are_kept_under_the_installation() {
    let scene = Scene::set();
    recorded(&scene);
    let mut nowhere = visitor(Audience::Portal, RIVERSIDE, Some("ana@example.org"));
    nowhere.credential = threadwell_application::access::Credential::Visitor {
        audience: Audience::Portal,
        tenant: None,
        email: Some(threadwell_domain::Phi::new("ana@example.org")),
    };
    run(scene.store(), &nowhere, Action::SignIn, |_| -> Result<(), Error> { Err(Error::InvalidCredentials) })
        .unwrap_err();
    let tenants = scene
        .stage
        .number("SELECT count(*) FROM audit_event WHERE tenant_id = '00000000-0000-7000-8000-000000000000'");
    assert_eq!(tenants, 1);
}

#[test]
fn without_its_row_nothing_happens() {
    let scene = Scene::set();
    let store = scene.store();
    let thread = scene.write(&scene.ana, Category::General, "Question", "Hello.");
    let messages = || scene.stage.number("SELECT count(*) + (SELECT count(*) FROM outbox) FROM message");
    let before = messages();
    scene.stage.admin("REVOKE INSERT ON audit_event FROM threadwell_staff, threadwell_portal");
    let refused =
        |outcome: Result<(), Error>| assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    let sent = outgoing("Never sent.", false);
    refused(threads::send_message(store, &scene.nurse.caller, thread, &sent, Some(&key("k", 1))).map(drop));
    refused(
        portal::send_message(store, &scene.ana.caller, thread, &portal_message("Never."), None).map(drop),
    );
    refused(threads::read_thread(store, &scene.nurse.caller, thread, 50, PageAt::Newest).map(drop));
    refused(threads::close_thread(store, &scene.nurse.caller, thread, None, None).map(drop));
    let unknown = ThreadId::new(Uuid::now_v7());
    refused(threads::read_thread(store, &scene.nurse.caller, unknown, 50, PageAt::Newest).map(drop));
    assert_eq!(messages(), before);
    scene.stage.admin(
        "GRANT INSERT (tenant_id, id, at, actor_kind, actor_id, session_id, action, outcome, reason, \
        thread_ids, patient_ids, attachment_ids, ip, request_id, is_emergency, subjects) ON audit_event TO threadwell_staff, threadwell_portal",
    );
    threads::send_message(store, &scene.nurse.caller, thread, &sent, Some(&key("k", 1))).unwrap();
}

#[test]
fn rows_know_the_transaction_that_wrote_them() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "Hello.");
    scene.reply(&scene.nurse, thread, "Hello.");
    let unknown = scene.stage.number(
        "SELECT count(*) FROM audit_event WHERE xid IS NULL OR NOT pg_visible_in_snapshot(xid, pg_current_snapshot())",
    );
    assert_eq!(unknown, 0);
    let apart = scene.stage.number(
        "SELECT count(*) FROM message m WHERE NOT EXISTS (SELECT FROM audit_event a \
         WHERE a.xid::text = m.xmin::text AND a.thread_ids @> ARRAY[m.thread_id])",
    );
    assert_eq!(apart, 0);
}

#[test]
fn somebody_unknown_is_recorded_as_the_token_named_them() {
    let scene = Scene::set();
    recorded(&scene);
    let mut caller = scene.nurse.caller.clone();
    if let threadwell_application::access::Credential::Staff(claims) = &mut caller.credential {
        claims.staff = StaffId::new(Uuid::now_v7());
    }
    run(scene.store(), &caller, Action::ListStaff, |_| Ok(())).unwrap_err();
    assert_eq!(recorded(&scene), ["staff.list 1 invalid_session 0 0"]);
}
