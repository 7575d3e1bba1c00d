use std::time::Duration;

use crate::ClamdAddress;

/// The longest that a scan may be waited for.
///
/// clamd gives up on a file by itself after 120 s (`MaxScanTime`) and, unless `AlertExceedsMax` is on, then calls it
/// clean. Who stops listening before cannot hear that.
pub(crate) const LONGEST_SCAN: Duration = Duration::from_secs(100);

/// Where clamd is and how long it is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClamdSettings {
    /// Where it listens.
    pub address: ClamdAddress,
    /// The longest time that a connection may take, and the whole question whether it answers.
    pub connect_timeout: Duration,
    /// The longest time that one scan may take, from connecting to the verdict, reading the file included: at most
    /// 100 s, and less than clamd's `MaxScanTime`.
    pub scan_timeout: Duration,
}

impl ClamdSettings {
    /// The settings for an address with the default times: 5 s to connect, 60 s to scan.
    pub fn new(address: ClamdAddress) -> Self {
        Self { address, connect_timeout: Duration::from_secs(5), scan_timeout: Duration::from_secs(60) }
    }

    pub(crate) fn check(&self) -> Result<(), SettingsError> {
        if self.connect_timeout.is_zero() || self.scan_timeout.is_zero() {
            return Err(SettingsError::NoTime);
        }
        if self.scan_timeout > LONGEST_SCAN {
            return Err(SettingsError::TooLong);
        }
        Ok(())
    }
}

/// Why settings cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The address is none.
    #[error("clamd's address is neither host:port nor the absolute path of a socket")]
    BadAddress,
    /// No time is given.
    #[error("connecting and scanning need some time")]
    NoTime,
    /// A scan may take longer than clamd's own limit.
    #[error("a scan may take 100 seconds at most, less than clamd's own limit")]
    TooLong,
}
