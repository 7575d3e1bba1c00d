//! How streams are packed, and what they weigh when they are not.

use std::borrow::Cow;

use super::{
    unpacking::{ascii85, hexadecimal, lzw, runs},
    value::{Dictionary, Value},
};
use crate::inflate::{self, Wrapping};

/// More than any writer puts behind one another.
const MOST_FILTERS: usize = 4;
/// The most that a stream in letters may come to before it is unpacked further.
const MOST_DECODED: usize = 64 * 1024 * 1024;

/// What was found by unpacking.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Weight {
    /// How much comes out, of all steps.
    pub(crate) size: u64,
    /// How much was read.
    pub(crate) read: usize,
}

pub(crate) fn is_flate(name: &[u8]) -> bool {
    matches!(name, b"FlateDecode" | b"Fl")
}

/// The names of the filters in their order, if they stand here and in one place.
pub(crate) fn filters<'a>(dictionary: &'a Dictionary<'_>) -> Option<Vec<&'a [u8]>> {
    let name = |value: &'a Value<'_>| match value {
        Value::Name(name) => Some(name.as_ref()),
        _ => None,
    };
    match (dictionary.has(b"Filter"), dictionary.only(b"Filter")) {
        (false, _) | (true, Some(Value::Other)) => Some(Vec::new()),
        (true, Some(Value::Array(names))) => names.iter().map(name).collect(),
        (true, value) => name(value?).map(|name| vec![name]),
    }
}

/// Weighs data without keeping what comes out: a bomb would go off in a reader.
///
/// None if it comes to more than `limit`, or if its filters stand as no writer puts them: only letters may come before
/// the one that makes data grow, and only pictures behind it.
pub(crate) fn weigh(filters: &[&[u8]], data: &[u8], limit: u64) -> Option<Weight> {
    let mut data = Cow::Borrowed(data);
    let (mut weight, mut is_opaque) = (Weight::default(), false);
    for name in filters {
        let is_letters = matches!(*name, b"ASCII85Decode" | b"A85" | b"ASCIIHexDecode" | b"AHx");
        let grows = is_flate(name) || matches!(*name, b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL");
        if is_opaque && (is_letters || grows) || filters.len() > MOST_FILTERS {
            return None;
        }
        let step = if is_letters {
            let (decoded, read) = match *name {
                b"ASCII85Decode" | b"A85" => ascii85(&data, MOST_DECODED)?,
                _ => hexadecimal(&data, MOST_DECODED)?,
            };
            let size = u64::try_from(decoded.len()).ok()?;
            data = Cow::Owned(decoded);
            Weight { size, read }
        } else {
            is_opaque = true;
            grown(name, &data, limit)?
        };
        weight.size += step.size;
        weight.read += step.read;
    }
    (weight.size <= limit).then_some(weight)
}

/// What comes out of the step by which data grows. A picture is the reader's to bound, by its stated sides.
fn grown(name: &[u8], data: &[u8], limit: u64) -> Option<Weight> {
    match name {
        b"LZWDecode" | b"LZW" => {
            // Whether codes grow early is stated elsewhere, and not by all.
            let (early, late) = (lzw(data, 1, limit)?, lzw(data, 0, limit)?);
            Some(Weight { size: early.size.max(late.size), read: early.read + late.read })
        }
        b"RunLengthDecode" | b"RL" => runs(data, limit),
        name if is_flate(name) => {
            let (size, read) = inflate::measure(data, Wrapping::Zlib, limit).ok()?;
            Some(Weight { size, read })
        }
        _ => Some(Weight::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(filters: &[&str], data: &[u8], limit: u64) -> Option<u64> {
        let filters: Vec<_> = filters.iter().map(|name| name.as_bytes()).collect();
        weigh(&filters, data, limit).map(|weight| weight.size)
    }

    #[test]
    fn filters_are_followed_as_far_as_writers_put_them() {
        assert_eq!(size(&[], b"abc", 0), Some(0));
        assert_eq!(size(&["DCTDecode"], b"abc", 0), Some(0));
        assert_eq!(size(&["ASCIIHexDecode", "RL"], b"02 61 62 63 f0 20 80>", 30), Some(7 + 20));
        assert_eq!(size(&["AHx", "RunLengthDecode", "DCT"], b"f020>", 18), None);
        for filters in [&["RL", "RL"][..], &["RL", "A85"], &["DCT", "Fl"], &["Unknown", "LZW"], &["AHx"; 5]] {
            assert_eq!(size(filters, b"00>", 1000), None, "{filters:?}");
        }
    }
}
