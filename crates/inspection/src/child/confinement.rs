//! Takes from a process what it does not need, for good.

use std::{collections::BTreeMap, fs};

use nix::{
    errno::Errno,
    libc,
    sys::{
        prctl,
        resource::{Resource, getrlimit, setrlimit},
    },
    unistd::close,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

/// All the memory that a process may ask for: the largest picture, decoded, turned and written, and room.
const MEMORY_BYTES: u64 = 768 * 1024 * 1024;
/// Time on a processor.
const CPU_SECONDS: u64 = 10;

/// Behind whoever waits for the server, but not so far that a busy machine never gets to it.
const BEHIND: i32 = 10;

/// What remains allowed: reading and writing what is open, memory, signals to oneself, time, randomness, ending.
const ALLOWED: [i64; 26] = [
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_restart_syscall,
];
/// Allowed as long as no memory becomes executable; the third argument of both says so.
const NOT_EXECUTABLE: [i64; 2] = [libc::SYS_mmap, libc::SYS_mprotect];

/// How far a process could be confined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confinement {
    /// Limits, and a filter of system calls: no file, no connection, no program can be opened.
    Sealed,
    /// Limits alone: the kernel knows no such filter.
    Limited,
}

/// Closes what was inherited, lowers the limits of this process, then filters this thread's system calls.
pub(crate) fn confine() -> Result<Confinement, Errno> {
    close_inherited();
    let _niceness = rustix::process::nice(BEHIND);
    lower(Resource::RLIMIT_AS, MEMORY_BYTES)?;
    // One second between the signal that can be told from others and the one that cannot.
    let (_, hard) = getrlimit(Resource::RLIMIT_CPU)?;
    setrlimit(Resource::RLIMIT_CPU, CPU_SECONDS.min(hard), (CPU_SECONDS + 1).min(hard))?;
    for none in [Resource::RLIMIT_FSIZE, Resource::RLIMIT_CORE, Resource::RLIMIT_NPROC] {
        lower(none, 0)?;
    }
    // Input, output and errors are open; nothing can be opened beside them.
    lower(Resource::RLIMIT_NOFILE, 3)?;
    prctl::set_dumpable(false)?;
    prctl::set_no_new_privs()?;
    Ok(match filter() {
        Some(program) if seccompiler::apply_filter(&program).is_ok() => Confinement::Sealed,
        _ => Confinement::Limited,
    })
}

/// Closes everything but input, output and errors: whoever started the parent may have left something open in it.
fn close_inherited() {
    let listed = fs::read_dir("/proc/self/fd").map(|entries| {
        let names = entries.flatten().map(|entry| entry.file_name());
        names.filter_map(|name| name.to_str()?.parse().ok()).collect()
    });
    let open: Vec<i32> = listed.unwrap_or_else(|_| (0..1024).collect());
    for descriptor in open.into_iter().filter(|descriptor| *descriptor > 2) {
        // The list's own is among them, and closed already.
        let _closed = close(descriptor);
    }
}

fn lower(resource: Resource, most: u64) -> Result<(), Errno> {
    let (_, hard) = getrlimit(resource)?;
    setrlimit(resource, most.min(hard), most.min(hard))
}

fn filter() -> Option<BpfProgram> {
    let not_executable =
        SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(EXECUTABLE), 0).ok()?;
    let rule = SeccompRule::new(vec![not_executable]).ok()?;
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    rules.extend(NOT_EXECUTABLE.iter().map(|call| (*call, vec![rule.clone()])));
    let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let here = std::env::consts::ARCH.try_into().ok()?;
    SeccompFilter::new(rules, denied, SeccompAction::Allow, here).ok()?.try_into().ok()
}

const EXECUTABLE: u64 = libc::PROT_EXEC.unsigned_abs() as u64;
