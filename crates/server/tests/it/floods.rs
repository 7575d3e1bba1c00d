//! Tokens and tickets that are worth nothing, in numbers.

use crate::refresh::refresh_from;
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

/// How many an address may bring within a minute.
const MOST: usize = 120;

const DOORS: [&str; 2] = ["/api/auth", "/api/patient-portal/auth"];

/// What nobody ever got, in the form of what is brought there, and under which name a refusal is in the audit.
fn worthless(app: &TestApp) -> Vec<(&'static str, Value, u16, &'static str)> {
    let secret = format!("{}.{}", app.riverside().tenant, "A".repeat(43));
    let (token, ticket) = (format!("v1.{secret}"), format!("m1.{secret}"));
    let proof = json!({ "mfaToken": ticket, "method": "totp", "code": "123456" });
    let enrolment = json!({ "mfaToken": ticket, "id": app.riverside().tenant.to_string(), "code": "123456" });
    vec![
        ("refresh", json!({ "refreshToken": token }), 401, "auth.refresh"),
        ("logout", json!({ "refreshToken": token }), 204, "auth.sign_out"),
        ("second-factor", proof, 401, "auth.second_factor"),
        ("second-factor/passkey-options", json!({ "mfaToken": ticket }), 401, "auth.challenge_passkey"),
        ("enrolment/totp", json!({ "mfaToken": ticket }), 401, "auth.enrol"),
        ("enrolment/passkey-options", json!({ "mfaToken": ticket }), 401, "auth.enrol"),
        ("enrolment/totp/confirm", enrolment, 401, "auth.enrol"),
    ]
}

fn bring(app: &TestApp, path: &str, body: &Value, address: &str) -> Answer {
    app.request("POST", path).header("X-Forwarded-For", address).json(body).send()
}

fn rows(app: &TestApp, condition: &str) -> i64 {
    app.number_of(&format!("SELECT count(*) FROM audit_event WHERE {condition}"))
}

#[test]
fn what_is_worth_nothing_is_braked_by_its_address_and_told_once() {
    let app = TestApp::builder().with_proxies(1).start();
    for (number, door) in DOORS.iter().enumerate() {
        for (at, (path, body, status, action)) in worthless(&app).into_iter().enumerate() {
            let (path, address) = (format!("{door}/{path}"), format!("198.51.{number}.{}", at + 1));
            let before = rows(&app, "true");
            for _ in 0..MOST {
                assert_eq!(bring(&app, &path, &body, &address).status, status, "{path}");
            }
            let brought = i64::try_from(MOST).unwrap();
            assert_eq!(rows(&app, "true") - before, brought, "{path}");
            let told = format!("action = '{action}' AND reason = 'rate_limited'");
            let told_before = rows(&app, &told);
            for _ in 0..30 {
                let refused = bring(&app, &path, &body, &address);
                refused.refused(429, "rate_limited");
                assert_eq!(refused.header("retry-after"), Some("60"), "{path}");
            }
            assert_eq!((rows(&app, "true") - before, rows(&app, &told) - told_before), (brought + 1, 1));
            assert_eq!(bring(&app, &path, &body, "203.0.113.1").status, status, "{path}");
        }
        app.clock().advance(Duration::minutes(1));
        let (_, body, status, _) = worthless(&app).remove(0);
        let again = bring(&app, &format!("{door}/refresh"), &body, &format!("198.51.{number}.1"));
        assert_eq!(again.status, status);
    }
}

#[test]
fn an_office_behind_one_address_refreshes_as_often_as_it_likes() {
    let app = TestApp::builder().with_proxies(1).start();
    let people: [Person; 2] = [app.staff(Role::Nurse), app.patient("Ana Silva")];
    for person in &people {
        let mut token = person.refresh_token.clone();
        for _ in 0..MOST + 20 {
            let fresh = refresh_from(&app, person.door(), &token, "198.51.100.1").expect(200);
            token = fresh["refreshToken"].as_str().unwrap().to_owned();
        }
    }
    assert_eq!(rows(&app, "reason = 'rate_limited'"), 0);
}

#[test]
fn whoever_shares_an_address_with_a_flood_goes_on() {
    let app = TestApp::builder().with_proxies(1).start();
    let address = "198.51.100.7";
    let (_, junk, _, _) = worthless(&app).remove(0);
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva")] {
        let path = |end: &str| format!("{}/{end}", person.door());
        while bring(&app, &path("refresh"), &junk, address).status != 429 {}
        let fresh = refresh_from(&app, person.door(), &person.refresh_token, address).expect(200);
        let token = json!({ "refreshToken": fresh["refreshToken"] });
        bring(&app, &path("refresh"), &junk, address).refused(429, "rate_limited");
        bring(&app, &path("logout"), &token, address).expect(204);
        bring(&app, &path("refresh"), &token, address).refused(429, "rate_limited");
        person.get(&path("me")).refused(401, "invalid_token");
    }
}
