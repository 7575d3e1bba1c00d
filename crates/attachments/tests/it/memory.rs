//! Uploads hold no more in memory than they must. Measured in a process of its own: others would be counted with it.

use std::{env, fs, path::Path, process::Command, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use tempfile::TempDir;
use threadwell_application::ports::{AttachmentStorage, SystemClock};
use threadwell_attachments::{DirectoryAttachments, S3Attachments, S3Settings};
use threadwell_devstack_s3::{S3Access, S3Server};
use tokio::task::JoinSet;

use crate::{MIB, blob, sites::settings};

const UPLOADS: u8 = 32;
const FILE_LEN: usize = 7 * MIB;

/// The most memory that this process ever held, in bytes.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

/// A part of a multipart upload and some more each, all at once; gives how much the peak grew.
async fn growth(storage: Arc<dyn AttachmentStorage>) -> usize {
    storage.ready().await.unwrap();
    let piece = Bytes::from(vec![0x5a; 65_536]);
    let before = peak();
    let mut uploads = JoinSet::new();
    for number in 0..UPLOADS {
        let (storage, piece) = (Arc::clone(&storage), piece.clone());
        uploads.spawn(async move {
            let content = stream::repeat_with(move || Ok(piece.clone())).take(FILE_LEN / 65_536).boxed();
            assert_eq!(storage.store(&blob(number), content).await.unwrap(), FILE_LEN as u64);
        });
    }
    uploads.join_all().await;
    peak() - before
}

/// Not a test: the process that the next ones measure.
#[tokio::test]
#[ignore = "started by the tests of this file"]
async fn uploads_to_be_measured() {
    let storage: Arc<dyn AttachmentStorage> = match env::var("THREADWELL_TEST_DIRECTORY") {
        Ok(directory) => {
            Arc::new(DirectoryAttachments::open(Path::new(&directory), Arc::new(SystemClock)).unwrap())
        }
        Err(_) => {
            let of = |name: &str| env::var(format!("THREADWELL_TEST_{name}")).unwrap();
            let settings = settings(&S3Access {
                endpoint: of("ENDPOINT"),
                region: of("REGION"),
                bucket: of("BUCKET"),
                access_key_id: of("KEY_ID"),
                secret_access_key: of("SECRET"),
            });
            // All of it shares the machine's cores with the server, in a build that is not optimised.
            let patient = Duration::from_secs(120);
            let settings = S3Settings { read_timeout: patient, operation_timeout: patient, ..settings };
            Arc::new(S3Attachments::new(settings).unwrap())
        }
    };
    println!("\ngrowth {}", growth(storage).await);
}

fn measure(environment: &[(&str, &str)]) -> usize {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "memory::uploads_to_be_measured", "--ignored", "--nocapture"])
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let line = printed.lines().find_map(|line| line.strip_prefix("growth "));
    let errors = String::from_utf8_lossy(&output.stderr);
    line.unwrap_or_else(|| panic!("{printed}{errors}")).parse().unwrap()
}

#[test]
fn uploads_to_a_directory_hold_a_piece_each() {
    let directory = TempDir::new().unwrap();
    let growth = measure(&[("THREADWELL_TEST_DIRECTORY", directory.path().to_str().unwrap())]);
    assert!(growth < usize::from(UPLOADS) * MIB, "{} KiB an upload", growth / usize::from(UPLOADS) / 1024);
}

#[test]
fn uploads_to_s3_hold_a_part_each() {
    let server = S3Server::start().unwrap();
    let access = server.access();
    let growth = measure(&[
        ("THREADWELL_TEST_ENDPOINT", &access.endpoint),
        ("THREADWELL_TEST_REGION", &access.region),
        ("THREADWELL_TEST_BUCKET", &access.bucket),
        ("THREADWELL_TEST_KEY_ID", &access.access_key_id),
        ("THREADWELL_TEST_SECRET", &access.secret_access_key),
    ]);
    assert!(
        growth < usize::from(UPLOADS) * 7 * MIB,
        "{} KiB an upload",
        growth / usize::from(UPLOADS) / 1024
    );
}
