//! What a refusal costs, what is said of it, and what the audit knows of files.

use crate::support::{
    DOCUMENT, PORTAL, STAFF, audited, id_of, send_files, start, unused_id, upload_document, upload_picture,
    uploads_of,
};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use threadwell_domain::access::Role;
use threadwell_domain::attachment::ContentRefusal;
use threadwell_testkit::corpus::{self, Fate};
use threadwell_testkit::{Person, TestApp, Upload, eicar};

fn active() -> Vec<u8> {
    let attacks = corpus::pdf::attacks().into_iter();
    attacks
        .filter(|one| one.fate == Fate::Refused(ContentRefusal::ActiveContent))
        .map(|one| one.bytes)
        .next()
        .unwrap()
}

fn upload<'a>(content: &'a [u8], message: Option<&'a str>) -> Upload<'a> {
    Upload { name: "a.pdf", media_type: "application/pdf", content, message }
}

#[test]
fn what_was_looked_into_and_refused_counts_against_the_quota() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let counted = || app.number_of("SELECT sum(bytes) FROM upload_usage WHERE owner_kind = 2");
    let refused = active();
    ana.upload(&uploads_of(&ana), &upload(&refused, None)).refused(422, "active_content");
    let mut expected = i64::try_from(refused.len()).unwrap();
    assert_eq!(counted(), expected);
    let wrong = unused_id();
    ana.upload(&uploads_of(&ana), &upload(&DOCUMENT, Some(&wrong))).refused(422, "validation_failed");
    expected += i64::try_from(DOCUMENT.len()).unwrap();
    assert_eq!(counted(), expected);
    // What failed for a reason of ours counts for nothing.
    app.files().set_inspector_down(true);
    ana.upload(&uploads_of(&ana), &upload(&DOCUMENT, None)).refused(503, "dependency_unavailable");
    assert_eq!(counted(), expected);
}

/// Sends a head and then a little every now and then; the answer.
fn trickle(app: &TestApp, person: &Person, part: &str) -> String {
    let mut stream = TcpStream::connect(app.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Length: 5000000\r\n\
         Content-Type: multipart/form-data; boundary=b\r\n\r\n{part}",
        uploads_of(person),
        person.token
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut other = stream.try_clone().unwrap();
    let sending = std::thread::spawn(move || {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(10) && other.write_all(&[7; 2_048]).is_ok() {
            std::thread::sleep(Duration::from_millis(250));
        }
    });
    let mut answer = Vec::new();
    let mut piece = [0; 4_096];
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..count]);
    }
    sending.join().unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_refusal_keeps_its_reason_however_slowly_the_rest_comes() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.exe\"\r\n\r\n";
    let answer = trickle(&app, &ana, part);
    assert!(answer.contains("422") && answer.contains("file_type_not_allowed"), "{answer}");
}

#[test]
fn the_audit_says_which_file() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Mole");
    let named = |action: &str, file: &str| {
        app.number_of(&format!(
            "SELECT count(*) FROM audit_event WHERE action = '{action}' AND attachment_ids = ARRAY['{file}']::uuid[]"
        ))
    };
    let picture = id_of(&upload_picture(&ana, "a.jpg").expect(201));
    let (other, discarded) = (upload_document(&ana, "b.pdf"), upload_document(&ana, "c.pdf"));
    send_files(&ana, &thread, &[&picture]).expect(201);
    app.run_file_worker();
    assert_eq!(nurse.get(&format!("{STAFF}/attachments/{picture}")).status, 200);
    assert_eq!(ana.get(&format!("{PORTAL}/attachments/{picture}/thumbnail")).status, 200);
    ana.delete(&format!("{PORTAL}/attachments/{discarded}")).expect(204);
    assert_eq!((named("attachment.read", &picture), audited(&app, "attachment.read", "done")), (1, 1));
    assert_eq!(named("portal.attachment.read", &picture), 1);
    assert_eq!(named("portal.message.send", &picture), 1);
    assert_eq!(named("portal.attachment.discard", &discarded), 1);
    for file in [&picture, &other, &discarded] {
        assert_eq!(named("portal.attachment.upload", file), 1);
    }
    ana.upload(&uploads_of(&ana), &upload(&active(), None)).refused(422, "active_content");
    let refused = app.text_of("SELECT id FROM attachment WHERE state = 5");
    assert_eq!(named("portal.attachment.refuse", &refused), 1);
    let content = [DOCUMENT.as_slice(), b"%", &eicar(), b"\n"].concat();
    let infected = id_of(&ana.upload(&uploads_of(&ana), &upload(&content, None)).expect(201));
    app.run_file_worker();
    app.clock().advance(chrono::Duration::hours(25));
    app.run_file_worker();
    assert_eq!((named("file.rejected", &infected), named("file.swept", &infected)), (1, 1));
    assert_eq!(named("file.swept", &other), 1);
}
