//! What every scanner promises. Each test runs on a real clamd and on the demo's scanner.

use std::sync::Arc;

use bytes::Bytes;
use threadwell_application::ports::{MalwareScanner, ScanFailure, StorageFailure};
use threadwell_clamav::EicarScanner;
use threadwell_devstack::{ClamdServer, eicar_test_file};
use threadwell_domain::attachment::{FileKind, MAX_FILE_BYTES};
use tokio::task::JoinSet;

use crate::{
    content, files,
    files::{Packing, docx, noise, pdf, png},
    is_clean, is_malware, scanner, start,
};

/// The scanners, and the server that one of them needs.
fn adapters() -> (ClamdServer, [Arc<dyn MalwareScanner>; 2]) {
    let server = start();
    let clamd = Arc::new(scanner(&server));
    (server, [clamd, Arc::new(EicarScanner)])
}

fn largest() -> Vec<u8> {
    noise(usize::try_from(MAX_FILE_BYTES).unwrap())
}

#[tokio::test]
async fn the_test_file_is_malware_wherever_it_stands() {
    let eicar = eicar_test_file();
    let places = [
        ("plain", eicar.clone()),
        ("after text", [b"Dear practice, X5O! ", eicar.as_slice(), b" goodbye"].concat()),
        ("in a PDF", pdf(&eicar, "")),
        ("in a picture's comment", png(&eicar)),
        ("in a DOCX", docx(&eicar, Packing::Stored)),
    ];
    let (_server, adapters) = adapters();
    for scanner in adapters {
        for (place, bytes) in &places {
            let outcome = scanner.scan(content::whole(bytes)).await;
            assert!(is_malware(&outcome), "{scanner:?}: {place}: {outcome:?}");
        }
    }
}

#[tokio::test]
async fn the_test_file_is_malware_however_it_comes() {
    let bytes = [&noise(1000), eicar_test_file().as_slice(), &noise(100)].concat();
    let (_server, adapters) = adapters();
    for scanner in adapters {
        for size in [1, 2, 33, 67, 68, 69, 1001, 1067, 1068, 2000] {
            let outcome = scanner.scan(content::in_pieces(&bytes, size)).await;
            assert!(is_malware(&outcome), "{scanner:?}: pieces of {size}: {outcome:?}");
        }
    }
}

#[tokio::test]
async fn a_piece_without_bytes_does_not_end_the_file() {
    let (_server, adapters) = adapters();
    for scanner in adapters {
        let pieces =
            [Bytes::from_static(b"a letter"), Bytes::new(), Bytes::from(eicar_test_file()), Bytes::new()];
        let outcome = scanner.scan(content::of(pieces.map(Ok))).await;
        assert!(is_malware(&outcome), "{scanner:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn harmless_files_of_every_kind_are_clean() {
    let (_server, adapters) = adapters();
    for scanner in adapters {
        for kind in FileKind::ALL {
            let outcome = scanner.scan(content::whole(&files::clean(kind))).await;
            assert!(is_clean(&outcome), "{scanner:?}: {kind:?}: {outcome:?}");
        }
        let almost = eicar_test_file().split_off(1);
        for bytes in [&[][..], &almost] {
            let outcome = scanner.scan(content::whole(bytes)).await;
            assert!(is_clean(&outcome), "{scanner:?}: {outcome:?}");
        }
    }
}

#[tokio::test]
async fn the_largest_file_is_seen_to_its_last_byte() {
    let clean = largest();
    let mut infected = clean.clone();
    let eicar = eicar_test_file();
    let end = infected.len() - eicar.len();
    infected[end..].copy_from_slice(&eicar);
    let (_server, adapters) = adapters();
    for scanner in adapters {
        assert!(is_clean(&scanner.scan(content::whole(&clean)).await), "{scanner:?}");
        assert!(is_malware(&scanner.scan(content::whole(&infected)).await), "{scanner:?}");
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_is_never_clean() {
    let failures = || {
        let lost = StorageFailure::Unavailable("no connection".into());
        [StorageFailure::Missing, StorageFailure::Damaged, StorageFailure::BrokeOff, lost]
    };
    let (_server, adapters) = adapters();
    for scanner in adapters {
        for beginning in [vec![], files::clean(FileKind::Pdf), noise(3_000_000), eicar_test_file()] {
            for failure in failures() {
                let expected = failure.to_string();
                let pieces =
                    [Ok(Bytes::from(beginning.clone())), Err(failure), Ok(Bytes::from_static(b"more"))];
                match scanner.scan(content::of(pieces)).await {
                    Err(ScanFailure::Content(found)) => {
                        assert_eq!(found.to_string(), expected, "{scanner:?}")
                    }
                    other => panic!("{scanner:?}: {expected}: {other:?}"),
                }
            }
        }
    }
}

#[tokio::test]
async fn files_scanned_at_once_each_get_their_own_verdict() {
    let (_server, adapters) = adapters();
    let clean = noise(300_000);
    let infected = [clean.as_slice(), &eicar_test_file()].concat();
    for scanner in adapters {
        let mut scanning = JoinSet::new();
        for n in 0..32 {
            let scanner = scanner.clone();
            let bytes = if n % 3 == 0 { infected.clone() } else { clean.clone() };
            scanning.spawn(async move { (n, scanner.scan(content::in_pieces(&bytes, 10_000)).await) });
        }
        let mut seen = 0;
        while let Some(scanned) = scanning.join_next().await {
            let (n, outcome) = scanned.unwrap();
            let is_right = if n % 3 == 0 { is_malware(&outcome) } else { is_clean(&outcome) };
            assert!(is_right, "{scanner:?}: {n}: {outcome:?}");
            seen += 1;
        }
        assert_eq!(seen, 32);
    }
}

#[tokio::test]
async fn a_scanner_that_works_says_so() {
    let (_server, adapters) = adapters();
    for scanner in adapters {
        scanner.ready().await.unwrap();
    }
}
