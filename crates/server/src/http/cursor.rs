//! Cursors: opaque, and of use to nobody but the person and the list that they were made for.
//!
//! A cursor is `payload ‖ MAC`, in base64url. The MAC covers whose cursor it is and of which list, which the payload
//! does not hold: a cursor of another person, practice, patient, list or thread fails like a forged one.

use super::code::Code;
use super::identity::{PortalCaller, StaffCaller};
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::DateTime;
use threadwell_application::ports::{Keyset, PageAt};
use threadwell_domain::{MessageId, ThreadId};
use uuid::Uuid;

const MAC_BYTES: usize = 16;
const LONGEST: usize = 128;
/// Stands in front of a place that is gone on from towards the newest.
const NEWER: u8 = 1;

/// Makes and reads cursors.
#[derive(Debug)]
pub(crate) struct Cursors(hmac::Key);

/// Whose cursor, of which list.
#[derive(Debug)]
pub(crate) struct Owner(Vec<u8>);

impl Owner {
    /// A list of the staff's side.
    pub(crate) fn staff(caller: &StaffCaller, list: &'static str) -> Self {
        Self::new(b's', &[caller.claims.tenant.uuid(), caller.claims.staff.uuid(), Uuid::nil()], list)
    }

    /// A list of the portal's side.
    pub(crate) fn portal(caller: &PortalCaller, list: &'static str) -> Self {
        let patient = caller.claims.acting_for.map_or(Uuid::nil(), |(patient, _)| patient.uuid());
        Self::new(b'p', &[caller.claims.tenant.uuid(), caller.claims.account.uuid(), patient], list)
    }

    /// The messages of one thread.
    pub(crate) fn of_thread(mut self, thread: ThreadId) -> Self {
        self.0.extend_from_slice(thread.uuid().as_bytes());
        self
    }

    /// What was found by one query.
    pub(crate) fn of_query(mut self, query: &str) -> Self {
        self.0.extend_from_slice(query.as_bytes());
        self
    }

    fn new(audience: u8, ids: &[Uuid], list: &'static str) -> Self {
        let mut bytes = vec![audience];
        ids.iter().for_each(|id| bytes.extend_from_slice(id.as_bytes()));
        bytes.extend_from_slice(list.as_bytes());
        bytes.push(0);
        Self(bytes)
    }
}

impl Cursors {
    /// Takes 32 uniform bytes.
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// The place after a row of a list of threads.
    pub(crate) fn after_thread(&self, owner: &Owner, place: Keyset) -> String {
        let mut payload = place.at.timestamp_micros().to_be_bytes().to_vec();
        payload.extend_from_slice(place.id.uuid().as_bytes());
        self.sign(owner, payload)
    }

    /// Reads what [`Cursors::after_thread`] made.
    pub(crate) fn thread(&self, owner: &Owner, text: &str) -> Result<Keyset, Code> {
        let payload = self.verify(owner, text)?;
        let (at, id) = payload.split_first_chunk::<8>().ok_or(Code::InvalidCursor)?;
        let at = DateTime::from_timestamp_micros(i64::from_be_bytes(*at)).ok_or(Code::InvalidCursor)?;
        let id = Uuid::from_slice(id).map_err(|_| Code::InvalidCursor)?;
        Ok(Keyset { at, id: ThreadId::new(id) })
    }

    /// The place before a message of a thread.
    pub(crate) fn before_message(&self, owner: &Owner, message: MessageId) -> String {
        self.sign(owner, message.uuid().as_bytes().to_vec())
    }

    /// Reads what [`Cursors::before_message`] made.
    pub(crate) fn message(&self, owner: &Owner, text: &str) -> Result<MessageId, Code> {
        let payload = self.verify(owner, text)?;
        Uuid::from_slice(&payload).map(MessageId::new).map_err(|_| Code::InvalidCursor)
    }

    /// The place after a message of a thread, from which a page goes on towards the newest.
    pub(crate) fn after_message(&self, owner: &Owner, message: MessageId) -> String {
        self.sign(owner, [&[NEWER], message.uuid().as_bytes().as_slice()].concat())
    }

    /// Reads what either [`Cursors::before_message`] or [`Cursors::after_message`] made.
    pub(crate) fn page(&self, owner: &Owner, text: &str) -> Result<PageAt, Code> {
        let payload = self.verify(owner, text)?;
        let id = |bytes: &[u8]| Uuid::from_slice(bytes).map(MessageId::new).map_err(|_| Code::InvalidCursor);
        match payload.split_first() {
            Some((&NEWER, rest)) if rest.len() == 16 => id(rest).map(PageAt::After),
            _ => id(&payload).map(PageAt::Before),
        }
    }

    /// The place after a row of a list by ids.
    pub(crate) fn after_row(&self, owner: &Owner, row: Uuid) -> String {
        self.sign(owner, row.as_bytes().to_vec())
    }

    /// Reads what [`Cursors::after_row`] made.
    pub(crate) fn row(&self, owner: &Owner, text: &str) -> Result<Uuid, Code> {
        let payload = self.verify(owner, text)?;
        Uuid::from_slice(&payload).map_err(|_| Code::InvalidCursor)
    }

    fn sign(&self, owner: &Owner, mut payload: Vec<u8>) -> String {
        let tag = hmac::sign(&self.0, &covered(owner, &payload));
        payload.extend(tag.as_ref().iter().take(MAC_BYTES));
        URL_SAFE_NO_PAD.encode(payload)
    }

    fn verify(&self, owner: &Owner, text: &str) -> Result<Vec<u8>, Code> {
        if text.len() > LONGEST {
            return Err(Code::InvalidCursor);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Code::InvalidCursor)?;
        let (payload, given) = bytes.split_last_chunk::<MAC_BYTES>().ok_or(Code::InvalidCursor)?;
        let tag = hmac::sign(&self.0, &covered(owner, payload));
        let expected = tag.as_ref().first_chunk::<MAC_BYTES>().ok_or(Code::InvalidCursor)?;
        match aws_lc_rs::constant_time::verify_slices_are_equal(expected, given) {
            Ok(()) => Ok(payload.to_vec()),
            Err(_) => Err(Code::InvalidCursor),
        }
    }
}

/// The owner's length stands in front, so that owner and payload are told apart in one way only.
fn covered(owner: &Owner, payload: &[u8]) -> Vec<u8> {
    let mut bytes = (owner.0.len() as u64).to_be_bytes().to_vec();
    bytes.extend_from_slice(&owner.0);
    bytes.extend_from_slice(payload);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(n: u128, list: &'static str) -> Owner {
        Owner::new(b's', &[Uuid::from_u128(1), Uuid::from_u128(n), Uuid::nil()], list)
    }

    #[test]
    fn a_cursor_serves_its_owner_and_list_alone() {
        let cursors = Cursors::new(&[7; 32]);
        let at = DateTime::from_timestamp_micros(1_780_000_000_123_456).unwrap();
        let place = Keyset { at, id: ThreadId::new(Uuid::from_u128(9)) };
        let text = cursors.after_thread(&owner(2, "inbox"), place);
        assert_eq!(cursors.thread(&owner(2, "inbox"), &text), Ok(place));
        for other in [owner(3, "inbox"), owner(2, "portal"), owner(2, "inbox").of_thread(place.id)] {
            assert_eq!(cursors.thread(&other, &text), Err(Code::InvalidCursor));
        }
        assert_eq!(Cursors::new(&[8; 32]).thread(&owner(2, "inbox"), &text), Err(Code::InvalidCursor));
        assert_eq!(cursors.message(&owner(2, "inbox"), &text), Err(Code::InvalidCursor));
    }

    #[test]
    fn no_flipped_bit_and_no_garbage_is_a_cursor() {
        let cursors = Cursors::new(&[7; 32]);
        let text = cursors.before_message(&owner(2, "messages"), MessageId::new(Uuid::from_u128(9)));
        let bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut altered = bytes.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(cursors.message(&owner(2, "messages"), &URL_SAFE_NO_PAD.encode(&altered)).is_err());
        }
        for garbage in ["", "x", "????", &"A".repeat(10_000), "é"] {
            assert_eq!(cursors.message(&owner(2, "messages"), garbage), Err(Code::InvalidCursor));
        }
    }
}
