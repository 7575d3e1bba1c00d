//! Identifiers on the wire: a UUID in its one usual spelling.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

const HYPHENATED_LEN: usize = 36;

/// A UUID, hyphenated. Braces, `urn:` and the bare digits are other spellings and refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Id(pub(crate) Uuid);

impl Id {
    /// Reads the usual spelling, in either case.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        (text.len() == HYPHENATED_LEN).then(|| Uuid::try_parse(text).ok()).flatten().map(Self)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.hyphenated())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not a UUID"))
    }
}

impl PartialSchema for Id {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
            .max_length(Some(HYPHENATED_LEN))
            .description(Some("A UUID (version 7), lower case and hyphenated."))
            .examples(["01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f"])
            .into()
    }
}

impl ToSchema for Id {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_alone_is_an_id() {
        let text = "01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f";
        assert!(Id::parse(text).is_some());
        assert_eq!(Id::parse(&text.to_uppercase()), Id::parse(text));
        let braces = format!("{{{text}}}");
        let urn = format!("urn:uuid:{text}");
        let wide = "０".repeat(36);
        let long = "a".repeat(10_240);
        for other in ["", "7", "..%2f", &text.replace('-', ""), &braces, &urn, &wide, &long] {
            assert_eq!(Id::parse(other), None, "{other:.40}");
        }
    }
}
