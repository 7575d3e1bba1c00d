//! Accounts that patients open by a code to an address on file, and addresses that they change.

use crate::invitations::{BORN, NEW, PORTAL_AUTH, accept, check, post, sign_in};
use crate::support::{PORTAL, at_once, audited, checksum, start};
use chrono::Duration;
use serde_json::json;
use threadwell_domain::access::Relationship;
use threadwell_testkit::{Answer, PASSWORD, TestApp, logged};

fn activate(app: &TestApp, email: &str, birth_date: &str) -> Answer {
    post(app, &format!("{PORTAL_AUTH}/activation"), &json!({ "email": email, "birthDate": birth_date }))
}

fn complete(app: &TestApp, token: &str, code: &str, password: &str) -> Answer {
    let body = json!({ "activationToken": token, "code": code, "password": password });
    app.request("POST", &format!("{PORTAL_AUTH}/activation/complete")).json(&body).send()
}

fn activation_token(answer: &Answer) -> String {
    answer.expect(202)["activationToken"].as_str().unwrap().to_owned()
}

/// Another code than this one.
fn other(code: &str) -> String {
    format!("{:08}", (code.parse::<u32>().unwrap() + 1) % 100_000_000)
}

#[test]
fn a_patient_opens_an_account_by_a_code_in_either_language() {
    let app = TestApp::start();
    let riverside = app.riverside();
    for (name, email, language, subject) in [
        ("Ana Silva", "ana@example.org", "en", "Your code for the patient portal"),
        ("Rosa Silva", "rosa@example.org", "es", "Su código para el portal del paciente"),
    ] {
        riverside.add_patient_at(name, email, BORN, language);
        let token = activation_token(&activate(&app, &format!(" {} ", email.to_uppercase()), BORN));
        let code = app.mailed_code(email);
        assert_eq!(app.mails_to(email)[0].subject, subject);
        complete(&app, &token, &other(&code), NEW).refused(401, "invalid_code");
        complete(&app, &token, &code, "too short").refused(422, "validation_failed");
        complete(&app, &token, &code, NEW).expect(204);
        let signed_in = sign_in(&app, PORTAL_AUTH, email, NEW).expect(200);
        assert_eq!(signed_in["account"]["fullName"], name);
        assert_eq!(signed_in["patients"][0]["relationship"], "self");
        complete(&app, &token, &code, NEW).refused(401, "invalid_token");
        let known =
            format!("{}{}", logged(), app.text_of("SELECT string_agg(a::text, ' ') FROM audit_event a"));
        assert!(!known.contains(&token) && !known.contains(&format!(" {code}")), "a secret was written down");
    }
    assert_eq!(audited(&app, "auth.check_identity", "done"), 2);
}

#[test]
fn whoever_asks_for_a_code_gets_the_same_answer() {
    let app = TestApp::start();
    let riverside = app.riverside();
    riverside.add_patient_at("Ana Silva", "ana@example.org", BORN, "en");
    for name in ["Twin One", "Twin Two"] {
        riverside.add_patient_at(name, "twins@example.org", BORN, "en");
    }
    let holder = riverside.add_patient_at("Ben Okafor", "ben@example.org", BORN, "es");
    riverside.add_account("Ben Okafor", "ben@example.org", &[(holder, Relationship::Myself)]);
    app.sql("UPDATE portal_account SET language = 'es'");
    app.hillside().add_patient_at("Dora Klein", "dora@example.org", BORN, "en");
    let seen: Vec<_> = [
        ("ana@example.org", BORN),
        ("ana@example.org", "1980-02-04"),
        ("nobody@example.org", BORN),
        ("twins@example.org", BORN),
        ("ben@example.org", BORN),
        ("dora@example.org", BORN),
    ]
    .into_iter()
    .map(|(email, birth_date)| {
        let answer = activate(&app, email, birth_date);
        let token = activation_token(&answer);
        assert_eq!(answer.json()["expiresIn"], 900);
        let (status, headers, _) = answer.without_ids();
        (email, token, (status, headers, answer.text().len()))
    })
    .collect();
    assert!(seen.iter().all(|(_, _, answer)| *answer == seen[0].2), "the answers differ");
    assert_eq!(app.mails_to("ana@example.org").len(), 1);
    for nobody in ["nobody@example.org", "twins@example.org", "dora@example.org"] {
        assert_eq!(app.mails_to(nobody).len(), 0, "{nobody}");
    }
    let told = app.mails_to("ben@example.org");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].subject, "Ya tiene una cuenta");
    assert!(!told[0].text.contains('#'), "it brings no secret");
    for (email, token, _) in &seen[1..] {
        for _ in 0..5 {
            complete(&app, token, "00000000", NEW).refused(401, "invalid_code");
        }
        complete(&app, token, "00000000", NEW).refused(401, "invalid_token");
        app.clock().advance(Duration::minutes(1));
        assert_ne!(sign_in(&app, PORTAL_AUTH, email, NEW).status, 200);
    }
}

#[test]
fn a_code_has_five_tries_and_fifteen_minutes() {
    let app = TestApp::start();
    app.riverside().add_patient_at("Ana Silva", "ana@example.org", BORN, "en");
    let token = activation_token(&activate(&app, "ana@example.org", BORN));
    let code = app.mailed_code("ana@example.org");
    let answers = at_once(8, |_| complete(&app, &token, &other(&code), NEW));
    let wrong = answers.iter().filter(|answer| answer.code() == "invalid_code").count();
    assert_eq!(wrong, 5, "many at once are no more guesses");
    complete(&app, &token, &code, NEW).refused(401, "invalid_token");
    app.clock().advance(Duration::minutes(1));
    let token = activation_token(&activate(&app, "ana@example.org", BORN));
    let code = app.mailed_code("ana@example.org");
    app.clock().advance(Duration::minutes(15));
    complete(&app, &token, &code, NEW).refused(401, "invalid_token");
    let token = activation_token(&activate(&app, "ana@example.org", BORN));
    let code = app.mailed_code("ana@example.org");
    let link = token.replace("a1.", "l1.");
    complete(&app, &link, &code, NEW).refused(401, "invalid_token");
    accept(&app, &link, &json!({ "password": NEW })).refused(401, "invalid_token");
    let elsewhere = token.replace("000000000001", "000000000002");
    complete(&app, &elsewhere, &code, NEW).refused(401, "invalid_token");
    complete(&app, &token, &code, NEW).expect(204);
}

#[test]
fn a_practice_may_open_no_accounts_by_code() {
    let app = TestApp::start();
    app.riverside().add_patient_at("Ana Silva", "ana@example.org", BORN, "en");
    app.sql("UPDATE tenant SET has_identity_check = false WHERE slug = 'riverside'");
    let before = checksum(&app);
    activate(&app, "ana@example.org", BORN).refused(404, "not_found");
    assert_eq!(checksum(&app), before);
    assert_eq!(app.mails_to("ana@example.org").len(), 0);
}

#[test]
fn a17_the_same_e_mail_opens_an_account_in_each_practice() {
    let app = TestApp::start();
    let mut subjects = Vec::new();
    for practice in [app.riverside(), app.hillside()] {
        app.clock().advance(Duration::seconds(1));
        let patient = practice.add_patient_at("Ana Silva", "ana@example.org", BORN, "en");
        practice.invite(patient, Relationship::Myself, "ana@example.org");
        let token = app.mailed_secret("ana@example.org");
        assert_eq!(check(&app, PORTAL_AUTH, &token).expect(200)["hasAccount"], false, "{}", practice.slug);
        let password = format!("{NEW} of {}", practice.slug);
        accept(&app, &token, &json!({ "password": password, "birthDate": BORN })).expect(204);
        let body = json!({ "email": "ana@example.org", "password": password });
        let request = app.request("POST", &format!("{PORTAL_AUTH}/login"));
        let signed_in = request.header("X-Tenant-ID", practice.slug).json(&body).send().expect(200);
        subjects.push(signed_in["account"]["id"].clone());
    }
    assert_ne!(subjects[0], subjects[1]);
}

#[test]
fn a_new_address_counts_once_it_is_confirmed_and_the_old_one_hears_of_it() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    app.sql("UPDATE portal_account SET language = 'es'");
    let (taken, new) = (app.patient("Ben Okafor").email, "ana.new@example.org");
    let change = |email: &str, password: &str| {
        ana.post(&format!("{PORTAL_AUTH}/email"), &json!({ "email": email, "password": password }))
    };
    let confirm = |token: &str| {
        let request = app.request("POST", &format!("{PORTAL_AUTH}/email/confirm"));
        request.json(&json!({ "token": token })).send()
    };
    change(new, "something else").refused(401, "invalid_credentials");
    change("no address", PASSWORD).refused(422, "validation_failed");
    change("a@example.org\r\nBcc: b@example.org", PASSWORD).refused(422, "validation_failed");
    change(new, PASSWORD).expect(202);
    let first = app.mailed_secret(new);
    assert_eq!(app.mails_to(new)[0].subject, "Confirme su dirección de correo");
    app.clock().advance(Duration::seconds(1));
    change(&taken, PASSWORD).expect(202);
    confirm(&first).refused(401, "invalid_token");
    confirm(&app.mailed_secret(&taken)).refused(401, "invalid_token");
    sign_in(&app, PORTAL_AUTH, &ana.email, PASSWORD).expect(200);
    app.clock().advance(Duration::seconds(1));
    change(new, PASSWORD).expect(202);
    let token = app.mailed_secret(new);
    confirm(&token).expect(204);
    confirm(&token).refused(401, "invalid_token");
    sign_in(&app, PORTAL_AUTH, new, PASSWORD).expect(200);
    sign_in(&app, PORTAL_AUTH, &ana.email, PASSWORD).refused(401, "invalid_credentials");
    let told = app.mails_to(&ana.email);
    assert!(told.iter().any(|mail| mail.subject == "Su dirección de correo ha cambiado"), "{told:?}");
    start(&ana, "general", "Still me");
    ana.get(&format!("{PORTAL}/threads")).expect(200);
}
