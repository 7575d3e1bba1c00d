//! Checks a mail and writes it out. Nothing that came from elsewhere can add a header or a recipient.

use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Mailbox, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use threadwell_application::ports::{DeliveryFailure, OutgoingMail};

use crate::failure::permanent;

const ADDRESS_MAX: usize = 254;
const SUBJECT_MAX: usize = 200;
const MESSAGE_ID_MAX: usize = 128;

/// A mail as it goes over the wire.
pub(crate) struct Composed {
    pub(crate) envelope: Envelope,
    pub(crate) bytes: Vec<u8>,
}

/// Refuses for good what cannot be written safely, the same for every adapter.
pub(crate) fn check(mail: &OutgoingMail) -> Result<Address, DeliveryFailure> {
    if !is_message_id(&mail.message_id) {
        return Err(permanent("the message id cannot be written"));
    }
    if mail.subject.chars().any(breaks_a_line) || mail.subject.chars().nth(SUBJECT_MAX).is_some() {
        return Err(permanent("the subject cannot be written"));
    }
    if mail.text.contains('\0') {
        return Err(permanent("the text cannot be written"));
    }
    parse_address(mail.to.expose()).ok_or_else(|| permanent("the address cannot be written"))
}

/// Writes a checked mail: From, To, Subject, Message-ID, Date, Auto-Submitted and the three MIME fields, no others.
///
/// `Auto-Submitted` (RFC 3834) keeps vacation programs from answering.
pub(crate) fn compose(mail: &OutgoingMail, from: &Mailbox) -> Result<Composed, DeliveryFailure> {
    let to = check(mail)?;
    let auto_submitted =
        HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .message_id(Some(format!("<{}@{}>", mail.message_id, from.email.domain())))
        .raw_header(auto_submitted)
        .singlepart(SinglePart::plain(mail.text.clone()))
        .map_err(|_| permanent("the mail cannot be written"))?;
    Ok(Composed { envelope: message.envelope().clone(), bytes: message.formatted() })
}

/// One plain address. Quoted local parts, comments, groups, lists and address literals are legal mail and refused:
/// no patient has one, and each is a way to say two things with one text.
fn parse_address(text: &str) -> Option<Address> {
    let is_plain = text.len() <= ADDRESS_MAX
        && text.matches('@').count() == 1
        && !text.chars().any(|c| breaks_a_line(c) || c.is_whitespace() || "\"(),:;<>[]\\".contains(c));
    if is_plain { text.parse().ok() } else { None }
}

fn is_message_id(text: &str) -> bool {
    let starts_well = text.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
    starts_well
        && text.len() <= MESSAGE_ID_MAX
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn breaks_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use threadwell_domain::person::EmailAddress;

    fn near_an_address() -> impl Strategy<Value = String> {
        let name = "[a-zA-Z0-9.+_'()\":é日ß\u{301}\u{200b}-]{1,66}";
        let label = "[a-z0-9éß例\u{301}ａ。_-]{1,12}|[a-z]{60,66}|xn--[a-z0-9-]{1,8}";
        let host = proptest::collection::vec(label, 1..5).prop_map(|labels| labels.join("."));
        (name, host).prop_map(|(name, host)| format!("{name}@{host}"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// **Invariant:** whatever is kept as an address can be mailed to.
        #[test]
        fn what_the_product_takes_as_an_address_the_mailer_takes(
            text in prop_oneof![near_an_address(), ".{0,20}@.{0,20}", "[a-z]{1,8}@[a-z0-9-]{1,8}\\.[a-z0-9é-]{1,4}"]
        ) {
            if let Some(address) = EmailAddress::parse(&text) {
                prop_assert!(parse_address(address.as_phi().expose()).is_some(), "{text:?}");
            }
        }
    }
}
