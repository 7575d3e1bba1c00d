//! Pixels in memory.

use threadwell_domain::attachment::ContentRefusal;

use super::shrink;
use crate::pictures::exif::Orientation;

/// How the samples of a pixel are to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Colours {
    Luma,
    LumaAlpha,
    Ycbcr,
    Rgb,
    Rgba,
}

impl Colours {
    pub(crate) const fn samples(self) -> usize {
        match self {
            Self::Luma => 1,
            Self::LumaAlpha => 2,
            Self::Ycbcr | Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    pub(crate) const fn has_alpha(self) -> bool {
        matches!(self, Self::LumaAlpha | Self::Rgba)
    }
}

/// A picture: rows from the top, pixels from the left, eight bits a sample.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) colours: Colours,
    pub(crate) samples: Vec<u8>,
}

impl Raster {
    /// Scales down so that both sides are at most `side`; a picture that fits stays as it is.
    pub(crate) fn fitted_into(&self, side: u32) -> Result<Self, ContentRefusal> {
        let longest = self.width.max(self.height);
        if longest <= side {
            return Ok(self.clone());
        }
        let scaled = |length: u32| {
            let length = (u64::from(length) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest);
            u32::try_from(length).unwrap_or(side).clamp(1, side)
        };
        let (width, height) = (scaled(self.width), scaled(self.height));
        self.resized(width, height).ok_or(ContentRefusal::KindMismatch)
    }

    /// None only if the samples are not as many as width and height say.
    fn resized(&self, width: u32, height: u32) -> Option<Self> {
        let samples = match self.colours.samples() {
            1 => self.shrunk::<1>(width, height),
            2 => self.shrunk::<2>(width, height),
            3 => self.shrunk::<3>(width, height),
            _ => self.shrunk::<4>(width, height),
        }?;
        Some(Self { width, height, colours: self.colours, samples })
    }

    fn shrunk<const N: usize>(&self, width: u32, height: u32) -> Option<Vec<u8>> {
        let (pixels, _) = self.samples.as_chunks::<N>();
        let from = (usize::try_from(self.width).ok()?, usize::try_from(self.height).ok()?);
        let to = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        shrink::shrunk(pixels, from, to, self.colours.has_alpha())
    }

    /// Turns the picture upright.
    pub(crate) fn turned(self, orientation: Orientation) -> Self {
        match self.colours.samples() {
            1 => self.turned_by::<1>(orientation),
            2 => self.turned_by::<2>(orientation),
            3 => self.turned_by::<3>(orientation),
            _ => self.turned_by::<4>(orientation),
        }
    }

    fn turned_by<const N: usize>(mut self, orientation: Orientation) -> Self {
        let width = usize::try_from(self.width).unwrap_or(usize::MAX);
        if orientation.swaps_sides() {
            let (source, _) = self.samples.as_chunks::<N>();
            self.samples = transposed(source, width, orientation);
            std::mem::swap(&mut self.width, &mut self.height);
            return self;
        }
        let (pixels, _) = self.samples.as_chunks_mut::<N>();
        match orientation {
            Orientation::UpsideDown => pixels.reverse(),
            Orientation::Mirrored => pixels.chunks_mut(width).for_each(<[_]>::reverse),
            Orientation::UpsideDownMirrored => {
                let mut rows = pixels.chunks_mut(width);
                while let (Some(upper), Some(lower)) = (rows.next(), rows.next_back()) {
                    upper.swap_with_slice(lower);
                }
            }
            _ => {}
        }
        self
    }
}

/// Columns that become rows at a time: few enough that each row's end stays in the cache.
const BAND: usize = 16;

/// Makes rows of columns; from which end, the orientation says.
fn transposed<const N: usize>(source: &[[u8; N]], width: usize, orientation: Orientation) -> Vec<u8> {
    let height = source.len() / width.max(1);
    let from_bottom = matches!(orientation, Orientation::TurnRight | Orientation::Transversed);
    let from_right = matches!(orientation, Orientation::TurnLeft | Orientation::Transversed);
    let mut target = vec![[0; N]; source.len()];
    for (band, rows) in target.chunks_mut((height * BAND).max(1)).enumerate() {
        let mut rows: Vec<_> = rows.chunks_mut(height).collect();
        let first = band * BAND;
        let columns =
            if from_right { width - first - rows.len()..width - first } else { first..first + rows.len() };
        if from_right {
            rows.reverse();
        }
        for (line, pixels) in source.chunks(width).enumerate() {
            let place = if from_bottom { height - 1 - line } else { line };
            let pixels = pixels.get(columns.clone()).unwrap_or_default();
            for (row, pixel) in rows.iter_mut().zip(pixels) {
                if let Some(there) = row.get_mut(place) {
                    *there = *pixel;
                }
            }
        }
    }
    target.into_flattened()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The eight orientations by their definition: where the stored first row and first column are seen.
    fn by_definition(source: &Raster, orientation: Orientation) -> Vec<u8> {
        let (w, h) = (source.width as usize, source.height as usize);
        let (tw, th) = if orientation.swaps_sides() { (h, w) } else { (w, h) };
        let mut target = vec![0; w * h];
        for y in 0..th {
            for x in 0..tw {
                let (sx, sy) = match orientation {
                    Orientation::Upright => (x, y),
                    Orientation::Mirrored => (w - 1 - x, y),
                    Orientation::UpsideDown => (w - 1 - x, h - 1 - y),
                    Orientation::UpsideDownMirrored => (x, h - 1 - y),
                    Orientation::Transposed => (y, x),
                    Orientation::TurnRight => (y, h - 1 - x),
                    Orientation::Transversed => (w - 1 - y, h - 1 - x),
                    Orientation::TurnLeft => (w - 1 - y, x),
                };
                target[y * tw + x] = source.samples[sy * w + sx];
            }
        }
        target
    }

    #[test]
    fn every_orientation_puts_every_pixel_where_it_is_seen() {
        use Orientation::*;
        let all =
            [Upright, Mirrored, UpsideDown, UpsideDownMirrored, Transposed, TurnRight, Transversed, TurnLeft];
        for (width, height) in [(1, 1), (3, 2), (37, 5), (5, 41), (64, 33), (1, 20), (20, 1)] {
            let samples: Vec<u8> = (0..width * height).map(|n| (n * 7 % 251) as u8).collect();
            let source = Raster { width, height, colours: Colours::Luma, samples };
            for orientation in all {
                let turned = source.clone().turned(orientation);
                assert_eq!(
                    turned.samples,
                    by_definition(&source, orientation),
                    "{orientation:?} {width}x{height}"
                );
                assert!(turned.width == width || orientation.swaps_sides());
            }
        }
    }

    #[test]
    fn a_thumbnail_keeps_the_shape() {
        for (width, height, wanted) in
            [(1024, 512, (512, 256)), (3, 12_000, (1, 512)), (512, 512, (512, 512)), (513, 300, (512, 299))]
        {
            let samples = vec![9; (width * height * 3) as usize];
            let raster = Raster { width, height, colours: Colours::Rgb, samples };
            let small = raster.fitted_into(512).unwrap();
            assert_eq!((small.width, small.height), wanted);
            assert!(small.samples.iter().all(|sample| *sample == 9));
        }
    }
}
