//! `threadwell migrate`

use super::{Failure, output};
use crate::config::Reader;
use clap::Args;
use threadwell_postgres::{RolePasswords, bootstrap, migrate};

/// Brings the schema up to date.
#[derive(Args)]
pub(super) struct Migrate {
    /// First makes the roles, or gives them their passwords anew; needs a superuser.
    #[arg(long)]
    bootstrap: bool,
}

impl Migrate {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let variables = |name: &str| std::env::var(name).ok();
        let mut reader = Reader::new(&variables);
        let owner = reader.secret("THREADWELL_DATABASE_OWNER_URL");
        let roles = self.bootstrap.then(|| {
            let mut of = |name: &str| reader.secret(name).expose().to_owned();
            let passwords = RolePasswords {
                owner: of("THREADWELL_OWNER_PASSWORD"),
                staff: of("THREADWELL_STAFF_PASSWORD"),
                portal: of("THREADWELL_PORTAL_PASSWORD"),
                worker: of("THREADWELL_WORKER_PASSWORD"),
                retention: of("THREADWELL_RETENTION_PASSWORD"),
                backup: of("THREADWELL_BACKUP_PASSWORD"),
            };
            (reader.secret("THREADWELL_DATABASE_SUPERUSER_URL"), passwords)
        });
        let (owner, roles) = reader.finish((owner, roles))?;
        if let Some((superuser, passwords)) = roles {
            bootstrap(superuser.expose(), &passwords)?;
            output::say("The roles are made.");
        }
        migrate(owner.expose())?;
        output::say("The schema is up to date.");
        Ok(())
    }
}
