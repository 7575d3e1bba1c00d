//! How a query may go on.

use crate::Result;
use crate::access::{Access, Action, Caller};
use crate::ports::{Store, Tx};
use threadwell_domain::Phi;
use threadwell_domain::access::Role;
use threadwell_domain::search::{FilterName, Query, Side, quoted_if_blank};

/// How many there are at most.
const LIMIT: usize = 10;
/// How many of each kind that is looked up.
const OF_A_KIND: usize = 4;

/// So many letters must stand for patients and words to be looked up.
const BEGINNING_MIN: usize = 2;

/// What a suggestion adds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SuggestionKind {
    /// The name of a filter.
    Operator,
    /// A value of a filter.
    Value,
    /// A member of the staff or a team.
    Person,
    /// A patient.
    Patient,
    /// A word of the messages.
    Word,
    /// A query of before.
    Recent,
}

/// A way to go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// What it adds.
    pub kind: SuggestionKind,
    /// The whole query after taking it.
    pub query: Phi,
    /// What to show.
    pub label: Phi,
    /// More about it.
    pub detail: Option<Phi>,
}

/// How a query may go on.
///
/// # Errors
/// The caller may not search, or the database is unavailable.
pub fn suggest(store: &dyn Store, caller: &Caller, text: &str) -> Result<Vec<Suggestion>> {
    store.transact(&Access::to(caller, Action::SuggestSearches), |tx| {
        let at = Query::parse(text, Side::Staff).last_piece;
        let (before, last) = text.split_at_checked(at).unwrap_or((text, ""));
        let mut found = Suggestions { before, list: Vec::new() };
        match last.split_once(':') {
            Some((name, value)) => found.values(tx, name, value.trim_matches('"'))?,
            None => found.beginnings(tx, text, last)?,
        }
        found.list.truncate(LIMIT);
        Ok(found.list)
    })
}

struct Suggestions<'a> {
    before: &'a str,
    list: Vec<Suggestion>,
}

impl Suggestions<'_> {
    fn add(&mut self, kind: SuggestionKind, ending: &str, label: &str, detail: Option<Phi>) {
        let query = Phi::new(format!("{}{ending}", self.before));
        self.list.push(Suggestion { kind, query, label: Phi::new(label), detail });
    }

    /// Values of a filter whose name stands already.
    fn values(&mut self, tx: &mut dyn Tx, name: &str, value: &str) -> Result<()> {
        let Some(filter) = FilterName::on(Side::Staff, name) else { return Ok(()) };
        let begins = |candidate: &str| candidate.to_lowercase().starts_with(&value.to_lowercase());
        for known in filter.values(Side::Staff).into_iter().filter(|known| begins(known)) {
            self.add(SuggestionKind::Value, &format!("{}:{known} ", filter.name()), known, None);
        }
        let mut names: Vec<(String, Option<String>)> = Vec::new();
        if matches!(filter, FilterName::From | FilterName::Assigned) {
            // Auditors look on: they write nothing and are given nothing.
            let workers = tx.people().staff()?.into_iter().filter(|staff| staff.role != Role::Auditor);
            names.extend(workers.map(|staff| (staff.full_name, staff.title)));
        }
        if filter == FilterName::Assigned {
            names.extend(tx.people().teams()?.into_iter().map(|team| (team.name, None)));
        }
        let is_meant = |name: &str| name.split_whitespace().any(begins) || begins(name);
        let ending = |name: &str| format!("{}:{} ", filter.name(), quoted_if_blank(name));
        let patients = if filter == FilterName::From { patients(tx, value)? } else { Vec::new() };
        // Whoever is looked up is shown: the audit names them.
        let room = LIMIT.saturating_sub(self.list.len() + patients.len());
        for (name, title) in names.into_iter().filter(|(name, _)| is_meant(name)).take(room) {
            self.add(SuggestionKind::Person, &ending(&name), &name, title.map(Phi::new));
        }
        for (name, mrn) in patients {
            self.add(SuggestionKind::Patient, &ending(name.expose()), name.expose(), mrn);
        }
        Ok(())
    }

    /// Whatever begins with what was typed last; queries of before where nothing was typed yet.
    fn beginnings(&mut self, tx: &mut dyn Tx, text: &str, last: &str) -> Result<()> {
        let asked = text.trim().to_lowercase();
        let recent = tx.recent_searches().recent(i64::try_from(LIMIT).unwrap_or(0))?;
        let recent = recent.into_iter().filter(|one| one.query.expose().to_lowercase().starts_with(&asked));
        let shown = if asked.is_empty() { LIMIT } else { OF_A_KIND };
        for one in recent.take(shown) {
            let (query, label) = (one.query.clone(), one.query);
            self.list.push(Suggestion { kind: SuggestionKind::Recent, query, label, detail: None });
        }
        let word = last.trim_start_matches('"');
        if word.is_empty() || last.starts_with('-') {
            return Ok(());
        }
        let lower = word.to_lowercase();
        for name in FilterName::ALL.into_iter().filter(|name| name.name().starts_with(&lower)) {
            self.add(
                SuggestionKind::Operator,
                &format!("{}:", name.name()),
                &format!("{}:", name.name()),
                None,
            );
        }
        if word.chars().count() >= BEGINNING_MIN {
            self.looked_up(tx, word)?;
        }
        Ok(())
    }

    fn looked_up(&mut self, tx: &mut dyn Tx, word: &str) -> Result<()> {
        for (name, mrn) in patients(tx, word)? {
            let ending = format!("{} ", quoted_if_blank(name.expose()));
            self.add(SuggestionKind::Patient, &ending, name.expose(), mrn);
        }
        for found in tx.search().words(word, OF_A_KIND)? {
            self.add(SuggestionKind::Word, &format!("{} ", found.expose()), found.expose(), None);
        }
        Ok(())
    }
}

/// Patients whose names begin so, with their record numbers.
fn patients(tx: &mut dyn Tx, beginning: &str) -> Result<Vec<(Phi, Option<Phi>)>> {
    if beginning.chars().count() < BEGINNING_MIN {
        return Ok(Vec::new());
    }
    let hits = tx.patients().search(beginning, i64::try_from(OF_A_KIND).unwrap_or(0))?;
    let named =
        hits.into_iter().filter_map(|hit| Some((hit.full_name.text()?.clone(), hit.mrn.text().cloned())));
    Ok(named.collect())
}
