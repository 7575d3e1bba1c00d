//! Forged, mutated and misused tokens: each is refused, none panics.

#![expect(clippy::string_slice, reason = "tokens are ASCII")]

mod crafted;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use crafted::{
    ambiguous_texts, key_confusion, steering_headers, stray_bits, wrong_claims,
    wrong_signatures_and_spellings,
};
use jsonwebtoken::Algorithm;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::RootKey;

const NOW: i64 = 1_794_000_000;
const ISSUER: &str = "https://practice.example";

struct Bench {
    signer: AccessTokenSigner,
    verifier: AccessTokenVerifier,
}

impl Bench {
    fn new() -> Self {
        let signer = AccessTokenSigner::new(&RootKey::from_bytes(&[7; 32]), ISSUER).unwrap();
        Self { verifier: signer.verifier(), signer }
    }

    fn kid(&self) -> &str {
        self.signer.parts().1
    }

    fn header(&self) -> Value {
        json!({"alg": "EdDSA", "typ": "at+jwt", "kid": self.kid()})
    }

    /// Signs any header and payload text with the genuine key.
    fn sign(&self, header: &str, payload: &str) -> String {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        self.sign_message(&message)
    }

    fn sign_message(&self, message: &str) -> String {
        let key = self.signer.parts().0;
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, Algorithm::EdDSA).unwrap();
        format!("{message}.{signature}")
    }

    fn with_header(&self, member: &str, value: Value) -> String {
        let mut header = self.header();
        header[member] = value;
        self.sign(&header.to_string(), &claims().to_string())
    }

    fn with_claim(&self, member: &str, value: Value) -> String {
        let mut claims = claims();
        let members = claims.as_object_mut().unwrap();
        if value.is_null() {
            members.remove(member)
        } else {
            members.insert(member.to_owned(), value)
        };
        self.sign(&self.header().to_string(), &claims.to_string())
    }

    fn genuine(&self) -> String {
        self.sign(&self.header().to_string(), &claims().to_string())
    }

    fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        self.verifier.verify(token, Audience::Staff, NOW)
    }
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": "threadwell-staff", "sub": Uuid::from_u128(1), "tid": Uuid::from_u128(2),
        "sid": Uuid::from_u128(3), "iat": NOW, "nbf": NOW, "exp": NOW + 600})
}

fn subject(audience: Audience, acting_for: Option<(Uuid, String)>) -> Subject {
    Subject {
        audience,
        account: Uuid::from_u128(1),
        tenant: Uuid::from_u128(2),
        session: Uuid::from_u128(3),
        acting_for,
    }
}

#[test]
fn a_genuine_token_is_accepted() {
    let b = Bench::new();
    assert_eq!(b.verify(&b.genuine()).unwrap().sid, Uuid::from_u128(3));
    let issued = b.signer.issue(&subject(Audience::Staff, None), NOW, 600).unwrap();
    let claims = b.verify(&issued).unwrap();
    assert_eq!((claims.iat, claims.nbf, claims.exp), (NOW, NOW, NOW + 600));
}

#[test]
fn every_crafted_token_is_refused() {
    let b = Bench::new();
    let cases: Vec<_> =
        [steering_headers, ambiguous_texts, wrong_claims, wrong_signatures_and_spellings, key_confusion]
            .iter()
            .flat_map(|family| family(&b))
            .collect();
    assert!(cases.len() >= 100, "{}", cases.len());
    let accepted: Vec<_> =
        cases.iter().filter(|(_, token)| b.verify(token).is_ok()).map(|(name, _)| name).collect();
    assert!(accepted.is_empty(), "accepted: {accepted:#?}");
}

#[test]
fn only_a_genuine_token_is_called_expired() {
    let b = Bench::new();
    let genuine = b.genuine();
    let at = |token: &str, now| b.verifier.verify(token, Audience::Staff, now).map(|_| ());
    assert_eq!(at(&genuine, NOW + 599), Ok(()));
    assert_eq!(at(&genuine, NOW + 600), Err(TokenError::Expired));
    assert_eq!(at(&genuine, NOW - CLOCK_SKEW_SECONDS), Ok(()));
    assert_eq!(at(&genuine, NOW - CLOCK_SKEW_SECONDS - 1), Err(TokenError::Invalid));
    assert_eq!(at(&stray_bits(&genuine), NOW + 600), Err(TokenError::Invalid));
    assert_eq!(at(&genuine, i64::MIN), Err(TokenError::Invalid));
    assert_eq!(at(&genuine, i64::MAX), Err(TokenError::Expired));
}

#[test]
fn a_remembered_token_is_judged_anew_each_time() {
    let b = Bench::new();
    let genuine = b.genuine();
    for _ in 0..2 {
        assert_eq!(b.verify(&genuine).unwrap().sid, Uuid::from_u128(3));
        assert_eq!(b.verifier.verify(&genuine, Audience::Portal, NOW), Err(TokenError::Invalid));
        assert_eq!(b.verifier.verify(&genuine, Audience::Staff, NOW + 600), Err(TokenError::Expired));
    }
    let (signed, signature) = genuine.rsplit_once('.').unwrap();
    let (_, payload) = signed.split_once('.').unwrap();
    let stolen = b.sign("{}", &claims().to_string());
    let (_, other) = stolen.rsplit_once('.').unwrap();
    for forged in [
        stray_bits(&genuine),
        format!("{signed}.{other}"),
        format!("{payload}.{payload}.{signature}"),
        format!("{genuine}="),
        format!("{genuine} "),
    ] {
        assert_eq!(b.verify(&forged), Err(TokenError::Invalid), "{forged}");
    }
    let stranger = AccessTokenSigner::new(&RootKey::from_bytes(&[8; 32]), ISSUER).unwrap().verifier();
    assert_eq!(stranger.verify(&genuine, Audience::Staff, NOW), Err(TokenError::Invalid));
}

#[test]
fn audiences_do_not_mix() {
    let b = Bench::new();
    let acting_for = Some((Uuid::from_u128(9), "guardian".to_owned()));
    let portal = b.signer.issue(&subject(Audience::Portal, acting_for.clone()), NOW, 600).unwrap();
    assert_eq!(b.verify(&portal), Err(TokenError::Invalid));
    let claims = b.verifier.verify(&portal, Audience::Portal, NOW).unwrap();
    assert_eq!((claims.pid, claims.rel.as_deref()), (Some(Uuid::from_u128(9)), Some("guardian")));
    let staff = b.signer.issue(&subject(Audience::Staff, None), NOW, 600).unwrap();
    assert_eq!(b.verifier.verify(&staff, Audience::Portal, NOW), Err(TokenError::Invalid));
    let confused = b.signer.issue(&subject(Audience::Staff, acting_for), NOW, 600).unwrap();
    assert_eq!(b.verify(&confused), Err(TokenError::Invalid), "staff act for no patient");
}

#[test]
fn a_former_key_is_accepted_only_while_it_is_named() {
    let (b, stranger) =
        (Bench::new(), AccessTokenSigner::new(&RootKey::from_bytes(&[8; 32]), ISSUER).unwrap());
    let token = stranger.issue(&subject(Audience::Staff, None), NOW, 600).unwrap();
    assert_eq!(b.verify(&token), Err(TokenError::Invalid));
    let both = b.signer.verifier().also_accepting(stranger.verifier());
    assert!(both.verify(&token, Audience::Staff, NOW).is_ok());
    assert!(both.verify(&b.genuine(), Audience::Staff, NOW).is_ok());
}

#[test]
fn nothing_secret_is_printed() {
    let b = Bench::new();
    let printed = format!("{:?} {:?}", b.signer, b.verifier);
    assert!(printed.contains("issuer") && !printed.contains("302e"), "{printed}");
}

proptest! {
    #[test]
    fn no_changed_byte_is_accepted(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let b = Bench::new();
        let genuine = b.genuine();
        let mut bytes = genuine.clone().into_bytes();
        *at.get_mut(&mut bytes) = byte;
        if let Ok(changed) = String::from_utf8(bytes) {
            prop_assert_eq!(b.verify(&changed).is_ok(), changed == genuine);
        }
    }

    #[test]
    fn no_cut_or_spliced_token_is_accepted(a in any::<prop::sample::Index>(), z in any::<prop::sample::Index>(), extra in "[A-Za-z0-9._=-]{0,20}") {
        let b = Bench::new();
        let genuine = b.genuine();
        let (a, z) = (a.index(genuine.len() + 1), z.index(genuine.len() + 1));
        let spliced = format!("{}{extra}{}", &genuine[..a], &genuine[z..]);
        prop_assert_eq!(b.verify(&spliced).is_ok(), spliced == genuine);
    }

    #[test]
    fn no_random_text_is_accepted(token in any::<String>(), parts in "[A-Za-z0-9_-]{0,80}\\.[A-Za-z0-9_-]{0,200}\\.[A-Za-z0-9_-]{0,90}") {
        let b = Bench::new();
        prop_assert!(b.verify(&token).is_err());
        prop_assert!(b.verify(&parts).is_err());
    }

    #[test]
    fn no_random_signed_payload_is_accepted(header in any::<String>(), payload in any::<String>()) {
        let b = Bench::new();
        let good = b.header().to_string();
        prop_assert!(b.verify(&b.sign(&good, &payload)).is_err());
        prop_assert!(b.verify(&b.sign(&header, &claims().to_string())).is_err());
    }
}
