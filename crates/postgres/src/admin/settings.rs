//! What the practice decides about itself.

use crate::errors::{corrupt, unavailable};
use crate::schema::{staff_address_range, tenant};
use crate::transaction::PgTransaction;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;
use std::net::IpAddr;
use threadwell_application::Result;
use threadwell_application::ports::Settings;
use threadwell_domain::practice::{
    Accent, AddressRange, Holiday, OfficeHours, OpenHours, PracticeSettings, Rest, TimeZone,
};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = tenant, check_for_backend(diesel::pg::Pg))]
struct SettingsRow {
    name: String,
    phone: String,
    emergency_text: String,
    hours: String,
    after_hours_text: String,
    answer_times: Vec<String>,
    reopen_window_days: i32,
    time_zone: String,
    mail_greets_by_name: bool,
    accent: i16,
    business_hours: Vec<i16>,
    holidays: Vec<String>,
    staff_need_second_factor: bool,
    staff_idle_minutes: i16,
    portal_idle_minutes: i16,
    mobile_idle_days: i16,
    majority_age: i16,
    patients_may_invite: bool,
    has_identity_check: bool,
    version: i32,
}

impl Settings for PgTransaction<'_> {
    fn settings(&mut self) -> Result<(PracticeSettings, i32)> {
        let row = tenant::table
            .filter(tenant::id.eq(self.tenant_id()))
            .select(SettingsRow::as_select())
            .first(self.conn)
            .map_err(unavailable)?;
        self.with_addresses(row)
    }

    fn hold_settings(&mut self) -> Result<(PracticeSettings, i32)> {
        let row = tenant::table
            .filter(tenant::id.eq(self.tenant_id()))
            .select(SettingsRow::as_select())
            .for_no_key_update()
            .first(self.conn)
            .map_err(unavailable)?;
        self.with_addresses(row)
    }

    fn may_patients_invite(&mut self) -> Result<bool> {
        tenant::table
            .filter(tenant::id.eq(self.tenant_id()))
            .select(tenant::patients_may_invite)
            .first(self.conn)
            .map_err(unavailable)
    }

    fn save_settings(&mut self, settings: &PracticeSettings) -> Result<()> {
        let rest = settings.rest;
        diesel::update(tenant::table)
            .filter(tenant::id.eq(self.tenant_id()))
            .set((
                (
                    tenant::name.eq(&settings.name),
                    tenant::phone.eq(&settings.phone),
                    tenant::emergency_text.eq(&settings.emergency_text),
                    tenant::hours.eq(&settings.hours_text),
                    tenant::after_hours_text.eq(&settings.after_hours_text),
                    tenant::answer_times.eq(settings.answer_times.to_vec()),
                    tenant::reopen_window_days.eq(settings.reopen_window_days),
                    tenant::time_zone.eq(settings.time_zone.name()),
                    tenant::mail_greets_by_name.eq(settings.mail_greets_by_name),
                    tenant::accent.eq(settings.accent.code()),
                    tenant::business_hours.eq(triples(&settings.office_hours)),
                    tenant::holidays.eq(holiday_texts(&settings.office_hours)),
                ),
                (
                    tenant::staff_need_second_factor.eq(settings.staff_need_second_factor),
                    tenant::staff_idle_minutes.eq(rest.staff_minutes),
                    tenant::portal_idle_minutes.eq(rest.portal_minutes),
                    tenant::mobile_idle_days.eq(rest.mobile_days),
                    tenant::majority_age.eq(settings.majority_age),
                    tenant::patients_may_invite.eq(settings.patients_may_invite),
                    tenant::has_identity_check.eq(settings.has_identity_check),
                    tenant::has_staff_addresses.eq(!settings.staff_addresses.is_empty()),
                    tenant::version.eq(tenant::version + 1),
                ),
            ))
            .execute(self.conn)
            .map_err(unavailable)?;
        self.save_addresses(&settings.staff_addresses)
    }
}

impl PgTransaction<'_> {
    /// Whether the staff may come from an address, in a practice that said where from.
    pub(crate) fn is_staff_address(&mut self, address: Option<IpAddr>) -> Result<bool> {
        let ranges = self.staff_addresses()?;
        Ok(address.is_some_and(|address| ranges.iter().any(|range| range.contains(address))))
    }

    /// Whether the practice says where its staff come from, and the transaction's address is elsewhere.
    pub(crate) fn is_no_staff_address(&mut self) -> Result<bool> {
        let is_said: bool = tenant::table
            .filter(tenant::id.eq(self.tenant_id()))
            .select(tenant::has_staff_addresses)
            .first(self.conn)
            .map_err(unavailable)?;
        Ok(is_said && !self.is_staff_address(self.address)?)
    }

    pub(crate) fn staff_addresses(&mut self) -> Result<Vec<AddressRange>> {
        let rows: Vec<(Uuid, String)> = staff_address_range::table
            .filter(staff_address_range::tenant_id.eq(self.tenant_id()))
            .filter(staff_address_range::removed_at.is_null())
            .order((staff_address_range::added_at, staff_address_range::range))
            .select((staff_address_range::id, staff_address_range::range))
            .load(self.conn)
            .map_err(unavailable)?;
        let range = |(id, text): (Uuid, String)| {
            AddressRange::parse(&text).ok_or_else(|| corrupt("staff_address_range", "range", id))
        };
        rows.into_iter().map(range).collect()
    }

    fn with_addresses(&mut self, row: SettingsRow) -> Result<(PracticeSettings, i32)> {
        let (tenant, version) = (self.tenant_id(), row.version);
        let corrupt = |column| corrupt("tenant", column, tenant);
        let staff_addresses = self.staff_addresses()?;
        let settings = PracticeSettings {
            time_zone: TimeZone::parse(&row.time_zone).ok_or_else(|| corrupt("time_zone"))?,
            accent: Accent::from_code(row.accent).ok_or_else(|| corrupt("accent"))?,
            office_hours: office_hours(&row.business_hours, &row.holidays)
                .ok_or_else(|| corrupt("business_hours"))?,
            answer_times: row.answer_times.try_into().map_err(|_| corrupt("answer_times"))?,
            name: row.name,
            phone: row.phone,
            emergency_text: row.emergency_text,
            hours_text: row.hours,
            after_hours_text: row.after_hours_text,
            reopen_window_days: row.reopen_window_days,
            mail_greets_by_name: row.mail_greets_by_name,
            staff_need_second_factor: row.staff_need_second_factor,
            rest: Rest {
                staff_minutes: row.staff_idle_minutes,
                portal_minutes: row.portal_idle_minutes,
                mobile_days: row.mobile_idle_days,
            },
            majority_age: row.majority_age,
            patients_may_invite: row.patients_may_invite,
            has_identity_check: row.has_identity_check,
            staff_addresses,
        };
        Ok((settings, version))
    }

    fn save_addresses(&mut self, wanted: &[AddressRange]) -> Result<()> {
        let present: HashSet<AddressRange> = self.staff_addresses()?.into_iter().collect();
        let kept: Vec<String> = wanted.iter().map(AddressRange::text).collect();
        diesel::update(staff_address_range::table)
            .filter(staff_address_range::tenant_id.eq(self.tenant_id()))
            .filter(staff_address_range::removed_at.is_null())
            .filter(staff_address_range::range.ne_all(kept))
            .set(staff_address_range::removed_at.eq(self.now))
            .execute(self.conn)
            .map_err(unavailable)?;
        for range in wanted.iter().filter(|range| !present.contains(range)) {
            diesel::insert_into(staff_address_range::table)
                .values((
                    staff_address_range::tenant_id.eq(self.tenant_id()),
                    staff_address_range::id.eq(self.new_id()),
                    staff_address_range::range.eq(range.text()),
                    staff_address_range::added_at.eq(self.now),
                ))
                .execute(self.conn)
                .map_err(unavailable)?;
        }
        Ok(())
    }
}

/// Hours and holidays as they are kept; `None` for what is none.
pub(crate) fn office_hours(triples: &[i16], holidays: &[String]) -> Option<OfficeHours> {
    let stretch = |triple: &[i16]| match triple {
        [day, from, to] => Some(OpenHours {
            day: u8::try_from(*day).ok()?,
            from: u16::try_from(*from).ok()?,
            to: u16::try_from(*to).ok()?,
        }),
        _ => None,
    };
    let holiday = |text: &String| {
        let (date, name) = text.split_once(' ')?;
        let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
        Some(Holiday { date, name: name.to_owned() })
    };
    let hours: Option<Vec<OpenHours>> = triples.chunks(3).map(stretch).collect();
    let holidays: Option<Vec<Holiday>> = holidays.iter().map(holiday).collect();
    OfficeHours::of_week(hours?).ok()?.with_holidays(holidays?).ok()
}

/// Hours as triples of numbers.
pub(crate) fn triples(office: &OfficeHours) -> Vec<i16> {
    let number = |number: u16| i16::try_from(number).unwrap_or(i16::MAX);
    office.hours().iter().flat_map(|one| [i16::from(one.day), number(one.from), number(one.to)]).collect()
}

/// Holidays as texts.
pub(crate) fn holiday_texts(office: &OfficeHours) -> Vec<String> {
    office
        .holidays()
        .iter()
        .map(|holiday| format!("{} {}", holiday.date.format("%Y-%m-%d"), holiday.name))
        .collect()
}
