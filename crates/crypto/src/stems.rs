//! Words as the texts of messages are searched: by their stems, in English and Spanish at once.
//!
//! Nobody says in which language a message is written, and many mix both, so a word has the stems of either language
//! and is found by any of them. Words lose their accents before, on both sides alike. Changing what comes out here
//! changes every stored token: it needs a rebuild of every index.

use std::collections::BTreeSet;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::normalise::is_unspaced;

/// A longer word is compared by its beginning.
pub const WORD_MAX: usize = 40;

/// A word of a text, and where it stands in it.
#[derive(Clone, PartialEq, Eq)]
pub struct PlacedWord {
    /// The word, folded as [`crate::normalise::search_words`] does.
    pub word: String,
    /// The bytes of the text that it was made from.
    pub place: Range<usize>,
}

impl std::fmt::Debug for PlacedWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PlacedWord").field("place", &self.place).finish_non_exhaustive()
    }
}

/// The words of a text with their places. **Invariant:** the same words as [`crate::normalise::search_words`] gives.
pub fn placed_words(text: &str) -> Vec<PlacedWord> {
    let mut words = Vec::new();
    let mut open: Option<(PlacedWord, bool)> = None;
    for (at, original) in text.char_indices() {
        let place = at..at + original.len_utf8();
        for c in folded(original) {
            let unspaced = is_unspaced(c);
            if !c.is_alphanumeric() {
                words.extend(open.take().map(closed));
                continue;
            }
            match &mut open {
                Some((word, is_open_unspaced)) if *is_open_unspaced == unspaced => {
                    word.word.push(c);
                    word.place.end = place.end;
                }
                _ => {
                    words.extend(open.take().map(closed));
                    open = Some((PlacedWord { word: c.to_string(), place: place.clone() }, unspaced));
                }
            }
        }
    }
    words.extend(open.map(closed));
    words
}

/// A character without marks, in lower case; nothing for a mark.
fn folded(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
}

/// A Hangul syllable that came apart is put together again.
fn closed((word, _): (PlacedWord, bool)) -> PlacedWord {
    PlacedWord { word: word.word.nfc().collect(), place: word.place }
}

/// Whether a folded word is of a script that does not separate its words.
pub fn is_run(word: &str) -> bool {
    word.chars().any(is_unspaced)
}

/// Where a folded piece stands in a run, in bytes of the run as it is written.
pub fn place_in_run(run: &str, piece: &str) -> Option<Range<usize>> {
    let chars: Vec<(Range<usize>, String)> = run
        .char_indices()
        .map(|(at, c)| (at..at + c.len_utf8(), folded(c).filter(|c| c.is_alphanumeric()).collect()))
        .collect();
    chars.iter().enumerate().find_map(|(first, (start, _))| {
        let mut rest = piece;
        for (place, folded) in chars.get(first..)? {
            rest = rest.strip_prefix(folded.as_str())?;
            if rest.is_empty() {
                return Some(start.start..place.end);
            }
        }
        None
    })
}

/// What a folded word is stored and compared by: its stems; of a run without spaces its characters and their pairs.
pub fn stems(word: &str) -> BTreeSet<String> {
    if is_run(word) {
        return pieces(word);
    }
    let word: String = word.chars().take(WORD_MAX).collect();
    [Algorithm::English, Algorithm::Spanish]
        .into_iter()
        .map(|language| Stemmer::create(language).stem(&word).into_owned())
        .collect()
}

/// What a message must all carry for a word of a query: each inner set by one of its members.
pub fn needed(word: &str) -> Vec<BTreeSet<String>> {
    if !is_run(word) {
        return vec![stems(word)];
    }
    let chars: Vec<char> = word.chars().collect();
    let width = chars.len().min(2);
    chars.windows(width).map(|piece| BTreeSet::from([piece.iter().collect()])).collect()
}

fn pieces(word: &str) -> BTreeSet<String> {
    let chars: Vec<char> = word.chars().collect();
    let singles = chars.iter().map(ToString::to_string);
    singles.chain(chars.windows(2).map(|pair| pair.iter().collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::search_words;

    fn share(one: &str, other: &str) -> bool {
        let of = |word: &str| stems(search_words(word).first().unwrap());
        !of(one).is_disjoint(&of(other))
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (one, other) in [
            ("rash", "rashes"),
            ("bleeding", "bleed"),
            ("prescription", "prescriptions"),
            ("medicamento", "medicamentos"),
            ("Alergia", "alérgias"),
            ("inyección", "inyecciones"),
            ("receta", "recetas"),
        ] {
            assert!(share(one, other), "{one} {other}");
        }
        for (one, other) in [("rash", "crash"), ("receta", "reto"), ("skin", "skinny")] {
            assert!(!share(one, other), "{one} {other}");
        }
    }

    #[test]
    fn runs_without_spaces_are_found_by_their_pairs() {
        let stored = stems("皮膚科の予約");
        for query in ["皮", "皮膚", "膚科", "予約", "科の予"] {
            assert!(needed(query).iter().all(|set| !set.is_disjoint(&stored)), "{query}");
        }
        assert!(!needed("約予").iter().all(|set| !set.is_disjoint(&stored)));
    }

    #[test]
    fn places_lead_back_to_the_text() {
        let text = "¿Señora, №7? 皮膚MRI";
        let found: Vec<(&str, &str)> = placed_words(text)
            .iter()
            .map(|word| (text.get(word.place.clone()).unwrap(), word.word.as_str()))
            .map(|(place, word)| (place, Box::leak(word.to_owned().into_boxed_str()) as &str))
            .collect();
        assert_eq!(found, [("Señora", "senora"), ("№7", "no7"), ("皮膚", "皮膚"), ("MRI", "mri")]);
        // A mark of its own belongs to the letter before it.
        let apart = "sen\u{0303}ora";
        assert_eq!(placed_words(apart)[0].word, "senora");
        assert_eq!(placed_words(apart)[0].place, 0..apart.len());
    }
}
