//! The product's own program as a process, on the data of an app: for what a test inside one process cannot show.

use crate::app::TestApp;
use crate::files::program;
use crate::request::Request;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(30);

/// A server or a worker. It goes by the machine's clock, not by the app's; dropping it kills it, as `kill -9` does.
#[derive(Debug)]
pub struct Process {
    child: Child,
    address: SocketAddr,
}

impl TestApp {
    /// Starts a server beside the app's own and waits until it answers.
    pub fn serve(&self) -> Process {
        let process = self.process("serve", "eicar");
        let started = Instant::now();
        while !process.is_ready() {
            assert!(started.elapsed() < LIMIT, "the server does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        process
    }

    /// Starts a worker with this scanner: `eicar`, or the address of a clamd.
    pub fn work_with(&self, scanner: &str) -> Process {
        self.process("work", scanner)
    }

    fn process(&self, command: &str, scanner: &str) -> Process {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = Command::new(program())
            .arg(command)
            .env_clear()
            .envs(self.environment())
            .env("THREADWELL_LISTEN", address.to_string())
            .env("THREADWELL_SCANNER", scanner)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Process { child, address }
    }
}

impl Process {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The most memory that it has had so far, in MiB.
    pub fn peak_mib(&self) -> u64 {
        self.memory("VmHWM:")
    }

    /// The memory that it has now, in MiB.
    pub fn resident_mib(&self) -> u64 {
        self.memory("VmRSS:")
    }

    /// Asks it to stop, as a supervisor does.
    pub fn ask_to_stop(&self) {
        let done = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        assert!(done.unwrap().success());
    }

    /// Kills it; it has no chance to do anything more.
    pub fn kill(self) {
        drop(self);
    }

    fn is_ready(&self) -> bool {
        std::net::TcpStream::connect(self.address).is_ok()
            && Request::to(self.address, "GET", "/api/ready").send().status == 200
    }

    fn memory(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
