//! What a practice decides about itself.

use crate::support::{STAFF, checksum};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const SETTINGS: &str = "/api/admin/settings";

/// The settings as they can be written again.
pub(crate) fn settings(admin: &Person) -> Value {
    let mut settings = admin.get(SETTINGS).expect(200);
    settings.as_object_mut().unwrap().remove("version");
    settings
}

#[test]
fn settings_are_written_whole_and_show_on_the_practices_page() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let mut wanted = settings(&admin);
    wanted["accent"] = json!("teal");
    wanted["businessHours"] =
        json!([{ "day": 6, "from": "04:00", "to": "04:30" }, { "day": 0, "from": "08:00", "to": "24:00" }]);
    wanted["holidays"] = json!([{ "date": "2026-11-23", "name": "Stocktaking" }]);
    wanted["answerTimes"]["medical"] = json!("2 days");
    wanted["staffIdleMinutes"] = json!(30);
    let put = |version: &str, body: &Value| {
        admin.request("PUT", SETTINGS).header("If-Match", version).json(body).send()
    };
    let written = put("\"1\"", &wanted).expect(200);
    assert_eq!((&written["version"], &written["staffIdleMinutes"]), (&json!(2), &json!(30)));
    assert_eq!(written["businessHours"][0]["day"], 0, "from Monday on");
    put("\"1\"", &wanted).refused(412, "version_mismatch");
    let page = || app.request("GET", "/api/practices/riverside").send().expect(200);
    let shown = page();
    assert_eq!(
        (&shown["accent"], &shown["isOpen"], &shown["identityCheck"]),
        (&json!("teal"), &json!(true), &json!(true))
    );
    assert_eq!(shown["answerTimes"], json!([{ "category": "medical", "text": "2 days" }]));
    assert_eq!(shown["holidays"][0]["name"], "Stocktaking");
    app.clock().advance(Duration::minutes(30));
    assert_eq!(page()["isOpen"], false);
    app.clock().advance(Duration::days(1));
    assert_eq!(page()["isOpen"], false, "a Monday, but a holiday");
    app.clock().advance(Duration::days(7));
    let open = app.request("GET", "/api/practices/riverside").send().expect(200)["isOpen"].clone();
    assert_eq!(open, false, "half past four in the morning");
    app.clock().advance(Duration::hours(4));
    assert_eq!(page()["isOpen"], true);
    let theirs = settings(&app.hillside().staff(Role::Admin));
    assert_eq!(theirs["accent"], "violet");
}

#[test]
fn what_is_not_of_its_form_is_refused_by_its_place() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let good = settings(&admin);
    let before = checksum(&app);
    let hours = |day: u8, from: &str, to: &str| json!({ "day": day, "from": from, "to": to });
    for (field, value, pointer) in [
        ("name", json!(" "), "/name"),
        ("timeZone", json!("Mars/Base"), "/timeZone"),
        ("businessHours", json!([hours(0, "08:00", "08:00")]), "/businessHours/0"),
        ("businessHours", json!([hours(7, "08:00", "09:00")]), "/businessHours/0"),
        ("businessHours", json!([hours(0, "8:00", "09:00")]), "/businessHours/0"),
        (
            "businessHours",
            json!([hours(0, "08:00", "12:00"), hours(0, "11:59", "13:00")]),
            "/businessHours/1",
        ),
        ("holidays", json!([{ "date": "2026-02-30", "name": "No day" }]), "/holidays/0/date"),
        ("staffIdleMinutes", json!(4), "/staffIdleMinutes"),
        ("portalIdleMinutes", json!(61), "/portalIdleMinutes"),
        ("mobileIdleDays", json!(91), "/mobileIdleDays"),
        ("majorityAge", json!(12), "/majorityAge"),
        ("reopenWindowDays", json!(-1), "/reopenWindowDays"),
        ("accent", json!("pink"), "/accent"),
        ("staffAddresses", json!(["10.0.0.0/8", "example.org"]), "/staffAddresses/1"),
        ("answerTimes", json!({ "medical": "x".repeat(101) }), "/answerTimes/medical"),
    ] {
        let mut wanted = good.clone();
        wanted[field] = value;
        let refused = admin.put(SETTINGS, &wanted).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
    }
    let mut missing = good;
    missing.as_object_mut().unwrap().remove("accent");
    admin.put(SETTINGS, &missing).refused(422, "validation_failed");
    assert_eq!(checksum(&app), before);
}

#[test]
fn a_practice_that_demands_a_second_factor_does_so_at_the_next_request() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let mut wanted = settings(&admin);
    wanted["staffMfaRequired"] = json!(true);
    app.sql("UPDATE session SET method = 1 WHERE staff_id IN (SELECT id FROM staff_user WHERE role = 0)");
    admin.put(SETTINGS, &wanted).expect(200);
    nurse.get(&format!("{STAFF}/threads")).refused(401, "mfa_required");
    admin.get(&format!("{STAFF}/threads")).expect(200);
}

#[test]
fn prepared_answers_keep_what_they_said() {
    let app = TestApp::start();
    let (provider, nurse) = (app.staff(Role::Provider), app.staff(Role::Nurse));
    let all = nurse.get("/api/canned-responses").expect(200);
    let id = all["cannedResponses"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/canned-responses/{id}");
    provider.put(&path, &json!({ "responseText": "Another text." })).expect(200);
    let versions = nurse.get(&format!("{path}/versions")).expect(200)["versions"].clone();
    assert_eq!((&versions[0]["version"], &versions[0]["responseText"]), (&json!(2), &json!("Another text.")));
    assert_eq!(versions[0]["writtenByName"], "Somebody provider");
    assert_eq!((&versions[1]["version"], &versions[1]["writtenByName"]), (&json!(1), &Value::Null));
    app.hillside().staff(Role::Nurse).get(&format!("{path}/versions")).refused(404, "not_found");
}
