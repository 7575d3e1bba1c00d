use std::{
    os::unix::{fs::chown, process::CommandExt},
    path::Path,
    process::Command,
};

use nix::unistd::{Uid, User};

use crate::{StackError, error::Attempting};

/// The account that a server runs under when the owner is root.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Account {
    /// The account to drop to, or nothing when the owner is an ordinary user and runs the server itself.
    pub(crate) fn for_server() -> Result<Option<Self>, StackError> {
        if !Uid::effective().is_root() {
            return Ok(None);
        }
        let found = ["postgres", "nobody"].into_iter().find_map(|name| User::from_name(name).ok().flatten());
        let user = found.ok_or(StackError::NoAccount)?;
        Ok(Some(Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw() }))
    }

    /// Makes the command run under this account; supplementary groups are dropped with root.
    pub(crate) fn run_under(account: Option<&Self>, command: &mut Command) {
        if let Some(account) = account {
            command.uid(account.uid).gid(account.gid);
        }
    }

    /// Gives a path to this account.
    pub(crate) fn give(account: Option<&Self>, path: &Path) -> Result<(), StackError> {
        account.map_or(Ok(()), |account| {
            chown(path, Some(account.uid), Some(account.gid))
                .attempting(|| format!("give {} to {}", path.display(), account.name))
        })
    }
}
