//! The server: HTTP, OpenAPI, configuration, wiring, and the `threadwell` command.
//!
//! It alone knows every adapter and joins them to the use cases; it holds no rule and no query. A new endpoint is a
//! file under `http/<area>/`, and a line in `http/routes.rs`.

mod account_secrets;
pub mod cli;
pub mod config;
pub mod demo;
mod files;
pub mod http;
mod links;
mod live;
pub mod logging;
pub mod secrets;
pub mod wiring;
pub mod worker;
