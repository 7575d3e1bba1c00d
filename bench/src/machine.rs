//! What processes use of the machine, from /proc.

use std::fs;

/// Processor time in clock ticks of a hundredth of a second.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ticks {
    pub(crate) server: u64,
    pub(crate) database: u64,
}

impl Ticks {
    /// So far, of the server and of the postmaster with its children.
    pub(crate) fn so_far(server: u32, postmaster: u32) -> Self {
        let children: u64 = processes().filter(|pid| parent(*pid) == Some(postmaster)).map(ticks).sum();
        Self { server: ticks(server), database: ticks(postmaster) + children }
    }

    /// What was used since.
    pub(crate) const fn since(self, before: Self) -> Self {
        Self {
            server: self.server.saturating_sub(before.server),
            database: self.database.saturating_sub(before.database),
        }
    }
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// The fields of /proc/PID/stat after the command's name, which may hold anything.
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

fn parent(pid: u32) -> Option<u32> {
    stat(pid)?.get(1)?.parse().ok()
}

fn ticks(pid: u32) -> u64 {
    let Some(fields) = stat(pid) else { return 0 };
    let field = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    field(11) + field(12)
}

/// Resident memory now and at its peak, in MiB.
pub(crate) fn memory_mib(pid: u32) -> (f64, f64) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(f64::NAN)
            / 1_024.0
    };
    (field("VmRSS:"), field("VmHWM:"))
}

/// Resident memory of everything that runs the same program as this process, in MiB: server, worker, and those that look
/// into files.
pub(crate) fn program_mib(pid: u32) -> f64 {
    let program = |pid: u32| fs::read_link(format!("/proc/{pid}/exe")).ok();
    let Some(wanted) = program(pid) else { return 0.0 };
    let same = processes().filter(|other| program(*other).as_ref() == Some(&wanted));
    same.map(|other| memory_mib(other).0).filter(|mib| mib.is_finite()).sum()
}

/// What the machine is.
pub(crate) fn description() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    format!("{cores} cores, {}", model.map_or("unknown processor", |(_, name)| name))
}
