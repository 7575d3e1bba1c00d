//! PostgreSQL through its own client: psql for statements and COPY.

use crate::Outcome;
use std::io::{BufWriter, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// Runs statements and gives what they print, one line a row, fields separated by `|`.
///
/// # Errors
/// psql is missing, or a statement failed.
pub(crate) fn run(url: &str, statements: &str) -> Outcome<String> {
    let output = psql(url).args(["-c", statements]).output()?;
    if !output.status.success() {
        return Err(format!("psql: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn psql(url: &str) -> Command {
    let mut command = Command::new("psql");
    command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url]);
    command
}

/// A COPY into a table that is under way.
pub(crate) struct Copy {
    psql: Child,
    rows: BufWriter<ChildStdin>,
}

impl Copy {
    /// Begins to copy into columns of a table, as superuser. Foreign keys are not looked at: rows come in any order,
    /// and [`crate::generate::check`] looks afterwards.
    ///
    /// # Errors
    /// psql is missing.
    pub(crate) fn into(url: &str, table_and_columns: &str) -> Outcome<Self> {
        let mut child = psql(url)
            .args(["-c", "SET session_replication_role = replica", "-c"])
            .arg(format!("COPY {table_and_columns} FROM STDIN"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        let stdin = child.stdin.take().ok_or("psql takes no input")?;
        Ok(Self { psql: child, rows: BufWriter::with_capacity(1 << 20, stdin) })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// psql is gone.
    pub(crate) fn row(&mut self, line: &str) -> Outcome<()> {
        Ok(self.rows.write_all(line.as_bytes())?)
    }

    /// Ends the copying.
    ///
    /// # Errors
    /// A row was refused.
    pub(crate) fn finish(self) -> Outcome<()> {
        let Self { mut psql, rows } = self;
        drop(rows.into_inner()?);
        let status = psql.wait()?;
        if status.success() { Ok(()) } else { Err("psql refused a row".into()) }
    }
}
