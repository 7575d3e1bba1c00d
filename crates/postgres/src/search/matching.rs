//! The look at a candidate in clear. It decides; tokens only suggest.

use super::terms::{AskedTerm, AskedWord};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
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

/// Whether a message is a hit; if so, where in its text: nowhere, if all that is asked for may stand around it.
pub(super) fn hits(
    terms: &[AskedTerm],
    text: &str,
    around: &Surroundings<'_>,
    is_around_enough: bool,
) -> Option<Vec<Range<usize>>> {
    let words = placed_words(text);
    let (mut stemmed, mut places) = (Stemmed::new(), Vec::new());
    let is_asked = terms.iter().any(|term| !term.is_excluded);
    // Most candidates miss a word that was asked for: excluded ones are looked for last.
    let (excluded, asked): (Vec<_>, Vec<_>) = terms.iter().partition(|term| term.is_excluded);
    for term in asked.into_iter().chain(excluded) {
        let found = occurrences(term, text, &words, Manner::Stems, &mut stemmed);
        match (term.is_excluded, found.is_empty()) {
            (true, false) => return None,
            (true, true) | (false, true) if surrounds(term, around) == term.is_excluded => return None,
            _ => places.extend(found),
        }
    }
    places.sort_by_key(|place| (place.start, place.end));
    (!is_asked || is_around_enough || !places.is_empty()).then_some(places)
}

/// Where a term stands in a text that is compared by beginnings.
pub(super) fn places_in(terms: &[AskedTerm], text: &str) -> Vec<Range<usize>> {
    let words = placed_words(text);
    let asked = terms.iter().filter(|term| !term.is_excluded);
    let mut places: Vec<_> = asked.flat_map(|term| beginnings(term, text, &words)).collect();
    places.sort_by_key(|place| (place.start, place.end));
    places
}

/// Whether a message's thread or patient has the term.
fn surrounds(term: &AskedTerm, around: &Surroundings<'_>) -> bool {
    let begins = |text: &str| !beginnings(term, text, &placed_words(text)).is_empty();
    let is_patient = || term.whole.is_of(around.mrn, around.email, around.phone, around.birth_date);
    begins(around.subject) || is_patient() || begins(around.name)
}

/// The stems of those words of a text that were compared by them: making them is what a look costs most.
type Stemmed<'a> = HashMap<&'a str, BTreeSet<String>>;

fn beginnings(term: &AskedTerm, text: &str, words: &[PlacedWord]) -> Vec<Range<usize>> {
    occurrences(term, text, words, Manner::Beginnings, &mut Stemmed::new())
}

/// Every place where the words of a term stand in a row.
fn occurrences<'a>(
    term: &AskedTerm,
    text: &str,
    words: &'a [PlacedWord],
    manner: Manner,
    stemmed: &mut Stemmed<'a>,
) -> Vec<Range<usize>> {
    let asked = &term.words;
    if asked.is_empty() {
        return Vec::new();
    }
    let rows = words.windows(asked.len());
    let is_row = |row: &&'a [PlacedWord]| {
        asked.iter().zip(*row).all(|(asked, found)| fits(asked, found, manner, stemmed))
    };
    rows.filter(is_row).filter_map(|row| place_of(asked, text, row)).collect()
}

fn fits<'a>(asked: &AskedWord, found: &'a PlacedWord, manner: Manner, stemmed: &mut Stemmed<'a>) -> bool {
    if asked.is_run {
        return found.word.contains(&asked.word);
    }
    let begins = || found.word.starts_with(&asked.word);
    match manner {
        Manner::Beginnings => begins(),
        Manner::Stems => {
            (asked.is_beginning && begins())
                || found.word == asked.word
                || (begins_alike(&asked.word, &found.word) && shares_a_stem(asked, found, stemmed))
        }
    }
}

/// No stemmer changes how a word begins.
fn begins_alike(one: &str, other: &str) -> bool {
    one.chars().next() == other.chars().next()
}

fn shares_a_stem<'a>(asked: &AskedWord, found: &'a PlacedWord, stemmed: &mut Stemmed<'a>) -> bool {
    let stems = stemmed.entry(&found.word).or_insert_with(|| stems::stems(&found.word));
    !stems::is_run(&found.word) && !asked.stems.is_disjoint(stems)
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
