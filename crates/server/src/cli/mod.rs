//! The command line. Each command is a file; passwords come from a prompt or from standard input, never from an
//! argument, which everybody on the machine could see.

mod attachments;
mod demo;
mod dev;
mod migrate;
mod openapi;
mod output;
mod passwords;
mod search;
mod serve;
mod tenant;
mod user;
mod work;

use crate::config::Faults;
use crate::wiring::Refusal;
use clap::{Parser, Subcommand};
use std::io::{stdin, stdout};
use std::process::ExitCode;

/// The exit code of a configuration that cannot be used (EX_CONFIG).
const BAD_CONFIGURATION: u8 = 78;

/// Secure messaging between patients and their care team.
#[derive(Parser)]
#[command(name = "threadwell", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the API and both apps.
    Serve(serve::Serve),
    /// Works the outbox off; any number may run.
    Work,
    /// Brings the schema up to date.
    Migrate(migrate::Migrate),
    /// Starts a private database and everything else, with demo data, for looking around.
    Dev(dev::Dev),
    /// Practices.
    #[command(subcommand)]
    Tenant(tenant::Tenant),
    /// People.
    #[command(subcommand)]
    User(user::User),
    /// The bytes of files.
    #[command(subcommand)]
    Attachments(attachments::Attachments),
    /// The index by which the texts of messages are searched.
    #[command(subcommand)]
    Search(search::Search),
    /// The demo's people and conversations.
    #[command(subcommand)]
    Demo(demo::Demo),
    /// Prints the API's document.
    Openapi,
    /// Looks into one file; the server and the worker start it for each.
    #[command(hide = true)]
    InspectFile,
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Settings are missing or weak.
    #[error(transparent)]
    Configuration(#[from] Faults),
    /// It would not be safe to start.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The schema could not be brought up to date.
    #[error("migration failed: {0}")]
    Migration(#[from] threadwell_postgres::MigrationFailure),
    /// The roles could not be made.
    #[error("the roles could not be made: {0}")]
    Bootstrap(#[from] threadwell_postgres::BootstrapFailure),
    /// A database could not be made.
    #[error("the database could not be made: {0}")]
    Database(#[from] threadwell_postgres::DatabaseFailure),
    /// A private server could not be started.
    #[error("{0}")]
    Stack(#[from] threadwell_devstack::StackError),
    /// A use case refused.
    #[error("{}", refusal(.0))]
    UseCase(#[from] threadwell_application::Error),
    /// Reading or writing failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Rows and objects do not agree.
    #[error("{0} findings")]
    Findings(usize),
    /// What was asked makes no sense.
    #[error("{0}")]
    Usage(String),
}

/// A refusal in words: fields by name, since there is no form to show them in.
fn refusal(error: &threadwell_application::Error) -> String {
    match error {
        threadwell_application::Error::Invalid(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| field.pointer.trim_start_matches('/')).collect();
            format!("taken already or not of its form: {}", names.join(", "))
        }
        other => other.to_string(),
    }
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(serve) => serve.run(),
        Command::Work => work::run(),
        Command::Migrate(migrate) => migrate.run(),
        Command::Dev(dev) => dev.run(),
        Command::Tenant(tenant) => tenant.run(),
        Command::User(user) => user.run(),
        Command::Attachments(attachments) => attachments.run(),
        Command::Search(search) => search.run(),
        Command::Demo(demo) => demo.run(),
        Command::Openapi => openapi::run(),
        // Before anything else of the process exists: it gives up everything but its input and output.
        Command::InspectFile => return threadwell_inspection::run_child(stdin().lock(), stdout().lock()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&with_causes(&failure));
            match failure {
                Failure::Configuration(_) | Failure::Refused(_) => ExitCode::from(BAD_CONFIGURATION),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

/// A failure with what lies behind it, where that says more.
fn with_causes(failure: &dyn std::error::Error) -> String {
    let mut text = failure.to_string();
    let mut cause = failure.source();
    while let Some(next) = cause {
        let reason = next.to_string();
        if !text.contains(&reason) {
            text = format!("{text}: {reason}");
        }
        cause = next.source();
    }
    text
}

/// The runtime of a command.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
