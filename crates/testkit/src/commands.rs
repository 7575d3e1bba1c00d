//! The product's own command line, on the data of an app.

use crate::app::TestApp;
use crate::files::program;
use std::process::{Command, Output, Stdio};

impl TestApp {
    /// Runs a command to its end. It goes by the machine's clock, not by the app's.
    pub fn command(&self, arguments: &[&str]) -> Output {
        Command::new(program())
            .args(arguments)
            .env_clear()
            .envs(self.environment())
            .env("THREADWELL_SCANNER", "eicar")
            .env("THREADWELL_DATABASE_OWNER_URL", self.owner_url())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }
}
