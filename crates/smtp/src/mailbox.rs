use std::{
    fs::{self, DirBuilder},
    io::{self, ErrorKind, Write},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use threadwell_application::ports::{Clock, DeliveryFailure, Notifier, OutgoingMail};
use threadwell_domain::{Moment, Phi};
use tokio::task::spawn_blocking;

use crate::{failure, outgoing};

/// Keeps mails as files instead of sending them, for a demo without a mail server.
///
/// The file is named after the Message-ID, so a mail that is sent again is the same file.
#[derive(Debug)]
pub struct MailboxDirectory {
    directory: PathBuf,
    clock: Arc<dyn Clock>,
}

/// A mail in the mailbox.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredMail {
    /// The address.
    pub to: Phi,
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// When it was first sent.
    pub at: Moment,
    /// The left part of the Message-ID.
    pub message_id: String,
}

/// The file's content.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    to: String,
    subject: String,
    text: String,
    at: String,
    message_id: String,
}

impl MailboxDirectory {
    /// Opens the mailbox, making the directory for the owner's eyes only if it does not exist.
    ///
    /// # Errors
    /// The directory cannot be made.
    pub fn open(directory: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let directory = directory.into();
        DirBuilder::new().recursive(true).mode(0o700).create(&directory)?;
        Ok(Self { directory, clock })
    }

    /// The mails, newest first, at most `limit` of them. What is no mail is passed over.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub async fn list(&self, limit: usize) -> io::Result<Vec<StoredMail>> {
        let directory = self.directory.clone();
        let mut mails = spawn_blocking(move || read_all(&directory)).await.map_err(io::Error::other)??;
        mails.sort_by(|a, b| (b.at, &b.message_id).cmp(&(a.at, &a.message_id)));
        mails.truncate(limit);
        Ok(mails)
    }
}

#[async_trait]
impl Notifier for MailboxDirectory {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), DeliveryFailure> {
        outgoing::check(mail)?;
        let record = Record {
            to: mail.to.expose().to_owned(),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            at: self.clock.now().to_rfc3339_opts(SecondsFormat::Micros, true),
            message_id: mail.message_id.clone(),
        };
        let directory = self.directory.clone();
        match spawn_blocking(move || write(&directory, &record)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(failure::temporary("the mailbox cannot be written")),
        }
    }
}

/// Writes the whole file beside its name and gives it the name at once; a mail that is there already stays.
fn write(directory: &Path, record: &Record) -> io::Result<()> {
    let mut staged = NamedTempFile::with_prefix_in(".new-", directory)?;
    serde_json::to_writer(&mut staged, record)?;
    staged.flush()?;
    match staged.persist_noclobber(directory.join(format!("{}.json", record.message_id))) {
        Ok(_) => Ok(()),
        Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(failed) => Err(failed.error),
    }
}

fn read_all(directory: &Path) -> io::Result<Vec<StoredMail>> {
    let mut mails = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            mails.extend(fs::read(&path).ok().and_then(|bytes| parse(&bytes)));
        }
    }
    Ok(mails)
}

fn parse(bytes: &[u8]) -> Option<StoredMail> {
    let record: Record = serde_json::from_slice(bytes).ok()?;
    let at = DateTime::parse_from_rfc3339(&record.at).ok()?.with_timezone(&Utc);
    let (subject, text, message_id) = (record.subject, record.text, record.message_id);
    Some(StoredMail { to: Phi::new(record.to), subject, text, at, message_id })
}
