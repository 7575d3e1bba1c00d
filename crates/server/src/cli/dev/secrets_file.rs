//! The secrets of a private installation: drawn at the first start, kept in a file for the owner's eyes only.

use crate::cli::Failure;
use crate::secrets::Secret;
use serde::{Deserialize, Serialize};
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use threadwell_crypto::RootKey;
use threadwell_postgres::RolePasswords;

/// What the file holds.
#[derive(Serialize, Deserialize)]
struct Record {
    root_key: String,
    pepper: String,
    owner: String,
    staff: String,
    portal: String,
    worker: String,
    retention: String,
    backup: String,
}

/// The secrets of a private installation.
pub(super) struct DevSecrets {
    pub(super) root_key: Secret,
    pub(super) pepper: Secret,
    pub(super) owner: String,
    pub(super) staff: Secret,
    pub(super) portal: Secret,
    pub(super) worker: Secret,
    pub(super) retention: String,
    backup: String,
}

impl DevSecrets {
    /// Reads them, or draws them at the first start.
    pub(super) fn open(home: &Path) -> Result<Self, Failure> {
        let path = home.join("secrets.json");
        let record = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| {
                Failure::Usage(format!("{} cannot be read; start over with --reset.", path.display()))
            })?,
            Err(_) => draw(home, &path)?,
        };
        Ok(Self {
            root_key: Secret::new(record.root_key),
            pepper: Secret::new(record.pepper),
            owner: record.owner,
            staff: Secret::new(record.staff),
            portal: Secret::new(record.portal),
            worker: Secret::new(record.worker),
            retention: record.retention,
            backup: record.backup,
        })
    }

    /// The passwords of the database's roles.
    pub(super) fn roles(&self) -> RolePasswords {
        RolePasswords {
            owner: self.owner.clone(),
            staff: self.staff.expose().to_owned(),
            portal: self.portal.expose().to_owned(),
            worker: self.worker.expose().to_owned(),
            retention: self.retention.clone(),
            backup: self.backup.clone(),
        }
    }
}

fn draw(home: &Path, path: &Path) -> Result<Record, Failure> {
    let key = || {
        RootKey::generate_base64()
            .map(|key| key.to_string())
            .map_err(|_| Failure::Usage("No random numbers can be had.".to_owned()))
    };
    // Passwords stand in addresses of databases, where the signs of base64 would have to be escaped.
    let password = || key().map(|text| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    let record = Record {
        root_key: key()?,
        pepper: key()?,
        owner: password()?,
        staff: password()?,
        portal: password()?,
        worker: password()?,
        retention: password()?,
        backup: password()?,
    };
    // The database's own account passes through here on its way to its data.
    DirBuilder::new().recursive(true).mode(0o755).create(home)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&serde_json::to_vec_pretty(&record).map_err(std::io::Error::other)?)?;
    Ok(record)
}
