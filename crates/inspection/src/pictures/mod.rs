//! Pictures by their headers: whether they are what they say, and not too large to decode.
//!
//! No pixel is decoded here. What follows a picture's end is let pass: cleaning does not copy it.

pub(crate) mod exif;
pub(crate) mod gif;
pub(crate) mod jpeg;
pub(crate) mod png;

use threadwell_domain::attachment::{ContentRefusal, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE};

/// Refuses what is over the limits, and what is no picture because it has no extent.
pub(crate) fn check_extent(width: u32, height: u32) -> Result<(), ContentRefusal> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(ContentRefusal::KindMismatch);
    }
    if pixels > MAX_PICTURE_PIXELS || width.max(height) > MAX_PICTURE_SIDE {
        return Err(ContentRefusal::PictureTooLarge);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_sides_and_area() {
        let (large, none) = (Err(ContentRefusal::PictureTooLarge), Err(ContentRefusal::KindMismatch));
        for (width, height, expected) in [
            (1, 1, Ok(())),
            (8_000, 5_000, Ok(())),
            (12_000, 3_333, Ok(())),
            (12_001, 1, large),
            (1, 12_001, large),
            (8_000, 5_001, large),
            (0, 0, none),
            (0, 10, none),
            (10, 0, none),
            (u32::MAX, u32::MAX, large),
        ] {
            assert_eq!(check_extent(width, height), expected, "{width}x{height}");
        }
    }
}
