//! The private servers, really started.
#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod postgres;
mod smtp;
