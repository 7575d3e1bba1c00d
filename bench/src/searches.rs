//! Searches of the texts of messages: how long an answer takes, by what is searched for.

use crate::generate::ranked;
use crate::stack::Server;
use crate::{Outcome, say};
use std::time::Instant;

/// The greatest p95 of every kind, in milliseconds.
pub(crate) const GOAL_P95_MS: f64 = 50.0;

/// A kind of query, and how long its answers took.
#[derive(Clone, Debug)]
pub(crate) struct Searched {
    /// What was searched for.
    pub(crate) kind: &'static str,
    /// Hits of the first page, on average.
    pub(crate) hits: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p95_ms: f64,
    pub(crate) slowest_ms: f64,
}

/// A query of a kind by the number of the try.
type Query = fn(u64) -> String;

const COMMON: u64 = 8;
const MEDIUM: u64 = 100;
const RARE: u64 = 3_000;

/// Names of the generator; a pair of them has some ten patients in the large practice.
const NAMES: [&str; 4] = ["silva", "okafor", "petrenko", "quispe"];

fn name(n: u64) -> &'static str {
    NAMES.get(usize::try_from(n).unwrap_or(0) % NAMES.len()).copied().unwrap_or("silva")
}

const KINDS: [(&str, Query); 20] = [
    ("one common word", |n| word(COMMON, n)),
    ("one medium word", |n| word(MEDIUM, n)),
    ("one rare word", |n| word(RARE, n)),
    ("a word that nobody wrote", |n| format!("nowhere{n} ")),
    ("two common words", |n| word(COMMON, n) + &word(COMMON, n + 7)),
    ("a common and a rare word", |n| word(COMMON, n) + &word(RARE, n)),
    ("two medium words", |n| word(MEDIUM, n) + &word(MEDIUM, n + 7)),
    ("three words, mixed", |n| word(COMMON, n) + &word(MEDIUM, n) + &word(RARE, n)),
    ("a name and a common word", |n| format!("{} {}", name(n), word(COMMON, n))),
    ("a name and a medium word", |n| format!("{} {}", name(n), word(MEDIUM, n))),
    ("a name and a rare word", |n| format!("{} {}", name(n), word(RARE, n))),
    ("a phrase of two words", |n| format!("\"{} {}\" ", ranked(COMMON + n % 5), ranked(COMMON + n % 7))),
    ("common word has:attachment", |n| word(COMMON, n) + "has:attachment"),
    ("medium word has:attachment", |n| word(MEDIUM, n) + "has:attachment"),
    ("last name has:attachment", |n| format!("{} has:attachment", name(n))),
    ("last name in:notes", |n| format!("{} in:notes", name(n))),
    ("common word status:closed", |n| word(COMMON, n) + "status:closed"),
    ("common word is:archived", |n| word(COMMON, n) + "is:archived"),
    ("from: a name, common word", |n| format!("from:{} {}", name(n), word(COMMON, n))),
    ("the beginning of a word", |n| ranked(MEDIUM + n).chars().take(5).collect()),
];

fn word(rank: u64, n: u64) -> String {
    format!("{} ", ranked(rank + n % 40))
}

/// Asks for the first page of each kind, again and again.
///
/// # Errors
/// An answer was no success.
pub(crate) fn measure(server: &Server, tokens: &[String], tries: u64) -> Outcome<Vec<Searched>> {
    let mut all = Vec::new();
    for (kind, query) in KINDS {
        let (mut times, mut hits) = (Vec::new(), 0);
        for n in 0..tries {
            // Each person has a budget of searches.
            let token = tokens.get(usize::try_from(n)? % tokens.len().max(1)).map(String::as_str);
            let path = format!("/api/patient-messages/search?q={}", encoded(&query(n)));
            let began = Instant::now();
            let answer = server.get(&path, token)?;
            times.push(began.elapsed().as_secs_f64() * 1_000.0);
            hits += answer.matches("\"snippet\":").count();
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
        let searched = Searched {
            kind,
            hits: hits as f64 / tries as f64,
            p50_ms: at(0.5),
            p95_ms: at(0.95),
            slowest_ms: times.last().copied().unwrap_or(f64::NAN),
        };
        say(&searched.line());
        all.push(searched);
    }
    Ok(all)
}

impl Searched {
    /// A row of the report's table.
    pub(crate) fn row(&self) -> String {
        format!(
            "| {} | {:.1} | {:.1} ms | {:.1} ms | {:.1} ms |",
            self.kind, self.hits, self.p50_ms, self.p95_ms, self.slowest_ms
        )
    }

    /// A line of the report.
    pub(crate) fn line(&self) -> String {
        format!(
            "search: {:<26} {:>5.1} hits   p50 {:>6.1} ms   p95 {:>6.1} ms   slowest {:>6.1} ms",
            self.kind, self.hits, self.p50_ms, self.p95_ms, self.slowest_ms
        )
    }
}

fn encoded(text: &str) -> String {
    text.replace('"', "%22").replace(' ', "%20")
}
