use proptest::prelude::*;
use threadwell_crypto::{CryptoError, Place, Purpose, RootKey, TenantKey, envelope, root_key};
use uuid::Uuid;

use crate::{key, tenant};

#[test]
fn a_wrapped_key_opens_what_the_key_sealed() {
    let root = RootKey::from_base64(&RootKey::generate_base64().unwrap()).unwrap();
    let key = key(1, Purpose::Fields);
    let place = Place { tenant: tenant(1), table: "patient", column: "mrn", row: Uuid::from_u128(5) };
    let sealed = envelope::seal(&key, &place, b"RV-1").unwrap();
    let wrapped = root.wrap(&key).unwrap();
    let again = root.unwrap(tenant(1), Purpose::Fields, 1, &wrapped).unwrap();
    assert_eq!(envelope::open(&again, &place, &sealed).unwrap(), b"RV-1");
}

#[test]
fn a_key_survives_a_provider_that_holds_only_its_material() {
    let key = key(1, Purpose::Fields);
    let place = Place { tenant: tenant(1), table: "patient", column: "mrn", row: Uuid::from_u128(5) };
    let sealed = envelope::seal(&key, &place, b"RV-1").unwrap();
    let again = TenantKey::from_material(tenant(1), Purpose::Fields, 1, key.material());
    assert_eq!(envelope::open(&again, &place, &sealed).unwrap(), b"RV-1");
}

#[test]
fn a_wrapped_key_cannot_change_tenant_purpose_or_version() {
    let root = RootKey::from_bytes(&[3; 32]);
    let wrapped = root.wrap(&key(1, Purpose::Fields)).unwrap();
    for (tenant_number, purpose, version) in
        [(2, Purpose::Fields, 1), (1, Purpose::Blobs, 1), (1, Purpose::Search, 1), (1, Purpose::Fields, 2)]
    {
        let refused = root.unwrap(tenant(tenant_number), purpose, version, &wrapped).unwrap_err();
        assert_eq!(refused, CryptoError::NotAuthentic);
    }
}

#[test]
fn a_wrapped_key_names_its_root() {
    let (root, other) = (RootKey::from_bytes(&[3; 32]), RootKey::from_bytes(&[4; 32]));
    let wrapped = root.wrap(&key(1, Purpose::Fields)).unwrap();
    assert_eq!(root_key::wrapped_by(&wrapped), Ok(root.id()));
    assert_ne!(root.id().to_string(), other.id().to_string());
    let refused = other.unwrap(tenant(1), Purpose::Fields, 1, &wrapped).unwrap_err();
    assert_eq!(refused, CryptoError::OtherRootKey);
}

#[test]
fn key_files_are_read_strictly() {
    let text = RootKey::generate_base64().unwrap();
    assert!(RootKey::from_base64(&format!(" {}\n", text.as_str())).is_ok());
    for bad in ["", "AAAA", "not base64!", &text[1..], &format!("{}AAAA", text.as_str())] {
        assert_eq!(RootKey::from_base64(bad).unwrap_err(), CryptoError::BadKeyMaterial);
    }
}

#[test]
fn plainly_chosen_keys_are_called_weak() {
    assert!(RootKey::from_bytes(&[0; 32]).is_weak());
    assert!(RootKey::from_bytes(b"passwordpasswordpasswordpassword").is_weak());
    for _ in 0..100 {
        assert!(!RootKey::from_base64(&RootKey::generate_base64().unwrap()).unwrap().is_weak());
    }
}

#[test]
fn nothing_secret_is_printed() {
    let root = RootKey::from_bytes(&[0xAB; 32]);
    let key =
        root.unwrap(tenant(1), Purpose::Tokens, 1, &root.wrap(&key(1, Purpose::Tokens)).unwrap()).unwrap();
    assert_eq!(
        format!("{key:?}"),
        "TenantKey { tenant: 00000000-0000-0000-0000-000000000001, purpose: Tokens, version: 1, .. }"
    );
    assert!(!format!("{root:?}").contains("171"));
}

#[test]
fn purposes_keep_their_names() {
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::parse(purpose.as_str()), Some(purpose));
        assert_eq!(Purpose::from_code(purpose.code()), Some(purpose));
    }
    assert_eq!(Purpose::parse("Fields"), None);
}

proptest! {
    #[test]
    fn every_damage_to_a_wrapped_key_is_detected(bit in 0usize..73 * 8, length in 0usize..73) {
        let root = RootKey::from_bytes(&[3; 32]);
        let wrapped = root.wrap(&key(1, Purpose::Fields)).unwrap();
        prop_assert_eq!(wrapped.len(), 73);
        let mut flipped = wrapped.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(root.unwrap(tenant(1), Purpose::Fields, 1, &flipped).is_err());
        prop_assert!(root.unwrap(tenant(1), Purpose::Fields, 1, &wrapped[..length]).is_err());
    }
}
