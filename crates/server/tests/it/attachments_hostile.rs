//! Uploads and downloads that no decent client makes.

use crate::support::{
    DOCUMENT, PORTAL, checksum, document_of, id_of, send_files, start, upload_document, upload_picture,
    uploads_of,
};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use threadwell_domain::attachment::ContentRefusal;
use threadwell_testkit::corpus::{self, Fate, Specimen};
use threadwell_testkit::{Answer, Person, TestApp, Upload, raw_exchange};

const MIB: usize = 1024 * 1024;

fn upload(person: &Person, name: &str, media_type: &str, content: &[u8]) -> Answer {
    person.upload(&uploads_of(person), &Upload { name, media_type, content, message: None })
}

/// The head of an upload by hand.
fn head(person: &Person, more: &str) -> String {
    format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: multipart/form-data; boundary=b\r\n{more}\r\n",
        uploads_of(person),
        person.token
    )
}

const PART: &str = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 ";

fn leaves_nothing(app: &TestApp) {
    app.run_file_worker();
    assert_eq!(app.files().count(), 0);
    assert_eq!(app.number_of("SELECT count(*) FROM attachment WHERE state NOT IN (5, 7)"), 0);
}

#[test]
fn f02_a_file_that_is_too_large_is_refused_early_and_leaves_nothing() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let largest = document_of(10 * MIB);
    let id = id_of(&upload(&ana, "a.pdf", "application/pdf", &largest).expect(201));
    ana.delete(&format!("{PORTAL}/attachments/{id}")).expect(204);
    let larger = [largest.as_slice(), b"!"].concat();
    upload(&ana, "a.pdf", "application/pdf", &larger).refused(413, "file_too_large");
    // Announced: refused before anything is read.
    let announced = head(&ana, "Content-Length: 99999999999\r\n");
    let answer = raw_exchange(app.address(), announced.as_bytes()).unwrap();
    answer.refused(413, "file_too_large");
    assert_eq!(answer.header("connection"), Some("close"));
    // Not announced, and without an end.
    let mut stream = TcpStream::connect(app.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(head(&ana, "Transfer-Encoding: chunked\r\n").as_bytes()).unwrap();
    stream.write_all(format!("{:x}\r\n{PART}\r\n", PART.len()).as_bytes()).unwrap();
    let chunk = [b"10000\r\n".as_slice(), &[7; 0x10000], b"\r\n"].concat();
    let started = Instant::now();
    while stream.write_all(&chunk).is_ok() {
        assert!(started.elapsed() < Duration::from_secs(30), "it was never stopped");
        // The server answers at once, and reads on for a moment so that the answer is heard.
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    assert!(answer.is_empty() || String::from_utf8_lossy(&answer).contains("file_too_large"));
    leaves_nothing(&app);
}

#[test]
fn a_part_whose_head_has_no_end_is_malformed_and_no_file_that_is_too_large() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let part = format!("--b\r\nX-Long: {}\r\n\r\n%PDF\r\n--b--\r\n", "x".repeat(2 * MIB));
    let request = format!("{}{part}", head(&ana, &format!("Content-Length: {}\r\n", part.len())));
    raw_exchange(app.address(), request.as_bytes()).unwrap().refused(400, "malformed_request");
    leaves_nothing(&app);
}

#[test]
fn f04_a_trickle_and_a_broken_upload_are_given_up() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let request = format!("{}{PART}", head(&ana, "Content-Length: 100000\r\n"));
    let begin = || {
        let mut stream = TcpStream::connect(app.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    };
    let (mut stalled, mut trickling, broken) = (begin(), begin(), begin());
    drop(broken);
    let started = Instant::now();
    for _ in 0..12 {
        std::thread::sleep(Duration::from_secs(1));
        if trickling.write_all(b"x").is_err() {
            break;
        }
    }
    for stream in [&mut stalled, &mut trickling] {
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.is_empty() || answer.contains("request_timeout"), "{answer}");
    }
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    leaves_nothing(&app);
    assert_eq!(app.number_of("SELECT sum(bytes) FROM upload_usage"), 0, "what never came counts for nothing");
}

#[test]
fn f05_other_kinds_are_refused_by_name() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    for extension in [
        "svg", "html", "htm", "xml", "js", "zip", "exe", "docm", "heic", "tiff", "webp", "doc", "", "jpg.exe",
    ] {
        for media_type in ["image/jpeg", "image/svg+xml", "application/octet-stream"] {
            let answer = upload(&ana, &format!("a.{extension}"), media_type, &DOCUMENT);
            answer.refused(422, "file_type_not_allowed");
        }
    }
    assert_eq!(app.number_of("SELECT count(*) FROM attachment"), 0);
}

#[test]
fn f07_name_declared_type_and_first_bytes_must_agree() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let scene = corpus::pictures::Scene::new(40, 30, 1);
    let png = corpus::pictures::png(&scene, false, &[]);
    let png = png.as_slice();
    for (name, media_type, content) in [
        ("a.jpg", "image/jpeg", png),
        ("a.png", "image/jpeg", png),
        ("a.png", "text/html", png),
        ("a.png", "image/png", DOCUMENT.as_slice()),
        ("a.pdf", "application/pdf", &[]),
        ("a.docx", "application/pdf", b"PK\x03\x04...."),
    ] {
        upload(&ana, name, media_type, content).refused(422, "file_type_mismatch");
    }
    assert_eq!(app.number_of("SELECT count(*) FROM attachment"), 0);
    upload(&ana, "a.png", "application/octet-stream", png).expect(201);
    upload(&ana, "a.PNG", "IMAGE/png", png).expect(201);
}

/// Uploads a specimen and, where it passed, looks at what is handed out; gives what is wrong.
fn complaint(app: &TestApp, person: &Person, specimen: &Specimen) -> Option<String> {
    let answer = upload(person, &specimen.file_name(), specimen.kind.media_type(), &specimen.bytes);
    let refusal = (answer.status == 422).then(|| answer.code());
    let is_right = match specimen.fate {
        Fate::Accepted => answer.status == 201,
        Fate::Refused(why) => refusal.as_deref() == Some(why.name()),
        Fate::Either(why) => answer.status == 201 || refusal.as_deref() == Some(why.name()),
    };
    if !is_right {
        return Some(format!(
            "{}: {:?}, but {} {}",
            specimen.name,
            specimen.fate,
            answer.status,
            answer.text()
        ));
    }
    if answer.status != 201 {
        let is_told = answer.json()["detail"].as_str().is_some_and(|detail| detail.len() > 20);
        return (!is_told).then(|| format!("{}: refused without a word", specimen.name));
    }
    app.run_file_worker();
    let path = format!("{}/{}", uploads_of(person), id_of(&answer.json()));
    let kept: Vec<u8> =
        ["", "/thumbnail"].iter().flat_map(|suffix| person.get(&format!("{path}{suffix}")).body).collect();
    let mut runs =
        specimen.payload.as_deref().filter(|_| specimen.kind.is_picture()).unwrap_or_default().windows(16);
    let left = runs.any(|run| kept.windows(16).any(|part| part == run));
    left.then(|| format!("{}: the payload is handed out", specimen.name))
}

fn check(specimens: &[Specimen], at_least: usize) {
    assert!(specimens.len() >= at_least, "{}", specimens.len());
    let app = TestApp::start();
    let mut complaints = Vec::new();
    // Somebody else now and then: nobody's quota is used up.
    for some in specimens.chunks(20) {
        let ana = app.patient("Ana Silva");
        complaints.extend(some.iter().filter_map(|specimen| complaint(&app, &ana, specimen)));
    }
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), specimens.len(), complaints.join("\n"));
}

#[test]
fn f05_f08_only_five_kinds_pass_and_polyglots_lose_their_second_half() {
    check(&corpus::confused(), 150);
}

#[test]
fn f10_f14_documents_that_act_hide_or_lie_are_refused_in_words() {
    check(&[corpus::pdf::attacks(), corpus::docx::attacks()].concat(), 150);
}

#[test]
fn f11_f13_no_bomb_goes_off() {
    check(&corpus::bombs(), 20);
}

#[test]
fn ordinary_files_of_every_kind_pass() {
    check(&corpus::ordinary(), 50);
}

#[test]
fn a_refusal_is_kept_and_audited_and_leaves_nothing() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let attacks = corpus::pdf::attacks();
    let refused =
        attacks.iter().find(|one| one.fate == Fate::Refused(ContentRefusal::ActiveContent)).unwrap();
    upload(&ana, "a.pdf", "application/pdf", &refused.bytes).refused(422, "active_content");
    assert_eq!(app.number_of("SELECT count(*) FROM attachment WHERE state = 5"), 1);
    let audited = "SELECT count(*) FROM audit_event WHERE action = 'portal.attachment.refuse'";
    assert_eq!(app.number_of(audited), 1);
    leaves_nothing(&app);
}

#[test]
fn f20_a_download_is_never_anything_but_an_attachment() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let file = upload_document(&ana, "a.pdf");
    app.run_file_worker();
    let path = format!("{PORTAL}/attachments/{file}");
    let is_safe = |answer: &Answer| {
        assert!(answer.header("content-disposition").unwrap().starts_with("attachment;"));
        assert!(answer.header("content-security-policy").unwrap().contains("sandbox"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("content-type"), Some("application/pdf"));
        assert_eq!(answer.header("etag"), None);
    };
    let size = DOCUMENT.len();
    for request in [
        ana.request("GET", &path),
        ana.request("GET", &path).header("Accept", "text/html"),
        ana.request("GET", &path).header("Accept-Encoding", "gzip, br"),
        ana.request("GET", &path).header("Range", "bytes=0-3").header("If-Range", "\"x\""),
        ana.request("GET", &path).header("Range", "lines=0-3"),
    ] {
        let answer = request.send();
        assert_eq!((answer.status, &answer.body), (200, &*DOCUMENT), "{}", answer.text());
        assert_eq!(answer.header("content-length"), Some(size.to_string().as_str()));
        is_safe(&answer);
    }
    let head = ana.request("HEAD", &path).send();
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(size.to_string().as_str()));
    is_safe(&head);
    for (range, from, to) in
        [("bytes=0-3", 0, 4), ("bytes=5-", 5, size), ("bytes=-4", size - 4, size), ("bytes=2-9999", 2, size)]
    {
        let part = ana.request("GET", &path).header("Range", range).send();
        assert_eq!((part.status, part.body.as_slice()), (206, &DOCUMENT[from..to]), "{range}");
        assert_eq!(part.header("content-range"), Some(format!("bytes {from}-{}/{size}", to - 1).as_str()));
        is_safe(&part);
    }
    let many = format!("bytes={}", vec!["0-"; 1_000].join(","));
    for range in [many.as_str(), "bytes=9999-", "bytes=9-1", "bytes=-0", "bytes=x"] {
        let refused = ana.request("GET", &path).header("Range", range).send();
        refused.refused(416, "range_not_satisfiable");
        assert_eq!(refused.header("content-range"), Some(format!("bytes */{size}").as_str()));
        assert!(refused.header("content-security-policy").unwrap().contains("sandbox"));
    }
    for query in ["?disposition=inline", "?size=99999", "?format=svg"] {
        ana.get(&format!("{path}{query}")).refused(422, "validation_failed");
        ana.get(&format!("{path}/thumbnail{query}")).refused(422, "validation_failed");
    }
    for suffix in [".html", "/thumbnail.svg", "/inline"] {
        let answer = ana.get(&format!("{path}{suffix}"));
        assert!([404, 422].contains(&answer.status), "{suffix}");
    }
    ana.get(&format!("{path}/thumbnail")).refused(404, "not_found");
}

#[test]
fn a_form_that_is_none_is_refused_and_leaves_nothing() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let path = uploads_of(&ana);
    let file = |rest: &str| format!("{PART}{rest}");
    let part = |name: &str, text: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let end = "\r\n--b--\r\n";
    for (body, statuses) in [
        (String::new(), [400, 422]),
        ("--b--\r\n".to_owned(), [422, 400]),
        ("nonsense".to_owned(), [400, 400]),
        (file(""), [400, 400]),
        (file("\r\n--c--\r\n"), [400, 400]),
        (format!("{}{end}", file(&format!("\r\n{}", file("")))), [422, 422]),
        (format!("{}{}", part("other", "x"), file(end)), [422, 422]),
        (format!("{}{}{}", part("messageId", "x"), part("messageId", "x"), file(end)), [422, 422]),
        (part("messageId", &"x".repeat(1_000)), [422, 400]),
        (file(end).replace("filename=\"a.pdf\"", ""), [422, 422]),
        (file(end).replace("name=\"file\"; ", ""), [400, 422]),
        (file(end).replace("form-data", "attachment"), [400, 422]),
        (format!("--b\r\nX: {}{}", "y".repeat(300_000), file(end)), [400, 413]),
        (format!("--b\r\n{}{}", "X: y\r\n".repeat(10_000), file(end)), [400, 413]),
    ] {
        let answer = ana.request("POST", &path).text("multipart/form-data; boundary=b", &body).send();
        assert!(statuses.contains(&answer.status), "{:.60}: {} {}", body, answer.status, answer.text());
        assert!(!answer.code().is_empty());
    }
    for media_type in ["application/json", "multipart/mixed; boundary=b", "image/jpeg", "text/plain"] {
        let answer = ana.request("POST", &path).text(media_type, &file(end)).send();
        answer.refused(415, "unsupported_media_type");
    }
    for boundary in
        ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\""]
    {
        let answer = ana.request("POST", &path).text(boundary, &file(end)).send();
        assert!([400, 415].contains(&answer.status), "{boundary}: {}", answer.status);
    }
    let gzip = ana.request("POST", &path).header("Content-Encoding", "gzip");
    gzip.text("multipart/form-data; boundary=b", &file(end)).send().refused(415, "unsupported_media_type");
    leaves_nothing(&app);
}

#[test]
fn a_file_that_was_exchanged_in_the_storage_is_not_handed_out() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Mole");
    let file = id_of(&upload_picture(&ana, "a.jpg").expect(201));
    send_files(&ana, &thread, &[&file]).expect(201);
    app.run_file_worker();
    assert_eq!(app.verify_files(), []);
    app.files().damage_all();
    ana.get(&format!("{PORTAL}/attachments/{file}")).refused(503, "dependency_unavailable");
    assert_eq!(app.verify_files().len(), 2);
    app.files().lose_all();
    let before = checksum(&app);
    ana.get(&format!("{PORTAL}/attachments/{file}/thumbnail")).refused(503, "dependency_unavailable");
    assert_eq!(app.verify_files().len(), 2);
    app.files().add_orphan(1);
    assert_eq!(app.verify_files().len(), 3);
    assert_eq!(app.sweep_orphans(), 0, "it is not old enough");
    app.clock().advance(chrono::Duration::hours(25));
    assert_eq!(app.sweep_orphans(), 1);
    assert_eq!(checksum(&app), before);
}
