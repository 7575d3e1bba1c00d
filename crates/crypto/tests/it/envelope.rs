use proptest::prelude::*;
use threadwell_crypto::{CryptoError, KeyRing, Place, Purpose, TenantKey, envelope};
use uuid::Uuid;

use crate::{key, tenant};

fn place() -> Place<'static> {
    Place { tenant: tenant(1), table: "message", column: "body", row: Uuid::from_u128(42) }
}

#[test]
fn a_value_opens_only_where_it_was_sealed() {
    let key = key(1, Purpose::Fields);
    let sealed = envelope::seal(&key, &place(), b"acne since May").unwrap();
    let moves = [
        Place { table: "message_revision", ..place() },
        Place { column: "preview", ..place() },
        Place { row: Uuid::from_u128(43), ..place() },
        // The same letters, divided otherwise between table and column.
        Place { table: "messageb", column: "ody", ..place() },
        Place { table: "", column: "messagebody", ..place() },
    ];
    for moved in moves {
        assert_eq!(envelope::open(&key, &moved, &sealed), Err(CryptoError::NotAuthentic), "{moved:?}");
    }
    let foreign = Place { tenant: tenant(2), ..place() };
    assert_eq!(envelope::open(&key, &foreign, &sealed), Err(CryptoError::OtherTenant));
    assert_eq!(envelope::open(&key, &place(), &sealed).unwrap(), b"acne since May");
}

#[test]
fn a_value_opens_only_under_its_key() {
    let sealed = envelope::seal(&key(1, Purpose::Fields), &place(), b"x").unwrap();
    assert_eq!(envelope::open(&key(1, Purpose::Fields), &place(), &sealed), Err(CryptoError::NotAuthentic));
    let blobs = key(1, Purpose::Blobs);
    assert_eq!(envelope::open(&blobs, &place(), &sealed), Err(CryptoError::NotAuthentic));
    let newer = TenantKey::generate(tenant(1), Purpose::Fields, 2).unwrap();
    let refusal = CryptoError::OtherKeyVersion { found: 1, given: 2 };
    assert_eq!(envelope::open(&newer, &place(), &sealed), Err(refusal));
}

#[test]
fn keys_of_other_purposes_seal_nothing() {
    for purpose in [Purpose::Search, Purpose::Tokens] {
        assert_eq!(envelope::seal(&key(1, purpose), &place(), b"x"), Err(CryptoError::OtherPurpose));
    }
}

#[test]
fn relabelling_the_key_version_is_detected() {
    let root = threadwell_crypto::RootKey::from_bytes(&[1; 32]);
    let first = key(1, Purpose::Fields);
    let mut sealed = envelope::seal(&first, &place(), b"x").unwrap();
    sealed[2] = 2;
    assert!(root.unwrap(tenant(1), Purpose::Fields, 2, &root.wrap(&first).unwrap()).is_err());
    assert_eq!(
        envelope::open(&first, &place(), &sealed),
        Err(CryptoError::OtherKeyVersion { found: 2, given: 1 })
    );
}

#[test]
fn equal_plaintexts_look_unrelated() {
    let key = key(1, Purpose::Fields);
    let (a, b) = (
        envelope::seal(&key, &place(), &[0; 64]).unwrap(),
        envelope::seal(&key, &place(), &[0; 64]).unwrap(),
    );
    let equal = a.iter().zip(&b).skip(3).filter(|(a, b)| a == b).count();
    assert!(equal < 8, "{equal} of {} bytes are equal", a.len());
}

#[test]
fn a_ring_seals_with_the_newest_and_opens_with_any() {
    let old = KeyRing::new(vec![key(1, Purpose::Fields)]).unwrap();
    let sealed_old = old.seal(&place(), b"old").unwrap();
    let newest = TenantKey::generate(tenant(1), Purpose::Fields, 7).unwrap();
    let root = threadwell_crypto::RootKey::from_bytes(&[1; 32]);
    let first = root.wrap(old.current().unwrap()).unwrap();
    let first = root.unwrap(tenant(1), Purpose::Fields, 1, &first).unwrap();
    let ring = KeyRing::new(vec![first, newest]).unwrap();
    assert_eq!(ring.open(&place(), &sealed_old).unwrap(), b"old");
    let sealed_new = ring.seal(&place(), b"new").unwrap();
    assert_eq!(envelope::key_version(&sealed_new), Ok(7));
    assert_eq!(old.open(&place(), &sealed_new), Err(CryptoError::OtherKeyVersion { found: 7, given: 1 }));
}

#[test]
fn a_ring_is_of_one_tenant_and_purpose() {
    let rings = [
        vec![],
        vec![key(1, Purpose::Fields), key(1, Purpose::Fields)],
        vec![key(1, Purpose::Fields), TenantKey::generate(tenant(1), Purpose::Blobs, 2).unwrap()],
        vec![key(1, Purpose::Fields), TenantKey::generate(tenant(2), Purpose::Fields, 2).unwrap()],
    ];
    for keys in rings {
        assert_eq!(KeyRing::new(keys).unwrap_err(), CryptoError::BadKeyRing);
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens(plaintext in prop::collection::vec(any::<u8>(), 0..2000), table in ".{0,20}", column in ".{0,20}", row in any::<u128>()) {
        let key = key(1, Purpose::Fields);
        let place = Place { tenant: tenant(1), table: &table, column: &column, row: Uuid::from_u128(row) };
        let sealed = envelope::seal(&key, &place, &plaintext).unwrap();
        prop_assert_eq!(sealed.len(), plaintext.len() + 35);
        prop_assert_eq!(envelope::open(&key, &place, &sealed).unwrap(), plaintext);
    }

    #[test]
    fn every_flipped_bit_is_detected(plaintext in prop::collection::vec(any::<u8>(), 0..100)) {
        let key = key(1, Purpose::Fields);
        let sealed = envelope::seal(&key, &place(), &plaintext).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(envelope::open(&key, &place(), &flipped).is_err(), "bit {}", bit);
        }
    }

    #[test]
    fn every_truncation_and_extension_is_detected(plaintext in prop::collection::vec(any::<u8>(), 0..100), tail in prop::collection::vec(any::<u8>(), 1..40)) {
        let key = key(1, Purpose::Fields);
        let sealed = envelope::seal(&key, &place(), &plaintext).unwrap();
        for length in 0..sealed.len() {
            prop_assert!(envelope::open(&key, &place(), &sealed[..length]).is_err());
        }
        prop_assert!(envelope::open(&key, &place(), &[&sealed[..], &tail].concat()).is_err());
    }

    #[test]
    fn random_bytes_never_open(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let ring = KeyRing::new(vec![key(1, Purpose::Fields)]).unwrap();
        prop_assert!(ring.open(&place(), &bytes).is_err());
        let headed = [&[1, 0, 1], &bytes[..]].concat();
        prop_assert!(ring.open(&place(), &headed).is_err());
    }

    #[test]
    fn halves_of_two_values_do_not_join(a in prop::collection::vec(any::<u8>(), 32), b in prop::collection::vec(any::<u8>(), 32), cut in 4usize..67) {
        let key = key(1, Purpose::Fields);
        let (a, b) = (envelope::seal(&key, &place(), &a).unwrap(), envelope::seal(&key, &place(), &b).unwrap());
        let joined = [&a[..cut], &b[cut..]].concat();
        // Heads are alike, and nonces may begin alike: then the cut changed nothing.
        prop_assume!(joined != a && joined != b);
        prop_assert!(envelope::open(&key, &place(), &joined).is_err());
    }
}
