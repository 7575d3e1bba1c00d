//! Writes pictures anew, so that nothing of what came in is kept but what can be seen.
//!
//! Metadata, trailing data and whatever else hides in a picture is lost, because nothing copies it. An embedded colour
//! profile is lost too: the numbers are shown as sRGB. The one thing that is read of the metadata is how the camera was
//! held, and the pixels are turned accordingly.

mod decode;
mod encode;
mod raster;
mod rows;
mod shrink;

use png::Compression;
use threadwell_domain::attachment::{ContentRefusal, FileKind, THUMBNAIL_SIDE};

use crate::pictures::{exif::Orientation, jpeg::Chroma};
use raster::Raster;

/// Enough for a thumbnail.
const THUMBNAIL_QUALITY: u8 = 85;

/// A picture written anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cleaned {
    /// The picture.
    pub picture: Vec<u8>,
    /// Its kind.
    pub kind: FileKind,
    /// The thumbnail.
    pub thumbnail: Vec<u8>,
    /// The thumbnail's kind.
    pub thumbnail_kind: FileKind,
    /// Width of the picture in pixels, upright.
    pub width: u32,
    /// Height of the picture in pixels, upright.
    pub height: u32,
}

/// Decodes a picture and writes it anew, with a thumbnail.
///
/// # Errors
/// It is over the limits, or no such picture; a document is none.
pub fn clean(kind: FileKind, bytes: &[u8]) -> Result<Cleaned, ContentRefusal> {
    match kind {
        FileKind::Jpeg => jpeg(bytes),
        FileKind::Png => lossless(&decode::png(bytes)?),
        FileKind::Gif => lossless(&decode::gif(bytes)?),
        FileKind::Pdf | FileKind::Docx => Err(ContentRefusal::KindMismatch),
    }
}

fn jpeg(bytes: &[u8]) -> Result<Cleaned, ContentRefusal> {
    let (raster, structure) = decode::jpeg(bytes)?;
    let (thumbnail, thumbnail_kind) = thumbnail(&raster.fitted_into(THUMBNAIL_SIDE)?, structure.orientation)?;
    let picture = encode::jpeg(&raster, &structure)?;
    let (width, height) = match structure.orientation.swaps_sides() {
        true => (raster.height, raster.width),
        false => (raster.width, raster.height),
    };
    Ok(Cleaned { picture, kind: FileKind::Jpeg, thumbnail, thumbnail_kind, width, height })
}

fn lossless(raster: &Raster) -> Result<Cleaned, ContentRefusal> {
    let (picture, smaller) = encode::png(raster)?;
    let (thumbnail, thumbnail_kind) = thumbnail(&raster.fitted_into(THUMBNAIL_SIDE)?, Orientation::Upright)?;
    let (width, height) =
        smaller.map_or((raster.width, raster.height), |smaller| (smaller.width, smaller.height));
    Ok(Cleaned { picture, kind: FileKind::Png, thumbnail, thumbnail_kind, width, height })
}

fn thumbnail(small: &Raster, orientation: Orientation) -> Result<(Vec<u8>, FileKind), ContentRefusal> {
    if small.colours.has_alpha() {
        let upright = small.clone().turned(orientation);
        return Ok((encode::png_with(&upright, Compression::Balanced)?, FileKind::Png));
    }
    let encoded = encode::jpeg_with(small, orientation, Chroma::Quartered, THUMBNAIL_QUALITY)?;
    Ok((encoded, FileKind::Jpeg))
}
