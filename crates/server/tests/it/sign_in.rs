//! Signing in, and what does not.

use crate::support::checksum;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{Answer, PASSWORD, TestApp, hash_of};

const STAFF: &str = "/api/auth/login";
const PORTAL: &str = "/api/patient-portal/auth/login";

fn try_at(app: &TestApp, path: &str, email: &Value, password: &Value) -> Answer {
    let body = json!({ "email": email, "password": password });
    app.request("POST", path).header("X-Tenant-ID", "riverside").json(&body).send()
}

fn sign_in(app: &TestApp, email: &str, password: &str) -> Answer {
    try_at(app, STAFF, &json!(email), &json!(password))
}

#[test]
fn a_good_sign_in_gives_a_token_and_an_unreachable_cookie() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    let answer = sign_in(&app, "nurse@riverside.example", PASSWORD);
    let body = answer.expect(200);
    assert_eq!(body["expiresIn"], 600);
    assert_eq!(body["user"]["role"], "nurse");
    assert_eq!(body["tenant"]["slug"], "riverside");
    assert_eq!(body.get("refreshToken"), None);
    let cookie = answer.cookie("__Host-tw_staff").unwrap();
    assert!(cookie.starts_with("__Host-tw_staff=v1."), "{cookie}");
    for attribute in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[test]
fn b01_an_unknown_e_mail_and_a_wrong_password_look_the_same() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    let wrong = sign_in(&app, "nurse@riverside.example", "something else");
    wrong.refused(401, "invalid_credentials");
    let unknown = sign_in(&app, "nobody@riverside.example", "something else");
    assert_eq!(wrong.without_ids(), unknown.without_ids());
    let body = json!({ "email": "nurse@riverside.example", "password": PASSWORD });
    for practice in ["hillside", "nowhere", "RIVERSIDE"] {
        let elsewhere = app.request("POST", STAFF).header("X-Tenant-ID", practice).json(&body).send();
        assert_eq!(elsewhere.without_ids(), wrong.without_ids(), "{practice}");
    }
    app.request("POST", STAFF).json(&body).send().refused(400, "tenant_required");
}

#[test]
fn b03_a_password_is_the_same_however_its_accents_are_written() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    app.sql(&format!("UPDATE staff_user SET password_hash = '{}'", hash_of("caf\u{e9} au lait, 3x")));
    sign_in(&app, "nurse@riverside.example", "cafe\u{301} au lait, 3x").expect(200);
    sign_in(&app, "nurse@riverside.example", "cafe au lait, 3x").refused(401, "invalid_credentials");
}

#[test]
fn b04_no_odd_password_is_hashed() {
    let app = TestApp::start();
    let email = json!("nurse@riverside.example");
    let before = checksum(&app);
    for odd in [json!("x".repeat(400_000)), json!("a\0b"), json!(7), json!(["x"]), json!(null), json!("")] {
        let started = Instant::now();
        let problem = try_at(&app, STAFF, &email, &odd).refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/password");
        assert!(started.elapsed() < Duration::from_secs(1));
    }
    try_at(&app, STAFF, &email, &json!("x".repeat(1_000_000))).refused(413, "payload_too_large");
    assert_eq!(checksum(&app), before);
}

#[test]
fn b06_whoever_is_switched_off_looks_like_nobody() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    let unknown = sign_in(&app, "nobody@riverside.example", PASSWORD);
    app.sql("UPDATE staff_user SET is_active = false");
    let off = sign_in(&app, "nurse@riverside.example", PASSWORD);
    off.refused(401, "invalid_credentials");
    assert_eq!(off.without_ids(), unknown.without_ids());
}

#[test]
fn b07_staff_and_patients_have_doors_of_their_own() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    let patient = app.riverside().add_patient("Ana Silva", "A-1");
    app.riverside().add_account("Ana Silva", "ana@example.org", &[(patient, Relationship::Myself)]);
    let (nurse, ana, password) =
        (json!("nurse@riverside.example"), json!("ana@example.org"), json!(PASSWORD));
    try_at(&app, PORTAL, &nurse, &password).refused(401, "invalid_credentials");
    try_at(&app, STAFF, &ana, &password).refused(401, "invalid_credentials");
    let body = try_at(&app, PORTAL, &ana, &password).expect(200);
    assert_eq!(body["actingFor"], json!(patient.to_string()));
    assert_eq!(body["patients"][0]["relationship"], "self");
}

#[test]
fn b39_an_e_mail_is_looked_up_folded_and_never_interpreted() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    sign_in(&app, "  NURSE@Riverside.Example ", PASSWORD).expect(200);
    for odd in [
        "' OR 1=1 --@x.example",
        "*)(uid=*",
        "nurse@riverside.example\r\nBcc: all@x.example",
        "nur\u{455}e@riverside.example",
        "nurse+x@riverside.example",
        "%",
        "nurse@riverside.example,b@x.example",
        "\"<script>\"@x.example",
    ] {
        let answer = sign_in(&app, odd, PASSWORD);
        assert!([401, 422].contains(&answer.status), "{odd}: {}", answer.text());
        assert!(!answer.text().contains("script") && !answer.text().contains("Bcc"));
    }
}

#[test]
fn h03_an_address_that_is_too_long_is_refused() {
    let app = TestApp::start();
    let long = format!("{}@example.org", "x".repeat(320));
    let problem = try_at(&app, STAFF, &json!(long), &json!(PASSWORD)).refused(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "/email");
}

#[test]
fn the_sixth_failure_of_an_account_has_to_wait() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    for _ in 0..5 {
        sign_in(&app, "nurse@riverside.example", "wrong").refused(401, "invalid_credentials");
    }
    let refused = sign_in(&app, "nurse@riverside.example", PASSWORD);
    refused.refused(429, "rate_limited");
    assert_eq!(refused.header("retry-after"), Some("30"));
    app.riverside().add_staff(Role::Nurse, "other@riverside.example");
    sign_in(&app, "other@riverside.example", PASSWORD).expect(200);
    app.clock().advance(chrono::Duration::seconds(31));
    sign_in(&app, "nurse@riverside.example", PASSWORD).expect(200);
}

#[test]
fn h06_only_the_trusted_proxy_says_where_a_request_comes_from() {
    let app = TestApp::builder().with_proxies(1).start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    let from = |chain: &str| {
        let body = json!({ "email": "nurse@riverside.example", "password": PASSWORD });
        let request = app.request("POST", STAFF).header("X-Tenant-ID", "riverside");
        request.header("X-Forwarded-For", chain).json(&body).send().expect(200);
    };
    let many = format!("{}203.0.113.9", "6.6.6.6, ".repeat(1_000));
    for chain in ["6.6.6.6, 203.0.113.9", "garbage, 203.0.113.9", "fe80::1%eth0, 203.0.113.9", &many] {
        from(chain);
    }
    let seen = "SELECT string_agg(DISTINCT host(ip), ',') FROM audit_event WHERE action = 'auth.sign_in'";
    assert_eq!(app.text_of(seen), "203.0.113.9");
    from("6.6.6.6, nonsense");
    assert_eq!(app.text_of(seen), "127.0.0.1,203.0.113.9");
}

#[test]
fn another_site_cannot_sign_anybody_in() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    let body = json!({ "email": "nurse@riverside.example", "password": PASSWORD });
    for (name, value) in
        [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example"), ("Origin", "null")]
    {
        let request = app.request("POST", STAFF).header("X-Tenant-ID", "riverside").header(name, value);
        request.json(&body).send().refused(403, "csrf_failed");
    }
}
