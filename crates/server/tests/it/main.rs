//! The server over HTTP: real PostgreSQL, real mail, the clock in the tests' hands.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail like tests do; clippy only excuses functions marked as tests"
)]

mod admin_patients;
mod admin_settings;
mod admin_users;
mod attachments;
mod attachments_hostile;
mod attachments_killed;
mod attachments_late;
mod attachments_refused;
mod attachments_scanned;
mod attachments_sweeping;
mod attachments_turns;
mod attachments_worker;
mod badges;
mod bulk;
mod canaries;
mod canned_responses;
mod command_line;
mod concurrency;
mod document;
mod emergency_access;
mod enrolment;
mod enumeration;
mod factors;
mod fields;
mod file_names;
mod hostile_http;
mod idempotency;
mod invitations;
mod isolation;
mod known_devices;
mod links;
mod live;
mod live_ends;
mod live_portal;
mod mail;
mod mail_failures;
mod malformed_uploads;
mod matrix;
mod notes;
mod notifications;
mod objects;
mod operational;
mod own_sessions;
mod passkeys;
mod password_resets;
mod people;
mod portal_grants;
mod portal_threads;
mod proxies;
mod queries;
mod refresh;
mod scenario;
mod search;
mod search_index;
mod search_oracle;
mod search_portal;
mod second_factor_walk;
mod send_and;
mod sessions;
mod sign_in;
mod staff_threads;
mod statistics;
mod status;
mod step_up;
mod support;
mod teams;
mod tokens;
mod views;
mod walks;
