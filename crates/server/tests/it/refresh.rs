//! Refresh tokens: rotation, theft, races, and the ways in which they come.

use crate::support::{STAFF, at_once, audited, checksum};
use serde_json::json;
use std::collections::HashSet;
use threadwell_domain::access::Role;
use threadwell_domain::{AccountId, StaffId};
use threadwell_testkit::{Answer, PASSWORD, TestApp};

const REFRESH: &str = "/api/auth/refresh";
const PORTAL_REFRESH: &str = "/api/patient-portal/auth/refresh";

pub(crate) fn refresh(app: &TestApp, token: &str) -> Answer {
    app.request("POST", REFRESH).json(&json!({ "refreshToken": token })).send()
}

/// A refresh at one of the doors, from an address behind the proxy.
pub(crate) fn refresh_from(app: &TestApp, door: &str, token: &str, address: &str) -> Answer {
    let request = app.request("POST", &format!("{door}/refresh")).header("X-Forwarded-For", address);
    request.json(&json!({ "refreshToken": token })).send()
}

pub(crate) fn successor(app: &TestApp, token: &str) -> String {
    refresh(app, token).expect(200)["refreshToken"].as_str().unwrap().to_owned()
}

#[test]
fn b31_a_token_whose_successor_was_used_ends_the_session() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let first = nurse.refresh_token.clone();
    let second = successor(&app, &first);
    assert_eq!(successor(&app, &first), second, "an answer that got lost is given again");
    let third = successor(&app, &second);
    refresh(&app, &first).refused(401, "refresh_reused");
    for dead in [&first, &second, &third] {
        assert_eq!(refresh(&app, dead).status, 401);
    }
    nurse.get(&format!("{STAFF}/threads")).refused(401, "invalid_token");
    assert!(audited(&app, "auth.refresh_reuse", "denied") >= 1);
}

#[test]
fn b33_racing_refreshes_end_in_one_branch() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let answers = at_once(32, |_| refresh(&app, &nurse.refresh_token));
    let tokens: HashSet<String> = answers
        .iter()
        .map(|answer| answer.expect(200)["refreshToken"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(tokens.len(), 1);
    let next = successor(&app, tokens.iter().next().unwrap());
    assert!(!tokens.contains(&next));
}

#[test]
fn b34_a_token_of_one_audience_is_none_of_the_other() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let at =
        |path: &str, token: &str| app.request("POST", path).json(&json!({ "refreshToken": token })).send();
    at(PORTAL_REFRESH, &nurse.refresh_token).refused(401, "invalid_token");
    at(REFRESH, &ana.refresh_token).refused(401, "invalid_token");
    at(REFRESH, &nurse.refresh_token).expect(200);
    at(PORTAL_REFRESH, &ana.refresh_token).expect(200);
}

#[test]
fn b22_only_the_very_cookie_goes_on() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    let body = json!({ "email": "nurse@riverside.example", "password": PASSWORD });
    let signed_in =
        app.request("POST", "/api/auth/login").header("X-Tenant-ID", "riverside").json(&body).send();
    let cookie = signed_in.cookie("__Host-tw_staff").unwrap().split(';').next().unwrap().to_owned();
    let value = cookie.strip_prefix("__Host-tw_staff=").unwrap();
    let with = |cookie: &str| {
        app.request("POST", REFRESH).header("Sec-Fetch-Site", "same-origin").header("Cookie", cookie).send()
    };
    let mut flipped = value.to_owned();
    let last = flipped.pop();
    flipped.push(if last == Some('A') { 'E' } else { 'A' });
    let other_practice = value.replace("000000000001", "000000000002");
    assert_ne!(other_practice, value);
    let before = checksum(&app);
    for bad in [
        format!("__Host-tw_staff={flipped}"),
        format!("__Host-tw_staff={other_practice}"),
        "__Host-tw_staff=".to_owned(),
        format!("__Host-tw_staff={}", "x".repeat(8_000)),
        format!("{cookie}; {cookie}"),
        format!("__Host-tw_portal={value}"),
        format!("tw_staff={value}"),
    ] {
        assert_eq!(with(&bad).status, 401, "{bad:.40}");
    }
    assert_eq!(checksum(&app), before);
    let went_on = with(&cookie);
    assert_eq!(went_on.expect(200).get("refreshToken"), None);
    assert!(went_on.header("set-cookie").unwrap().starts_with("__Host-tw_staff=v1."));
}

#[test]
fn a_cookie_speaks_only_from_our_own_pages_and_never_beside_a_body() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let cookie = format!("__Host-tw_staff={}", nurse.refresh_token);
    for path in [REFRESH, "/api/auth/logout"] {
        let bare = app.request("POST", path).header("Cookie", &cookie);
        bare.send().refused(403, "csrf_failed");
        for origin in [
            "null",
            "https://threadwell.test.evil.com",
            "http://threadwell.test",
            "https://threadwell.test:8443",
        ] {
            bare.clone().header("Origin", origin).send().refused(403, "csrf_failed");
        }
        bare.clone().header("Sec-Fetch-Site", "cross-site").send().refused(403, "csrf_failed");
        let both = bare
            .header("Sec-Fetch-Site", "same-origin")
            .json(&json!({ "refreshToken": nurse.refresh_token }));
        both.send().refused(400, "ambiguous_credentials");
    }
    let own = app.request("POST", REFRESH).header("Cookie", &cookie).header("Origin", app.origin());
    own.send().expect(200);
    app.request("POST", REFRESH).send().refused(401, "unauthenticated");
}

#[test]
fn h12_a_token_of_no_form_is_refused_without_a_word_about_it() {
    let app = TestApp::start();
    for odd in ["", "v1", "v1..", "v2.x.y", "canarytoken", &"x".repeat(512)] {
        let answer = refresh(&app, odd);
        answer.refused(401, "invalid_token");
        assert!(!answer.text().contains("canarytoken"));
    }
    refresh(&app, &"x".repeat(10_000)).refused(422, "validation_failed");
    let nobody = format!("v1.{}.{}", uuid::Uuid::now_v7(), "A".repeat(43));
    refresh(&app, &nobody).refused(401, "invalid_token");
}

/// How many times tokens are refreshed; the whole proof takes 10,000.
fn refreshes() -> usize {
    std::env::var("THREADWELL_REFRESHES").ok().and_then(|count| count.parse().ok()).unwrap_or(200)
}

/// B3: one answer in twenty is lost, one refresh in fifty is 32 at once; nobody honest is signed out, and the consumed
/// tokens of a session end it whenever they come back.
#[test]
fn b33_lost_answers_and_races_sign_nobody_out_and_leave_one_branch() {
    let app = TestApp::builder().with_proxies(1).start();
    let id = app.riverside().add_staff(Role::Nurse, "nurse@riverside.example");
    let mut consumed = Vec::new();
    let mut token = String::new();
    for round in 0..refreshes() {
        // A session lasts twelve hours; each goes through a hundred refreshes.
        if round % 100 == 0 {
            token = app.riverside().sign_in_staff("nurse@riverside.example", id).refresh_token;
        }
        let next = if round % 50 == 25 {
            let answers = at_once(32, |_| refresh(&app, &token));
            let next: HashSet<String> = answers
                .iter()
                .map(|answer| answer.expect(200)["refreshToken"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(next.len(), 1, "two live branches");
            next.into_iter().next().unwrap()
        } else {
            if round % 20 == 0 {
                // The answer gets lost on its way: the client still has the old token.
                drop(refresh(&app, &token));
            }
            successor(&app, &token)
        };
        if round % 100 < 98 && round % 10 == 0 {
            consumed.push((round / 100, token.clone()));
        }
        token = next;
    }
    assert_eq!(app.number_of("SELECT count(*) FROM session WHERE revoked_at IS NOT NULL"), 0);
    let sessions: HashSet<usize> = consumed.iter().map(|(session, _)| *session).collect();
    for (number, (_, stolen)) in consumed.iter().enumerate() {
        let address = format!("198.51.{}.{}", number / 100, number % 100 + 1);
        assert_eq!(refresh_from(&app, "/api/auth", stolen, &address).status, 401);
    }
    let ended = app.number_of("SELECT count(*) FROM session WHERE revoked_at IS NOT NULL");
    assert_eq!(usize::try_from(ended).unwrap(), sessions.len());
    assert_eq!(usize::try_from(audited(&app, "auth.refresh_reuse", "denied")).unwrap(), sessions.len());
    assert_eq!(refresh(&app, &token).status, 401);
}

/// How many consumed tokens come back, each to a session of its own; the whole proof takes 1,000.
fn replays() -> usize {
    std::env::var("THREADWELL_REPLAYS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// B3: whichever of its consumed tokens comes back ends a living session with all its tokens, at both doors.
#[test]
fn b31_every_consumed_token_ends_its_own_living_session() {
    let app = TestApp::builder().with_proxies(1).start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    for replay in 0..replays() {
        let person = match replay % 2 {
            0 => app.riverside().sign_in_staff(&nurse.email, StaffId::new(nurse.id)),
            _ => app.riverside().sign_in_account(&ana.email, AccountId::new(ana.id), ana.patient),
        };
        let address = format!("198.51.{}.{}", replay / 200, replay % 200 + 1);
        let present = |token: &str| refresh_from(&app, person.door(), token, &address);
        // The session lives through two to six tokens; one comes back whose successor was used.
        let mut family = vec![person.refresh_token.clone()];
        for _ in 0..replay / 2 % 5 + 2 {
            let next = present(family.last().unwrap()).expect(200)["refreshToken"].clone();
            family.push(next.as_str().unwrap().to_owned());
        }
        let consumed = family.len() - 2;
        person.get(&format!("{}/me", person.door())).expect(200);
        present(&family[replay / 10 % consumed]).refused(401, "refresh_reused");
        for dead in &family {
            assert_eq!(present(dead).status, 401, "{replay}");
        }
        person.get(&format!("{}/me", person.door())).refused(401, "invalid_token");
        app.clock().advance(chrono::Duration::seconds(1));
    }
    let told = audited(&app, "auth.refresh_reuse", "denied");
    assert_eq!(usize::try_from(told).unwrap(), replays());
}
