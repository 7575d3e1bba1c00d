//! Files over HTTP: uploaded, sent, downloaded, and by whom.

use crate::support::{
    DOCUMENT, PICTURE, PICTURE_SIZE, PORTAL, STAFF, at_once, audited, checksum, document_of, id_of,
    note_files, opened, opened_by_patient, send_files, start, unused_id, upload_document, upload_picture,
    uploads_of,
};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp, Upload, corpus};

#[test]
fn a_photograph_goes_from_the_patient_to_the_care_team() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let uploaded = upload_picture(&ana, "mole.JPG").expect(201);
    assert_eq!(uploaded["state"], "scanning");
    assert_eq!(
        (uploaded["filename"].as_str(), uploaded["mimeType"].as_str(), uploaded["hasThumbnail"].as_bool()),
        (Some("mole.JPG"), Some("image/jpeg"), Some(false))
    );
    assert_eq!(uploaded["fileSize"], PICTURE.len());
    let file = id_of(&uploaded);
    send_files(&ana, &thread, &[&file]).expect(201);
    app.run_file_worker();
    let message = opened(&nurse, &thread)["messages"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(message["hasAttachments"], true);
    let seen = &message["attachments"][0];
    assert_eq!((&seen["id"], &seen["state"]), (&json!(file), &json!("available")));
    assert_eq!(
        (&seen["width"], &seen["height"], &seen["hasThumbnail"]),
        (&json!(PICTURE_SIZE.0), &json!(PICTURE_SIZE.1), &json!(true))
    );
    let got = nurse.get(&format!("{STAFF}/attachments/{file}"));
    assert_eq!(got.status, 200, "{}", got.text());
    assert!(got.body.starts_with(b"\xFF\xD8\xFF"));
    for what in [&b"Exif"[..], b"ICC_PROFILE", corpus::photos::CANARY.as_bytes()] {
        assert!(PICTURE.windows(what.len()).any(|part| part == what));
        assert!(!got.body.windows(what.len()).any(|part| part == what), "{}", what.escape_ascii());
    }
    assert!(!app.files().holds(&got.body[..64]), "what is stored is sealed");
    assert_eq!(app.files().count(), 2, "the upload itself is gone");
    let small = ana.get(&format!("{PORTAL}/attachments/{file}/thumbnail"));
    assert_eq!((small.status, small.header("content-type")), (200, Some("image/jpeg")));
    let listed = nurse.get(&format!("{STAFF}/threads/{thread}/attachments")).expect(200);
    assert_eq!(listed["attachments"][0]["id"], json!(file));
    assert_eq!(listed["attachments"][0]["messageId"], message["id"]);
    assert_eq!(listed["attachments"][0]["senderType"], "patient");
    assert_eq!(audited(&app, "portal.attachment.upload", "done"), 1);
    assert_eq!(audited(&app, "attachment.read", "done"), 1);
}

#[test]
fn what_may_be_uploaded_comes_from_the_api() {
    let app = TestApp::start();
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva"), app.staff(Role::Auditor)] {
        let path = uploads_of(&person).replace("/attachments", "/attachment-limits");
        let limits = person.get(&path).expect(200);
        assert_eq!(limits["maxFileBytes"], 10 * 1024 * 1024);
        assert_eq!(limits["maxFilesPerMessage"], 20);
        assert_eq!(limits["kinds"].as_array().unwrap().len(), 5);
        assert_eq!(limits["kinds"][0], json!({ "mimeType": "image/jpeg", "extensions": ["jpg", "jpeg"] }));
    }
}

#[test]
fn a_new_thread_takes_files_along_too() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (theirs, ours) = (upload_document(&ana, "referral.pdf"), upload_document(&nurse, "plan.pdf"));
    let new = json!({ "subject": "S", "category": "medical", "messageText": "T", "attachmentIds": [theirs] });
    let thread =
        ana.post(&format!("{PORTAL}/threads"), &new).expect(201)["threadId"].as_str().unwrap().to_owned();
    assert_eq!(opened(&nurse, &thread)["messages"][0]["attachments"][0]["filename"], "referral.pdf");
    let new = json!({ "patientId": ana.patient.unwrap().to_string(), "subject": "S", "category": "medical",
        "messageText": "T", "attachmentIds": [ours] });
    let thread =
        nurse.post(&format!("{STAFF}/threads"), &new).expect(201)["threadId"].as_str().unwrap().to_owned();
    assert_eq!(opened_by_patient(&ana, &thread)["messages"][0]["attachments"][0]["filename"], "plan.pdf");
}

#[test]
fn a07_nobody_sends_what_somebody_else_uploaded() {
    let app = TestApp::start();
    let (nurse, colleague, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let theirs = [
        upload_document(&colleague, "a.pdf"),
        upload_document(&ana, "b.pdf"),
        upload_document(&app.hillside().staff(Role::Nurse), "c.pdf"),
        unused_id(),
    ];
    let before = checksum(&app);
    let refusals: Vec<_> = theirs
        .iter()
        .map(|file| {
            let answer = send_files(&nurse, &thread, &[file]);
            answer.refused(422, "attachment_not_found");
            note_files(&nurse, &thread, &[file]).refused(422, "attachment_not_found");
            answer.without_ids()
        })
        .collect();
    assert!(refusals.iter().all(|refusal| *refusal == refusals[3]));
    assert_eq!(checksum(&app), before);
}

/// Every way to a file's bytes.
fn ways(person: &Person, file: &str) -> Vec<Answer> {
    let path = format!("{}/{file}", uploads_of(person));
    vec![
        person.get(&path),
        person.request("HEAD", &path).send(),
        person.request("GET", &path).header("Range", "bytes=0-3").send(),
        person.get(&format!("{path}/thumbnail")),
        person.request("HEAD", &format!("{path}/thumbnail")).send(),
        person.get(&format!("{path}/status")),
        person.delete(&path),
    ]
}

#[test]
fn a08_a_file_of_another_practice_is_like_none() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (theirs, dora) = (app.hillside().staff(Role::Nurse), app.hillside().patient("Dora Klein"));
    let thread = start(&dora, "medical", "Theirs");
    let sent = id_of(&upload_picture(&dora, "mole.jpg").expect(201));
    send_files(&dora, &thread, &[&sent]).expect(201);
    let unsent = upload_document(&theirs, "unsent.pdf");
    app.run_file_worker();
    let before = checksum(&app);
    for person in [&nurse, &ana] {
        let none: Vec<_> = ways(person, &unused_id()).iter().map(Answer::without_ids).collect();
        for file in [&sent, &unsent] {
            for (answer, none) in ways(person, file).iter().zip(&none) {
                assert_eq!(answer.status, 404);
                assert_eq!(answer.without_ids(), *none);
            }
        }
    }
    assert_eq!(checksum(&app), before);
}

#[test]
fn a10_a_notes_file_is_as_invisible_as_the_note() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let sent = upload_document(&nurse, "for-ana.pdf");
    send_files(&nurse, &thread, &[&sent]).expect(201);
    app.run_file_worker();
    let views = || -> Vec<_> {
        ["threads", &format!("threads/{thread}"), &format!("threads/{thread}/attachments"), "unread-count"]
            .iter()
            .map(|path| ana.get(&format!("{PORTAL}/{path}")).without_ids())
            .collect()
    };
    let before = views();
    let noted = id_of(&upload_picture(&nurse, "finding.jpg").expect(201));
    note_files(&nurse, &thread, &[&noted]).expect(201);
    app.run_file_worker();
    assert_eq!(views(), before);
    let none: Vec<_> = ways(&ana, &unused_id()).iter().map(Answer::without_ids).collect();
    let hidden: Vec<_> = ways(&ana, &noted).iter().map(Answer::without_ids).collect();
    assert_eq!(hidden, none);
    assert_eq!(nurse.get(&format!("{STAFF}/attachments/{noted}")).status, 200);
    let listed = nurse.get(&format!("{STAFF}/threads/{thread}/attachments")).expect(200);
    assert_eq!(listed["attachments"].as_array().unwrap().len(), 2);
}

#[test]
fn f01_nobody_uploads_without_the_right_token() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let upload = Upload { name: "a.pdf", media_type: "application/pdf", content: &DOCUMENT, message: None };
    for side in [STAFF, PORTAL] {
        let path = format!("{side}/attachments");
        app.request("POST", &path).upload(&upload).send().refused(401, "unauthenticated");
        app.request("POST", &path).bearer("nonsense").upload(&upload).send().refused(401, "invalid_token");
    }
    nurse.upload(&format!("{PORTAL}/attachments"), &upload).refused(401, "invalid_token");
    ana.upload(&format!("{STAFF}/attachments"), &upload).refused(401, "invalid_token");
    app.staff(Role::Auditor).upload(&format!("{STAFF}/attachments"), &upload).refused(403, "forbidden");
    assert_eq!(app.files().count(), 0);
    assert_eq!(app.number_of("SELECT count(*) FROM attachment"), 0);
}

#[test]
fn f17_nothing_leaves_before_it_was_checked() {
    let app = TestApp::start();
    let (nurse, colleague, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let file = id_of(&upload_picture(&ana, "mole.jpg").expect(201));
    let get = |person: &Person| person.get(&format!("{}/{file}", uploads_of(person)));
    get(&nurse).refused(404, "not_found");
    for state in [0, 1, 2, 3, 6] {
        app.sql(&format!("UPDATE attachment SET state = {state}"));
        get(&ana).refused(409, "not_ready");
        get(&nurse).refused(404, "not_found");
    }
    app.sql("UPDATE attachment SET state = 2");
    send_files(&ana, &thread, &[&file]).expect(201);
    for person in [&ana, &nurse, &colleague] {
        let refused = get(person);
        refused.refused(409, "not_ready");
        assert_eq!(refused.header("retry-after"), Some("2"));
        let status = person.get(&format!("{}/{file}/status", uploads_of(person))).expect(200);
        assert_eq!(status["state"], "scanning");
    }
    app.run_file_worker();
    assert_eq!(get(&nurse).status, 200);
}

#[test]
fn f22_what_was_sent_stays_and_what_was_not_goes() {
    let app = TestApp::start();
    let (nurse, colleague, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let theirs = app.hillside().staff(Role::Nurse);
    let thread = start(&ana, "medical", "Mole");
    let (sent, unsent) = (upload_document(&nurse, "sent.pdf"), upload_document(&nurse, "unsent.pdf"));
    send_files(&nurse, &thread, &[&sent]).expect(201);
    let discard = |person: &Person, file: &str| person.delete(&format!("{}/{file}", uploads_of(person)));
    discard(&nurse, &sent).refused(409, "illegal_transition");
    for stranger in [&colleague, &theirs, &ana] {
        discard(stranger, &unsent).refused(404, "not_found");
    }
    app.run_file_worker();
    assert_eq!(app.files().count(), 2);
    discard(&nurse, &unsent).expect(204);
    discard(&nurse, &unsent).refused(404, "not_found");
    app.run_file_worker();
    assert_eq!(app.files().count(), 1);
    assert_eq!(nurse.get(&format!("{STAFF}/attachments/{sent}")).body, *DOCUMENT);
    send_files(&nurse, &thread, &[&unsent]).refused(422, "attachment_not_found");
}

#[test]
fn f23_a_message_and_a_day_have_their_limits() {
    let app = TestApp::builder().with_practice_bytes_a_day(40 * 1024 * 1024).start();
    let (ana, nurse) = (app.patient("Ana Silva"), app.staff(Role::Nurse));
    let thread = start(&ana, "medical", "Mole");
    let files: Vec<_> = (0..21).map(|n| upload_document(&ana, &format!("{n}.pdf"))).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let before = checksum(&app);
    send_files(&ana, &thread, &files).refused(422, "too_many_files");
    assert_eq!(checksum(&app), before);
    let message =
        send_files(&ana, &thread, &files[..20]).expect(201)["messageId"].as_str().unwrap().to_owned();
    let late = Upload {
        name: "late.pdf",
        media_type: "application/pdf",
        content: &DOCUMENT,
        message: Some(&message),
    };
    ana.upload(&uploads_of(&ana), &late).refused(422, "too_many_files");
    app.sql("UPDATE upload_usage SET bytes = 200 * 1024 * 1024 - 100 WHERE owner_kind = 2");
    let refused = upload_picture(&ana, "more.jpg");
    refused.refused(429, "quota_exceeded");
    assert!(refused.header("retry-after").is_some());
    app.sql("UPDATE upload_usage SET bytes = 40 * 1024 * 1024 - 100 WHERE owner_kind = 0");
    upload_picture(&nurse, "more.jpg").refused(429, "quota_exceeded");
    app.clock().advance(chrono::Duration::hours(24));
    let tomorrow = app.patient("Ben Okafor");
    upload_picture(&tomorrow, "more.jpg").expect(201);
}

#[test]
fn an_old_client_sends_first_and_uploads_to_its_own_message() {
    let app = TestApp::start();
    let (nurse, ana, ben) = (app.staff(Role::Nurse), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let thread = start(&ana, "medical", "Mole");
    let mine = opened_by_patient(&ana, &thread)["messages"][0]["id"].as_str().unwrap().to_owned();
    let with = |person: &Person, message: &str| {
        let upload = Upload {
            name: "a.pdf",
            media_type: "application/pdf",
            content: &DOCUMENT,
            message: Some(message),
        };
        person.upload(&uploads_of(person), &upload)
    };
    with(&ana, &mine).expect(201);
    let seen = opened(&nurse, &thread)["messages"][0].clone();
    assert_eq!(
        (&seen["hasAttachments"], &seen["attachments"][0]["filename"]),
        (&json!(true), &json!("a.pdf"))
    );
    let theirs = send_files(&nurse, &thread, &[]).expect(201)["messageId"].as_str().unwrap().to_owned();
    let noted = note_files(&nurse, &thread, &[]).expect(201)["messageId"].as_str().unwrap().to_owned();
    let before = app.number_of("SELECT sum(attachment_count) FROM message");
    let random = with(&ana, &unused_id());
    random.refused(422, "validation_failed");
    for (person, message) in [(&ana, &theirs), (&ana, &noted), (&ben, &mine), (&nurse, &mine)] {
        assert_eq!(with(person, message).without_ids(), random.without_ids());
    }
    with(&ana, "nonsense").refused(422, "validation_failed");
    assert_eq!(app.number_of("SELECT sum(attachment_count) FROM message"), before);
    with(&nurse, &noted).expect(201);
    let listed = ana.get(&format!("{PORTAL}/threads/{thread}/attachments")).expect(200);
    assert_eq!(listed["attachments"].as_array().unwrap().len(), 1);
    app.run_file_worker();
    assert_eq!(app.files().count(), 2, "what was refused is gone");
}

#[test]
fn a_repeated_send_with_files_has_one_effect() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    let file = upload_document(&ana, "a.pdf");
    let path = format!("{PORTAL}/threads/{thread}/messages");
    let send = |files: Value| {
        let body = json!({ "messageText": "See the file.", "attachmentIds": files });
        ana.request("POST", &path).header("Idempotency-Key", "k").json(&body).send()
    };
    let answers = at_once(8, |_| send(json!([file])));
    let sent: Vec<_> = answers.iter().filter(|answer| answer.status == 201).map(Answer::json).collect();
    assert!(!sent.is_empty() && sent.iter().all(|answer| *answer == sent[0]));
    assert_eq!(send(json!([file])).header("idempotent-replayed"), Some("true"));
    send(json!([])).refused(422, "idempotency_key_reused");
    assert_eq!(app.number_of("SELECT count(*) FROM message WHERE attachment_count = 1"), 1);
}

#[test]
fn thirty_two_upload_at_once() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let content = document_of(2 * 1024 * 1024);
    let upload = Upload { name: "a.pdf", media_type: "application/pdf", content: &content, message: None };
    let answers = at_once(32, |_| ana.upload(&uploads_of(&ana), &upload));
    let mut ids: Vec<_> = answers.iter().map(|answer| id_of(&answer.expect(201))).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), app.files().count()), (32, 32));
    app.run_file_worker();
    let got = ana.get(&format!("{PORTAL}/attachments/{}", ids[0]));
    assert!(got.body == content, "{} bytes", got.body.len());
}

#[test]
fn text_goes_on_without_storage_scanner_and_inspector() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    app.files().set_inspector_down(true);
    upload_picture(&ana, "a.jpg").refused(503, "dependency_unavailable");
    app.files().set_inspector_down(false);
    app.files().set_storage_down(true);
    app.files().set_scanner_down(true);
    upload_picture(&ana, "a.jpg").refused(503, "dependency_unavailable");
    send_files(&ana, &thread, &[]).expect(201);
    app.request("GET", "/api/ready").send().expect(200);
    assert_eq!(app.number_of("SELECT count(*) FROM attachment WHERE state <> 7"), 0);
}

#[test]
fn a_repeated_upload_makes_no_second_file() {
    let app = TestApp::start();
    let (ana, nurse) = (app.patient("Ana Silva"), app.staff(Role::Nurse));
    let upload = |person: &Person, name: &str, content: &[u8]| {
        let upload = Upload { name, media_type: "application/pdf", content, message: None };
        person.request("POST", &uploads_of(person)).header("Idempotency-Key", "k").upload(&upload).send()
    };
    let first = id_of(&upload(&ana, "a.pdf", &DOCUMENT).expect(201));
    for _ in 0..3 {
        let again = upload(&ana, "a.pdf", &DOCUMENT);
        assert_eq!(
            (id_of(&again.expect(201)), again.header("idempotent-replayed")),
            (first.clone(), Some("true"))
        );
    }
    for (name, content) in [("b.pdf", DOCUMENT.clone()), ("a.pdf", document_of(5_000))] {
        upload(&ana, name, &content).refused(422, "idempotency_key_reused");
    }
    assert_ne!(id_of(&upload(&nurse, "a.pdf", &DOCUMENT).expect(201)), first, "the key is hers alone");
    let thread = start(&ana, "medical", "Mole");
    send_files(&ana, &thread, &[&first]).expect(201);
    assert_eq!(id_of(&upload(&ana, "a.pdf", &DOCUMENT).expect(201)), first);
    app.run_file_worker();
    assert_eq!(app.files().count(), 2, "what was sent again is gone");
    let counted = "SELECT bytes FROM upload_usage WHERE owner_kind = 2";
    assert_eq!(app.number_of(counted), DOCUMENT.len() as i64, "and counts for nothing");
    ana.request("POST", &uploads_of(&ana))
        .header("Idempotency-Key", "\u{e9}")
        .send()
        .refused(400, "malformed_request");
}
