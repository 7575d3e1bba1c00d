//! Whom an invitation makes whom, and what stays ended.

use crate::admin_patients::{add, at};
use crate::invitations::{BORN, PORTAL_AUTH, accept, check};
use crate::support::PORTAL;
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::PatientId;
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{PASSWORD, Person, TestApp};

const GRANTS: &str = "/api/patient-portal/grants";

fn id_of(patient: &str) -> PatientId {
    PatientId::new(patient.parse().unwrap())
}

/// What becomes of the only line of a list of invitations.
fn outcome(admin: &Person, csv: &str) -> Value {
    let body = json!({ "csv": csv, "dryRun": false });
    admin.post("/api/admin/patients/invitations/bulk", &body).expect(200)["rows"][0]["outcome"].clone()
}

#[test]
fn whoever_acts_for_a_patient_is_not_invited_as_the_patient() {
    let app = TestApp::start();
    let (admin, ben) = (app.staff(Role::Admin), app.patient("Ben Okafor"));
    let leo = add(&admin, "Leo Mendes", "L-1", None);
    let carla = app.guardian("Carla Mendes", &[id_of(&leo)]);
    let invite = |email: &str| {
        admin.post(&format!("{}/invitations", at(&leo)), &json!({ "relationship": "self", "email": email }))
    };
    for (email, whose) in [(&carla.email, "the guardian's"), (&ben.email, "another patient's")] {
        admin.put(&at(&leo), &json!({ "email": email })).expect(200);
        let refused = invite(&email.to_uppercase()).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0], json!({ "pointer": "/email", "code": "taken" }), "{whose}");
        assert_eq!(outcome(&admin, "mrn,email\nL-1,\n"), "address_of_another", "{whose}, on file");
        assert_eq!(outcome(&admin, &format!("mrn,email\nL-1,{email}\n")), "address_of_another", "{whose}");
    }
    admin.delete(&format!("{}/grants/{}", at(&leo), carla.id)).expect(204);
    invite(&carla.email).refused(422, "validation_failed");
    invite("leo@example.org").expect(201);
    assert_eq!(app.number_of("SELECT count(*) FROM account_link WHERE purpose = 4"), 1);
}

#[test]
fn an_invitation_of_the_patient_makes_no_patient_of_somebody_else() {
    let app = TestApp::start();
    let riverside = app.riverside();
    let leo = riverside.add_patient_at("Leo Mendes", "leo@example.org", BORN, "en");
    let (carla, ben) = (app.guardian("Carla Mendes", &[leo]), app.patient("Ben Okafor"));
    for email in [&carla.email, &ben.email] {
        app.clock().advance(Duration::seconds(1));
        // As one that was sent before the account was opened.
        riverside.invite(leo, Relationship::Myself, email);
        let token = app.mailed_secret(email);
        accept(&app, &token, &json!({ "password": PASSWORD, "birthDate": BORN }))
            .refused(401, "invalid_token");
    }
    let own = format!("SELECT count(*) FROM patient_access WHERE relationship = 0 AND patient_id = '{leo}'");
    assert_eq!(app.number_of(&own), 0);
    carla.get(&format!("{PORTAL}/threads")).expect(200);
    let patients = carla.get(&format!("{PORTAL_AUTH}/me")).expect(200)["patients"].clone();
    assert_eq!(patients[0]["relationship"], "guardian");
}

#[test]
fn an_invitation_moves_with_the_patients_address() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let ana = add(&admin, "Ana Silva", "A-1", Some("typo@example.org"));
    admin.post(&format!("{}/invitations", at(&ana)), &json!({ "relationship": "self" })).expect(201);
    let wrong = app.mailed_secret("typo@example.org");
    check(&app, PORTAL_AUTH, &wrong).expect(200);
    app.clock().advance(Duration::seconds(1));
    admin.put(&at(&ana), &json!({ "phone": "(555) 010-0101" })).expect(200);
    check(&app, PORTAL_AUTH, &wrong).expect(200);
    admin.put(&at(&ana), &json!({ "email": "ana@example.org" })).expect(200);
    check(&app, PORTAL_AUTH, &wrong).refused(401, "invalid_token");
    let record = admin.get(&at(&ana)).expect(200);
    assert_eq!(
        (&record["access"], &record["invitations"][0]["email"]),
        (&json!("invited"), &json!("ana@example.org"))
    );
    let right = app.mailed_secret("ana@example.org");
    app.clock().advance(Duration::seconds(1));
    admin.put(&at(&ana), &json!({ "email": null })).expect(200);
    check(&app, PORTAL_AUTH, &right).refused(401, "invalid_token");
    assert_eq!(admin.get(&at(&ana)).expect(200)["access"], "none");
}

#[test]
fn what_was_sent_before_a_grant_ended_does_not_bring_it_back() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    let patient = ben.patient.unwrap();
    let carla = app.riverside().account("Carla Mendes", &[(patient, Relationship::Caregiver)]);
    let invite = || {
        app.clock().advance(Duration::minutes(1));
        let body = json!({
            "email": carla.email, "fullName": "Carla Mendes", "relationship": "caregiver", "scope": "read",
        });
        ben.post(GRANTS, &body).expect(201);
        app.clock().advance(Duration::minutes(1));
        app.mailed_secret(&carla.email)
    };
    let take_up = |token: &str| accept(&app, token, &json!({ "password": PASSWORD }));
    let first = invite();
    ben.delete(&format!("{GRANTS}/{}", carla.id)).expect(204);
    assert_eq!(ben.get(GRANTS).expect(200)["pending"], json!([]));
    take_up(&first).refused(401, "invalid_token");
    take_up(&invite()).expect(204);
    let third = invite();
    let again = app.riverside().sign_in_account(
        &carla.email,
        threadwell_domain::AccountId::new(carla.id),
        Some(patient),
    );
    again.delete(&format!("{GRANTS}/mine/{patient}")).expect(204);
    take_up(&third).refused(401, "invalid_token");
    assert_eq!(ben.get(GRANTS).expect(200)["given"], json!([]));
}

#[test]
fn a_grant_that_was_ended_is_none_whatever_the_time_is_at_a_server() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    let carla = app.riverside().account("Carla Mendes", &[(ben.patient.unwrap(), Relationship::Caregiver)]);
    let mut stream = carla.events(None);
    stream.expect("ready");
    // As a server wrote it whose clock goes ahead of this one's.
    app.sql(
        "UPDATE patient_access SET ended_at = '2026-11-22T09:30:00Z', expires_at = '2026-11-22T09:30:00Z' \
         WHERE relationship = 2",
    );
    carla.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");
    assert_eq!(stream.until(|event| event.name == "closing").last().unwrap().data["reason"], "session_ended");
    assert_eq!(ben.get(GRANTS).expect(200)["given"], json!([]));
}

#[test]
fn what_the_command_line_grants_ends_like_any_other() {
    let app = TestApp::start();
    let (admin, ben) = (app.staff(Role::Admin), app.patient("Ben Okafor"));
    let patient = ben.patient.unwrap().to_string();
    let carla = app.riverside().account("Carla Mendes", &[(ben.patient.unwrap(), Relationship::Caregiver)]);
    let account = carla.id.to_string();
    let grant = |patient: &str, relationship: &str| {
        app.command(&[
            "user",
            "grant",
            "--practice",
            "riverside",
            "--account",
            &account,
            "--patient",
            patient,
            "--relationship",
            relationship,
        ])
    };
    let path = format!("{}/grants/{account}", at(&patient));
    admin.delete(&path).expect(204);
    let done = grant(&patient, "caregiver");
    assert!(done.status.success(), "{done:?}");
    carla.get(&format!("{PORTAL}/threads")).expect(200);
    admin.delete(&path).expect(204);
    carla.get(&format!("{PORTAL}/threads")).refused(401, "invalid_token");

    let leo = add(&admin, "Leo Mendes", "L-1", None);
    assert!(grant(&leo, "guardian").status.success());
    let ends = admin.get(&at(&leo)).expect(200)["accounts"][0]["expiresAt"].clone();
    assert_eq!(ends, "2030-05-01T04:00:00.000Z", "with majority");
    admin.put(&at(&leo), &json!({ "birthDate": "1990-01-01" })).expect(200);
    assert!(!grant(&leo, "guardian").status.success(), "nobody is a guardian of an adult");
}
