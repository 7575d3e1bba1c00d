//! Clients that leave unread what they are sent.

use crate::support::start;
use std::time::{Duration, Instant};
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

/// How long the system's buffers may take to fill, and the server then to give up.
const LIMIT: Duration = Duration::from_secs(180);

#[test]
fn a_client_that_reads_nothing_is_cut() {
    let app = TestApp::start();
    let server = app.serve();
    let (nurse, ana) =
        (app.riverside().at(&server).staff(Role::Nurse), app.riverside().at(&server).patient("Ana Silva"));
    let (mut deaf, mut hears) = (nurse.events(None), nurse.events(None));
    deaf.expect("ready");
    hears.expect("ready");
    start(&ana, "medical", "Rash");
    let started = Instant::now();
    // Fewer at a time than wait for a stream at most: those would be taken back and nothing written.
    while deaf.is_held() {
        assert!(started.elapsed() < LIMIT, "the connection is still held");
        app.sql(
            "INSERT INTO change (tenant_id, id, at, kind, audience, thread_id, patient_id, message_id, actor_kind, \
             actor_id, category, categories) SELECT c.tenant_id, gen_random_uuid(), c.at, c.kind, c.audience, \
             c.thread_id, c.patient_id, c.message_id, c.actor_kind, c.actor_id, c.category, c.categories FROM \
             (SELECT * FROM change WHERE kind = 0 AND audience = 0 LIMIT 1) c, generate_series(1, 400); \
             NOTIFY threadwell_changes",
        );
        assert_eq!(hears.expect("thread")["kind"], "started");
        while hears.next(Duration::from_millis(20)).is_some() {}
    }
    assert!(hears.is_held(), "whoever reads is held");
    let mut back = nurse.events(None);
    back.expect("ready");
    let thread = start(&ana, "medical", "Another rash");
    back.until(|event| event.data["threadId"] == serde_json::json!(thread));
}
