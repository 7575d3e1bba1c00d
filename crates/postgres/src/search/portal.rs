//! A patient's search. The portal's role has no tokens to look up: a patient's messages are few enough to be opened.

use super::budget::Budget;
use super::narrowing::Narrowing;
use super::terms::AskedTerm;
use crate::errors::unavailable;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use std::collections::HashSet;
use threadwell_application::ports::{
    ConversationPage, FoundMessage, PortalThreadView, SearchPage, SearchQuery, Understood,
};
use threadwell_application::{Error, Result};
use threadwell_domain::MessageId;
use threadwell_domain::search::{Query, Side};
use uuid::Uuid;

/// How many messages are opened at once, and in one request.
const CHUNK: i64 = 200;
const OPENED: usize = 2_000;

/// A patient's messages that hold what was asked for.
struct OwnHits {
    found: Vec<(Uuid, FoundMessage)>,
    next: Option<Uuid>,
}

impl PgTransaction<'_> {
    pub(super) fn search_own_messages(
        &mut self,
        query: &SearchQuery,
    ) -> Result<SearchPage<PortalThreadView>> {
        let (narrowing, understood) = self.narrowing(&query.query, Side::Portal)?;
        let terms = self.asked_terms(&query.query, narrowing.texts())?;
        let is_asked = !understood.filters.is_empty() || terms.iter().any(|term| !term.is_excluded);
        let limit = usize::try_from(query.limit).unwrap_or(0);
        let hits = if is_asked {
            self.own_hits(&terms, &narrowing, query.after.map(MessageId::uuid), limit)?
        } else {
            OwnHits { found: Vec::new(), next: None }
        };
        self.own_page(hits, understood)
    }

    /// The patient's threads that a message of which holds every word; for lists of threads.
    pub(crate) fn own_threads_by_texts(&mut self, text: &str) -> Result<HashSet<Uuid>> {
        let query = Query::parse(text, Side::Portal);
        let terms = self.asked_terms(&query, Narrowing::default().texts())?;
        if !terms.iter().any(|term| !term.is_excluded) {
            return Ok(HashSet::new());
        }
        let hits = self.own_hits(&terms, &Narrowing::default(), None, usize::MAX)?;
        Ok(hits.found.into_iter().map(|(thread, _)| thread).collect())
    }

    fn own_page(&mut self, hits: OwnHits, understood: Understood) -> Result<SearchPage<PortalThreadView>> {
        let threads: HashSet<Uuid> = hits.found.iter().map(|(thread, _)| *thread).collect();
        let views = self.own_threads_by_id(threads.into_iter().collect())?;
        let found: Vec<_> = hits
            .found
            .into_iter()
            .filter_map(|(thread, found)| Some((views.get(&thread)?.clone(), found)))
            .collect();
        for (view, _) in &found {
            self.trail.thread(view.facts.id);
            self.trail.patient(view.facts.patient);
        }
        Ok(SearchPage {
            hits: found,
            beside: ConversationPage::default(),
            next: hits.next.map(MessageId::new),
            understood,
            is_body_searched: true,
            respelt: None,
        })
    }

    fn own_hits(
        &mut self,
        terms: &[AskedTerm],
        narrowing: &Narrowing,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<OwnHits> {
        let (mut found, mut below, mut budget) = (Vec::new(), after, Budget::of(OPENED));
        loop {
            let ids = self.own_message_ids(below)?;
            below = ids.last().copied();
            let is_last = ids.len() < usize::try_from(CHUNK).unwrap_or(usize::MAX);
            for row in self.load_rows(&ids, narrowing)? {
                let id = row.id();
                if let Some(hit) = budget.look(|| self.look_at(row, terms, narrowing))? {
                    if found.len() == limit {
                        let next = found.last().map(|(_, last): &(Uuid, FoundMessage)| last.id.uuid());
                        return Ok(OwnHits { found, next });
                    }
                    found.push(hit);
                }
                if budget.is_spent() {
                    return Ok(OwnHits { found, next: Some(id) });
                }
            }
            if is_last || budget.is_late() {
                return Ok(OwnHits { found, next: below.filter(|_| !is_last) });
            }
        }
    }

    /// The newest messages of the patient's threads below a message.
    fn own_message_ids(&mut self, below: Option<Uuid>) -> Result<Vec<Uuid>> {
        let (patient, sees_confidential) = self.patient_scope().ok_or(Error::Denied)?;
        let mut query =
            Statement::<(SqlUuid,)>::new("SELECT m.id FROM thread t JOIN message m ON m.tenant_id = ")
                .uuid(self.tenant_id())
                .sql(" AND m.thread_id = t.id AND NOT m.is_internal WHERE t.tenant_id = ")
                .uuid(self.tenant_id())
                .sql(" AND t.patient_id = ")
                .uuid(patient.uuid());
        if !sees_confidential {
            query = query.sql(" AND NOT t.is_confidential");
        }
        if let Some(below) = below {
            query = query.sql(" AND m.id < ").uuid(below);
        }
        let query = query.sql(" ORDER BY m.id DESC LIMIT ").number(CHUNK);
        let rows: Vec<(Uuid,)> = query.load(self.conn).map_err(unavailable)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}
