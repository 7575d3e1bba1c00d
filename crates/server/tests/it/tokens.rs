//! Access tokens: only the server's own, only whole, only in the one header.

use crate::support::STAFF;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp, logged};

/// The token's three parts, the first two read.
fn parts(token: &str) -> (Value, Value, String) {
    let parts: Vec<&str> = token.split('.').collect();
    let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    (read(parts[0]), read(parts[1]), parts[2].to_owned())
}

fn joined(header: &str, payload: &str, signature: &str) -> String {
    format!("{}.{}.{signature}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}

fn refuse(app: &TestApp, token: &str) {
    let answer = app.request("GET", &format!("{STAFF}/threads")).bearer(token).send();
    answer.refused(401, "invalid_token");
}

fn with_header(nurse: &Person, change: &Value) -> String {
    let (mut header, payload, signature) = parts(&nurse.token);
    for (name, value) in change.as_object().unwrap() {
        header[name] = value.clone();
    }
    joined(&header.to_string(), &payload.to_string(), &signature)
}

#[test]
fn b24_no_other_algorithm_is_accepted() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for algorithm in ["none", "None", "HS256", "HS512", "RS256", "ES256", "eddsa"] {
        refuse(&app, &with_header(&nurse, &json!({ "alg": algorithm })));
    }
    let (_, payload, _) = parts(&nurse.token);
    refuse(&app, &joined(r#"{"alg":"none","typ":"at+jwt"}"#, &payload.to_string(), ""));
    // A MAC under the public key, which everybody may know, is no signature.
    let header = json!({ "alg": "HS256", "typ": "at+jwt", "kid": parts(&nurse.token).0["kid"] }).to_string();
    let signed = joined(&header, &payload.to_string(), "");
    let text = signed.trim_end_matches('.');
    let kid = parts(&nurse.token).0["kid"].as_str().unwrap().to_owned();
    for key in [kid.as_bytes(), b"", b"public"] {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, key);
        let tag = aws_lc_rs::hmac::sign(&key, text.as_bytes());
        refuse(&app, &format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref())));
    }
}

#[test]
fn b25_a_token_cannot_bring_its_own_key() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for (name, value) in [
        ("jwk", json!({ "kty": "OKP", "crv": "Ed25519", "x": "AAAA" })),
        ("jku", json!("http://127.0.0.1:1/k")),
        ("x5u", json!("http://127.0.0.1:1/c")),
        ("x5c", json!(["AAAA"])),
        ("kid", json!("../../etc/passwd")),
        ("kid", json!("")),
    ] {
        refuse(&app, &with_header(&nurse, &json!({ name: value })));
    }
}

#[test]
fn b27_a_token_with_odd_members_is_refused() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for change in [
        json!({ "crit": ["x"] }),
        json!({ "b64": false }),
        json!({ "zip": "DEF" }),
        json!({ "cty": "JWT" }),
        json!({ "typ": "JWT" }),
    ] {
        refuse(&app, &with_header(&nurse, &change));
    }
    let (header, payload, signature) = parts(&nurse.token);
    let twice = payload.to_string().replacen('{', "{\"sub\":\"01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f\",", 1);
    refuse(&app, &joined(&header.to_string(), &twice, &signature));
    let nested = joined(&header.to_string(), &nurse.token, &signature);
    refuse(&app, &nested);
    for broken in [
        "",
        "a",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        &format!("{}.", nurse.token),
        nurse.token.split_at(nurse.token.len() - 2).0,
    ] {
        let answer = app.request("GET", "/api/auth/me").bearer(broken).send();
        assert_eq!(answer.status, 401, "{broken}");
    }
}

#[test]
fn b28_no_other_secret_of_the_product_is_an_access_token() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    refuse(&app, &nurse.refresh_token);
    let me = app.request("GET", "/api/auth/me");
    me.clone()
        .header("Authorization", &format!("Basic {}", nurse.token))
        .send()
        .refused(401, "invalid_token");
    me.clone().header("Authorization", &nurse.token).send().refused(401, "invalid_token");
    me.clone().bearer(&nurse.token).bearer(&nurse.token).send().refused(401, "invalid_token");
    me.header("Cookie", &format!("__Host-tw_staff={}", nurse.refresh_token))
        .send()
        .refused(401, "unauthenticated");
}

#[test]
fn b36_a_token_in_the_address_is_nothing_and_not_logged() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for name in ["access_token", "token", "authorization"] {
        let answer = app.request("GET", &format!("{STAFF}/threads?{name}={}", nurse.token)).send();
        answer.refused(401, "unauthenticated");
        assert!(!answer.text().contains(&nurse.token));
    }
    let logged = logged();
    assert!(!logged.contains(&nurse.token) && !logged.contains("access_token"));
}

/// Every shape of a forged token that security.md B4 lists, over the wire: one answer for all of them.
#[test]
fn b4_sixty_forged_tokens_get_one_answer() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let forged = forged(&app, &nurse, &ana);
    assert!(forged.len() >= 60, "{}", forged.len());
    let ask = |token: &str| app.request("GET", "/api/auth/me").bearer(token).send();
    let first = ask(&forged[0]);
    first.refused(401, "invalid_token");
    for token in &forged {
        assert_eq!(ask(token).without_ids(), first.without_ids(), "{token:.80}");
    }
    nurse.get("/api/auth/me").expect(200);
}

fn forged(app: &TestApp, nurse: &Person, ana: &Person) -> Vec<String> {
    let (header, payload, signature) = parts(&nurse.token);
    let genuine = joined(&header.to_string(), &payload.to_string(), &signature);
    let mut forged: Vec<String> = Vec::new();
    for alg in [
        "none", "None", "nOnE", "NONE", "", "HS256", "HS384", "HS512", "RS256", "RS512", "PS256", "ES256",
        "ES384", "ES512", "Ed25519", "eddsa", "EDDSA", "EdDSA ",
    ] {
        forged.push(with_header(nurse, &json!({ "alg": alg })));
    }
    for kid in ["", "../../dev/null", "' OR 1=1 --", "0\u{0}", "/proc/self/environ", "deadbeefdeadbeef"] {
        forged.push(with_header(nurse, &json!({ "kid": kid })));
    }
    for typ in ["JWT", "at+JWT", "refresh+jwt", "dpop+jwt", "application/at+jwt", ""] {
        forged.push(with_header(nurse, &json!({ "typ": typ })));
    }
    for (name, value) in [
        ("jwk", json!({ "kty": "OKP", "crv": "Ed25519", "x": "AAAA" })),
        ("jku", json!("http://127.0.0.1:1/k")),
        ("x5u", json!("http://127.0.0.1:1/c")),
        ("x5c", json!(["AAAA"])),
        ("crit", json!(["x"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
        ("enc", json!("A256GCM")),
        ("alg", json!(["EdDSA"])),
        ("alg", Value::Null),
    ] {
        forged.push(with_header(nurse, &json!({ name: value })));
    }
    for (claim, value) in [
        ("aud", json!("threadwell-portal")),
        ("iss", json!("https://other.example")),
        ("tid", json!(threadwell_testkit::HILLSIDE.to_string())),
        ("sub", json!(uuid::Uuid::now_v7())),
        ("sid", json!(uuid::Uuid::now_v7())),
        ("exp", json!(i64::MAX)),
        ("exp", json!(0)),
        ("nbf", json!(i64::MAX)),
        ("iat", json!(i64::MAX)),
        ("role", json!("admin")),
    ] {
        let mut changed = payload.clone();
        changed[claim] = value;
        forged.push(joined(&header.to_string(), &changed.to_string(), &signature));
    }
    let twice = |text: &str, member: &str| text.replacen('{', &format!("{{{member},"), 1);
    forged.push(joined(&twice(&header.to_string(), "\"alg\":\"none\""), &payload.to_string(), &signature));
    forged.push(joined(&header.to_string(), &twice(&payload.to_string(), "\"sub\":\"x\""), &signature));
    forged.push(joined(&header.to_string(), &genuine, &signature));
    let raw = URL_SAFE_NO_PAD.decode(&signature).unwrap();
    let message = nurse.token.rsplit_once('.').unwrap().0;
    for changed in [&raw[..63], &raw[..32], &[], &[0; 64], &[&raw[..], &[0]].concat()] {
        forged.push(format!("{message}.{}", URL_SAFE_NO_PAD.encode(changed)));
    }
    forged.push(format!("{message}.{signature}=="));
    forged.push(format!("{}.{signature}", nurse.token));
    forged.push("A".repeat(16_000));
    forged.push(ana.token.clone());
    forged.push(nurse.refresh_token.clone());
    forged.push(ana.refresh_token.clone());
    for kind in ["l1", "a1", "d1", "v1"] {
        forged.push(format!("{kind}.{}.{}", threadwell_testkit::RIVERSIDE, "A".repeat(43)));
    }
    app.riverside().invite_staff(Role::Nurse, "new@riverside.example");
    forged.push(app.mailed_secret("new@riverside.example"));
    forged
}
