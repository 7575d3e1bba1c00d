//! Makes pictures smaller: each pixel is the average of what it covers, to the last digit.

/// Scales pixels of `N` samples from one extent down to another, the last sample being the alpha channel if there is
/// one. `None` unless the target is smaller in no direction than one pixel, larger in none than the source, and the
/// pixels are as many as they must be.
pub(crate) fn shrunk<const N: usize>(
    pixels: &[[u8; N]],
    from: (usize, usize),
    to: (usize, usize),
    has_alpha: bool,
) -> Option<Vec<u8>> {
    let is_smaller = (1..=from.0).contains(&to.0) && (1..=from.1).contains(&to.1);
    if !is_smaller || from.0.checked_mul(from.1)? != pixels.len() {
        return None;
    }
    let area = u64::try_from(pixels.len()).ok()?;
    let mut target = Vec::with_capacity(to.0 * to.1 * N);
    let mut squeezed = vec![[0_u32; N]; to.0];
    let mut sums = vec![[0_u64; N]; to.0];
    // A source row is as high as there are target rows, a target row as there are source rows: all shares are whole.
    let mut room = from.1;
    for row in pixels.chunks(from.0) {
        squeeze(row, &mut squeezed, has_alpha);
        let share = room.min(to.1);
        add(&mut sums, &squeezed, share);
        room -= share;
        if room == 0 {
            target.extend(sums.iter().flat_map(|sum| average(sum, area, has_alpha)));
            sums.fill([0; N]);
            add(&mut sums, &squeezed, to.1 - share);
            room = from.1 - (to.1 - share);
        }
    }
    Some(target)
}

/// Adds up the pixels of a row where each target pixel covers them; colours count as much as they can be seen.
fn squeeze<const N: usize>(row: &[[u8; N]], squeezed: &mut [[u32; N]], has_alpha: bool) {
    squeezed.fill([0; N]);
    let (width, size) = (narrow(row.len()), narrow(squeezed.len()));
    let mut targets = squeezed.iter_mut();
    let Some(mut target) = targets.next() else { return };
    let mut room = width;
    for pixel in row {
        let pixel = if has_alpha { weighted(pixel) } else { pixel.map(u32::from) };
        let share = room.min(size);
        add_pixel(target, &pixel, share);
        room -= share;
        if room == 0 {
            let Some(next) = targets.next() else { return };
            target = next;
            add_pixel(target, &pixel, size - share);
            room = width - (size - share);
        }
    }
}

/// A side of a picture, which is far smaller.
fn narrow(side: usize) -> u32 {
    u32::try_from(side).unwrap_or(u32::MAX)
}

fn weighted<const N: usize>(pixel: &[u8; N]) -> [u32; N] {
    let alpha = pixel.last().copied().map_or(0, u32::from);
    let mut weighted = pixel.map(|sample| u32::from(sample) * alpha);
    if let Some(last) = weighted.last_mut() {
        *last = alpha;
    }
    weighted
}

#[inline]
fn add_pixel<const N: usize>(target: &mut [u32; N], pixel: &[u32; N], share: u32) {
    for (sum, sample) in target.iter_mut().zip(pixel) {
        *sum = sum.wrapping_add(sample.wrapping_mul(share));
    }
}

fn add<const N: usize>(sums: &mut [[u64; N]], row: &[[u32; N]], share: usize) {
    let share = u64::from(narrow(share));
    for (sum, squeezed) in sums.as_flattened_mut().iter_mut().zip(row.as_flattened()) {
        *sum = sum.wrapping_add(u64::from(*squeezed).wrapping_mul(share));
    }
}

fn average<const N: usize>(sum: &[u64; N], area: u64, has_alpha: bool) -> [u8; N] {
    let whole = if has_alpha { sum.last().copied().unwrap_or(0) } else { area };
    let rounded = |sum: u64, of: u64| {
        let average = (sum + of / 2).checked_div(of).unwrap_or(0);
        u8::try_from(average).unwrap_or(u8::MAX)
    };
    let mut average = sum.map(|sum| rounded(sum, whole));
    if has_alpha && let (Some(last), Some(sum)) = (average.last_mut(), sum.last()) {
        *last = rounded(*sum, area);
    }
    average
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_is_the_average_of_what_it_covers() {
        let row = [[0], [30], [60], [90], [120], [150]];
        assert_eq!(shrunk(&row, (6, 1), (3, 1), false), Some(vec![15, 75, 135]));
        assert_eq!(shrunk(&row, (6, 1), (4, 1), false), Some(vec![10, 50, 100, 140]));
        assert_eq!(shrunk(&row, (2, 3), (1, 2), false), Some(vec![35, 115]));
        assert_eq!(shrunk(&row, (6, 1), (6, 1), false), Some(vec![0, 30, 60, 90, 120, 150]));
    }

    #[test]
    fn what_cannot_be_seen_lends_no_colour() {
        let row = [[200, 100, 50, 255], [0, 0, 0, 0], [9, 9, 9, 0], [7, 7, 7, 0]];
        assert_eq!(shrunk(&row, (4, 1), (2, 1), true), Some(vec![200, 100, 50, 128, 0, 0, 0, 0]));
    }

    #[test]
    fn the_whitest_and_largest_picture_stays_white() {
        for (from, to) in [((12_000, 3_333), (512, 142)), ((3, 12_000), (1, 512)), ((12_000, 3), (11_999, 2))]
        {
            let white = vec![[255, 255]; from.0 * from.1];
            let shrunk = shrunk(&white, from, to, true).unwrap();
            assert_eq!(shrunk.len(), to.0 * to.1 * 2);
            assert!(shrunk.iter().all(|sample| *sample == 255));
        }
    }

    #[test]
    fn what_does_not_fit_together_is_nothing() {
        let pixels = [[1]; 6];
        for (from, to) in [((3, 2), (4, 2)), ((3, 2), (0, 1)), ((3, 3), (1, 1)), ((0, 6), (0, 0))] {
            assert_eq!(shrunk(&pixels, from, to, false), None);
        }
    }
}
