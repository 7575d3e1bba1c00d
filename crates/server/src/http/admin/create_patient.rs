//! `POST /api/admin/patients`

use super::record_text::{birth_date, email, language, phone};
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiResult;
use crate::http::fields::{Fields, present};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::Created;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use threadwell_application::admin::records;
use threadwell_application::ports::{RecordText, Store};
use threadwell_domain::Moment;
use threadwell_domain::person::{Mrn, PersonName};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[];

/// A patient to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewRecord {
    #[schema(min_length = 1, max_length = 200, example = "Ana Silva")]
    full_name: String,
    /// The record number, of no other patient.
    #[schema(min_length = 1, max_length = 64, example = "RD-100234")]
    mrn: String,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, format = Date, max_length = 10, example = "1988-04-17")]
    birth_date: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 40, example = "+1 555 0142")]
    phone: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 254, example = "ana.silva@example.org")]
    email: Option<String>,
    /// The preferred language (BCP 47); English, if left out.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 35, example = "en")]
    language: Option<String>,
}

impl NewRecord {
    fn parse(&self, now: Moment) -> ApiResult<RecordText> {
        let mut fields = Fields::default();
        let full_name = fields.check("/fullName", PersonName::parse(&self.full_name));
        let mrn = fields.check("/mrn", Mrn::parse(&self.mrn));
        let birth_date = self.birth_date.as_deref().and_then(|text| birth_date(&mut fields, text, now));
        let phone = self.phone.as_deref().and_then(|text| phone(&mut fields, text));
        let email = self.email.as_deref().and_then(|text| email(&mut fields, text));
        let language =
            self.language.as_deref().and_then(|text| language(&mut fields, text)).unwrap_or_default();
        let named = full_name.zip(mrn);
        let text =
            named.map(|(full_name, mrn)| RecordText { full_name, mrn, birth_date, phone, email, language });
        fields.finish(text)
    }
}

/// Adds a patient.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), params(IdempotencyHeader), request_body = NewRecord,
    responses((status = 201, description = "The patient's id.", body = Created)),
)]
#[post("/api/admin/patients")]
pub(crate) async fn create_patient(
    caller: StaffCaller,
    key: IdempotencyHeader,
    body: Json<NewRecord>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let (key, text) = (key.with(body.fingerprint), body.value.parse(state.clock.now())?);
    let create = move |store: &dyn Store| records::create(store, &caller.caller, &text, key.as_ref());
    let receipt = state.run(create).await?;
    Ok(answer::created(&receipt, &Created::of(receipt.patient.map(|id| id.uuid()))?))
}
