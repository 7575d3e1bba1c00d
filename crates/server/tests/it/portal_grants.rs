//! Who acts for whom, as patients and proxies see and decide it.

use crate::support::{PORTAL, at_once, audited, opened, opened_by_patient, start, unused_id};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{Answer, Events, Person, TestApp};

const GRANTS: &str = "/api/patient-portal/grants";

fn caregiver_of(app: &TestApp, patient: &Person) -> Person {
    app.riverside().account("Carla Mendes", &[(patient.patient.unwrap(), Relationship::Caregiver)])
}

#[test]
fn a_patient_invites_a_caregiver_and_withdraws_it() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    let body = json!({
        "email": "carla@example.org", "fullName": "Carla Mendes", "relationship": "caregiver", "scope": "read",
    });
    let invited = ben.post(GRANTS, &body).expect(201)["invitationId"].as_str().unwrap().to_owned();
    let grants = ben.get(GRANTS).expect(200);
    assert_eq!((&grants["mine"], &grants["given"]), (&json!([]), &json!([])));
    let pending = &grants["pending"][0];
    assert_eq!((&pending["invitationId"], &pending["email"]), (&json!(invited), &json!("carla@example.org")));
    assert_eq!(
        (&pending["scope"], &pending["expiresAt"]),
        (&json!("read"), &json!("2026-11-29T09:00:00.000Z"))
    );
    app.run_worker();
    let mail = app.mails().into_iter().find(|mail| mail.to == "carla@example.org").unwrap();
    assert!(mail.text.contains("/portal/riverside/invitation#l1.") && !mail.raw.contains("Okafor"));
    assert!(mail.text.contains("read their messages") && !mail.text.contains("write"), "{}", mail.text);
    ben.post(GRANTS, &body).expect(201);
    let pending = ben.get(GRANTS).expect(200)["pending"].clone();
    assert_eq!(pending.as_array().unwrap().len(), 1, "one waits at an address");
    let path = format!("/api/patient-portal/invitations/{}", pending[0]["invitationId"].as_str().unwrap());
    app.patient("Ana Silva").delete(&path).refused(404, "not_found");
    ben.delete(&path).expect(204);
    ben.delete(&path).refused(404, "not_found");
    for (field, value) in [
        ("relationship", "guardian"),
        ("relationship", "self"),
        ("email", "x"),
        ("expiresAt", "2020-01-01T00:00:00Z"),
    ] {
        let mut wrong = body.clone();
        wrong[field] = json!(value);
        ben.post(GRANTS, &wrong).refused(422, "validation_failed");
    }
    // No e-mail gets more than four mails a quarter of an hour.
    let body = json!({
        "email": "dora@example.org", "fullName": "Dora Klein", "relationship": "caregiver", "scope": "read",
    });
    app.sql("UPDATE session SET stepped_up_at = NULL");
    ben.post(GRANTS, &body).refused(401, "step_up_required");
    app.sql("UPDATE session SET stepped_up_at = '2026-11-22T09:00:00Z'; UPDATE tenant SET patients_may_invite = false");
    ben.post(GRANTS, &body).refused(403, "forbidden");
    app.run_worker();
}

#[test]
fn a_proxy_is_seen_ended_by_the_patient_and_leaves_by_itself() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    let carla = caregiver_of(&app, &ben);
    let dora = caregiver_of(&app, &ben);
    let given = ben.get(GRANTS).expect(200)["given"].clone();
    assert_eq!(given.as_array().unwrap().len(), 2);
    assert_eq!((&given[0]["fullName"], &given[0]["isPending"]), (&json!("Carla Mendes"), &json!(false)));
    let hers = carla.get(GRANTS).expect(200);
    assert_eq!((&hers["mine"][0]["fullName"], &hers["given"]), (&json!("Ben Okafor"), &json!([])));
    let body =
        json!({ "email": "x@example.org", "fullName": "X", "relationship": "caregiver", "scope": "read" });
    carla.post(GRANTS, &body).refused(403, "forbidden");
    carla.delete(&format!("{GRANTS}/{}", dora.id)).refused(403, "forbidden");
    ben.delete(&format!("{GRANTS}/{}", ben.id)).refused(404, "not_found");
    app.patient("Ana Silva").delete(&format!("{GRANTS}/{}", carla.id)).refused(404, "not_found");
    let mut stream = carla.events(None);
    stream.expect("ready");
    ben.delete(&format!("{GRANTS}/{}", carla.id)).expect(204);
    carla.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
    let told = stream.until(|event| event.name == "closing");
    assert_eq!(told.last().unwrap().data, json!({ "reason": "session_ended" }));
    let patient = ben.patient.unwrap();
    dora.delete(&format!("{GRANTS}/mine/{}", unused_id())).refused(404, "not_found");
    ben.delete(&format!("{GRANTS}/mine/{patient}")).refused(404, "not_found");
    dora.delete(&format!("{GRANTS}/mine/{patient}")).expect(204);
    dora.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
    assert_eq!(ben.get(GRANTS).expect(200)["given"], json!([]));
    let ended = "SELECT count(*) FROM patient_access WHERE ended_at = expires_at";
    assert_eq!(app.number_of(ended), 2);
}

#[test]
fn a_grant_that_ran_out_is_not_shown() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    caregiver_of(&app, &ben);
    app.sql("UPDATE patient_access SET expires_at = '2026-11-22T09:05:00Z' WHERE relationship = 2");
    assert_eq!(ben.get(GRANTS).expect(200)["given"].as_array().unwrap().len(), 1);
    app.clock().advance(Duration::minutes(5));
    assert_eq!(ben.get(GRANTS).expect(200)["given"], json!([]));
}

#[test]
fn the_patient_alone_shuts_proxies_out_and_they_hear_that_it_is_gone() {
    let app = TestApp::start();
    let (ben, nurse) = (app.patient("Ben Okafor"), app.staff(Role::Nurse));
    let carla = caregiver_of(&app, &ben);
    let thread = start(&ben, "medical", "Private");
    let path = format!("{PORTAL}/threads/{thread}");
    let etag = |person: &Person| person.get(&path).header("etag").unwrap_or_default().to_owned();
    let (mut hers, mut his) = (carla.events(None), ben.events(None));
    hers.expect("ready");
    his.expect("ready");
    let hide = json!({ "isConfidential": true });
    carla.put(&path, &hide).refused(403, "forbidden");
    let before = etag(&ben);
    let request = |version: &str| ben.request("PUT", &path).header("If-Match", version).json(&hide).send();
    request("\"99\"").refused(412, "version_mismatch");
    let hidden = request(&before);
    assert_ne!(hidden.header("etag"), Some(before.as_str()));
    assert_eq!(hidden.expect(200)["isConfidential"], true);
    let told = |events: &mut Events, kind: &str| events.until(|event| event.data["kind"] == kind);
    assert_eq!(told(&mut hers, "gone").last().unwrap().data["threadId"], json!(thread));
    told(&mut his, "fields");
    carla.get(&path).refused(404, "not_found");
    assert_eq!(opened(&nurse, &thread)["thread"]["isConfidential"], true);
    let stays = etag(&ben);
    ben.put(&path, &hide).expect(200);
    assert_eq!(etag(&ben), stays, "the same again changes nothing");
    ben.put(&path, &json!({ "isConfidential": false })).expect(200);
    told(&mut hers, "fields");
    assert_eq!(opened_by_patient(&carla, &thread)["thread"]["isConfidential"], Value::Bool(false));
    app.patient("Ana Silva").put(&path, &hide).refused(404, "not_found");
    ben.put(&path, &json!({ "isConfidential": true, "priority": "urgent" })).refused(422, "unknown_field");
}

fn invite(patient: &Person, name: &str) -> Answer {
    let email = format!("{name}@example.org");
    let body = json!({ "email": email, "fullName": name, "relationship": "caregiver", "scope": "read" });
    patient.post(GRANTS, &body)
}

fn pending(patient: &Person) -> Vec<Value> {
    patient.get(GRANTS).expect(200)["pending"].as_array().unwrap().clone()
}

#[test]
fn ten_invitations_of_a_patient_wait_and_no_more() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    for number in 0..8 {
        invite(&ben, &format!("helper{number}")).expect(201);
    }
    let answers = at_once(6, |number| invite(&ben, &format!("at-once{number}")));
    let sent = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!((sent, pending(&ben).len()), (2, 10));
    answers.iter().filter(|answer| answer.status != 201).for_each(|answer| {
        answer.refused(409, "limit_reached");
    });
    // Who is invited already is invited anew; who is withdrawn makes room.
    invite(&ben, "helper0").expect(201);
    let path =
        format!("/api/patient-portal/invitations/{}", pending(&ben)[0]["invitationId"].as_str().unwrap());
    ben.delete(&path).expect(204);
    invite(&ben, "next").expect(201);
    invite(&app.patient("Ana Silva"), "helper0").expect(201);
    assert_eq!(audited(&app, "portal.grant.invite", "failed"), 4);
}

#[test]
fn a_patient_writes_to_nobody_more_often_than_twenty_times_an_hour() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    for number in 0..16 {
        invite(&ben, &format!("helper{}", number / 4)).expect(201);
    }
    let refused = invite(&ben, "helper0");
    refused.refused(429, "rate_limited");
    assert_eq!(
        refused.header("retry-after"),
        Some("900"),
        "four mails to an address in a quarter of an hour"
    );
    for number in 0..4 {
        invite(&ben, &format!("next{number}")).expect(201);
    }
    let refused = invite(&ben, "last");
    refused.refused(429, "rate_limited");
    assert_eq!(refused.header("retry-after"), Some("3600"));
    assert!(pending(&ben).iter().all(|one| one["email"] != "last@example.org"));
    assert_eq!(audited(&app, "portal.grant.invite", "denied"), 2);
    app.clock().advance(Duration::hours(1));
    let id = threadwell_domain::AccountId::new(ben.id);
    invite(&app.riverside().sign_in_account(&ben.email, id, ben.patient), "last").expect(201);
}
