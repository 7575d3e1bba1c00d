//! The words and phrases of a query, ready to be looked for.

use super::tokens::text_scope;
use crate::transaction::PgTransaction;
use std::collections::BTreeSet;
use threadwell_application::Result;
use threadwell_crypto::{BlindIndex, Scope, normalise, stems};
use threadwell_domain::Phi;
use threadwell_domain::search::{PHONE_DIGITS, Query, Term, days, is_phone};
use uuid::Uuid;

/// The country that numbers are of unless they say another (North America).
const COUNTRY_CODE: &str = "1";
const NATIONAL_DIGITS: usize = 10;
/// The beginning of a word needs so many letters to be looked for in texts.
const BEGINNING_MIN: usize = 2;

/// A word that is looked for.
#[derive(Clone)]
pub(super) struct AskedWord {
    pub(super) word: String,
    pub(super) stems: BTreeSet<String>,
    /// Whether a word of a text may go on where it ends.
    pub(super) is_beginning: bool,
    pub(super) is_run: bool,
}

/// A word or phrase that is looked for.
#[derive(Clone)]
pub(super) struct AskedTerm {
    /// In a row.
    pub(super) words: Vec<AskedWord>,
    pub(super) is_excluded: bool,
    pub(super) whole: WholeValues,
    /// What a message must carry for its text: of each list one.
    pub(super) text_tokens: Vec<Vec<i64>>,
    /// What a subject must all carry, and a patient's names.
    pub(super) subject_tokens: Vec<i64>,
    pub(super) name_tokens: Vec<i64>,
    /// The patients that it names as a whole; found by the caller.
    pub(super) patients: Vec<Uuid>,
}

/// What a term may be as a whole of a patient.
#[derive(Clone, Default)]
pub(super) struct WholeValues {
    mrn: String,
    pub(super) mrn_hash: Vec<u8>,
    email: Option<String>,
    phones: BTreeSet<String>,
    birth_dates: BTreeSet<String>,
    pub(super) tokens: Vec<i64>,
}

/// Which texts a query looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) messages: bool,
    pub(super) notes: bool,
}

impl PgTransaction<'_> {
    /// Makes the terms of a query ready. Only staff have a vocabulary to complete the last word from.
    pub(super) fn asked_terms(&mut self, query: &Query, texts: Texts) -> Result<Vec<AskedTerm>> {
        let mut asked = Vec::with_capacity(query.terms.len());
        for term in &query.terms {
            let term = self.asked_term(term, texts)?;
            // A letter may fold to nothing that is one.
            asked.extend(Some(term).filter(|term| !term.words.is_empty()));
        }
        Ok(asked)
    }

    fn asked_term(&mut self, term: &Term, texts: Texts) -> Result<AskedTerm> {
        let text = term.text.expose();
        let folded = normalise::search_words(text);
        let last = folded.len();
        let mut words: Vec<AskedWord> = Vec::with_capacity(last);
        let mut text_tokens = Vec::new();
        for (place, word) in folded.into_iter().enumerate() {
            let is_open = term.is_open && place + 1 == last;
            let is_beginning = is_open && word.chars().count() >= BEGINNING_MIN && !stems::is_run(&word);
            let completed = if is_beginning { self.completions(&word)? } else { Some(BTreeSet::new()) };
            let is_beginning = is_beginning && completed.is_some();
            text_tokens.extend(self.tokens_of(&word, &completed.unwrap_or_default(), texts)?);
            let (stems, is_run) = (stems::stems(&word), stems::is_run(&word));
            words.push(AskedWord { word, stems, is_beginning, is_run });
        }
        let keys = self.keys()?;
        let index = keys.index();
        let beginnings = normalise::query_terms(text);
        let all = |scope| beginnings.iter().map(|term| index.token(scope, term)).collect();
        Ok(AskedTerm {
            words,
            is_excluded: term.is_excluded,
            whole: WholeValues::of(term, index),
            text_tokens,
            subject_tokens: all(Scope::THREAD_SUBJECT),
            name_tokens: all(Scope::PATIENT_NAME),
            patients: Vec::new(),
        })
    }

    fn tokens_of(&self, word: &str, completed: &BTreeSet<String>, texts: Texts) -> Result<Vec<Vec<i64>>> {
        let keys = self.keys()?;
        let of = |stems: BTreeSet<String>| -> Vec<i64> {
            let scopes = [(texts.messages, false), (texts.notes, true)];
            let scopes = scopes.into_iter().filter(|(is_wanted, _)| *is_wanted);
            let tokens = scopes.flat_map(|(_, is_internal)| {
                let index = keys.index();
                stems.iter().map(move |stem| index.token(text_scope(is_internal), stem)).collect::<Vec<_>>()
            });
            tokens.collect()
        };
        let mut needed = stems::needed(word);
        if let [only] = needed.as_mut_slice() {
            only.extend(completed.iter().flat_map(|word| stems::stems(word)));
        }
        Ok(needed.into_iter().map(of).collect())
    }
}

impl AskedTerm {
    /// What only a thread of one of these patients has, whatever its texts hold.
    pub(super) fn of_patients(name_tokens: &[i64], patients: &[Uuid]) -> Self {
        let (name_tokens, patients) = (name_tokens.to_vec(), patients.to_vec());
        Self { name_tokens, patients, ..Self::carrying(Vec::new()) }
    }

    /// What messages have that carry one of these tokens, and what others have by their threads alone.
    pub(super) fn carrying(tokens: Vec<i64>) -> Self {
        Self {
            words: Vec::new(),
            is_excluded: false,
            whole: WholeValues::default(),
            text_tokens: if tokens.is_empty() { Vec::new() } else { vec![tokens] },
            subject_tokens: Vec::new(),
            name_tokens: Vec::new(),
            patients: Vec::new(),
        }
    }
}

impl WholeValues {
    fn of(term: &Term, index: &BlindIndex) -> Self {
        let text = term.text.expose();
        let mrn = normalise::mrn(text);
        let email = text.contains('@').then(|| normalise::email(text));
        let texts = || std::iter::once(text).chain(term.part_of.iter().map(Phi::expose));
        let phones: BTreeSet<String> = texts().filter(|text| is_phone(text)).flat_map(phones).collect();
        let birth_dates: BTreeSet<String> = texts().flat_map(days).map(|day| day.to_string()).collect();
        let of = |scope: Scope, value: &String| index.token(scope, value);
        let tokens = email.iter().map(|email| of(Scope::PATIENT_EMAIL, email));
        let tokens = tokens.chain(phones.iter().map(|phone| of(Scope::PATIENT_PHONE, phone)));
        let tokens = tokens.chain(birth_dates.iter().map(|day| of(Scope::PATIENT_BIRTH_DATE, day)));
        Self {
            tokens: tokens.collect(),
            mrn_hash: index.hash(Scope::PATIENT_MRN, &mrn).to_vec(),
            mrn,
            email,
            phones,
            birth_dates,
        }
    }

    /// Whether one of the patient's values is meant.
    pub(super) fn is_of(
        &self,
        mrn: &str,
        email: Option<&str>,
        phone: Option<&str>,
        born: Option<&str>,
    ) -> bool {
        (!self.mrn.is_empty() && normalise::mrn(mrn) == self.mrn)
            || email.is_some_and(|has| self.email.as_ref() == Some(&normalise::email(has)))
            || phone.is_some_and(|has| self.phones.contains(&normalise::phone(has)))
            || born.is_some_and(|has| self.birth_dates.contains(has.trim()))
    }
}

/// A number as it may be written down: with the country's code and without.
fn phones(text: &str) -> Vec<String> {
    let digits = normalise::phone(text);
    if digits.len() < PHONE_DIGITS {
        return Vec::new();
    }
    let other = match digits.strip_prefix(COUNTRY_CODE) {
        Some(national) if national.len() == NATIONAL_DIGITS => Some(national.to_owned()),
        _ => (digits.len() == NATIONAL_DIGITS).then(|| format!("{COUNTRY_CODE}{digits}")),
    };
    std::iter::once(digits).chain(other).collect()
}

/// The tokens of what a patient can be found by as a whole.
pub(crate) fn patient_tokens(
    index: &BlindIndex,
    email: Option<&str>,
    phone: Option<&str>,
    birth_date: Option<&str>,
) -> BTreeSet<i64> {
    let email = email.map(|text| index.token(Scope::PATIENT_EMAIL, &normalise::email(text)));
    let phone = phone.map(normalise::phone).filter(|digits| digits.len() >= PHONE_DIGITS);
    let phone = phone.map(|digits| index.token(Scope::PATIENT_PHONE, &digits));
    let birth_date = birth_date.map(|text| index.token(Scope::PATIENT_BIRTH_DATE, text.trim()));
    [email, phone, birth_date].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::phones;

    #[test]
    fn a_number_is_meant_with_its_country_and_without() {
        assert_eq!(phones("(555) 010-0142"), ["5550100142", "15550100142"]);
        assert_eq!(phones("+1 (555) 010-0142"), ["15550100142", "5550100142"]);
        assert_eq!(phones("+52 55 5010 0142"), ["525550100142"]);
        assert_eq!(phones("٥٥٥٠١٠٠"), Vec::<String>::new());
    }
}
