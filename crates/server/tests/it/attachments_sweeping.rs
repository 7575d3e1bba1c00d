//! Objects that no row names, rows that nobody wants, and what is told of both.

use crate::support::{
    DOCUMENT, PORTAL, id_of, send_files, start, upload_document, upload_picture, uploads_of,
};
use chrono::Duration;
use std::time::{Duration as Time, Instant};
use threadwell_application::files::Finding;
use threadwell_testkit::{TestApp, Upload, eicar};

/// Longer than anybody's clock may be off.
const YEARS: Time = Time::from_secs(10 * 365 * 24 * 3_600);

#[test]
fn more_orphans_than_can_be_believed_are_left_alone() {
    let app = TestApp::start();
    (1..=101).for_each(|name| app.files().add_orphan(name));
    app.clock().advance(Duration::hours(25));
    let refused = app.try_sweep(false);
    assert!(refused.is_refused());
    assert_eq!((refused.seen, refused.orphans, refused.removed, app.files().count()), (101, 101, 0, 101));
    let forced = app.try_sweep(true);
    assert_eq!((forced.is_refused(), forced.removed, app.files().count()), (false, 101, 0));
    (1..=100).for_each(|name| app.files().add_orphan(name));
    app.clock().advance(Duration::hours(25));
    assert_eq!((app.try_sweep(false).removed, app.files().count()), (100, 0));
}

#[test]
fn the_command_line_sweeps_and_asks_before_it_sweeps_much() {
    let app = TestApp::start();
    (1..=101).for_each(|name| app.files().add_orphan(name));
    app.files().let_pass(YEARS);
    let refused = app.command(&["attachments", "sweep"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("--force"), "{said}");
    assert_eq!(app.files().count(), 101);
    let forced = app.command(&["attachments", "sweep", "--force"]);
    assert!(forced.status.success(), "{}", String::from_utf8_lossy(&forced.stderr));
    assert_eq!(app.files().count(), 0);
    app.files().add_orphan(1);
    app.files().let_pass(YEARS);
    assert!(app.command(&["attachments", "sweep"]).status.success());
    assert_eq!(app.files().count(), 0);
}

#[test]
fn a_worker_that_was_just_started_removes_nothing_that_is_whole() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    app.files().add_orphan(1);
    app.files().let_pass(YEARS);
    let sent = upload_document(&ana, "a.pdf");
    send_files(&ana, &thread, &[&sent]).expect(201);
    let worker = app.work_with("eicar");
    let started = Instant::now();
    while app.number_of("SELECT count(*) FROM attachment WHERE state = 2") > 0 {
        assert!(started.elapsed() < Time::from_secs(30), "it does nothing");
        std::thread::sleep(Time::from_millis(20));
    }
    std::thread::sleep(Time::from_secs(3));
    worker.kill();
    assert_eq!(app.files().count(), 2);
}

/// The name of a file's object.
fn name_of(app: &TestApp, file: &str) -> u128 {
    let name = app.text_of(&format!("SELECT encode(blob, 'hex') FROM attachment WHERE id = '{file}'"));
    u128::from_str_radix(&name, 16).unwrap()
}

#[test]
fn an_object_that_comes_after_its_file_was_given_up_is_collected() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    let content = [DOCUMENT.as_slice(), b"%", &eicar(), b"\n"].concat();
    let upload = Upload { name: "a.pdf", media_type: "application/pdf", content: &content, message: None };
    let refused = id_of(&ana.upload(&uploads_of(&ana), &upload).expect(201));
    send_files(&ana, &thread, &[&refused]).expect(201);
    let discarded = upload_document(&ana, "b.pdf");
    ana.delete(&format!("{PORTAL}/attachments/{discarded}")).expect(204);
    app.run_file_worker();
    assert_eq!(app.files().count(), 0);
    [&refused, &discarded].iter().for_each(|file| app.files().add_orphan(name_of(&app, file)));
    assert_eq!(app.verify_files().len(), 2, "they are orphans");
    app.clock().advance(Duration::hours(25));
    assert_eq!((app.sweep_orphans(), app.files().count()), (2, 0));
}

#[test]
fn what_was_swept_has_neither_name_nor_key() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let discarded = upload_document(&ana, "discarded.pdf");
    ana.delete(&format!("{PORTAL}/attachments/{discarded}")).expect(204);
    upload_picture(&ana, "forgotten.jpg").expect(201);
    app.run_file_worker();
    app.clock().advance(Duration::hours(25));
    app.run_file_worker();
    let blank = "SELECT count(*) FROM attachment WHERE state = 7 AND octet_length(file_name_enc) = 0 \
                 AND octet_length(key_enc) = 0 AND due_at IS NULL AND stale_blobs = '{}'";
    assert_eq!(app.number_of(blank), 2);
    assert_eq!((app.files().count(), app.verify_files()), (0, Vec::new()));
}

#[test]
fn an_upload_that_never_ended_counts_for_nothing_once_it_is_swept() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let files = ["a.pdf", "b.pdf", "c.pdf"].map(|name| upload_document(&ana, name));
    let counted = || app.number_of("SELECT sum(bytes) FROM upload_usage");
    let size = i64::try_from(DOCUMENT.len()).unwrap();
    assert_eq!(counted(), 2 * 3 * size, "for her and for the practice");
    app.sql(&format!(
        "UPDATE attachment SET state = CASE WHEN id = '{}' THEN 0 ELSE 1 END, \
         due_at = created_at + interval '1 hour' WHERE id <> '{}'",
        files[0], files[2]
    ));
    app.clock().advance(Duration::minutes(61));
    app.run_file_worker();
    assert_eq!(counted(), 2 * size);
    // What was here for a day was an upload of its day.
    app.clock().advance(Duration::hours(25));
    assert_eq!(app.run_file_worker().swept, 1);
    assert_eq!(counted(), 2 * size);
}

#[test]
fn what_is_swept_while_everything_is_verified_is_not_missing() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let mut files = ["a.pdf", "b.pdf"].map(|name| upload_document(&ana, name));
    files.sort();
    let [first, second] = files;
    app.run_file_worker();
    app.files().damage_all();
    let mut told = Vec::new();
    app.verify_files_and(&mut |finding| {
        if let Finding::Broken { file, .. } = &finding {
            told.push(file.to_string());
        } else {
            told.push(format!("{finding:?}"));
        }
        // Its row was read before, and its object is looked for next.
        ana.delete(&format!("{PORTAL}/attachments/{second}")).expect(204);
        app.run_file_worker();
    });
    assert_eq!(told, [first]);
}
