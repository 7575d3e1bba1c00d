use std::{
    fs::{self, File, OpenOptions, Permissions},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;
use uuid::Uuid;

use super::{Durability, SOCKET_DIRECTORY_MAX, SUPERUSER, binaries::Binaries, process, scratch_directory};
use crate::{StackError, account::Account, directory, error::Attempting, process::isolate};

/// The files of one private server: `data/`, `socket/`, `password`, `server.log` and `lock`, under one home.
///
/// Holding it holds the lock, so no second owner can touch the same data.
#[derive(Debug)]
pub(crate) struct Cluster {
    home: PathBuf,
    data: PathBuf,
    account: Option<Account>,
    lock: File,
}

impl Cluster {
    /// Takes hold of a home, making it if need be.
    pub(crate) fn open(home: &Path, account: Option<Account>) -> Result<Self, StackError> {
        // Entered but not listed by the server's account.
        directory::make(home, 0o711)?;
        let lock_path = home.join("lock");
        let lock = private_file(&lock_path)?;
        lock.try_lock().map_err(|_| StackError::InUse { directory: home.to_path_buf() })?;
        Ok(Self { home: home.to_path_buf(), data: home.join("data"), account, lock })
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    pub(crate) fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    pub(crate) fn into_lock(self) -> File {
        self.lock
    }

    /// The log is for the owner's eyes only: statements in it may carry values.
    pub(crate) fn log(&self) -> Result<(PathBuf, File), StackError> {
        let path = self.home.join("server.log");
        private_file(&path).map(|file| (path, file))
    }

    /// The major version that made the data, if there is any.
    pub(crate) fn major_version(&self) -> Option<String> {
        fs::read_to_string(self.data.join("PG_VERSION")).ok().map(|text| text.trim().to_owned())
    }

    pub(crate) fn password(&self) -> Result<String, StackError> {
        let path = self.home.join("password");
        let text = fs::read_to_string(&path).attempting(|| format!("read {}", path.display()))?;
        Ok(text.trim().to_owned())
    }

    /// Makes the data at the first time, and clears away what a crash left.
    pub(crate) fn prepare(&self, binaries: &Binaries, durability: Durability) -> Result<(), StackError> {
        if self.major_version().is_none() {
            return self.initialise(binaries, durability);
        }
        process::clear_leftovers(&self.data)
    }

    /// Makes the data beside its final name, so that an interrupted `initdb` leaves nothing that looks whole.
    fn initialise(&self, binaries: &Binaries, durability: Durability) -> Result<(), StackError> {
        let unfinished = self.home.join("data.new");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).attempting(|| format!("remove {}", unfinished.display()))?;
        }
        directory::make(&unfinished, 0o700)?;
        Account::give(self.account(), &unfinished)?;
        let password = self.write_password()?;
        let mut initdb = Command::new(binaries.program("initdb"));
        initdb.arg("-D").arg(&unfinished).args(["-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8"]);
        initdb.arg("--auth=scram-sha-256").arg(format!("--pwfile={}", password.display()));
        if durability == Durability::Disposable {
            initdb.arg("--no-sync");
        }
        isolate(&mut initdb, self.account());
        let answer = initdb.stdin(Stdio::null()).output().attempting(|| "run initdb".to_owned())?;
        if !answer.status.success() {
            let detail = String::from_utf8_lossy(&answer.stderr).into_owned();
            return Err(StackError::NotReady { program: "initdb", detail });
        }
        fs::rename(&unfinished, &self.data).attempting(|| format!("rename {}", unfinished.display()))
    }

    fn write_password(&self) -> Result<PathBuf, StackError> {
        let path = self.home.join("password");
        if path.exists() {
            fs::remove_file(&path).attempting(|| format!("remove {}", path.display()))?;
        }
        private_file(&path)?;
        // Two random UUIDs: 244 random bits, and nothing that a URL would need to escape.
        let password = format!("{}{}\n", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        fs::write(&path, password).attempting(|| format!("write {}", path.display()))?;
        Account::give(self.account(), &path)?;
        Ok(path)
    }

    /// The socket's directory: under the home, or in a scratch directory if that path is too long for a socket.
    pub(crate) fn socket_directory(
        &self,
        scratch: Option<TempDir>,
    ) -> Result<(PathBuf, Option<TempDir>), StackError> {
        let own = self.home.join("socket");
        let (path, scratch) = if own.as_os_str().len() <= SOCKET_DIRECTORY_MAX || scratch.is_some() {
            (own, scratch)
        } else {
            let scratch = scratch_directory()?;
            (scratch.path().join("socket"), Some(scratch))
        };
        directory::make(&path, 0o700)?;
        Account::give(self.account(), &path)?;
        Ok((path, scratch))
    }
}

fn private_file(path: &Path) -> Result<File, StackError> {
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)
        .attempting(|| format!("open {}", path.display()))?;
    file.set_permissions(Permissions::from_mode(0o600))
        .attempting(|| format!("set the mode of {}", path.display()))?;
    Ok(file)
}
