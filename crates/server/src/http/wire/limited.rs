//! Texts that are never kept: secrets and codes, which are only compared.

use serde::{Deserialize, Deserializer, de};
use std::borrow::Cow;
use std::ops::Deref;
use zeroize::Zeroizing;

/// A text of at most so many code points, as the document says of the field: a longer one was never given out.
#[derive(Clone)]
pub(crate) struct Limited<const MOST: usize>(Zeroizing<String>);

/// A secret that the server gave out.
pub(crate) type Token = Limited<512>;

/// A code that a person reads somewhere and types.
pub(crate) type TypedCode = Limited<64>;

impl<const MOST: usize> Limited<MOST> {
    /// The text itself.
    pub(crate) fn into_inner(self) -> Zeroizing<String> {
        self.0
    }
}

impl<const MOST: usize> Deref for Limited<MOST> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de, const MOST: usize> Deserialize<'de> for Limited<MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        if text.chars().nth(MOST).is_some() {
            return Err(de::Error::custom("too long"));
        }
        Ok(Self(Zeroizing::new(text.into_owned())))
    }
}
