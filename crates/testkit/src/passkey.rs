//! An authenticator in software, for passkeys: it says what it is told to, true or not.

use crate::builder::ORIGIN;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// User present, user verified.
const PRESENT_AND_VERIFIED: u8 = 0x05;
/// Credential data follows.
const WITH_CREDENTIAL: u8 = 0x40;

/// A passkey and everything that its authenticator and browser say. Tests change fields to lie.
#[derive(Debug)]
pub struct SoftPasskey {
    key: EcdsaKeyPair,
    /// The id that the authenticator gave it.
    pub credential: Vec<u8>,
    /// The origin that the browser says.
    pub origin: String,
    /// The host that the authenticator hashes.
    pub host: String,
    /// Flags of the authenticator data.
    pub flags: u8,
    /// The signature counter.
    pub counter: u32,
    /// What the client data call the ceremony when a passkey is made.
    pub creating: String,
    /// What the client data call the ceremony when one is proved.
    pub getting: String,
    /// The algorithm that the public key names (COSE).
    pub algorithm: i8,
    /// The user handle that comes with an answer.
    pub user_handle: Option<Vec<u8>>,
    /// What follows the public key where there should be nothing.
    pub trailing: Vec<u8>,
    /// What follows the attestation where there should be nothing.
    pub behind: Vec<u8>,
    /// A challenge to be answered instead of the one asked.
    pub challenge: Option<String>,
}

impl SoftPasskey {
    /// An honest passkey.
    pub fn new() -> Self {
        let mut credential = vec![0; 32];
        aws_lc_rs::rand::fill(&mut credential).unwrap();
        let host = ORIGIN.trim_start_matches("https://").to_owned();
        Self {
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(),
            credential,
            origin: ORIGIN.to_owned(),
            host,
            flags: PRESENT_AND_VERIFIED,
            counter: 1,
            creating: "webauthn.create".to_owned(),
            getting: "webauthn.get".to_owned(),
            algorithm: -7,
            user_handle: None,
            trailing: Vec::new(),
            behind: Vec::new(),
            challenge: None,
        }
    }

    /// Answers `navigator.credentials.create` with these options.
    pub fn create(&self, options: &Value) -> Value {
        let client = self.client_data(&self.creating, options);
        let data = self.authenticator_data(true);
        let mut attestation = cbor_attestation(&data);
        attestation.extend_from_slice(&self.behind);
        json!({
            "id": coded(&self.credential),
            "rawId": coded(&self.credential),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": { "clientDataJSON": coded(client.as_bytes()), "attestationObject": coded(&attestation) },
        })
    }

    /// Answers `navigator.credentials.get` with these options, and counts.
    pub fn get(&mut self, options: &Value) -> Value {
        self.counter += 1;
        self.get_again(options)
    }

    /// Answers without counting, as a copy would.
    pub fn get_again(&self, options: &Value) -> Value {
        let client = self.client_data(&self.getting, options);
        let data = self.authenticator_data(false);
        let mut signed = data.clone();
        signed.extend_from_slice(digest(&SHA256, client.as_bytes()).as_ref());
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": coded(&self.credential),
            "rawId": coded(&self.credential),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": coded(client.as_bytes()),
                "authenticatorData": coded(&data),
                "signature": coded(signature.as_ref()),
                "userHandle": self.user_handle.as_deref().map(coded),
            },
        })
    }

    fn client_data(&self, ceremony: &str, options: &Value) -> String {
        let asked = options["publicKey"]["challenge"].as_str().unwrap();
        let challenge = self.challenge.as_deref().unwrap_or(asked);
        let data = json!({
            "type": ceremony, "challenge": challenge, "origin": self.origin, "crossOrigin": false,
        });
        data.to_string()
    }

    fn authenticator_data(&self, with_credential: bool) -> Vec<u8> {
        let mut data = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        data.push(self.flags | if with_credential { WITH_CREDENTIAL } else { 0 });
        data.extend_from_slice(&self.counter.to_be_bytes());
        if with_credential {
            data.extend_from_slice(&[0; 16]);
            data.extend_from_slice(&u16::try_from(self.credential.len()).unwrap().to_be_bytes());
            data.extend_from_slice(&self.credential);
            data.extend_from_slice(&self.public_key());
            data.extend_from_slice(&self.trailing);
        }
        data
    }

    /// The public key in CBOR (COSE): `{1: 2, 3: alg, -1: 1, -2: x, -3: y}`.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let algorithm = u8::try_from(-1 - i16::from(self.algorithm)).unwrap();
        let mut key = vec![0xa5, 0x01, 0x02, 0x03];
        match algorithm {
            0..=23 => key.push(0x20 | algorithm),
            _ => key.extend_from_slice(&[0x38, algorithm]),
        }
        key.extend_from_slice(&[0x20, 0x01, 0x21, 0x58, 0x20]);
        key.extend_from_slice(&point[1..33]);
        key.extend_from_slice(&[0x22, 0x58, 0x20]);
        key.extend_from_slice(&point[33..65]);
        key
    }
}

impl Default for SoftPasskey {
    fn default() -> Self {
        Self::new()
    }
}

/// `{"fmt": "none", "attStmt": {}, "authData": …}`.
fn cbor_attestation(data: &[u8]) -> Vec<u8> {
    let mut cbor = vec![0xa3, 0x63];
    cbor.extend_from_slice(b"fmt");
    cbor.push(0x64);
    cbor.extend_from_slice(b"none");
    cbor.push(0x67);
    cbor.extend_from_slice(b"attStmt");
    cbor.push(0xa0);
    cbor.push(0x68);
    cbor.extend_from_slice(b"authData");
    cbor.push(0x59);
    cbor.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
    cbor.extend_from_slice(data);
    cbor
}

fn coded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
