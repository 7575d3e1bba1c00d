//! Sessions and devices of one person.

use crate::binding::{bind_account, bind_session};
use crate::errors::unavailable;
use crate::outbox::person as named;
use crate::schema::{known_device, push_registration, session};
use crate::session_row::{idle_limit, method_of};
use crate::sessions::ACCOUNT;
use crate::transaction::PgTransaction;
use diesel::dsl::{exists, select};
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{Devices, PushPlatform, Recipient, SessionDevice, SessionView};
use threadwell_domain::{Moment, Phi, SessionId};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = session, check_for_backend(diesel::pg::Pg))]
struct OwnSessionRow {
    id: Uuid,
    device_name_enc: Option<Vec<u8>>,
    browser: Option<String>,
    address: Option<String>,
    created_at: Moment,
    last_activity_at: Moment,
    expires_at: Moment,
    method: i16,
    idle_limit_seconds: i32,
}

/// The rows of a session's owner.
#[diesel::dsl::auto_type(no_type_alias)]
fn of_owner(tenant: Uuid, kind: i16, owner: Uuid) -> _ {
    let is_staff = session::staff_id.eq(owner).assume_not_null();
    let is_account = session::account_id.eq(owner).assume_not_null();
    session::tenant_id.eq(tenant).and(session::owner_kind.eq(kind)).and(is_staff.or(is_account))
}

/// The rows of a device's owner.
#[diesel::dsl::auto_type(no_type_alias)]
fn of_device_owner(tenant: Uuid, kind: i16, owner: Uuid) -> _ {
    let is_staff = known_device::staff_id.eq(owner).assume_not_null();
    let is_account = known_device::account_id.eq(owner).assume_not_null();
    known_device::tenant_id.eq(tenant).and(known_device::owner_kind.eq(kind)).and(is_staff.or(is_account))
}

impl Devices for PgTransaction<'_> {
    fn sessions_of(&mut self, person: Recipient) -> Result<Vec<SessionView>> {
        let (kind, owner) = self.bind_person(person)?;
        let rows: Vec<OwnSessionRow> = session::table
            .filter(of_owner(self.tenant_id(), kind, owner))
            .filter(session::revoked_at.is_null())
            .filter(session::expires_at.gt(self.now))
            .order((session::last_activity_at.desc(), session::id))
            .select(OwnSessionRow::as_select())
            .load(self.conn)
            .map_err(unavailable)?;
        let (now, audience, rest) = (self.now, person.audience(), self.rest()?);
        let holds = |row: &OwnSessionRow| {
            now - row.last_activity_at <= idle_limit(audience, row.idle_limit_seconds, rest)
        };
        rows.into_iter().filter(holds).map(|row| self.session_view(row)).collect()
    }

    fn end_one(&mut self, person: Recipient, id: SessionId) -> Result<bool> {
        let (kind, owner) = self.bind_person(person)?;
        let found = session::table
            .filter(of_owner(self.tenant_id(), kind, owner))
            .filter(session::id.eq(id.uuid()))
            .filter(session::revoked_at.is_null());
        let is_own: bool = select(exists(found)).get_result(self.conn).map_err(unavailable)?;
        if is_own { self.end_session(id) } else { Ok(false) }
    }

    fn end_all(&mut self, person: Recipient, spared: Option<SessionId>) -> Result<()> {
        let (kind, owner) = self.bind_person(person)?;
        let spared = spared.map_or(Uuid::nil(), SessionId::uuid);
        let open: Vec<Uuid> = session::table
            .filter(of_owner(self.tenant_id(), kind, owner))
            .filter(session::revoked_at.is_null())
            .filter(session::id.ne(spared))
            .order(session::id)
            .select(session::id)
            .load(self.conn)
            .map_err(unavailable)?;
        for id in open {
            self.end_session(SessionId::new(id))?;
        }
        let kept = self.device_of(SessionId::new(spared))?;
        self.forget_devices(person, kept)
    }

    fn forget_device_of(&mut self, person: Recipient, session: SessionId) -> Result<()> {
        let (kind, owner) = self.bind_person(person)?;
        let Some(device) = self.device_of(session)? else { return Ok(()) };
        diesel::update(known_device::table)
            .filter(of_device_owner(self.tenant_id(), kind, owner))
            .filter(known_device::id.eq(device))
            .set(known_device::forgotten_at.eq(self.now))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn is_known(&mut self, person: Recipient, device: &[u8; 32]) -> Result<bool> {
        let (kind, owner) = self.bind_person(person)?;
        let found = known_device::table
            .filter(of_device_owner(self.tenant_id(), kind, owner))
            .filter(known_device::device_hash.eq(device.as_slice()))
            .filter(known_device::forgotten_at.is_null());
        select(exists(found)).get_result(self.conn).map_err(unavailable)
    }

    fn has_any(&mut self, person: Recipient) -> Result<bool> {
        let (kind, owner) = self.bind_person(person)?;
        let found = known_device::table.filter(of_device_owner(self.tenant_id(), kind, owner));
        select(exists(found)).get_result(self.conn).map_err(unavailable)
    }

    fn remember(&mut self, person: Recipient, device: &[u8; 32]) -> Result<()> {
        self.remember_device(person, device).map(drop)
    }

    fn settle(
        &mut self,
        person: Recipient,
        id: SessionId,
        device: &[u8; 32],
        told: &SessionDevice,
    ) -> Result<()> {
        let device = self.remember_device(person, device)?;
        let keys = self.keys()?;
        let name = told.name.as_ref();
        let name = name.map(|name| keys.seal("session", "device_name_enc", id.uuid(), name.expose()));
        diesel::update(session::table)
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(id.uuid()))
            .set((
                session::device_id.eq(device),
                session::device_name_enc.eq(name.transpose()?),
                session::browser.eq(told.browser.as_deref()),
                session::address.eq(told.address.map(|address| address.to_canonical().to_string())),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn register_push(&mut self, id: SessionId, platform: PushPlatform, token: &Phi) -> Result<()> {
        bind_session(self.conn, id).map_err(unavailable)?;
        let sealed = self.keys()?.seal("push_registration", "token_enc", id.uuid(), token.expose())?;
        let place = (
            push_registration::platform.eq(platform.code()),
            push_registration::token_enc.eq(sealed),
            push_registration::registered_at.eq(self.now),
            push_registration::removed_at.eq(None::<Moment>),
        );
        diesel::insert_into(push_registration::table)
            .values((
                push_registration::tenant_id.eq(self.tenant_id()),
                push_registration::session_id.eq(id.uuid()),
                push_registration::owner_kind.eq(self.owner_kind()),
                place.clone(),
            ))
            .on_conflict((push_registration::tenant_id, push_registration::session_id))
            .do_update()
            .set(place)
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }

    fn forget_push(&mut self, id: SessionId) -> Result<()> {
        bind_session(self.conn, id).map_err(unavailable)?;
        self.forget_pushes(&[id.uuid()])
    }
}

impl PgTransaction<'_> {
    /// Forgets where the devices of sessions take push notifications.
    pub(crate) fn forget_pushes(&mut self, sessions: &[Uuid]) -> Result<()> {
        diesel::update(push_registration::table)
            .filter(push_registration::tenant_id.eq(self.tenant_id()))
            .filter(push_registration::session_id.eq_any(sessions))
            .filter(push_registration::removed_at.is_null())
            .set((
                push_registration::removed_at.eq(self.now),
                // Nothing is left to be sent to.
                push_registration::token_enc.eq(Vec::new()),
            ))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    /// Forgets the devices of somebody whom the transaction reaches, all but one.
    pub(crate) fn forget_devices(&mut self, person: Recipient, kept: Option<Uuid>) -> Result<()> {
        let (kind, owner) = named(person);
        diesel::update(known_device::table)
            .filter(of_device_owner(self.tenant_id(), kind, owner))
            .filter(known_device::forgotten_at.is_null())
            .filter(known_device::id.ne(kept.unwrap_or_default()))
            .set(known_device::forgotten_at.eq(self.now))
            .execute(self.conn)
            .map(drop)
            .map_err(unavailable)
    }

    fn device_of(&mut self, id: SessionId) -> Result<Option<Uuid>> {
        let found = session::table
            .filter(session::tenant_id.eq(self.tenant_id()))
            .filter(session::id.eq(id.uuid()))
            .select(session::device_id)
            .first::<Option<Uuid>>(self.conn);
        Ok(found.optional().map_err(unavailable)?.flatten())
    }

    /// How rows name the person, whose own rows the transaction may see from now on.
    fn bind_person(&mut self, person: Recipient) -> Result<(i16, Uuid)> {
        if let Recipient::Account(account) = person {
            bind_account(self.conn, account).map_err(unavailable)?;
        }
        Ok(named(person))
    }

    fn session_view(&self, row: OwnSessionRow) -> Result<SessionView> {
        let keys = self.keys()?;
        let open = |sealed: Vec<u8>| keys.open("session", "device_name_enc", row.id, &sealed);
        Ok(SessionView {
            id: SessionId::new(row.id),
            device_name: row.device_name_enc.map(open),
            browser: row.browser,
            address: row.address,
            created_at: row.created_at,
            last_activity_at: row.last_activity_at,
            expires_at: row.expires_at,
            method: method_of(row.method)?,
        })
    }

    fn remember_device(&mut self, person: Recipient, device: &[u8; 32]) -> Result<Uuid> {
        let (kind, owner) = self.bind_person(person)?;
        let seen = diesel::update(known_device::table)
            .filter(of_device_owner(self.tenant_id(), kind, owner))
            .filter(known_device::device_hash.eq(device.as_slice()))
            .set(known_device::last_seen_at.eq(self.now))
            .returning(known_device::id)
            .get_result::<Uuid>(self.conn)
            .optional()
            .map_err(unavailable)?;
        if let Some(id) = seen {
            return Ok(id);
        }
        let id = self.new_id();
        let (staff, account) = if kind == ACCOUNT { (None, Some(owner)) } else { (Some(owner), None) };
        diesel::insert_into(known_device::table)
            .values((
                known_device::tenant_id.eq(self.tenant_id()),
                known_device::id.eq(id),
                known_device::owner_kind.eq(kind),
                known_device::staff_id.eq(staff),
                known_device::account_id.eq(account),
                known_device::device_hash.eq(device.as_slice()),
                known_device::first_seen_at.eq(self.now),
                known_device::last_seen_at.eq(self.now),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(id)
    }
}
