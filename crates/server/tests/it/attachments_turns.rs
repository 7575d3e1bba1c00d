//! Whose turn it is with the worker, when files hang and when nobody wants them.

use crate::support::{DOCUMENT, id_of, send_files, start, upload_document, uploads_of};
use chrono::Duration;
use threadwell_testkit::{Person, TestApp, ThinkingScanner, Upload};

const SCANNING: i64 = 2;
const AVAILABLE: i64 = 4;
const FAILED: i64 = 6;
const SWEPT: i64 = 7;
const MARK: &[u8] = b"%think-about-me";

fn state_of(app: &TestApp, file: &str) -> i64 {
    app.number_of(&format!("SELECT state FROM attachment WHERE id = '{file}'"))
}

fn upload_hanging(person: &Person) -> String {
    let content = [DOCUMENT.as_slice(), MARK, b"\n"].concat();
    let upload = Upload { name: "a.pdf", media_type: "application/pdf", content: &content, message: None };
    id_of(&person.upload(&uploads_of(person), &upload).expect(201))
}

#[test]
fn files_that_hang_hold_up_neither_other_practices_nor_the_end() {
    let scanner = ThinkingScanner::over(MARK);
    let app = TestApp::builder().with_scanner(scanner.clone()).start();
    let (ana, dora) = (app.patient("Ana Silva"), app.hillside().patient("Dora Klein"));
    let hanging: Vec<_> = (0..12).map(|_| upload_hanging(&ana)).collect();
    let other = upload_document(&dora, "a.pdf");
    scanner.set_clock(app.shared_clock());
    // Told to stop, the worker ends what it has in hand and begins nothing more.
    app.run_file_worker_until(&|| scanner.given_up() >= 4);
    assert_eq!((scanner.given_up(), state_of(&app, &other)), (4, SCANNING));
    // The other practice has its turn after one of this one.
    app.run_file_worker_until(&|| scanner.given_up() >= 12);
    assert_eq!((scanner.given_up(), state_of(&app, &other)), (12, AVAILABLE));
    // By and by each waits longer than all of them take together.
    app.run_file_worker();
    assert!(scanner.given_up() < 400, "{}", scanner.given_up());
    assert!(hanging.iter().all(|file| state_of(&app, file) == SCANNING));
    let waits = "SELECT extract(epoch FROM max(due_at) - min(due_at)) FROM attachment WHERE state = 2";
    assert!(app.number_of(waits) < 2 * 3_600);
}

#[test]
fn a_wait_begins_when_the_step_has_ended() {
    let scanner = ThinkingScanner::over(MARK);
    let app = TestApp::builder().with_scanner(scanner.clone()).start();
    upload_hanging(&app.patient("Ana Silva"));
    scanner.set_clock(app.shared_clock());
    let began = threadwell_application::ports::Clock::now(app.clock()).to_rfc3339();
    app.run_file_worker_until(&|| scanner.given_up() >= 1);
    let due = format!("SELECT extract(epoch FROM due_at - '{began}') FROM attachment");
    assert!(app.number_of(&due) >= 62, "{}", app.number_of(&due));
}

#[test]
fn what_nobody_took_is_swept_wherever_it_stands() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    let (lost, sent) = (upload_document(&ana, "lost.pdf"), upload_document(&ana, "sent.pdf"));
    send_files(&ana, &thread, &[&sent]).expect(201);
    app.files().lose_all();
    app.run_file_worker();
    app.files().set_scanner_down(true);
    let waiting = upload_document(&ana, "waiting.pdf");
    app.run_file_worker();
    assert_eq!([&lost, &sent, &waiting].map(|file| state_of(&app, file)), [FAILED, FAILED, SCANNING]);
    // Not even a storage that is away keeps it.
    app.files().set_storage_down(true);
    app.clock().advance(Duration::hours(25));
    app.run_file_worker();
    assert_eq!([&lost, &waiting].map(|file| state_of(&app, file)), [SWEPT, SWEPT]);
    assert_ne!(state_of(&app, &sent), SWEPT);
    app.files().set_storage_down(false);
    app.clock().advance(Duration::hours(1));
    app.run_file_worker();
    assert_eq!(app.files().count(), 0);
}
