//! The store: pools, keys, and the course of every transaction.

use crate::audit::{self, Outcome, Trail};
use crate::binding::{Binding, INSTALLATION, begin, roll_back};
use crate::closing::Closing;
use crate::errors::unavailable;
use crate::keys::{Keyrings, TenantKeys};
use crate::pools::{PgSettings, Pools};
use crate::search::Vocabularies;
use crate::signal::Signal;
use crate::transaction::{PgTransaction, id_at};
use chrono::Duration;
use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use std::sync::Arc;
use threadwell_application::access::{Access, Actor, Audience, AuditRule, Caller, Credential};
use threadwell_application::ports::{Clock, KeyProvider, PracticePage, PracticeSummary, Store, Tx, Work};
use threadwell_application::{Error, Result};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::{Moment, SessionId, TenantId};

/// How often a session's last activity is written at most.
const ACTIVITY_GRAIN: Duration = Duration::seconds(60);

/// The store on PostgreSQL.
#[derive(Debug)]
pub struct PgStore {
    pools: Pools,
    keyrings: Keyrings,
    vocabularies: Vocabularies,
    clock: Arc<dyn Clock>,
    signal: Arc<Signal>,
    strict_read_audit: bool,
}

impl PgStore {
    /// Prepares the pools. Nothing is asked of the database yet: [`Store::ready`] and [`crate::guard`] do that.
    pub fn connect(settings: &PgSettings, keys: Arc<dyn KeyProvider>, clock: Arc<dyn Clock>) -> Self {
        Self {
            pools: Pools::new(settings),
            keyrings: Keyrings::new(keys),
            vocabularies: Vocabularies::default(),
            clock,
            signal: Arc::default(),
            strict_read_audit: settings.strict_read_audit,
        }
    }

    pub(crate) const fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Rings for every commit that changed something for those who look on.
    pub(crate) fn signal(&self) -> Arc<Signal> {
        self.signal.clone()
    }

    pub(crate) const fn keyrings(&self) -> &Keyrings {
        &self.keyrings
    }

    /// The practice's keys, unwrapped once in the life of the process. `None` while it has none.
    pub(crate) fn keys(&self, conn: &mut PgConnection, tenant: TenantId) -> Result<Option<Arc<TenantKeys>>> {
        if let Some(keys) = self.keyrings.cached(tenant) {
            return Ok(Some(keys));
        }
        if tenant == INSTALLATION {
            return Ok(None);
        }
        begin(conn, &Binding::to_tenant(tenant)).map_err(unavailable)?;
        let keys = self.keyrings.load(conn, tenant);
        roll_back(conn);
        keys
    }

    fn binding(&self, access: &Access<'_>, keys: Option<&TenantKeys>) -> Binding {
        // The worker's marks are effects, though unaudited: a mail whose mark is lost would go out again.
        let relaxed = match access.action.audit_rule() {
            AuditRule::Read | AuditRule::None => {
                !self.strict_read_audit && !access.action.must_reach_the_disk()
            }
            AuditRule::Write => false,
        };
        Binding {
            login_key: login_key(access.caller, keys),
            is_relaxed: relaxed,
            ..Binding::of(access.caller)
        }
    }

    /// Writes what remains and commits, in one round trip. On a failure nothing remains but the error.
    fn commit(&self, tx: &mut PgTransaction<'_>, access: &Access<'_>) -> Result<()> {
        let mut closing = std::mem::take(&mut tx.closing);
        if let Some(session) = session_to_touch(access, &tx.actor, tx.now) {
            closing.touch_session(tx.tenant, session, tx.now);
        }
        let is_audited = match access.action.audit_rule() {
            AuditRule::Write | AuditRule::Read => !tx.trail.is_replay(),
            AuditRule::None => false,
        };
        if is_audited {
            let id = tx.new_id();
            closing.push(&audit::insert_sql(access, tx.tenant, &tx.trail, Outcome::Done, id, tx.now));
        }
        if !tx.trail.missed().is_empty() {
            closing.push(&audit::missed_sql(access, tx.tenant, &tx.trail, tx.new_id(), tx.now));
        }
        for thread in tx.trail.unreadables() {
            let place = (*thread, tx.trail.is_emergency());
            closing.push(&audit::integrity_sql(access, tx.tenant, place, tx.new_id(), tx.now));
        }
        let has_changes = closing.has_changes();
        tx.conn.batch_execute(&closing.and_commit()).map_err(unavailable)?;
        if has_changes {
            self.signal.ring();
        }
        Ok(())
    }

    /// Records a refusal or failure in a transaction of its own.
    ///
    /// A denial that cannot be recorded is not answered as one: the request fails instead.
    fn record(
        &self,
        conn: &mut PgConnection,
        access: &Access<'_>,
        error: Error,
        (now, trail): (Moment, &Trail),
    ) -> Error {
        let tenant = access.caller.tenant().unwrap_or(INSTALLATION);
        let sql = audit::insert_sql(access, tenant, trail, Outcome::of(&error), id_at(now), now);
        let written = begin(conn, &Binding::of(access.caller))
            .and_then(|()| conn.batch_execute(&format!("{sql}; COMMIT")))
            .map_err(|source| {
                roll_back(conn);
                unavailable(source)
            });
        match written {
            Ok(()) => error,
            Err(unrecorded) if error.is_denial() => unrecorded,
            Err(_) => error,
        }
    }
}

impl Store for PgStore {
    fn run(&self, access: &Access<'_>, work: &mut dyn FnMut(&mut dyn Tx) -> Result<()>) -> Result<()> {
        let now = self.clock.now();
        let tenant = access.caller.tenant().unwrap_or(INSTALLATION);
        let mut conn = self.pools.lend(access)?;
        let tenant_keys = self.keys(&mut conn, tenant)?;
        let binding = self.binding(access, tenant_keys.as_deref());
        begin(&mut conn, &binding).map_err(unavailable)?;
        let mut tx = PgTransaction {
            conn: &mut conn,
            tenant,
            actor: Actor::Visitor,
            now,
            trail: Trail::naming(access),
            last_touched: None,
            closing: Closing::default(),
            credential: &access.caller.credential,
            address: access.caller.request.ip,
            keyrings: &self.keyrings,
            vocabularies: &self.vocabularies,
            tenant_keys,
        };
        let outcome =
            tx.admit(access).and_then(|()| work(&mut tx)).and_then(|()| self.commit(&mut tx, access));
        let trail = std::mem::take(&mut tx.trail);
        outcome.map_err(|error| {
            roll_back(&mut conn);
            self.record(&mut conn, access, error, (now, &trail.rolled_back(access)))
        })
    }

    fn practices(&self) -> Result<Vec<PracticeSummary>> {
        self.list_practices()
    }

    fn practice_page(&self, slug: &str) -> Result<Option<PracticePage>> {
        self.find_practice_page(slug)
    }

    fn practices_with_due_work(&self, work: Work, now: Moment) -> Result<Vec<TenantId>> {
        self.find_practices_with_due_work(work, now)
    }

    fn ready(&self) -> Result<()> {
        self.pools.ping()?;
        self.check_schema()
    }
}

/// The session whose last activity is due to be written.
fn session_to_touch(access: &Access<'_>, actor: &Actor, now: Moment) -> Option<SessionId> {
    let (session, facts) = match actor {
        Actor::Staff(staff) => (staff.session(), staff.session_facts()),
        Actor::Portal(account) => (account.session(), account.session_facts()),
        Actor::Visitor | Actor::Worker | Actor::Operator => return None,
    };
    let is_due = now - facts.last_activity_at >= ACTIVITY_GRAIN;
    (access.caller.request.is_activity && is_due).then_some(session)
}

/// What a portal account is looked up by while nobody has signed in yet.
fn login_key(caller: &Caller, keys: Option<&TenantKeys>) -> Option<[u8; 32]> {
    match (&caller.credential, keys) {
        (Credential::Visitor { audience: Audience::Portal, email: Some(email), .. }, Some(keys)) => {
            Some(keys.index().hash(Scope::PORTAL_EMAIL, &normalise::email(email.expose())))
        }
        _ => None,
    }
}
