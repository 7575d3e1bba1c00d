//! Times on the wire: UTC with milliseconds.

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use threadwell_domain::Moment;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

const LONGEST: usize = 64;

/// A moment as `2026-03-11T09:42:00.000Z`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Timestamp(pub(crate) Moment);

impl From<Moment> for Timestamp {
    fn from(moment: Moment) -> Self {
        Self(moment)
    }
}

impl Timestamp {
    /// As it travels.
    pub(crate) fn text(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Millis, true)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// With an offset, as RFC 3339 has it; what is finer than a microsecond is dropped.
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        if text.len() > LONGEST {
            return Err(de::Error::custom("longer than any moment"));
        }
        let read = DateTime::parse_from_rfc3339(&text).map_err(|_| de::Error::custom("not a moment"))?;
        Ok(Self(read.with_timezone(&Utc).trunc_subsecs(6)))
    }
}

impl PartialSchema for Timestamp {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .max_length(Some(LONGEST))
            .description(Some("A moment in UTC, with milliseconds."))
            .examples(["2026-03-11T09:42:00.000Z"])
            .into()
    }
}

impl ToSchema for Timestamp {}
