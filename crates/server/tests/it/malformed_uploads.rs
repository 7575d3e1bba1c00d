//! A thousand forms that are none, made by a generator: none is answered with a failure of the server, none holds it
//! up, none leaves anything behind.

use crate::support::{DOCUMENT, uploads_of};
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const FORMS: usize = 1_000;
const AT_ONCE: usize = 16;
const LONGEST: Duration = Duration::from_secs(30);
const MOST_GROWTH_MIB: u64 = 32;

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// How the body is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Manner {
    /// With its length.
    Whole,
    /// With a length that is too small, too large, or none.
    Lying(isize),
    /// In chunks, the last one missing or not.
    Chunked { has_end: bool, has_bad_size: bool },
    /// The client goes away in the middle.
    Cut,
}

struct Form {
    head: String,
    body: Vec<u8>,
    manner: Manner,
}

/// A form with one to three faults.
fn form(number: usize) -> Form {
    let mut numbers = Numbers(number as u64);
    let boundary = numbers.one_of(&["b", "----x", "'()+_,-./:=?", "b b", "--", "0"]).to_owned();
    let mut declared = format!("multipart/form-data; boundary=\"{boundary}\"");
    let mut body = Vec::new();
    for _ in 0..=numbers.below(3) {
        body.extend(part(&mut numbers, &boundary));
    }
    body.extend_from_slice(numbers.one_of(&["\r\n--", "--", "\r\n-", "\n--", ""]).as_bytes());
    body.extend_from_slice(boundary.as_bytes());
    body.extend_from_slice(numbers.one_of(&["--\r\n", "--", "-", "\r\n", "--\r\ntrailing", ""]).as_bytes());
    match numbers.below(8) {
        0 => declared = "multipart/form-data".to_owned(),
        1 => declared = format!("multipart/form-data; boundary={}", "x".repeat(numbers.below(300))),
        2 => declared = format!("multipart/form-data; boundary=other; boundary=\"{boundary}\""),
        3 => {
            let at = numbers.below(body.len().max(1));
            body.truncate(at);
        }
        4 => {
            let at = numbers.below(body.len().max(1));
            body.insert(at, [0, 13, 10, 45, 255][numbers.below(5)]);
        }
        _ => {}
    }
    let manner = match numbers.below(10) {
        0 => Manner::Lying(-10),
        1 => Manner::Lying(10),
        2 => Manner::Chunked { has_end: true, has_bad_size: false },
        3 => Manner::Chunked { has_end: false, has_bad_size: false },
        4 => Manner::Chunked { has_end: true, has_bad_size: true },
        5 => Manner::Cut,
        _ => Manner::Whole,
    };
    Form { head: format!("Content-Type: {declared}\r\n"), body, manner }
}

fn part(numbers: &mut Numbers, boundary: &str) -> Vec<u8> {
    let mut head = String::new();
    head.push_str(numbers.one_of(&["--", "\r\n--", "-", ""]));
    head.push_str(boundary);
    head.push_str(numbers.one_of(&["\r\n", "\r\n", "\n", "", " \t\r\n"]));
    let name =
        numbers.one_of(&["file", "file", "messageId", "", "other", "file\"; name=\"messageId", "f\u{0}"]);
    let file = numbers.one_of(&[
        "a.pdf",
        "a.jpg",
        "",
        "..",
        "a.pdf\"; filename=\"b.exe",
        "\u{202e}fdp.a",
        "%00.pdf",
    ]);
    let disposition = numbers.one_of(&["form-data", "form-data", "attachment", "", "form-data; form-data"]);
    match numbers.below(8) {
        0 => {}
        1 => writeln!(head, "Content-Disposition: {disposition}").unwrap(),
        2 => write!(head, "Content-Disposition: {disposition}; name={name}\r\n").unwrap(),
        3 => write!(head, "Content-Disposition: {disposition}; name*=utf-8''{name}; filename*=x''%ff\r\n")
            .unwrap(),
        _ => {
            write!(head, "Content-Disposition: {disposition}; name=\"{name}\"; filename=\"{file}\"\r\n")
                .unwrap();
        }
    }
    match numbers.below(12) {
        0 => head.push_str(&"X: y\r\n".repeat(10_000)),
        1 => write!(head, "X: {}\r\n", "y".repeat(100_000)).unwrap(),
        2 => head.push_str("Content-Type: multipart/mixed; boundary=inner\r\n"),
        3 => head.push_str("Content-Type: \r\nContent-Type: application/pdf\r\n"),
        4 => head.push_str("Content-Length: 99999999999\r\n"),
        5 => head.push_str("Content-Transfer-Encoding: base64\r\n"),
        6 => head.push_str(": nothing\r\n folded\r\n"),
        _ => head.push_str("Content-Type: application/pdf\r\n"),
    }
    head.push_str(numbers.one_of(&["\r\n", "\r\n", "\n", ""]));
    let mut bytes = head.into_bytes();
    match numbers.below(6) {
        0 => {}
        1 => bytes.extend(vec![b'-'; numbers.below(200_000)]),
        2 => bytes.extend(format!("\r\n--{boundary}").repeat(numbers.below(2_000)).into_bytes()),
        3 => bytes.extend(b"--inner\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--inner--"),
        _ => bytes.extend_from_slice(&DOCUMENT),
    }
    bytes.extend_from_slice(numbers.one_of(&["\r\n", "", "\n"]).as_bytes());
    bytes
}

/// Sends a form and gives the status of the answer; 0 if the server only closed.
fn send(address: SocketAddr, person: &Person, form: &Form) -> u16 {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(LONGEST + Duration::from_secs(5))).unwrap();
    let length = match form.manner {
        Manner::Chunked { .. } => "Transfer-Encoding: chunked\r\n".to_owned(),
        Manner::Lying(by) => {
            format!("Content-Length: {}\r\n", form.body.len().saturating_add_signed(by))
        }
        Manner::Whole | Manner::Cut => format!("Content-Length: {}\r\n", form.body.len()),
    };
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {}\r\n{}{length}\r\n",
        uploads_of(person),
        person.token,
        form.head
    );
    drop(stream.write_all(head.as_bytes()));
    drop(stream.write_all(&framed(form)));
    if form.manner == Manner::Cut {
        return 0;
    }
    drop(stream.shutdown(Shutdown::Write));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let status =
        answer.split(|byte| *byte == b' ').nth(1).and_then(|status| std::str::from_utf8(status).ok());
    status.and_then(|status| status.parse().ok()).unwrap_or(0)
}

fn framed(form: &Form) -> Vec<u8> {
    let Manner::Chunked { has_end, has_bad_size } = form.manner else {
        let end = if form.manner == Manner::Cut { form.body.len() / 2 } else { form.body.len() };
        return form.body[..end].to_vec();
    };
    let mut bytes = Vec::new();
    for chunk in form.body.chunks(1_000) {
        let size = if has_bad_size { "zz".to_owned() } else { format!("{:x}", chunk.len()) };
        bytes.extend_from_slice(format!("{size}\r\n").as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    if has_end {
        bytes.extend_from_slice(b"0\r\n\r\n");
    }
    bytes
}

/// Sends the first so many forms, some at once.
fn send_all(count: usize, address: SocketAddr, people: [&Person; 2]) {
    let next = AtomicUsize::new(0);
    let send_some = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return;
            }
            let (form, started) = (form(number), Instant::now());
            let status = send(address, people[number % 2], &form);
            assert!(status < 500, "form {number}: {status}");
            assert!(started.elapsed() < LONGEST, "form {number}: {:?}", started.elapsed());
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(send_some))));
}

#[test]
fn d1_a_thousand_malformed_uploads_do_no_harm() {
    let app = TestApp::start();
    let server = app.serve();
    let practice = app.riverside().at(&server);
    let (ana, nurse) = (practice.patient("Ana Silva"), practice.staff(Role::Nurse));
    // The first of them make the room that so many at once take.
    send_all(FORMS / 5, server.address(), [&ana, &nurse]);
    let before = server.peak_mib();
    send_all(FORMS, server.address(), [&ana, &nurse]);
    let growth = server.peak_mib() - before;
    assert!(growth < MOST_GROWTH_MIB, "{growth} MiB");
    let waiting = "SELECT count(*) FROM attachment WHERE state IN (0, 1)";
    let started = Instant::now();
    while app.number_of(waiting) > 0 {
        assert!(started.elapsed() < LONGEST, "{} uploads are held", app.number_of(waiting));
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(app.files().unfinished(), 0);
    let kept = app.number_of("SELECT count(*) FROM attachment WHERE state IN (2, 3, 4)");
    assert!(kept < FORMS as i64 / 10, "{kept} of them passed");
}
