//! Keyed hashes that make sealed values findable.
//!
//! A scope stands in front of every hashed value, so equal values in different scopes (an e-mail of staff and of a
//! patient, a word in a public message and in a note) give unrelated hashes, and the key is the tenant's, so equal
//! values of two tenants do too. What remains visible to somebody who holds the database without the key is which
//! rows of one tenant and scope share a value.

use std::{collections::BTreeSet, fmt};

use crate::{CryptoError, Purpose, TenantKey, normalise, prk::Prk};

const LABEL: &str = "threadwell/blind-index/v1";

/// Keeps the hashed values of one column or kind of text apart from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope(&'static str);

impl Scope {
    /// A staff member's e-mail address.
    pub const STAFF_EMAIL: Self = Self("staff-email");
    /// A portal account's e-mail address.
    pub const PORTAL_EMAIL: Self = Self("portal-email");
    /// A patient's medical record number.
    pub const PATIENT_MRN: Self = Self("patient-mrn");
    /// Prefixes of a patient's names.
    pub const PATIENT_NAME: Self = Self("patient-name");
    /// Prefixes of the words of a thread's subject.
    pub const THREAD_SUBJECT: Self = Self("thread-subject");

    /// A patient's e-mail address, among the tokens of patients.
    pub const PATIENT_EMAIL: Self = Self("patient-email");
    /// A patient's telephone number.
    pub const PATIENT_PHONE: Self = Self("patient-phone");
    /// A patient's date of birth.
    pub const PATIENT_BIRTH_DATE: Self = Self("patient-birth-date");
    /// Stems of the words of public messages.
    pub const MESSAGE_TEXT: Self = Self("message-text");
    /// Stems of the words of internal notes.
    pub const NOTE_TEXT: Self = Self("note-text");
    /// The member of the staff who wrote a message.
    pub const MESSAGE_SENDER: Self = Self("message-sender");
    /// The stretches of time that a message was sent in.
    pub const MESSAGE_TIME: Self = Self("message-time");
    /// Whole words of public messages, which the vocabulary is kept by.
    pub const MESSAGE_WORD: Self = Self("message-word");
    /// Whole words of internal notes, which the vocabulary is kept by.
    pub const NOTE_WORD: Self = Self("note-word");

    /// Names a further scope. The name is part of what is hashed and can never change.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }
}

/// A tenant's keyed hash.
pub struct BlindIndex {
    prk: Prk,
}

impl BlindIndex {
    /// Derives the hash key from the tenant's search key.
    pub fn new(key: &TenantKey) -> Result<Self, CryptoError> {
        key.require(&[Purpose::Search])?;
        Ok(Self { prk: Prk::from_uniform(&key.prk().expand(LABEL, b"")) })
    }

    /// Hashes a normalised value for exact look-up.
    pub fn hash(&self, scope: Scope, value: &str) -> [u8; 32] {
        // The value comes last and the scope is led by its length, so the pair is read back in one way only.
        let scope_len = (scope.0.len() as u64).to_be_bytes();
        self.prk.mac(&[&scope_len, scope.0.as_bytes(), value.as_bytes()])
    }

    /// The first eight bytes of the hash, as the search tables store them.
    pub fn token(&self, scope: Scope, value: &str) -> i64 {
        let [a, b, c, d, e, f, g, h, ..] = self.hash(scope, value);
        i64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// The tokens to store for a text, so that any prefix of its words finds it.
    pub fn text_tokens(&self, scope: Scope, text: &str) -> BTreeSet<i64> {
        normalise::index_terms(text).iter().map(|term| self.token(scope, term)).collect()
    }

    /// The tokens that a text must all carry to be a candidate for a query.
    pub fn query_tokens(&self, scope: Scope, query: &str) -> BTreeSet<i64> {
        normalise::query_terms(query).iter().map(|term| self.token(scope, term)).collect()
    }
}

impl fmt::Debug for BlindIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlindIndex").finish_non_exhaustive()
    }
}
