use std::{
    fmt,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};

use crate::{StackError, error::Attempting};

/// Reads until the owner's end of the pipe closes, which the kernel does however the owner ends; then stops the
/// server, if it is still the one that was watched, and removes what was asked.
///
/// A parent-death signal would not do: it is tied to the thread that started the server, and a test's thread ends
/// long before its process.
const SCRIPT: &str = r#"
trap '' INT TERM HUP QUIT
while read -r _; do :; done
pid=$1 pid_file=$2 signal=$3 remove=$4
if [ "$(head -n 1 "$pid_file" 2>/dev/null)" = "$pid" ]; then
  kill "-$signal" "$pid" 2>/dev/null
  tries=0
  while [ "$tries" -lt 600 ] && [ -e "$pid_file" ] && kill -0 "$pid" 2>/dev/null; do
    sleep 0.05
    tries=$((tries + 1))
  done
fi
[ -z "$remove" ] || rm -rf -- "$remove"
"#;

/// What the watchdog does when the owner is gone.
pub(crate) struct Watch<'a> {
    pub(crate) pid: u32,
    /// Where the server keeps its process id; it is stopped only while it still does.
    pub(crate) pid_file: &'a Path,
    /// A signal's name as `kill` takes it: `INT` for an orderly stop, `QUIT` where the data is thrown away.
    pub(crate) signal: &'static str,
    /// A directory to remove at the end.
    pub(crate) remove: Option<&'a Path>,
}

/// A child that outlives a killed owner just long enough to stop the server.
pub(crate) struct Watchdog {
    child: Child,
    pipe: Option<ChildStdin>,
}

impl Watchdog {
    pub(crate) fn start(watch: &Watch<'_>) -> Result<Self, StackError> {
        let mut child = Command::new("/bin/sh")
            .args(["-c", SCRIPT, "threadwell-watchdog"])
            .arg(watch.pid.to_string())
            .arg(watch.pid_file)
            .arg(watch.signal)
            .arg(watch.remove.unwrap_or_else(|| Path::new("")))
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Out of the terminal's foreground group, so that Ctrl-C reaches the owner alone.
            .process_group(0)
            .spawn()
            .attempting(|| "start the watchdog".to_owned())?;
        let pipe = child.stdin.take();
        Ok(Self { child, pipe })
    }

    /// Lets the watchdog go without removing anything, when its owner has stopped the server and may start it again.
    pub(crate) fn dismiss(mut self) {
        let _killed = self.child.kill();
    }
}

impl Drop for Watchdog {
    /// Lets the watchdog go and waits for it. After an orderly stop it has nothing left to do.
    fn drop(&mut self) {
        drop(self.pipe.take());
        let _ended = self.child.wait();
    }
}

impl fmt::Debug for Watchdog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watchdog").field("pid", &self.child.id()).finish()
    }
}
