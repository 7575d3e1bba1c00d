use std::time::{Duration, Instant};

use threadwell_application::ports::{MalwareScanner, ScanVerdict};
use threadwell_clamav::{ClamdAddress, ClamdScanner, ClamdSettings, SettingsError};
use threadwell_devstack::{ClamdOptions, ClamdServer, eicar_test_file};

use crate::{
    content, files,
    files::{Packing, noise},
    is_clean, is_malware, over_tcp, scanner, start, why_unavailable,
};

fn start_with(name: &str, value: &str) -> ClamdServer {
    let settings = vec![(name.to_owned(), value.to_owned())];
    ClamdServer::start(&ClamdOptions { settings, port: None }).unwrap()
}

#[tokio::test]
async fn what_is_compressed_is_opened() {
    let server = start();
    let scanner = scanner(&server);
    // Alone it would be stored: there is nothing in it to shorten.
    let mut eicar = eicar_test_file();
    eicar.extend([b' '; 2000]);
    for (place, bytes) in
        [("in a DOCX", files::docx(&eicar, Packing::Deflated)), ("in a PDF", files::compressed_pdf(&eicar))]
    {
        assert!(!bytes.windows(20).any(|part| part == &eicar[..20]), "{place}: not compressed");
        let outcome = scanner.scan(content::whole(&bytes)).await;
        assert!(is_malware(&outcome), "{place}: {outcome:?}");
    }
}

#[tokio::test]
async fn the_signature_is_named() {
    let server = start();
    let expected = ScanVerdict::Malware { signature: "Eicar-Test-Signature.UNOFFICIAL".to_owned() };
    assert_eq!(scanner(&server).scan(content::whole(&eicar_test_file())).await.unwrap(), expected);
}

#[tokio::test]
async fn every_way_in_works() {
    let server = start();
    let ways = [format!("localhost:{}", server.port()), server.socket().display().to_string()];
    for way in ways {
        let scanner = ClamdScanner::new(ClamdSettings::new(way.parse().unwrap())).unwrap();
        scanner.ready().await.unwrap();
        assert!(is_malware(&scanner.scan(content::whole(&eicar_test_file())).await), "{way}");
        assert!(is_clean(&scanner.scan(content::whole(b"a letter")).await), "{way}");
    }
}

#[tokio::test]
async fn a_scanner_that_is_off_is_unavailable_and_works_by_itself_once_it_is_on() {
    let mut server = start();
    let scanner = scanner(&server);
    let by_socket = ClamdScanner::new(ClamdSettings::new(ClamdAddress::Unix(server.socket()))).unwrap();
    for _ in 0..2 {
        assert!(is_clean(&scanner.scan(content::whole(b"a letter")).await));
        server.stop();
        for scanner in [&scanner, &by_socket] {
            let started = Instant::now();
            let outcome = scanner.scan(content::whole(b"a letter")).await;
            assert_eq!(why_unavailable(&outcome).as_deref(), Some("no connection to clamd"));
            assert!(why_unavailable(&scanner.ready().await).is_some());
            assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
        }
        server.start_again().unwrap();
        for scanner in [&scanner, &by_socket] {
            scanner.ready().await.unwrap();
            assert!(is_malware(&scanner.scan(content::whole(&eicar_test_file())).await));
        }
    }
}

#[tokio::test]
async fn a_clamd_that_dies_during_a_scan_gives_no_verdict() {
    let mut server = start();
    let scanner = scanner(&server);
    let scanning = tokio::spawn(async move { scanner.scan(content::stalled(&noise(100_000))).await });
    // The pid of the thread that scans is not to be had; a connection that clamd holds is.
    let port = server.port();
    while !is_connected(port) {
        tokio::task::yield_now().await;
    }
    server.stop();
    let outcome = tokio::time::timeout(Duration::from_secs(10), scanning).await.unwrap().unwrap();
    assert!(why_unavailable(&outcome).is_some(), "{outcome:?}");
}

/// Whether somebody holds a connection to a port of this machine.
fn is_connected(port: u16) -> bool {
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let remote = format!(":{port:04X}");
    table.lines().any(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        fields.get(2).is_some_and(|address| address.ends_with(&remote)) && fields.get(3) == Some(&"01")
    })
}

#[tokio::test]
async fn a_file_larger_than_clamd_takes_is_not_clean() {
    let server = start_with("StreamMaxLength", "1M");
    let scanner = scanner(&server);
    let outcome = scanner.scan(content::whole(&noise(1 << 20))).await;
    assert!(is_clean(&outcome), "as large as it takes: {outcome:?}");
    for length in [(1 << 20) + 1, 10 << 20] {
        let outcome = scanner.scan(content::whole(&noise(length))).await;
        let why = why_unavailable(&outcome).unwrap();
        // The rest of the file may still be on its way when clamd hangs up; then its reason is lost.
        let known = ["the file is larger than clamd's StreamMaxLength", "the connection to clamd was lost"];
        assert!(known.contains(&why.as_str()), "{why}");
    }
}

#[tokio::test]
async fn a_scan_that_clamd_gives_up_is_not_clean() {
    // One millisecond.
    let server = start_with("MaxScanTime", "1");
    let outcome = scanner(&server).scan(content::whole(&noise(5_000_000))).await;
    assert_eq!(why_unavailable(&outcome).as_deref(), Some("clamd gave up at its MaxScanTime"), "{outcome:?}");
}

#[tokio::test]
async fn a_file_that_clamd_did_not_open_to_the_end_is_refused() {
    let server = start_with("MaxFiles", "1");
    let outcome = scanner(&server).scan(content::whole(&files::docx(&noise(1000), Packing::Deflated))).await;
    let signature = "Heuristics.Limits.Exceeded.MaxFiles".to_owned();
    assert_eq!(outcome.unwrap(), ScanVerdict::Malware { signature });
}

#[tokio::test]
async fn a_file_that_stalls_costs_no_more_than_the_limit() {
    let server = start();
    let limit = Duration::from_millis(300);
    let settings = ClamdSettings { scan_timeout: limit, ..over_tcp(server.port()) };
    let started = Instant::now();
    let outcome = ClamdScanner::new(settings).unwrap().scan(content::stalled(b"a letter")).await;
    assert_eq!(why_unavailable(&outcome).as_deref(), Some("clamd took too long"));
    assert!(started.elapsed() < limit * 10, "{:?}", started.elapsed());
}

#[test]
fn settings_are_checked_at_the_start() {
    let good = over_tcp(3310);
    let refused = |settings| ClamdScanner::new(settings).unwrap_err();
    let seconds = Duration::from_secs;
    assert_eq!(refused(ClamdSettings { connect_timeout: seconds(0), ..good.clone() }), SettingsError::NoTime);
    assert_eq!(refused(ClamdSettings { scan_timeout: seconds(0), ..good.clone() }), SettingsError::NoTime);
    assert_eq!(refused(ClamdSettings { scan_timeout: seconds(101), ..good.clone() }), SettingsError::TooLong);
    assert!(ClamdScanner::new(ClamdSettings { scan_timeout: seconds(100), ..good }).is_ok());
}
