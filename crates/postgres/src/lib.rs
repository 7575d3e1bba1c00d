//! The store on PostgreSQL: the one door to data, with its five locks.
//!
//! Everything is reached through [`PgStore`], which implements the application's `Store`. A transaction
//! ([`transaction`](self)) binds practice, actor and patient before its first statement, checks session and policy,
//! runs the work, and writes the audit row with the commit. The pools are private; nothing here hands a connection out.
//! This is the only crate that names diesel, and it knows neither HTTP nor mail.
//!
//! To add a repository: a file named after its noun that implements the port for `PgTransaction`, the tenant
//! predicate on every relation of every query, sealing through `tx.keys()`, and `self.trail` told of every thread and
//! patient that is shown or changed. To add a table: a migration that calls `app.protect`, its grants, and a line in
//! `schema.rs`; the catalogue test says what was forgotten.

mod account_links;
mod accounts;
mod admin;
mod announcer;
mod attachments;
mod audit;
mod auto_replies;
mod binding;
mod bootstrap;
mod bulk_acts;
mod canned_responses;
mod changes;
mod closing;
mod continued;
mod counters;
mod databases;
mod deliveries;
mod door;
mod drafts;
mod errors;
mod feed;
mod file_work;
mod guard;
mod idempotency;
mod inbox;
mod keys;
mod links;
mod messages;
mod migrations;
mod notifications;
mod outbox;
mod patients;
mod people;
mod pools;
mod portal_inbox;
mod practices;
mod presences;
mod provisioning;
mod read_cursors;
mod retention;
mod schema;

mod search;
mod second_factors;
mod session_row;
mod sessions;
mod signal;
mod sql;
mod standings;
mod store;
mod teams;
mod thread_row;
mod threads;
mod throttle;
mod transaction;
mod upload_usage;
mod views;

pub use announcer::Announcer;
pub use bootstrap::{BootstrapFailure, RolePasswords, bootstrap};
pub use databases::{DatabaseFailure, create_database, database_exists, drop_database};
pub use feed::PgFeed;
pub use guard::{GuardFailure, guard};
pub use migrations::{MigrationFailure, migrate, revert_all};
pub use pools::PgSettings;
pub use retention::remove_expired;
pub use store::PgStore;
