//! Records of patients, invitations and grants.

use crate::support::{PORTAL, audited, checksum, start, unused_id};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_application::ports::Clock;
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const PATIENTS: &str = "/api/admin/patients";

pub(crate) fn add(admin: &Person, name: &str, mrn: &str, email: Option<&str>) -> String {
    let mut body = json!({ "fullName": name, "mrn": mrn, "birthDate": "2012-05-01" });
    if let Some(email) = email {
        body["email"] = json!(email);
    }
    admin.post(PATIENTS, &body).expect(201)["id"].as_str().unwrap().to_owned()
}

fn found(admin: &Person, search: &str) -> Vec<String> {
    let page = admin.get(&format!("{PATIENTS}?search={search}")).expect(200);
    page["patients"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["fullName"].as_str().unwrap().to_owned())
        .collect()
}

pub(crate) fn at(patient: &str) -> String {
    format!("{PATIENTS}/{patient}")
}

#[test]
fn a_patient_is_added_found_and_read() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let id = add(&admin, "Zoë Ångström", "RD-100-234", Some("Zoe@example.org"));
    let record = admin.get(&at(&id)).expect(200);
    assert_eq!(record["fullName"], "Zoë Ångström");
    assert_eq!(
        (&record["access"], &record["language"], &record["version"]),
        (&json!("none"), &json!("en"), &json!(1))
    );
    assert_eq!((&record["accounts"], &record["invitations"]), (&json!([]), &json!([])));
    for search in ["zoe", "ang", "rd100234", "zoe@EXAMPLE.org"] {
        assert_eq!(found(&admin, search), ["Zoë Ångström"], "{search}");
    }
    assert_eq!(found(&admin, "nobody"), Vec::<String>::new());
    let taken = json!({ "fullName": "Other", "mrn": "rd 100234" });
    let refused = admin.post(PATIENTS, &taken).refused(422, "validation_failed");
    assert_eq!(refused["errors"][0], json!({ "pointer": "/mrn", "code": "taken" }));
    app.hillside().staff(Role::Admin).post(PATIENTS, &taken).expect(201);
    admin.get(&at(&unused_id())).refused(404, "not_found");
    app.hillside().staff(Role::Admin).get(&at(&id)).refused(404, "not_found");
    assert!(audited(&app, "patient.list", "done") >= 5 && audited(&app, "patient.read", "denied") == 2);
}

#[test]
fn dates_addresses_and_languages_are_of_their_form() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let before = checksum(&app);
    for (field, value) in [
        ("birthDate", "2026-11-24"),
        ("birthDate", "2023-02-29"),
        ("birthDate", "1.5.2012"),
        ("email", "nobody"),
        ("language", "english"),
        ("mrn", " "),
        ("fullName", "a\nb"),
        ("phone", ""),
    ] {
        let mut body = json!({ "fullName": "A", "mrn": "1" });
        body[field] = json!(value);
        let refused = admin.post(PATIENTS, &body).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], format!("/{field}"), "{value}");
        assert!(value.trim().is_empty() || !refused.to_string().contains(value), "no answer repeats a value");
    }
    assert_eq!(checksum(&app), before);
}

#[test]
fn a_changed_record_is_found_by_what_it_says_now_alone() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let id = add(&admin, "Ana Silva", "RD-1", Some("ana@example.org"));
    let body =
        json!({ "fullName": "Maria Costa", "mrn": "RD-2", "email": "maria@example.org", "phone": null });
    let changed = admin.request("PUT", &at(&id)).header("If-Match", "\"1\"").json(&body).send().expect(200);
    assert_eq!(
        (&changed["fullName"], &changed["version"], &changed["birthDate"]),
        (&json!("Maria Costa"), &json!(2), &json!("2012-05-01"))
    );
    for stale in ["ana", "silva", "RD-1", "ana@example.org"] {
        assert_eq!(found(&admin, stale), Vec::<String>::new(), "{stale}");
        let hits = nurse.get(&format!("/api/patients?search={stale}"));
        assert!(hits.status != 200 || hits.json()["patients"] == json!([]), "{stale} {}", hits.text());
    }
    for search in ["maria", "cos", "RD-2", "maria@example.org"] {
        assert_eq!(found(&admin, search), ["Maria Costa"], "{search}");
    }
    let again =
        admin.request("PUT", &at(&id)).header("If-Match", "\"1\"").json(&json!({ "mrn": "RD-3" })).send();
    again.refused(412, "version_mismatch");
    add(&admin, "Ben Okafor", "RD-9", None);
    let refused = admin.put(&at(&id), &json!({ "mrn": "rd9" })).refused(422, "validation_failed");
    assert_eq!(refused["errors"][0], json!({ "pointer": "/mrn", "code": "taken" }));
    let back = admin.put(&at(&id), &json!({ "fullName": "Ana Silva" })).expect(200);
    assert_eq!(back["fullName"], "Ana Silva");
    assert_eq!(found(&admin, "silva"), ["Ana Silva"]);
    assert_eq!(found(&admin, "maria"), Vec::<String>::new(), "the e-mail alone is found as a whole");
}

#[test]
fn pages_go_on_where_the_last_one_ended() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    for number in 0..7 {
        add(&admin, &format!("Silva {number}"), &format!("P-{number}"), None);
    }
    add(&admin, "Somebody Else", "E-1", None);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = admin.get(&format!("{PATIENTS}?search=silva&limit=3{cursor}")).expect(200);
        seen.extend(
            page["patients"].as_array().unwrap().iter().map(|one| one["mrn"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["pagination"]["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    seen.sort();
    assert_eq!(seen, (0..7).map(|n| format!("P-{n}")).collect::<Vec<_>>());
    let foreign = app.staff(Role::Admin).get(&format!("{PATIENTS}?search=silva&limit=3{cursor}"));
    foreign.refused(400, "invalid_cursor");
    admin.get(&format!("{PATIENTS}?limit=101")).refused(422, "validation_failed");
}

#[test]
fn a_patient_is_invited_at_the_address_on_file_and_anew_and_no_more() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let id = add(&admin, "Ana Silva", "RD-1", Some("ana@example.org"));
    let invitations = format!("{}/invitations", at(&id));
    let first = admin.post(&invitations, &json!({ "relationship": "self" })).expect(201)["id"].clone();
    assert_eq!(admin.get(&at(&id)).expect(200)["access"], "invited");
    app.run_worker();
    let mail = app.mails().into_iter().find(|mail| mail.to == "ana@example.org").unwrap();
    assert!(
        mail.text.contains("/portal/riverside/invitation#l1.") && !mail.raw.contains("Silva"),
        "{}",
        mail.raw
    );
    let second =
        admin.post(&invitations, &json!({ "relationship": "self", "email": "new@example.org" })).expect(201);
    let record = admin.get(&at(&id)).expect(200);
    assert_eq!(
        record["invitations"].as_array().unwrap().len(),
        1,
        "the new one takes the place of the first"
    );
    assert_eq!(record["invitations"][0]["email"], "new@example.org");
    let first = format!("{invitations}/{}", first.as_str().unwrap());
    admin.delete(&first).refused(404, "not_found");
    let second = format!("{invitations}/{}", second["id"].as_str().unwrap());
    app.hillside().staff(Role::Admin).delete(&second).refused(404, "not_found");
    admin.delete(&second).expect(204);
    assert_eq!(admin.get(&at(&id)).expect(200)["access"], "none");
    app.run_worker();
    assert!(app.mails().iter().all(|mail| mail.to != "new@example.org"), "a withdrawn link is not mailed");
    let bare = add(&admin, "No Mail", "RD-2", None);
    let refused = admin.post(&format!("{}/invitations", at(&bare)), &json!({ "relationship": "self" }));
    assert_eq!(refused.refused(422, "validation_failed")["errors"][0]["pointer"], "/email");
    admin.post(&invitations, &json!({ "relationship": "self" })).expect(201);
    app.clock().advance(Duration::days(7));
    let late = app.riverside();
    let admin = late.staff(Role::Admin);
    assert_eq!(admin.get(&at(&id)).expect(200)["access"], "none", "good for seven days");
    let ana = app.patient("Ana Two");
    let own = format!("{}/invitations", at(&ana.patient.unwrap().to_string()));
    let refused = admin.post(&own, &json!({ "relationship": "self", "email": "x@example.org" }));
    assert_eq!(refused.refused(422, "validation_failed")["errors"][0]["code"], "taken");
}

fn grant_of(admin: &Person, patient: &str, account: &Person) -> Value {
    let record = admin.get(&at(patient)).expect(200);
    let accounts = record["accounts"].as_array().unwrap().clone();
    accounts.into_iter().find(|one| one["accountId"] == json!(account.id)).unwrap_or_default()
}

#[test]
fn a_grant_is_narrowed_ended_and_given_again_at_the_next_request() {
    let app = TestApp::start();
    let (admin, ben) = (app.staff(Role::Admin), app.patient("Ben Okafor"));
    let patient = ben.patient.unwrap();
    let carla = app
        .riverside()
        .account("Carla Mendes", &[(patient, threadwell_domain::access::Relationship::Caregiver)]);
    let grant = format!("{}/grants/{}", at(&patient.to_string()), carla.id);
    let thread = start(&carla, "general", "For Ben");
    admin.put(&grant, &json!({ "scope": "read" })).expect(200);
    carla.get(&format!("{PORTAL}/threads/{thread}")).expect(200);
    let body = json!({ "subject": "Again", "category": "general", "messageText": "Hello" });
    carla.post(&format!("{PORTAL}/threads"), &body).refused(403, "forbidden");
    let end = (app.clock().now() + Duration::minutes(5)).to_rfc3339();
    admin.put(&grant, &json!({ "scope": "write", "expiresAt": end })).expect(200);
    carla.post(&format!("{PORTAL}/threads"), &body).expect(201);
    app.clock().advance(Duration::minutes(5));
    carla.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
    admin.put(&grant, &json!({ "scope": "write" })).expect(200);
    carla.get(&format!("{PORTAL}/threads")).expect(200);
    let mut stream = carla.events(None);
    stream.expect("ready");
    admin.delete(&grant).expect(204);
    carla.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
    let told = stream.until(|event| event.name == "closing");
    assert_eq!(told.last().unwrap().data, json!({ "reason": "session_ended" }));
    assert_eq!(grant_of(&admin, &patient.to_string(), &carla), Value::Null);
    admin.delete(&grant).refused(404, "not_found");
    admin.put(&grant, &json!({ "scope": "read", "expiresAt": null })).expect(200);
    carla.get(&format!("{PORTAL}/threads")).expect(200);
    let passed = (app.clock().now() - Duration::minutes(1)).to_rfc3339();
    admin.put(&grant, &json!({ "scope": "read", "expiresAt": passed })).refused(422, "validation_failed");
    let own = format!("{}/grants/{}", at(&patient.to_string()), ben.id);
    admin.put(&own, &json!({ "scope": "read" })).refused(422, "validation_failed");
    let theirs = app.hillside().staff(Role::Admin);
    theirs.put(&grant, &json!({ "scope": "write" })).refused(404, "not_found");
    theirs.delete(&grant).refused(404, "not_found");
}

#[test]
fn a_guardians_grant_ends_at_majority_which_moves_with_the_birth_date_and_the_age() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let leo = add(&admin, "Leo Mendes", "L-1", None);
    let id = threadwell_domain::PatientId::new(leo.parse().unwrap());
    let carla = app.guardian("Carla Mendes", &[id]);
    let grant = format!("{}/grants/{}", at(&leo), carla.id);
    admin.put(&grant, &json!({ "scope": "write" })).expect(200);
    let ends = || grant_of(&admin, &leo, &carla)["expiresAt"].clone();
    assert_eq!(ends(), "2030-05-01T04:00:00.000Z", "at the practice's midnight");
    admin.put(&at(&leo), &json!({ "birthDate": "2013-05-01" })).expect(200);
    assert_eq!(ends(), "2031-05-01T04:00:00.000Z");
    let invited = json!({ "relationship": "guardian", "email": "other@example.org", "expiresAt": "2040-01-01T00:00:00Z" });
    admin.post(&format!("{}/invitations", at(&leo)), &invited).expect(201);
    let mut settings = admin.get("/api/admin/settings").expect(200);
    settings["majorityAge"] = json!(16);
    settings.as_object_mut().unwrap().remove("version");
    admin.put("/api/admin/settings", &settings).expect(200);
    assert_eq!(ends(), "2029-05-01T04:00:00.000Z");
    let waits = app.text_of("SELECT grant_expires_at AT TIME ZONE 'UTC' FROM account_link WHERE purpose = 5");
    assert_eq!(waits, "2029-05-01 04:00:00");
    admin.put(&grant, &json!({ "scope": "write", "expiresAt": "2028-01-01T00:00:00Z" })).expect(200);
    settings["majorityAge"] = json!(20);
    admin.put("/api/admin/settings", &settings).expect(200);
    assert_eq!(ends(), "2028-01-01T00:00:00.000Z", "a wished end stays");
    admin.put(&at(&leo), &json!({ "birthDate": "1990-01-01" })).expect(200);
    carla.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
    admin.put(&grant, &json!({ "scope": "write" })).refused(422, "validation_failed");
    let refused =
        admin.post(&format!("{}/invitations", at(&leo)), &invited).refused(422, "validation_failed");
    assert_eq!(refused["errors"][0]["pointer"], "/relationship");
    app.run_worker();
}

#[test]
fn an_account_is_closed_helped_and_opened_again() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let account = format!("/api/admin/accounts/{}", ana.id);
    let mut stream = ana.events(None);
    stream.expect("ready");
    admin.put(&account, &json!({ "isActive": false })).expect(204);
    ana.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
    let told = stream.until(|event| event.name == "closing");
    assert_eq!(told.last().unwrap().data, json!({ "reason": "session_ended" }));
    admin.post_empty(&format!("{account}/password-reset")).refused(404, "not_found");
    admin.put(&account, &json!({ "isActive": true })).expect(204);
    let again =
        app.riverside().sign_in_account(&ana.email, threadwell_domain::AccountId::new(ana.id), ana.patient);
    admin.post_empty(&format!("{account}/end-sessions")).expect(204);
    again.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
    admin.post_empty(&format!("{account}/password-reset")).expect(204);
    admin.post_empty(&format!("{account}/remove-second-factors")).expect(204);
    let mails = app.mails_to(&ana.email);
    let mut subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    subjects.sort_unstable();
    let expected = ["Choose a new password", "New sign-in to your account", "Your second factor was removed"];
    assert_eq!(subjects, expected, "the second session was a new device's");
    assert!(mails.iter().any(|mail| mail.text.contains("/portal/riverside/reset-password#l1.")));
    app.hillside().staff(Role::Admin).put(&account, &json!({ "isActive": false })).refused(404, "not_found");
    let closing = |outcome: &str| audited(&app, "portal_account.deactivate", outcome);
    assert_eq!((closing("done"), closing("denied")), (1, 1), "the other practice's try is in its own audit");
}

#[test]
fn many_are_invited_at_once_or_nobody() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let (ana, _) =
        (add(&admin, "Ana Silva", "RD-1", Some("ana@example.org")), add(&admin, "No Mail", "RD-2", None));
    add(&admin, "Invited", "RD-3", Some("three@example.org"));
    let third = found_id(&admin, "RD-3");
    admin.post(&format!("{}/invitations", at(&third)), &json!({ "relationship": "self" })).expect(201);
    let ben = app.patient("Ben Okafor");
    let number =
        admin.get(&at(&ben.patient.unwrap().to_string())).expect(200)["mrn"].as_str().unwrap().to_owned();
    let csv = format!(
        "mrn,email\nrd 1,\nRD-2,\nRD-2,two@example.org\nRD-3,\n\"=1+cmd|' /C calc'!A0\",\n{number},\n"
    );
    let bulk = |csv: &str, dry: bool| {
        admin.post(&format!("{PATIENTS}/invitations/bulk"), &json!({ "csv": csv, "dryRun": dry }))
    };
    let outcomes = |answer: &Value| -> Vec<String> {
        answer["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["outcome"].as_str().unwrap().to_owned())
            .collect()
    };
    let expected =
        ["invite", "no_email", "duplicate", "already_invited", "no_such_patient", "already_has_account"];
    let before = checksum(&app);
    let dry = bulk(&csv, true).expect(200);
    assert_eq!(
        (outcomes(&dry).as_slice(), &dry["invited"]),
        (expected.map(str::to_owned).as_slice(), &json!(0))
    );
    assert_eq!(dry["rows"][0]["line"], 2);
    let broken = bulk(&format!("{csv}RD-9,not an address\n"), false).expect(200);
    assert_eq!((outcomes(&broken)[6].as_str(), &broken["invited"]), ("malformed", &json!(0)));
    assert_eq!(checksum(&app), before, "nobody is invited with a line that cannot be read");
    let done = bulk(&csv, false).expect(200);
    assert_eq!((outcomes(&done), &done["invited"]), (outcomes(&dry), &json!(1)));
    assert_eq!(admin.get(&at(&ana)).expect(200)["access"], "invited");
    for wrong in ["", "name\nAna", "mrn\n", "email,mrn\nx,y"] {
        let refused = bulk(wrong, false).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], "/csv", "{wrong}");
    }
    let many: String = (0..2_001).map(|n| format!("X-{n}\n")).collect();
    bulk(&format!("mrn\n{many}"), true).refused(422, "validation_failed");
    app.run_worker();
}

fn found_id(admin: &Person, mrn: &str) -> String {
    let page = admin.get(&format!("{PATIENTS}?search={mrn}")).expect(200);
    page["patients"][0]["id"].as_str().unwrap().to_owned()
}
