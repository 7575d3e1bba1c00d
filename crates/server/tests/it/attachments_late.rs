//! Files of messages that were sent before them, and long lists of files.

use crate::support::{
    DOCUMENT, STAFF, opened, opened_by_patient, send_files, start, unused_id, upload_document, uploads_of,
};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp, Upload};

fn upload_to(person: &Person, message: &str) -> Answer {
    let upload =
        Upload { name: "a.pdf", media_type: "application/pdf", content: &DOCUMENT, message: Some(message) };
    person.upload(&uploads_of(person), &upload)
}

fn first_message(ana: &Person, thread: &str) -> String {
    opened_by_patient(ana, thread)["messages"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn only_a_message_of_the_last_minutes_takes_a_late_file() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    let message = first_message(&ana, &thread);
    app.sql("UPDATE message SET sent_at = sent_at - interval '15 minutes'");
    upload_to(&ana, &message).expect(201);
    app.sql("UPDATE message SET sent_at = sent_at - interval '1 second'");
    let unknown = upload_to(&ana, &unused_id());
    unknown.refused(422, "validation_failed");
    assert_eq!(upload_to(&ana, &message).without_ids(), unknown.without_ids());
    assert_eq!(app.number_of("SELECT max(attachment_count) FROM message"), 1);
}

#[test]
fn a_patients_closed_thread_takes_no_late_file_and_the_staffs_does() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let hers = first_message(&ana, &thread);
    let ours = send_files(&nurse, &thread, &[]).expect(201)["messageId"].as_str().unwrap().to_owned();
    nurse.post(&format!("{STAFF}/threads/{thread}/close"), &json!({})).expect(200);
    let unknown = upload_to(&ana, &unused_id());
    assert_eq!(upload_to(&ana, &hers).without_ids(), unknown.without_ids());
    upload_to(&nurse, &ours).expect(201);
}

#[test]
fn a_late_file_of_a_patient_is_a_change_that_the_staff_have_not_read() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let message = first_message(&ana, &thread);
    nurse.post(&format!("{STAFF}/threads/{thread}/mark-read"), &json!({})).expect(204);
    let facts = || {
        ["is_unread_by_staff::int", "version", "public_version"]
            .map(|column| app.number_of(&format!("SELECT {column} FROM thread WHERE id = '{thread}'")))
    };
    let [unread, version, public] = facts();
    assert_eq!(unread, 0);
    upload_to(&ana, &message).expect(201);
    assert_eq!(facts(), [1, version + 1, public + 1]);
    // A note's file is nothing that the patient could see change.
    let note = json!({ "messageText": "Note.", "isInternalNote": true });
    let noted = nurse.post(&format!("{STAFF}/threads/{thread}/messages"), &note).expect(201);
    let before = facts();
    upload_to(&nurse, noted["messageId"].as_str().unwrap()).expect(201);
    assert_eq!(facts(), before);
}

#[test]
fn of_very_many_files_the_newest_are_listed_oldest_first() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let (old, new) = (upload_document(&ana, "old.pdf"), upload_document(&ana, "new.pdf"));
    send_files(&ana, &thread, &[&old]).expect(201);
    send_files(&ana, &thread, &[&new]).expect(201);
    app.sql(&format!(
        "INSERT INTO attachment (tenant_id, id, patient_id, account_id, thread_id, message_seq, is_internal, kind, \
         state, file_name_enc, key_enc, blob, size_bytes, created_at, claimed_at) \
         SELECT tenant_id, gen_random_uuid(), patient_id, account_id, thread_id, message_seq, is_internal, kind, \
         state, file_name_enc, key_enc, blob, size_bytes, created_at, claimed_at \
         FROM attachment, generate_series(1, 2000) WHERE id = '{old}'"
    ));
    let listed = nurse.get(&format!("{STAFF}/threads/{thread}/attachments")).expect(200);
    let listed = listed["attachments"].as_array().unwrap();
    assert_eq!((listed.len(), listed.last().map(|file| &file["id"])), (2_000, Some(&Value::from(new))));
    assert_eq!(opened(&nurse, &thread)["messages"].as_array().unwrap().len(), 4);
}
