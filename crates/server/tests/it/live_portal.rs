//! A patient's stream betrays nothing of what the staff do among themselves: not by an event, not by a wake-up, not by
//! the time or the length of anything.

use crate::support::{PORTAL, STAFF, change, note, opened_by_patient, reply, start, write};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

/// How often a stream that has nothing to say gives a sign of life.
const BEAT: Duration = Duration::from_secs(15);

/// One run of the same public acts; between them, so many rounds of what patients must not notice.
fn run(rounds: usize) -> (String, Vec<Value>) {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let mut events = ana.events(None);
    events.expect("ready");
    let thread = start(&ana, "medical", "Rash");
    change(&provider, &thread, &json!({ "status": "in-progress" })).expect(200);
    let mut seen = Vec::new();
    let mut hide = |round: usize| {
        let before = quiet(&app, &ana, &thread);
        for number in 0..rounds {
            note(&nurse, &thread, &format!("Note {round} {number}")).expect(201);
            let (who, priority) = if number % 2 == 0 { (nurse.id, "urgent") } else { (provider.id, "high") };
            change(&nurse, &thread, &json!({ "assignedTo": who, "priority": priority })).expect(200);
            let presence = format!("{STAFF}/threads/{thread}/presence");
            nurse.put(&presence, &json!({ "state": "noting" })).expect(200);
        }
        assert_eq!(quiet(&app, &ana, &thread), before, "what the staff did shows");
        seen.push(before.1);
    };
    hide(0);
    reply(&provider, &thread, "Please send a picture.").expect(201);
    hide(1);
    write(&ana, &thread, "Here it is.").expect(201);
    nurse.post_empty(&format!("{STAFF}/threads/{thread}/mark-read")).expect(204);
    hide(2);
    ana.post_empty(&format!("{PORTAL}/threads/{thread}/mark-read")).expect(204);
    provider.post_empty(&format!("{STAFF}/threads/{thread}/close")).expect(200);
    hide(3);
    let last = start(&ana, "general", "Thank you");
    events.until(|event| event.data["threadId"] == json!(last));
    (masked(&sealed(events.sent())), seen)
}

/// Every byte of a stream but for what stands in sealed ids, which no two runs share.
fn sealed(sent: &str) -> String {
    let line = |line: &str| match line.strip_prefix("id: ") {
        Some(id) => format!("id: {}", "x".repeat(id.len())),
        None => line.to_owned(),
    };
    sent.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Rows for patients and wake-ups by them, and all that a patient can fetch of the thread.
fn quiet(app: &TestApp, ana: &Person, thread: &str) -> ((i64, String), Value) {
    let rows = app.number_of("SELECT count(*) FROM change WHERE audience = 1");
    let answer = ana.get(&format!("{PORTAL}/threads/{thread}"));
    let etag = answer.header("etag").unwrap_or_default().to_owned();
    let page = opened_by_patient(ana, thread);
    ((rows, etag), json!({ "page": page, "list": ana.get(&format!("{PORTAL}/threads")).expect(200) }))
        .masked()
}

trait Masked {
    fn masked(self) -> Self;
}

impl Masked for ((i64, String), Value) {
    fn masked(self) -> Self {
        let text = masked(&self.1.to_string());
        (self.0, json!(text))
    }
}

/// Ids become numbers in the order in which they first came.
fn masked(text: &str) -> String {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("01a2") {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let Some(id) = from.get(..36) else { break };
        let next = known.len();
        let number = *known.entry(id.to_owned()).or_insert(next);
        out.push_str(&format!("<{number}>"));
        rest = from.split_at(36).1;
    }
    out + rest
}

#[test]
fn notes_assignments_and_priorities_leave_a_patients_stream_as_it_is() {
    let (quiet, quiet_pages) = run(0);
    let (busy, busy_pages) = run(25);
    assert_eq!(quiet, busy);
    assert_eq!(quiet_pages, busy_pages);
    assert!(quiet.matches("\n\n").count() >= 8, "{quiet}");
}

#[test]
fn heartbeats_keep_their_time_whatever_the_staff_do() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let mut events = ana.events(None);
    events.expect("ready");
    let (opened, ready) = (Instant::now(), events.sent().len());
    let is_over = AtomicBool::new(false);
    let beat = std::thread::scope(|scope| {
        let busy = scope.spawn(|| {
            let mut written = 0;
            while !is_over.load(Ordering::Relaxed) {
                note(&nurse, &thread, &format!("Note {written}")).expect(201);
                written += 1;
            }
            written
        });
        while events.sent().len() == ready && opened.elapsed() < BEAT * 2 {
            events.next(Duration::from_millis(20));
        }
        let beat = opened.elapsed();
        is_over.store(true, Ordering::Relaxed);
        assert!(busy.join().unwrap() > 20, "hardly a note was written");
        beat
    });
    assert_eq!(events.sent().split_at(ready).1, ":\n\n");
    assert!(beat.abs_diff(BEAT) < Duration::from_millis(1_500), "{beat:?}");
}
