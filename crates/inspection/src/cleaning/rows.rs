//! The rows of a JPEG's pixels as its encoder wants them: upright, each component for itself.
//!
//! Turning a photo of twelve megapixels in memory costs as much as decoding it. Here a band of rows is turned at a time,
//! small enough to stay in the cache until it is encoded, and split into components on the way.

use std::cell::RefCell;

use jpeg_encoder::{ImageBuffer, JpegColorType};

use super::raster::Raster;
use crate::pictures::exif::Orientation;

/// Rows of a band. Even, because colours are averaged over two rows. Where rows are made of columns, each stored row is
/// far from the next, and waiting for memory costs more than moving it: so many columns come with one wait.
const BAND: usize = 128;
/// Stored rows, and columns, that are turned at a time: eight bytes are a number.
const TILE: usize = 8;

/// A raster of `N` components, seen upright.
pub(crate) struct Rows<'a, const N: usize> {
    pixels: &'a [[u8; N]],
    stored_width: usize,
    width: usize,
    height: usize,
    orientation: Orientation,
    has_coarse_colours: bool,
    band: RefCell<Band<N>>,
}

struct Band<const N: usize> {
    index: Option<usize>,
    planes: [Vec<u8>; N],
}

impl<'a, const N: usize> Rows<'a, N> {
    /// Looks at a raster. Coarse colours are averages of two by two pixels, for an encoder that takes one of four.
    pub(crate) fn new(raster: &'a Raster, orientation: Orientation, has_coarse_colours: bool) -> Self {
        let (pixels, _) = raster.samples.as_chunks::<N>();
        let [stored_width, stored_height] =
            [raster.width, raster.height].map(|side| usize::try_from(side).unwrap_or(0));
        let (width, height) = match orientation.swaps_sides() {
            true => (stored_height, stored_width),
            false => (stored_width, stored_height),
        };
        let band = RefCell::new(Band { index: None, planes: std::array::from_fn(|_| Vec::new()) });
        Self { pixels, stored_width, width, height, orientation, has_coarse_colours, band }
    }

    fn load(&self, band: &mut Band<N>, index: usize) {
        let first = index * BAND;
        let count = BAND.min(self.height - first);
        for plane in &mut band.planes {
            plane.resize(count * self.width, 0);
        }
        if self.orientation.swaps_sides() {
            self.load_columns(&mut band.planes, first, count);
        } else {
            self.load_rows(&mut band.planes, first, count);
        }
        if self.has_coarse_colours {
            for plane in band.planes.iter_mut().skip(1) {
                average(plane, self.width);
            }
        }
        band.index = Some(index);
    }

    fn load_rows(&self, planes: &mut [Vec<u8>; N], first: usize, count: usize) {
        let is_mirrored = matches!(self.orientation, Orientation::Mirrored | Orientation::UpsideDown);
        let is_reversed =
            matches!(self.orientation, Orientation::UpsideDown | Orientation::UpsideDownMirrored);
        for (component, plane) in planes.iter_mut().enumerate() {
            for (row, target) in (first..).zip(plane.chunks_mut(self.width).take(count)) {
                let row = if is_reversed { self.height - 1 - row } else { row };
                let pixels = self.pixels.get(row * self.width..(row + 1) * self.width).unwrap_or_default();
                take(component, pixels, target);
                if is_mirrored {
                    target.reverse();
                }
            }
        }
    }

    /// Makes rows of columns, a tile at a time.
    fn load_columns(&self, planes: &mut [Vec<u8>; N], first: usize, count: usize) {
        let from_bottom = matches!(self.orientation, Orientation::TurnRight | Orientation::Transversed);
        let from_right = matches!(self.orientation, Orientation::TurnLeft | Orientation::Transversed);
        let start = if from_right { self.stored_width - first - count } else { first };
        let mut tile = [[0; BAND]; TILE];
        for (number, lines) in self.pixels.chunks(self.stored_width * TILE).enumerate() {
            let height = lines.len() / self.stored_width;
            let place = if from_bottom { self.width - number * TILE - height } else { number * TILE };
            for (component, plane) in planes.iter_mut().enumerate() {
                for (number, line) in lines.chunks(self.stored_width).enumerate() {
                    let slot = if from_bottom { height - 1 - number } else { number };
                    if let (Some(target), Some(pixels)) = (tile.get_mut(slot), line.get(start..start + count))
                    {
                        take(component, pixels, target);
                    }
                }
                let columns = transposed(&tile);
                for (row, target) in plane.chunks_mut(self.width).enumerate() {
                    let column = if from_right { count - 1 - row } else { row };
                    let column = columns.get(column / TILE).and_then(|group| group.get(column % TILE));
                    put(column, target.get_mut(place..place + height));
                }
            }
        }
    }
}

/// One component of some pixels.
#[inline]
fn take<const N: usize>(component: usize, pixels: &[[u8; N]], target: &mut [u8]) {
    for (there, pixel) in target.iter_mut().zip(pixels) {
        *there = pixel.get(component).copied().unwrap_or_default();
    }
}

#[inline]
fn put(column: Option<&[u8; TILE]>, target: Option<&mut [u8]>) {
    let (Some(column), Some(target)) = (column, target) else { return };
    // A whole column is one store; only the last tile's may be shorter.
    if let Ok(target) = <&mut [u8; TILE]>::try_from(&mut *target) {
        *target = *column;
    } else if let Some(part) = column.get(..target.len()) {
        target.copy_from_slice(part);
    }
}

/// The columns of a tile of eight lines, in groups of eight.
fn transposed(tile: &[[u8; BAND]; TILE]) -> [[[u8; TILE]; TILE]; BAND / TILE] {
    let mut columns = [[[0; TILE]; TILE]; BAND / TILE];
    for (group, columns) in columns.iter_mut().enumerate() {
        let lines = tile.each_ref().map(|line| {
            let (parts, _) = line.as_chunks::<TILE>();
            u64::from_le_bytes(parts.get(group).copied().unwrap_or_default())
        });
        *columns = transposed_square(lines).map(u64::to_le_bytes);
    }
    columns
}

/// Turns eight lines of eight bytes into eight columns: halves, quarters, then single bytes change places.
fn transposed_square([a, b, c, d, e, f, g, h]: [u64; TILE]) -> [u64; TILE] {
    const HALVES: u64 = 0x0000_0000_ffff_ffff;
    const QUARTERS: u64 = 0x0000_ffff_0000_ffff;
    const BYTES: u64 = 0x00ff_00ff_00ff_00ff;
    let [(a, e), (b, f), (c, g), (d, h)] =
        [(a, e), (b, f), (c, g), (d, h)].map(|pair| exchanged(pair, 32, HALVES));
    let [(a, c), (b, d), (e, g), (f, h)] =
        [(a, c), (b, d), (e, g), (f, h)].map(|pair| exchanged(pair, 16, QUARTERS));
    let [(a, b), (c, d), (e, f), (g, h)] =
        [(a, b), (c, d), (e, f), (g, h)].map(|pair| exchanged(pair, 8, BYTES));
    [a, b, c, d, e, f, g, h]
}

/// Exchanges the upper parts of the first with the lower parts of the second.
const fn exchanged((first, second): (u64, u64), shift: u32, lower: u64) -> (u64, u64) {
    ((first & lower) | ((second & lower) << shift), ((first >> shift) & lower) | (second & !lower))
}

/// Puts the average of two by two samples into the first of them.
fn average(plane: &mut [u8], width: usize) {
    for rows in plane.chunks_mut(width * 2) {
        let (upper, lower) = rows.split_at_mut(width.min(rows.len()));
        // At the lower edge a row may stand alone.
        let lower = if lower.is_empty() { &*upper.to_vec() } else { &*lower };
        let (upper, _) = upper.as_chunks_mut::<2>();
        let (lower, _) = lower.as_chunks::<2>();
        for ([first, second], [third, fourth]) in upper.iter_mut().zip(lower) {
            let sum = u16::from(*first) + u16::from(*second) + u16::from(*third) + u16::from(*fourth);
            *first = ((sum + 2) / 4).to_le_bytes()[0];
        }
    }
}

impl<const N: usize> ImageBuffer for Rows<'_, N> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        if N == 1 { JpegColorType::Luma } else { JpegColorType::Ycbcr }
    }

    fn width(&self) -> u16 {
        u16::try_from(self.width).unwrap_or(0)
    }

    fn height(&self) -> u16 {
        u16::try_from(self.height).unwrap_or(0)
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let row = usize::from(y);
        let mut band = self.band.borrow_mut();
        if band.index != Some(row / BAND) {
            self.load(&mut band, row / BAND);
        }
        let start = row % BAND * self.width;
        for (buffer, plane) in buffers.iter_mut().zip(&band.planes) {
            buffer.extend_from_slice(plane.get(start..start + self.width).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cleaning::raster::Colours;

    #[test]
    fn rows_are_those_of_the_turned_raster() {
        use Orientation::*;
        for (width, height) in [(1, 1), (3, 2), (40, 133), (133, 70), (257, 139)] {
            let samples: Vec<u8> = (0..width * height * 3).map(|n| (n * 7 % 251) as u8).collect();
            let raster = Raster { width, height, colours: Colours::Ycbcr, samples };
            for orientation in [
                Upright,
                Mirrored,
                UpsideDown,
                UpsideDownMirrored,
                Transposed,
                TurnRight,
                Transversed,
                TurnLeft,
            ] {
                let turned = raster.clone().turned(orientation);
                let rows = Rows::<3>::new(&raster, orientation, false);
                let mut planes: [Vec<u8>; 4] = Default::default();
                for y in 0..rows.height() {
                    rows.fill_buffers(y, &mut planes);
                }
                let joined: Vec<u8> =
                    (0..planes[0].len()).flat_map(|n| [0, 1, 2].map(|c| planes[c][n])).collect();
                assert_eq!(joined, turned.samples, "{orientation:?} {width}x{height}");
            }
        }
    }

    #[test]
    fn coarse_colours_are_averages() {
        let samples = [[9, 10, 1], [9, 20, 1], [9, 30, 2], [9, 41, 4], [9, 7, 1], [9, 8, 9]].concat();
        let raster = Raster { width: 2, height: 3, colours: Colours::Ycbcr, samples };
        let rows = Rows::<3>::new(&raster, Orientation::Upright, true);
        let mut planes: [Vec<u8>; 4] = Default::default();
        rows.fill_buffers(0, &mut planes);
        rows.fill_buffers(2, &mut planes);
        assert_eq!((planes[0].as_slice(), planes[1][0], planes[2][0]), ([9; 4].as_slice(), 25, 2));
        assert_eq!((planes[1][2], planes[2][2]), (8, 5));
    }
}
