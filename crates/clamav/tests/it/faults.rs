//! Whatever is wrong on the other side, the scanner is unavailable: never is a file clean by it.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use bytes::Bytes;
use threadwell_application::ports::{MalwareScanner, ScanFailure, StorageFailure};
use threadwell_clamav::{ClamdAddress, ClamdScanner, ClamdSettings};
use threadwell_domain::attachment::MAX_FILE_BYTES;

use crate::{
    content,
    files::noise,
    is_clean, is_malware, over_tcp,
    standin::{Listens, StandIn, Then, deaf},
    why_unavailable,
};

/// For an other side that never comes to an end.
const LIMIT: Duration = Duration::from_millis(300);

fn impatient(port: u16) -> ClamdScanner {
    let settings = ClamdSettings { connect_timeout: LIMIT, scan_timeout: LIMIT, ..over_tcp(port) };
    ClamdScanner::new(settings).unwrap()
}

/// Why no file, small or large, got a verdict.
async fn outcomes(listens: Listens, then: Then) -> [String; 2] {
    let stand_in = StandIn::start(listens, then.clone()).await;
    let scanner = match then {
        Then::SaysAndHangs(_) | Then::Drips(_) => impatient(stand_in.port),
        _ => ClamdScanner::new(over_tcp(stand_in.port)).unwrap(),
    };
    let mut reasons = [String::new(), String::new()];
    for (reason, length) in reasons.iter_mut().zip([100, MAX_FILE_BYTES]) {
        let file = vec![b'a'; usize::try_from(length).unwrap()];
        let started = Instant::now();
        let outcome = scanner.scan(content::whole(&file)).await;
        assert!(started.elapsed() < Duration::from_secs(10), "{listens:?} {then:?}: {:?}", started.elapsed());
        assert!(why_unavailable(&outcome).is_some(), "{listens:?} {then:?}: {outcome:?}");
        *reason = why_unavailable(&outcome).unwrap();
    }
    assert!(why_unavailable(&scanner.ready().await).is_some(), "{listens:?} {then:?}");
    reasons
}

#[tokio::test]
async fn a_stand_in_that_is_well_gets_files_through() {
    for (answer, is_expected) in
        [("stream: OK\0", is_clean as fn(&_) -> bool), ("stream: X FOUND\0", is_malware)]
    {
        let mut stand_in = StandIn::start(Listens::ToTheEnd, Then::says(answer)).await;
        let scanner = ClamdScanner::new(over_tcp(stand_in.port)).unwrap();
        for length in [0, 100, 10 << 20] {
            assert!(is_expected(&scanner.scan(content::whole(&noise(length))).await), "{answer}: {length}");
            assert_eq!(stand_in.ends.recv().await, Some(true));
        }
    }
    let stand_in = StandIn::start(Listens::ToTheCommand, Then::says("PONG\0")).await;
    impatient(stand_in.port).ready().await.unwrap();
}

#[tokio::test]
async fn nobody_there() {
    let port = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let outcome = impatient(port).scan(content::whole(b"a letter")).await;
    assert_eq!(why_unavailable(&outcome).as_deref(), Some("no connection to clamd"));
}

#[tokio::test]
async fn no_such_host() {
    let address = ClamdAddress::Tcp { host: "clamd.invalid".to_owned(), port: 3310 };
    let settings = ClamdSettings { connect_timeout: LIMIT, ..ClamdSettings::new(address) };
    let outcome = ClamdScanner::new(settings).unwrap().scan(content::whole(b"a letter")).await;
    assert_eq!(why_unavailable(&outcome).as_deref(), Some("no connection to clamd"));
}

#[tokio::test]
async fn silence() {
    for listens in [Listens::Never, Listens::ToTheCommand, Listens::ToTheEnd] {
        let reasons = outcomes(listens, Then::SaysAndHangs(Vec::new())).await;
        assert_eq!(reasons, ["clamd took too long"; 2], "{listens:?}");
    }
}

#[tokio::test]
async fn hanging_up() {
    for listens in [Listens::Never, Listens::ToTheCommand, Listens::ToTheEnd] {
        outcomes(listens, Then::says("")).await;
        outcomes(listens, Then::SaysAndResets(Vec::new())).await;
    }
}

#[tokio::test]
async fn half_an_answer() {
    for answer in ["s", "stream: ", "stream: O", "stream: OK", "stream: Eicar", "stream: Eicar FOUND"] {
        let reasons = outcomes(Listens::ToTheEnd, Then::says(answer)).await;
        assert_eq!(reasons, ["the answer is not clamd's"; 2], "{answer}");
        outcomes(Listens::ToTheEnd, Then::SaysAndHangs(answer.as_bytes().to_vec())).await;
    }
    outcomes(Listens::ToTheEnd, Then::SaysAndResets(b"stream: O".to_vec())).await;
}

#[tokio::test]
async fn nonsense() {
    for answer in [
        "\0",
        "OK\0",
        "stream: OK\n",
        "stream: OK\0\0",
        "stream: OK\0stream: Eicar FOUND\0",
        "220 mail.example ESMTP\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "UNKNOWN COMMAND\0",
        "\u{1}\u{2}\u{3}\u{fffd}",
    ] {
        let reasons = outcomes(Listens::ToTheEnd, Then::says(answer)).await;
        assert_eq!(reasons, ["the answer is not clamd's"; 2], "{answer:?}");
    }
}

#[tokio::test]
async fn errors_of_its_own() {
    let reasons =
        outcomes(Listens::ToTheEnd, Then::says("stream: Can't create temporary file ERROR\0")).await;
    assert_eq!(reasons, ["clamd reports: stream: Can't create temporary file"; 2]);
}

#[tokio::test]
async fn an_answer_without_end() {
    for listens in [Listens::ToTheCommand, Listens::ToTheEnd] {
        outcomes(listens, Then::NeverStops).await;
    }
}

#[tokio::test]
async fn an_answer_that_never_hurries() {
    outcomes(Listens::ToTheEnd, Then::Drips(b"stream: OK\0".to_vec())).await;
}

#[tokio::test]
async fn a_clean_bill_before_the_end_of_the_file() {
    let stand_in = StandIn::start(Listens::ToTheCommand, Then::says("stream: OK\0")).await;
    let scanner = ClamdScanner::new(over_tcp(stand_in.port)).unwrap();
    let outcome = scanner.scan(content::stalled(&noise(100_000))).await;
    let why = why_unavailable(&outcome);
    // What it did not read makes its machine break the connection, sometimes before we have read the answer.
    let known = ["clamd answered before the end of the file", "the connection to clamd was lost"];
    assert!(why.as_deref().is_some_and(|why| known.contains(&why)), "{outcome:?}");
}

#[tokio::test]
async fn a_clean_bill_before_the_end_of_the_file_from_one_that_listens_on() {
    let answer = b"stream: OK\0".to_vec();
    let stand_in = StandIn::start(Listens::ToTheCommand, Then::SaysAndShuts(answer)).await;
    let scanner = ClamdScanner::new(over_tcp(stand_in.port)).unwrap();
    let outcome = scanner.scan(content::stalled(&noise(100_000))).await;
    let why = why_unavailable(&outcome);
    assert_eq!(why.as_deref(), Some("clamd answered before the end of the file"), "{outcome:?}");
}

#[tokio::test]
async fn a_file_that_breaks_off_is_never_given_an_end() {
    let mut stand_in = StandIn::start(Listens::ToTheEnd, Then::says("stream: OK\0")).await;
    let scanner = ClamdScanner::new(over_tcp(stand_in.port)).unwrap();
    for beginning in [0, 1, 100_000] {
        let pieces = [Ok(Bytes::from(noise(beginning))), Err(StorageFailure::Damaged)];
        let outcome = scanner.scan(content::of(pieces)).await;
        assert!(matches!(outcome, Err(ScanFailure::Content(StorageFailure::Damaged))), "{outcome:?}");
        assert_eq!(stand_in.ends.recv().await, Some(false));
    }
}

#[tokio::test]
async fn what_is_not_taken_is_not_read() {
    let deaf = deaf();
    let address = ClamdAddress::Unix(deaf.socket.clone());
    let settings = ClamdSettings { scan_timeout: LIMIT, ..ClamdSettings::new(address) };
    let (file, pulled) = content::endless();
    let outcome = ClamdScanner::new(settings).unwrap().scan(file).await;
    assert_eq!(why_unavailable(&outcome).as_deref(), Some("clamd took too long"));
    let pulled = pulled.load(Ordering::Relaxed);
    assert!(pulled < 2 << 20, "{pulled} bytes were read for a scanner that takes none");
}
