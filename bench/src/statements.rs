//! What the database spends its time on, by pg_stat_statements.

use crate::{Outcome, say, sql};

/// Begins to count anew.
///
/// # Errors
/// The extension is not there.
pub(crate) fn forget(url: &str) -> Outcome<()> {
    let reset = "CREATE EXTENSION IF NOT EXISTS pg_stat_statements; SELECT pg_stat_statements_reset()";
    sql::run(url, reset).map(drop)
}

/// Says the time of each statement for one answer, the longest first.
///
/// # Errors
/// The extension is not there.
pub(crate) fn tell(url: &str, answers: f64) -> Outcome<()> {
    let query = format!(
        "SELECT round((total_exec_time * 1000 / {answers})::numeric, 1), round((calls / {answers})::numeric, 2),
            round((shared_blks_hit / {answers})::numeric, 1), left(regexp_replace(query, '\\s+', ' ', 'g'), 110)
         FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 14"
    );
    say("microseconds | calls | pages, each for one answer | statement");
    say(&sql::run(url, &query)?);
    Ok(())
}
