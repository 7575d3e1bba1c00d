//! Pictures, and the pieces that they are put together from.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

/// A scene in RGB: surfaces, edges and the noise of a sensor, and another colour in each corner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scene {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Rows of pixels.
    pub pixels: Vec<[u8; 3]>,
}

impl Scene {
    /// Paints a scene; the seed makes the noise.
    pub fn new(width: usize, height: usize, seed: u32) -> Self {
        Self::grainy(width, height, seed, 3)
    }

    /// Paints a scene with more or less noise.
    pub fn grainy(width: usize, height: usize, mut seed: u32, grain: u32) -> Self {
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                pixels.push(Self::pixel(x, y, (width, height), (&mut seed, grain)));
            }
        }
        Self { width, height, pixels }
    }

    fn pixel(x: usize, y: usize, (width, height): (usize, usize), (seed, grain): (&mut u32, u32)) -> [u8; 3] {
        let mut noise = || {
            *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((*seed >> 16) % (2 * grain + 1)) as i32 - grain as i32
        };
        let (across, down) = ((x * 255 / width) as i32, (y * 255 / height) as i32);
        let (dx, dy) = (x as i32 - width as i32 / 3, y as i32 - height as i32 / 2);
        let is_spot = dx * dx + dy * dy < (height * height / 16) as i32;
        let corner = match (x * 8 / width, y * 8 / height) {
            (0, 0) => Some([220, 30, 30]),
            (7, 0) => Some([30, 200, 40]),
            (0, 7) => Some([40, 60, 220]),
            _ => None,
        };
        let base = match (corner, is_spot) {
            (Some(colour), _) => colour,
            (None, true) => [150, 60 + down / 4, 70],
            (None, false) => [200 - across / 4, 160 - down / 5, 130 + across / 5],
        };
        base.map(|sample| (sample + noise()).clamp(0, 255) as u8)
    }

    /// The same pixels as rows of samples.
    pub fn samples(&self) -> Vec<u8> {
        self.pixels.as_flattened().to_vec()
    }

    /// How a camera stores the scene that it saw held so that EXIF says `orientation`, 1 to 8.
    pub fn stored_as(&self, orientation: u8) -> Self {
        let (w, h) = (self.width, self.height);
        let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
        let mut pixels = Vec::with_capacity(w * h);
        for y in 0..height {
            for x in 0..width {
                // Where the stored pixel is seen.
                let (sx, sy) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (w - 1 - y, x),
                    7 => (w - 1 - y, h - 1 - x),
                    8 => (y, h - 1 - x),
                    _ => (x, y),
                };
                pixels.push(self.pixels[sy * w + sx]);
            }
        }
        Self { width, height, pixels }
    }
}

/// A JPEG of a scene.
pub fn jpeg(scene: &Scene, quality: u8, is_fine: bool, is_progressive: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(if is_fine {
        jpeg_encoder::SamplingFactor::R_4_4_4
    } else {
        jpeg_encoder::SamplingFactor::R_4_2_0
    });
    encoder.set_progressive(is_progressive);
    // Not the tables that the product writes with: cameras have their own.
    encoder.set_quantization_tables(
        jpeg_encoder::QuantizationTableType::ImageMagick,
        jpeg_encoder::QuantizationTableType::ImageMagick,
    );
    let (width, height) = (scene.width as u16, scene.height as u16);
    encoder.encode(&scene.samples(), width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}

/// One segment of a JPEG.
pub fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    [&[0xff, marker], ((body.len() + 2) as u16).to_be_bytes().as_slice(), body].concat()
}

/// A JPEG with segments behind its start.
pub fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

/// A JPEG whose header states another size; nothing else is changed.
pub fn restated(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut out = jpeg.to_vec();
    let at = out.windows(2).position(|pair| matches!(pair, [0xff, 0xc0 | 0xc2])).unwrap();
    out[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    out[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    out
}

/// Data with zlib's wrapping.
pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Zeros with zlib's wrapping; the checksum is wrong, which nobody learns who stops in time.
pub fn zlib_zeros(size: usize) -> Vec<u8> {
    [b"\x78\xda".as_slice(), &super::zip::deflated_zeros(size), &[0; 4]].concat()
}

/// One chunk of a PNG.
pub fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let inside = [kind.as_slice(), body].concat();
    [&(body.len() as u32).to_be_bytes(), inside.as_slice(), &crc32fast::hash(&inside).to_be_bytes()].concat()
}

/// A PNG's header chunk.
pub fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat())
}

/// A PNG of chunks.
pub fn png_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunks.concat(), &chunk(b"IEND", b"")].concat()
}

/// A PNG of a scene with chunks between header and pixels. With alpha, the right half lets through.
pub fn png(scene: &Scene, has_alpha: bool, chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut rows = Vec::new();
    for row in scene.pixels.chunks(scene.width) {
        rows.push(0);
        for (x, pixel) in row.iter().enumerate() {
            rows.extend_from_slice(pixel);
            if has_alpha {
                rows.push(if x * 2 < scene.width { 255 } else { 100 });
            }
        }
    }
    let first = header(scene.width as u32, scene.height as u32, 8, if has_alpha { 6 } else { 2 });
    png_of(&[vec![first], chunks.to_vec(), vec![chunk(b"IDAT", &zlib(&rows))]].concat())
}

/// A GIF of so many frames.
pub fn gif(width: u16, height: u16, frames: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let palette = [255, 255, 255, 200, 30, 30, 30, 120, 200, 0, 0, 0];
    let mut encoder = gif::Encoder::new(&mut out, width, height, &palette).unwrap();
    for frame in 0..frames {
        let pixels = (0..usize::from(width) * usize::from(height)).map(|n| ((n / 7 + frame) % 4) as u8);
        let frame = gif::Frame { width, height, buffer: pixels.collect(), ..gif::Frame::default() };
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    out
}
