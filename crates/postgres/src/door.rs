//! The door: who the caller is now, and whether the policy lets the action pass.

use crate::errors::{corrupt, unavailable};
use crate::schema::{patient_access, portal_account, role_scope, session, staff_user, tenant};
use crate::session_row::{SESSION, SessionRow, session_facts};
use crate::transaction::PgTransaction;
use chrono::Duration;
use diesel::prelude::*;
use threadwell_application::access::{
    Access, Action, Actor, Audience, Credential, Gate, PortalActor, PortalClaims, PortalSession, StaffActor,
    StaffClaims, StaffSession, TenantAssertion,
};
use threadwell_application::{Error, Result, SessionRefusal};
use threadwell_domain::access::{Grant, GrantScope, Relationship, Role};
use threadwell_domain::practice::PracticeRules;
use threadwell_domain::thread::{AutoPriority, CategorySet, Priority};
use threadwell_domain::{Moment, PatientId, TenantId};
use uuid::Uuid;

type PracticeRow = (String, i32, Vec<i16>, bool, bool);
type GrantRow = (Uuid, i16, i16, Option<Moment>);
type StaffSessionRow = (SessionRow, (bool, i16, String), PracticeRow, Option<i16>, Option<Moment>);
type PortalSessionRow = (SessionRow, (bool, Vec<u8>), PracticeRow, Option<GrantRow>);

impl PgTransaction<'_> {
    /// Finds out who the caller is and whether the action is for such a person.
    ///
    /// # Errors
    /// The session does not hold, another practice was asserted, or the policy says no.
    pub(crate) fn admit(&mut self, access: &Access<'_>) -> Result<()> {
        let assertion = access.caller.request.tenant_assertion.as_ref();
        self.actor = match &access.caller.credential {
            Credential::Staff(claims) => {
                let actor = self.staff_actor(claims, assertion)?;
                self.trail.emergency(actor.emergency_until().is_some());
                Actor::Staff(actor)
            }
            Credential::Portal(claims) => Actor::Portal(self.portal_actor(claims, assertion)?),
            Credential::Visitor { tenant, .. } => {
                self.check_visitor(*tenant, assertion)?;
                Actor::Visitor
            }
            Credential::Worker(_) => Actor::Worker,
            Credential::Operator(_) => Actor::Operator,
        };
        self.check_gate(access.action)?;
        self.check_step_up(access.action)
    }

    fn staff_actor(
        &mut self,
        claims: &StaffClaims,
        assertion: Option<&TenantAssertion>,
    ) -> Result<StaffActor> {
        let refused = || Error::Session(SessionRefusal::Invalid);
        let found = self.staff_session(claims)?.ok_or_else(refused)?;
        let (slug, has_addresses, session) = found;
        let actor = StaffActor::admit(claims, session, self.now).map_err(Error::Session)?;
        if has_addresses && !self.is_staff_address(self.address)? {
            return Err(Error::AddressNotAllowed);
        }
        check_assertion(assertion, claims.tenant, &slug)?;
        Ok(actor)
    }

    /// The practice's public code, whether it says where its staff come from, and the session.
    fn staff_session(&mut self, claims: &StaffClaims) -> Result<Option<(String, bool, StaffSession)>> {
        let (tenant_id, staff) = (self.tenant_id(), claims.staff.uuid());
        let row: Option<StaffSessionRow> =
            session::table
                .inner_join(staff_user::table.on(
                    staff_user::tenant_id.eq(tenant_id).and(staff_user::id.nullable().eq(session::staff_id)),
                ))
                .inner_join(tenant::table.on(tenant::id.eq(tenant_id)))
                .left_join(
                    role_scope::table
                        .on(role_scope::tenant_id.eq(tenant_id).and(role_scope::role.eq(staff_user::role))),
                )
                .filter(session::tenant_id.eq(tenant_id))
                .filter(session::id.eq(claims.session.uuid()))
                .filter(session::staff_id.eq(staff))
                .select((
                    SESSION,
                    (staff_user::is_active, staff_user::role, staff_user::full_name),
                    (
                        tenant::slug,
                        tenant::reopen_window_days,
                        tenant::auto_priority,
                        tenant::staff_need_second_factor,
                        tenant::has_staff_addresses,
                    ),
                    role_scope::categories.nullable(),
                    session::emergency_until,
                ))
                .first(self.conn)
                .optional()
                .map_err(unavailable)?;
        let Some((facts, (is_active, role, full_name), practice, scope, emergency_until)) = row else {
            return Ok(None);
        };
        let role = Role::from_code(role).ok_or_else(|| corrupt("staff_user", "role", staff))?;
        let found = StaffSession {
            facts: session_facts(Audience::Staff, facts)?,
            is_active,
            needs_second_factor: practice.3,
            emergency_until: emergency_until.filter(|until| self.now < *until),
            role,
            categories: match emergency_until.filter(|until| self.now < *until) {
                Some(_) => CategorySet::ALL,
                None => categories(role, scope, staff)?,
            },
            full_name,
            rules: rules(self.tenant, &practice)?,
        };
        Ok(Some((practice.0, practice.4, found)))
    }

    fn portal_actor(
        &mut self,
        claims: &PortalClaims,
        assertion: Option<&TenantAssertion>,
    ) -> Result<PortalActor> {
        let refused = || Error::Session(SessionRefusal::Invalid);
        let (slug, session) = self.portal_session(claims)?.ok_or_else(refused)?;
        let actor = PortalActor::admit(claims, session, self.now).map_err(Error::Session)?;
        check_assertion(assertion, claims.tenant, &slug)?;
        Ok(actor)
    }

    fn portal_session(&mut self, claims: &PortalClaims) -> Result<Option<(String, PortalSession)>> {
        let (tenant_id, account) = (self.tenant_id(), claims.account.uuid());
        let patient = claims.acting_for.map_or(Uuid::nil(), |(patient, _)| patient.uuid());
        let row: Option<PortalSessionRow> = session::table
            .inner_join(
                portal_account::table.on(portal_account::tenant_id
                    .eq(tenant_id)
                    .and(portal_account::id.nullable().eq(session::account_id))),
            )
            .inner_join(tenant::table.on(tenant::id.eq(tenant_id)))
            .left_join(
                patient_access::table.on(patient_access::tenant_id
                    .eq(tenant_id)
                    .and(patient_access::account_id.eq(portal_account::id))
                    .and(patient_access::patient_id.eq(patient))
                    .and(patient_access::ended_at.is_null())),
            )
            .filter(session::tenant_id.eq(tenant_id))
            .filter(session::id.eq(claims.session.uuid()))
            .filter(session::account_id.eq(account))
            .select((
                SESSION,
                (portal_account::is_active, portal_account::full_name_enc),
                (
                    tenant::slug,
                    tenant::reopen_window_days,
                    tenant::auto_priority,
                    tenant::staff_need_second_factor,
                    tenant::has_staff_addresses,
                ),
                (
                    patient_access::patient_id,
                    patient_access::relationship,
                    patient_access::scope,
                    patient_access::expires_at,
                )
                    .nullable(),
            ))
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some((facts, (is_active, name), practice, granted)) = row else { return Ok(None) };
        let full_name = self.keys()?.open("portal_account", "full_name_enc", account, &name);
        let found = PortalSession {
            facts: session_facts(Audience::Portal, facts)?,
            is_active,
            full_name: full_name.text().cloned(),
            grant: granted.map(grant).transpose()?,
            rules: rules(self.tenant, &practice)?,
        };
        Ok(Some((practice.0, found)))
    }

    fn check_visitor(&mut self, known: Option<TenantId>, assertion: Option<&TenantAssertion>) -> Result<()> {
        let (Some(known), Some(assertion)) = (known, assertion) else { return Ok(()) };
        let slug: Option<String> = tenant::table
            .filter(tenant::id.eq(known.uuid()))
            .select(tenant::slug)
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        check_assertion(Some(assertion), known, &slug.unwrap_or_default())
    }

    fn check_gate(&self, action: Action) -> Result<()> {
        match (action.gate(), &self.actor) {
            (Gate::Staff(operation), Actor::Staff(staff)) if staff.role().may(operation) => Ok(()),
            (Gate::Portal(operation), Actor::Portal(account)) => {
                let grant = account.grant().ok_or(Error::ActingForRequired)?;
                grant.allows(operation, self.now).map_err(|_| Error::Denied)
            }
            (Gate::Account | Gate::Own, Actor::Portal(_))
            | (Gate::Own, Actor::Staff(_))
            | (Gate::Visitor, Actor::Visitor)
            | (Gate::Worker, Actor::Worker)
            | (Gate::Operator, Actor::Operator) => Ok(()),
            // Whoever is signed in leaves by the session at hand.
            (Gate::Visitor, Actor::Staff(_) | Actor::Portal(_)) if action == Action::SignOut => Ok(()),
            _ => Err(Error::Denied),
        }
    }
}

impl PgTransaction<'_> {
    fn check_step_up(&self, action: Action) -> Result<()> {
        let facts = match &self.actor {
            Actor::Staff(staff) => staff.session_facts(),
            Actor::Portal(account) => account.session_facts(),
            Actor::Visitor | Actor::Worker | Actor::Operator => return Ok(()),
        };
        if action.needs_step_up() && !facts.has_stepped_up(self.now) {
            return Err(Error::StepUpRequired);
        }
        Ok(())
    }
}

/// A grant as its row says.
pub(crate) fn grant((patient, relationship, scope, expires_at): GrantRow) -> Result<Grant> {
    let corrupt = |column| corrupt("patient_access", column, patient);
    Ok(Grant {
        patient: PatientId::new(patient),
        relationship: Relationship::from_code(relationship).ok_or_else(|| corrupt("relationship"))?,
        scope: GrantScope::from_code(scope).ok_or_else(|| corrupt("scope"))?,
        expires_at,
    })
}

/// What a role sees: as the practice decided, else as the product does.
pub(crate) fn categories(role: Role, scope: Option<i16>, row: Uuid) -> Result<CategorySet> {
    scope.map_or(Ok(role.default_categories()), |bits| {
        CategorySet::from_bits(bits).ok_or_else(|| corrupt("role_scope", "categories", row))
    })
}

fn rules(practice: TenantId, (_, window_days, priorities, ..): &PracticeRow) -> Result<PracticeRules> {
    let corrupt = || corrupt("tenant", "auto_priority", practice.uuid());
    let priorities: Option<Vec<Priority>> =
        priorities.iter().map(|code| Priority::from_code(*code)).collect();
    let priorities =
        priorities.and_then(|known| <[Priority; 6]>::try_from(known).ok()).ok_or_else(corrupt)?;
    Ok(PracticeRules {
        reopen_window: Duration::days(i64::from(*window_days)),
        auto_priority: AutoPriority::new(priorities),
    })
}

fn check_assertion(assertion: Option<&TenantAssertion>, id: TenantId, slug: &str) -> Result<()> {
    let holds = match assertion {
        None => true,
        Some(TenantAssertion::Slug(asserted)) => asserted == slug,
        Some(TenantAssertion::Id(asserted)) => *asserted == id,
        Some(TenantAssertion::Malformed) => false,
    };
    if holds { Ok(()) } else { Err(Error::TenantMismatch) }
}
