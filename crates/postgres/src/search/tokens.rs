//! The tokens that stand for a message.

use std::collections::BTreeSet;
use threadwell_crypto::{BlindIndex, Scope, normalise, stems};
use uuid::Uuid;

/// Shorter words are no use to anybody who types the beginning of one.
const WORD_MIN: usize = 3;
/// A message of more words than this is longer than any may be.
const TOKENS_MAX: usize = 4_096;

/// The scope of a message's text. Words of notes and of messages never share a token.
pub(super) const fn text_scope(is_internal: bool) -> Scope {
    if is_internal { Scope::NOTE_TEXT } else { Scope::MESSAGE_TEXT }
}

/// The scope of the words in the vocabulary.
pub(super) const fn word_scope(is_internal: bool) -> Scope {
    if is_internal { Scope::NOTE_WORD } else { Scope::MESSAGE_WORD }
}

/// The token of who wrote a message.
pub(super) fn sender_token(index: &BlindIndex, staff: Uuid) -> i64 {
    index.token(Scope::MESSAGE_SENDER, &staff.to_string())
}

/// What is stored for a text: its tokens, and the words for the vocabulary.
pub(super) struct Indexed {
    pub(super) tokens: BTreeSet<i64>,
    pub(super) words: BTreeSet<String>,
}

/// Takes a text apart.
pub(super) fn index_text(index: &BlindIndex, text: &str, is_internal: bool) -> Indexed {
    let words: BTreeSet<String> = normalise::search_words(text).into_iter().collect();
    let scope = text_scope(is_internal);
    let stems: BTreeSet<String> = words.iter().flat_map(|word| stems::stems(word)).collect();
    Indexed {
        tokens: stems.iter().take(TOKENS_MAX).map(|stem| index.token(scope, stem)).collect(),
        words: words.into_iter().filter(|word| belongs_to_vocabulary(word)).collect(),
    }
}

/// Runs without spaces are found by their pieces; numbers are not worth completing.
fn belongs_to_vocabulary(word: &str) -> bool {
    let length = word.chars().count();
    (WORD_MIN..=stems::WORD_MAX).contains(&length)
        && !stems::is_run(word)
        && !word.chars().all(char::is_numeric)
}
