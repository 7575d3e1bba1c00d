//! Query strings: every parameter known, given once, and of its form.

use super::cursor::{Cursors, Owner};
use super::error::{ApiError, ApiResult};
use super::json::quoted_after;
use super::wire::Id;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use std::future::{Ready, ready};
use threadwell_application::ports::PageAt;
use threadwell_application::{FieldError, FieldProblem};
use threadwell_domain::MessageId;
use utoipa::IntoParams;
use validator::Validate;

/// The parameters of a request.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

/// Which messages of a thread.
#[derive(Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessagePageQuery {
    /// At most so many messages.
    #[serde(default = "default_limit")]
    #[validate(range(min = 1, max = 100))]
    #[param(required = false, minimum = 1, maximum = 100, default = 50)]
    pub(crate) limit: i64,
    /// `nextCursor` of the page before goes on with older messages, `newerCursor` with newer ones.
    pub(crate) cursor: Option<String>,
    /// A message of the thread: the page stands around it; not together with `cursor`.
    pub(crate) around: Option<Id>,
}

impl MessagePageQuery {
    /// Which messages are asked for.
    pub(crate) fn page(&self, cursors: &Cursors, owner: &Owner) -> ApiResult<PageAt> {
        match (self.cursor.as_deref(), self.around) {
            (None, None) => Ok(PageAt::Newest),
            (Some(text), None) => Ok(cursors.page(owner, text)?),
            (None, Some(id)) => Ok(PageAt::Around(MessageId::new(id.0))),
            (Some(_), Some(_)) => Err(ApiError::field("around", FieldProblem::Conflict)),
        }
    }
}

const fn default_limit() -> i64 {
    50
}

impl<T: DeserializeOwned + Validate> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

fn parse<T: DeserializeOwned + Validate>(text: &str) -> ApiResult<T> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    let parameters: T = serde_path_to_error::deserialize(pairs).map_err(|error| explain(&error))?;
    parameters.validate().map_err(|errors| out_of_range(&errors))?;
    Ok(parameters)
}

fn explain(error: &serde_path_to_error::Error<serde_urlencoded::de::Error>) -> ApiError {
    let message = error.inner().to_string();
    let named = |start| quoted_after(&message, start).map(|name| name.chars().take(64).collect::<String>());
    if let Some(name) = named("unknown field `") {
        return ApiError::field(name, FieldProblem::Unknown);
    }
    if let Some(name) = named("missing field `") {
        return ApiError::field(name, FieldProblem::Required);
    }
    if let Some(name) = named("duplicate field `") {
        return ApiError::field(name, FieldProblem::Conflict);
    }
    ApiError::field(error.path().to_string(), FieldProblem::Invalid)
}

/// The validator's errors carry the refused values; only the names go on.
fn out_of_range(errors: &validator::ValidationErrors) -> ApiError {
    let names = errors.errors().keys();
    ApiError::invalid(
        names.map(|name| FieldError { pointer: name.to_string(), problem: FieldProblem::Invalid }).collect(),
    )
}

/// A comma list of words; the empty list is no list.
pub(crate) fn comma_list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let words = text.split(',').map(|word| {
        T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word))
            .map_err(|_| D::Error::custom("not in the list"))
    });
    words.collect::<Result<Vec<T>, _>>().map(Some)
}
