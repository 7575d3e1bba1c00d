use std::{
    env, fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use chrono::TimeDelta;
use futures_util::{StreamExt, stream};
use tempfile::TempDir;
use threadwell_application::ports::{AttachmentStorage, Clock, StorageFailure, SystemClock};
use threadwell_attachments::DirectoryAttachments;
use threadwell_domain::Moment;

use crate::{blob, content, file, is_unavailable, names, read, sites::files_below, store};

/// The machine's time and some more.
#[derive(Debug)]
struct Ahead(TimeDelta);

impl Clock for Ahead {
    fn now(&self) -> Moment {
        SystemClock.now() + self.0
    }
}

fn open(directory: &Path) -> DirectoryAttachments {
    DirectoryAttachments::open(directory.join("files"), Arc::new(SystemClock)).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn files_and_directories_are_for_the_owner_alone() {
    let directory = TempDir::new().unwrap();
    store(&open(directory.path()), &blob(0xab), b"x").await;
    let root = directory.path().join("files");
    let object = root.join("ab").join("ab".repeat(16));
    assert_eq!(files_below(&root), [&*object], "nothing else was left");
    assert_eq!((mode(&root), mode(&root.join("ab")), mode(&object)), (0o700, 0o700, 0o600));
}

#[tokio::test]
async fn directories_that_are_missing_are_made_for_the_owner_alone() {
    let directory = TempDir::new().unwrap();
    let root = directory.path().join("a").join("b");
    for _ in 0..2 {
        let storage = DirectoryAttachments::open(&root, Arc::new(SystemClock)).unwrap();
        store(&storage, &blob(1), b"x").await;
        storage.remove(blob(1).name).await.unwrap();
        assert_eq!((mode(&root), mode(root.parent().unwrap())), (0o700, 0o700));
    }
    fs::write(directory.path().join("file"), b"x").unwrap();
    DirectoryAttachments::open(directory.path().join("file"), Arc::new(SystemClock)).unwrap_err();
}

#[tokio::test]
async fn an_object_is_never_replaced() {
    let directory = TempDir::new().unwrap();
    let storage = open(directory.path());
    store(&storage, &blob(1), b"first").await;
    let refused = storage.store(&blob(1), content(b"other", 5)).await;
    assert!(is_unavailable(&refused), "{refused:?}");
    assert_eq!(read(&storage, &blob(1), 5, 0..5).await.unwrap(), b"first");
    assert_eq!(files_below(directory.path()).len(), 1, "nothing else was left");
}

/// Not a test: what the next one kills in the middle of an upload.
#[tokio::test]
#[ignore = "started by a_killed_upload_is_never_seen"]
async fn an_upload_to_be_killed() {
    let directory = env::var("THREADWELL_TEST_DIRECTORY").unwrap();
    let announced = stream::once(async {
        println!("uploading");
        stream::pending().next().await.unwrap()
    });
    let hanging = content(&file(2_000_000), 50_000).chain(announced).boxed();
    let _never = open(Path::new(&directory)).store(&blob(1), hanging).await;
}

#[tokio::test]
async fn a_killed_upload_is_never_seen() {
    let directory = TempDir::new().unwrap();
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "directory::an_upload_to_be_killed", "--ignored", "--nocapture"])
        .env("THREADWELL_TEST_DIRECTORY", directory.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("uploading")));
    child.kill().unwrap();
    child.wait().unwrap();

    let storage = open(directory.path());
    assert_eq!(files_below(directory.path()).len(), 1, "it was in the middle of it");
    // As a server does that is killed while it looks whether it is ready.
    fs::write(directory.path().join("files/.new-probe"), b"").unwrap();
    assert_eq!(names(&storage).await, []);
    let missing = read(&storage, &blob(1), 1, 0..1).await;
    assert!(matches!(missing, Err(StorageFailure::Missing)), "{missing:?}");
    assert_eq!(files_below(directory.path()).len(), 2, "another upload may be running");
    store(&storage, &blob(1), b"again").await;

    let root = directory.path().join("files");
    let tomorrow = DirectoryAttachments::open(root, Arc::new(Ahead(TimeDelta::hours(25)))).unwrap();
    assert_eq!(names(&tomorrow).await, [blob(1).name]);
    assert_eq!(files_below(directory.path()).len(), 1, "what was left is gone, the object is not");
    assert_eq!(read(&tomorrow, &blob(1), 5, 0..5).await.unwrap(), b"again");
}

#[tokio::test]
async fn a_directory_that_is_gone_is_unavailable_and_not_empty() {
    let directory = TempDir::new().unwrap();
    let storage = open(directory.path());
    fs::remove_dir(directory.path().join("files")).unwrap();
    assert!(is_unavailable(&storage.list(None).await));
    assert!(is_unavailable(&storage.ready().await));
    assert!(is_unavailable(&storage.store(&blob(1), content(b"x", 1)).await));
}
