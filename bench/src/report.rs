//! The figures as a page.

use crate::live::Told;
use crate::load::Answered;
use crate::searches::{GOAL_P95_MS, Searched};
use crate::uploads::Uploaded;
use crate::work::Work;
use crate::{Outcome, say};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Duration;
use threadwell_application::ports::{Clock, SystemClock};

/// One round of one kind of work.
#[derive(Debug)]
pub(crate) struct Round {
    /// The floor in one pipeline.
    pub(crate) floor: f64,
    /// The floor with one round trip for each statement.
    pub(crate) floor_by_turns: f64,
    /// At 16 clients.
    pub(crate) few: Answered,
    /// At 64 clients.
    pub(crate) many: Answered,
    /// Processor time of the server for one answer, in microseconds.
    pub(crate) server_share: f64,
    /// Processor time of the database for one answer, in microseconds.
    pub(crate) database_share: f64,
}

/// All rounds of one kind of work.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) work: Work,
    pub(crate) rounds: Vec<Round>,
}

/// Answers a second by the threads of the practice.
#[derive(Debug)]
pub(crate) struct Growth {
    pub(crate) work: Work,
    pub(crate) sizes: Vec<(u64, f64)>,
}

/// Everything that a run found.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) machine: String,
    pub(crate) database: String,
    pub(crate) first_answer: Duration,
    pub(crate) idle_mib: f64,
    pub(crate) peak_mib: f64,
    pub(crate) seconds: u64,
    pub(crate) measured: Vec<Measured>,
    pub(crate) growth: Vec<Growth>,
    pub(crate) told: Option<Told>,
    pub(crate) searched: Vec<Searched>,
    pub(crate) uploaded: Option<Uploaded>,
}

/// The least, the median and the greatest.
fn spread(mut figures: Vec<f64>) -> (f64, f64, f64) {
    figures.sort_by(f64::total_cmp);
    let at = |place: usize| figures.get(place).copied().unwrap_or(f64::NAN);
    (at(0), at(figures.len() / 2), at(figures.len().saturating_sub(1)))
}

impl Measured {
    fn spread_of(&self, figure: impl Fn(&Round) -> f64) -> (f64, f64, f64) {
        spread(self.rounds.iter().map(figure).collect())
    }

    fn line(&self) -> String {
        let rates = |(least, median, greatest): (f64, f64, f64)| {
            format!("{least:.0} / **{median:.0}** / {greatest:.0}")
        };
        let floor = self.spread_of(|round| round.floor);
        let few = self.spread_of(|round| round.few.per_second);
        let many = self.spread_of(|round| round.many.per_second);
        let ratio = few.1 / floor.1;
        let p99 = self.spread_of(|round| round.few.p99_ms).1;
        format!(
            "| {} | {} | {} | **{ratio:.2}** | ≥ {:.1} {} | {:.1} | {p99:.1} | ≤ {:.0} {} | {} | {:.1} | {:.0} + {:.0} |",
            self.work.title,
            rates(floor),
            rates(few),
            self.work.goal_ratio,
            mark(ratio >= self.work.goal_ratio),
            self.spread_of(|round| round.few.p50_ms).1,
            self.work.goal_p99_ms,
            mark(p99 <= self.work.goal_p99_ms),
            rates(many),
            self.spread_of(|round| round.many.p99_ms).1,
            self.spread_of(|round| round.server_share).1,
            self.spread_of(|round| round.database_share).1,
        )
    }
}

impl Measured {
    fn line_by_turns(&self) -> String {
        let by_turns = self.spread_of(|round| round.floor_by_turns);
        let share = by_turns.1 / self.spread_of(|round| round.floor).1;
        let ratio = self.spread_of(|round| round.few.per_second).1 / by_turns.1;
        format!("| {} | {:.0} | {share:.2} | {ratio:.2} |", self.work.title, by_turns.1)
    }
}

const fn mark(is_met: bool) -> &'static str {
    if is_met { "met" } else { "**missed**" }
}

impl Growth {
    fn line(&self) -> String {
        let rates: Vec<f64> = self.sizes.iter().map(|(_, rate)| *rate).collect();
        let (least, _, greatest) = spread(rates.clone());
        let cells: String = rates.iter().fold(String::new(), |cells, rate| format!("{cells} {rate:.0} |"));
        let quotient = greatest / least;
        format!("| {} |{cells} {quotient:.2} | {} |", self.work.title, mark(quotient < 1.3))
    }
}

impl Told {
    fn text(&self) -> String {
        format!(
            "\n## Live updates\n\n{:.0} replies a second at one server, twenty clients at another one beside it, from the \
             request to the event: median {:.0} ms, p99 **{:.0} ms** (goal: 250, {}). Told: {} of {} events.",
            self.sends,
            self.told_ms.0,
            self.told_ms.1,
            mark(self.told_ms.1 <= 250.0),
            self.events.1,
            self.events.0,
        )
    }
}

impl Uploaded {
    fn text(&self) -> String {
        format!(
            "\n## Photographs\n\nOf {:.1} MiB and twelve megapixels, eight clients, from the upload to being available: \
             **{:.1} a second** (goal: 10, {}). Answers to uploads: median {:.0} ms, p99 {:.0} ms. Memory of server, worker \
             and inspecting processes together: {:.0} MiB at the peak (goal: 512, {}).",
            self.mib,
            self.per_second,
            mark(self.per_second >= 10.0),
            self.answer_ms.0,
            self.answer_ms.1,
            self.peak_mib,
            mark(self.peak_mib <= 512.0),
        )
    }
}

impl Report {
    /// The page in Markdown.
    pub(crate) fn text(&self) -> String {
        let mut page = String::new();
        let mut line = |text: &str| {
            // Writing into a String cannot fail.
            let _ = writeln!(page, "{text}");
        };
        line(&format!("# {}\n", SystemClock.now().format("%Y-%m-%d %H:%M UTC")));
        line(&format!(
            "{}. {}. Client, server and database share the machine.\n",
            self.machine, self.database
        ));
        line("Per second: least / **median** / greatest of the rounds; milliseconds: medians.\n");
        line(
            "| work | floor, 16 clients | HTTP, 16 clients | ratio | goal | p50 | p99 | goal | HTTP, 64 clients | p99 | CPU µs, server + database |",
        );
        line("|---|---|---|---|---|---|---|---|---|---|---|");
        self.measured.iter().for_each(|measured| line(&measured.line()));
        line(
            "\n## Round trips\n\nThe floor is one pipeline. The same statements one after another, as any driver without \
             pipelines sends them:\n",
        );
        line("| work | floor by turns, 16 clients | ÷ floor in one pipeline | HTTP ÷ floor by turns |");
        line("|---|---|---|---|");
        self.measured.iter().for_each(|measured| line(&measured.line_by_turns()));
        line(
            "\n## Growth\n\nAnswers a second at 16 clients, by threads in the practice; goal: within 1.3 of each other.\n",
        );
        let sizes = self.growth.first().map(|growth| growth.sizes.as_slice()).unwrap_or_default();
        let heads: String =
            sizes.iter().fold(String::new(), |heads, (threads, _)| format!("{heads} {threads} |"));
        line(&format!("| work |{heads} greatest ÷ least | goal |"));
        line(&format!("|---|{}---|---|", "---|".repeat(sizes.len())));
        self.growth.iter().for_each(|growth| line(&growth.line()));
        if let Some(told) = &self.told {
            line(&told.text());
        }
        if !self.searched.is_empty() {
            line(&format!(
                "\n| search, first page of 20 in a million messages | hits | p50 | p95 (goal {GOAL_P95_MS} ms) | slowest |"
            ));
            line("|---|---|---|---|---|");
            self.searched.iter().for_each(|searched| line(&searched.row()));
        }
        if let Some(uploaded) = &self.uploaded {
            line(&uploaded.text());
        }
        line(&format!(
            "\nStart of the server to its first answer: {:.0} ms (goal: under 1,000). Memory: {:.0} MiB before the \
             first request, {:.0} MiB at the peak (goal: under 150). Rounds of {} s.",
            self.first_answer.as_secs_f64() * 1e3,
            self.idle_mib,
            self.peak_mib,
            self.seconds,
        ));
        page
    }

    /// Writes the page under today's date.
    ///
    /// # Errors
    /// The directory cannot be written.
    pub(crate) fn write(&self, results: &Path) -> Outcome<()> {
        fs::create_dir_all(results)?;
        let path = results.join(format!("{}.md", SystemClock.now().format("%Y-%m-%d")));
        fs::write(&path, self.text())?;
        say(&format!("written to {}", path.display()));
        Ok(())
    }
}
