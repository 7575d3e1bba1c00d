use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::StackError;

const DEBIAN: &str = "/usr/lib/postgresql";

/// The directory of the server's programs.
#[derive(Debug)]
pub(crate) struct Binaries(PathBuf);

impl Binaries {
    /// Finds the programs: where told, else what `pg_config` says, Debian's versions from the newest, the PATH.
    ///
    /// Data that exists needs its own major version; new data takes the first found.
    pub(crate) fn find(told: Option<&Path>, data: &Path, major: Option<String>) -> Result<Self, StackError> {
        let candidates = told.map_or_else(candidates, |told| vec![told.to_path_buf()]);
        let missing =
            StackError::MissingProgram { program: "PostgreSQL (initdb, postgres)", package: "postgresql" };
        let complete: Vec<_> = candidates.into_iter().filter(|directory| is_complete(directory)).collect();
        match major {
            None => complete.into_iter().next().map(Self).ok_or(missing),
            Some(_) if complete.is_empty() => Err(missing),
            Some(found) => complete
                .into_iter()
                .find(|directory| version_of(directory).as_deref() == Some(&found))
                .map(Self)
                .ok_or_else(|| StackError::OtherVersion { directory: data.to_path_buf(), found }),
        }
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

fn candidates() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    if let Ok(answer) = Command::new("pg_config").arg("--bindir").output() {
        found.push(PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim()));
    }
    let mut debian: Vec<(u32, PathBuf)> = fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    debian.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.extend(debian.into_iter().map(|(_, directory)| directory));
    found.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    found
}

fn is_complete(directory: &Path) -> bool {
    ["initdb", "postgres"].into_iter().all(|program| directory.join(program).is_file())
}

/// "postgres (PostgreSQL) 15.18 (Debian …)" is version 15.
fn version_of(directory: &Path) -> Option<String> {
    let answer = Command::new(directory.join("postgres")).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    let number = text.split_whitespace().nth(2)?;
    number.split(['.', 'b', 'r', 'd']).next().map(str::to_owned)
}
