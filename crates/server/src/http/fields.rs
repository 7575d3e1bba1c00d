//! Collects what is wrong with the fields of a body, so that a form hears of everything at once.

use super::error::{ApiError, ApiResult};
use super::wire::Id;
use serde::{Deserialize, Deserializer};
use threadwell_application::{FieldError, FieldProblem};
use threadwell_domain::{AttachmentId, TextRefusal};

/// What was found wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<FieldError>);

impl Fields {
    /// Keeps a good value, or notes what is wrong with it.
    pub(crate) fn check<T>(&mut self, pointer: &str, parsed: Result<T, TextRefusal>) -> Option<T> {
        parsed.map_err(|refusal| self.refuse(pointer, refusal.into())).ok()
    }

    /// Notes that a field is wrong.
    pub(crate) fn refuse(&mut self, pointer: &str, problem: FieldProblem) {
        self.0.push(FieldError { pointer: pointer.to_owned(), problem });
    }

    /// The values, if nothing was wrong.
    pub(crate) fn finish<T>(self, values: Option<T>) -> ApiResult<T> {
        match values {
            Some(values) if self.0.is_empty() => Ok(values),
            Some(_) | None => Err(ApiError::invalid(self.0)),
        }
    }
}

/// The uploads that a message takes along.
pub(crate) fn uploads(attachment_ids: &[Id]) -> Vec<AttachmentId> {
    attachment_ids.iter().map(|id| AttachmentId::new(id.0)).collect()
}

/// Tells a field that is null from one that is absent.
pub(crate) fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// Refuses null where a field may be left out but not emptied.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
