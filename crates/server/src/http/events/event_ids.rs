//! Ids of events: where a stream was, sealed for its reader.
//!
//! A place in the feed counts transactions of the whole installation: in clear, two of them would tell a patient how
//! busy the practice was in between, notes included. An id is `nonce ‖ ciphertext ‖ tag` in base64url, of constant
//! length, bound to person, practice and patient; one of anybody else opens as nothing.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use threadwell_application::live::{OpenedStream, Sight};
use threadwell_application::ports::FeedPlace;
use threadwell_crypto::{CryptoError, random};
use uuid::Uuid;

const PLACE_BYTES: usize = 24;
const LONGEST: usize = 128;

/// Seals and opens ids.
#[derive(Debug)]
pub(crate) struct EventIds(LessSafeKey);

/// Whose ids.
#[derive(Clone, Debug)]
pub(crate) struct Reader(Vec<u8>);

impl Reader {
    /// Of a stream.
    pub(crate) fn of(opened: &OpenedStream) -> Self {
        let (side, person, patient) = match opened.sight {
            Sight::Staff { staff, .. } => (b's', staff.uuid(), Uuid::nil()),
            Sight::Portal { account, patient, .. } => (b'p', account.uuid(), patient.uuid()),
        };
        let mut bytes = vec![side];
        for id in [opened.tenant.uuid(), person, patient] {
            bytes.extend_from_slice(id.as_bytes());
        }
        Self(bytes)
    }
}

impl EventIds {
    /// Takes 32 uniform bytes.
    pub(crate) fn new(key: &[u8; 32]) -> Result<Self, CryptoError> {
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| CryptoError::Unavailable)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// The id of a place.
    pub(crate) fn seal(&self, reader: &Reader, place: FeedPlace) -> Result<String, CryptoError> {
        let nonce = *random::bytes::<NONCE_LEN>()?;
        let mut sealed = place.transaction.to_be_bytes().to_vec();
        sealed.extend_from_slice(place.id.as_bytes());
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(reader.0.as_slice()),
                &mut sealed,
            )
            .map_err(|_| CryptoError::Unavailable)?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// The place of an id of this reader's; nothing for any other text.
    pub(crate) fn open(&self, reader: &Reader, text: &str) -> Option<FeedPlace> {
        let bytes = (text.len() <= LONGEST).then(|| URL_SAFE_NO_PAD.decode(text).ok()).flatten()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let mut opened = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let place = self.0.open_in_place(nonce, Aad::from(reader.0.as_slice()), &mut opened).ok()?;
        let place: &[u8; PLACE_BYTES] = (&*place).try_into().ok()?;
        let (transaction, id) = place.split_first_chunk::<8>()?;
        Some(FeedPlace { transaction: u64::from_be_bytes(*transaction), id: Uuid::from_slice(id).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use threadwell_domain::thread::CategorySet;
    use threadwell_domain::{AccountId, PatientId, SessionId, StaffId, TenantId};

    const fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn reader(tenant: u128, sight: Sight) -> Reader {
        let (tenant, session) = (TenantId::new(id(tenant)), SessionId::new(id(1)));
        Reader::of(&OpenedStream { tenant, session, address: None, sight })
    }

    #[test]
    fn an_id_opens_for_its_reader_alone_and_says_nothing_by_its_form() {
        let ids = EventIds::new(&[7; 32]).unwrap();
        let staff = |person| Sight::Staff { staff: StaffId::new(id(person)), categories: CategorySet::ALL };
        let portal = |account, patient| Sight::Portal {
            account: AccountId::new(id(account)),
            patient: PatientId::new(id(patient)),
            sees_confidential: true,
        };
        let mine = reader(5, staff(6));
        let (first, second) =
            (FeedPlace { transaction: 1, id: id(2) }, FeedPlace { transaction: u64::MAX, id: Uuid::max() });
        for place in [first, second] {
            assert_eq!(ids.open(&mine, &ids.seal(&mine, place).unwrap()), Some(place));
        }
        let text = ids.seal(&mine, first).unwrap();
        assert_eq!(text.len(), ids.seal(&mine, second).unwrap().len());
        assert_ne!(text, ids.seal(&mine, first).unwrap(), "two of one place look alike");
        for other in [reader(4, staff(6)), reader(5, staff(7)), reader(5, portal(6, 0))] {
            assert_eq!(ids.open(&other, &text), None);
        }
        let patients = ids.seal(&reader(5, portal(6, 8)), first).unwrap();
        assert_eq!(ids.open(&reader(5, portal(6, 9)), &patients), None);
        let mut forged = text.clone().into_bytes();
        forged[20] ^= 1;
        let forged = String::from_utf8(forged).unwrap();
        for wrong in ["", "x", text.split_at(1).1, &forged, &"A".repeat(10_000), &format!("{text}A")] {
            assert_eq!(ids.open(&mine, wrong), None, "{wrong:.80}");
        }
    }
}
