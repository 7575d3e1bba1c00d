//! When streams end, at every server, and how they come back.

use crate::support::{STAFF, at_once, start, write};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};
use threadwell_domain::access::Role;
use threadwell_testkit::{Events, Person, Process, TestApp};

const SOON: Duration = Duration::from_secs(30);
/// An ended session has no stream for longer.
const ENDS_WITHIN: Duration = Duration::from_secs(5);

fn open(person: &Person) -> Events {
    let mut events = person.events(None);
    events.expect("ready");
    events
}

/// How long it took until the stream said why it ends, and ended.
fn ended(events: &mut Events, since: Instant) -> Duration {
    assert_eq!(events.expect("closing"), json!({ "reason": "session_ended" }));
    let took = since.elapsed();
    assert!(events.ends(SOON));
    took
}

#[test]
fn a_session_that_ends_ends_its_streams_at_every_server() {
    let app = TestApp::start();
    let (a, b) = (app.serve(), app.serve());
    let (nurse, ana) =
        (app.riverside().at(&a).staff(Role::Nurse), app.riverside().at(&a).patient("Ana Silva"));
    let mut streams = [open(&nurse), open(&nurse.at(&b)), open(&ana), open(&ana.at(&b))];
    let since = Instant::now();
    nurse.post_empty("/api/auth/logout").expect(204);
    ana.post_empty("/api/patient-portal/auth/logout").expect(204);
    for events in &mut streams {
        let took = ended(events, since);
        assert!(took < ENDS_WITHIN, "{took:?}");
    }
}

#[test]
fn what_nobody_told_is_noticed_within_five_seconds() {
    let app = TestApp::start();
    let (a, b) = (app.serve(), app.serve());
    let practice = app.riverside().at(&a);
    let (revoked, disabled, idle, moved) = (
        practice.staff(Role::Nurse),
        practice.staff(Role::Nurse),
        practice.staff(Role::Nurse),
        practice.staff(Role::Nurse),
    );
    let (ben, ana) = (practice.patient("Ben Okafor"), practice.patient("Ana Silva"));
    let carla = practice.guardian("Carla Mendes", &[ben.patient.unwrap()]);
    let mut ending = [&revoked, &disabled, &idle, &carla].map(|person| open(&person.at(&b)));
    let (mut stays, mut sees_less) = (open(&ana.at(&b)), open(&moved.at(&b)));
    let since = Instant::now();
    app.sql(&format!(
        "UPDATE session SET revoked_at = now() WHERE staff_id = '{}'; \
         UPDATE staff_user SET is_active = false WHERE id = '{}'; \
         UPDATE session SET last_activity_at = now() - interval '16 minutes' WHERE staff_id = '{}'; \
         UPDATE patient_access SET expires_at = now() - interval '1 second' WHERE account_id = '{}'; \
         UPDATE staff_user SET role = (SELECT role FROM staff_user WHERE id = '{}') WHERE id = '{}'",
        revoked.id,
        disabled.id,
        idle.id,
        carla.id,
        practice.staff(Role::Billing).id,
        moved.id,
    ));
    for events in &mut ending {
        let took = ended(events, since);
        assert!(took < ENDS_WITHIN, "{took:?}");
    }
    sees_less.expect("reset");
    start(&ana, "medical", "For doctors");
    assert_eq!(stays.expect("thread")["kind"], "started");
    let seen = start(&ana, "billing", "Invoice");
    assert_eq!(
        sees_less.expect("thread")["threadId"],
        json!(seen),
        "what the role no longer sees is not told"
    );
}

#[test]
fn streams_that_cannot_be_confirmed_end_within_five_seconds_and_come_back() {
    let app = TestApp::start();
    let server = app.serve();
    let (nurse, ana) =
        (app.riverside().at(&server).staff(Role::Nurse), app.riverside().at(&server).patient("Ana Silva"));
    let mut streams = [open(&nurse), open(&ana)];
    app.sql("REVOKE SELECT ON session FROM threadwell_worker");
    let since = Instant::now();
    for events in &mut streams {
        assert_eq!(events.expect("closing"), json!({ "reason": "shutdown" }));
        assert!(since.elapsed() < ENDS_WITHIN, "{:?}", since.elapsed());
        assert!(events.ends(SOON));
    }
    let mut back = nurse.events(streams[0].last_id.as_deref());
    assert_eq!(back.expect("ready"), json!({ "resumed": true }), "the door looks for itself");
}

#[test]
fn a_standing_that_nobody_understands_holds_up_no_other() {
    let app = TestApp::start();
    let server = app.serve();
    let practice = app.riverside().at(&server);
    let (damaged, revoked, nurse, ana) = (
        practice.staff(Role::Nurse),
        practice.staff(Role::Nurse),
        practice.staff(Role::Nurse),
        practice.patient("Ana Silva"),
    );
    let (mut ending, mut stays) = ([open(&damaged), open(&revoked)], open(&nurse));
    let since = Instant::now();
    app.sql(&format!(
        "ALTER TABLE staff_user DROP CONSTRAINT staff_user_role_check; \
         UPDATE staff_user SET role = 77 WHERE id = '{}'; \
         UPDATE session SET revoked_at = now() WHERE staff_id = '{}'",
        damaged.id, revoked.id,
    ));
    for events in &mut ending {
        let took = ended(events, since);
        assert!(took < ENDS_WITHIN, "{took:?}");
    }
    thread::sleep(ENDS_WITHIN);
    start(&ana, "medical", "Rash");
    assert_eq!(stays.expect("thread")["kind"], "started");
}

#[test]
fn a_change_that_no_server_understands_is_passed_over() {
    let app = TestApp::start();
    let server = app.serve();
    let (nurse, ana) =
        (app.riverside().at(&server).staff(Role::Nurse), app.riverside().at(&server).patient("Ana Silva"));
    let mut events = open(&nurse);
    let thread = start(&ana, "medical", "Rash");
    events.expect("thread");
    let before = events.last_id.clone();
    app.sql(
        "ALTER TABLE change DROP CONSTRAINT change_kind_check, DROP CONSTRAINT change_thread_check; \
         INSERT INTO change (tenant_id, id, at, kind, audience, thread_id) \
         SELECT tenant_id, gen_random_uuid(), at, 99, 0, thread_id FROM change WHERE kind = 0 AND audience = 0",
    );
    let sent = |text| write(&ana, &thread, text).expect(201)["messageId"].clone();
    events.expect("reset");
    let first = sent("Still there?");
    events.until(|event| event.data["messageId"] == first);
    let restarted = app.serve();
    let mut back = nurse.at(&restarted).events(before.as_deref());
    assert_eq!(back.expect("ready"), json!({ "resumed": false }), "what it was is not known");
    let second = sent("And now?");
    back.until(|event| event.data["messageId"] == second);
}

#[test]
fn a_server_that_stops_says_so() {
    let app = TestApp::start();
    let server = app.serve();
    let mut events = open(&app.riverside().at(&server).staff(Role::Nurse));
    server.ask_to_stop();
    assert_eq!(events.expect("closing"), json!({ "reason": "shutdown" }));
    assert!(events.ends(SOON));
}

/// A client that counts every message that it is told of, over streams that are cut at random.
struct Model<'a> {
    person: &'a Person,
    servers: [&'a Process; 2],
    told: HashMap<String, usize>,
    last_id: Option<String>,
    dice: u64,
}

impl Model<'_> {
    fn roll(&mut self, sides: u64) -> u64 {
        // Marsaglia's xorshift: the same run for the same seed.
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % sides
    }

    /// Looks on until it has heard of the message, or the stream is cut.
    fn look(&mut self, last: &str) -> bool {
        let server = self.servers[usize::from(self.roll(2) == 0)];
        let Ok(mut events) = self.person.at(server).try_events(self.last_id.as_deref()) else { return false };
        let ready = events.expect("ready");
        assert!(self.last_id.is_none() || ready["resumed"] == json!(true), "it has to begin anew");
        self.last_id = events.last_id.clone();
        let cut_after = self.roll(12);
        for _ in 0..cut_after {
            let Some(event) = events.next(Duration::from_millis(40)) else { continue };
            self.last_id = events.last_id.clone();
            if let Some(message) = event.data["messageId"].as_str() {
                *self.told.entry(message.to_owned()).or_default() += 1;
            }
        }
        self.told.contains_key(last)
    }
}

#[test]
fn each_message_is_told_once_however_streams_are_cut() {
    let app = TestApp::start();
    let (a, b) = (app.serve(), app.serve());
    let practice = app.riverside().at(&a);
    let (nurse, ana) = (practice.staff(Role::Nurse), practice.patient("Ana Silva"));
    let (mut model, mut sent) = (None, Vec::new());
    for seed in [7, 99] {
        let thread = start(&ana, "medical", "Rash");
        let client = model.get_or_insert_with(|| Model {
            person: &nurse,
            servers: [&a, &b],
            told: HashMap::new(),
            last_id: None,
            dice: 1,
        });
        client.dice = seed;
        if client.last_id.is_none() {
            client.look("");
        }
        let messages: Vec<String> = thread::scope(|scope| {
            let writing = scope.spawn(|| {
                let text = |number| format!("Number {number}");
                let write = |number| write(&ana, &thread, &text(number)).expect(201)["messageId"].clone();
                (0..40).map(|number| write(number).as_str().unwrap().to_owned()).collect::<Vec<_>>()
            });
            while !writing.is_finished() {
                client.look("");
            }
            writing.join().unwrap()
        });
        let started = Instant::now();
        while !client.look(messages.last().unwrap()) {
            assert!(started.elapsed() < SOON, "{} of 40 were told", client.told.len());
        }
        sent.extend(messages);
    }
    let told = model.unwrap().told;
    for message in &sent {
        assert_eq!(told.get(message), Some(&1), "{message}");
    }
}

#[test]
fn a_server_that_is_killed_loses_nobody_anything() {
    let app = TestApp::start();
    let (a, b) = (app.serve(), app.serve());
    let practice = app.riverside().at(&a);
    let (nurse, ana) = (practice.staff(Role::Nurse), practice.patient("Ana Silva"));
    let mut events = open(&nurse.at(&b));
    let thread = start(&ana, "medical", "Rash");
    events.expect("thread");
    b.kill();
    assert!(events.ends(SOON));
    let sent: Vec<Value> = (0..5)
        .map(|number| write(&ana, &thread, &format!("{number}")).expect(201)["messageId"].clone())
        .collect();
    let mut resumed = nurse.events(events.last_id.as_deref());
    assert_eq!(resumed.expect("ready"), json!({ "resumed": true }));
    let missed = resumed.until(|event| event.data["messageId"] == sent[4]);
    assert_eq!(missed.iter().map(|event| event.data["messageId"].clone()).collect::<Vec<_>>(), sent);
}

#[test]
fn two_hundred_clients_come_back_at_once() {
    let app = TestApp::start();
    let (a, b) = (app.serve(), app.serve());
    let practice = app.riverside().at(&a);
    let people: Vec<Person> = (0..20).map(|_| practice.staff(Role::Nurse)).collect();
    let ana = practice.patient("Ana Silva");
    let thread = start(&ana, "medical", "Rash");
    let told = at_once(20, |number| {
        let person = people[number].at(if number % 2 == 0 { &a } else { &b });
        let mut streams: Vec<Events> = Vec::new();
        let started = Instant::now();
        while streams.len() < 10 {
            assert!(started.elapsed() < SOON, "only {} were let in", streams.len());
            streams.extend(person.try_events(None).ok());
        }
        streams.iter_mut().for_each(|events| drop(events.expect("ready")));
        let answer = person.get(&format!("{STAFF}/threads/{thread}"));
        assert_eq!(answer.status, 200, "requests are served beside");
        drop(streams);
        answer
    });
    assert_eq!(told.len(), 20);
    let mut after = open(&people[0].at(&b));
    write(&ana, &thread, "Still there?").expect(201);
    after.expect("thread");
}

/// How many people hold twelve streams each; the whole proof takes 84, a thousand streams.
fn people_who_look_on() -> usize {
    std::env::var("THREADWELL_IDLE_PEOPLE").map_or(25, |number| number.parse().unwrap())
}

#[test]
fn idle_streams_take_little_memory() {
    let app = TestApp::start();
    let server = app.serve();
    let practice = app.riverside().at(&server);
    let people: Vec<Person> = (0..people_who_look_on()).map(|_| practice.staff(Role::Nurse)).collect();
    drop(open(&people[0]));
    let before = server.resident_mib();
    let held: Vec<Events> = people.iter().flat_map(|person| (0..12).map(|_| open(person))).collect();
    let grown = server.resident_mib().saturating_sub(before);
    // A thousand may take 100 MiB.
    assert!(grown * 10 <= held.len() as u64, "{} streams take {grown} MiB", held.len());
}
