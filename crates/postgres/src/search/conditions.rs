//! The conditions that candidates are chosen by, as parts of statements over messages `s` of the index.

use super::candidates::Wanted;
use super::contexts::Context;
use super::terms::AskedTerm;
use crate::sql::Statement;
use diesel::sql_types::Uuid as SqlUuid;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// More groups of threads than these are asked for together.
const GROUPS: usize = 16;

/// A statement that gives messages.
pub(super) type Ids = Statement<(SqlUuid,)>;

/// A time that a step looks at.
pub(super) struct Stretch {
    pub(super) from: Option<Uuid>,
    pub(super) below: Uuid,
    /// One of these is carried by each message of it.
    pub(super) tokens: Option<Vec<i64>>,
    /// Whether nothing that is asked for lies before it.
    pub(super) is_last: bool,
}

pub(super) fn within(query: Ids, stretch: &Stretch) -> Ids {
    from_id(below_id(query, Some(stretch.below)), stretch.from)
}

pub(super) fn below_id(query: Ids, below: Option<Uuid>) -> Ids {
    match below {
        None => query,
        Some(below) => query.sql(" AND s.message_id < ").uuid(below),
    }
}

pub(super) fn from_id(query: Ids, floor: Option<Uuid>) -> Ids {
    match floor {
        None => query,
        Some(floor) => query.sql(" AND s.message_id >= ").uuid(floor),
    }
}

pub(super) fn from_senders(query: Ids, wanted: &Wanted) -> Ids {
    match &wanted.senders {
        None => query,
        Some(tokens) => query.sql(" AND s.tokens && ").big_ints(tokens.clone()),
    }
}

pub(super) fn in_text(query: Ids, term: &AskedTerm) -> Ids {
    let mut query = query.sql("(");
    for (n, tokens) in term.text_tokens.iter().enumerate() {
        query = query.sql(if n == 0 { "s.tokens && " } else { " AND s.tokens && " }).big_ints(tokens.clone());
    }
    query.sql(if term.text_tokens.is_empty() { "false)" } else { ")" })
}

pub(super) fn any_in_text(query: Ids, wanted: &Wanted) -> Ids {
    let mut query = query;
    for (n, (term, _)) in wanted.terms.iter().enumerate() {
        query = in_text(query.sql(if n == 0 { " AND (" } else { " OR " }), term);
    }
    query.sql(")")
}

/// Threads that meet the same terms without their messages; without threads, all others.
pub(super) struct Group {
    pub(super) met: u32,
    pub(super) threads: Option<Vec<Uuid>>,
}

/// Groups the threads by the terms that they meet.
pub(super) fn groups(wanted: &Wanted) -> Vec<Group> {
    let mut met: HashMap<Uuid, u32> = HashMap::new();
    for (place, (_, context)) in wanted.terms.iter().enumerate() {
        if let Context::Narrow(threads) = context {
            threads.iter().for_each(|thread| *met.entry(*thread).or_default() |= 1 << place);
        }
    }
    let mut by_met: BTreeMap<u32, Vec<Uuid>> = BTreeMap::new();
    met.into_iter().for_each(|(thread, met)| by_met.entry(met).or_default().push(thread));
    let mut groups = vec![Group { met: 0, threads: None }];
    if by_met.len() > GROUPS {
        // Too many kinds: what any of them meets is left to the look in clear.
        let met = by_met.keys().fold(0, |all, met| all | met);
        groups.push(Group { met, threads: Some(by_met.into_values().flatten().collect()) });
    } else {
        groups.extend(by_met.into_iter().map(|(met, threads)| Group { met, threads: Some(threads) }));
    }
    groups
}
