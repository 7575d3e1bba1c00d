use std::collections::HashSet;

use proptest::prelude::*;
use threadwell_crypto::{BlindIndex, CryptoError, Purpose, Scope, normalise, stems};

use crate::key;

const SCOPES: [Scope; 5] =
    [Scope::STAFF_EMAIL, Scope::PORTAL_EMAIL, Scope::PATIENT_MRN, Scope::PATIENT_NAME, Scope::THREAD_SUBJECT];

#[test]
fn equal_values_of_other_scopes_and_tenants_are_unrelated() {
    let tenants = [key(1, Purpose::Search), key(2, Purpose::Search)];
    let hashes: HashSet<_> = tenants
        .iter()
        .map(|key| BlindIndex::new(key).unwrap())
        .flat_map(|index| SCOPES.map(|scope| index.hash(scope, "ana@x.example")))
        .collect();
    assert_eq!(hashes.len(), 10);
}

#[test]
fn scope_and_value_cannot_trade_letters() {
    let index = BlindIndex::new(&key(1, Purpose::Search)).unwrap();
    assert_ne!(index.hash(Scope::new("ab"), "c"), index.hash(Scope::new("a"), "bc"));
    assert_ne!(index.hash(Scope::new(""), "abc"), index.hash(Scope::new("abc"), ""));
}

#[test]
fn only_a_search_key_indexes() {
    for purpose in [Purpose::Fields, Purpose::Blobs, Purpose::Tokens] {
        assert_eq!(BlindIndex::new(&key(1, purpose)).unwrap_err(), CryptoError::OtherPurpose);
    }
}

#[test]
fn a_token_is_the_head_of_the_hash() {
    let index = BlindIndex::new(&key(1, Purpose::Search)).unwrap();
    let hash = index.hash(Scope::PATIENT_MRN, "RV1");
    assert_eq!(index.token(Scope::PATIENT_MRN, "RV1").to_be_bytes(), hash[..8]);
}

#[test]
fn a_query_finds_the_subject_that_it_begins() {
    let index = BlindIndex::new(&key(1, Purpose::Search)).unwrap();
    let stored = index.text_tokens(Scope::THREAD_SUBJECT, "Tretinoin refill, señora Müller");
    for query in ["tret", "REFILL", "muller señ", "Senora"] {
        assert!(index.query_tokens(Scope::THREAD_SUBJECT, query).is_subset(&stored), "{query}");
    }
    assert!(!index.query_tokens(Scope::PATIENT_NAME, "tret").is_subset(&stored), "another scope");
    assert!(!index.query_tokens(Scope::THREAD_SUBJECT, "etinoin").is_subset(&stored));
}

proptest! {
    #[test]
    fn normal_forms_are_stable(text in any::<String>()) {
        let email = normalise::email(&text);
        prop_assert_eq!(normalise::email(&email), email.clone());
        let mrn = normalise::mrn(&text);
        prop_assert!(!mrn.contains(char::is_whitespace));
    }

    #[test]
    fn every_text_is_found_by_its_own_words(text in any::<String>()) {
        let terms = normalise::index_terms(&text);
        prop_assert!(normalise::query_terms(&text).is_subset(&terms));
        for word in normalise::search_words(&text) {
            prop_assert!(normalise::query_terms(&word).is_subset(&terms), "{}", word);
        }
    }
}

proptest! {
    #[test]
    fn words_with_places_are_the_words_without(text in "\\PC{0,60}|[a-záñÉ皮膚が김 ½№-]{0,40}") {
        let placed: Vec<String> = stems::placed_words(&text).into_iter().map(|word| word.word).collect();
        prop_assert_eq!(placed, normalise::search_words(&text));
        for word in stems::placed_words(&text) {
            let written = text.get(word.place.clone());
            prop_assert!(written.is_some());
            let stored = stems::stems(&word.word);
            prop_assert!(stems::needed(&word.word).iter().all(|set| !set.is_disjoint(&stored)), "{}", word.word);
            if stems::is_run(&word.word) {
                prop_assert!(stems::place_in_run(written.unwrap(), &word.word).is_some());
            }
        }
    }
}
