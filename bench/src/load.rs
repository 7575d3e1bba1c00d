//! wrk against the server and pgbench against the database.

use crate::ids::{EPOCH_MS, step_ms};
use crate::size::Practice;
use crate::work::Work;
use crate::{Outcome, say};
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

/// What wrk measured in one round.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered {
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

/// Where wrk sends what.
pub(crate) struct Target<'a> {
    pub(crate) url: &'a str,
    pub(crate) script: &'a Path,
    pub(crate) tokens: &'a Path,
    pub(crate) practice: &'a Practice,
}

/// Sends one kind of work for some seconds.
///
/// # Errors
/// wrk is missing, or an answer was not a success.
pub(crate) fn wrk(target: &Target<'_>, work: &Work, clients: u32, seconds: u64) -> Outcome<Answered> {
    let practice = target.practice;
    let output = Command::new("wrk")
        .args(["-t2", &format!("-c{clients}"), &format!("-d{seconds}s"), "--timeout", "10s", "-s"])
        .arg(target.script)
        .arg(target.url)
        .args(["--", work.name])
        .arg(target.tokens)
        .args([practice.number, practice.threads, EPOCH_MS, step_ms(practice.threads)].map(|n| n.to_string()))
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("RESULT "));
    let line = line.ok_or_else(|| format!("wrk: {text}{}", String::from_utf8_lossy(&output.stderr)))?;
    let figures = figures(line);
    let figure = |name: &str| figures.get(name).copied().unwrap_or(f64::NAN);
    if figure("status") > 0.0 || figure("socket") > 0.0 || figure("requests") < 1.0 {
        return Err(format!("{}: not every answer was a success: {line}", work.name).into());
    }
    Ok(Answered {
        per_second: figure("requests") * 1e6 / figure("microseconds"),
        p50_ms: figure("p50") / 1e3,
        p99_ms: figure("p99") / 1e3,
    })
}

fn figures(line: &str) -> HashMap<String, f64> {
    let pairs = line.split_whitespace().filter_map(|pair| pair.split_once('='));
    pairs.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?))).collect()
}

/// Runs the floor for some seconds and gives transactions a second.
///
/// # Errors
/// pgbench is missing, or a transaction failed.
pub(crate) fn pgbench(url: &str, script: &Path, seconds: u64) -> Outcome<f64> {
    let output = Command::new("pgbench")
        .args(["-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", &seconds.to_string(), "-f"])
        .arg(script)
        .arg(url)
        .env("PGOPTIONS", "-c plan_cache_mode=force_generic_plan")
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let tps =
        text.lines().find_map(|line| line.strip_prefix("tps = ")?.split_whitespace().next()?.parse().ok());
    if !output.status.success() || !text.contains("number of failed transactions: 0 ") {
        say(&errors.lines().take(5).collect::<Vec<_>>().join("\n"));
        return Err(format!("pgbench failed:\n{text}").into());
    }
    tps.ok_or_else(|| format!("pgbench says no rate:\n{text}").into())
}
