//! A die that always falls the same way for the same seed.

use threadwell_domain::Moment;
use uuid::{Builder, Uuid};

/// SplitMix64: small, even, and the same on every machine. Nothing secret hangs on it.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `limit` - 1; 0 for an empty range.
    pub(super) fn below(&mut self, limit: i64) -> i64 {
        let roll = i64::try_from(self.roll() >> 1).unwrap_or(0);
        roll.checked_rem(limit).unwrap_or(0)
    }

    /// Whether a chance of one in `n` came up.
    pub(super) fn one_in(&mut self, n: i64) -> bool {
        self.below(n) == 0
    }

    /// One of the items; `None` of none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let place = self.below(i64::try_from(items.len()).unwrap_or(0));
        items.get(usize::try_from(place).unwrap_or(0))
    }

    /// A UUIDv7 of a moment.
    pub(super) fn id_at(&mut self, at: Moment) -> Uuid {
        let [a, b, c, d, e, f, g, h] = self.roll().to_be_bytes();
        let [i, j, ..] = self.roll().to_be_bytes();
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &[a, b, c, d, e, f, g, h, i, j]).into_uuid()
    }
}
