use std::{fs, sync::Mutex, time::Duration};

use async_trait::async_trait;
use lettre::{
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, TlsParameters},
        extension::ClientId,
    },
};
use threadwell_application::ports::{DeliveryFailure, Notifier, OutgoingMail};
use tokio::{sync::Semaphore, time::timeout};

use crate::{
    SettingsError, SmtpSettings,
    connections::Connections,
    failure,
    outgoing::{self, Composed},
};

/// Sends mail over SMTP: always over TLS, at most so many connections at once, and never longer than allowed.
///
/// When time runs out or the connection breaks after the text was sent, the server may have taken the mail all the
/// same: the next attempt carries the same Message-ID, by which receivers drop the second copy.
#[derive(Debug)]
pub struct SmtpNotifier {
    connections: Connections,
    room: Semaphore,
    from: Mailbox,
    limit: Duration,
}

impl SmtpNotifier {
    /// Prepares the sender; connects to nothing yet.
    ///
    /// # Errors
    /// The sender is no address, or the TLS settings cannot be used.
    pub fn new(settings: SmtpSettings) -> Result<Self, SettingsError> {
        if settings.connections == 0 || settings.timeout.is_zero() {
            return Err(SettingsError::NoRoom);
        }
        let from: Mailbox = settings.from.parse().map_err(|_| SettingsError::BadSender)?;
        let connections = Connections {
            tls: tls_parameters(&settings)?,
            hello: ClientId::Domain(from.email.domain().to_owned()),
            host: settings.host,
            port: settings.port,
            encryption: settings.encryption,
            credentials: settings.credentials.map(|c| Credentials::new(c.username, c.password)),
            idle: Mutex::default(),
        };
        Ok(Self { connections, room: Semaphore::new(settings.connections), from, limit: settings.timeout })
    }

    async fn attempt(&self, mail: &Composed) -> Result<(), DeliveryFailure> {
        let _room = self.room.acquire().await.map_err(|_| failure::temporary("shutting down"))?;
        let mut connection = self.connections.take().await.map_err(|error| failure::of_connecting(&error))?;
        // A failed exchange drops the connection here; lettre has said goodbye where that was possible.
        connection.send(&mail.envelope, &mail.bytes).await.map_err(|error| failure::of_offering(&error))?;
        self.connections.put_back(connection);
        Ok(())
    }
}

#[async_trait]
impl Notifier for SmtpNotifier {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), DeliveryFailure> {
        let composed = outgoing::compose(mail, &self.from)?;
        match timeout(self.limit, self.attempt(&composed)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(failure::temporary("timed out")),
        }
    }
}

fn tls_parameters(settings: &SmtpSettings) -> Result<TlsParameters, SettingsError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.extra_ca_file {
        let pem = fs::read(path).map_err(SettingsError::UnreadableCa)?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).map_err(SettingsError::BadTls)?);
    }
    builder.build().map_err(SettingsError::BadTls)
}
