use proptest::prelude::*;
use threadwell_crypto::one_time::{CODE_DIGITS, OneTimeKind, OneTimeToken, code_hash, code_of};
use threadwell_crypto::{CryptoError, Purpose};
use uuid::Uuid;

use crate::{key, tenant};

const KINDS: [OneTimeKind; 4] =
    [OneTimeKind::Link, OneTimeKind::Ticket, OneTimeKind::Activation, OneTimeKind::Device];

#[test]
fn a_secret_survives_its_text_as_its_own_kind_alone() {
    let key = key(1, Purpose::Tokens);
    for kind in KINDS {
        let text = OneTimeToken::generate(kind, tenant(1)).unwrap().expose();
        for other in KINDS {
            assert_eq!(OneTimeToken::parse(other, &text).is_ok(), other == kind);
            assert_eq!(OneTimeToken::is_of(other, &text), other == kind);
        }
        let again = OneTimeToken::parse(kind, &text).unwrap();
        assert_eq!((again.tenant(), &*again.expose()), (tenant(1), &*text));
        assert_eq!(again.stored_hash(&key).unwrap(), again.stored_hash(&key).unwrap());
    }
}

#[test]
fn a_rows_secret_is_always_the_same_and_no_other_rows() {
    let one = key(1, Purpose::Tokens);
    let of = |key, kind, row| OneTimeToken::derive(kind, key, Uuid::from_u128(row)).unwrap().expose();
    assert_eq!(*of(&one, OneTimeKind::Link, 7), *of(&one, OneTimeKind::Link, 7));
    assert_ne!(*of(&one, OneTimeKind::Link, 7), *of(&one, OneTimeKind::Link, 8));
    let (link, ticket) = (of(&one, OneTimeKind::Link, 7), of(&one, OneTimeKind::Ticket, 7));
    assert_ne!(link.rsplit('.').next(), ticket.rsplit('.').next());
}

#[test]
fn the_stored_hash_depends_on_the_kind_and_needs_the_tenants_own_key() {
    let key = key(1, Purpose::Tokens);
    let link = OneTimeToken::derive(OneTimeKind::Link, &key, Uuid::nil()).unwrap();
    let as_ticket = OneTimeToken::parse(OneTimeKind::Ticket, &link.expose().replace("l1.", "m1.")).unwrap();
    assert_ne!(link.stored_hash(&key).unwrap(), as_ticket.stored_hash(&key).unwrap());
    assert_eq!(link.stored_hash(&crate::key(2, Purpose::Tokens)), Err(CryptoError::OtherTenant));
    assert_eq!(link.stored_hash(&crate::key(1, Purpose::Search)), Err(CryptoError::OtherPurpose));
}

#[test]
fn a_code_has_eight_digits_and_is_its_owners() {
    let key = key(1, Purpose::Tokens);
    for row in 0..200 {
        let code = code_of(&key, Uuid::from_u128(row)).unwrap();
        assert_eq!((code.len(), code.bytes().all(|b| b.is_ascii_digit())), (CODE_DIGITS, true));
    }
    let hash = |owner| code_hash(&key, Uuid::from_u128(owner), "12345678").unwrap();
    assert_ne!(hash(1), hash(2));
    assert_ne!(hash(1), code_hash(&key, Uuid::from_u128(1), "12345679").unwrap());
}

proptest! {
    #[test]
    fn no_text_makes_parsing_panic(text in ".{0,120}") {
        for kind in KINDS {
            prop_assert!(OneTimeToken::parse(kind, &text).is_err());
        }
    }
}
