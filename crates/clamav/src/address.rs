use std::{fmt, path::PathBuf, str::FromStr};

use crate::SettingsError;

/// Where clamd listens. Files cross this way in clear: it belongs on the same machine or in a network of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClamdAddress {
    /// A TCP port.
    Tcp {
        /// A name or an address; an IPv6 address without its brackets.
        host: String,
        /// The port, 3310 as a rule.
        port: u16,
    },
    /// A Unix socket.
    Unix(PathBuf),
}

impl FromStr for ClamdAddress {
    type Err = SettingsError;

    /// Reads `clamd:3310`, `127.0.0.1:3310`, `[::1]:3310`, or a socket's absolute path as in `/run/clamav/clamd.ctl`.
    fn from_str(text: &str) -> Result<Self, SettingsError> {
        if text.starts_with('/') {
            let is_path = !text.ends_with('/') && !text.contains('\0');
            return if is_path { Ok(Self::Unix(text.into())) } else { Err(SettingsError::BadAddress) };
        }
        let (host, port) = text.rsplit_once(':').ok_or(SettingsError::BadAddress)?;
        let port = parse_port(port).ok_or(SettingsError::BadAddress)?;
        let host = parse_host(host).ok_or(SettingsError::BadAddress)?;
        Ok(Self::Tcp { host: host.to_owned(), port })
    }
}

fn parse_port(text: &str) -> Option<u16> {
    let has_digits_alone = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| has_digits_alone && *port != 0)
}

/// A name or an IPv4 address as it is; an IPv6 address only in brackets, since its last group looks like a port.
fn parse_host(text: &str) -> Option<&str> {
    if let Some(bracketed) = text.strip_prefix('[') {
        let address = bracketed.strip_suffix(']')?;
        return address.parse::<std::net::Ipv6Addr>().ok().map(|_| address);
    }
    let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    (is_name && !text.is_empty()).then_some(text)
}

impl fmt::Display for ClamdAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } if host.contains(':') => write!(f, "[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "{host}:{port}"),
            Self::Unix(path) => write!(f, "{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for text in
            ["clamd:3310", "127.0.0.1:3310", "scan_1.internal:1", "[::1]:65535", "/run/clamav/clamd.ctl"]
        {
            assert_eq!(text.parse::<ClamdAddress>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let bad = [
            "",
            "clamd",
            "clamd:",
            "clamd:0",
            "clamd:65536",
            "clamd:+1",
            ":3310",
            "::1:3310",
            "[::1]",
            "[clamd]:3310",
            "http://clamd:3310",
            "tcp://clamd:3310",
            "clamd:3310/",
            "cl amd:3310",
            "run/clamd.ctl",
            "/",
            "/run/",
            "/a\0",
        ];
        for text in bad {
            assert!(text.parse::<ClamdAddress>().is_err(), "{text}");
        }
    }
}
