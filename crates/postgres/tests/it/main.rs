//! The store against a real PostgreSQL, as the roles that serve.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail like tests do; clippy only excuses functions marked as tests"
)]

mod addresses;
mod audit;
mod canned_responses;
mod catalogue;
mod conversations;
mod deliveries;
mod door;
mod feed;
mod files;
mod idempotency;
mod inbox;
mod isolation;
mod outbox;
mod people;
mod post;
mod provisioning;
mod raw;
mod refresh;
mod retention;
mod scene;
mod schema_changes;
mod sealing;
mod sessions;
mod sign_in;
mod stage;
mod statistics;
mod throttle;
