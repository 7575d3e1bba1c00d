//! Lists in which nothing is twice.

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// A list in the order in which it was sent. What is there twice is refused: of words of a closed set there are never
/// more than the set has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Distinct<T>(Vec<T>);

impl<T> Deref for Distinct<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de> + PartialEq> Deserialize<'de> for Distinct<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(DistinctVisitor(PhantomData))
    }
}

struct DistinctVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + PartialEq> Visitor<'de> for DistinctVisitor<T> {
    type Value = Distinct<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list in which nothing is twice")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Distinct<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            if list.contains(&item) {
                return Err(A::Error::custom("something is in the list twice"));
            }
            list.push(item);
        }
        Ok(Distinct(list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_twice_is_refused_and_the_order_is_kept() {
        let read = serde_json::from_str::<Distinct<u8>>;
        assert_eq!(read("[3,1,2]").unwrap().to_vec(), [3, 1, 2]);
        assert_eq!(read("[]").unwrap().to_vec(), [0_u8; 0]);
        assert!(read("[1,2,1]").is_err());
    }
}
