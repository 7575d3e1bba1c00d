//! The one thing that is read of a photo's EXIF data: how the camera was held.

use crate::bytes::Bytes;

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;
/// More entries than any camera writes into the first directory.
const MOST_ENTRIES: u16 = 512;

/// How stored pixels must be turned to stand upright: the eight values of EXIF.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Orientation {
    #[default]
    Upright,
    Mirrored,
    UpsideDown,
    UpsideDownMirrored,
    Transposed,
    TurnRight,
    Transversed,
    TurnLeft,
}

impl Orientation {
    /// Whether width and height change places.
    pub(crate) const fn swaps_sides(self) -> bool {
        matches!(self, Self::Transposed | Self::TurnRight | Self::Transversed | Self::TurnLeft)
    }

    const fn from_exif(value: u16) -> Self {
        match value {
            2 => Self::Mirrored,
            3 => Self::UpsideDown,
            4 => Self::UpsideDownMirrored,
            5 => Self::Transposed,
            6 => Self::TurnRight,
            7 => Self::Transversed,
            8 => Self::TurnLeft,
            _ => Self::Upright,
        }
    }
}

/// Reads a TIFF structure; whatever is wrong with it, the picture is taken as upright.
pub(crate) fn orientation(tiff: &[u8]) -> Orientation {
    entry(tiff).map(Orientation::from_exif).unwrap_or_default()
}

fn entry(tiff: &[u8]) -> Option<u16> {
    let is_little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |bytes: &mut Bytes<'_>| if is_little { bytes.u16_le() } else { bytes.u16_be() };
    let long = |bytes: &mut Bytes<'_>| if is_little { bytes.u32_le() } else { bytes.u32_be() };
    let directory = long(&mut Bytes::starting_at(tiff, 4))?;
    let mut bytes = Bytes::starting_at(tiff, usize::try_from(directory).ok()?);
    for _ in 0..short(&mut bytes)?.min(MOST_ENTRIES) {
        let (tag, kind, count) = (short(&mut bytes)?, short(&mut bytes)?, long(&mut bytes)?);
        let value = short(&mut bytes)?;
        bytes.take(2)?;
        if tag == ORIENTATION && kind == SHORT && count == 1 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders_are_read() {
        let big =
            [b"MM\0\x2a\0\0\0\x08\0\x01".as_slice(), b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"].concat();
        let little =
            [b"II\x2a\0\x08\0\0\0\x01\0".as_slice(), b"\x12\x01\x03\0\x01\0\0\0\x08\0\0\0\0\0\0\0"].concat();
        assert_eq!(orientation(&big), Orientation::TurnRight);
        assert_eq!(orientation(&little), Orientation::TurnLeft);
    }

    #[test]
    fn nonsense_is_upright() {
        for bytes in [b"".as_slice(), b"MM\0\x2a", b"MM\0\x2a\xff\xff\xff\xff", b"II\x2a\0\x08\0\0\0\xff\xff"]
        {
            assert_eq!(orientation(bytes), Orientation::Upright);
        }
    }
}
