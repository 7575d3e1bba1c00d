//! How long a session holds, and that its end counts at once.

use crate::support::{PORTAL, STAFF, checksum, start};
use crate::walks::with_token;
use chrono::Duration;
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

fn refresh(app: &TestApp, person: &mut Person) -> Answer {
    let answer = app
        .request("POST", &format!("{}/refresh", person.door()))
        .json(&json!({ "refreshToken": person.refresh_token }))
        .send();
    if answer.status == 200 {
        person.token = answer.json()["accessToken"].as_str().unwrap().to_owned();
        person.refresh_token = answer.json()["refreshToken"].as_str().unwrap().to_owned();
    }
    answer
}

#[test]
fn an_access_token_lasts_ten_minutes() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    app.clock().advance(Duration::minutes(9));
    nurse.get("/api/auth/me").expect(200);
    app.clock().advance(Duration::minutes(2));
    nurse.get("/api/auth/me").refused(401, "invalid_token");
}

#[test]
fn b19_no_header_or_parameter_keeps_a_resting_session_alive() {
    let app = TestApp::start();
    let mut nurse = app.staff(Role::Nurse);
    let path = format!("{STAFF}/unread-count");
    app.clock().advance(Duration::minutes(8));
    refresh(&app, &mut nurse).expect(200);
    nurse.get(&path).expect(200);
    nurse.request("GET", &path).header("X-Tw-Background", "0").send().expect(200);
    app.clock().advance(Duration::minutes(7) + Duration::seconds(1));
    for query in ["skip_timeout_reset=1", "keepalive=1"] {
        assert!([401, 422].contains(&nurse.get(&format!("{path}?{query}")).status));
    }
    for (name, value) in [
        ("X-Tw-Background", "0"),
        ("X-Requested-With", "XMLHttpRequest"),
        ("X-Threadwell-Activity", "user"),
        ("skip_timeout_reset", "1"),
    ] {
        nurse.request("GET", &path).header(name, value).send().refused(401, "session_expired");
    }
    refresh(&app, &mut nurse).refused(401, "session_expired");
}

#[test]
fn b21_a_session_ends_at_its_limit_however_busy_it_is() {
    let app = TestApp::start();
    let mut nurse = app.staff(Role::Nurse);
    let path = format!("{STAFF}/unread-count");
    for _ in 0..(12 * 60 / 9 - 1) {
        app.clock().advance(Duration::minutes(9));
        refresh(&app, &mut nurse).expect(200);
        nurse.request("GET", &path).header("X-Threadwell-Activity", "user").send().expect(200);
    }
    app.clock().advance(Duration::minutes(9));
    nurse.get(&path).refused(401, "session_expired");
    refresh(&app, &mut nurse).refused(401, "session_expired");
}

/// Every operation, by sessions that rested too long and by such that are past their end: of staff, of a patient at a
/// browser, of a patient's app.
#[test]
fn b1_every_operation_is_refused_to_a_session_that_rested_or_ran_out() {
    let app = TestApp::start();
    let (mut admin, mut at_browser) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&at_browser, "general", "Mine");
    // Patients who keep their tokens themselves are at an app; at a browser the session rests for minutes.
    app.sql("UPDATE session SET idle_limit_seconds = 20 * 60 WHERE owner_kind = 1");
    let_rest(&app, &mut admin, Duration::minutes(15) + Duration::seconds(1));
    refused_everywhere(&app, &admin, &thread);
    app.sql("UPDATE session SET last_activity_at = last_activity_at + interval '15 minutes 1 second'");
    let_rest(&app, &mut at_browser, Duration::minutes(20) + Duration::seconds(1));
    refused_everywhere(&app, &at_browser, &thread);
    let mut at_app = app.patient("Ben Okafor");
    let_rest(&app, &mut at_app, Duration::days(30) + Duration::seconds(1));
    refused_everywhere(&app, &at_app, &thread);
    for is_staff in [true, false] {
        let person = if is_staff { app.staff(Role::Admin) } else { app.patient("Cleo Diaz") };
        let whose = format!("'{}' IN (staff_id, account_id)", person.id);
        let end = "expires_at = last_activity_at + interval '5 minutes'";
        app.sql(&format!("UPDATE session SET {end} WHERE {whose}"));
        app.clock().advance(Duration::minutes(4));
        let me = format!("{}/me", person.door());
        person.request("GET", &me).header("X-Threadwell-Activity", "user").send().expect(200);
        app.clock().advance(Duration::minutes(1) + Duration::seconds(1));
        refused_everywhere(&app, &person, &thread);
    }
}

/// Lets a session rest so long; its tokens are refreshed shortly before, which is no activity.
fn let_rest(app: &TestApp, person: &mut Person, duration: Duration) {
    app.clock().advance(duration - Duration::minutes(5));
    refresh(app, person).expect(200);
    app.clock().advance(Duration::minutes(5));
}

fn refused_everywhere(app: &TestApp, person: &Person, thread: &str) {
    let door = if person.is_staff { "staffToken" } else { "portalToken" };
    let before = checksum(app);
    let mut walked = 0;
    for operation in with_token().iter().filter(|operation| operation.is_for(door)) {
        operation.by(person, thread).refused(401, "session_expired");
        let bare = operation.bare(person, thread);
        let busy = JUNK.iter().fold(bare, |request, (name, value)| request.header(name, value));
        operation.with_body(busy, thread).send().refused(401, "session_expired");
        walked += 1;
    }
    assert!(walked >= 40, "{walked}");
    assert_eq!(checksum(app), before);
}

/// What other products took for a sign that somebody is at work.
const JUNK: [(&str, &str); 4] = [
    ("X-Threadwell-Activity", "user"),
    ("X-Tw-Background", "0"),
    ("X-Requested-With", "XMLHttpRequest"),
    ("skip_timeout_reset", "1"),
];

#[test]
fn b30_what_is_taken_away_is_gone_with_the_next_request() {
    let app = TestApp::start();
    let path = format!("{STAFF}/threads");
    let nurse = app.staff(Role::Nurse);
    nurse.get(&path).expect(200);
    app.sql("UPDATE staff_user SET role = 6");
    nurse.get(&path).refused(403, "forbidden");
    app.sql("UPDATE staff_user SET role = 2, is_active = false");
    nurse.get(&path).refused(401, "invalid_token");
    app.sql("UPDATE staff_user SET is_active = true");
    nurse.get(&path).expect(200);
    app.sql("UPDATE session SET revoked_at = last_activity_at");
    nurse.get(&path).refused(401, "invalid_token");
    let ana = app.patient("Ana Silva");
    ana.get(&format!("{PORTAL}/threads")).expect(200);
    app.sql("UPDATE patient_access SET expires_at = '2026-11-22T08:59:59Z'");
    ana.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
}

#[test]
fn b40_after_signing_out_nothing_that_was_recorded_works() {
    let app = TestApp::start();
    let (mut nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let paths = [
        "/api/auth/me".to_owned(),
        "/api/staff".to_owned(),
        format!("{STAFF}/threads"),
        format!("{STAFF}/threads/{thread}"),
        format!("{STAFF}/unread-count"),
    ];
    paths.iter().for_each(|path| drop(nurse.get(path).expect(200)));
    let left = nurse.post_empty("/api/auth/logout");
    left.expect(204);
    assert_eq!(left.header("clear-site-data"), Some("\"cache\""));
    for path in &paths {
        nurse.get(path).refused(401, "invalid_token");
    }
    assert_eq!(refresh(&app, &mut nurse).status, 401);
    let body = json!({ "refreshToken": ana.refresh_token });
    app.request("POST", "/api/patient-portal/auth/logout").json(&body).send().expect(204);
    ana.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
}
