//! Reads a ZIP as strictly as its format allows: what two readers could see differently is refused.
//!
//! Every byte belongs to exactly one entry, to the directory or to its end record; each entry says the same of itself
//! in front of its data and in the directory. So nothing can be hidden, put before or put behind.

use std::collections::HashSet;

use threadwell_domain::attachment::ContentRefusal;

use crate::{
    bytes::Bytes,
    inflate::{self, Wrapping},
};

/// The most entries.
const MOST_ENTRIES: u16 = 200;
/// The most bytes of all entries together, nested archives included.
pub(crate) const MOST_EXPANDED: usize = 100 * 1024 * 1024;
/// The most that an entry may grow, where that matters.
const MOST_RATIO: usize = 100;
/// Below this size a ratio says nothing.
const SMALL: usize = 4 * 1024 * 1024;
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const HEADER_LENGTH: usize = 30;
/// Deflate's levels, sizes behind the data, names in UTF-8.
const KNOWN_FLAGS: u16 = 0b1000_0000_1110;
const SIZES_BEHIND: u16 = 1 << 3;
/// The field behind a name that gives some readers another name.
const OTHER_NAME: u16 = 0x7075;
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

/// One entry, still packed.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) name: String,
    pub(crate) size: usize,
    flags: u16,
    method: u16,
    checksum: u32,
    packed_size: usize,
    offset: usize,
    raw_name: &'a [u8],
    packed: &'a [u8],
}

/// A refusal as an error, for `?` on options.
fn rejected<T>(value: Option<T>) -> Result<T, ContentRefusal> {
    value.ok_or(ContentRefusal::ArchiveRejected)
}

/// Reads the directory and checks everything that can be checked without unpacking.
pub(crate) fn entries(file: &[u8]) -> Result<Vec<Entry<'_>>, ContentRefusal> {
    let (count, start) = rejected(end_record(file))?;
    if count > MOST_ENTRIES {
        return Err(ContentRefusal::ArchiveRejected);
    }
    let mut directory = Bytes::starting_at(file, start);
    let mut entries = Vec::new();
    for _ in 0..count {
        entries.push(rejected(directory_entry(&mut directory))?);
    }
    if directory.position() + END_LENGTH != file.len() {
        return Err(ContentRefusal::ArchiveRejected);
    }
    if entries.iter().any(|entry| entry.flags & ENCRYPTED != 0) {
        return Err(ContentRefusal::Encrypted);
    }
    check(&entries)?;
    entries.sort_by_key(|entry| entry.offset);
    let mut place = Bytes::new(file);
    for entry in &mut entries {
        rejected(local_entry(&mut place, entry))?;
    }
    if place.position() == start { Ok(entries) } else { Err(ContentRefusal::ArchiveRejected) }
}

/// The number of entries and the start of the directory. There is no comment: it could hold another end.
fn end_record(file: &[u8]) -> Option<(u16, usize)> {
    let at = file.len().checked_sub(END_LENGTH)?;
    let mut bytes = Bytes::starting_at(file, at);
    if bytes.take(4)? != END || bytes.u32_le()? != 0 {
        return None;
    }
    let (here, all, size, start) = (bytes.u16_le()?, bytes.u16_le()?, bytes.u32_le()?, bytes.u32_le()?);
    let start = usize::try_from(start).ok()?;
    let is_closed = start.checked_add(usize::try_from(size).ok()?)? == at && bytes.u16_le()? == 0;
    (here == all && is_closed).then_some((all, start))
}

fn directory_entry<'a>(bytes: &mut Bytes<'a>) -> Option<Entry<'a>> {
    if bytes.take(4)? != b"PK\x01\x02" {
        return None;
    }
    bytes.take(4)?;
    let (flags, method) = (bytes.u16_le()?, bytes.u16_le()?);
    bytes.take(4)?;
    let (checksum, packed_size, size) = (bytes.u32_le()?, bytes.u32_le()?, bytes.u32_le()?);
    let [name, extra, comment] = [bytes.u16_le()?, bytes.u16_le()?, bytes.u16_le()?].map(usize::from);
    let (disk, _, attributes, offset) = (bytes.u16_le()?, bytes.u16_le()?, bytes.u32_le()?, bytes.u32_le()?);
    let raw_name = bytes.take(name)?;
    let is_usual = has_one_name(bytes.take(extra)?)
        && disk == 0
        && comment == 0
        && matches!(attributes >> 28, 0 | 0o4 | 0o10);
    let name = String::from_utf8(raw_name.to_vec()).ok()?;
    let (packed_size, size) = (usize::try_from(packed_size).ok()?, usize::try_from(size).ok()?);
    let offset = usize::try_from(offset).ok()?;
    let entry = Entry { name, size, flags, method, checksum, packed_size, offset, raw_name, packed: &[] };
    is_usual.then_some(entry)
}

/// Checks names and sizes.
fn check(entries: &[Entry<'_>]) -> Result<(), ContentRefusal> {
    let mut names = HashSet::new();
    let mut expanded = 0_usize;
    for entry in entries {
        expanded = expanded.saturating_add(entry.size);
        let is_known = matches!(entry.method, 0 | 8) && entry.flags & !KNOWN_FLAGS == 0;
        let is_sane = entry.size <= SMALL || entry.size / MOST_RATIO <= entry.packed_size;
        let is_new = names.insert(entry.name.trim_end_matches('/').to_lowercase());
        if !is_known || !is_sane || !is_new || !stays_inside(&entry.name) {
            return Err(ContentRefusal::ArchiveRejected);
        }
    }
    if expanded > MOST_EXPANDED { Err(ContentRefusal::ArchiveRejected) } else { Ok(()) }
}

/// Whether a name is a plain relative path, the same on every system.
fn stays_inside(name: &str) -> bool {
    let path = name.strip_suffix('/').unwrap_or(name);
    let is_plain = |part: &str| !part.is_empty() && !part.trim_end_matches(['.', ' ']).is_empty();
    path.split('/').all(is_plain) && !name.contains(|c: char| matches!(c, '\\' | ':' | '%') || c.is_control())
}

/// Compares what an entry says in front of its data with the directory, and finds the data.
fn local_entry<'a>(bytes: &mut Bytes<'a>, entry: &mut Entry<'a>) -> Option<()> {
    if bytes.position() != entry.offset {
        return None;
    }
    let mut header = Bytes::new(bytes.take(HEADER_LENGTH)?);
    if header.take(4)? != b"PK\x03\x04" {
        return None;
    }
    header.take(2)?;
    let (flags, method) = (header.u16_le()?, header.u16_le()?);
    header.take(4)?;
    let sizes = (header.u32_le()?, header.u32_le()?, header.u32_le()?);
    let (name, extra) = (header.u16_le()?, header.u16_le()?);
    let stated = (entry.checksum, u32::try_from(entry.packed_size).ok()?, u32::try_from(entry.size).ok()?);
    let is_behind = flags & SIZES_BEHIND != 0;
    let is_same = flags == entry.flags
        && method == entry.method
        && (sizes == stated || is_behind && sizes == (0, 0, 0));
    if !is_same || bytes.take(name.into())? != entry.raw_name {
        return None;
    }
    if !has_one_name(bytes.take(extra.into())?) {
        return None;
    }
    entry.packed = bytes.take(entry.packed_size)?;
    if is_behind { pass_sizes(bytes, stated) } else { Some(()) }
}

/// Whether the fields behind a name leave it the only one.
fn has_one_name(extra: &[u8]) -> bool {
    let mut fields = Bytes::new(extra);
    while let (Some(field), Some(length)) = (fields.u16_le(), fields.u16_le()) {
        if field == OTHER_NAME {
            return false;
        }
        fields.take(length.into());
    }
    true
}

/// Passes over the sizes behind the data, with or without their signature.
fn pass_sizes(bytes: &mut Bytes<'_>, stated: (u32, u32, u32)) -> Option<()> {
    let mut ahead = *bytes;
    if ahead.take(4)? == b"PK\x07\x08" {
        *bytes = ahead;
    }
    ((bytes.u32_le()?, bytes.u32_le()?, bytes.u32_le()?) == stated).then_some(())
}

impl Entry<'_> {
    /// Unpacks the entry: exactly as many bytes as stated, with the stated checksum.
    pub(crate) fn content(&self) -> Result<Vec<u8>, ContentRefusal> {
        let content = match self.method {
            0 => Some(self.packed.to_vec()),
            _ => inflate::inflate(self.packed, Wrapping::None, self.size)
                .ok()
                .filter(|inflated| inflated.used == self.packed.len())
                .map(|inflated| inflated.bytes),
        };
        rejected(content.filter(|bytes| bytes.len() == self.size && crc32fast::hash(bytes) == self.checksum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_names_stay_inside() {
        for name in
            ["word/document.xml", "[Content_Types].xml", "word/", "word/media/a..b.png", "customXml/über.xml"]
        {
            assert!(stays_inside(name), "{name}");
        }
        for name in [
            "",
            "/",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a//b",
            "a\\b",
            "C:x",
            "a/./b",
            "a\0",
            "a/.. /b",
            "%2e%2e/x",
        ] {
            assert!(!stays_inside(name), "{name}");
        }
    }
}
