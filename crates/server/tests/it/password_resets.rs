//! New passwords: by a mailed link, and by the old one.

use crate::support::{STAFF, audited, checksum};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{Answer, PASSWORD, TestApp, logged};

const STAFF_AUTH: &str = "/api/auth";
const PORTAL_AUTH: &str = "/api/patient-portal/auth";
const NEW: &str = "a lamp under green snow";
const NURSE: &str = "nurse@riverside.example";

fn post(app: &TestApp, path: &str, body: &Value) -> Answer {
    app.request("POST", path).header("X-Tenant-ID", "riverside").json(body).send()
}

fn ask(app: &TestApp, door: &str, email: &str) -> Answer {
    post(app, &format!("{door}/password-reset"), &json!({ "email": email }))
}

fn check(app: &TestApp, door: &str, token: &str) -> Answer {
    app.request("POST", &format!("{door}/password-reset/check")).json(&json!({ "token": token })).send()
}

fn confirm(app: &TestApp, door: &str, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    app.request("POST", &format!("{door}/password-reset/confirm")).json(&body).send()
}

fn sign_in(app: &TestApp, door: &str, email: &str, password: &str) -> Answer {
    post(app, &format!("{door}/login"), &json!({ "email": email, "password": password }))
}

fn problem(answer: &Answer) -> String {
    let problem = answer.refused(422, "validation_failed");
    format!("{} {}", problem["errors"][0]["pointer"], problem["errors"][0]["code"]).replace('"', "")
}

#[test]
fn a_forgotten_password_is_replaced_by_a_mailed_link_once() {
    let app = TestApp::start();
    let nurse = app.riverside().staff(Role::Nurse);
    let asked = ask(&app, STAFF_AUTH, &nurse.email);
    assert_eq!((asked.status, asked.text().as_str(), asked.header("content-type")), (202, "", None));
    let token = app.mailed_secret(&nurse.email);
    let checked = check(&app, STAFF_AUTH, &token).expect(200);
    assert_eq!(checked["practice"]["slug"], "riverside");
    assert_eq!(checked["minimumLength"], 15);
    confirm(&app, STAFF_AUTH, &token, NEW).expect(204);
    nurse.get(&format!("{STAFF}/threads")).refused(401, "invalid_token");
    sign_in(&app, STAFF_AUTH, &nurse.email, PASSWORD).refused(401, "invalid_credentials");
    sign_in(&app, STAFF_AUTH, &nurse.email, NEW).expect(200);
    confirm(&app, STAFF_AUTH, &token, "another lamp under snow").refused(401, "invalid_token");
    check(&app, STAFF_AUTH, &token).refused(401, "invalid_token");
    let subjects: Vec<String> = app.mails_to(&nurse.email).into_iter().map(|mail| mail.subject).collect();
    assert!(subjects.contains(&"Your password was changed".to_owned()), "{subjects:?}");
    assert_eq!(audited(&app, "auth.reset_password", "done"), 1);
    assert!(audited(&app, "auth.request_reset", "done") == 1);
    let known = format!("{}{}", logged(), app.text_of("SELECT string_agg(a::text, ' ') FROM audit_event a"));
    assert!(!known.contains(&token) && !known.contains(NEW), "a secret is in log or audit");
}

#[test]
fn a_patient_reads_the_link_in_her_language() {
    let app = TestApp::start();
    let riverside = app.riverside();
    for (email, language, subject) in [
        ("ana@example.org", "en", "Choose a new password"),
        ("rosa@example.org", "es-MX", "Elija una contraseña nueva"),
    ] {
        let patient = riverside.add_patient(email, email);
        let id = riverside.add_account("Somebody", email, &[(patient, Relationship::Myself)]);
        app.sql(&format!("UPDATE portal_account SET language = '{language}' WHERE id = '{id}'"));
        ask(&app, PORTAL_AUTH, email).expect(202);
        let mails = app.mails_to(email);
        assert_eq!(mails.last().unwrap().subject, subject);
        assert!(mails.last().unwrap().text.contains("/portal/riverside/reset-password#l1."));
        let token = app.mailed_secret(email);
        confirm(&app, PORTAL_AUTH, &token, NEW).expect(204);
        sign_in(&app, PORTAL_AUTH, email, NEW).expect(200);
    }
}

#[test]
fn a_link_dies_by_time_and_by_a_newer_one() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    ask(&app, STAFF_AUTH, NURSE).expect(202);
    let first = app.mailed_secret(NURSE);
    app.clock().advance(Duration::minutes(1));
    ask(&app, STAFF_AUTH, NURSE).expect(202);
    let second = app.mailed_secret(NURSE);
    check(&app, STAFF_AUTH, &first).refused(401, "invalid_token");
    app.clock().advance(Duration::minutes(29) + Duration::seconds(59));
    check(&app, STAFF_AUTH, &second).expect(200);
    app.clock().advance(Duration::seconds(1));
    check(&app, STAFF_AUTH, &second).refused(401, "invalid_token");
    confirm(&app, STAFF_AUTH, &second, NEW).refused(401, "invalid_token");
    sign_in(&app, STAFF_AUTH, NURSE, PASSWORD).expect(200);
}

#[test]
fn b16_looking_at_a_link_uses_nothing_up() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    ask(&app, STAFF_AUTH, NURSE).expect(202);
    let token = app.mailed_secret(NURSE);
    let before = checksum(&app);
    for _ in 0..5 {
        app.request("GET", "/reset-password").send().expect(200);
        check(&app, STAFF_AUTH, &token).expect(200);
    }
    assert_eq!(checksum(&app), before);
    confirm(&app, STAFF_AUTH, &token, NEW).expect(204);
}

#[test]
fn b15_a_link_leads_to_the_configured_place_whatever_the_request_says() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    let body = json!({ "email": NURSE });
    for (name, value) in [
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "http"),
        ("Forwarded", "host=evil.example"),
        ("X-Original-URL", "https://evil.example/"),
    ] {
        let request = app.request("POST", "/api/auth/password-reset").header("X-Tenant-ID", "riverside");
        request.header(name, value).json(&body).send().expect(202);
    }
    let mails = app.mails_to(NURSE);
    assert!(!mails.is_empty());
    for mail in mails {
        assert!(mail.text.contains("https://threadwell.test/reset-password#l1."), "{}", mail.text);
        assert!(!mail.raw.contains("evil"));
    }
}

#[test]
fn a_link_of_another_kind_door_or_practice_is_none() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    ask(&app, STAFF_AUTH, NURSE).expect(202);
    let token = app.mailed_secret(NURSE);
    app.riverside().invite_staff(Role::Nurse, "new@riverside.example");
    let invitation = app.mailed_secret("new@riverside.example");
    let before = checksum(&app);
    let elsewhere = token.replace("000000000001", "000000000002");
    assert_ne!(elsewhere, token);
    let other_kind = token.replace("l1.", "a1.");
    let nobody = format!("l1.{}.{}", uuid::Uuid::now_v7(), "A".repeat(43));
    for bad in [&invitation, &elsewhere, &other_kind, &nobody, &"x".repeat(500), &String::new()] {
        check(&app, STAFF_AUTH, bad).refused(401, "invalid_token");
        confirm(&app, STAFF_AUTH, bad, NEW).refused(401, "invalid_token");
    }
    check(&app, PORTAL_AUTH, &token).refused(401, "invalid_token");
    confirm(&app, PORTAL_AUTH, &token, NEW).refused(401, "invalid_token");
    let accept = json!({ "token": token, "password": NEW });
    app.request("POST", "/api/auth/invitation/accept").json(&accept).send().refused(401, "invalid_token");
    assert_eq!(checksum(&app), before);
    confirm(&app, STAFF_AUTH, &token, NEW).expect(204);
}

#[test]
fn a06_b06_who_cannot_sign_in_gets_the_same_answer_and_no_mail() {
    let app = TestApp::start();
    let riverside = app.riverside();
    riverside.add_staff(Role::Nurse, NURSE);
    let off = riverside.add_staff(Role::Nurse, "off@riverside.example");
    app.sql(&format!("UPDATE staff_user SET is_active = false WHERE id = '{off}'"));
    riverside.invite_staff(Role::Nurse, "invited@riverside.example");
    app.run_worker();
    let known = ask(&app, STAFF_AUTH, NURSE);
    for email in ["off@riverside.example", "invited@riverside.example", "nobody@riverside.example"] {
        let signed_in = sign_in(&app, STAFF_AUTH, email, PASSWORD);
        assert_eq!(signed_in.without_ids(), sign_in(&app, STAFF_AUTH, "x@x.example", PASSWORD).without_ids());
        let before = app.mails_to(email).len();
        assert_eq!(ask(&app, STAFF_AUTH, email).without_ids(), known.without_ids(), "{email}");
        assert_eq!(app.mails_to(email).len(), before, "{email}");
    }
    assert_eq!(ask(&app, PORTAL_AUTH, NURSE).without_ids(), known.without_ids());
    assert_eq!(app.mails_to(NURSE).len(), 1, "the portal has no account of it");
}

#[test]
fn asking_too_often_sends_no_flood_and_locks_nobody_out() {
    let app = TestApp::builder().with_proxies(1).start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    let from = |address: &str| {
        let request = app.request("POST", "/api/auth/password-reset").header("X-Tenant-ID", "riverside");
        request.header("X-Forwarded-For", address).json(&json!({ "email": NURSE })).send()
    };
    for _ in 0..30 {
        from("203.0.113.9").expect(202);
    }
    from("203.0.113.9").refused(429, "rate_limited");
    let filled = app.mails_to(NURSE).len();
    assert!((1..=4).contains(&filled), "a stranger fills no mailbox: {filled}");
    app.clock().advance(Duration::seconds(1));
    from("198.51.100.7").expect(202);
    assert_eq!(app.mails_to(NURSE).len(), filled + 1, "whoever asks from elsewhere gets a mail");
    confirm(&app, STAFF_AUTH, &app.mailed_secret(NURSE), NEW).expect(204);
    assert_eq!(audited(&app, "auth.request_reset", "denied"), 1);
}

#[test]
fn b18_changing_the_password_ends_the_other_sessions() {
    let app = TestApp::start();
    let id = app.riverside().add_staff(Role::Nurse, NURSE);
    let (here, there) = (app.riverside().sign_in_staff(NURSE, id), app.riverside().sign_in_staff(NURSE, id));
    let change = |current: &str, new: &str| {
        here.post("/api/auth/password", &json!({ "currentPassword": current, "newPassword": new }))
    };
    change("something else", NEW).refused(401, "invalid_credentials");
    there.get("/api/auth/me").expect(200);
    change(PASSWORD, NEW).expect(204);
    here.get("/api/auth/me").expect(200);
    there.get("/api/auth/me").refused(401, "invalid_token");
    let again = json!({ "refreshToken": there.refresh_token });
    assert_eq!(app.request("POST", "/api/auth/refresh").json(&again).send().status, 401);
    sign_in(&app, STAFF_AUTH, NURSE, PASSWORD).refused(401, "invalid_credentials");
    sign_in(&app, STAFF_AUTH, NURSE, NEW).expect(200);
    assert!(app.mails_to(NURSE).iter().any(|mail| mail.subject == "Your password was changed"));
    assert_eq!(audited(&app, "account.password.change", "denied"), 1);
}

/// B8: whoever is signed in proves who they are by a count of their own.
#[test]
fn b08_strangers_at_the_door_do_not_hold_up_whoever_is_signed_in() {
    let app = TestApp::start();
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva")] {
        let door = person.door();
        for _ in 0..5 {
            sign_in(&app, door, &person.email, "a guess").refused(401, "invalid_credentials");
        }
        sign_in(&app, door, &person.email, PASSWORD).refused(429, "rate_limited");
        let proof = json!({ "method": "password", "password": PASSWORD });
        person.post(&format!("{door}/step-up"), &proof).expect(204);
        let body = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
        person.post(&format!("{door}/password"), &body).expect(204);
        sign_in(&app, door, &person.email, NEW).refused(429, "rate_limited");
    }
}

#[test]
fn guessing_the_current_password_has_to_wait_like_signing_in() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let path = format!("{PORTAL_AUTH}/password");
    let change = |current: &str| ana.post(&path, &json!({ "currentPassword": current, "newPassword": NEW }));
    for _ in 0..5 {
        change("something else").refused(401, "invalid_credentials");
    }
    change(PASSWORD).refused(429, "rate_limited");
}

#[test]
fn a_new_password_follows_the_rules() {
    let app = TestApp::start();
    let id = app.riverside().add_staff(Role::Nurse, "benedicta@riverside.example");
    let nurse = app.riverside().sign_in_staff("benedicta@riverside.example", id);
    let change = |new: &str| {
        nurse.post("/api/auth/password", &json!({ "currentPassword": PASSWORD, "newPassword": new }))
    };
    for (new, wrong) in [
        ("fourteen chars", "/newPassword too_short"),
        ("123456789123456789", "/newPassword too_common"),
        ("I am Benedicta of old", "/newPassword contains_email"),
        ("", "/newPassword empty"),
        ("a lamp\u{0} under green snow", "/newPassword control_character"),
    ] {
        assert_eq!(problem(&change(new)), wrong, "{new}");
    }
    assert_eq!(problem(&change(&"é".repeat(129))), "/newPassword too_long");
    app.sql("UPDATE tenant SET staff_need_second_factor = true");
    assert_eq!(change("twelve chars").status, 401, "and the session has no second factor");
}

#[test]
fn b03_a_new_password_is_the_same_however_its_accents_are_written() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let (composed, apart) = ("l\u{e1}mpara bajo la nieve", "la\u{301}mpara bajo la nieve");
    let body = json!({ "currentPassword": PASSWORD, "newPassword": composed });
    ana.post(&format!("{PORTAL_AUTH}/password"), &body).expect(204);
    sign_in(&app, PORTAL_AUTH, &ana.email, apart).expect(200);
}

#[test]
fn a_password_hashed_at_another_cost_is_hashed_anew_at_sign_in() {
    let app = TestApp::start();
    let id = app.riverside().add_staff(Role::Nurse, NURSE);
    let stored = || app.text_of(&format!("SELECT password_hash FROM staff_user WHERE id = '{id}'"));
    let cheap = stored();
    app.riverside().sign_in_staff(NURSE, id);
    assert_eq!(stored(), cheap, "nothing is written without need");
    let dear = threadwell_testkit::hash_at_cost(PASSWORD, 5);
    app.sql(&format!("UPDATE staff_user SET password_hash = '{dear}' WHERE id = '{id}'"));
    app.riverside().sign_in_staff(NURSE, id);
    assert!(stored().starts_with("$2b$04$"), "{}", stored());
    app.riverside().sign_in_staff(NURSE, id);
}
