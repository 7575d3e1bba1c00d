//! Devices that people sign in on, and what strangers cannot do to whoever has one.

use crate::support::audited;
use chrono::Duration;
use serde_json::{Value, json};
use std::collections::HashSet;
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, PASSWORD, TestApp};

const NURSE: &str = "nurse@riverside.example";
const SUBJECT: &str = "New sign-in to your account";

fn sign_in_at(app: &TestApp, address: &str, more: &Value) -> Answer {
    let mut body = json!({ "email": NURSE, "password": PASSWORD, "tokenDelivery": "body" });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    let request = app.request("POST", "/api/auth/login").header("X-Tenant-ID", "riverside");
    request.header("X-Forwarded-For", address).json(&body).send()
}

fn sign_in(app: &TestApp, more: &Value) -> Answer {
    sign_in_at(app, "203.0.113.1", more)
}

fn device(answer: &Answer) -> String {
    answer.expect(200)["deviceToken"].as_str().unwrap().to_owned()
}

fn told(app: &TestApp) -> usize {
    app.mails_to(NURSE).into_iter().filter(|mail| mail.subject == SUBJECT).count()
}

#[test]
fn a_new_device_is_told_by_mail_but_the_first_one_is_not() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    let first = device(&sign_in(&app, &json!({})));
    assert_eq!(told(&app), 0, "the very first");
    assert_eq!(device(&sign_in(&app, &json!({ "deviceToken": first }))), first, "it keeps its secret");
    assert_eq!(told(&app), 0, "a known one");
    let second = device(&sign_in(&app, &json!({})));
    assert_eq!(told(&app), 1);
    let foreign = second.replace("000000000001", "000000000002");
    for odd in [foreign.as_str(), "", "d1", &first.replace("d1.", "l1."), &format!("{first}x")] {
        assert_ne!(device(&sign_in(&app, &json!({ "deviceToken": odd }))), odd);
    }
    assert_eq!(told(&app), 6);
    sign_in(&app, &json!({ "deviceToken": "d".repeat(513) })).refused(422, "validation_failed");
    let stored = app.text_of("SELECT string_agg(d::text, ' ') FROM known_device d");
    assert!(!stored.contains(first.rsplit('.').next().unwrap()));
}

#[test]
fn a_browser_keeps_its_device_in_a_cookie_for_itself() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    let body = json!({ "email": NURSE, "password": PASSWORD });
    let request = app.request("POST", "/api/auth/login").header("X-Tenant-ID", "riverside").json(&body);
    let answer = request.clone().send();
    assert_eq!(answer.expect(200).get("deviceToken"), None);
    let cookies = |answer: &Answer| -> Vec<String> {
        let all = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        all.map(|(_, value)| value.clone()).collect()
    };
    let device = |answer: &Answer| {
        cookies(answer).into_iter().find(|cookie| cookie.starts_with("__Host-tw_staff_device=d1.")).unwrap()
    };
    let cookie = device(&answer);
    for attribute in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/", "Max-Age=34560000"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let value = cookie.split(';').next().unwrap().to_owned();
    let again = request.header("Cookie", &value).send();
    assert!(device(&again).starts_with(&value));
    assert_eq!(told(&app), 0);
}

/// How often strangers guess within four hours; the whole proof takes 10,000.
fn guesses() -> usize {
    std::env::var("THREADWELL_GUESSES").ok().and_then(|count| count.parse().ok()).unwrap_or(800)
}

/// B8: one account, 200 addresses, 10,000 guesses; the owner's own device is not held up.
#[test]
fn b08_strangers_get_few_guesses_and_the_owner_gets_in_at_once() {
    let app = TestApp::builder().with_proxies(1).start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    let known = device(&sign_in(&app, &json!({})));
    let (mut evaluated, mut addresses) = (Vec::new(), HashSet::new());
    let (all, a_guess) = (guesses(), Duration::hours(4) / i32::try_from(guesses()).unwrap());
    for guess in 0..all {
        let address = format!("198.51.{}.{}", guess % 2 + 100, guess / 2 % 100 + 1);
        addresses.insert(address.clone());
        let answer = sign_in_at(&app, &address, &json!({ "password": format!("guess {guess}") }));
        match answer.status {
            401 => evaluated.push(guess),
            status => assert_eq!(status, 429, "{}", answer.text()),
        }
        app.clock().advance(a_guess);
        if guess % (all / 4) == all / 8 {
            sign_in(&app, &json!({ "deviceToken": known })).expect(200);
            sign_in_at(&app, "203.0.113.2", &json!({})).refused(429, "rate_limited");
        }
    }
    for hour in 0..4 {
        let within = evaluated.iter().filter(|guess| **guess * 4 / all == hour).count();
        assert!(within <= 60, "{within} in hour {hour}");
    }
    assert!(evaluated.len() >= 10, "{}", evaluated.len());
    assert_eq!(addresses.len(), 200);
    assert_eq!(told(&app), 0);
}

#[test]
fn a_known_device_has_five_free_failures_of_its_own() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    let known = device(&sign_in(&app, &json!({})));
    let wrong = json!({ "deviceToken": known, "password": "wrong" });
    for _ in 0..5 {
        sign_in(&app, &wrong).refused(401, "invalid_credentials");
    }
    sign_in(&app, &json!({ "deviceToken": known })).refused(429, "rate_limited");
    sign_in(&app, &json!({})).expect(200);
    let somebody_elses = json!({ "deviceToken": known, "email": "other@riverside.example" });
    app.riverside().add_staff(Role::Nurse, "other@riverside.example");
    sign_in(&app, &somebody_elses).expect(200);
}

#[test]
fn one_password_tried_on_many_accounts_comes_to_an_end() {
    let app = TestApp::builder().with_proxies(1).start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    let known = device(&sign_in(&app, &json!({})));
    for number in 0..200 {
        let more = json!({ "email": format!("p{number}@riverside.example"), "password": "Winter2026!" });
        sign_in_at(&app, &format!("198.51.100.{}", number / 10 + 1), &more)
            .refused(401, "invalid_credentials");
    }
    let next = json!({ "email": "p999@riverside.example", "password": "Winter2026!" });
    sign_in_at(&app, "198.51.100.1", &next).refused(429, "rate_limited");
    sign_in_at(&app, "198.51.100.99", &next).refused(401, "invalid_credentials");
    sign_in_at(&app, "198.51.100.99", &next).refused(429, "rate_limited");
    sign_in(&app, &json!({ "deviceToken": known })).expect(200);
    app.clock().advance(Duration::minutes(10));
    sign_in_at(&app, "198.51.100.99", &next).refused(401, "invalid_credentials");
    assert_eq!(audited(&app, "auth.sign_in", "denied"), 204);
}

#[test]
fn b31_a_stolen_session_is_told_by_mail() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    for (person, door) in [(nurse, "/api/auth"), (ana, "/api/patient-portal/auth")] {
        let refresh = |token: &str| {
            let request = app.request("POST", &format!("{door}/refresh"));
            request.json(&json!({ "refreshToken": token })).send()
        };
        let next = |token: &str| refresh(token).expect(200)["refreshToken"].as_str().unwrap().to_owned();
        let second = next(&person.refresh_token);
        next(&second);
        refresh(&person.refresh_token).refused(401, "refresh_reused");
        let mails = app.mails_to(&person.email);
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "A session of yours was ended");
    }
}
