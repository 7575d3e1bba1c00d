//! Whoever signs in.

use crate::answer::Answer;
use crate::practice::Practice;
use crate::request::{Request, Upload};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use threadwell_crypto::passwords::{Password, Passwords};
use threadwell_domain::PatientId;
use uuid::Uuid;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";
/// The least that bcrypt takes: tests sign in a lot. `THREADWELL_TEST_BCRYPT_COST` takes another, where time is what is
/// looked at.
static COST: LazyLock<u32> = LazyLock::new(|| {
    let wanted = std::env::var("THREADWELL_TEST_BCRYPT_COST").ok();
    wanted.map_or(4, |cost| cost.parse().unwrap())
});

/// 32 bytes that everybody knows, in base64.
const PEPPER: &str = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";

static PASSWORDS: LazyLock<Arc<Passwords>> =
    LazyLock::new(|| Arc::new(Passwords::with_pepper(&[9; 32], *COST)));

/// What every password is seasoned with, as a process is told.
pub(crate) fn pepper() -> String {
    PEPPER.to_owned()
}

pub(crate) fn passwords() -> Arc<Passwords> {
    PASSWORDS.clone()
}

/// The stored form of a password.
pub fn hash_of(password: &str) -> String {
    PASSWORDS.hash(&Password::parse(password).unwrap()).unwrap()
}

/// The stored form of a password at another cost than the app's.
pub fn hash_at_cost(password: &str, cost: u32) -> String {
    let dear = Passwords::with_pepper(&[9; 32], cost);
    dear.hash(&Password::parse(password).unwrap()).unwrap()
}

/// The stored form of everybody's password.
pub(crate) fn password_hash() -> String {
    static HASH: LazyLock<String> = LazyLock::new(|| hash_of(PASSWORD));
    HASH.clone()
}

/// Somebody with an open session.
#[derive(Clone, Debug)]
pub struct Person {
    /// The staff member's or the account's id.
    pub id: Uuid,
    /// The e-mail.
    pub email: String,
    /// The patient that a portal account acts for.
    pub patient: Option<PatientId>,
    /// The access token.
    pub token: String,
    /// The refresh token.
    pub refresh_token: String,
    /// Whether this is staff.
    pub is_staff: bool,
    address: SocketAddr,
}

impl Person {
    /// A request with the session's token.
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::to(self.address, method, path).bearer(&self.token)
    }

    /// The same person with another access token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// Whoever such an answer signed in: `{accessToken, refreshToken, …}`.
    pub(crate) fn of(
        email: &str,
        id: Uuid,
        patient: Option<PatientId>,
        signed_in: &Value,
        address: SocketAddr,
    ) -> Self {
        let text = |name: &str| signed_in[name].as_str().unwrap().to_owned();
        let (token, refresh_token) = (text("accessToken"), text("refreshToken"));
        let is_staff = signed_in["user"].is_object();
        Self { id, email: email.to_owned(), patient, token, refresh_token, is_staff, address }
    }

    /// The same person in the session of such an answer.
    #[must_use]
    pub fn signed_in(&self, answer: &Value) -> Self {
        Self::of(&self.email, self.id, self.patient, answer, self.address)
    }

    pub(crate) fn at_address(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    /// GET.
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    /// POST with a body.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.request("POST", path).json(body).send()
    }

    /// POST without a body.
    pub fn post_empty(&self, path: &str) -> Answer {
        self.request("POST", path).send()
    }

    /// Uploads a file to this address.
    pub fn upload(&self, path: &str, upload: &Upload<'_>) -> Answer {
        self.request("POST", path).upload(upload).send()
    }

    /// PUT with a body.
    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.request("PUT", path).json(body).send()
    }

    /// DELETE.
    pub fn delete(&self, path: &str) -> Answer {
        self.request("DELETE", path).send()
    }
}

pub(crate) fn sign_in(
    practice: &Practice<'_>,
    path: &str,
    email: &str,
    id: Uuid,
    patient: Option<PatientId>,
) -> Person {
    let address = practice.address;
    let body =
        json!({ "email": email, "password": PASSWORD, "tokenDelivery": "body", "rememberDevice": true });
    let answer = Request::to(address, "POST", path).header("X-Tenant-ID", practice.slug).json(&body).send();
    Person::of(email, id, patient, &answer.expect(200), address)
}
