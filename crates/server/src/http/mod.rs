//! The API over HTTP. One endpoint per file: its request, its answer, its handler; see `routes.rs` for the list.
//!
//! A handler parses, runs one use case off the async threads, and presents. It holds no rule, no query, and no
//! condition about permission.

mod account;
mod admin;
mod answer;
mod attachments;
mod auth;
mod auto_replies;
mod blocking;
mod browser;
mod bulk;
mod canned_responses;
mod code;
mod context;
mod cookies;
mod csrf;
mod cursor;
mod demo_mail;
mod docs_page;
mod error;
mod events;
mod factors;
mod fields;
mod headers;
mod identity;
mod json;
mod limits;
mod links;
mod metrics;
mod notifications;
mod observe;
pub mod openapi;
mod operational;
mod parameters;
mod path;
mod people;
mod portal_attachments;
mod portal_auth;
mod portal_grants;
mod portal_search;
mod portal_threads;
mod practices;
mod problem;
mod query;
mod routes;
mod routes_table;
mod search;
mod security_headers;
mod server;
mod state;
mod static_files;
mod teams;
mod threads;
mod views;
mod wire;

pub use metrics::Metrics;
pub use server::{Running, start};
pub use state::{HttpSettings, Parts};
