//! Walks a PNG's chunks, and leaves of them what pixels need.

use threadwell_domain::attachment::ContentRefusal;

use super::{
    check_extent,
    exif::{self, Orientation},
};
use crate::{
    bytes::{Bytes, find},
    inflate::{self, Wrapping},
};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The most that a profile or a text may inflate to. Nothing of it is kept: more is a trap for other readers.
const MOST_METADATA: u64 = 4 * 1024 * 1024;

/// A PNG that is built as it should be.
#[derive(Debug)]
pub(crate) struct Png {
    pub(crate) orientation: Orientation,
    /// The chunks that make the pixels and nothing else, so that a decoder meets neither text nor profile.
    pub(crate) bare: Vec<u8>,
}

struct Chunk<'a> {
    kind: &'a [u8],
    body: &'a [u8],
    whole: &'a [u8],
}

/// Checks size and structure, and that no text or profile is a bomb.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Png, ContentRefusal> {
    let mut walk = Bytes::new(bytes);
    if walk.take(SIGNATURE.len()) != Some(SIGNATURE) {
        return Err(ContentRefusal::KindMismatch);
    }
    let header = next_chunk(&mut walk).filter(|chunk| chunk.kind == b"IHDR");
    let header = header.ok_or(ContentRefusal::KindMismatch)?;
    check_header(header.body)?;
    let mut png = Png { orientation: Orientation::Upright, bare: [SIGNATURE, header.whole].concat() };
    let mut has_pixels = false;
    loop {
        let chunk = next_chunk(&mut walk).ok_or(ContentRefusal::KindMismatch)?;
        match chunk.kind {
            b"IHDR" => return Err(ContentRefusal::KindMismatch),
            b"IDAT" | b"PLTE" | b"tRNS" | b"IEND" => png.bare.extend_from_slice(chunk.whole),
            b"eXIf" => png.orientation = exif::orientation(chunk.body),
            b"zTXt" | b"iTXt" | b"iCCP" => check_metadata(&chunk)?,
            _ => {}
        }
        has_pixels |= chunk.kind == b"IDAT";
        if chunk.kind == b"IEND" {
            return if has_pixels { Ok(png) } else { Err(ContentRefusal::KindMismatch) };
        }
    }
}

/// The next chunk, if it is whole and its checksum holds.
fn next_chunk<'a>(bytes: &mut Bytes<'a>) -> Option<Chunk<'a>> {
    let length = usize::try_from(Bytes::new(bytes.rest()).u32_be()?).ok()?;
    let whole = bytes.take(length.checked_add(12)?)?;
    let mut inside = Bytes::starting_at(whole, 4);
    let (kind, body, sum) = (inside.take(4)?, inside.take(length)?, inside.u32_be()?);
    let is_name = kind.iter().all(u8::is_ascii_alphabetic);
    let checksum = crc32fast::hash(whole.get(4..8 + length)?);
    (is_name && sum == checksum).then_some(Chunk { kind, body, whole })
}

fn check_header(body: &[u8]) -> Result<(), ContentRefusal> {
    let mut bytes = Bytes::new(body);
    let (Some(width), Some(height), Some([depth, colour, 0, 0, interlace])) =
        (bytes.u32_be(), bytes.u32_be(), bytes.array::<5>())
    else {
        return Err(ContentRefusal::KindMismatch);
    };
    let has_depth = match colour {
        0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
        3 => matches!(depth, 1 | 2 | 4 | 8),
        2 | 4 | 6 => matches!(depth, 8 | 16),
        _ => false,
    };
    if !has_depth || interlace > 1 || !bytes.is_at_end() {
        return Err(ContentRefusal::KindMismatch);
    }
    check_extent(width, height)
}

/// Measures what a chunk inflates to, without keeping it. What is not deflated cannot grow.
fn check_metadata(chunk: &Chunk<'_>) -> Result<(), ContentRefusal> {
    let Some(name) = find(chunk.body, b"\0", 0) else { return Ok(()) };
    let start = match chunk.kind {
        b"iTXt" => text_start(chunk.body, name),
        _ => Some(name + 2),
    };
    let deflated = start.and_then(|start| chunk.body.get(start..)).unwrap_or_default();
    let size = inflate::measure(deflated, Wrapping::Zlib, MOST_METADATA);
    size.map(|_| ()).map_err(|_| ContentRefusal::PictureTooLarge)
}

/// Where the text of an `iTXt` chunk begins: behind flag, method, language and translated keyword.
fn text_start(body: &[u8], name: usize) -> Option<usize> {
    let language = find(body, b"\0", name + 3)?;
    let keyword = find(body, b"\0", language + 1)?;
    Some(keyword + 1)
}
