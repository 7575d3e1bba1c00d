//! The older ways to pack a stream.

/// The bytes in ASCII, five characters for four of them.
pub fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for group in bytes.chunks(4) {
        let mut padded = [0; 4];
        padded[..group.len()].copy_from_slice(group);
        let number = u32::from_be_bytes(padded);
        let digits = [4, 3, 2, 1, 0].map(|place| (number / 85_u32.pow(place) % 85) as u8 + b'!');
        if group == [0; 4] {
            out.push(b'z');
        } else {
            out.extend_from_slice(&digits[..=group.len()]);
        }
        if out.len() % 77 > 72 {
            out.push(b'\n');
        }
    }
    out.extend_from_slice(b"~>");
    out
}

/// The bytes in ASCII, two digits for each.
pub fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    (digits + ">").into_bytes()
}

/// Zeros by LZW, seven megabytes for each round.
pub fn lzw_zeros(rounds: usize) -> Vec<u8> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0_u64, 0_u32);
    let mut put = |code: u32, width: u32| {
        held = held << width | u64::from(code);
        bits += width;
        while bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
        held &= (1 << bits) - 1;
    };
    let width = |next: u32| (32 - next.leading_zeros()).clamp(9, 12);
    put(256, 9);
    for _ in 0..rounds {
        put(0, 9);
        // The width grows one code early.
        for code in 258..4094 {
            put(code, width(code + 1));
        }
        put(256, 12);
    }
    put(257, 9);
    put(0, 7);
    out
}
