use std::io;

use async_trait::async_trait;
use threadwell_application::ports::{FileStream, MalwareScanner, ScanFailure, ScanVerdict};
use tokio::{
    net::{TcpStream, UnixStream},
    time::timeout,
};

use crate::{
    ClamdAddress, ClamdFailure, ClamdSettings, SettingsError,
    wire::{self, Connection},
};

/// Scans by clamd: a connection for each file, which goes over in pieces as it comes and is never held whole.
///
/// Keeps nothing between scans, so a clamd that was away is found again by the next one. How many scans run at once
/// is the caller's choice; clamd lets those beyond its `MaxThreads` wait.
#[derive(Debug)]
pub struct ClamdScanner {
    settings: ClamdSettings,
}

impl ClamdScanner {
    /// Prepares the scanner; connects to nothing yet.
    ///
    /// # Errors
    /// A time is missing, or longer than clamd's own.
    pub fn new(settings: ClamdSettings) -> Result<Self, SettingsError> {
        settings.check()?;
        Ok(Self { settings })
    }

    async fn connect(&self) -> Result<Box<dyn Connection>, ClamdFailure> {
        match timeout(self.settings.connect_timeout, open(&self.settings.address)).await {
            Ok(connection) => connection.map_err(ClamdFailure::NoConnection),
            Err(_) => Err(ClamdFailure::NoConnection(io::ErrorKind::TimedOut.into())),
        }
    }

    async fn hand_over(&self, content: FileStream) -> Result<ScanVerdict, ScanFailure> {
        wire::instream(self.connect().await?, content).await
    }

    async fn ask(&self) -> Result<(), ClamdFailure> {
        wire::ping(self.connect().await?).await
    }
}

#[async_trait]
impl MalwareScanner for ClamdScanner {
    async fn scan(&self, content: FileStream) -> Result<ScanVerdict, ScanFailure> {
        match timeout(self.settings.scan_timeout, self.hand_over(content)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(ClamdFailure::TooSlow.into()),
        }
    }

    async fn ready(&self) -> Result<(), ScanFailure> {
        match timeout(self.settings.connect_timeout, self.ask()).await {
            Ok(outcome) => Ok(outcome?),
            Err(_) => Err(ClamdFailure::TooSlow.into()),
        }
    }
}

async fn open(address: &ClamdAddress) -> io::Result<Box<dyn Connection>> {
    match address {
        ClamdAddress::Tcp { host, port } => {
            let stream = TcpStream::connect((host.as_str(), *port)).await?;
            stream.set_nodelay(true)?;
            Ok(Box::new(stream))
        }
        ClamdAddress::Unix(path) => Ok(Box::new(UnixStream::connect(path).await?)),
    }
}
