//! Words that stand in every protected field come back to their owners alone.

use crate::support::{PORTAL, STAFF, change, note, opened, opened_by_patient, reply, write};
use serde_json::json;
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{PASSWORD, Person, TestApp, logged};

/// No text of ours holds it, in either case.
const CANARY: &str = "zugvogel";

/// Fills every field that may hold something of a patient, and reads it all once.
fn play(app: &TestApp) -> (Person, Person, String) {
    let nurse = app.staff(Role::Nurse);
    let patient = app.riverside().add_patient("Zugvogelname Ana", "ZUGVOGEL-MRN");
    let ana = app.riverside().account("Zugvogelname Ana", &[(patient, Relationship::Myself)]);
    let proxy = app.riverside().account("Zugvogelproxy Carla", &[(patient, Relationship::Guardian)]);
    let new =
        json!({ "subject": "Zugvogelsubject", "category": "prescription", "messageText": "Zugvogelbody" });
    let thread =
        ana.post(&format!("{PORTAL}/threads"), &new).expect(201)["threadId"].as_str().unwrap().to_owned();
    write(&proxy, &thread, "Zugvogel by proxy").expect(201);
    app.run_worker();
    note(&nurse, &thread, "Zugvogelnote").expect(201);
    app.run_worker();
    reply(&nurse, &thread, "Zugvogelreply").expect(201);
    change(&nurse, &thread, &json!({ "subject": "Zugvogelnewsubject" })).expect(200);
    nurse.get(&format!("{STAFF}/threads?search=zugvogel")).expect(200);
    nurse.get("/api/patients?search=ZUGVOGEL-MRN").expect(200);
    let found = nurse.get(&format!("{STAFF}/search?q=zugvogelnote")).expect(200);
    assert_eq!(found["results"].as_array().map(Vec::len), Some(1));
    nurse.get(&format!("{STAFF}/search?q=zugvogelb%20from:zugvogelname")).expect(200);
    nurse.get(&format!("{STAFF}/search/suggestions?q=zugvo")).expect(200);
    nurse.post(&format!("{STAFF}/search/recent"), &json!({ "query": "zugvogel" })).expect(204);
    ana.get(&format!("{PORTAL}/search?q=zugvogelbody")).expect(200);
    nurse
        .post(&format!("{STAFF}/threads/{thread}/close"), &json!({ "reason": "Zugvogelreason" }))
        .expect(200);
    assert!(opened(&nurse, &thread).to_string().contains("Zugvogelnote"), "its owners see it");
    assert!(opened_by_patient(&ana, &thread).to_string().contains("Zugvogelbody"));
    app.run_worker();
    keep(app, &nurse, &thread);
    begin(&nurse, &ana, &thread);
    (nurse, ana, thread)
}

/// What is begun and not sent.
fn begin(nurse: &Person, ana: &Person, thread: &str) {
    for kind in ["reply", "note"] {
        let begun = json!({ "kind": kind, "text": "Zugvogeldraft" });
        nurse.put(&format!("{STAFF}/threads/{thread}/draft"), &begun).expect(204);
    }
    ana.put(&format!("{PORTAL}/threads/{thread}/draft"), &json!({ "text": "Zugvogeldraft" })).expect(204);
    let new = json!({ "subject": "Zugvogelsubject", "category": "medical", "text": "Zugvogeldraft" });
    ana.put(&format!("{PORTAL}/draft"), &new).expect(204);
    assert!(ana.get(&format!("{PORTAL}/draft")).expect(200).to_string().contains("Zugvogeldraft"));
}

/// What staff keep and tell each other about the thread.
fn keep(app: &TestApp, nurse: &Person, thread: &str) {
    let view = json!({ "name": "Zugvogelview", "isShared": true, "filter": { "search": "zugvogel" } });
    nurse.post("/api/views", &view).expect(201);
    let threads = json!({ "threadIds": [thread], "action": { "type": "reopen" } });
    nurse.post(&format!("{STAFF}/threads/bulk"), &threads).expect(200);
    let admin = app.staff(Role::Admin);
    let mention = json!({ "messageText": "Zugvogelnote", "isInternalNote": true, "mentions": [admin.id] });
    nurse.post(&format!("{STAFF}/threads/{thread}/messages"), &mention).expect(201);
    assert!(admin.get("/api/notifications").expect(200).to_string().contains("Zugvogelnewsubject"));
    assert!(admin.get("/api/views").expect(200).to_string().contains("Zugvogelview"));
}

#[test]
fn nothing_protected_is_in_logs_figures_mails_or_refusals() {
    let app = TestApp::builder().with_smtp().start();
    let (nurse, ana, thread) = play(&app);
    let path = format!("{STAFF}/threads/{thread}/messages");
    let refusals = [
        nurse.post(&path, &json!({ "messageText": "Zugvogel to a closed thread" })),
        nurse.post(&path, &json!({ "messageText": 7, "Zugvogel": "x" })),
        nurse.post(&path, &json!({ "messageText": ["Zugvogel"] })),
        nurse.post(&path, &json!({ "messageText": format!("Zugvogel {}", "x".repeat(5_000)) })),
        nurse.put(
            &format!("{STAFF}/threads/{thread}/draft"),
            &json!({ "kind": "zugvogel", "text": "Zugvogel\0" }),
        ),
        nurse.request("POST", &path).text("application/json", "{\"messageText\":\"Zugvogel").send(),
        nurse.get(&format!("{STAFF}/threads?status=zugvogel")),
        nurse.get(&format!("{STAFF}/threads/zugvogel")),
        ana.post(
            &format!("{PORTAL}/threads"),
            &json!({ "subject": "Zugvogel", "category": "Zugvogel", "messageText": "Zugvogel" }),
        ),
        ana.get(&format!("{PORTAL}/threads?search={}", "zugvogel".repeat(100))),
        nurse.get(&format!("{STAFF}/search?q={}", "zugvogel".repeat(100))),
        nurse.get(&format!("{STAFF}/search?q=zugvogel&cursor=zugvogel")),
        nurse.post(&format!("{STAFF}/search/recent"), &json!({ "query": "zugvogel".repeat(100) })),
        app.request("GET", "/zugvogel/api?zugvogel").header("X-Request-Id", "zugvogel").send(),
        app.request("POST", "/api/auth/login")
            .header("X-Tenant-ID", "zugvogel")
            .json(&json!({ "email": "zugvogel@example.org", "password": "zugvogel" }))
            .send(),
    ];
    for answer in &refusals {
        let is_named = answer.code() == "unknown_field";
        assert!(is_named || !answer.text().to_lowercase().contains(CANARY), "{}", answer.text());
        assert!(answer.headers.iter().all(|(_, value)| !value.to_lowercase().contains(CANARY)));
    }
    let mails = app.mails();
    assert!(!mails.is_empty());
    assert!(mails.iter().all(|mail| !mail.raw.to_lowercase().contains(CANARY)));
    let figures = app.request("GET", "/metrics").send().text();
    assert!(figures.contains("threadwell_http_requests_total"));
    let logged = logged();
    assert!(logged.contains("answered"), "the logs were kept");
    for text in [&figures, &logged] {
        let text = text.to_lowercase();
        for secret in [CANARY, &PASSWORD.to_lowercase(), "@example.org", "@riverside.example"] {
            let line = text.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "{secret}");
        }
        for token in [&nurse.token, &nurse.refresh_token, &ana.token, &ana.refresh_token] {
            assert!(!text.contains(&token.to_lowercase()));
        }
    }
    assert!(!figures.contains(&thread), "no id is a label");
}

#[test]
fn nothing_protected_lies_open_in_the_database() {
    let app = TestApp::start();
    let (nurse, ana, _) = play(&app);
    let tables = app.text_of(
        "SELECT string_agg(relname, ',') FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    let (mut walked, hidden) = (0, [CANARY, PASSWORD, &ana.email, "@example.org"]);
    for table in tables.split(',') {
        let rows = app.text_of(&format!("SELECT string_agg(r::text, E'\\n') FROM {table} r")).to_lowercase();
        for word in hidden {
            let hex: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
            assert!(!rows.contains(word) && !rows.contains(&hex), "{word} in {table}");
        }
        for token in [&nurse.refresh_token, &ana.refresh_token] {
            let secret = token.rsplit('.').next().unwrap().to_lowercase();
            assert!(!rows.contains(&secret), "{table}");
        }
        walked += 1;
    }
    assert!(walked > 15, "{walked}");
}
