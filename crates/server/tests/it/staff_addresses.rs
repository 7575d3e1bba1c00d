//! Practices that say where their staff come from.

use crate::support::STAFF;
use serde_json::{Value, json};
use std::time::Duration;
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, PASSWORD, Person, TestApp};

const SETTINGS: &str = "/api/admin/settings";
const INSIDE: &str = "203.0.113.7";
const OUTSIDE: &str = "198.51.100.1";

fn start() -> TestApp {
    TestApp::builder().with_proxies(1).start()
}

fn from(person: &Person, address: &str, method: &str, path: &str, body: Option<&Value>) -> Answer {
    let request = person.request(method, path).header("X-Forwarded-For", address);
    body.map_or_else(|| request.clone(), |body| request.clone().json(body)).send()
}

/// Says from where the staff come; by an administrator who is inside.
fn say(admin: &Person, address: &str, ranges: &Value) -> Answer {
    let mut wanted = from(admin, INSIDE, "GET", SETTINGS, None).expect(200);
    wanted.as_object_mut().unwrap().remove("version");
    wanted["staffAddresses"] = ranges.clone();
    from(admin, address, "PUT", SETTINGS, Some(&wanted))
}

fn post(app: &TestApp, address: &str, path: &str, body: &Value) -> Answer {
    let request = app.request("POST", path).header("X-Tenant-ID", "riverside");
    request.header("X-Forwarded-For", address).json(body).send()
}

fn sign_in(app: &TestApp, address: &str, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password, "tokenDelivery": "body" });
    post(app, address, "/api/auth/login", &body)
}

fn refused_for(app: &TestApp, reason: &str) -> i64 {
    let denied = "SELECT count(*) FROM audit_event WHERE outcome = 1 AND action = 'auth.sign_in' AND reason";
    app.number_of(&format!("{denied} = '{reason}'"))
}

#[test]
fn staff_come_from_the_practices_addresses_alone() {
    let app = start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let ranges = json!(["203.0.113.77/24", "2001:db8::/32"]);
    let refused = say(&admin, OUTSIDE, &ranges).refused(422, "validation_failed");
    assert_eq!(refused["errors"][0], json!({ "pointer": "/staffAddresses", "code": "would_lock_you_out" }));
    let written = say(&admin, INSIDE, &ranges).expect(200);
    assert_eq!(written["staffAddresses"], json!(["2001:db8::/32", "203.0.113.0/24"]));
    let threads = format!("{STAFF}/threads");
    from(&admin, OUTSIDE, "GET", &threads, None).refused(403, "address_not_allowed");
    from(&admin, "2001:db8::9", "GET", &threads, None).expect(200);
    from(&ana, OUTSIDE, "GET", "/api/patient-portal/auth/me", None).expect(200);
    sign_in(&app, "203.0.113.8", &admin.email, PASSWORD).expect(200);
    say(&admin, INSIDE, &json!([])).expect(200);
    from(&admin, OUTSIDE, "GET", &threads, None).expect(200);
    sign_in(&app, OUTSIDE, &admin.email, PASSWORD).expect(200);
}

/// From outside nobody learns whether a password is right, nor whether a second factor would be due.
#[test]
fn outside_a_right_password_is_answered_like_a_wrong_one() {
    let app = start();
    let (admin, nurse, proved) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.staff(Role::Provider));
    proved.enrol_app(&app);
    say(&admin, INSIDE, &json!(["203.0.113.0/24"])).expect(200);
    let unknown = sign_in(&app, OUTSIDE, "nobody@riverside.example", PASSWORD);
    unknown.refused(401, "invalid_credentials");
    for (person, email) in [(&nurse, nurse.email.as_str()), (&proved, proved.email.as_str())] {
        for password in ["something wrong", PASSWORD] {
            assert_eq!(
                sign_in(&app, OUTSIDE, email, password).without_ids(),
                unknown.without_ids(),
                "{email}"
            );
        }
        let inside = sign_in(&app, INSIDE, email, PASSWORD).expect(200);
        assert_eq!(inside["mfaRequired"] == json!(true), person.id == proved.id);
    }
    let reasons = ["address_not_allowed", "invalid_credentials"].map(|reason| refused_for(&app, reason));
    assert_eq!(reasons, [2, 3], "the audit says why");
    assert_eq!(app.number_of("SELECT count(*) FROM sign_in_ticket WHERE attempts = 0"), 1, "inside alone");
    let ana = app.patient("Ana Silva");
    let body = json!({ "email": ana.email, "password": PASSWORD });
    post(&app, OUTSIDE, "/api/patient-portal/auth/login", &body).expect(200);
}

/// Right passwords from outside take back no failure, and count as one.
#[test]
fn outside_a_right_password_is_braked_like_a_wrong_one() {
    let app = start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    say(&admin, INSIDE, &json!(["203.0.113.0/24"])).expect(200);
    for _ in 0..5 {
        sign_in(&app, OUTSIDE, &nurse.email, PASSWORD).refused(401, "invalid_credentials");
    }
    sign_in(&app, OUTSIDE, &nurse.email, PASSWORD).refused(429, "rate_limited");
}

#[test]
fn outside_no_code_is_looked_at() {
    let app = start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let (authenticator, _) = nurse.enrol_app(&app);
    say(&admin, INSIDE, &json!(["203.0.113.0/24"])).expect(200);
    app.clock().advance(chrono::Duration::minutes(1));
    let ticket = sign_in(&app, INSIDE, &nurse.email, PASSWORD).expect(200)["mfaToken"].clone();
    let prove = |address: &str, code: &str| {
        let body = json!({ "mfaToken": ticket, "method": "totp", "code": code });
        post(&app, address, "/api/auth/second-factor", &body)
    };
    let code = authenticator.code_now(&app);
    let right = prove(OUTSIDE, &code);
    right.refused(403, "address_not_allowed");
    assert_eq!(prove(OUTSIDE, "000000").without_ids(), right.without_ids());
    let body = json!({ "mfaToken": ticket });
    let challenge = post(&app, OUTSIDE, "/api/auth/second-factor/passkey-options", &body);
    challenge.refused(403, "address_not_allowed");
    prove(INSIDE, &code).expect(200);
}

/// Whoever looks on from outside when the practice says where its staff come from looks on no longer.
#[test]
fn open_streams_from_outside_end_within_five_seconds() {
    let app = start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let mut outside = [nurse.events_from(OUTSIDE), nurse.events_from("2001:db8:1::1")];
    let mut inside = nurse.events_from(INSIDE);
    let mut patients = ana.events_from(OUTSIDE);
    for stream in outside.iter_mut().chain([&mut inside, &mut patients]) {
        stream.expect("ready");
    }
    say(&admin, INSIDE, &json!(["203.0.113.0/24"])).expect(200);
    let since = std::time::Instant::now();
    for stream in &mut outside {
        assert_eq!(stream.expect("closing"), json!({ "reason": "session_ended" }));
        assert!(stream.ends(Duration::from_secs(5)) && since.elapsed() < Duration::from_secs(5));
    }
    assert!(!inside.ends(Duration::from_secs(3)) && !patients.ends(Duration::from_millis(1)));
}
