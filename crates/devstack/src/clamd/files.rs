use std::{
    fmt::Write,
    fs::{self, File, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{StackError, account::Account, directory, error::Attempting};

/// Not the owner's own temporary directory: Debian's AppArmor profile lets clamd write under `/tmp` and nowhere else
/// that would do.
pub(super) const PARENT: &str = "/tmp";

/// The bytes of the EICAR test file, which every scanner takes for malware and which does nothing.
///
/// Put together here, since scanners would take a source file that holds them in one piece as well.
pub fn eicar_test_file() -> Vec<u8> {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE", "!$H+H*"]
        .concat()
        .into_bytes()
}

/// What one server needs and leaves: `clamd.conf`, `database/`, `clamd.sock`, `clamd.pid`, `clamd.log`.
#[derive(Debug)]
pub(super) struct Files(TempDir);

impl Files {
    /// Makes the directory and the database in it.
    pub(super) fn make(account: Option<&Account>) -> Result<Self, StackError> {
        let home = tempfile::Builder::new()
            .prefix("threadwell-clamd-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(PARENT)
            .attempting(|| format!("make a directory in {PARENT}"))?;
        let database = home.path().join("database");
        directory::make(&database, 0o700)?;
        write(&database.join("threadwell.ndb"), &signature())?;
        for path in [database.join("threadwell.ndb"), database, home.path().to_path_buf()] {
            Account::give(account, &path)?;
        }
        Ok(Self(home))
    }

    /// Writes the settings; those that are given replace the defaults.
    pub(super) fn configure(&self, port: u16, given: &[(String, String)]) -> Result<(), StackError> {
        let shown = |path: &Path| path.display().to_string();
        let defaults = [
            ("Foreground", "yes".to_owned()),
            ("TCPAddr", "127.0.0.1".to_owned()),
            ("TCPSocket", port.to_string()),
            ("LocalSocket", shown(&self.socket())),
            ("DatabaseDirectory", shown(&self.home().join("database"))),
            ("TemporaryDirectory", shown(self.home())),
            ("PidFile", shown(&self.pid_file())),
            ("StreamMaxLength", "12M".to_owned()),
            // Otherwise what clamd gave up on counts as clean.
            ("AlertExceedsMax", "yes".to_owned()),
            ("SelfCheck", "0".to_owned()),
        ];
        let defaults = defaults.iter().map(|(name, value)| (*name, value.as_str()));
        let kept = defaults.filter(|(name, _)| given.iter().all(|(other, _)| other != name));
        let given = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut text = String::new();
        for (name, value) in kept.chain(given) {
            let _written = writeln!(text, "{name} {value}");
        }
        write(&self.settings(), &text)
    }

    pub(super) fn home(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn settings(&self) -> PathBuf {
        self.home().join("clamd.conf")
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.home().join("clamd.sock")
    }

    pub(super) fn pid_file(&self) -> PathBuf {
        self.home().join("clamd.pid")
    }

    pub(super) fn log_file(&self) -> PathBuf {
        self.home().join("clamd.log")
    }

    /// A log of this start alone.
    pub(super) fn new_log(&self) -> Result<File, StackError> {
        File::create(self.log_file()).attempting(|| "make the log".to_owned())
    }
}

/// One line of clamd's extended signatures: any kind of file (0), anywhere in it (`*`).
fn signature() -> String {
    let mut line = "Eicar-Test-Signature:0:*:".to_owned();
    for byte in eicar_test_file() {
        let _written = write!(line, "{byte:02x}");
    }
    line.push('\n');
    line
}

/// The account that reads it is not the owner, and the owner's mask may be strict; the directory is private anyway.
fn write(path: &Path, text: &str) -> Result<(), StackError> {
    fs::write(path, text).attempting(|| format!("write {}", path.display()))?;
    fs::set_permissions(path, Permissions::from_mode(0o644))
        .attempting(|| format!("set the mode of {}", path.display()))
}
