//! What makes a known device a stranger's again, and which one stays known.

use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, PASSWORD, Person, TestApp};

const NEW: &str = "a lamp under green snow";
const SUBJECT: &str = "New sign-in to your account";

fn people(app: &TestApp) -> [Person; 2] {
    [app.staff(Role::Nurse), app.patient("Ana Silva")]
}

fn post(app: &TestApp, path: &str, body: &Value) -> Answer {
    app.request("POST", path).header("X-Tenant-ID", "riverside").json(body).send()
}

fn sign_in(app: &TestApp, person: &Person, device: Option<&str>, password: &str) -> Value {
    let mut body = json!({ "email": person.email, "password": password, "tokenDelivery": "body" });
    if let Some(device) = device {
        body["deviceToken"] = json!(device);
    }
    post(app, &format!("{}/login", person.door()), &body).expect(200)
}

fn device(answer: &Value) -> String {
    answer["deviceToken"].as_str().unwrap().to_owned()
}

fn told(app: &TestApp, person: &Person) -> usize {
    app.mails_to(&person.email).into_iter().filter(|mail| mail.subject == SUBJECT).count()
}

/// Whether a sign-in with a device's secret keeps it; a stranger's gets another one, and a mail tells of it.
fn is_known(app: &TestApp, person: &Person, secret: &str, password: &str) -> bool {
    let before = told(app, person);
    let keeps = device(&sign_in(app, person, Some(secret), password)) == secret;
    assert_eq!(told(app, person), before + usize::from(!keeps), "a new device is told, a known one is not");
    keeps
}

/// Two devices of somebody who is at work on the first.
fn two_devices(app: &TestApp, person: &Person) -> (Person, String, String) {
    let here = sign_in(app, person, None, PASSWORD);
    let there = sign_in(app, person, None, PASSWORD);
    (person.signed_in(&here), device(&here), device(&there))
}

fn at_door(person: &Person, rest: &str) -> String {
    format!("{}/{rest}", person.door())
}

#[test]
fn a_new_password_by_a_link_forgets_every_device() {
    let app = TestApp::start();
    for person in people(&app) {
        let (_, here, there) = two_devices(&app, &person);
        post(&app, &at_door(&person, "password-reset"), &json!({ "email": person.email })).expect(202);
        let body = json!({ "token": app.mailed_secret(&person.email), "password": NEW });
        post(&app, &at_door(&person, "password-reset/confirm"), &body).expect(204);
        for secret in [here, there] {
            assert!(!is_known(&app, &person, &secret, NEW));
        }
    }
}

#[test]
fn a_changed_password_and_an_end_of_other_sessions_spare_the_device_at_hand() {
    let app = TestApp::start();
    for person in people(&app) {
        let (at_work, here, there) = two_devices(&app, &person);
        let body = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
        at_work.post(&at_door(&person, "password"), &body).expect(204);
        assert!(is_known(&app, &person, &here, NEW));
        assert!(!is_known(&app, &person, &there, NEW));
        let there = device(&sign_in(&app, &person, None, NEW));
        at_work.post_empty(&at_door(&person, "sessions/end-others")).expect(204);
        assert!(is_known(&app, &person, &here, NEW));
        assert!(!is_known(&app, &person, &there, NEW));
    }
}

#[test]
fn whoever_signs_out_everywhere_is_a_stranger_everywhere() {
    let app = TestApp::start();
    for person in people(&app) {
        let (at_work, here, there) = two_devices(&app, &person);
        at_work.post_empty(&at_door(&person, "sessions/end-all")).expect(204);
        for secret in [here, there] {
            assert!(!is_known(&app, &person, &secret, PASSWORD));
        }
    }
}

#[test]
fn a_stolen_session_takes_its_device_with_it_and_no_other() {
    let app = TestApp::start();
    for person in people(&app) {
        let (here, there) = (sign_in(&app, &person, None, PASSWORD), sign_in(&app, &person, None, PASSWORD));
        let refresh =
            |token: &Value| post(&app, &at_door(&person, "refresh"), &json!({ "refreshToken": token }));
        let second = refresh(&there["refreshToken"]).expect(200);
        refresh(&second["refreshToken"]).expect(200);
        refresh(&there["refreshToken"]).refused(401, "refresh_reused");
        assert!(!is_known(&app, &person, &device(&there), PASSWORD));
        assert!(is_known(&app, &person, &device(&here), PASSWORD));
    }
}

#[test]
fn the_practice_ends_sessions_with_what_their_devices_were_trusted_for() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    for person in people(&app) {
        let kind = if person.is_staff { "users" } else { "accounts" };
        for act in ["end-sessions", "remove-second-factors"] {
            let (_, here, there) = two_devices(&app, &person);
            admin.post_empty(&format!("/api/admin/{kind}/{}/{act}", person.id)).expect(204);
            for secret in [here, there] {
                assert!(!is_known(&app, &person, &secret, PASSWORD), "{act}");
            }
        }
    }
}

#[test]
fn the_command_line_forgets_devices_with_the_factors() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let (_, here, _) = two_devices(&app, &nurse);
    let done =
        app.command(&["user", "reset-factors", "--practice", "riverside", "--email", nurse.email.as_str()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(!is_known(&app, &nurse, &here, PASSWORD));
}

#[test]
fn a_forgotten_device_waits_for_what_strangers_got_wrong() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let (at_work, here, there) = two_devices(&app, &nurse);
    at_work.post_empty(&at_door(&nurse, "sessions/end-others")).expect(204);
    let give = |secret: Option<&str>, password: &str| {
        let body =
            json!({ "email": nurse.email, "password": password, "deviceToken": secret.unwrap_or("x") });
        post(&app, &at_door(&nurse, "login"), &body)
    };
    for _ in 0..5 {
        give(None, "wrong").refused(401, "invalid_credentials");
    }
    give(Some(&there), PASSWORD).refused(429, "rate_limited");
    give(Some(&here), PASSWORD).expect(200);
}
