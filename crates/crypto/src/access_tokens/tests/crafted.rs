//! Families of crafted tokens, each with a name for the report.

use aws_lc_rs::hmac;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD},
};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Bench, ISSUER, NOW, claims};
use crate::{RootKey, access_tokens::AccessTokenSigner};

/// Tokens whose header steers or confuses verifiers, signed with the genuine key.
pub(super) fn steering_headers(b: &Bench) -> Vec<(String, String)> {
    let mut cases: Vec<(String, String)> = Vec::new();
    for alg in [
        "none", "None", "nOnE", "NONE", "", "HS256", "HS512", "RS256", "ES256", "PS256", "Ed25519", "eddsa",
        "EDDSA", "EdDSA ",
    ] {
        cases.push((format!("alg {alg:?}"), b.with_header("alg", json!(alg))));
    }
    for typ in ["JWT", "at+JWT", "AT+JWT", "application/at+jwt", "refresh+jwt", "dpop+jwt", ""] {
        cases.push((format!("typ {typ:?}"), b.with_header("typ", json!(typ))));
    }
    for kid in ["", "../../dev/null", "' OR 1=1 --", "0\u{0}", "/proc/self/environ", "deadbeefdeadbeef"] {
        cases.push((format!("kid {kid:?}"), b.with_header("kid", json!(kid))));
    }
    for (member, value) in [
        ("jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": "AAAA"})),
        ("jku", json!("http://127.0.0.1/keys")),
        ("x5u", json!("http://127.0.0.1/cert")),
        ("x5c", json!(["MIIB"])),
        ("crit", json!(["x"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
        ("enc", json!("A256GCM")),
    ] {
        cases.push((format!("header member {member}"), b.with_header(member, value)));
    }
    for (member, value) in
        [("alg", json!(["EdDSA"])), ("alg", Value::Null), ("kid", json!(7)), ("typ", json!({}))]
    {
        cases.push((format!("{member} of another type"), b.with_header(member, value)));
    }
    cases
}

/// Header and claim texts that two parsers might read differently, signed with the genuine key.
pub(super) fn ambiguous_texts(b: &Bench) -> Vec<(String, String)> {
    let (kid, good_header, good) = (b.kid(), b.header().to_string(), claims().to_string());
    let headers = [
        format!(r#"{{"alg":"none","alg":"EdDSA","typ":"at+jwt","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"EdDSA","typ":"at+jwt","kid":"x","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"EdDSA","typ":"at+jwt","kid":"{kid}"}}{{}}"#),
        format!(r#"["EdDSA","at+jwt","{kid}"]"#),
        format!(r#"{{"\u0061lg":"EdDSA","alg":"EdDSA","typ":"at+jwt","kid":"{kid}"}}"#),
        r#"{"alg":"EdDSA","typ":"at+jwt"}"#.to_owned(),
        format!(r#"{{"alg":"EdDSA","kid":"{kid}"}}"#),
        format!("\u{feff}{good_header}"),
        "null".to_owned(),
        String::new(),
    ];
    let payloads = [
        good.replacen('{', r#"{"sub":"00000000-0000-0000-0000-000000000009","#, 1),
        good.replacen('{', r#"{"exp":9999999999,"#, 1),
        good.replacen('{', r#"{"admin":true,"#, 1),
        format!("{good}{good}"),
        format!("[{good}]"),
        b.genuine(),
        "{}".to_owned(),
        String::new(),
        "{".repeat(1500),
    ];
    let named_headers = headers.iter().map(|h| (format!("header {h}"), b.sign(h, &good)));
    let named_payloads = payloads.iter().map(|p| (format!("payload {p}"), b.sign(&good_header, p)));
    named_headers.chain(named_payloads).collect()
}

/// Well-formed tokens that say something untrue or out of time, signed with the genuine key.
pub(super) fn wrong_claims(b: &Bench) -> Vec<(String, String)> {
    let cases = [
        ("iss", json!("https://other.example")),
        ("iss", json!("https://practice.example/")),
        ("iss", Value::Null),
        ("aud", json!("threadwell-portal")),
        ("aud", json!(["threadwell-staff"])),
        ("aud", json!("threadwell-refresh")),
        ("aud", Value::Null),
        ("sub", json!("admin")),
        ("sub", Value::Null),
        ("tid", json!("")),
        ("tid", Value::Null),
        ("sid", Value::Null),
        ("pid", json!(Uuid::from_u128(9))),
        ("rel", json!("self")),
        ("iat", json!(NOW + 31)),
        ("iat", json!(-1)),
        ("iat", json!(NOW.to_string())),
        ("iat", Value::Null),
        ("nbf", json!(NOW + 31)),
        ("nbf", json!(NOW - 1)),
        ("nbf", Value::Null),
        ("exp", json!(NOW)),
        ("exp", json!(NOW - 1)),
        ("exp", json!(NOW + 3601)),
        ("exp", json!(i64::MAX)),
        ("exp", json!(u64::MAX)),
        ("exp", json!(1e300)),
        ("exp", json!((NOW + 600) as f64 + 0.5)),
        ("exp", Value::Null),
    ];
    cases
        .into_iter()
        .map(|(member, value)| (format!("{member} {value}"), b.with_claim(member, value)))
        .collect()
}

/// Tokens signed by somebody else or not at all, and genuine ones spelled otherwise.
pub(super) fn wrong_signatures_and_spellings(b: &Bench) -> Vec<(String, String)> {
    let genuine = b.genuine();
    let (message, signature) = genuine.rsplit_once('.').unwrap();
    let (header, payload) = message.split_once('.').unwrap();
    let stranger = AccessTokenSigner::new(&RootKey::from_bytes(&[8; 32]), ISSUER).unwrap();
    let strange =
        jsonwebtoken::crypto::sign(message.as_bytes(), stranger.parts().0, Algorithm::EdDSA).unwrap();
    let raw = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut cases = vec![
        ("signed by a stranger", format!("{message}.{strange}")),
        ("no signature", format!("{message}.")),
        ("two parts", message.to_owned()),
        ("four parts", format!("{genuine}.{signature}")),
        ("leading dot", format!(".{genuine}")),
        ("truncated signature", format!("{message}.{}", URL_SAFE_NO_PAD.encode(&raw[..63]))),
        ("lengthened signature", format!("{message}.{}", URL_SAFE_NO_PAD.encode([&raw[..], &[0]].concat()))),
        ("zero signature", format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64]))),
        ("padded signature", format!("{message}.{}", URL_SAFE.encode(&raw))),
        ("standard alphabet", format!("{message}.{}", STANDARD.encode(&raw).trim_end_matches('='))),
        ("stray bits in the last character", stray_bits(&genuine)),
        ("padded header", b.sign_message(&format!("{header}=.{payload}"))),
        ("line break", b.sign_message(&format!("{header}.{payload}\n"))),
        ("trailing space", format!("{genuine} ")),
        ("bearer scheme left on", format!("Bearer {genuine}")),
        ("signed twice", b.sign_message(&genuine)),
        ("a megabyte", "A".repeat(1 << 20)),
        ("a genuine token over 4 KB", b.with_claim("iss", json!("x".repeat(4096)))),
        ("not base64", "é.é.é".to_owned()),
        ("empty", String::new()),
        ("dots", "..".to_owned()),
        ("refresh token", format!("v1.{}.{}", Uuid::from_u128(2), "A".repeat(43))),
    ];
    if STANDARD.encode(&raw) == URL_SAFE.encode(&raw) {
        cases.retain(|(name, _)| *name != "standard alphabet");
    }
    cases.into_iter().map(|(name, token)| (name.to_owned(), token)).collect()
}

/// The last of 86 characters carries two bits: three other characters decode alike in a lax decoder.
pub(super) fn stray_bits(token: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let last = token.bytes().last().unwrap();
    let at = ALPHABET.iter().position(|b| *b == last).unwrap();
    format!("{}{}", &token[..token.len() - 1], char::from(ALPHABET[at ^ 1]))
}

/// The public key used as an HMAC secret, in the forms in which libraries hold it.
pub(super) fn key_confusion(b: &Bench) -> Vec<(String, String)> {
    let public = b.signer.parts().2;
    let der =
        [&[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00][..], public].concat();
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(&der));
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(public)}).to_string();
    let forms =
        [("raw", public.to_vec()), ("DER", der), ("PEM", pem.into_bytes()), ("JWK", jwk.into_bytes())];
    let mut cases = Vec::new();
    for (form, secret) in forms {
        for alg in ["HS256", "EdDSA"] {
            let header = json!({"alg": alg, "typ": "at+jwt", "kid": b.kid()}).to_string();
            let message = format!(
                "{}.{}",
                URL_SAFE_NO_PAD.encode(header),
                URL_SAFE_NO_PAD.encode(claims().to_string())
            );
            let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA512, &secret), message.as_bytes());
            cases.push((
                format!("{alg} keyed with the {form} public key"),
                format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac)),
            ));
        }
    }
    cases
}
