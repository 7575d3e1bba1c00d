//! What may have been meant by a word of which nothing was found.

use crate::transaction::PgTransaction;
use std::collections::BTreeSet;
use threadwell_application::Result;
use threadwell_application::ports::{Patients, Readable};
use threadwell_crypto::normalise::search_words;
use threadwell_domain::Phi;
use threadwell_domain::search::{Query, Side};
use threadwell_domain::thread::CategorySet;

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// Words of so many letters may have a second mistake.
const LONG: usize = 8;
/// The letters at the beginning that a patient's name must share.
const BEGINNING: usize = 3;
/// So many patients of a beginning are looked at.
const PATIENTS: i64 = 100;

impl PgTransaction<'_> {
    /// The query with words that nobody wrote and no patient is called replaced by their nearest neighbours; `None`
    /// where there are none. Phrases and exclusions stay.
    pub(super) fn respelt(&mut self, query: &Query) -> Result<Option<Phi>> {
        let mut respelt = query.clone();
        let mut is_other = false;
        for term in respelt.terms.iter_mut().filter(|term| !term.is_phrase && !term.is_excluded) {
            if let Some(near) = self.nearest(term.text.expose())? {
                term.text = Phi::new(near);
                is_other = true;
            }
        }
        Ok(is_other.then(|| Phi::new(respelt.written(Side::Staff).expose().trim_end())))
    }

    fn nearest(&mut self, typed: &str) -> Result<Option<String>> {
        let words = search_words(typed);
        let [word] = words.as_slice() else { return Ok(None) };
        let Some(most) = mistakes(word) else { return Ok(None) };
        // First what costs least: a word that somebody wrote needs no neighbour.
        let mut candidates = self.words_near(word)?;
        let is_known = |candidates: &BTreeSet<String>| candidates.iter().any(|one| one.starts_with(word));
        if is_known(&candidates) {
            return Ok(None);
        }
        candidates.extend(self.names_near(word, most)?);
        if is_known(&candidates) {
            return Ok(None);
        }
        let measured = candidates.into_iter().map(|one| (strsim::osa_distance(word, &one), one));
        Ok(measured.filter(|(distance, _)| *distance <= most).min().map(|(_, one)| one))
    }

    /// Names of patients that share the longest beginning with a word that leads to a neighbour.
    fn names_near(&mut self, word: &str, most: usize) -> Result<BTreeSet<String>> {
        let shown = self.trail.clone();
        let mut names = BTreeSet::new();
        let ends = word.char_indices().map(|(at, _)| at).skip(BEGINNING).chain([word.len()]);
        for end in ends.collect::<Vec<_>>().into_iter().rev() {
            let hits = Patients::search(self, word.split_at(end).0, PATIENTS)?;
            let spoken = hits.iter().filter_map(|hit| match &hit.full_name {
                Readable::Intact(name) => Some(search_words(name.expose())),
                Readable::Unreadable => None,
            });
            names.extend(
                spoken
                    .flatten()
                    .filter(|name| name.starts_with(word) || strsim::osa_distance(word, name) <= most),
            );
            if !names.is_empty() {
                break;
            }
        }
        // The look-up shows nobody: a name without the one who bears it.
        self.trail = shown;
        Ok(names)
    }

    /// The words of messages with the same first letter, for those who may see every message.
    fn words_near(&mut self, word: &str) -> Result<BTreeSet<String>> {
        if self.visible_categories() != CategorySet::ALL {
            return Ok(BTreeSet::new());
        }
        let first = word.chars().next().map(String::from).unwrap_or_default();
        self.with_words(&first, usize::MAX)
    }
}

/// How many letters may differ, be missing, too many or exchanged with their neighbour; `None` for what is too short, or
/// holds a digit: a number is not meant to be another one.
fn mistakes(word: &str) -> Option<usize> {
    let length = word.chars().count();
    (length >= SHORTEST && word.chars().all(char::is_alphabetic)).then_some(if length < LONG { 1 } else { 2 })
}

#[cfg(test)]
mod tests {
    use super::mistakes;

    #[test]
    fn long_words_may_have_two_mistakes_and_numbers_none() {
        assert_eq!([mistakes("arm"), mistakes("rash"), mistakes("amoxicillin")], [None, Some(1), Some(2)]);
        assert_eq!(mistakes("mrn10042"), None);
    }
}
