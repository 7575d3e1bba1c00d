//! Directories that a server under another account can enter.

use std::{
    fs::{self, Permissions},
    io::ErrorKind,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::{StackError, account::Account, error::Attempting};

/// Where root keeps the data of stacks whose own directory the server's account cannot enter.
const SHARED_STATE: &str = "/var/lib/threadwell";

/// Chooses where a stack keeps its data: the preferred directory, or, if root prefers one inside a private home, a
/// directory under `/var/lib/threadwell` named after it, always the same for the same preference.
///
/// # Errors
/// When root has no account to run servers under.
pub fn reachable_directory(preferred: &Path) -> Result<PathBuf, StackError> {
    let preferred =
        std::path::absolute(preferred).attempting(|| format!("resolve {}", preferred.display()))?;
    let account = Account::for_server()?;
    match check_reachable(account.as_ref(), &preferred) {
        Ok(()) => Ok(preferred),
        Err(_) => Ok(Path::new(SHARED_STATE).join(flat_name(&preferred))),
    }
}

/// Fails naming the first directory on the way to `path` that the account cannot enter; what is missing will be made.
pub(crate) fn check_reachable(account: Option<&Account>, path: &Path) -> Result<(), StackError> {
    let Some(account) = account else { return Ok(()) };
    let mut ancestors: Vec<_> = path.ancestors().collect();
    ancestors.reverse();
    for directory in ancestors {
        match fs::metadata(directory) {
            Ok(found) if may_enter(account, &found) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Ok(_) | Err(_) => {
                let directory = directory.to_path_buf();
                return Err(StackError::Unreachable { directory, account: account.name.clone() });
            }
        }
    }
    Ok(())
}

/// Makes a directory (and those above it) with a mode of its own.
pub(crate) fn make(path: &Path, mode: u32) -> Result<(), StackError> {
    fs::create_dir_all(path).attempting(|| format!("make {}", path.display()))?;
    fs::set_permissions(path, Permissions::from_mode(mode))
        .attempting(|| format!("set the mode of {}", path.display()))
}

fn may_enter(account: &Account, directory: &fs::Metadata) -> bool {
    let shift = if directory.uid() == account.uid {
        6
    } else if directory.gid() == account.gid {
        3
    } else {
        0
    };
    (directory.mode() >> shift) & 1 == 1
}

/// `/srv/care/threadwell/.data` becomes `srv-care-threadwell-.data`.
fn flat_name(path: &Path) -> String {
    path.to_string_lossy().trim_start_matches('/').replace('/', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody() -> Account {
        Account { name: "somebody".to_owned(), uid: 64_999, gid: 64_999 }
    }

    #[test]
    fn a_private_directory_on_the_way_is_named() {
        let outer = tempfile::Builder::new().permissions(Permissions::from_mode(0o711)).tempdir().unwrap();
        let private = outer.path().join("home");
        make(&private, 0o700).unwrap();
        let wanted = private.join("project/.data");
        match check_reachable(Some(&somebody()), &wanted) {
            Err(StackError::Unreachable { directory, account }) => {
                assert_eq!((directory, account.as_str()), (private, "somebody"));
            }
            other => panic!("{other:?}"),
        }
        assert!(check_reachable(Some(&somebody()), &outer.path().join("open/data")).is_ok());
        assert!(check_reachable(None, &wanted).is_ok(), "an ordinary owner runs the server itself");
    }

    #[test]
    fn names_of_other_directories_do_not_nest() {
        assert_eq!(flat_name(Path::new("/srv/care/threadwell/.data")), "srv-care-threadwell-.data");
    }
}
