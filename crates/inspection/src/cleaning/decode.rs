//! Pictures to pixels. Nothing but pixels comes out of here.

use std::io::Cursor;

use gif::{ColorOutput, DecodeOptions, MemoryLimit};
use png::Transformations;
use threadwell_domain::attachment::{ContentRefusal, MAX_PICTURE_SIDE};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::raster::{Colours, Raster};
use crate::pictures::{check_extent, gif as gif_structure, jpeg as jpeg_structure, png as png_structure};

/// The most that a decoder of PNG or GIF may take for itself; pixels are bounded by the limits of pictures.
const MOST_MEMORY: usize = 400 * 1024 * 1024;

/// Decodes a JPEG. Its own colours are kept, because it is written as a JPEG again: two conversions less.
pub(crate) fn jpeg(bytes: &[u8]) -> Result<(Raster, jpeg_structure::Jpeg), ContentRefusal> {
    let structure = jpeg_structure::inspect(bytes)?;
    let raster = jpeg_pixels(bytes).ok_or(ContentRefusal::KindMismatch)?;
    check_extent(raster.width, raster.height)?;
    if (raster.width, raster.height) != (structure.width, structure.height) {
        return Err(ContentRefusal::KindMismatch);
    }
    Ok((raster, structure))
}

fn jpeg_pixels(bytes: &[u8]) -> Option<Raster> {
    let side = usize::try_from(MAX_PICTURE_SIDE).ok()?;
    let options = DecoderOptions::default().set_max_width(side).set_max_height(side).set_strict_mode(false);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (colours, space) = match decoder.input_colorspace()? {
        ColorSpace::Luma => (Colours::Luma, ColorSpace::Luma),
        ColorSpace::YCbCr => (Colours::Ycbcr, ColorSpace::YCbCr),
        _ => (Colours::Rgb, ColorSpace::RGB),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let samples = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    raster(u32::try_from(width).ok()?, u32::try_from(height).ok()?, colours, samples)
}

/// Decodes a PNG to eight bits a sample, from those of its chunks alone that make pixels.
pub(crate) fn png(bytes: &[u8]) -> Result<Raster, ContentRefusal> {
    let structure = png_structure::inspect(bytes)?;
    let raster = png_pixels(&structure.bare).ok_or(ContentRefusal::KindMismatch)?;
    Ok(raster.turned(structure.orientation))
}

fn png_pixels(bare: &[u8]) -> Option<Raster> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bare), png::Limits { bytes: MOST_MEMORY });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let mut samples = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut samples).ok()?;
    let colours = match frame.color_type {
        png::ColorType::Grayscale => Colours::Luma,
        png::ColorType::GrayscaleAlpha => Colours::LumaAlpha,
        png::ColorType::Rgb => Colours::Rgb,
        png::ColorType::Rgba => Colours::Rgba,
        png::ColorType::Indexed => return None,
    };
    raster(frame.width, frame.height, colours, samples).map(without_needless_alpha)
}

/// Decodes a GIF's first frame and puts it where it belongs on the screen; around it nothing is to be seen.
pub(crate) fn gif(bytes: &[u8]) -> Result<Raster, ContentRefusal> {
    gif_structure::inspect(bytes)?;
    gif_pixels(bytes).ok_or(ContentRefusal::KindMismatch)
}

fn gif_pixels(bytes: &[u8]) -> Option<Raster> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    options.set_memory_limit(MemoryLimit::Bytes(u64::try_from(MOST_MEMORY).ok()?.try_into().ok()?));
    options.check_frame_consistency(true);
    let mut decoder = options.read_info(Cursor::new(bytes)).ok()?;
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let frame = decoder.read_next_frame().ok()??;
    let mut screen = vec![[0_u8; 4]; width * height];
    let (pixels, _) = frame.buffer.as_chunks::<4>();
    let (left, top, across) = (usize::from(frame.left), usize::from(frame.top), usize::from(frame.width));
    for (row, from) in screen.chunks_mut(width).skip(top).zip(pixels.chunks(across)) {
        row.get_mut(left..left + across)?.copy_from_slice(from);
    }
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    raster(width, height, Colours::Rgba, screen.into_flattened()).map(without_needless_alpha)
}

/// Drops an alpha channel that hides nothing: a GIF's pixels always come with one, a screenshot's often.
fn without_needless_alpha(raster: Raster) -> Raster {
    let (pixels, _) = raster.samples.as_chunks::<4>();
    if raster.colours != Colours::Rgba || pixels.iter().any(|[.., alpha]| *alpha != 255) {
        return raster;
    }
    let samples = pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
    Raster { colours: Colours::Rgb, samples, ..raster }
}

/// A picture whose samples are as many as they must be.
fn raster(width: u32, height: u32, colours: Colours, samples: Vec<u8>) -> Option<Raster> {
    let pixels = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
    let is_whole = pixels.checked_mul(colours.samples())? == samples.len();
    is_whole.then_some(Raster { width, height, colours, samples })
}
