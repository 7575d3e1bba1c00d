//! Configuration: read once from the environment, validated whole, and every fault named.
//!
//! Each section is a struct in a file of its own and reads itself through [`Reader`], which collects what is wrong
//! instead of stopping at the first thing. `weaknesses` adds what a production installation must not be.

mod database;
mod files;
mod http;
mod keys;
mod mail;
mod reader;
mod weaknesses;

pub use database::DatabaseConfig;
pub use files::{FilesConfig, S3Config, ScannerConfig, StorageConfig};
pub use http::{DEFAULT_PORT, HttpConfig};
pub use keys::KeysConfig;
pub use mail::{MailConfig, SmtpConfig};
pub use reader::{Fault, Faults, Reader};

/// What the installation is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Environment {
    /// Real patients: weak settings are refused.
    Production,
    /// A programmer's machine.
    Development,
    /// Shown to visitors, with invented people.
    Demo,
}

/// Everything that a serving or working process needs to know.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the installation is for.
    pub environment: Environment,
    /// Facing clients.
    pub http: HttpConfig,
    /// Reaching the database.
    pub database: DatabaseConfig,
    /// Keys and passwords.
    pub keys: KeysConfig,
    /// Sending mail.
    pub mail: MailConfig,
    /// Keeping and checking files.
    pub files: FilesConfig,
    /// What is logged (`error`, `warn`, `info`, `debug`, `trace`).
    pub log_level: String,
}

impl Config {
    /// Reads the configuration of a process that serves or works.
    ///
    /// # Errors
    /// Every fault; in production every weakness too.
    pub fn read(variables: &dyn Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        let mut reader = Reader::new(variables);
        let environment = reader.environment();
        let config = Self {
            environment,
            http: HttpConfig::read(&mut reader),
            database: DatabaseConfig::read(&mut reader),
            keys: KeysConfig::read(&mut reader),
            mail: MailConfig::read(&mut reader, environment),
            files: FilesConfig::read(&mut reader, environment),
            log_level: reader.one_of("THREADWELL_LOG", &["error", "warn", "info", "debug", "trace"], "info"),
        };
        if environment == Environment::Production {
            weaknesses::collect(&config, &mut reader);
        }
        reader.finish(config)
    }

    /// Reads it from the process's own environment.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn from_environment() -> Result<Self, Faults> {
        Self::read(&|name| std::env::var(name).ok())
    }
}

#[cfg(test)]
mod tests;
