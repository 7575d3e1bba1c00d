//! The store against a real PostgreSQL, as the roles that serve.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail like tests do; clippy only excuses functions marked as tests"
)]

mod addresses;
mod canned_responses;
mod deliveries;
mod outbox;
mod people;
mod post;
mod provisioning;
mod refresh;
mod sessions;
mod sign_in;
mod stage;
mod throttle;
