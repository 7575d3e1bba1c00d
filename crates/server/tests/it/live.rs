//! Streams of two real servers on one database: what happens at one is told at the other, to whom it concerns.

use crate::support::{STAFF, change, reply, start, write};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use threadwell_domain::access::Role;
use threadwell_testkit::{Events, Person, Process, TestApp};

const SOON: Duration = Duration::from_secs(20);

/// Two servers, people at the first, and the same people at the second.
pub(crate) struct Nodes {
    pub(crate) app: TestApp,
    a: Process,
    pub(crate) b: Process,
}

impl Nodes {
    pub(crate) fn new() -> Self {
        let app = TestApp::start();
        let (a, b) = (app.serve(), app.serve());
        Self { app, a, b }
    }

    pub(crate) fn staff(&self, role: Role) -> Person {
        self.app.riverside().at(&self.a).staff(role)
    }

    pub(crate) fn patient(&self, name: &str) -> Person {
        self.app.riverside().at(&self.a).patient(name)
    }
}

pub(crate) fn open(person: &Person) -> Events {
    let mut events = person.events(None);
    assert_eq!(events.expect("ready"), json!({ "resumed": false }));
    events
}

/// The next `thread` event, as its kind.
pub(crate) fn kind(events: &mut Events) -> String {
    events.expect("thread")["kind"].as_str().unwrap().to_owned()
}

#[test]
fn a_stream_is_neither_kept_nor_packed_on_its_way() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let events = nurse.events(None);
    for line in ["content-type: text/event-stream", "cache-control: no-store", "x-accel-buffering: no"] {
        assert!(events.head().contains(line), "{}", events.head());
    }
    assert!(!events.head().contains("gzip"), "{}", events.head());
}

#[test]
fn what_moves_out_of_sight_is_gone_and_comes_back_into_it() {
    let app = TestApp::start();
    let (admin, billing, ana) = (app.staff(Role::Admin), app.staff(Role::Billing), app.patient("Ana Silva"));
    let mut events = open(&billing);
    let thread = start(&ana, "billing", "Invoice");
    assert_eq!(kind(&mut events), "started");
    change(&admin, &thread, &json!({ "category": "medical" })).expect(200);
    assert_eq!(events.expect("thread"), json!({ "threadId": thread, "kind": "gone" }));
    reply(&admin, &thread, "For doctors alone.").expect(201);
    change(&admin, &thread, &json!({ "category": "billing" })).expect(200);
    assert_eq!(kind(&mut events), "fields", "what happened out of sight is not told");
}

#[test]
fn one_practice_and_one_patient_hear_nothing_of_another() {
    let app = TestApp::start();
    let (ana, ben) = (app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let theirs = app.hillside().staff(Role::Admin);
    let guardian = app.guardian("Carla Mendes", &[ben.patient.unwrap()]);
    let (mut other, mut of_ben, mut of_guardian) = (open(&theirs), open(&ben), open(&guardian));
    start(&ana, "general", "Mine");
    let private =
        json!({ "subject": "Private", "category": "general", "messageText": "x", "isConfidential": true });
    ben.post("/api/patient-portal/messages/threads", &private).expect(201);
    assert_eq!(kind(&mut of_ben), "started");
    let shared = start(&ben, "general", "Shared");
    assert_eq!(of_guardian.expect("thread")["threadId"], json!(shared), "the first that a proxy hears of");
    assert_eq!(of_ben.expect("thread")["threadId"], json!(shared), "nothing of another patient came before");
    let dora = app.hillside().patient("Dora Klein");
    let first = start(&dora, "general", "Theirs");
    assert_eq!(other.expect("thread")["threadId"], json!(first));
}

#[test]
fn who_is_present_is_shown_to_colleagues_and_ends_with_the_stream() {
    let nodes = Nodes::new();
    let (nurse, provider, ana) =
        (nodes.staff(Role::Nurse), nodes.staff(Role::Provider), nodes.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let at = format!("{STAFF}/threads/{thread}/presence");
    let mut colleague = open(&provider.at(&nodes.b));
    let own = open(&nurse);
    let show = |person: &Person, state: &str| person.put(&at, &json!({ "state": state })).expect(200);
    assert_eq!(show(&nurse, "viewing"), json!({ "viewers": [] }), "the caller is left out");
    let seen = colleague.expect("presence");
    assert_eq!((&seen["threadId"], &seen["viewers"][0]["staffId"]), (&json!(thread), &json!(nurse.id)));
    assert_eq!(seen["viewers"][0]["state"], "viewing");
    show(&nurse, "viewing");
    show(&nurse, "replying");
    assert_eq!(
        colleague.expect("presence")["viewers"][0]["state"],
        "replying",
        "what did not change is not told"
    );
    assert_eq!(show(&provider, "noting")["viewers"][0]["staffId"], json!(nurse.id));
    let alone = colleague.expect("presence");
    assert_eq!(alone["viewers"].as_array().unwrap().len(), 1, "the reader is left out");
    drop(own);
    let left = colleague.until(|event| event.name == "presence" && event.data["viewers"] == json!([]));
    assert!(!left.is_empty());
    let rows = "SELECT count(*) FROM change WHERE kind = 10 AND audience = 1";
    assert_eq!(nodes.app.number_of(rows), 0);
    let missing = format!("{STAFF}/threads/{}/presence", crate::support::unused_id());
    nurse.put(&missing, &json!({ "state": "viewing" })).refused(404, "not_found");
}

#[test]
fn presence_keeps_no_session_alive() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let at = format!("{STAFF}/threads/{thread}/presence");
    app.clock().advance(chrono::Duration::minutes(9));
    nurse.put(&at, &json!({ "state": "viewing" })).expect(200);
    let alive = format!(
        "SELECT count(*) FROM session WHERE staff_id = '{}' AND last_activity_at > created_at",
        nurse.id
    );
    assert_eq!(app.number_of(&alive), 0);
}

#[test]
fn colleagues_see_how_far_each_has_read() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let seen = |person: &Person| crate::support::opened(person, &thread)["thread"]["staffSeen"].clone();
    assert_eq!(seen(&provider), json!([]));
    nurse.post_empty(&format!("{STAFF}/threads/{thread}/mark-read")).expect(204);
    let read = seen(&provider);
    assert_eq!(read[0]["staffId"], json!(nurse.id));
    let messages = crate::support::opened(&provider, &thread)["messages"].clone();
    assert_eq!(read[0]["messageId"], messages.as_array().unwrap().last().unwrap()["id"]);
    assert_eq!(seen(&nurse), json!([]), "without the caller");
}

#[test]
fn a_lost_wake_up_costs_a_poll_and_no_event() {
    let nodes = Nodes::new();
    let (nurse, ana) = (nodes.staff(Role::Nurse), nodes.patient("Ana Silva"));
    let mut events = open(&nurse.at(&nodes.b));
    let drop_listeners = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND application_name = 'threadwell feed'";
    for number in 0..3 {
        nodes.app.sql(drop_listeners);
        let thread = start(&ana, "medical", &format!("Rash {number}"));
        let told = events.expect("thread");
        assert_eq!(told["threadId"], json!(thread));
    }
}

#[test]
fn an_id_of_another_reader_or_of_nobody_begins_anew() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let mut events = open(&nurse);
    start(&ana, "medical", "Rash");
    events.expect("thread");
    let id = events.last_id.clone().unwrap();
    let resumed = |person: &Person, id: &str| person.events(Some(id)).expect("ready")["resumed"].clone();
    assert_eq!(resumed(&nurse, &id), json!(true));
    let mut forged = id.clone();
    forged.replace_range(10..11, if id.as_bytes()[10] == b'A' { "B" } else { "A" });
    for wrong in ["0", "not an id", &forged, id.split_at(1).1, &"A".repeat(4_000)] {
        assert_eq!(resumed(&nurse, wrong), json!(false), "{wrong:.40}");
    }
    for stranger in [&provider, &ana] {
        assert_eq!(resumed(stranger, &id), json!(false));
    }
}

#[test]
fn whoever_falls_too_far_behind_is_told_to_fetch_again() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let mut events = open(&nurse);
    let thread = start(&ana, "medical", "Rash");
    events.expect("thread");
    let id = events.last_id.clone().unwrap();
    drop(events);
    // More than a stream holds, as one busy transaction.
    app.sql(&format!(
        "INSERT INTO change (tenant_id, id, at, kind, audience, thread_id, patient_id, category, categories) \
         SELECT c.tenant_id, gen_random_uuid(), c.at, 2, 0, c.thread_id, c.patient_id, 1, 63 \
         FROM change c, generate_series(1, 2000) WHERE c.kind = 0 AND c.audience = 0 AND c.thread_id = '{thread}'"
    ));
    let started = Instant::now();
    while nurse.events(Some(&id)).expect("ready")["resumed"] == json!(true) {
        assert!(started.elapsed() < SOON, "too much to be told again");
    }
    let mut live = open(&nurse);
    let last = write(&ana, &thread, "Still there?").expect(201)["messageId"].clone();
    live.until(|event| event.data["messageId"] == last);
}

#[test]
fn a_persons_thirteenth_stream_ends_the_oldest() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let mut held: Vec<Events> = (0..12).map(|_| open(&nurse)).collect();
    let (mut other, mut thirteenth) = (open(&app.staff(Role::Nurse)), open(&nurse));
    assert_eq!(held[0].expect("closing"), json!({ "reason": "too_slow" }));
    assert!(held[0].ends(SOON));
    start(&app.patient("Ana Silva"), "medical", "Rash");
    held.iter_mut()
        .skip(1)
        .chain([&mut other, &mut thirteenth])
        .for_each(|events| drop(events.expect("thread")));
}

fn masked(events: &[threadwell_testkit::Event]) -> Vec<Value> {
    events.iter().map(|event| json!([event.name, event.data["kind"], event.data])).collect()
}

#[test]
fn a_cut_stream_comes_back_to_all_that_it_missed() {
    let nodes = Nodes::new();
    let (nurse, ana) = (nodes.staff(Role::Nurse), nodes.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let mut events = open(&nurse);
    // The beginning of the thread may come late, while other transactions of the database server run.
    let one = write(&ana, &thread, "One.").expect(201)["messageId"].clone();
    events.until(|event| event.data["kind"] == "message" && event.data["messageId"] == one);
    let id = events.last_id.clone().unwrap();
    drop(events);
    let sent: Vec<Value> = ["Two.", "Three.", "Four."]
        .iter()
        .map(|text| write(&ana, &thread, text).expect(201)["messageId"].clone())
        .collect();
    let mut resumed = nurse.at(&nodes.b).events(Some(&id));
    assert_eq!(resumed.expect("ready"), json!({ "resumed": true }));
    let missed = resumed.until(|event| event.data["messageId"] == sent[2]);
    let told: Vec<Value> = missed.iter().map(|event| event.data["messageId"].clone()).collect();
    assert_eq!(told, sent, "{:?}", masked(&missed));
}
