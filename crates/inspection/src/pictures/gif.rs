//! Walks a GIF as far as the end of its first frame, which is all that is kept.

use threadwell_domain::attachment::ContentRefusal;

use super::check_extent;
use crate::bytes::Bytes;

/// Checks the screen, what comes before the first frame, and that frame.
pub(crate) fn inspect(bytes: &[u8]) -> Result<(), ContentRefusal> {
    let mut bytes = Bytes::new(bytes);
    if !matches!(bytes.take(6), Some(b"GIF87a" | b"GIF89a")) {
        return Err(ContentRefusal::KindMismatch);
    }
    let screen = screen(&mut bytes).ok_or(ContentRefusal::KindMismatch)?;
    check_extent(screen.0, screen.1)?;
    let frame = first_frame(&mut bytes).ok_or(ContentRefusal::KindMismatch)?;
    check_extent(frame.width, frame.height)?;
    // A frame that leaves the screen has no place in the picture.
    if frame.left + frame.width > screen.0 || frame.top + frame.height > screen.1 {
        return Err(ContentRefusal::KindMismatch);
    }
    pixels(&mut bytes).ok_or(ContentRefusal::KindMismatch)
}

struct Frame {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

fn screen(bytes: &mut Bytes<'_>) -> Option<(u32, u32)> {
    let (width, height) = (bytes.u16_le()?, bytes.u16_le()?);
    let [flags, _, _] = bytes.array()?;
    pass_palette(bytes, flags)?;
    Some((width.into(), height.into()))
}

fn pass_palette(bytes: &mut Bytes<'_>, flags: u8) -> Option<()> {
    if flags & 0x80 != 0 {
        bytes.take(3 << ((flags & 7) + 1))?;
    }
    Some(())
}

fn first_frame(bytes: &mut Bytes<'_>) -> Option<Frame> {
    loop {
        match bytes.u8()? {
            0x21 => {
                bytes.u8()?;
                pass_blocks(bytes)?;
            }
            0x2c => {
                let [left, top, width, height] =
                    [bytes.u16_le()?, bytes.u16_le()?, bytes.u16_le()?, bytes.u16_le()?].map(u32::from);
                let flags = bytes.u8()?;
                pass_palette(bytes, flags)?;
                return Some(Frame { left, top, width, height });
            }
            _ => return None,
        }
    }
}

fn pixels(bytes: &mut Bytes<'_>) -> Option<()> {
    matches!(bytes.u8()?, 1..=11).then_some(())?;
    pass_blocks(bytes)
}

fn pass_blocks(bytes: &mut Bytes<'_>) -> Option<()> {
    loop {
        match bytes.u8()? {
            0 => return Some(()),
            length => bytes.take(length.into())?,
        };
    }
}
