//! Pixels to pictures, with nothing added.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};
use png::{BitDepth, Compression, Filter};
use threadwell_domain::attachment::{ContentRefusal, MAX_FILE_BYTES};

use super::{
    raster::{Colours, Raster},
    rows::Rows,
};
use crate::pictures::{
    exif::Orientation,
    jpeg::{Chroma, Jpeg},
};

/// What keeps a grainy photo as it is to the eye and to a measurement, turned or not.
const QUALITY: u8 = 95;
/// For photos that were written as finely themselves.
const FINER_QUALITY: u8 = 97;
/// A photo whose steps add up to at most this is one: the sum at quality 95 by the tables that most programs share.
const FINE: u32 = 372;
/// For one that would be larger than a file may be.
const LOWER_QUALITIES: [u8; 3] = [85, 75, 60];

/// Writes a JPEG, turned upright, that fits into a file.
pub(crate) fn jpeg(raster: &Raster, source: &Jpeg) -> Result<Vec<u8>, ContentRefusal> {
    let best = if (1..=FINE).contains(&source.coarseness) { FINER_QUALITY } else { QUALITY };
    for quality in [best].into_iter().chain(LOWER_QUALITIES) {
        let encoded = jpeg_with(raster, source.orientation, source.chroma, quality)?;
        if fits(&encoded) {
            return Ok(encoded);
        }
    }
    Err(ContentRefusal::PictureTooLarge)
}

/// Writes a JPEG of this quality.
pub(crate) fn jpeg_with(
    raster: &Raster,
    orientation: Orientation,
    chroma: Chroma,
    quality: u8,
) -> Result<Vec<u8>, ContentRefusal> {
    let mut encoded = Vec::with_capacity(raster.samples.len() / 8);
    let mut encoder = Encoder::new(&mut encoded, quality);
    let is_coarse = chroma == Chroma::Quartered && raster.colours != Colours::Luma;
    encoder.set_sampling_factor(if is_coarse { SamplingFactor::R_4_2_0 } else { SamplingFactor::R_4_4_4 });
    let written = match raster.colours {
        Colours::Luma => encoder.encode_image(Rows::<1>::new(raster, orientation, false)),
        Colours::Ycbcr => encoder.encode_image(Rows::<3>::new(raster, orientation, is_coarse)),
        Colours::Rgb => {
            encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
            let turned = raster.clone().turned(orientation);
            let sides = [turned.width, turned.height].map(|side| u16::try_from(side).unwrap_or(0));
            encoder.encode(&turned.samples, sides[0], sides[1], ColorType::Rgb)
        }
        Colours::LumaAlpha | Colours::Rgba => return Err(ContentRefusal::KindMismatch),
    };
    written.map_err(|_| ContentRefusal::KindMismatch)?;
    Ok(encoded)
}

/// Writes a PNG that fits into a file. Nothing is lost in it but, where it cannot be otherwise, size.
pub(crate) fn png(raster: &Raster) -> Result<(Vec<u8>, Option<Raster>), ContentRefusal> {
    for compression in [Compression::Fast, Compression::Balanced] {
        let encoded = png_with(raster, compression)?;
        if fits(&encoded) {
            return Ok((encoded, None));
        }
    }
    let mut side = raster.width.max(raster.height);
    while side > 1024 {
        side -= side / 4;
        let smaller = raster.fitted_into(side)?;
        let encoded = png_with(&smaller, Compression::Fast)?;
        if fits(&encoded) {
            return Ok((encoded, Some(smaller)));
        }
    }
    Err(ContentRefusal::PictureTooLarge)
}

/// Writes a PNG of one image.
pub(crate) fn png_with(raster: &Raster, compression: Compression) -> Result<Vec<u8>, ContentRefusal> {
    let colours = match raster.colours {
        Colours::Luma => png::ColorType::Grayscale,
        Colours::LumaAlpha => png::ColorType::GrayscaleAlpha,
        Colours::Rgb => png::ColorType::Rgb,
        Colours::Rgba => png::ColorType::Rgba,
        Colours::Ycbcr => return Err(ContentRefusal::KindMismatch),
    };
    let mut encoded = Vec::new();
    let mut encoder = png::Encoder::new(&mut encoded, raster.width, raster.height);
    encoder.set_color(colours);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(compression);
    encoder.set_filter(Filter::Adaptive);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(&raster.samples)?;
        writer.finish()
    });
    written.map_err(|_| ContentRefusal::KindMismatch)?;
    Ok(encoded)
}

fn fits(encoded: &[u8]) -> bool {
    u64::try_from(encoded.len()).is_ok_and(|size| size <= MAX_FILE_BYTES)
}
