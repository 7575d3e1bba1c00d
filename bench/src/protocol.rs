//! The course of a run.

use crate::generate::{self, SIGNED_IN, tenant};
use crate::ids::{Kind, id};
use crate::keys::{self, BenchKeys};
use crate::live::{self, Told};
use crate::load::{Answered, Target, pgbench, wrk};
use crate::machine::{self, Ticks};
use crate::report::{Growth, Measured, Report, Round};
use crate::searches::{self, Searched};
use crate::size::{HUGE, LARGE, Practice, SMALL, STAFF, Sizes};
use crate::stack::{Database, Server};
use crate::statements;
use crate::uploads::{self, Uploaded};
use crate::work::{self, Side, Work};
use crate::{Options, Outcome, now_ms, say};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Runs everything and writes the results.
///
/// # Errors
/// Something is missing, or an answer was wrong.
pub(crate) fn run(options: &Options) -> Outcome<()> {
    // Photographs do not care how much lies beside them.
    let is_small = options.quick || options.only.as_deref() == Some("upload");
    let mut sizes = if is_small { Sizes::quick() } else { Sizes::full(options.huge) };
    sizes.large = options.large.unwrap_or(sizes.large);
    let keys = Arc::new(BenchKeys::draw()?);
    let database = Database::start(options.statements)?;
    let (superuser_url, settings) = (database.superuser_url(), database.settings());
    generate::fill(
        &generate::Access { superuser_url: &superuser_url, settings: &settings, keys: &keys },
        &sizes,
        options.wants_searches(),
    )?;
    let server = Server::start(&options.server, &database, &keys)?;
    let idle = machine::memory_mib(server.pid()).0;
    let bench =
        Bench { options, database: &database, server: &server, keys: &keys, files: tempfile::tempdir()? };
    let practices = sizes.practices();
    let find = |number| practices.iter().find(|practice| practice.number == number);
    let large = find(LARGE).ok_or("no large practice")?;
    let mut measured = Vec::new();
    let mut growth = Vec::new();
    for work in work::ALL.iter().filter(|work| options.wants(work)) {
        measured.push(bench.measure(work, large)?);
        let others: Vec<&Practice> = [SMALL, LARGE, HUGE].into_iter().filter_map(find).collect();
        growth.push(bench.grow(work, &others)?);
    }
    let told = options.wants_live().then(|| bench.look_on(large)).transpose()?;
    let searched = options.wants_searches().then(|| bench.search(large)).transpose()?;
    let uploaded = options.wants_uploads().then(|| bench.upload(large)).transpose()?;
    let report = Report {
        machine: machine::description(),
        database: database.description()?,
        first_answer: server.first_answer,
        idle_mib: idle,
        peak_mib: machine::memory_mib(server.pid()).1,
        seconds: options.seconds,
        measured,
        growth,
        told,
        searched: searched.unwrap_or_default(),
        uploaded,
    };
    say(&report.text());
    if options.linger {
        say(&format!("the database is at {superuser_url} until standard input ends"));
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    }
    if options.quick || options.large.is_some() { Ok(()) } else { report.write(&options.results) }
}

impl Options {
    fn wants(&self, work: &Work) -> bool {
        self.only.as_deref().is_none_or(|part| work.name.contains(part))
    }

    fn wants_live(&self) -> bool {
        self.only.as_deref().is_none_or(|part| "live".contains(part))
    }

    fn wants_uploads(&self) -> bool {
        self.only.as_deref().is_none_or(|part| "upload".contains(part))
    }

    fn wants_searches(&self) -> bool {
        self.only.as_deref().is_none_or(|part| "search".contains(part))
    }

    const fn timing(&self) -> (u64, u64, u64) {
        if self.quick { (1, 1, 1) } else { (self.rounds, self.warm_up, self.seconds) }
    }
}

struct Bench<'a> {
    options: &'a Options,
    database: &'a Database,
    server: &'a Server,
    keys: &'a BenchKeys,
    files: TempDir,
}

impl Bench<'_> {
    /// Floor and HTTP in alternation, on the large practice.
    fn measure(&self, work: &Work, practice: &Practice) -> Outcome<Measured> {
        let (rounds, ..) = self.options.timing();
        self.look(work, practice)?;
        let mut measured = Measured { work: *work, rounds: Vec::new() };
        for _ in 0..rounds {
            let floor = self.floor(&work.floor_script(practice), work)?;
            let floor_by_turns = self.floor(&by_turns(&work.floor_script(practice)), work)?;
            let (few, server_share, database_share) = self.weigh(work, practice, 16)?;
            let (many, ..) = self.weigh(work, practice, 64)?;
            say(&format!(
                "{:<13} floor {floor:>7.0}/s   http {:>7.0}/s at 16 ({:.2}, p99 {:.1} ms)   {:>7.0}/s at 64",
                work.name,
                few.per_second,
                few.per_second / floor,
                few.p99_ms,
                many.per_second
            ));
            measured.rounds.push(Round { floor, floor_by_turns, few, many, server_share, database_share });
        }
        Ok(measured)
    }

    /// The same work in practices of different sizes, in alternation.
    fn grow(&self, work: &Work, practices: &[&Practice]) -> Outcome<Growth> {
        let mut growth = Growth { work: *work, sizes: Vec::new() };
        let rounds = if self.options.quick { 1 } else { 2 };
        let mut rates = vec![Vec::new(); practices.len()];
        for _ in 0..rounds {
            for (practice, rates) in practices.iter().zip(&mut rates) {
                rates.push(self.http(work, practice, 16, self.options.timing().2.div_ceil(2))?.per_second);
            }
        }
        for (practice, rates) in practices.iter().zip(rates) {
            growth.sizes.push((practice.threads, rates.iter().sum::<f64>() / rates.len() as f64));
        }
        Ok(growth)
    }

    /// Rate and latencies, with the share of the server and of the database in the processor time of both.
    fn weigh(&self, work: &Work, practice: &Practice, clients: u32) -> Outcome<(Answered, f64, f64)> {
        let (_, warm_up, seconds) = self.options.timing();
        self.http(work, practice, clients, warm_up)?;
        if self.options.statements {
            statements::forget(&self.database.superuser_url())?;
        }
        let before = Ticks::so_far(self.server.pid(), self.database.pid());
        let answered = self.http(work, practice, clients, seconds)?;
        let used = Ticks::so_far(self.server.pid(), self.database.pid()).since(before);
        let answers = answered.per_second * seconds as f64;
        if self.options.statements {
            statements::tell(&self.database.superuser_url(), answers)?;
        }
        let microseconds = |ticks: u64| ticks as f64 * 10_000.0 / answers;
        Ok((answered, microseconds(used.server), microseconds(used.database)))
    }

    fn http(&self, work: &Work, practice: &Practice, clients: u32, seconds: u64) -> Outcome<Answered> {
        let tokens = self.tokens(work.side, practice)?;
        let script = self.files.path().join("work.lua");
        fs::write(&script, include_str!("../load/work.lua"))?;
        let target = Target { url: &self.server.url(), script: &script, tokens: &tokens, practice };
        wrk(&target, work, clients, seconds)
    }

    fn floor(&self, text: &str, work: &Work) -> Outcome<f64> {
        let script = self.files.path().join(format!("{}.sql", work.name));
        fs::write(&script, text)?;
        let role = match work.side {
            Side::Staff => "staff",
            Side::Portal => "portal",
        };
        pgbench(&self.database.url(role), &script, self.options.timing().2)
    }

    /// Live updates, from one server to another.
    fn look_on(&self, practice: &Practice) -> Outcome<Told> {
        let tokens = fs::read_to_string(self.tokens(Side::Staff, practice)?)?;
        let tokens: Vec<String> = tokens.lines().map(str::to_owned).collect();
        let (rounds, _, seconds) = self.options.timing();
        live::measure(self.server, practice, &tokens, rounds * seconds)
    }

    /// Searches of all kinds, by one person after the other.
    fn search(&self, practice: &Practice) -> Outcome<Vec<Searched>> {
        let tokens = fs::read_to_string(self.tokens(Side::Staff, practice)?)?;
        let tokens: Vec<String> = tokens.lines().map(str::to_owned).collect();
        searches::measure(self.server, &tokens, if self.options.quick { 5 } else { 100 })
    }

    /// Photographs, at the end: they leave rows behind.
    fn upload(&self, practice: &Practice) -> Outcome<Uploaded> {
        let tokens = fs::read_to_string(self.tokens(Side::Staff, practice)?)?;
        let tokens: Vec<String> = tokens.lines().map(str::to_owned).collect();
        let (rounds, _, seconds) = self.options.timing();
        uploads::measure(self.server, self.database, &tokens, rounds * seconds)
    }

    /// Writes fresh tokens of everybody who is signed in on one side of a practice, one a line.
    fn tokens(&self, side: Side, practice: &Practice) -> Outcome<PathBuf> {
        let path = self.files.path().join(format!("{side:?}-{}", practice.number));
        if is_fresh(&path) {
            return Ok(path);
        }
        let (number, tenant) = (practice.number, tenant(practice.number));
        let now = i64::try_from(now_ms() / 1_000)?;
        let people = match side {
            Side::Staff => STAFF,
            Side::Portal => practice.patients().min(SIGNED_IN),
        };
        let mut tokens = String::new();
        for person in 0..people {
            let of = |kind| id(kind, number, person);
            let subject = match side {
                Side::Staff => keys::staff(tenant, of(Kind::Staff), of(Kind::StaffSession)),
                Side::Portal => {
                    keys::patient(tenant, of(Kind::Account), of(Kind::PortalSession), of(Kind::Patient))
                }
            };
            tokens.push_str(&self.keys.token(&self.server.issuer(), &subject, now)?);
            tokens.push('\n');
        }
        fs::write(&path, tokens)?;
        Ok(path)
    }

    /// Looks at one answer before thousands are counted: pages must be full, or speed means nothing.
    fn look(&self, work: &Work, practice: &Practice) -> Outcome<()> {
        let tokens = fs::read_to_string(self.tokens(work.side, practice)?)?;
        let token = tokens.lines().next().ok_or("nobody is signed in")?;
        let (path, least) = match work.name {
            "inbox" => ("/api/patient-messages/threads?limit=50&status=open", 50),
            "portal_list" => ("/api/patient-portal/messages/threads?limit=50", 5),
            _ => return Ok(()),
        };
        let found = self.server.get(path, Some(token))?.matches("\"subject\":").count();
        if found >= least {
            Ok(())
        } else {
            Err(format!("{}: a page of {found}, not {least}", work.name).into())
        }
    }
}

/// The same statements, each sent when the one before was answered.
fn by_turns(script: &str) -> String {
    script
        .lines()
        .filter(|line| !line.ends_with("pipeline"))
        .fold(String::new(), |text, line| text + line + "\n")
}

/// Tokens live for an hour; half of it is enough for every round that starts with them.
fn is_fresh(path: &Path) -> bool {
    let modified = fs::metadata(path).and_then(|file| file.modified());
    modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age.as_secs() < 1_200))
}
