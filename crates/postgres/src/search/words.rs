//! What a search asks for, and the check of a candidate after it was opened.
//!
//! Tokens stand for prefixes of at most a dozen characters and may outlive a subject's correction for a moment, so a
//! candidate is looked at again in clear before it is shown.

use crate::patients::readable;
use threadwell_application::ports::Readable;
use threadwell_crypto::normalise::search_words;

/// The words of a query.
#[derive(Debug)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// Normalises a query.
    pub(crate) fn of(query: &str) -> Self {
        Self(search_words(query))
    }

    /// Whether the query holds no word at all.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Whether each word of the query begins a word of one of the texts, or stands in a run of a script that does not
/// separate its words.
pub(crate) fn is_match(asked: &Words, texts: &[&Readable]) -> bool {
    let found: Vec<String> = texts.iter().filter_map(|text| readable(text)).flat_map(search_words).collect();
    !asked.is_empty() && asked.iter().all(|word| found.iter().any(|candidate| begins(candidate, word)))
}

fn begins(candidate: &str, word: &str) -> bool {
    candidate.starts_with(word) || (!candidate.is_ascii() && is_unspaced(word) && candidate.contains(word))
}

/// Scripts written without spaces start well after those that have them.
fn is_unspaced(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c >= '\u{0E00}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use threadwell_domain::Phi;

    fn matches(query: &str, text: &str) -> bool {
        is_match(&Words::of(query), &[&Readable::Intact(Phi::new(text))])
    }

    #[test]
    fn every_word_must_begin_a_word() {
        assert!(matches("sil an", "Ana Silva"));
        assert!(!matches("ilva", "Ana Silva"));
        assert!(!matches("ana okafor", "Ana Silva"));
        assert!(matches("muñ", "Carla MUNOZ"));
        assert!(!matches("!!", "Ana Silva"));
    }

    #[test]
    fn long_words_are_compared_whole() {
        assert!(matches("carbamazepine", "carbamazepine refill"));
        assert!(!matches("carbamazepinX", "carbamazepine refill"));
    }

    #[test]
    fn scripts_without_spaces_match_inside_a_run() {
        assert!(matches("小明", "王小明"));
        assert!(!matches("小王", "王小明"));
    }

    #[test]
    fn an_unreadable_text_matches_nothing() {
        assert!(!is_match(&Words::of("ana"), &[&Readable::Unreadable]));
    }
}
