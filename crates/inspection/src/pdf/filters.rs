//! How streams are packed.

use super::value::{Dictionary, Value};

pub(crate) fn is_flate(name: &[u8]) -> bool {
    matches!(name, b"FlateDecode" | b"Fl")
}

/// The names of the filters in their order, if they stand here.
pub(crate) fn filters<'a>(dictionary: &'a Dictionary<'_>) -> Option<Vec<&'a [u8]>> {
    let name = |value: &'a Value<'_>| match value {
        Value::Name(name) => Some(name.as_ref()),
        _ => None,
    };
    match dictionary.all(b"Filter").next() {
        None | Some(Value::Other) => Some(Vec::new()),
        Some(Value::Array(names)) => names.iter().map(name).collect(),
        Some(value) => name(value).map(|name| vec![name]),
    }
}
