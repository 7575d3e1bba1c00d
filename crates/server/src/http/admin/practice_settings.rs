//! The settings of a practice as they travel.

use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use crate::http::wire::{Accent, PracticeHoliday, PracticeHours, clock_time};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use threadwell_application::FieldProblem;
use threadwell_domain::practice::{
    ANSWER_TIME_LIMIT, AddressRange, HoursRefusal, IDLE_DAYS, IDLE_MINUTES, MAJORITY_AGES, MOST_RANGES,
    OfficeHours, OpenHours, PHONE_LIMIT, PracticeSettings, REOPEN_DAYS, Rest, TEXT_LIMIT, TimeZone,
    optional_line, optional_text, practice_name,
};
use utoipa::ToSchema;

/// Usual times to answer, in words; empty where none is set.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerTimes {
    #[serde(default)]
    #[schema(max_length = 100, example = "1 business day")]
    general: String,
    #[serde(default)]
    #[schema(max_length = 100, example = "1 to 2 business days")]
    prescription: String,
    #[serde(default)]
    #[schema(max_length = 100, example = "24 hours")]
    appointment: String,
    #[serde(default)]
    #[schema(max_length = 100, example = "2 to 3 business days")]
    billing: String,
    #[serde(default)]
    #[schema(max_length = 100, example = "1 to 2 business days")]
    medical: String,
    #[serde(default)]
    #[schema(max_length = 100, example = "")]
    other: String,
}

/// A network or a single address, as it is typed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(max_length = 49, example = "203.0.113.0/24")]
pub(super) struct NetworkText(String);

/// All that a practice decides about itself.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SettingsBody {
    #[schema(min_length = 1, max_length = 120, example = "Riverside Dermatology")]
    name: String,
    #[schema(max_length = 40, example = "+1 555 0100")]
    phone: String,
    #[schema(max_length = 1000, example = "In an emergency call 911.")]
    emergency_text: String,
    /// Office hours in words.
    #[schema(max_length = 1000, example = "Monday to Friday, 8 am to 5 pm")]
    hours_text: String,
    #[schema(max_length = 1000, example = "Messages sent at night are read the next working day.")]
    after_hours_text: String,
    /// An IANA name.
    #[schema(max_length = 64, example = "America/New_York")]
    time_zone: String,
    accent: Accent,
    /// No two of a day may overlap.
    #[schema(max_items = 42)]
    business_hours: Vec<PracticeHours>,
    /// Days without office hours.
    #[schema(max_items = 100)]
    holidays: Vec<PracticeHoliday>,
    answer_times: AnswerTimes,
    /// Days within which a message opens a closed conversation again.
    #[schema(minimum = 0, maximum = 3650, example = 14)]
    reopen_window_days: i32,
    /// Whether mails to patients greet by the first name.
    mail_greets_by_name: bool,
    /// Whether sessions of the staff need a second factor.
    staff_mfa_required: bool,
    #[schema(minimum = 5, maximum = 60, example = 15)]
    staff_idle_minutes: i16,
    #[schema(minimum = 5, maximum = 60, example = 20)]
    portal_idle_minutes: i16,
    #[schema(minimum = 1, maximum = 90, example = 30)]
    mobile_idle_days: i16,
    /// The age at which guardians' grants end.
    #[schema(minimum = 13, maximum = 25, example = 18)]
    majority_age: i16,
    /// Whether patients may invite caregivers.
    patients_may_invite: bool,
    /// Whether patients may open an account by a code to the e-mail on file.
    identity_check: bool,
    /// Networks that the staff come from; everywhere, if empty. The caller's own must be among them.
    #[schema(max_items = 50, example = json!([]))]
    staff_addresses: Vec<NetworkText>,
}

impl From<&PracticeSettings> for SettingsBody {
    fn from(settings: &PracticeSettings) -> Self {
        let [general, prescription, appointment, billing, medical, other] = settings.answer_times.clone();
        let hours = &settings.office_hours;
        Self {
            name: settings.name.clone(),
            phone: settings.phone.clone(),
            emergency_text: settings.emergency_text.clone(),
            hours_text: settings.hours_text.clone(),
            after_hours_text: settings.after_hours_text.clone(),
            time_zone: settings.time_zone.name().to_owned(),
            accent: settings.accent.into(),
            business_hours: hours.hours().iter().map(PracticeHours::from).collect(),
            holidays: hours.holidays().iter().map(PracticeHoliday::from).collect(),
            answer_times: AnswerTimes { general, prescription, appointment, billing, medical, other },
            reopen_window_days: settings.reopen_window_days,
            mail_greets_by_name: settings.mail_greets_by_name,
            staff_mfa_required: settings.staff_need_second_factor,
            staff_idle_minutes: settings.rest.staff_minutes,
            portal_idle_minutes: settings.rest.portal_minutes,
            mobile_idle_days: settings.rest.mobile_days,
            majority_age: settings.majority_age,
            patients_may_invite: settings.patients_may_invite,
            identity_check: settings.has_identity_check,
            staff_addresses: settings.staff_addresses.iter().map(|range| NetworkText(range.text())).collect(),
        }
    }
}

impl SettingsBody {
    /// Checks everything at once.
    pub(super) fn parse(&self) -> ApiResult<PracticeSettings> {
        let mut fields = Fields::default();
        let texts = self.texts(&mut fields);
        let time_zone = TimeZone::parse(&self.time_zone);
        if time_zone.is_none() {
            fields.refuse("/timeZone", FieldProblem::Invalid);
        }
        let office_hours = self.office_hours(&mut fields);
        self.check_numbers(&mut fields);
        let staff_addresses = self.addresses(&mut fields);
        let all = texts.zip(time_zone).zip(office_hours);
        fields.finish(all.map(|((texts, time_zone), office_hours)| PracticeSettings {
            name: texts.name,
            phone: texts.phone,
            emergency_text: texts.emergency,
            hours_text: texts.hours,
            after_hours_text: texts.after_hours,
            answer_times: texts.answer_times,
            time_zone,
            office_hours,
            accent: self.accent.into(),
            reopen_window_days: self.reopen_window_days,
            mail_greets_by_name: self.mail_greets_by_name,
            staff_need_second_factor: self.staff_mfa_required,
            rest: Rest {
                staff_minutes: self.staff_idle_minutes,
                portal_minutes: self.portal_idle_minutes,
                mobile_days: self.mobile_idle_days,
            },
            majority_age: self.majority_age,
            patients_may_invite: self.patients_may_invite,
            has_identity_check: self.identity_check,
            staff_addresses,
        }))
    }

    fn texts(&self, fields: &mut Fields) -> Option<Texts> {
        let times = &self.answer_times;
        let time = |fields: &mut Fields, pointer, text| {
            fields.check(pointer, optional_line(text, ANSWER_TIME_LIMIT))
        };
        let answer_times = [
            time(fields, "/answerTimes/general", &times.general),
            time(fields, "/answerTimes/prescription", &times.prescription),
            time(fields, "/answerTimes/appointment", &times.appointment),
            time(fields, "/answerTimes/billing", &times.billing),
            time(fields, "/answerTimes/medical", &times.medical),
            time(fields, "/answerTimes/other", &times.other),
        ];
        let text =
            |fields: &mut Fields, pointer, text| fields.check(pointer, optional_text(text, TEXT_LIMIT));
        let name = fields.check("/name", practice_name(&self.name));
        let phone = fields.check("/phone", optional_line(&self.phone, PHONE_LIMIT));
        let emergency = text(fields, "/emergencyText", &self.emergency_text);
        let hours = text(fields, "/hoursText", &self.hours_text);
        let after_hours = text(fields, "/afterHoursText", &self.after_hours_text);
        Some(Texts {
            name: name?,
            phone: phone?,
            emergency: emergency?,
            hours: hours?,
            after_hours: after_hours?,
            answer_times: answer_times.map(Option::unwrap_or_default),
        })
    }

    fn office_hours(&self, fields: &mut Fields) -> Option<OfficeHours> {
        let mut hours = Vec::new();
        for (place, one) in self.business_hours.iter().enumerate() {
            match (clock_time(&one.from), clock_time(&one.to)) {
                (Some(from), Some(to)) => hours.push(OpenHours { day: one.day, from, to }),
                _ => fields.refuse(&format!("/businessHours/{place}"), FieldProblem::Invalid),
            }
        }
        let mut holidays = Vec::new();
        for (place, one) in self.holidays.iter().enumerate() {
            match one.parse() {
                Some(holiday) => holidays.push(holiday),
                None => fields.refuse(&format!("/holidays/{place}/date"), FieldProblem::Invalid),
            }
        }
        let week =
            OfficeHours::of_week(hours).map_err(|refusal| refuse(fields, "/businessHours", refusal)).ok()?;
        week.with_holidays(holidays).map_err(|refusal| refuse(fields, "/holidays", refusal)).ok()
    }

    fn check_numbers(&self, fields: &mut Fields) {
        let mut check = |pointer, range: &RangeInclusive<i16>, value| {
            if !range.contains(&value) {
                fields.refuse(pointer, FieldProblem::Invalid);
            }
        };
        check("/staffIdleMinutes", &IDLE_MINUTES, self.staff_idle_minutes);
        check("/portalIdleMinutes", &IDLE_MINUTES, self.portal_idle_minutes);
        check("/mobileIdleDays", &IDLE_DAYS, self.mobile_idle_days);
        check("/majorityAge", &MAJORITY_AGES, self.majority_age);
        if !REOPEN_DAYS.contains(&self.reopen_window_days) {
            fields.refuse("/reopenWindowDays", FieldProblem::Invalid);
        }
    }

    fn addresses(&self, fields: &mut Fields) -> Vec<AddressRange> {
        if self.staff_addresses.len() > MOST_RANGES {
            fields.refuse("/staffAddresses", FieldProblem::TooLong(MOST_RANGES));
        }
        let mut ranges = Vec::new();
        for (place, text) in self.staff_addresses.iter().enumerate() {
            match AddressRange::parse(&text.0) {
                Some(range) if ranges.contains(&range) => {}
                Some(range) => ranges.push(range),
                None => fields.refuse(&format!("/staffAddresses/{place}"), FieldProblem::Invalid),
            }
        }
        ranges
    }
}

struct Texts {
    name: String,
    phone: String,
    emergency: String,
    hours: String,
    after_hours: String,
    answer_times: [String; 6],
}

fn refuse(fields: &mut Fields, pointer: &str, refusal: HoursRefusal) {
    match refusal {
        HoursRefusal::TooMany => fields.refuse(pointer, FieldProblem::Invalid),
        HoursRefusal::Malformed(place) => fields.refuse(&format!("{pointer}/{place}"), FieldProblem::Invalid),
        HoursRefusal::Overlap(place) => fields.refuse(&format!("{pointer}/{place}"), FieldProblem::Conflict),
    }
}
