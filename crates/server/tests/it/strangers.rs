//! What strangers get wrong at a practice's door, and whoever comes there for the first time.

use crate::invitations::{BORN, NEW};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{Answer, PASSWORD, TestApp};

const STAFF: &str = "/api/auth";
const PORTAL: &str = "/api/patient-portal/auth";
const ANA: &str = "ana@example.org";

/// A request from an address, to the practice of a name.
fn post(app: &TestApp, (practice, address): (&str, &str), path: &str, cookie: &str, body: &Value) -> Answer {
    let request = app.request("POST", path).header("X-Tenant-ID", practice);
    let request = request.header("X-Forwarded-For", address).header("Cookie", cookie);
    request.json(body).send()
}

fn sign_in(app: &TestApp, address: &str, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    post(app, ("riverside", address), &format!("{PORTAL}/login"), "", &body)
}

/// Ana, who never signed in.
fn newcomer(app: &TestApp) {
    let riverside = app.riverside();
    let patient = riverside.add_patient("Ana Silva", "A-1");
    riverside.add_account("Ana Silva", ANA, &[(patient, Relationship::Myself)]);
}

fn flooder(number: usize) -> String {
    format!("198.51.100.{}", number + 1)
}

#[test]
fn one_address_keeps_nobody_else_out() {
    let app = TestApp::builder().with_proxies(1).start();
    newcomer(&app);
    let mut looked_at = 0;
    for minute in 0..9 {
        for guess in 0..30 {
            let answer = sign_in(&app, &flooder(0), &format!("{minute}-{guess}@example.org"), "Winter2026!");
            match answer.status {
                401 => looked_at += 1,
                status => assert_eq!(status, 429),
            }
        }
        app.clock().advance(Duration::minutes(1));
    }
    assert_eq!(looked_at, 40);
    sign_in(&app, "203.0.113.1", ANA, "a slip of the finger").refused(401, "invalid_credentials");
    sign_in(&app, "203.0.113.1", ANA, PASSWORD).expect(200);
}

#[test]
fn many_addresses_keep_out_who_fails_and_not_who_comes_for_the_first_time() {
    let app = TestApp::builder().with_proxies(1).start();
    newcomer(&app);
    let guess = |number: usize| format!("g{number}@example.org");
    for number in 0..200 {
        let answer = sign_in(&app, &flooder(number / 10), &guess(number), "Winter2026!");
        answer.refused(401, "invalid_credentials");
    }
    sign_in(&app, &flooder(0), ANA, PASSWORD).refused(429, "rate_limited");
    let refused = sign_in(&app, &flooder(0), &guess(999), "Winter2026!");
    assert_eq!(refused.without_ids(), sign_in(&app, &flooder(0), ANA, "Winter2026!").without_ids());
    sign_in(&app, "203.0.113.1", ANA, PASSWORD).expect(200);
    sign_in(&app, &flooder(30), &guess(30), "Winter2026!").refused(401, "invalid_credentials");
    sign_in(&app, &flooder(30), &guess(31), "Winter2026!").refused(429, "rate_limited");
}

#[test]
fn practices_that_there_are_none_of_are_tried_as_one() {
    let app = TestApp::builder().with_proxies(1).start();
    newcomer(&app);
    let body = json!({ "email": ANA, "password": "Winter2026!" });
    let path = format!("{PORTAL}/login");
    for number in 0..200 {
        let body = json!({ "email": format!("g{number}@example.org"), "password": "Winter2026!" });
        let place = (format!("practice-{number}"), flooder(number / 10));
        post(&app, (&place.0, &place.1), &path, "", &body).refused(401, "invalid_credentials");
    }
    post(&app, ("practice-999", &flooder(0)), &path, "", &body).refused(429, "rate_limited");
    sign_in(&app, &flooder(0), ANA, PASSWORD).expect(200);
}

/// Whoever set their password by what was mailed to them comes as somebody known: strangers who guess at the new account
/// do not keep them out.
#[test]
fn who_sets_a_password_by_a_mailed_secret_is_no_stranger() {
    let app = TestApp::builder().with_proxies(1).start();
    let riverside = app.riverside();
    let patient = riverside.add_patient_at("Ana Silva", ANA, BORN, "en");
    riverside.invite(patient, Relationship::Myself, ANA);
    let body = json!({ "token": app.mailed_secret(ANA), "password": NEW, "birthDate": BORN });
    known_after(&app, PORTAL, ANA, "invitation/accept", &body);
    let rosa = "rosa@example.org";
    riverside.add_patient_at("Rosa Silva", rosa, BORN, "en");
    let asked = json!({ "email": rosa, "birthDate": BORN });
    let asked = post(&app, ("riverside", "203.0.113.1"), &format!("{PORTAL}/activation"), "", &asked);
    let token = asked.expect(202)["activationToken"].clone();
    let body = json!({ "activationToken": token, "code": app.mailed_code(rosa), "password": NEW });
    known_after(&app, PORTAL, rosa, "activation/complete", &body);
    let nora = "nora@riverside.example";
    riverside.invite_staff(Role::Nurse, nora);
    let body = json!({ "token": app.mailed_secret(nora), "password": NEW });
    known_after(&app, STAFF, nora, "invitation/accept", &body);
    for (door, email) in [(PORTAL, "ben@example.org"), (STAFF, "nurse@riverside.example")] {
        match door {
            STAFF => drop(riverside.add_staff(Role::Nurse, email)),
            _ => drop(riverside.add_account("Ben", email, &[(patient, Relationship::Caregiver)])),
        }
        let path = format!("{door}/password-reset");
        post(&app, ("riverside", "203.0.113.1"), &path, "", &json!({ "email": email })).expect(202);
        let body = json!({ "token": app.mailed_secret(email), "password": NEW });
        known_after(&app, door, email, "password-reset/confirm", &body);
    }
}

fn known_after(app: &TestApp, door: &str, email: &str, act: &str, body: &Value) {
    let place = ("riverside", "203.0.113.1");
    let done = post(app, place, &format!("{door}/{act}"), "", body);
    done.expect(204);
    let name = if door == STAFF { "__Host-tw_staff_device" } else { "__Host-tw_portal_device" };
    let cookie = done.cookie(name).unwrap().split(';').next().unwrap().to_owned();
    let path = format!("{door}/login");
    let login = |password: &str, cookie: &str| {
        post(app, place, &path, cookie, &json!({ "email": email, "password": password }))
    };
    for _ in 0..5 {
        login("a stranger's guess", "").refused(401, "invalid_credentials");
    }
    login(NEW, "").refused(429, "rate_limited");
    login(NEW, &cookie).expect(200);
    let told = app.mails_to(email).into_iter().filter(|mail| mail.subject == "New sign-in to your account");
    assert_eq!(told.count(), 0, "{act}");
    app.clock().advance(Duration::minutes(1));
}
