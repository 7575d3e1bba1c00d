//! Second factors of people: an authenticator app, written a second time and straight from RFC 6238, so that the
//! product's own computation is not checked by itself.

use crate::answer::Answer;
use crate::app::TestApp;
use crate::people::{PASSWORD, Person};
use crate::practice::Practice;
use crate::request::Request;
use aws_lc_rs::hmac;
use serde_json::{Value, json};
use threadwell_application::ports::Clock;
use uuid::Uuid;

const STEP_SECONDS: i64 = 30;

/// An authenticator app that knows one secret.
#[derive(Clone, Debug)]
pub struct AuthenticatorApp {
    /// Which factor it is.
    pub id: String,
    /// The secret, in base32.
    pub secret: String,
}

impl AuthenticatorApp {
    /// The app that has read such an answer: `{id, secret, uri}`.
    pub fn reading(answer: &Value) -> Self {
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        Self { id: text("id"), secret: text("secret") }
    }

    /// What it shows so many steps from now.
    pub fn code(&self, app: &TestApp, steps: i64) -> String {
        let step = app.clock().now().timestamp() / STEP_SECONDS + steps;
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &unbase32(&self.secret));
        let mac = hmac::sign(&key, &step.to_be_bytes());
        let mac = mac.as_ref();
        let offset = usize::from(mac[19] & 0x0f);
        let four = [mac[offset] & 0x7f, mac[offset + 1], mac[offset + 2], mac[offset + 3]];
        format!("{:06}", u32::from_be_bytes(four) % 1_000_000)
    }

    /// What it shows now.
    pub fn code_now(&self, app: &TestApp) -> String {
        self.code(app, 0)
    }
}

fn unbase32(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0u32, 0);
    for letter in text.bytes() {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter).unwrap();
        bits = bits << 5 | u32::try_from(value).unwrap();
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    bytes
}

impl Person {
    /// Where this person signs in and keeps factors.
    pub fn door(&self) -> &'static str {
        if self.is_staff { "/api/auth" } else { "/api/patient-portal/auth" }
    }

    /// Adds an authenticator app to a person whose step-up holds; the recovery codes come along if it is the first factor.
    pub fn enrol_app(&self, app: &TestApp) -> (AuthenticatorApp, Vec<String>) {
        let added = self.post(&format!("{}/factors/totp", self.door()), &json!({ "name": "Phone" }));
        let authenticator = AuthenticatorApp::reading(&added.expect(201));
        let path = format!("{}/factors/totp/{}/confirm", self.door(), authenticator.id);
        let confirmed = self.post(&path, &json!({ "code": authenticator.code_now(app) })).expect(200);
        let codes = confirmed["recoveryCodes"].as_array().into_iter().flatten();
        (authenticator, codes.map(|code| code.as_str().unwrap().to_owned()).collect())
    }
}

impl Practice<'_> {
    /// Demands a second factor of the staff from now on, or no longer.
    pub fn demand_second_factor(&self, is_demanded: bool) {
        self.app.sql(&format!(
            "UPDATE tenant SET staff_need_second_factor = {is_demanded} WHERE id = '{}'",
            self.tenant
        ));
    }

    /// Gives the right password of somebody: the answer of a sign-in.
    pub fn give_password(&self, door: &str, email: &str) -> Answer {
        let body = json!({ "email": email, "password": PASSWORD, "tokenDelivery": "body",
            "rememberDevice": true });
        Request::to(self.address, "POST", &format!("{door}/login"))
            .header("X-Tenant-ID", self.slug)
            .json(&body)
            .send()
    }

    /// Signs somebody in with a code of their app; the time moves on first, so that the code is a new one.
    pub fn sign_in_with(&self, person: &Person, authenticator: &AuthenticatorApp) -> Person {
        self.app.clock().advance(chrono::Duration::seconds(2 * STEP_SECONDS));
        let due = self.give_password(person.door(), &person.email).expect(200);
        let code = authenticator.code_now(self.app);
        let body = json!({ "mfaToken": due["mfaToken"], "method": "totp", "code": code });
        let path = format!("{}/second-factor", person.door());
        let signed_in = Request::to(self.address, "POST", &path).json(&body).send().expect(200);
        person.signed_in(&signed_in)
    }

    /// A member of the staff who signs in for the first time in a practice that demands a factor: enrols an app on the way.
    pub fn enrol_staff(&self, email: &str, id: Uuid) -> (Person, AuthenticatorApp) {
        let due = self.give_password("/api/auth", email).expect(200);
        let ticket = json!({ "mfaToken": due["mfaToken"] });
        let started = self.app.request("POST", "/api/auth/enrolment/totp").json(&ticket).send().expect(200);
        let authenticator = AuthenticatorApp::reading(&started);
        let code = authenticator.code_now(self.app);
        let body = json!({ "mfaToken": due["mfaToken"], "id": authenticator.id, "code": code });
        let confirmed = self.app.request("POST", "/api/auth/enrolment/totp/confirm").json(&body).send();
        (Person::of(email, id, None, &confirmed.expect(200), self.address), authenticator)
    }
}
