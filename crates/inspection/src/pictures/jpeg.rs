//! Walks a JPEG's markers from start to end.

use threadwell_domain::attachment::ContentRefusal;

use super::{
    check_extent,
    exif::{self, Orientation},
};
use crate::bytes::Bytes;

/// More passes over the picture than any camera or editor writes; each costs a decoder as much as the picture.
const MOST_SCANS: u32 = 100;

/// What the headers say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jpeg {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) orientation: Orientation,
    pub(crate) chroma: Chroma,
    /// The sum of the steps by which brightness is rounded: the smaller, the finer. Nothing if it is not stated.
    pub(crate) coarseness: u32,
}

/// How finely colour is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Chroma {
    /// As finely as brightness in one direction at least, or there is none.
    Full,
    /// Half as wide and high, or coarser.
    Quartered,
}

/// Checks the structure and gives what the headers say.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Jpeg, ContentRefusal> {
    let mut walk = Walk { bytes: Bytes::new(bytes), frame: None, orientation: None, coarseness: 0, scans: 0 };
    if walk.bytes.take(2) != Some(&[0xff, 0xd8]) {
        return Err(ContentRefusal::KindMismatch);
    }
    while walk.step()? {}
    let (width, height, chroma) = walk.frame.ok_or(ContentRefusal::KindMismatch)?;
    if walk.scans == 0 {
        return Err(ContentRefusal::KindMismatch);
    }
    let orientation = walk.orientation.unwrap_or_default();
    Ok(Jpeg { width, height, orientation, chroma, coarseness: walk.coarseness })
}

struct Walk<'a> {
    bytes: Bytes<'a>,
    frame: Option<(u32, u32, Chroma)>,
    orientation: Option<Orientation>,
    coarseness: u32,
    scans: u32,
}

impl<'a> Walk<'a> {
    /// Takes one marker with its segment; false at the end of the picture.
    fn step(&mut self) -> Result<bool, ContentRefusal> {
        let marker = self.marker().ok_or(ContentRefusal::KindMismatch)?;
        match marker {
            0xd9 => return Ok(false),
            0x01 | 0xd0..=0xd7 => return Ok(true),
            // A second start; coding that no decoder of ours knows: lossless, hierarchical, arithmetic.
            0x00 | 0xd8 | 0xc3 | 0xc5..=0xcf | 0xde | 0xdf => {
                return Err(ContentRefusal::KindMismatch);
            }
            _ => {}
        }
        let segment = self.segment().ok_or(ContentRefusal::KindMismatch)?;
        match marker {
            0xc0..=0xc2 => self.start_frame(segment)?,
            0xda => self.pass_scan()?,
            0xdb if self.coarseness == 0 => self.coarseness = first_steps(segment),
            0xe1 => self.read_exif(segment),
            _ => {}
        }
        Ok(true)
    }

    /// The next marker. Stray bytes before it are passed over, as every decoder does.
    fn marker(&mut self) -> Option<u8> {
        let stray = self.bytes.rest().iter().position(|byte| *byte == 0xff)?;
        self.bytes.take(stray)?;
        loop {
            match self.bytes.u8()? {
                0xff => {}
                marker => return Some(marker),
            }
        }
    }

    fn segment(&mut self) -> Option<&'a [u8]> {
        let length = self.bytes.u16_be()?.checked_sub(2)?;
        self.bytes.take(usize::from(length))
    }

    fn read_exif(&mut self, segment: &[u8]) {
        if let (None, Some(tiff)) = (self.orientation, segment.strip_prefix(b"Exif\0\0")) {
            self.orientation = Some(exif::orientation(tiff));
        }
    }

    fn start_frame(&mut self, segment: &[u8]) -> Result<(), ContentRefusal> {
        let frame = frame(segment).ok_or(ContentRefusal::KindMismatch)?;
        check_extent(frame.0, frame.1)?;
        match self.frame.replace(frame) {
            None => Ok(()),
            Some(_) => Err(ContentRefusal::KindMismatch),
        }
    }

    /// Passes over coded pixels: they end at the first marker that is no restart.
    fn pass_scan(&mut self) -> Result<(), ContentRefusal> {
        self.scans += 1;
        if self.frame.is_none() || self.scans > MOST_SCANS {
            return Err(ContentRefusal::KindMismatch);
        }
        let mut rest = self.bytes.rest();
        let mut passed = 0;
        loop {
            let next = rest.iter().position(|byte| *byte == 0xff).ok_or(ContentRefusal::KindMismatch)?;
            match rest.get(next + 1) {
                Some(0x00 | 0xd0..=0xd7) => {
                    passed += next + 2;
                    rest = rest.get(next + 2..).unwrap_or_default();
                }
                Some(_) => {
                    self.bytes.take(passed + next);
                    return Ok(());
                }
                None => return Err(ContentRefusal::KindMismatch),
            }
        }
    }
}

/// The sum of the first table of steps, which is that of brightness.
fn first_steps(segment: &[u8]) -> u32 {
    let mut bytes = Bytes::new(segment);
    let is_wide = bytes.u8().is_some_and(|kind| kind >> 4 != 0);
    let step = |_| if is_wide { bytes.u16_be().map(u32::from) } else { bytes.u8().map(u32::from) };
    (0..64).map_while(step).sum()
}

fn frame(segment: &[u8]) -> Option<(u32, u32, Chroma)> {
    let mut bytes = Bytes::new(segment);
    let (depth, height, width) = (bytes.u8()?, bytes.u16_be()?, bytes.u16_be()?);
    let mut factors = Vec::new();
    for _ in 0..bytes.u8()? {
        let [_, factor, _] = bytes.array()?;
        factors.push((factor >> 4, factor & 15));
    }
    let chroma = match factors.as_slice() {
        [_] => Chroma::Full,
        [(h, v), (ch, cv), ..] if h > ch && v > cv => Chroma::Quartered,
        [_, _, ..] => Chroma::Full,
        [] => return None,
    };
    (depth == 8 && factors.len() <= 4).then_some((u32::from(width), u32::from(height), chroma))
}
