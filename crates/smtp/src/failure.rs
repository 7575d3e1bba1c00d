//! What a failed attempt means for the mail. The server's own words stay out: they often repeat the address.

use lettre::transport::smtp::Error;
use threadwell_application::ports::DeliveryFailure;

pub(crate) fn temporary(reason: impl Into<String>) -> DeliveryFailure {
    DeliveryFailure::Temporary { reason: reason.into() }
}

pub(crate) fn permanent(reason: impl Into<String>) -> DeliveryFailure {
    DeliveryFailure::Permanent { reason: reason.into() }
}

/// A failure before the mail was offered is never the mail's fault, whatever the code: a wrong password must not
/// throw away a night's mail.
pub(crate) fn of_connecting(error: &Error) -> DeliveryFailure {
    temporary(match error.status() {
        Some(code) => format!("the server does not let us in ({code})"),
        None if error.is_tls() => "the connection could not be made private".to_owned(),
        None if error.is_client() => "the server lacks what we need".to_owned(),
        None => "no connection".to_owned(),
    })
}

/// A failure while the mail was offered: a 5xx answer is final, unless it is about us.
pub(crate) fn of_offering(error: &Error) -> DeliveryFailure {
    match error.status().map(u16::from) {
        Some(code @ (421 | 530 | 534 | 535 | 538)) => {
            temporary(format!("the server does not let us in ({code})"))
        }
        Some(code) if error.is_permanent() => permanent(format!("refused ({code})")),
        Some(code) => temporary(format!("put off ({code})")),
        // The address or the text needs an extension that the server does not have.
        None if error.is_client() => permanent("the server cannot take this address or text"),
        None => temporary("the connection was lost"),
    }
}
