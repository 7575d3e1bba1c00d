//! The look at a candidate in clear. It decides; tokens only suggest.

use super::terms::{AskedTerm, AskedWord};
use std::ops::Range;
use threadwell_crypto::normalise;
use threadwell_crypto::stems::{self, PlacedWord, placed_words};

/// How the words of a text are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// By stems, as texts of messages are.
    Stems,
    /// By their beginnings, as subjects and names are.
    Beginnings,
}

/// What is known in clear of a message's thread and patient.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) subject: &'a str,
    pub(super) name: &'a str,
    pub(super) mrn: &'a str,
    pub(super) email: Option<&'a str>,
    pub(super) phone: Option<&'a str>,
    pub(super) birth_date: Option<&'a str>,
}

/// Whether a message is a hit; if so, where in its text.
pub(super) fn hits(terms: &[AskedTerm], text: &str, around: &Surroundings<'_>) -> Option<Vec<Range<usize>>> {
    let words = placed_words(text);
    let mut places = Vec::new();
    let is_asked = terms.iter().any(|term| !term.is_excluded);
    for term in terms {
        let found = occurrences(term, text, &words, Manner::Stems);
        match (term.is_excluded, found.is_empty()) {
            (true, false) => return None,
            (true, true) | (false, true) if surrounds(term, around) == term.is_excluded => return None,
            _ => places.extend(found),
        }
    }
    places.sort_by_key(|place| (place.start, place.end));
    (!is_asked || !places.is_empty()).then_some(places)
}

/// Where a term stands in a text that is compared by beginnings.
pub(super) fn places_in(terms: &[AskedTerm], text: &str) -> Vec<Range<usize>> {
    let words = placed_words(text);
    let asked = terms.iter().filter(|term| !term.is_excluded);
    let mut places: Vec<_> =
        asked.flat_map(|term| occurrences(term, text, &words, Manner::Beginnings)).collect();
    places.sort_by_key(|place| (place.start, place.end));
    places
}

/// Whether a message's thread or patient has the term.
fn surrounds(term: &AskedTerm, around: &Surroundings<'_>) -> bool {
    let begins = |text: &str| !occurrences(term, text, &placed_words(text), Manner::Beginnings).is_empty();
    begins(around.subject) || is_patient(term, around) || begins(around.name)
}

/// Whether the term is, as a whole, something that the patient has.
pub(super) fn is_patient(term: &AskedTerm, around: &Surroundings<'_>) -> bool {
    let whole = &term.whole;
    let is = |asked: &Option<String>, has: Option<String>| asked.is_some() && *asked == has;
    (!whole.mrn.is_empty() && normalise::mrn(around.mrn) == whole.mrn)
        || is(&whole.email, around.email.map(normalise::email))
        || is(&whole.phone, around.phone.map(normalise::phone))
        || is(&whole.birth_date, around.birth_date.map(|text| text.trim().to_owned()))
}

/// Every place where the words of a term stand in a row.
fn occurrences(term: &AskedTerm, text: &str, words: &[PlacedWord], manner: Manner) -> Vec<Range<usize>> {
    let asked = &term.words;
    if asked.is_empty() {
        return Vec::new();
    }
    let rows = words.windows(asked.len());
    let is_row =
        |row: &&[PlacedWord]| asked.iter().zip(*row).all(|(asked, found)| fits(asked, found, manner));
    rows.filter(is_row).filter_map(|row| place_of(asked, text, row)).collect()
}

fn fits(asked: &AskedWord, found: &PlacedWord, manner: Manner) -> bool {
    if asked.is_run {
        return found.word.contains(&asked.word);
    }
    let begins = || found.word.starts_with(&asked.word);
    match manner {
        Manner::Beginnings => begins(),
        Manner::Stems => {
            (asked.is_beginning && begins())
                || found.word == asked.word
                || (!stems::is_run(&found.word) && !asked.stems.is_disjoint(&stems::stems(&found.word)))
        }
    }
}

/// The whole row; of a single run without spaces the part that was asked for.
fn place_of(asked: &[AskedWord], text: &str, row: &[PlacedWord]) -> Option<Range<usize>> {
    let (first, last) = (row.first()?, row.last()?);
    match (asked, row) {
        ([asked], [found]) if asked.is_run => {
            let run = text.get(found.place.clone())?;
            let part = stems::place_in_run(run, &asked.word).unwrap_or(0..run.len());
            Some(found.place.start + part.start..found.place.start + part.end)
        }
        _ => Some(first.place.start..last.place.end),
    }
}
