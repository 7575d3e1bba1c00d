//! What was told of a device with the password, once the second factor has opened the session.

use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, AuthenticatorApp, PASSWORD, Person, TestApp};

const SUBJECT: &str = "New sign-in to your account";

fn give(app: &TestApp, person: &Person, address: &str, more: &Value) -> Answer {
    let mut body = json!({ "email": person.email, "password": PASSWORD, "tokenDelivery": "body" });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    let request = app.request("POST", &format!("{}/login", person.door())).header("X-Tenant-ID", "riverside");
    request.header("X-Forwarded-For", address).json(&body).send()
}

/// Both steps of a sign-in; the answer to the second.
fn sign_in(
    app: &TestApp,
    person: &Person,
    authenticator: &AuthenticatorApp,
    (address, more): (&str, &Value),
) -> Answer {
    app.clock().advance(chrono::Duration::minutes(1));
    let due = give(app, person, address, more).expect(200);
    let code = authenticator.code_now(app);
    let body = json!({ "mfaToken": due["mfaToken"], "method": "totp", "code": code });
    let request = app.request("POST", &format!("{}/second-factor", person.door()));
    request.header("X-Forwarded-For", address).json(&body).send()
}

fn device(answer: &Answer) -> String {
    answer.expect(200)["deviceToken"].as_str().unwrap().to_owned()
}

fn told(app: &TestApp, person: &Person) -> usize {
    app.mails_to(&person.email).into_iter().filter(|mail| mail.subject == SUBJECT).count()
}

fn current_device_name(person: &Person) -> Value {
    let listed = person.get(&format!("{}/sessions", person.door())).expect(200);
    let all = listed["sessions"].as_array().unwrap();
    all.iter().find(|session| session["isCurrent"] == true).unwrap()["deviceName"].clone()
}

#[test]
fn a_device_is_known_and_named_after_the_factor_as_the_password_said() {
    let app = TestApp::start();
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva")] {
        let (authenticator, _) = person.enrol_app(&app);
        let named = json!({ "deviceName": "Canaryname's phone" });
        let first = sign_in(&app, &person, &authenticator, ("203.0.113.1", &named));
        let entered = person.signed_in(&first.expect(200));
        assert_eq!(current_device_name(&entered), "Canaryname's phone");
        let (known, mails) = (device(&first), told(&app, &person));
        let again = json!({ "deviceName": "The same phone", "deviceToken": known });
        let second = sign_in(&app, &person, &authenticator, ("203.0.113.1", &again));
        assert_eq!(device(&second), known, "it keeps its secret");
        assert_eq!(told(&app, &person), mails, "a known device is not told");
        assert_eq!(current_device_name(&person.signed_in(&second.expect(200))), "The same phone");
        sign_in(&app, &person, &authenticator, ("203.0.113.1", &json!({}))).expect(200);
        assert_eq!(told(&app, &person), mails + 1);
        let kept = "used_at IS NOT NULL AND (device_name_enc IS NOT NULL OR device_token_enc IS NOT NULL)";
        assert_eq!(app.number_of(&format!("SELECT count(*) FROM sign_in_ticket WHERE {kept}")), 0);
        give(&app, &person, "203.0.113.1", &again).expect(200);
        let waiting = app.text_of("SELECT string_agg(t::text, ' ') FROM sign_in_ticket t");
        let bare = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert!(!waiting.contains(&bare("same phone")) && !waiting.contains(&bare(&known)));
    }
}

#[test]
fn a_device_is_named_when_the_first_factor_is_enrolled_on_the_way_in() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    app.riverside().demand_second_factor(true);
    let due = give(&app, &nurse, "203.0.113.1", &json!({ "deviceName": "Front desk" })).expect(200);
    assert_eq!(due["enrolmentRequired"], true);
    let post = |path: &str, body: &Value| app.request("POST", path).json(body).send();
    let started = post("/api/auth/enrolment/totp", &json!({ "mfaToken": due["mfaToken"] })).expect(200);
    let authenticator = AuthenticatorApp::reading(&started);
    let body = json!({
        "mfaToken": due["mfaToken"], "id": authenticator.id, "code": authenticator.code_now(&app),
    });
    let entered = nurse.signed_in(&post("/api/auth/enrolment/totp/confirm", &body).expect(200));
    assert_eq!(current_device_name(&entered), "Front desk");
}

/// B8: five wrong passwords from elsewhere hold up neither the password nor the factor of the owner's own device.
#[test]
fn b08_strangers_do_not_hold_up_the_factor_on_a_known_device() {
    let app = TestApp::builder().with_proxies(1).start();
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva")] {
        let (authenticator, _) = person.enrol_app(&app);
        let named = json!({ "deviceName": "Phone" });
        let known = device(&sign_in(&app, &person, &authenticator, ("203.0.113.1", &named)));
        app.clock().advance(chrono::Duration::minutes(1));
        for _ in 0..5 {
            give(&app, &person, "198.51.100.1", &json!({ "password": "a wrong one" }))
                .refused(401, "invalid_credentials");
        }
        give(&app, &person, "198.51.100.1", &json!({})).refused(429, "rate_limited");
        let own = json!({ "deviceToken": known });
        let due = give(&app, &person, "203.0.113.1", &own).expect(200);
        let prove = |code: &str| {
            let body = json!({ "mfaToken": due["mfaToken"], "method": "totp", "code": code });
            app.request("POST", &format!("{}/second-factor", person.door())).json(&body).send()
        };
        prove("000000").refused(401, "invalid_code");
        prove(&authenticator.code_now(&app)).expect(200);
        give(&app, &person, "198.51.100.1", &json!({})).refused(429, "rate_limited");
    }
}
