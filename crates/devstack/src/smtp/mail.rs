use std::{fs, path::Path};

use serde::Deserialize;

use crate::{StackError, error::Attempting};

/// A mail as the server took it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedMail {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The header fields in their order, decoded and unfolded.
    pub headers: Vec<(String, String)>,
    /// The plain text, decoded.
    pub text: String,
    /// Whether it came over TLS.
    pub is_encrypted: bool,
    /// As whom the sender signed in.
    pub login: Option<String>,
    /// The bytes as they came.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

impl ReceivedMail {
    /// The only value of a header field, or nothing if it is missing or repeated.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }
}

/// Reads the records, which the server names by number in the order of taking.
pub(crate) fn read_all(directory: &Path) -> Result<Vec<ReceivedMail>, StackError> {
    let entries = fs::read_dir(directory).attempting(|| "list the mails".to_owned())?;
    let mut records: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    records.sort();
    records.iter().map(|record| read(record)).collect()
}

fn read(record: &Path) -> Result<ReceivedMail, StackError> {
    let bytes = fs::read(record).attempting(|| format!("read {}", record.display()))?;
    let parsed: Result<ReceivedMail, std::io::Error> = serde_json::from_slice(&bytes).map_err(Into::into);
    let mut mail = parsed.attempting(|| format!("parse {}", record.display()))?;
    let raw = record.with_extension("eml");
    mail.raw = fs::read(&raw).attempting(|| format!("read {}", raw.display()))?;
    Ok(mail)
}
