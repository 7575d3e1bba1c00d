//! The older ways to pack, followed as the most forgiving readers do.

use super::{filters::Weight, lexer::is_space};

/// Reads five letters for four bytes, `z` for four zeros; gives the bytes, and how much was read. None beyond the limit.
pub(crate) fn ascii85(data: &[u8], limit: usize) -> Option<(Vec<u8>, usize)> {
    let (mut out, mut group) = (Vec::new(), Vec::with_capacity(5));
    let end = data.iter().position(|byte| *byte == b'~').unwrap_or(data.len());
    for byte in data.iter().take(end).filter(|byte| !is_space(**byte)) {
        if *byte == b'z' && group.is_empty() {
            out.extend_from_slice(&[0; 4]);
        } else {
            group.push(*byte);
        }
        if group.len() == 5 {
            out.extend_from_slice(&number(&group).to_be_bytes());
            group.clear();
        }
        if out.len() > limit {
            return None;
        }
    }
    if let Some(bytes) = group.len().checked_sub(1) {
        group.resize(5, b'u');
        out.extend(number(&group).to_be_bytes().into_iter().take(bytes));
    }
    Some((out, end))
}

fn number(group: &[u8]) -> u32 {
    let digit = |byte: &u8| u32::from(byte.wrapping_sub(b'!'));
    group.iter().fold(0, |sum: u32, byte| sum.wrapping_mul(85).wrapping_add(digit(byte)))
}

/// Reads two digits for a byte and passes over whatever else stands between them.
pub(crate) fn hexadecimal(data: &[u8], limit: usize) -> Option<(Vec<u8>, usize)> {
    let end = data.iter().position(|byte| *byte == b'>').unwrap_or(data.len());
    let digits: Vec<_> = data.iter().take(end).filter_map(|byte| char::from(*byte).to_digit(16)).collect();
    let byte = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high << 4 | low).ok(),
        pair => pair.first().and_then(|high| u8::try_from(high << 4).ok()),
    };
    let out: Vec<u8> = digits.chunks(2).filter_map(byte).collect();
    (out.len() <= limit).then_some((out, end))
}

/// Weighs runs: a length below 128 stands before so many bytes and one, a length above it before one that is repeated.
pub(crate) fn runs(data: &[u8], limit: u64) -> Option<Weight> {
    let mut weight = Weight::default();
    while let Some(length) = data.get(weight.read).copied().filter(|length| *length != 128) {
        let (size, passed) = if length < 128 {
            (u64::from(length) + 1, usize::from(length) + 1)
        } else {
            (257 - u64::from(length), 1)
        };
        weight.size += size;
        weight.read += 1 + passed;
        if weight.size > limit {
            return None;
        }
    }
    weight.read = weight.read.min(data.len());
    Some(weight)
}

const CLEAR: usize = 256;
const OVER: usize = 257;
const MOST_CODES: usize = 4096;

/// Weighs LZW by the lengths of its words alone. `early` is by how many codes before its time a code grows.
pub(crate) fn lzw(data: &[u8], early: usize, limit: u64) -> Option<Weight> {
    let mut bits = Bits { data, at: 0 };
    let mut size = 0;
    let mut words: Vec<u64> = vec![1; OVER + 1];
    let mut last = None;
    while let Some(code) = bits.take(width(words.len() + early)).filter(|code| *code != OVER) {
        if code == CLEAR {
            words.truncate(OVER + 1);
            last = None;
            continue;
        }
        // A word that is not there yet is the last and its first letter.
        let length = words.get(code).copied().unwrap_or_else(|| last.unwrap_or(0) + 1);
        size += length;
        if size > limit {
            return None;
        }
        if let Some(last) = last.filter(|_| words.len() < MOST_CODES) {
            words.push(last + 1);
        }
        last = Some(length);
    }
    Some(Weight { size, read: bits.at.div_ceil(8).min(data.len()) })
}

const fn width(codes: usize) -> usize {
    match codes {
        ..512 => 9,
        512..1024 => 10,
        1024..2048 => 11,
        2048.. => 12,
    }
}

struct Bits<'a> {
    data: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<usize> {
        let mut three = [0; 3];
        for (place, byte) in three.iter_mut().zip(self.data.get(self.at / 8..)?) {
            *place = *byte;
        }
        let [first, second, third] = three.map(usize::from);
        let end = self.at + count;
        let all = first << 16 | second << 8 | third;
        let value = all >> (24 - self.at % 8 - count) & ((1 << count) - 1);
        self.at = end;
        (end <= self.data.len() * 8).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read() {
        let letters = b"87cURD]\n i,\"zEbo7~>x";
        assert_eq!(ascii85(letters, 99), Some((b"Hello Wo\0\0\0\0rld".to_vec(), 17)));
        assert_eq!(ascii85(b"zz", 7), None);
        assert_eq!(hexadecimal(b"4 1x4>2", 9), Some((b"A@".to_vec(), 5)));
        assert_eq!(hexadecimal(b"4142", 1), None);
    }

    #[test]
    fn runs_are_weighed() {
        assert_eq!(runs(b"\x02abc\xf0 \x80zz", 20), Some(Weight { size: 20, read: 6 }));
        assert_eq!(runs(b"\x02abc\xf0 ", 19), None);
        assert_eq!(runs(b"\x7fa", 200), Some(Weight { size: 128, read: 2 }));
    }

    #[test]
    fn words_are_weighed() {
        // The example of the format's description: 45 45 45 45 45 65 45 45 45 66.
        let example = b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01";
        assert_eq!(lzw(example, 1, 10), Some(Weight { size: 10, read: 9 }));
        assert_eq!(lzw(example, 0, 9), None);
    }
}
