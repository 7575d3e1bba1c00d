//! Logs: one JSON object for each event on standard error, with the request's span and nothing of its content.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Logs from now on. Libraries speak from `warn` on: some would log what they handle. The connection's own reader is
/// silent: it would write an error for each line of nonsense that anybody sends.
pub fn start(level: &str) {
    let filter = EnvFilter::new(format!("warn,actix_http::h1::dispatcher=off,threadwell={level}"));
    let started = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_span_events(FmtSpan::NONE)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
    drop(started);
}
