//! Server and worker are killed as `kill -9` does, in every state that a file can be in: those that come after bring
//! each file to its end, once.

use crate::support::{DOCUMENT, PORTAL, at_once, document_of, id_of, uploads_of};
use serde_json::json;
use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};
use threadwell_testkit::{Person, Process, TestApp, Upload, corpus, eicar};

const LIMIT: Duration = Duration::from_secs(60);
const MIB: usize = 1024 * 1024;
const SCANNING: i64 = 2;
const PROCESSING: i64 = 3;
const AVAILABLE: i64 = 4;
const REJECTED: i64 = 5;
const SWEPT: i64 = 7;

/// An app whose server is a process, and somebody who is signed in there.
struct Stage {
    app: TestApp,
    server: Process,
    ana: Person,
}

impl Stage {
    fn new() -> Self {
        let app = TestApp::start();
        let server = app.serve();
        let ana = app.riverside().at(&server).patient("Ana Silva");
        Self { app, server, ana }
    }

    fn upload(&self, name: &str, media_type: &str, content: &[u8]) -> String {
        let upload = Upload { name, media_type, content, message: None };
        id_of(&self.ana.upload(&uploads_of(&self.ana), &upload).expect(201))
    }

    fn send(&self, file: &str) {
        let new = json!({ "subject": "Mole", "category": "medical", "messageText": "See.", "attachmentIds": [file] });
        self.ana.post(&format!("{PORTAL}/threads"), &new).expect(201);
    }

    fn state(&self) -> i64 {
        self.app.number_of("SELECT coalesce(max(state), -1) FROM attachment")
    }

    fn in_state(&self, state: i64) {
        self.until(&format!("state {state}"), || self.state() == state);
    }

    fn in_hand(&self, state: i64) {
        let held = format!("SELECT count(*) FROM attachment WHERE state = {state} AND lease_until > now()");
        self.until(&format!("state {state}, held"), || self.app.number_of(&held) == 1);
    }

    fn until(&self, what: &str, happened: impl Fn() -> bool) {
        let started = Instant::now();
        while !happened() {
            assert!(started.elapsed() < LIMIT, "waited for {what} in vain: {}", self.state());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Lets the hold of a killed worker run out, and a time pass for what waits.
    fn let_pass(&self, time: &str) {
        self.app.sql(&format!(
            "UPDATE attachment SET lease_until = now() - interval '1 second', due_at = due_at - interval '{time}', \
             created_at = created_at - interval '{time}'; UPDATE work_due SET due_at = now()"
        ));
        self.app.files().let_pass(Duration::from_secs(2 * 24 * 3_600));
    }

    /// A worker that nobody kills brings everything to its end.
    fn ends(&self, place: &str, state: i64, objects: usize) {
        let worker = self.app.work_with("eicar");
        let open = "SELECT count(*) FROM attachment WHERE due_at <= now() + interval '1 hour' \
                    OR cardinality(stale_blobs) > 0 OR lease_until > now()";
        self.until(&format!("{place} to end"), || self.state() == state && self.app.number_of(open) == 0);
        self.until(&format!("{place} to be tidied"), || self.app.files().count() == objects);
        worker.kill();
        assert_eq!(self.app.verify_files(), [], "{place}");
        let refusals = self.app.number_of("SELECT count(*) FROM audit_event WHERE action = 'file.rejected'");
        assert_eq!(refusals, i64::from(state == REJECTED), "{place}");
    }
}

/// Begins an upload and leaves it open.
fn begin_upload(address: SocketAddr, token: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST {PORTAL}/attachments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 5000000\r\n\
         Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; \
         filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&DOCUMENT).unwrap();
    stream.write_all(&vec![7; MIB]).unwrap();
    stream
}

#[test]
fn a_server_that_is_killed_while_bytes_come_in_leaves_nothing() {
    let stage = Stage::new();
    let upload = begin_upload(stage.server.address(), &stage.ana.token);
    stage.in_state(0);
    stage.until("bytes", || stage.app.files().count() == 1);
    let Stage { app, server, ana } = stage;
    server.kill();
    drop(upload);
    let stage = Stage { server: app.serve(), app, ana };
    assert_eq!(stage.state(), 0);
    stage.let_pass("2 hours");
    stage.ends("reserved", SWEPT, 0);
}

#[test]
fn a_server_that_is_killed_while_it_looks_into_a_file_leaves_nothing() {
    let content = document_of(9 * MIB);
    for attempt in 0.. {
        assert!(attempt < 20, "it was never met at it");
        let Stage { app, server, ana } = Stage::new();
        let upload =
            Upload { name: "a.pdf", media_type: "application/pdf", content: &content, message: None };
        let uploading = ana.request("POST", &uploads_of(&ana)).upload(&upload);
        let sending = thread::spawn(move || drop(std::panic::catch_unwind(|| uploading.send())));
        let stage = Stage { app, server, ana };
        stage.until("the upload to be there", || stage.state() > 0);
        let Stage { app, server, ana } = stage;
        server.kill();
        drop(sending.join());
        let stage = Stage { server: app.serve(), app, ana };
        if stage.state() != 1 {
            continue;
        }
        stage.let_pass("2 hours");
        stage.ends("received", SWEPT, 0);
        return;
    }
}

#[test]
fn a_worker_that_is_killed_while_the_scanner_thinks_is_followed_by_another() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    for (content, state, objects) in [
        (DOCUMENT.clone(), AVAILABLE, 1),
        ([DOCUMENT.as_slice(), b"%", &eicar(), b"\n"].concat(), REJECTED, 0),
    ] {
        let stage = Stage::new();
        let file = stage.upload("a.pdf", "application/pdf", &content);
        stage.send(&file);
        let worker = stage.app.work_with(&silent.local_addr().unwrap().to_string());
        stage.in_hand(SCANNING);
        worker.kill();
        stage.let_pass("0");
        stage.ends("scanning", state, objects);
    }
}

/// Kills a worker when a picture has so many objects; says whether it was still at work on it.
fn is_met_at_the_picture(photo: &[u8], objects: usize) -> bool {
    let stage = Stage::new();
    let file = stage.upload("a.jpg", "image/jpeg", photo);
    stage.send(&file);
    let worker = stage.app.work_with("eicar");
    stage.in_state(PROCESSING);
    let files = stage.app.files();
    stage.until("the picture", || files.count() >= objects || stage.state() == AVAILABLE);
    worker.kill();
    let was_met = stage.state() == PROCESSING;
    stage.let_pass("0");
    stage.ends(&format!("processing, {objects} objects"), AVAILABLE, 2);
    was_met
}

/// A photo of twelve megapixels takes long enough to be met at each step of being written anew.
#[test]
fn a_worker_that_is_killed_while_it_writes_a_picture_anew_is_followed_by_another() {
    let photo = corpus::photos::phone_photo();
    for objects in 1..=3 {
        // A worker that was too fast is one that was killed when it had ended: that must hold too.
        let met = (0..20).any(|_| is_met_at_the_picture(&photo, objects));
        assert!(met, "it was never met with {objects} objects");
    }
}

#[test]
fn a_worker_that_is_killed_when_a_file_has_ended_leaves_the_rest_to_another() {
    let stage = Stage::new();
    let file = stage.upload("a.jpg", "image/jpeg", &corpus::photos::phone_photo());
    stage.send(&file);
    let worker = stage.app.work_with("eicar");
    stage.in_state(AVAILABLE);
    worker.kill();
    stage.let_pass("0");
    stage.ends("available", AVAILABLE, 2);

    let stage = Stage::new();
    stage.upload("a.pdf", "application/pdf", &[DOCUMENT.as_slice(), b"%", &eicar(), b"\n"].concat());
    let worker = stage.app.work_with("eicar");
    stage.in_state(REJECTED);
    worker.kill();
    stage.let_pass("0");
    stage.ends("rejected", REJECTED, 0);

    let stage = Stage::new();
    stage.upload("a.pdf", "application/pdf", &DOCUMENT);
    let worker = stage.app.work_with("eicar");
    stage.in_state(AVAILABLE);
    worker.kill();
    stage.let_pass("25 hours");
    let worker = stage.app.work_with("eicar");
    stage.in_state(SWEPT);
    worker.kill();
    stage.let_pass("0");
    stage.ends("swept", SWEPT, 0);
}

#[test]
fn memory_stays_flat_under_thirty_two_uploads_at_once() {
    let stage = Stage::new();
    let content = document_of(6 * MIB);
    stage.upload("first.pdf", "application/pdf", &content);
    let before = stage.server.peak_mib();
    let upload = Upload { name: "a.pdf", media_type: "application/pdf", content: &content, message: None };
    let answers = at_once(32, |_| stage.ana.upload(&uploads_of(&stage.ana), &upload));
    answers.iter().for_each(|answer| drop(answer.expect(201)));
    let growth = stage.server.peak_mib() - before;
    assert!(growth < 64, "{growth} MiB for 32 files of 6 MiB");
}
