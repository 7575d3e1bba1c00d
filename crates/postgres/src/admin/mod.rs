//! What administrators keep: people, records, grants, and what the practice decides.

mod emergencies;
mod grants;
mod holdings;
mod record_access;
mod record_rows;
mod records;
mod settings;
mod users;

pub(crate) use settings::{holiday_texts, office_hours, triples};
