//! Facing clients.

use super::Reader;
use actix_web::http::Uri;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// How the server faces its clients.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where browsers reach it, without a slash at the end.
    pub public_origin: String,
    /// The directory that holds the built apps, `staff` and `portal`.
    pub web_directory: PathBuf,
    /// How many proxies in front append to X-Forwarded-For.
    pub trusted_proxy_hops: usize,
    /// Threads that take requests.
    pub threads: usize,
    /// Requests that one person may make in a minute.
    pub requests_per_minute: u32,
    /// Messages and threads that one person may write in a minute.
    pub writes_per_minute: u32,
    /// Searches, and suggestions for them, that one person may ask for in a minute.
    pub searches_per_minute: u32,
}

/// The port that nothing else is likely to have.
pub const DEFAULT_PORT: u16 = 4000;

impl HttpConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let public_origin = reader.required("THREADWELL_PUBLIC_ORIGIN");
        if !public_origin.is_empty() && !is_origin(&public_origin) {
            reader
                .fault("THREADWELL_PUBLIC_ORIGIN", "must be an origin such as https://messages.example.org");
        }
        let config = Self {
            listen: reader.parsed("THREADWELL_LISTEN", "an address and a port", default_listen()),
            public_origin,
            web_directory: reader
                .optional("THREADWELL_WEB_DIR")
                .unwrap_or_else(|| "web/dist".to_owned())
                .into(),
            trusted_proxy_hops: reader.parsed("THREADWELL_TRUSTED_PROXY_HOPS", "a number", 0),
            threads: reader.parsed("THREADWELL_THREADS", "a number", cores()),
            requests_per_minute: reader.parsed("THREADWELL_REQUESTS_PER_MINUTE", "a number", 600),
            writes_per_minute: reader.parsed("THREADWELL_WRITES_PER_MINUTE", "a number", 60),
            searches_per_minute: reader.parsed("THREADWELL_SEARCHES_PER_MINUTE", "a number", 120),
        };
        if config.threads == 0 {
            reader.fault("THREADWELL_THREADS", "must be at least 1");
        }
        config
    }
}

/// Where the server listens unless told.
fn default_listen() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT))
}

/// One thread for each core.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get)
}

/// Scheme, host and perhaps a port, and nothing else.
fn is_origin(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else { return false };
    let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme));
    let authority = uri.authority().map(|authority| authority.as_str()).filter(|text| !text.contains('@'));
    scheme.zip(authority).is_some_and(|(scheme, authority)| text == format!("{scheme}://{authority}"))
}
