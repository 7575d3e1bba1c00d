//! Stretches of time as tokens, by which the index finds the messages of a time that hold a word.
//!
//! The index on tokens knows nothing of an order: a word that every twentieth message holds gives tens of thousands of
//! messages to sort before the first is shown. A message therefore carries a token for each of the stretches that it
//! was sent in, of about an hour, a day and a half, and fifty days, and the index intersects them with the words'.

use threadwell_crypto::{BlindIndex, Scope};
use uuid::Uuid;

/// How long the stretches of a kind are: two to the power of this, in milliseconds.
const KINDS: [u32; 3] = [22, 27, 32];
/// A time of more stretches than these is not narrowed by them.
const STRETCHES_MAX: usize = 200;

/// When a message was sent, in milliseconds since 1970, by its id (RFC 9562, version 7).
pub(super) fn sent_ms(message: Uuid) -> u64 {
    u64::try_from(message.as_u128() >> 80).unwrap_or(u64::MAX)
}

/// The least id of a moment.
pub(super) fn first_id(ms: u64) -> Uuid {
    Uuid::from_u128(u128::from(ms) << 80)
}

/// The tokens of the stretches that a message was sent in.
pub(super) fn tokens_of(index: &BlindIndex, message: Uuid) -> impl Iterator<Item = i64> {
    let ms = sent_ms(message);
    KINDS.into_iter().map(move |bits| token(index, bits, ms >> bits))
}

/// The tokens of stretches that cover the messages from one id to another, and little more; `None` where they are too
/// many.
pub(super) fn tokens_between(index: &BlindIndex, oldest: Uuid, below: Uuid) -> Option<Vec<i64>> {
    let stretches = covering(sent_ms(oldest), sent_ms(below))?;
    Some(stretches.into_iter().map(|(bits, number)| token(index, bits, number)).collect())
}

fn token(index: &BlindIndex, bits: u32, number: u64) -> i64 {
    index.token(Scope::MESSAGE_TIME, &format!("{bits}/{number}"))
}

/// Stretches that cover every millisecond from `first` to `last`, each as long as fits.
fn covering(first: u64, last: u64) -> Option<Vec<(u32, u64)>> {
    let [finest, ..] = KINDS;
    let end = ((last >> finest) + 1) << finest;
    let (mut at, mut stretches) = ((first >> finest) << finest, Vec::new());
    while at < end {
        if stretches.len() == STRETCHES_MAX {
            return None;
        }
        let fits = |bits: &u32| at % (1 << bits) == 0 && at + (1 << bits) <= end;
        let bits = KINDS.into_iter().rev().find(fits).unwrap_or(finest);
        stretches.push((bits, at >> bits));
        at += 1 << bits;
    }
    Some(stretches)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 1 << 22;
    const LONG: u64 = 1 << 32;

    fn covers(stretches: &[(u32, u64)], ms: u64) -> bool {
        stretches.iter().any(|(bits, number)| ms >> bits == *number)
    }

    #[test]
    fn stretches_cover_a_time_and_no_more_than_an_hour_beyond() {
        for (first, last) in
            [(0, 0), (5, HOUR), (HOUR - 1, 3 * HOUR), (7 * HOUR + 1, 9 * LONG + 77 * HOUR + 3)]
        {
            let stretches = covering(first, last).unwrap();
            let steps = (first..=last).step_by(usize::try_from(HOUR / 4).unwrap());
            assert!(steps.chain([last]).all(|ms| covers(&stretches, ms)), "{first} to {last}");
            assert!(!covers(&stretches, last + HOUR + 1));
            assert!(first <= HOUR || !covers(&stretches, first - HOUR - 1));
            assert!(stretches.len() < 140, "{}", stretches.len());
        }
    }

    #[test]
    fn a_time_of_many_years_is_not_narrowed() {
        assert!(covering(0, 250 * LONG).is_none());
    }

    #[test]
    fn an_id_tells_its_moment() {
        let id = Uuid::now_v7();
        assert_eq!(sent_ms(first_id(sent_ms(id))), sent_ms(id));
        assert!(first_id(sent_ms(id)) <= id && id < first_id(sent_ms(id) + 1));
    }
}
