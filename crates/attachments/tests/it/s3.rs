use std::{
    error::Error,
    net::TcpListener,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, future, stream};
use threadwell_application::ports::AttachmentStorage;
use threadwell_attachments::{S3Attachments, S3Settings};
use threadwell_devstack_s3::{S3Access, S3Faults, S3Server, S3rver};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::{
    MIB, blob, content, eventually, file, is_unavailable, names, read, read_what_comes,
    sites::{attachments, settings},
    store,
};

async fn assert_wholly_unavailable(storage: &dyn AttachmentStorage, what: &str) {
    for size in [10, 6 * MIB] {
        let stored = storage.store(&blob(1), content(&file(size), 50_000)).await;
        assert!(is_unavailable(&stored), "{what}: {stored:?}");
    }
    assert!(is_unavailable(&storage.open(&blob(9), 10, 0..10).await.map(|_| ())), "{what}");
    assert!(is_unavailable(&storage.remove(blob(9).name).await), "{what}");
    assert!(is_unavailable(&storage.list(None).await), "{what}");
    assert!(is_unavailable(&storage.ready().await), "{what}");
}

#[tokio::test]
async fn a_wrong_key_is_let_in_by_neither_server() {
    let (server, second) = (S3Server::start().unwrap(), S3rver::start().unwrap());
    for access in [server.access(), second.access()] {
        store(&attachments(access), &blob(9), &file(10)).await;
        let wrong = [
            S3Access { secret_access_key: "x".repeat(32), ..access.clone() },
            S3Access { access_key_id: "somebody".to_owned(), ..access.clone() },
        ];
        for wrong in wrong {
            assert_wholly_unavailable(&attachments(&wrong), &wrong.endpoint).await;
        }
    }
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_unavailable_and_not_empty() {
    let (server, second) = (S3Server::start().unwrap(), S3rver::start().unwrap());
    for access in [server.access(), second.access()] {
        let wrong = S3Access { bucket: "another-bucket".to_owned(), ..access.clone() };
        let storage = attachments(&wrong);
        assert!(is_unavailable(&storage.list(None).await), "{}", access.endpoint);
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_unavailable_and_found_again() {
    let server = S3Server::start().unwrap();
    let storage = attachments(server.access());
    store(&storage, &blob(9), &file(10)).await;
    server.set_faults(S3Faults { refuse_connections: true, ..S3Faults::default() });
    assert_wholly_unavailable(&storage, "refused").await;
    server.set_faults(S3Faults::default());
    assert_eq!(read(&storage, &blob(9), 10, 0..10).await.unwrap(), file(10));
    assert_eq!(names(&storage).await, [blob(9).name]);
}

#[tokio::test]
async fn nobody_listening_is_unavailable() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = S3Server::start().unwrap();
    let nowhere = S3Access { endpoint: format!("http://127.0.0.1:{port}"), ..server.access().clone() };
    assert_wholly_unavailable(&attachments(&nowhere), "nobody listens").await;
}

#[tokio::test]
async fn failures_now_and_then_are_retried() {
    let server = S3Server::start().unwrap();
    let storage = attachments(server.access());
    server.set_faults(S3Faults { failures_in_ten: 3, ..S3Faults::default() });
    for (number, size) in (1u8..).zip([10, 100_000, 6 * MIB, 10 * MIB]) {
        let bytes = file(size);
        store(&storage, &blob(number), &bytes).await;
        assert!(read(&storage, &blob(number), size, 0..size).await.unwrap() == bytes);
    }
    assert_eq!(names(&storage).await.len(), 4);
    server.set_faults(S3Faults { failures_in_ten: 10, ..S3Faults::default() });
    assert_wholly_unavailable(&storage, "failing always").await;
}

#[tokio::test]
async fn a_lost_acknowledgement_loses_nothing() {
    let server = S3Server::start().unwrap();
    let storage = attachments(server.access());
    let faults = |number| S3Faults { lost_acknowledgements: number..number + 1, ..S3Faults::default() };
    server.set_faults(faults(0));
    store(&storage, &blob(0), b"x").await;
    // A file of two parts: begin, first part, second part, complete.
    let bytes = file(7 * MIB);
    for number in 0..4u8 {
        server.set_faults(faults(number.into()));
        store(&storage, &blob(number + 1), &bytes).await;
        let back = read(&storage, &blob(number + 1), bytes.len(), 0..bytes.len()).await.unwrap();
        assert!(back == bytes, "{number}");
    }
    assert_eq!(names(&storage).await.len(), 5);
    // What was begun and not heard of cannot be taken back by its id: the bucket's rule does.
    assert_eq!(server.unfinished_uploads().unwrap(), 1);
}

#[tokio::test]
async fn an_upload_that_was_not_acknowledged_is_not_ok() {
    let server = S3Server::start().unwrap();
    let storage = attachments(server.access());
    server.set_faults(S3Faults { lost_acknowledgements: 0..1_000, ..S3Faults::default() });
    for size in [10, 6 * MIB] {
        let lost = storage.store(&blob(1), content(&file(size), 50_000)).await;
        assert!(is_unavailable(&lost), "{lost:?}");
    }
    // The first of them was stored all the same, and is there to be removed.
    server.set_faults(S3Faults::default());
    assert_eq!(names(&storage).await, [blob(1).name]);
    storage.remove(blob(1).name).await.unwrap();
    assert_eq!(names(&storage).await, []);
}

#[tokio::test]
async fn an_upload_that_fails_half_way_is_taken_back() {
    let server = S3Server::start().unwrap();
    let storage = attachments(server.access());
    // Begun, the first part acknowledged; the second part's acknowledgement is lost until the attempts are used up.
    server.set_faults(S3Faults { lost_acknowledgements: 2..5, ..S3Faults::default() });
    let failed = storage.store(&blob(1), content(&file(7 * MIB), 50_000)).await;
    assert!(is_unavailable(&failed), "{failed:?}");
    eventually("the multipart upload was taken back", || server.unfinished_uploads().unwrap() == 0).await;
    assert_eq!(names(&storage).await, []);
}

/// Some servers take no others. The last may be smaller.
#[tokio::test]
async fn parts_are_of_one_size() {
    let server = S3Server::start().unwrap();
    let storage = attachments(server.access());
    let (sender, reached) = oneshot::channel::<()>();
    let hang = stream::once(async move {
        sender.send(()).unwrap();
        future::pending().await
    });
    let hanging = content(&file(9 * MIB), 77_777).chain(hang).boxed();
    let upload = tokio::spawn(async move { storage.store(&blob(1), hanging).await });
    reached.await.unwrap();
    assert_eq!(server.unfinished_parts().unwrap(), [5 * MIB as u64]);
    upload.abort();
}

fn hasty(access: &S3Access) -> S3Attachments {
    let settings = S3Settings {
        read_timeout: Duration::from_millis(300),
        operation_timeout: Duration::from_millis(900),
        attempts: 2,
        ..settings(access)
    };
    S3Attachments::new(settings).unwrap()
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up() {
    let server = S3Server::start().unwrap();
    let storage = hasty(server.access());
    server.set_faults(S3Faults { delay: Duration::from_secs(60), ..S3Faults::default() });
    let started = Instant::now();
    assert_wholly_unavailable(&storage, "silent").await;
    assert!(started.elapsed() < Duration::from_secs(9), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_download_that_stands_still_is_given_up() {
    let server = S3Server::start().unwrap();
    let storage = hasty(server.access());
    let bytes = file(300_000);
    store(&storage, &blob(1), &bytes).await;
    server.set_faults(S3Faults { stall_downloads_after: Some(150_000), ..S3Faults::default() });
    let started = Instant::now();
    let (given, outcome) = read_what_comes(&storage, &blob(1), bytes.len()).await;
    assert!(is_unavailable(&outcome), "{outcome:?}");
    assert!(bytes.starts_with(&given));
    assert_eq!(given.len(), 2 * 65_536, "what was proven was given");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn nothing_printed_holds_the_key() {
    let server = S3Server::start().unwrap();
    let wrong = S3Access { secret_access_key: "canary-5f1e".repeat(3), ..server.access().clone() };
    let settings = settings(&wrong);
    assert_eq!(settings.credentials.secret_access_key, Zeroizing::new("canary-5f1e".repeat(3)));
    let mut printed = format!("{settings:?}");
    let storage = S3Attachments::new(settings).unwrap();
    printed += &format!("{storage:?}");
    let failure = storage.ready().await.unwrap_err();
    printed += &format!("{failure:?} {}", failure.source().unwrap());
    assert!(printed.contains("PutObject: answered 403 SignatureDoesNotMatch"), "{printed}");
    assert!(!printed.contains("canary"), "{printed}");
}
