//! Tickets: who is to prove what, for ten minutes. The database holds a keyed hash of each secret.

use super::{named, owner_of};
use crate::binding::bind_link;
use crate::errors::{corrupt, unavailable};
use crate::schema::{portal_account, sign_in_ticket, staff_user};
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{
    FactorOwner, NewTicket, RefreshDelivery, SecondFactors, SecretText, SignInTickets, TICKET_ATTEMPTS,
    TICKET_LIFE, Ticket, TicketDevice, TicketKey, TicketPurpose,
};
use threadwell_domain::{Moment, SessionId};
use uuid::Uuid;

const TABLE: &str = "sign_in_ticket";
const DEVICE_NAME: &str = "device_name_enc";
const DEVICE_TOKEN: &str = "device_token_enc";
const STEP_UP: i16 = purpose_code(TicketPurpose::StepUp);

#[derive(Queryable, Selectable)]
#[diesel(table_name = sign_in_ticket, check_for_backend(diesel::pg::Pg))]
struct TicketRow {
    id: Uuid,
    staff_id: Option<Uuid>,
    account_id: Option<Uuid>,
    purpose: i16,
    delivery: i16,
    device_name_enc: Option<Vec<u8>>,
    device_token_enc: Option<Vec<u8>>,
    is_remembered: bool,
}

/// Whether a ticket of a kind of person is good still.
#[diesel::dsl::auto_type(no_type_alias)]
fn good(tenant: Uuid, owner_kind: i16, now: Moment, most: i16) -> _ {
    sign_in_ticket::tenant_id
        .eq(tenant)
        .and(sign_in_ticket::owner_kind.eq(owner_kind))
        .and(sign_in_ticket::used_at.is_null())
        .and(sign_in_ticket::expires_at.gt(now))
        .and(sign_in_ticket::attempts.lt(most))
}

/// A ticket that is of no more use holds no secrets.
#[diesel::dsl::auto_type(no_type_alias)]
fn served(now: Moment) -> _ {
    let nothing: Option<Vec<u8>> = None;
    let blanked: Option<Vec<u8>> = None;
    let untold: Option<Vec<u8>> = None;
    (
        sign_in_ticket::used_at.eq(now),
        sign_in_ticket::state_enc.eq(nothing),
        sign_in_ticket::device_name_enc.eq(blanked),
        sign_in_ticket::device_token_enc.eq(untold),
    )
}

impl SignInTickets for PgTransaction<'_> {
    fn issue(&mut self, ticket: &NewTicket) -> Result<Uuid> {
        self.reach(ticket.owner)?;
        self.trail.subject(ticket.owner);
        let id = self.new_id();
        let (kind, staff, account) = named(ticket.owner);
        let state = ticket.state.as_ref().map(|state| self.seal_state(id, state)).transpose()?;
        let (name, secret) = (ticket.device.name.as_ref(), ticket.device.secret.as_ref());
        let name = name.map(|name| self.keys()?.seal(TABLE, DEVICE_NAME, id, name.expose())).transpose()?;
        let secret =
            secret.map(|secret| self.keys()?.seal(TABLE, DEVICE_TOKEN, id, secret.expose())).transpose()?;
        diesel::insert_into(sign_in_ticket::table)
            .values((
                sign_in_ticket::tenant_id.eq(self.tenant_id()),
                sign_in_ticket::id.eq(id),
                sign_in_ticket::token_hash.eq(ticket.hash.as_slice()),
                sign_in_ticket::owner_kind.eq(kind),
                sign_in_ticket::staff_id.eq(staff),
                sign_in_ticket::account_id.eq(account),
                sign_in_ticket::purpose.eq(purpose_code(ticket.purpose)),
                sign_in_ticket::session_id.eq(ticket.session.map(SessionId::uuid)),
                sign_in_ticket::delivery.eq(delivery_code(ticket.delivery)),
                sign_in_ticket::device_name_enc.eq(name),
                sign_in_ticket::device_token_enc.eq(secret),
                sign_in_ticket::is_remembered.eq(ticket.device.is_remembered),
                sign_in_ticket::state_enc.eq(state),
                sign_in_ticket::created_at.eq(self.now),
                sign_in_ticket::expires_at.eq(self.now + TICKET_LIFE),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(id)
    }

    fn presented(&mut self, key: TicketKey<'_>) -> Result<Option<Ticket>> {
        let Some((id, owner)) = self.find_ticket(key)? else { return Ok(None) };
        // The person before the ticket, as whoever ends all of somebody's tickets does.
        SecondFactors::lock(self, owner)?;
        let row = sign_in_ticket::table
            .filter(good(self.tenant_id(), self.owner_kind(), self.now, TICKET_ATTEMPTS))
            .filter(sign_in_ticket::id.eq(id))
            .select(TicketRow::as_select())
            .for_no_key_update()
            .first(self.conn)
            .optional()
            .map_err(unavailable)?;
        let Some(ticket) = row.map(|row| self.read(row)).transpose()? else { return Ok(None) };
        Ok(self.is_able(ticket.owner)?.then_some(ticket))
    }

    fn count_attempt(&mut self, id: Uuid) -> Result<()> {
        diesel::update(sign_in_ticket::table)
            .filter(sign_in_ticket::tenant_id.eq(self.tenant_id()))
            .filter(sign_in_ticket::id.eq(id))
            .set(sign_in_ticket::attempts.eq(sign_in_ticket::attempts + 1))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn keep_state(&mut self, id: Uuid, state: &SecretText) -> Result<()> {
        let sealed = self.seal_state(id, state)?;
        self.set_state(id, Some(sealed))
    }

    fn take_state(&mut self, id: Uuid) -> Result<Option<SecretText>> {
        let sealed = sign_in_ticket::table
            .filter(sign_in_ticket::tenant_id.eq(self.tenant_id()))
            .filter(sign_in_ticket::id.eq(id))
            .select(sign_in_ticket::state_enc)
            .for_no_key_update()
            .first::<Option<Vec<u8>>>(self.conn)
            .optional()
            .map_err(unavailable)?
            .flatten();
        let Some(sealed) = sealed else { return Ok(None) };
        self.set_state(id, None)?;
        let opened = self.keys()?.open(TABLE, "state_enc", id, &sealed);
        Ok(opened.text().map(|text| SecretText::new(text.expose())))
    }

    fn used(&mut self, id: Uuid) -> Result<bool> {
        let used = diesel::update(sign_in_ticket::table)
            .filter(sign_in_ticket::tenant_id.eq(self.tenant_id()))
            .filter(sign_in_ticket::id.eq(id))
            .filter(sign_in_ticket::used_at.is_null())
            .set(served(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(used == 1)
    }

    fn end_all(&mut self, owner: FactorOwner) -> Result<()> {
        let (_, staff, account) = named(owner);
        diesel::update(sign_in_ticket::table)
            .filter(sign_in_ticket::tenant_id.eq(self.tenant_id()))
            .filter(sign_in_ticket::staff_id.is_not_distinct_from(staff))
            .filter(sign_in_ticket::account_id.is_not_distinct_from(account))
            .filter(sign_in_ticket::used_at.is_null())
            .filter(sign_in_ticket::expires_at.gt(self.now))
            .set(served(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}

impl PgTransaction<'_> {
    /// The ticket that is meant, whether or not it is good; the visitor's binding reaches no other. The audit names whose
    /// it is, also where it is refused.
    fn find_ticket(&mut self, key: TicketKey<'_>) -> Result<Option<(Uuid, FactorOwner)>> {
        if let TicketKey::Secret(hash) = key {
            bind_link(self.conn, hash).map_err(unavailable)?;
        }
        let query = sign_in_ticket::table
            .filter(sign_in_ticket::tenant_id.eq(self.tenant_id()))
            .order(sign_in_ticket::id.desc())
            .select((sign_in_ticket::id, sign_in_ticket::staff_id, sign_in_ticket::account_id))
            .into_boxed();
        let query = match key {
            TicketKey::Secret(hash) => query.filter(sign_in_ticket::token_hash.eq(hash.to_vec())),
            TicketKey::OfSession(session, id) => {
                query.filter(sign_in_ticket::session_id.eq(session.uuid())).filter(sign_in_ticket::id.eq(id))
            }
            TicketKey::StepUpOf(session) => query
                .filter(sign_in_ticket::session_id.eq(session.uuid()))
                .filter(sign_in_ticket::purpose.eq(STEP_UP)),
        };
        let row: Option<(Uuid, Option<Uuid>, Option<Uuid>)> =
            query.first(self.conn).optional().map_err(unavailable)?;
        let Some((id, staff, account)) = row else { return Ok(None) };
        let owner = owner_of(TABLE, id, staff, account)?;
        self.trail.subject(owner);
        Ok(Some((id, owner)))
    }

    fn seal_state(&self, id: Uuid, state: &SecretText) -> Result<Vec<u8>> {
        self.keys()?.seal(TABLE, "state_enc", id, state.expose())
    }

    fn set_state(&mut self, id: Uuid, sealed: Option<Vec<u8>>) -> Result<()> {
        diesel::update(sign_in_ticket::table)
            .filter(sign_in_ticket::tenant_id.eq(self.tenant_id()))
            .filter(sign_in_ticket::id.eq(id))
            .set(sign_in_ticket::state_enc.eq(sealed))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn read(&self, row: TicketRow) -> Result<Ticket> {
        let id = row.id;
        let purpose = match row.purpose {
            0 => TicketPurpose::Proof,
            1 => TicketPurpose::Enrolment,
            2 => TicketPurpose::NewPasskey,
            STEP_UP => TicketPurpose::StepUp,
            _ => return Err(corrupt(TABLE, "purpose", id)),
        };
        let delivery = match row.delivery {
            0 => RefreshDelivery::Cookie,
            1 => RefreshDelivery::Body,
            _ => return Err(corrupt(TABLE, "delivery", id)),
        };
        let keys = self.keys()?;
        // What does not open any more is as good as untold.
        let opened = |column: &str, sealed: Option<Vec<u8>>| {
            sealed.and_then(|sealed| keys.open(TABLE, column, id, &sealed).text().cloned())
        };
        let device = TicketDevice {
            name: opened(DEVICE_NAME, row.device_name_enc),
            secret: opened(DEVICE_TOKEN, row.device_token_enc).map(|token| SecretText::new(token.expose())),
            is_remembered: row.is_remembered,
        };
        Ok(Ticket {
            id,
            owner: owner_of(TABLE, id, row.staff_id, row.account_id)?,
            purpose,
            delivery,
            device,
        })
    }

    /// Whether the owner may still sign in.
    fn is_able(&mut self, owner: FactorOwner) -> Result<bool> {
        self.reach(owner)?;
        let is_active = match owner {
            FactorOwner::Staff(id) => staff_user::table
                .filter(staff_user::tenant_id.eq(self.tenant_id()))
                .filter(staff_user::id.eq(id.uuid()))
                .select(staff_user::is_active)
                .first::<bool>(self.conn),
            FactorOwner::Account(id) => portal_account::table
                .filter(portal_account::tenant_id.eq(self.tenant_id()))
                .filter(portal_account::id.eq(id.uuid()))
                .select(portal_account::is_active)
                .first::<bool>(self.conn),
        };
        Ok(is_active.optional().map_err(unavailable)?.unwrap_or(false))
    }
}

const fn purpose_code(purpose: TicketPurpose) -> i16 {
    match purpose {
        TicketPurpose::Proof => 0,
        TicketPurpose::Enrolment => 1,
        TicketPurpose::NewPasskey => 2,
        TicketPurpose::StepUp => 3,
    }
}

const fn delivery_code(delivery: RefreshDelivery) -> i16 {
    match delivery {
        RefreshDelivery::Cookie => 0,
        RefreshDelivery::Body => 1,
    }
}
