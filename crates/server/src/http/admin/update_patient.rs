//! `PUT /api/admin/patients/{id}`

use super::record_text::{birth_date, email, language, phone};
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, nullable, present};
use crate::http::headers::IfMatch;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::path::PathId;
use crate::http::state::State;
use crate::http::wire::PatientDetail;
use crate::links;
use actix_web::{HttpResponse, put, web};
use serde::Deserialize;
use threadwell_application::admin::records;
use threadwell_application::ports::{Readable, RecordText, RecordView, Store};
use threadwell_application::{Error, FieldProblem, Result};
use threadwell_domain::person::{BirthDate, EmailAddress, Language, Mrn, PersonName, Phone};
use threadwell_domain::{Moment, PatientId};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired, Code::VersionMismatch];

/// The parts of a record to change; at least one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RecordChange {
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Ana Silva")]
    full_name: Option<String>,
    /// The record number, of no other patient.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 64, example = "RD-100234")]
    mrn: Option<String>,
    /// Null for none. Guardians' grants end with majority, which moves with it.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = Date, max_length = 10, example = "1988-04-17")]
    birth_date: Option<Option<String>>,
    /// Null for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 40, example = "+1 555 0142")]
    phone: Option<Option<String>>,
    /// Null for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 254, example = "ana.silva@example.org")]
    email: Option<Option<String>>,
    /// The preferred language (BCP 47).
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 35, example = "en")]
    language: Option<String>,
}

/// What was given, as far as it was.
struct Given {
    full_name: Option<PersonName>,
    mrn: Option<Mrn>,
    birth_date: Option<Option<BirthDate>>,
    phone: Option<Option<Phone>>,
    email: Option<Option<EmailAddress>>,
    language: Option<Language>,
}

impl RecordChange {
    fn parse(&self, now: Moment) -> ApiResult<Given> {
        let mut fields = Fields::default();
        let given = Given {
            full_name: self
                .full_name
                .as_deref()
                .and_then(|text| fields.check("/fullName", PersonName::parse(text))),
            mrn: self.mrn.as_deref().and_then(|text| fields.check("/mrn", Mrn::parse(text))),
            birth_date: self
                .birth_date
                .as_ref()
                .map(|given| given.as_deref().and_then(|text| birth_date(&mut fields, text, now))),
            phone: self
                .phone
                .as_ref()
                .map(|given| given.as_deref().and_then(|text| phone(&mut fields, text))),
            email: self
                .email
                .as_ref()
                .map(|given| given.as_deref().and_then(|text| email(&mut fields, text))),
            language: self.language.as_deref().and_then(|text| language(&mut fields, text)),
        };
        let is_empty = self.full_name.is_none() && self.mrn.is_none() && self.birth_date.is_none();
        if is_empty && self.phone.is_none() && self.email.is_none() && self.language.is_none() {
            fields.refuse("", FieldProblem::Required);
        }
        fields.finish(Some(given))
    }
}

impl Given {
    /// The record as it is to be. What cannot be read must be given anew.
    fn over(&self, present: &RecordView) -> Result<RecordText> {
        let unreadable = |pointer| move || Error::field(pointer, FieldProblem::Required);
        let text = |kept: &Readable| kept.text().map(|text| text.expose().to_owned());
        let some = |kept: &Option<Readable>| kept.as_ref().and_then(text);
        let name = || text(&present.full_name).and_then(|text| PersonName::parse(&text).ok());
        let mrn = || text(&present.mrn).and_then(|text| Mrn::parse(&text).ok());
        let birth_date = || some(&present.birth_date).and_then(|text| BirthDate::stored(&text));
        let phone = || some(&present.phone).and_then(|text| Phone::parse(&text).ok());
        let email = || some(&present.email).and_then(|text| EmailAddress::parse(&text));
        Ok(RecordText {
            full_name: self.full_name.clone().or_else(name).ok_or_else(unreadable("/fullName"))?,
            mrn: self.mrn.clone().or_else(mrn).ok_or_else(unreadable("/mrn"))?,
            birth_date: self.birth_date.unwrap_or_else(birth_date),
            phone: self.phone.clone().unwrap_or_else(phone),
            email: self.email.clone().unwrap_or_else(email),
            language: self
                .language
                .clone()
                .or_else(|| Language::parse(&present.language))
                .unwrap_or_default(),
        })
    }
}

/// Changes a patient's record, and what it is found by.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), params(IfMatch), request_body = RecordChange,
    responses((
        status = 200, description = "The record as it is now.", body = PatientDetail,
        headers(("ETag" = String, description = "The record's version.")),
    )),
)]
#[put("/api/admin/patients/{id}")]
pub(crate) async fn update_patient(
    caller: StaffCaller,
    id: PathId,
    if_match: IfMatch,
    body: Json<RecordChange>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (id, given) = (PatientId::new(id.0), body.value.parse(state.clock.now())?);
    let (tenant, keys) = (caller.claims.tenant, state.keys.clone());
    let update = move |store: &dyn Store| {
        let hashes = links::hashes(&keys, tenant);
        let change = |present: &RecordView| given.over(present);
        records::update(store, &caller.caller, id, &change, (if_match.version, &hashes))
    };
    let detail = state.run(update).await?;
    Ok(answer::ok_at(detail.record.version, &PatientDetail::from(&detail)))
}
