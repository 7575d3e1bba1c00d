//! What the search is held against: every text in clear, and the plainest way to look through them.

use std::collections::BTreeSet;
use threadwell_crypto::stems;
use threadwell_domain::Moment;
use uuid::Uuid;

pub(super) struct ModelThread {
    pub(super) id: String,
    pub(super) patient: &'static str,
    pub(super) subject: String,
    pub(super) category: &'static str,
    pub(super) status: &'static str,
    pub(super) is_nurses: bool,
    pub(super) is_archived: bool,
}

pub(super) struct ModelMessage {
    pub(super) id: Uuid,
    pub(super) thread: usize,
    pub(super) text: String,
    pub(super) is_note: bool,
    pub(super) by_patient: bool,
    pub(super) has_files: bool,
    pub(super) sent_at: Moment,
}

pub(super) type Passes = Box<dyn Fn(&ModelMessage, &ModelThread) -> bool>;

/// A filter as it is typed, and whether a message passes it.
pub(super) struct Narrowing {
    pub(super) text: String,
    pub(super) passes: Passes,
    /// Whether it is about the message and not about its thread.
    pub(super) is_of_messages: bool,
}

/// A text cut into folded words, in the plainest way.
pub(super) fn words(text: &str) -> Vec<String> {
    let is_han = |c: char| c >= '\u{3400}';
    let mut words: Vec<String> = vec![String::new()];
    let mut was_han = false;
    for c in text.to_lowercase().chars() {
        let c = match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            'ñ' => 'n',
            other => other,
        };
        if !c.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        if is_han(c) != was_han {
            words.push(String::new());
        }
        was_han = is_han(c);
        words.last_mut().unwrap().push(c);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether the words stand in a row, each compared as told.
pub(super) fn in_a_row(asked: &[String], text: &str, same: &dyn Fn(usize, &str) -> bool) -> bool {
    let words = words(text);
    words.windows(asked.len()).any(|row| row.iter().enumerate().all(|(place, word)| same(place, word)))
}

pub(super) fn is_run(word: &str) -> bool {
    word.chars().any(|c| c >= '\u{3400}')
}

/// A word of a query, a phrase, or one that must not be there.
pub(super) struct Asked {
    pub(super) words: Vec<String>,
    pub(super) is_excluded: bool,
    pub(super) is_open: bool,
}

impl Asked {
    fn in_text(&self, text: &str) -> bool {
        let stems_of = |word: &str| -> BTreeSet<String> { stems::stems(word) };
        in_a_row(&self.words, text, &|place, word| {
            let asked = &self.words[place];
            let is_last = place + 1 == self.words.len();
            if is_run(asked) {
                return word.contains(asked.as_str());
            }
            let begins =
                self.is_open && is_last && asked.chars().count() >= 2 && word.starts_with(asked.as_str());
            begins || word == asked || (!is_run(word) && !stems_of(asked).is_disjoint(&stems_of(word)))
        })
    }

    fn around(&self, text: &str) -> bool {
        in_a_row(&self.words, text, &|place, word| {
            let asked = &self.words[place];
            if is_run(asked) { word.contains(asked.as_str()) } else { word.starts_with(asked.as_str()) }
        })
    }
}

pub(super) struct Model {
    pub(super) threads: Vec<ModelThread>,
    pub(super) messages: Vec<ModelMessage>,
}

impl Model {
    pub(super) fn expected(&self, asked: &[Asked], filters: &[Narrowing], sees: &[&str]) -> Vec<Uuid> {
        // Threads are not shown beside messages that a filter chooses: their messages are found instead.
        let is_around_enough = filters.iter().any(|filter| filter.is_of_messages);
        let meets = |message: &ModelMessage| {
            let thread = &self.threads[message.thread];
            let around = |term: &Asked| term.around(&thread.subject) || term.around(thread.patient);
            let has = |term: &Asked| term.in_text(&message.text) || around(term);
            filters.iter().all(|filter| (filter.passes)(message, thread))
                && sees.contains(&thread.category)
                && asked.iter().all(|term| has(term) != term.is_excluded)
                && (is_around_enough
                    || asked.iter().any(|term| !term.is_excluded && term.in_text(&message.text)))
        };
        let mut found: Vec<Uuid> =
            self.messages.iter().filter(|message| meets(message)).map(|message| message.id).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    }
}
