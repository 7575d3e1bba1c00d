//! A private clamd that knows one piece of malware: the EICAR test file.
//!
//! The server is Debian's `clamav-daemon`. Its database is made here, so nothing is downloaded and it starts within a
//! second.

mod files;
mod process;

use std::path::PathBuf;

use crate::{StackError, account::Account, directory, process::free_port};
use files::Files;
use process::Clamd;

pub use files::eicar_test_file;

/// How to start a private clamd.
#[derive(Debug, Clone, Default)]
pub struct ClamdOptions {
    /// The TCP port on 127.0.0.1; a free one is chosen if none is given.
    pub port: Option<u16>,
    /// Further settings of `clamd.conf`, by name and value; they replace the defaults.
    pub settings: Vec<(String, String)>,
}

/// A private clamd; dropping it stops the server and removes its files.
#[derive(Debug)]
pub struct ClamdServer {
    // The order of fields is the order of dropping: the server stops before its files go.
    running: Option<Clamd>,
    files: Files,
    account: Option<Account>,
    port: u16,
}

impl ClamdServer {
    /// Starts a server that listens on TCP and on a Unix socket.
    ///
    /// # Errors
    /// clamd is missing, the port is taken, or the server does not become ready.
    pub fn start(options: &ClamdOptions) -> Result<Self, StackError> {
        let account = Account::for_server()?;
        directory::check_reachable(account.as_ref(), files::PARENT.as_ref())?;
        let files = Files::make(account.as_ref())?;
        let mut tries_left = 3;
        loop {
            let port = free_port(options.port)?;
            files.configure(port, &options.settings)?;
            let started = Clamd::start(&files, account.as_ref());
            tries_left -= 1;
            match started {
                // Somebody else was faster.
                Err(StackError::NotReady { detail, .. })
                    if options.port.is_none() && tries_left > 0 && detail.contains("in use") => {}
                started => return Ok(Self { running: Some(started?), files, account, port }),
            }
        }
    }

    /// The TCP port on 127.0.0.1, the same after every start.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The Unix socket.
    pub fn socket(&self) -> PathBuf {
        self.files.socket()
    }

    /// The server's process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.running.as_ref().map(Clamd::pid)
    }

    /// Kills the server at once, whatever it is doing; its addresses stay its own.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }

    /// Starts the server again on the same addresses. One that runs stays as it is.
    ///
    /// # Errors
    /// The server does not become ready.
    pub fn start_again(&mut self) -> Result<(), StackError> {
        if self.running.is_none() {
            self.running = Some(Clamd::start(&self.files, self.account.as_ref())?);
        }
        Ok(())
    }
}
