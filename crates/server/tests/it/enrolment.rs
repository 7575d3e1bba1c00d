//! Factors that are enrolled: on the way in because the practice demands one, or by somebody signed in.

use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, AuthenticatorApp, TestApp};

fn prove(app: &TestApp, door: &str, ticket: &str, method: &str, code: &str) -> Answer {
    let body = json!({ "mfaToken": ticket, "method": method, "code": code });
    app.request("POST", &format!("{door}/second-factor")).json(&body).send()
}

#[test]
fn whoever_must_have_a_factor_enrols_one_on_the_way_in() {
    let app = TestApp::start();
    let practice = app.riverside();
    practice.demand_second_factor(true);
    let id = practice.add_staff(Role::Provider, "dr@riverside.example");
    let due = practice.give_password("/api/auth", "dr@riverside.example").expect(200);
    assert_eq!((&due["enrolmentRequired"], &due["methods"]), (&json!(true), &json!([])));
    let ticket = due["mfaToken"].as_str().unwrap();
    // An enrolment is no proof, and nothing else.
    prove(&app, "/api/auth", ticket, "totp", "000000").refused(401, "invalid_token");

    let (doctor, authenticator) = practice.enrol_staff("dr@riverside.example", id.uuid());
    doctor.get("/api/auth/me").expect(200);
    let own = doctor.get("/api/auth/factors").expect(200);
    assert_eq!((&own["demanded"], &own["recoveryCodesLeft"]), (&json!(true), &json!(10)));
    assert_eq!(own["factors"][0]["kind"], "totp");

    // The earlier ticket adds no factor beside the one that is there now.
    let body = json!({ "mfaToken": ticket });
    app.request("POST", "/api/auth/enrolment/totp").json(&body).send().refused(401, "invalid_token");
    let removed = doctor.delete(&format!("/api/auth/factors/{}", authenticator.id));
    removed.refused(409, "last_factor");
    practice.sign_in_with(&doctor, &authenticator);
    practice.demand_second_factor(false);
    doctor.delete(&format!("/api/auth/factors/{}", authenticator.id)).expect(204);
    assert!(practice.give_password("/api/auth", "dr@riverside.example").json()["accessToken"].is_string());
}

#[test]
fn a_wrong_code_enrols_nothing_and_counts() {
    let app = TestApp::start();
    let practice = app.riverside();
    practice.demand_second_factor(true);
    practice.add_staff(Role::Provider, "dr@riverside.example");
    let due = practice.give_password("/api/auth", "dr@riverside.example").expect(200);
    let ticket = json!({ "mfaToken": due["mfaToken"] });
    let start = || app.request("POST", "/api/auth/enrolment/totp").json(&ticket).send();
    let first = AuthenticatorApp::reading(&start().expect(200));
    let second = AuthenticatorApp::reading(&start().expect(200));
    assert_ne!(first.secret, second.secret);
    let confirm = |id: &str, code: &str| {
        let body = json!({ "mfaToken": due["mfaToken"], "id": id, "code": code });
        app.request("POST", "/api/auth/enrolment/totp/confirm").json(&body).send()
    };
    confirm(&first.id, &first.code_now(&app)).refused(401, "invalid_code");
    for _ in 0..4 {
        confirm(&second.id, "000000").refused(401, "invalid_code");
    }
    confirm(&second.id, &second.code_now(&app)).refused(401, "invalid_token");
    start().refused(401, "invalid_token");
    assert_eq!(app.number_of("SELECT count(*) FROM second_factor WHERE confirmed_at IS NOT NULL"), 0);
    assert_eq!(app.number_of("SELECT count(*) FROM session"), 0);
}

#[test]
fn an_unconfirmed_app_opens_and_demands_nothing() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let added = nurse.post("/api/auth/factors/totp", &json!({ "name": "Phone" })).expect(201);
    let waiting = AuthenticatorApp::reading(&added);
    assert!(added["uri"].as_str().unwrap().starts_with("otpauth://totp/Riverside"));
    assert_eq!(nurse.get("/api/auth/factors").expect(200)["factors"], json!([]));
    assert!(app.riverside().give_password("/api/auth", &nurse.email).json()["accessToken"].is_string());
    let step_up = json!({ "method": "totp", "code": waiting.code_now(&app) });
    nurse.post("/api/auth/step-up", &step_up).refused(401, "invalid_code");
    let (_, codes) = nurse.enrol_app(&app);
    assert_eq!(codes.len(), 10);
    let path = format!("/api/auth/factors/totp/{}/confirm", waiting.id);
    nurse.post(&path, &json!({ "code": waiting.code_now(&app) })).refused(404, "not_found");
    nurse.post("/api/auth/factors/totp", &json!({ "name": "Two" })).refused(409, "limit_reached");
}
