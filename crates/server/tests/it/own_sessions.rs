//! Where one is signed in, on which devices, and what one wants.

use crate::support::{audited, unused_id};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, PASSWORD, Person, TestApp};

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
const NURSE: &str = "nurse@riverside.example";

fn door(person: &Person) -> &'static str {
    if person.patient.is_some() { "/api/patient-portal/auth" } else { "/api/auth" }
}

fn sessions(person: &Person) -> Vec<Value> {
    person.get(&format!("{}/sessions", door(person))).expect(200)["sessions"].as_array().unwrap().clone()
}

fn other_of(person: &Person) -> String {
    let other = sessions(person).into_iter().find(|session| session["isCurrent"] == false).unwrap();
    other["id"].as_str().unwrap().to_owned()
}

fn second_session(app: &TestApp, person: &Person) -> Person {
    match person.patient {
        Some(patient) => {
            let id = threadwell_domain::AccountId::new(person.id);
            app.riverside().sign_in_account(&person.email, id, Some(patient))
        }
        None => app.riverside().sign_in_staff(&person.email, threadwell_domain::StaffId::new(person.id)),
    }
}

fn login(app: &TestApp, body: &Value) -> Answer {
    let request = app.request("POST", "/api/auth/login").header("X-Tenant-ID", "riverside");
    request.header("User-Agent", FIREFOX).json(body).send()
}

#[test]
fn a_session_shows_its_device_browser_and_address() {
    let app = TestApp::start();
    app.riverside().add_staff(Role::Nurse, NURSE);
    let body = json!({
        "email": NURSE, "password": PASSWORD, "tokenDelivery": "body", "deviceName": " Canaryname's desk ",
    });
    let signed_in = login(&app, &body).expect(200);
    let me = app.request("GET", "/api/auth/sessions").bearer(signed_in["accessToken"].as_str().unwrap());
    let listed = me.send().expect(200)["sessions"][0].clone();
    assert_eq!(listed["deviceName"], "Canaryname's desk");
    assert_eq!(listed["browser"], "Firefox on Windows");
    assert_eq!((&listed["address"], &listed["method"]), (&json!("127.0.0.1"), &json!("password")));
    assert_eq!((&listed["isCurrent"], &listed["createdAt"]), (&json!(true), &listed["lastActivityAt"]));
    let stored = app.text_of("SELECT string_agg(s::text, ' ') FROM session s");
    assert!(!stored.contains("Canaryname"), "what a device is called is sealed");
    let long = json!({ "email": NURSE, "password": PASSWORD, "deviceName": "x".repeat(61) });
    login(&app, &long).refused(422, "validation_failed");
}

#[test]
fn one_of_ones_sessions_ends_with_its_streams_and_nobody_elses() {
    let app = TestApp::start();
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva")] {
        let second = second_session(&app, &person);
        let stranger = if person.patient.is_some() { app.patient("Ben") } else { app.staff(Role::Admin) };
        let (base, id) = (format!("{}/sessions", door(&person)), other_of(&person));
        stranger.delete(&format!("{base}/{id}")).refused(404, "not_found");
        person.delete(&format!("{base}/{}", unused_id())).refused(404, "not_found");
        person.delete(&format!("{base}/none")).refused(422, "invalid_id");
        second.get(&base).expect(200);
        person.delete(&format!("{base}/{id}")).expect(204);
        second.get(&base).refused(401, "invalid_token");
        person.delete(&format!("{base}/{id}")).refused(404, "not_found");
        assert_eq!(sessions(&person).len(), 1);
    }
    assert_eq!(audited(&app, "account.sessions.end", "done"), 2);
}

#[test]
fn ending_the_others_leaves_this_one_and_ending_all_leaves_none() {
    let app = TestApp::start();
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva")] {
        let others = [second_session(&app, &person), second_session(&app, &person)];
        let path = format!("{}/sessions", door(&person));
        person.post_empty(&format!("{path}/end-others")).expect(204);
        for other in &others {
            other.get(&path).refused(401, "invalid_token");
        }
        let other = second_session(&app, &person);
        assert_eq!(sessions(&person).len(), 2);
        let gone = person.post_empty(&format!("{path}/end-all"));
        gone.expect(204);
        assert!(gone.header("set-cookie").unwrap().contains("Max-Age=0"), "{gone:?}");
        assert_eq!(gone.header("clear-site-data"), Some("\"cache\""));
        for one in [&person, &other] {
            one.get(&path).refused(401, "invalid_token");
        }
    }
}

#[test]
fn b40_a_session_that_was_ended_from_elsewhere_closes_its_streams() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let second = second_session(&app, &nurse);
    let mut stream = second.events(None);
    stream.expect("ready");
    nurse.post_empty("/api/auth/sessions/end-others").expect(204);
    assert!(stream.ends(std::time::Duration::from_secs(5)));
}

#[test]
fn sessions_rest_as_long_as_the_practice_says() {
    let app = TestApp::start();
    app.sql("UPDATE tenant SET staff_idle_minutes = 5, portal_idle_minutes = 7, mobile_idle_days = 2");
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    assert_eq!(nurse.get("/api/auth/me").expect(200)["session"]["idleMinutes"], 5);
    assert_eq!(ana.get("/api/patient-portal/auth/me").expect(200)["session"]["idleMinutes"], 2 * 24 * 60);
    let browser = json!({ "email": ana.email, "password": PASSWORD });
    let request = app.request("POST", "/api/patient-portal/auth/login").header("X-Tenant-ID", "riverside");
    let signed_in = request.json(&browser).send().expect(200);
    let me = app.request("GET", "/api/patient-portal/auth/me");
    let me = me.bearer(signed_in["accessToken"].as_str().unwrap()).send().expect(200);
    assert_eq!(me["session"]["idleMinutes"], 7);
    app.clock().advance(Duration::minutes(5) + Duration::seconds(1));
    nurse.get("/api/auth/me").refused(401, "session_expired");
    assert_eq!(sessions(&ana).len(), 2);
    app.clock().advance(Duration::minutes(2));
    assert_eq!(sessions(&ana).len(), 1, "a session that rested too long is none");
}

/// What the practice makes shorter holds for what is open: the session at hand as well as one that nobody has in hand.
#[test]
fn a_shorter_rest_acts_on_open_sessions_from_the_next_request_on() {
    let app = TestApp::start();
    let (admin, nurse, on_phone) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let at_browser = in_browser(&app, &on_phone);
    app.clock().advance(Duration::minutes(6));
    assert_eq!(sessions(&on_phone).len(), 3);
    let mut stream = nurse.events(None);
    stream.expect("ready");
    admin.request("GET", "/api/auth/me").header("X-Threadwell-Activity", "user").send().expect(200);
    rest(&admin, (5, 5, 1)).expect(200);
    assert!(stream.ends(std::time::Duration::from_secs(5)));
    for person in [&nurse, &at_browser] {
        person.get(&format!("{}/me", door(person))).refused(401, "session_expired");
        refresh(&app, person).refused(401, "session_expired");
    }
    let phone = || on_phone.get("/api/patient-portal/auth/me").expect(200)["session"]["idleMinutes"].clone();
    assert_eq!((phone(), sessions(&on_phone).len()), (json!(24 * 60), 2), "the browser's is none any more");
    app.clock().advance(Duration::days(1) - Duration::minutes(6) + Duration::seconds(1));
    refresh(&app, &on_phone).refused(401, "session_expired");
}

#[test]
fn a_longer_rest_is_for_sessions_that_begin() {
    let app = TestApp::start();
    let (admin, nurse, on_phone) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let at_browser = in_browser(&app, &on_phone);
    rest(&admin, (60, 60, 90)).expect(200);
    let minutes = |person: &Person| {
        person.get(&format!("{}/me", door(person))).expect(200)["session"]["idleMinutes"].as_i64().unwrap()
    };
    assert_eq!([&nurse, &at_browser, &on_phone].map(minutes), [15, 20, 30 * 24 * 60]);
    assert_eq!(minutes(&second_session(&app, &nurse)), 60);
    assert_eq!(minutes(&second_session(&app, &on_phone)), 90 * 24 * 60);
    rest(&admin, (10, 10, 2)).expect(200);
    assert_eq!([&nurse, &at_browser, &on_phone].map(minutes), [10, 10, 2 * 24 * 60]);
    rest(&admin, (15, 20, 30)).expect(200);
    assert_eq!([&nurse, &at_browser, &on_phone].map(minutes), [15, 20, 30 * 24 * 60], "as they began");
}

/// Another session of a patient, in a browser.
fn in_browser(app: &TestApp, patient: &Person) -> Person {
    let body = json!({ "email": patient.email, "password": PASSWORD });
    let request = app.request("POST", "/api/patient-portal/auth/login").header("X-Tenant-ID", "riverside");
    let signed_in = request.json(&body).send();
    let token = signed_in.expect(200)["accessToken"].as_str().unwrap().to_owned();
    let cookie = signed_in.cookie("__Host-tw_portal").unwrap();
    let refresh_token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    let mut session = second_session(app, patient);
    (session.token, session.refresh_token) = (token, refresh_token);
    session
}

fn refresh(app: &TestApp, person: &Person) -> Answer {
    let body = json!({ "refreshToken": person.refresh_token });
    app.request("POST", &format!("{}/refresh", door(person))).json(&body).send()
}

/// Sets how long sessions of the staff, of browsers and of devices rest.
fn rest(admin: &Person, (staff, portal, mobile): (i64, i64, i64)) -> Answer {
    let mut settings = admin.get("/api/admin/settings").expect(200);
    settings.as_object_mut().unwrap().remove("version");
    settings["staffIdleMinutes"] = json!(staff);
    settings["portalIdleMinutes"] = json!(portal);
    settings["mobileIdleDays"] = json!(mobile);
    admin.put("/api/admin/settings", &settings)
}

#[test]
fn a_push_registration_belongs_to_its_session_and_goes_with_it() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let second = second_session(&app, &ana);
    let path = "/api/patient-portal/devices/push";
    let open = || app.number_of("SELECT count(*) FROM push_registration WHERE removed_at IS NULL");
    for person in [&ana, &second] {
        person.put(path, &json!({ "platform": "ios", "token": "canarytoken-1" })).expect(204);
    }
    ana.put(path, &json!({ "platform": "android", "token": "canarytoken-2" })).expect(204);
    assert_eq!(open(), 2);
    assert!(!app.text_of("SELECT string_agg(p::text, ' ') FROM push_registration p").contains("canarytoken"));
    ana.put(path, &json!({ "platform": "ios", "token": "a b" })).refused(422, "validation_failed");
    ana.delete(path).expect(204);
    assert_eq!(open(), 1);
    ana.post_empty("/api/patient-portal/auth/sessions/end-others").expect(204);
    assert_eq!(open(), 0);
    ana.put(path, &json!({ "platform": "ios", "token": "canarytoken-3" })).expect(204);
    assert_eq!(open(), 1);
    ana.post_empty("/api/patient-portal/auth/logout").expect(204);
    assert_eq!(open(), 0);
    assert_eq!(app.number_of("SELECT count(*) FROM push_registration WHERE token_enc <> ''"), 0);
}

#[test]
fn a_push_registration_goes_with_a_session_that_the_practice_ends() {
    let app = TestApp::start();
    let (admin, ana, ben) = (app.staff(Role::Admin), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let path = "/api/patient-portal/devices/push";
    let registered = || app.number_of("SELECT count(*) FROM push_registration WHERE token_enc <> ''");
    ben.put(path, &json!({ "platform": "ios", "token": "token-of-ben" })).expect(204);
    let account = format!("/api/admin/accounts/{}", ana.id);
    let end = |act: &str| match act {
        "deactivate" => admin.put(&account, &json!({ "isActive": false })).expect(204),
        act => admin.post_empty(&format!("{account}/{act}")).expect(204),
    };
    for act in ["end-sessions", "remove-second-factors", "deactivate"] {
        let session = second_session(&app, &ana);
        session.put(path, &json!({ "platform": "ios", "token": "token-of-ana" })).expect(204);
        assert_eq!(registered(), 2);
        end(act);
        assert_eq!(registered(), 1, "{act}");
    }
    assert_eq!(app.number_of("SELECT count(*) FROM push_registration WHERE removed_at IS NULL"), 1, "Ben's");
}

#[test]
fn one_says_whether_mails_come_and_in_which_language() {
    let app = TestApp::start();
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva")] {
        let path = format!("{}/preferences", door(&person));
        assert_eq!(person.get(&path).expect(200), json!({ "mailEnabled": true, "language": "en" }));
        let wanted = json!({ "mailEnabled": false, "language": "es" });
        person.put(&path, &wanted).expect(204);
        assert_eq!(person.get(&path).expect(200), wanted);
        person
            .put(&path, &json!({ "mailEnabled": true, "language": "tlh" }))
            .refused(422, "validation_failed");
        person.put(&path, &json!({ "mailEnabled": true })).refused(422, "validation_failed");
    }
    assert_eq!(audited(&app, "account.preferences.update", "done"), 2);
}
