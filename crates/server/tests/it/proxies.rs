//! Accounts that act for others.

use crate::support::{PORTAL, STAFF, opened, opened_by_patient, start, write};
use serde_json::{Value, json};
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{Person, TestApp};

const ACT_FOR: &str = "/api/patient-portal/auth/acting-for";
const ME: &str = "/api/patient-portal/auth/me";

/// Chooses a patient, and goes on with the new token.
fn acting_for(person: &Person, patient: &str) -> Person {
    let chosen = person.post(ACT_FOR, &json!({ "patientId": patient })).expect(200);
    assert_eq!(chosen["actingFor"], json!(patient));
    person.with_token(chosen["accessToken"].as_str().unwrap())
}

#[test]
fn a_guardian_of_two_chooses_first() {
    let app = TestApp::start();
    let riverside = app.riverside();
    let (leo, mia) = (riverside.add_patient("Leo Mendes", "L-1"), riverside.add_patient("Mia Mendes", "M-1"));
    let carla = app.guardian("Carla Mendes", &[leo, mia]);
    for (method, path) in [("GET", "threads"), ("GET", "unread-count")] {
        carla.request(method, &format!("{PORTAL}/{path}")).send().refused(409, "acting_for_required");
    }
    let me = carla.get("/api/patient-portal/auth/me").expect(200);
    assert_eq!((me["patients"].as_array().unwrap().len(), &me["actingFor"]), (2, &Value::Null));
    let for_leo = acting_for(&carla, &leo.to_string());
    let thread = start(&for_leo, "general", "For Leo");
    let for_mia = acting_for(&carla, &mia.to_string());
    for_mia.get(&format!("{PORTAL}/threads/{thread}")).refused(404, "not_found");
    assert_eq!(for_mia.get(&format!("{PORTAL}/threads")).expect(200)["threads"], json!([]));
    let body = json!({ "refreshToken": carla.refresh_token });
    let refreshed = app.request("POST", "/api/patient-portal/auth/refresh").json(&body).send().expect(200);
    let again = carla.with_token(refreshed["accessToken"].as_str().unwrap());
    assert_eq!(again.get("/api/patient-portal/auth/me").expect(200)["actingFor"], json!(mia.to_string()));
    let seen = opened(&app.staff(Role::Nurse), &thread);
    assert_eq!(seen["messages"][0]["senderType"], "patient");
    assert_eq!(
        seen["messages"][0]["sentByProxy"],
        json!({ "fullName": "Carla Mendes", "relationship": "guardian" })
    );
}

#[test]
fn a_confidential_thread_is_not_there_for_a_proxy() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    let carla = app.guardian("Carla Mendes", &[ben.patient.unwrap()]);
    let new = json!({ "subject": "Private", "category": "medical", "messageText": "For me alone", "isConfidential": true });
    let thread =
        ben.post(&format!("{PORTAL}/threads"), &new).expect(201)["threadId"].as_str().unwrap().to_owned();
    carla.get(&format!("{PORTAL}/threads/{thread}")).refused(404, "not_found");
    write(&carla, &thread, "Hello").refused(404, "not_found");
    assert_eq!(carla.get(&format!("{PORTAL}/threads")).expect(200)["threads"], json!([]));
    assert_eq!(carla.get(&format!("{PORTAL}/unread-count")).expect(200)["count"], 0);
    carla.post(&format!("{PORTAL}/threads"), &new).refused(403, "forbidden");
    let open = start(&ben, "general", "Open");
    assert_eq!(opened_by_patient(&carla, &open)["thread"]["subject"], "Open");
    app.staff(Role::Nurse)
        .put(&format!("{STAFF}/threads/{open}"), &json!({ "isConfidential": true }))
        .expect(200);
    carla.get(&format!("{PORTAL}/threads/{open}")).refused(404, "not_found");
}

#[test]
fn a_grant_that_ran_out_or_only_reads_is_one_no_more() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    let thread = start(&ben, "general", "Question");
    let carla = app.riverside().account("Carla Mendes", &[(ben.patient.unwrap(), Relationship::Caregiver)]);
    opened_by_patient(&carla, &thread);
    let scope_of = |person: &Person| person.get(ME).expect(200)["patients"][0]["scope"].clone();
    assert_eq!((scope_of(&ben), scope_of(&carla)), (json!("write"), json!("write")));
    app.sql("UPDATE patient_access SET scope = 0 WHERE relationship <> 0");
    assert_eq!((scope_of(&ben), scope_of(&carla)), (json!("write"), json!("read")));
    opened_by_patient(&carla, &thread);
    write(&carla, &thread, "Hello").refused(403, "forbidden");
    app.sql("UPDATE patient_access SET expires_at = '2026-11-22T08:59:59Z' WHERE relationship <> 0");
    carla.get(&format!("{PORTAL}/threads/{thread}")).refused(401, "invalid_token");
    let body = json!({ "refreshToken": carla.refresh_token });
    let refreshed = app.request("POST", "/api/patient-portal/auth/refresh").json(&body).send().expect(200);
    let carla = carla.with_token(refreshed["accessToken"].as_str().unwrap());
    carla.get(&format!("{PORTAL}/threads/{thread}")).refused(409, "acting_for_required");
    carla.post(ACT_FOR, &json!({ "patientId": ben.patient.unwrap().to_string() })).refused(404, "not_found");
    opened_by_patient(&ben, &thread);
}
