//! Files and a real clamd: what it knows is refused wherever it hides, and its absence holds up files alone.

use crate::support::{DOCUMENT, PORTAL, audited, id_of, send_files, start, uploads_of};
use chrono::Duration;
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::corpus::{docx::Docx, pdf::Pdf, pictures};
use threadwell_testkit::{ClamdOptions, ClamdServer, Person, TestApp, Upload, eicar};

const AVAILABLE: i64 = 4;
const REJECTED: i64 = 5;

fn upload(person: &Person, name: &str, content: &[u8]) -> String {
    let media_type = "application/octet-stream";
    let upload = Upload { name, media_type, content, message: None };
    id_of(&person.upload(&uploads_of(person), &upload).expect(201))
}

/// The test file in a document's text, in a compressed stream, and in a picture's comment.
fn infected(person: &Person) -> [String; 3] {
    let text = String::from_utf8(eicar()).unwrap();
    let body = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>\
         <w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    let letter = Docx::new().instead("word/document.xml", &body).finish();
    let scan = Pdf::new("", "").stream(6, "/Filter /FlateDecode", &pictures::zlib(&eicar())).finish();
    let comment = pictures::chunk(b"tEXt", &[b"Comment\0".as_slice(), &eicar()].concat());
    let picture = pictures::png(&pictures::Scene::new(60, 40, 1), false, &[comment]);
    [upload(person, "a.docx", &letter), upload(person, "a.pdf", &scan), upload(person, "a.png", &picture)]
}

#[test]
fn f16_what_clamd_knows_is_refused_wherever_it_hides() {
    let clamd = ClamdServer::start(&ClamdOptions::default()).unwrap();
    let app = TestApp::builder().with_clamd(clamd.port()).start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let files = infected(&ana);
    send_files(&ana, &thread, &[&files[0], &files[1], &files[2]]).expect(201);
    let done = app.run_file_worker();
    assert_eq!((done.rejected, done.available, done.put_off), (3, 0, 0));
    for file in &files {
        let status = ana.get(&format!("{PORTAL}/attachments/{file}/status")).expect(200);
        assert_eq!((&status["state"], &status["refusal"]), (&json!("rejected"), &json!("malware_detected")));
        for person in [&ana, &nurse] {
            person.get(&format!("{}/{file}", uploads_of(person))).refused(404, "not_found");
        }
    }
    assert_eq!(app.files().count(), 0);
    assert_eq!(audited(&app, "file.rejected", "done"), 3);
}

#[test]
fn f16_files_wait_for_a_clamd_that_is_off_and_text_does_not() {
    let mut clamd = ClamdServer::start(&ClamdOptions::default()).unwrap();
    let app = TestApp::builder().with_clamd(clamd.port()).start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    clamd.stop();
    let clean = upload(&ana, "clean.pdf", &DOCUMENT);
    let bad = infected(&ana);
    send_files(&ana, &thread, &[&clean, &bad[0]]).expect(201);
    // Ten minutes of trying in vain.
    for _ in 0..10 {
        let done = app.run_file_worker();
        assert_eq!((done.available, done.rejected), (0, 0));
        ana.get(&format!("{PORTAL}/attachments/{clean}")).refused(409, "not_ready");
        app.clock().advance(Duration::minutes(1));
    }
    clamd.start_again().unwrap();
    app.clock().advance(Duration::minutes(3));
    let done = app.run_file_worker();
    assert_eq!((done.available, done.rejected), (1, 3));
    let state = |file: &str| app.number_of(&format!("SELECT state FROM attachment WHERE id = '{file}'"));
    assert_eq!(state(&clean), AVAILABLE);
    assert!(bad.iter().all(|file| state(file) == REJECTED));
    assert!(app.run_file_worker().is_empty(), "each has come to its end once");
    assert_eq!(audited(&app, "file.rejected", "done"), 3);
}
