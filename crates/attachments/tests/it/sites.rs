//! The storages that the contract runs on, each with what is behind it.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tempfile::TempDir;
use threadwell_application::ports::{AttachmentStorage, BlobName, SystemClock};
use threadwell_attachments::{DirectoryAttachments, S3Attachments, S3Credentials, S3Settings};
use threadwell_devstack_s3::{S3Access, S3Server, S3rver};
use zeroize::Zeroizing;

pub(crate) enum Behind {
    Directory(TempDir),
    S3(S3Server),
    S3rver(S3rver),
}

pub(crate) struct Site {
    pub(crate) storage: Arc<dyn AttachmentStorage>,
    pub(crate) behind: Behind,
}

impl Site {
    pub(crate) fn directory() -> Self {
        let directory = TempDir::new().unwrap();
        let storage =
            DirectoryAttachments::open(directory.path().join("files"), Arc::new(SystemClock)).unwrap();
        Self { storage: Arc::new(storage), behind: Behind::Directory(directory) }
    }

    pub(crate) fn s3() -> Self {
        let server = S3Server::start().unwrap();
        Self { storage: Arc::new(attachments(server.access())), behind: Behind::S3(server) }
    }

    pub(crate) fn s3rver() -> Self {
        let server = S3rver::start().unwrap();
        Self { storage: Arc::new(attachments(server.access())), behind: Behind::S3rver(server) }
    }

    pub(crate) fn all() -> [Self; 3] {
        [Self::directory(), Self::s3(), Self::s3rver()]
    }

    /// Those whose files are laid out as their keys are.
    pub(crate) fn open_ones() -> [Self; 2] {
        [Self::directory(), Self::s3()]
    }

    pub(crate) fn object_file(&self, name: BlobName) -> PathBuf {
        let key = format!("{:02x}/{name}", name.bytes()[0]);
        match &self.behind {
            Behind::Directory(directory) => directory.path().join("files").join(key),
            Behind::S3(server) => server.object_file(&key),
            Behind::S3rver(_) => panic!("its files are its own"),
        }
    }

    /// Whether nothing is left of uploads that came to no end.
    pub(crate) fn is_tidy(&self) -> bool {
        match &self.behind {
            Behind::Directory(directory) => files_below(directory.path()).is_empty(),
            Behind::S3(server) => {
                server.unfinished_uploads().unwrap() == 0 && server.object_files().unwrap().is_empty()
            }
            Behind::S3rver(_) => true,
        }
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.behind {
            Behind::Directory(_) => "directory",
            Behind::S3(_) => "s3s",
            Behind::S3rver(_) => "s3rver",
        })
    }
}

pub(crate) fn settings(access: &S3Access) -> S3Settings {
    let credentials = S3Credentials {
        access_key_id: access.access_key_id.clone(),
        secret_access_key: Zeroizing::new(access.secret_access_key.clone()),
    };
    let endpoint = Some(access.endpoint.clone());
    let (read_timeout, longest_backoff) = (Duration::from_secs(5), Duration::from_millis(50));
    S3Settings {
        endpoint,
        read_timeout,
        longest_backoff,
        ..S3Settings::new(&access.region, &access.bucket, credentials)
    }
}

pub(crate) fn attachments(access: &S3Access) -> S3Attachments {
    S3Attachments::new(settings(access)).unwrap()
}

pub(crate) fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found
}
