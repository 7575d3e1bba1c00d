//! "Remember this device": how long a session of an app lasts is its owner's choice.

use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, AuthenticatorApp, PASSWORD, Person, TestApp};

const DAY: i64 = 24 * 60;

fn give(app: &TestApp, person: &Person, more: &Value) -> Answer {
    let mut body = json!({ "email": person.email, "password": PASSWORD });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    let request = app.request("POST", &format!("{}/login", person.door())).header("X-Tenant-ID", "riverside");
    request.json(&body).send()
}

fn prove(app: &TestApp, person: &Person, authenticator: &AuthenticatorApp, due: &Value) -> Value {
    let code = authenticator.code_now(app);
    let body = json!({ "mfaToken": due["mfaToken"], "method": "totp", "code": code });
    app.request("POST", &format!("{}/second-factor", person.door())).json(&body).send().expect(200)
}

/// How many minutes the session of an answer may rest and lasts at most.
fn limits(app: &TestApp, person: &Person, answer: &Value) -> (i64, i64) {
    let request = app.request("GET", &format!("{}/me", person.door()));
    let me = request.bearer(answer["accessToken"].as_str().unwrap()).send().expect(200);
    let lasts =
        "SELECT extract(epoch FROM expires_at - created_at) / 60 FROM session ORDER BY id DESC LIMIT 1";
    (me["session"]["idleMinutes"].as_i64().unwrap(), app.number_of(lasts))
}

#[test]
fn a_patients_app_is_remembered_when_it_says_so_and_not_otherwise() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    for (more, expected) in [
        (json!({ "tokenDelivery": "body", "rememberDevice": true }), (30 * DAY, 90 * DAY)),
        (json!({ "tokenDelivery": "body", "rememberDevice": false }), (20, DAY / 2)),
        (json!({ "tokenDelivery": "body" }), (20, DAY / 2)),
        (json!({ "rememberDevice": true }), (20, DAY / 2)),
        (json!({ "tokenDelivery": "cookie", "rememberDevice": true }), (20, DAY / 2)),
    ] {
        app.clock().advance(Duration::seconds(1));
        let entered = give(&app, &ana, &more).expect(200);
        assert_eq!(limits(&app, &ana, &entered), expected, "{more}");
    }
    give(&app, &ana, &json!({ "rememberDevice": "yes" })).refused(422, "validation_failed");
}

#[test]
fn no_staff_session_outlasts_a_working_day() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for is_remembered in [true, false] {
        app.clock().advance(Duration::seconds(1));
        let more = json!({ "tokenDelivery": "body", "rememberDevice": is_remembered });
        let entered = give(&app, &nurse, &more).expect(200);
        assert_eq!(limits(&app, &nurse, &entered), (15, DAY / 2));
    }
}

#[test]
fn the_choice_holds_where_a_factor_follows() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let (authenticator, _) = ana.enrol_app(&app);
    for (is_remembered, expected) in [(true, (30 * DAY, 90 * DAY)), (false, (20, DAY / 2))] {
        app.clock().advance(Duration::minutes(1));
        let more = json!({ "tokenDelivery": "body", "rememberDevice": is_remembered });
        let due = give(&app, &ana, &more).expect(200);
        let entered = prove(&app, &ana, &authenticator, &due);
        assert_eq!(limits(&app, &ana, &entered), expected);
    }
}

#[test]
fn an_app_that_is_not_remembered_rests_as_short_as_a_browser() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let entered = ana.signed_in(&give(&app, &ana, &json!({ "tokenDelivery": "body" })).expect(200));
    app.clock().advance(Duration::minutes(20) + Duration::seconds(1));
    let refresh = json!({ "refreshToken": entered.refresh_token });
    let request = app.request("POST", &format!("{}/refresh", ana.door()));
    request.json(&refresh).send().refused(401, "session_expired");
}
