use proptest::prelude::*;
use threadwell_crypto::{CryptoError, Purpose, refresh::RefreshToken};

use crate::{key, tenant};

#[test]
fn a_token_survives_its_text() {
    let key = key(1, Purpose::Tokens);
    let token = RefreshToken::generate(tenant(1)).unwrap();
    let text = token.expose();
    assert_eq!(text.len(), 3 + 36 + 1 + 43);
    let again = RefreshToken::parse(&text).unwrap();
    assert_eq!(again.tenant(), tenant(1));
    assert!(again.matches(&key, &token.stored_hash(&key).unwrap()).unwrap());
}

#[test]
fn racing_refreshes_end_in_one_branch() {
    let key = key(1, Purpose::Tokens);
    let parent = RefreshToken::generate(tenant(1)).unwrap();
    let first = parent.successor(&key).unwrap();
    let second = RefreshToken::parse(&parent.expose()).unwrap().successor(&key).unwrap();
    assert_eq!(*first.expose(), *second.expose());
    assert_ne!(*first.expose(), *parent.expose());
    assert_ne!(*first.successor(&key).unwrap().expose(), *first.expose());
}

#[test]
fn a_stored_hash_reveals_neither_token_nor_successor() {
    let key = key(1, Purpose::Tokens);
    let token = RefreshToken::generate(tenant(1)).unwrap();
    let successor = token.successor(&key).unwrap();
    assert_ne!(token.stored_hash(&key).unwrap(), successor.stored_hash(&key).unwrap());
    assert!(!successor.matches(&key, &token.stored_hash(&key).unwrap()).unwrap());
    assert!(!token.matches(&key, b"").unwrap());
}

#[test]
fn a_changed_tenant_part_is_another_token() {
    let token = RefreshToken::generate(tenant(1)).unwrap();
    let moved = token.expose().replace(&tenant(1).to_string(), &tenant(2).to_string());
    let moved = RefreshToken::parse(&moved).unwrap();
    assert_eq!(moved.stored_hash(&key(1, Purpose::Tokens)), Err(CryptoError::OtherTenant));
    assert_eq!(token.stored_hash(&key(1, Purpose::Search)), Err(CryptoError::OtherPurpose));
}

#[test]
fn there_is_one_spelling_of_a_token() {
    let good = RefreshToken::generate(uuid::Uuid::from_u128(0xABCDEF)).unwrap().expose();
    let (head, secret) = good.rsplit_once('.').unwrap();
    let id = head.trim_start_matches("v1.");
    let bad = [
        String::new(),
        format!("v2.{id}.{secret}"),
        format!("V1.{id}.{secret}"),
        format!("{id}.{secret}"),
        format!("v1.{}.{secret}", id.to_uppercase()),
        format!("v1.{{{id}}}.{secret}"),
        format!("v1.urn:uuid:{id}.{secret}"),
        format!("v1.{}.{secret}", id.replace('-', "")),
        format!("v1.{id}.{secret}="),
        format!("v1.{id}.{}", &secret[1..]),
        format!("v1.{id}.{secret}A"),
        format!("v1.{id}.{}+", &secret[1..]),
        format!("v1.{id}.{}B", "A".repeat(42)),
        format!("v1.{id}.{secret}.x"),
        format!(" {}", good.as_str()),
        format!("{}\n", good.as_str()),
        format!("v1.{id}.{}", "é".repeat(21)),
        "a".repeat(8192),
    ];
    for text in bad {
        assert!(RefreshToken::parse(&text).is_err(), "{text:?}");
    }
}

#[test]
fn nothing_secret_is_printed() {
    let token = RefreshToken::generate(tenant(1)).unwrap();
    let expected = "RefreshToken { tenant: 00000000-0000-0000-0000-000000000001, .. }";
    assert_eq!(format!("{token:?}"), expected);
}

proptest! {
    #[test]
    fn whatever_parses_is_spelled_so(text in "v1\\.[0-9a-fA-F-]{30,38}\\.[A-Za-z0-9_-]{42,44}", any in any::<String>()) {
        for text in [text, any] {
            if let Ok(token) = RefreshToken::parse(&text) {
                let spelled = token.expose();
                prop_assert_eq!(spelled.as_str(), text.as_str());
            }
        }
    }
}
