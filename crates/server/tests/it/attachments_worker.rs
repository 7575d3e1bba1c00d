//! What becomes of files behind the scenes, whatever breaks on the way.

use crate::support::{
    DOCUMENT, PORTAL, audited, id_of, opened, send_files, start, upload_document, upload_picture, uploads_of,
};
use chrono::Duration;
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp, Upload, eicar};

/// Where a file stands, by its number: an hour later nobody is signed in to ask.
fn state_of(app: &TestApp, file: &str) -> i64 {
    app.number_of(&format!("SELECT state FROM attachment WHERE id = '{file}'"))
}

const SCANNING: i64 = 2;
const AVAILABLE: i64 = 4;
const REJECTED: i64 = 5;
const FAILED: i64 = 6;

fn infected(person: &Person) -> String {
    let content = [DOCUMENT.as_slice(), b"%", &eicar(), b"\n"].concat();
    let upload = Upload { name: "a.pdf", media_type: "application/pdf", content: &content, message: None };
    id_of(&person.upload(&uploads_of(person), &upload).expect(201))
}

#[test]
fn f16_malware_is_refused_and_its_bytes_are_gone() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let file = infected(&ana);
    let done = app.run_file_worker();
    assert_eq!((done.rejected, done.available), (1, 0));
    let status = ana.get(&format!("{PORTAL}/attachments/{file}/status")).expect(200);
    assert_eq!((&status["state"], &status["refusal"]), (&json!("rejected"), &json!("malware_detected")));
    ana.get(&format!("{PORTAL}/attachments/{file}")).refused(404, "not_found");
    assert_eq!(app.files().count(), 0);
    assert_eq!(audited(&app, "file.rejected", "done"), 1);
    drop(nurse);
}

#[test]
fn f26_a_file_that_is_refused_after_it_was_sent_leaves_its_mark() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let (before, after) = (infected(&ana), infected(&ana));
    send_files(&ana, &thread, &[&before]).expect(201);
    app.run_file_worker();
    send_files(&ana, &thread, &[&after]).expect(201);
    let messages = opened(&nurse, &thread)["messages"].as_array().unwrap().clone();
    let files: Vec<_> = messages.iter().filter_map(|message| message["attachments"].get(0)).collect();
    assert_eq!(files.len(), 2);
    for file in files {
        assert_eq!((&file["state"], &file["refusal"]), (&json!("rejected"), &json!("malware_detected")));
    }
    for file in [&before, &after] {
        nurse.get(&format!("/api/patient-messages/attachments/{file}")).refused(404, "not_found");
    }
    assert_eq!(app.files().count(), 0);
    let named =
        "SELECT count(*) FROM audit_event WHERE action = 'file.rejected' AND cardinality(thread_ids) = 1";
    assert_eq!(app.number_of(named), 1);
}

#[test]
fn files_wait_for_the_scanner_and_then_end_by_themselves() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    app.files().set_scanner_down(true);
    let (clean, bad) = (upload_document(&ana, "a.pdf"), infected(&ana));
    let picture = id_of(&upload_picture(&ana, "a.jpg").expect(201));
    app.run_file_worker();
    ana.get(&format!("{PORTAL}/attachments/{clean}")).refused(409, "not_ready");
    for _ in 0..10 {
        app.run_file_worker();
        app.clock().advance(Duration::minutes(1));
        assert_eq!(state_of(&app, &clean), SCANNING);
    }
    app.files().set_scanner_down(false);
    app.clock().advance(Duration::minutes(3));
    let done = app.run_file_worker();
    assert_eq!((done.available, done.rejected), (2, 1));
    assert_eq!([&clean, &bad, &picture].map(|file| state_of(&app, file)), [AVAILABLE, REJECTED, AVAILABLE]);
    assert!(app.run_file_worker().is_empty());
}

#[test]
fn what_nobody_sends_is_swept_after_a_day() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    let (sent, unsent) = (id_of(&upload_picture(&ana, "a.jpg").expect(201)), upload_document(&ana, "b.pdf"));
    let refused = infected(&ana);
    send_files(&ana, &thread, &[&sent]).expect(201);
    app.run_file_worker();
    assert_eq!(app.files().count(), 3);
    app.clock().advance(Duration::hours(23));
    app.run_file_worker();
    assert_eq!(app.files().count(), 3);
    app.clock().advance(Duration::hours(2));
    let done = app.run_file_worker();
    assert_eq!(done.swept, 2);
    assert_eq!(app.files().count(), 2, "the picture and the small one");
    assert_eq!(app.number_of("SELECT count(*) FROM attachment WHERE state = 7"), 2);
    assert_eq!(app.number_of("SELECT count(*) FROM attachment WHERE due_at IS NOT NULL"), 0);
    assert_eq!(app.verify_files(), []);
    drop((unsent, refused));
}

#[test]
fn an_upload_whose_process_died_is_swept_after_an_hour() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let (first, second) = (upload_document(&ana, "a.pdf"), upload_document(&ana, "b.pdf"));
    // As the rows stand when the process dies while bytes come in, and before it has looked into them.
    app.sql(&format!(
        "UPDATE attachment SET state = CASE WHEN id = '{first}' THEN 0 ELSE 1 END, \
         due_at = created_at + interval '1 hour'"
    ));
    app.run_file_worker();
    assert_eq!(app.files().count(), 2);
    app.clock().advance(Duration::minutes(61));
    let done = app.run_file_worker();
    assert_eq!((done.swept, app.files().count()), (2, 0));
    drop(second);
}

#[test]
fn an_object_that_is_lost_fails_its_file_and_is_tried_again() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let file = upload_document(&ana, "a.pdf");
    app.files().lose_all();
    app.run_file_worker();
    assert_eq!(state_of(&app, &file), FAILED);
    ana.get(&format!("{PORTAL}/attachments/{file}")).refused(409, "not_ready");
    assert!(app.run_file_worker().is_empty());
    app.clock().advance(Duration::minutes(61));
    assert!(!app.run_file_worker().is_empty());
}

/// A worker is killed at each of its calls in turn, before it and after it; the next one goes on.
#[test]
fn a_worker_may_die_at_any_point() {
    for content in ["clean picture", "clean document", "malware", "unsent"] {
        let mut call = 0;
        loop {
            let app = TestApp::start();
            let ana = app.patient("Ana Silva");
            let thread = start(&ana, "medical", "Mole");
            let file = match content {
                "clean picture" | "unsent" => id_of(&upload_picture(&ana, "a.jpg").expect(201)),
                "clean document" => upload_document(&ana, "a.pdf"),
                _ => infected(&ana),
            };
            if content == "unsent" {
                app.run_file_worker();
                app.clock().advance(Duration::hours(25));
            } else {
                send_files(&ana, &thread, &[&file]).expect(201);
            }
            app.files().set_fuse(Some(call));
            app.run_file_worker();
            let died = app.files().set_fuse(None);
            for _ in 0..3 {
                app.let_lease_pass();
                app.run_file_worker();
            }
            let (state, objects) = match content {
                "clean picture" => (4, 2),
                "clean document" => (4, 1),
                "malware" => (5, 0),
                _ => (7, 0),
            };
            let place = format!("{content}, call {call}");
            assert_eq!(app.number_of("SELECT state FROM attachment"), state, "{place}");
            assert_eq!(app.number_of("SELECT sum(cardinality(stale_blobs)) FROM attachment"), 0, "{place}");
            assert_eq!(app.files().count(), objects, "{place}");
            assert_eq!(app.verify_files(), [], "{place}");
            if !died {
                assert!(call > 1, "{content} made no calls");
                break;
            }
            call += 1;
        }
    }
}
