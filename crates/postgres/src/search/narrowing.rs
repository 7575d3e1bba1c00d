//! What narrows a search, ready to be asked of the database and of a candidate.

use super::terms::Texts;
use super::tokens::sender_token;
use super::words::{Words, is_match};
use crate::inbox::FoundThreads;
use crate::sql::Statement;
use std::collections::HashSet;
use std::sync::Arc;
use threadwell_application::ports::Readable;
use threadwell_domain::Moment;
use threadwell_domain::message::SenderKind;
use threadwell_domain::thread::{Category, CategorySet, Status};
use uuid::Uuid;

/// Whom a thread is with.
#[derive(Clone, Debug, Default)]
pub(crate) struct With {
    pub(super) is_asked: bool,
    pub(super) nobody: bool,
    /// With nobody, and of one of these.
    pub(super) duty: CategorySet,
    pub(super) people: HashSet<Uuid>,
    pub(super) teams: HashSet<Uuid>,
}

/// What a patient may be called. A name may be that of thousands: who bears it is looked up for each message.
#[derive(Clone)]
pub(super) struct PatientName {
    pub(super) words: Arc<Words>,
    pub(super) tokens: Vec<i64>,
}

/// Who wrote a message; nothing narrows where nothing is named.
#[derive(Clone, Default)]
pub(super) struct By {
    pub(super) is_asked: bool,
    pub(super) kinds: Vec<SenderKind>,
    pub(super) staff: Vec<Uuid>,
    /// Patients of a record number.
    pub(super) patients: Vec<Uuid>,
    /// What further patients are called.
    pub(super) names: Vec<PatientName>,
}

/// What narrows a search.
#[derive(Clone, Default)]
pub(super) struct Narrowing {
    pub(super) categories: Vec<Category>,
    pub(super) statuses: Vec<Status>,
    pub(super) with: With,
    pub(super) by: By,
    pub(super) before: Option<Moment>,
    pub(super) since: Option<Moment>,
    pub(super) has_attachment: bool,
    pub(super) is_unread: bool,
    pub(super) is_archived: bool,
    pub(super) notes: bool,
    pub(super) messages: bool,
}

impl Narrowing {
    /// Which texts are looked at: all where neither kind is asked for.
    pub(super) const fn texts(&self) -> Texts {
        Texts { messages: self.messages || !self.notes, notes: self.notes || !self.messages }
    }

    /// Whether it narrows by what only a message has.
    pub(super) const fn is_of_messages(&self) -> bool {
        self.by.is_asked
            || self.before.is_some()
            || self.since.is_some()
            || self.has_attachment
            || self.notes
            || self.messages
    }

    /// Whether anything narrows it.
    pub(super) const fn is_asked(&self) -> bool {
        let is_of_threads = !self.categories.is_empty() || !self.statuses.is_empty() || self.with.is_asked;
        self.is_of_messages() || is_of_threads || self.is_unread || self.is_archived
    }

    /// The tokens of the staff who may have written it, where persons are all that says who.
    pub(super) fn senders(&self, index: &threadwell_crypto::BlindIndex) -> Option<Vec<i64>> {
        let is_by_persons = self.by.is_asked && self.by.kinds.is_empty();
        is_by_persons.then(|| self.by.staff.iter().map(|id| sender_token(index, *id)).collect())
    }

    /// Whether a patient of a number or name may have written it.
    pub(super) const fn is_by_patients(&self) -> bool {
        !(self.by.patients.is_empty() && self.by.names.is_empty())
    }

    /// The conditions on threads `t` that an index leads to few by; `None` where there is none.
    pub(super) fn leading<Row>(&self, query: Statement<Row>) -> Option<Statement<Row>> {
        let with = self.with.leading();
        if self.statuses.is_empty() && !self.is_unread && !self.is_archived && with.is_none() {
            return None;
        }
        let query = self.of_state(query);
        Some(match with {
            None => query,
            Some((people, teams)) => {
                let query = query.sql(" AND (t.assigned_staff_id = ANY (").uuids(people);
                query.sql(") OR t.assigned_team_id = ANY (").uuids(teams).sql("))")
            }
        })
    }

    /// Whether it asks for somebody whom there is not, and for nobody else.
    pub(super) fn is_of_nobody(&self) -> bool {
        let (by, with) = (&self.by, &self.with);
        let is_by_nobody =
            by.kinds.is_empty() && by.staff.is_empty() && by.patients.is_empty() && by.names.is_empty();
        let has_no_duty = !with.nobody && with.duty.is_empty();
        let is_with_nobody = has_no_duty && with.people.is_empty() && with.teams.is_empty();
        (by.is_asked && is_by_nobody) || (with.is_asked && is_with_nobody)
    }

    /// Whether somebody who is asked for wrote it: tokens stand for beginnings of names, and are looked at in clear.
    pub(super) fn is_by(
        &self,
        kind: SenderKind,
        patient: Uuid,
        staff: Option<Uuid>,
        name: &Readable,
    ) -> bool {
        let by = &self.by;
        by.names.is_empty()
            || by.kinds.contains(&kind)
            || staff.is_some_and(|id| by.staff.contains(&id))
            || kind == SenderKind::Patient
                && (by.patients.contains(&patient)
                    || by.names.iter().any(|asked| is_match(&asked.words, &[name])))
    }

    /// The least and the greatest id that a message of these days has: an id carries the time of sending.
    pub(super) fn newest_id(&self) -> Option<Uuid> {
        let end = self.before? + chrono::Duration::milliseconds(1);
        let millis = u128::try_from(end.timestamp_millis()).unwrap_or(0);
        Some(Uuid::from_u128(millis << 80))
    }

    /// The id below which no message is of these days.
    pub(super) fn oldest_id(&self) -> Option<Uuid> {
        let millis = u128::try_from(self.since?.timestamp_millis()).unwrap_or(0);
        Some(Uuid::from_u128(millis << 80))
    }

    /// What threads must be to be shown beside messages.
    pub(super) fn of_threads(&self, visible: CategorySet) -> FoundThreads {
        FoundThreads {
            categories: self.categories(visible),
            statuses: self.statuses.clone(),
            with: self.with.clone(),
            is_unread: self.is_unread,
            is_archived: self.is_archived,
            among: None,
            terms: Vec::new(),
        }
    }

    /// Those of the categories that are asked for and that the reader's role sees.
    fn categories(&self, visible: CategorySet) -> CategorySet {
        let asked = CategorySet::of(&self.categories);
        if self.categories.is_empty() { visible } else { asked.intersection(visible) }
    }

    /// The conditions on messages `m` and their threads `t`.
    pub(super) fn conditions<Row>(&self, query: Statement<Row>, visible: CategorySet) -> Statement<Row> {
        let categories = crate::threads::codes(self.categories(visible));
        let mut query = self.of_state(query.sql(" AND t.category = ANY (").codes(categories).sql(")"));
        for (is_asked, condition) in [
            (self.has_attachment, " AND m.attachment_count > 0"),
            (self.notes && !self.messages, " AND m.is_internal"),
            (self.messages && !self.notes, " AND NOT m.is_internal"),
        ] {
            query = if is_asked { query.sql(condition) } else { query };
        }
        if let Some(before) = self.before {
            query = query.sql(" AND m.sent_at < ").moment(before);
        }
        if let Some(since) = self.since {
            query = query.sql(" AND m.sent_at >= ").moment(since);
        }
        self.by.conditions(self.with.conditions(query))
    }

    /// The conditions on how threads `t` are.
    fn of_state<Row>(&self, query: Statement<Row>) -> Statement<Row> {
        let mut query = query;
        if !self.statuses.is_empty() {
            let codes = self.statuses.iter().map(|status| status.code()).collect();
            query = query.sql(" AND t.status = ANY (").codes(codes).sql(")");
        }
        query = if self.is_unread { query.sql(" AND t.is_unread_by_staff") } else { query };
        if self.is_archived { query.sql(" AND t.archived_at IS NOT NULL") } else { query }
    }
}

impl With {
    /// The people and teams, where those alone are asked for.
    fn leading(&self) -> Option<(Vec<Uuid>, Vec<Uuid>)> {
        let is_open = self.nobody || !self.duty.is_empty();
        let all = |ids: &HashSet<Uuid>| ids.iter().copied().collect();
        (self.is_asked && !is_open).then(|| (all(&self.people), all(&self.teams)))
    }

    /// The conditions on threads `t`.
    pub(crate) fn conditions<Row>(&self, query: Statement<Row>) -> Statement<Row> {
        if !self.is_asked {
            return query;
        }
        let query =
            query.sql(" AND (t.assigned_staff_id = ANY (").uuids(self.people.iter().copied().collect());
        let query = query.sql(") OR t.assigned_team_id = ANY (").uuids(self.teams.iter().copied().collect());
        let query = query
            .sql(") OR t.assigned_staff_id IS NULL AND t.assigned_team_id IS NULL AND t.category = ANY (");
        let open = if self.nobody { CategorySet::ALL } else { self.duty };
        query.codes(crate::threads::codes(open)).sql("))")
    }
}

impl By {
    fn conditions<Row>(&self, query: Statement<Row>) -> Statement<Row> {
        if !self.is_asked {
            return query;
        }
        let kinds = self.kinds.iter().map(|kind| kind.code()).collect();
        let mut query = query
            .sql(" AND (m.sender_kind = ANY (")
            .codes(kinds)
            .sql(") OR m.staff_id = ANY (")
            .uuids(self.staff.clone())
            .sql(") OR m.sender_kind = 0 AND m.patient_id = ANY (")
            .uuids(self.patients.clone())
            .sql(")");
        for name in &self.names {
            query = query.sql(" OR m.sender_kind = 0");
            for token in &name.tokens {
                query = query
                    .sql(" AND EXISTS (SELECT FROM patient_search o WHERE o.tenant_id = m.tenant_id AND o.token = ")
                    .big_int(*token)
                    .sql(" AND o.patient_id = m.patient_id)");
            }
        }
        let query = query.sql(")");
        if self.names.is_empty() { query } else { query.not_cached() }
    }
}
