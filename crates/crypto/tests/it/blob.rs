use proptest::prelude::*;
use threadwell_crypto::{
    CryptoError,
    blob::{Identity, Opener, Sealer, sealed_len},
};
use uuid::Uuid;

const CHUNK: usize = 65_536;
const HEADER: usize = 17;
const SEALED_CHUNK: usize = CHUNK + 16;
const KEY: [u8; 32] = [0x33; 32];
const BOUNDARIES: [usize; 8] =
    [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 10 * 1024 * 1024];

fn identity() -> Identity {
    Identity { tenant: Uuid::from_u128(1), attachment: Uuid::from_u128(2), name: [3; 16] }
}

/// No two chunks of it are alike.
fn file(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at.wrapping_mul(31) ^ (at / CHUNK).wrapping_mul(97) ^ (at >> 8)) as u8).collect()
}

fn seal_in_pieces(plain: &[u8], piece: usize) -> Vec<u8> {
    let mut sealer = Sealer::new(&KEY, &identity()).unwrap();
    let mut sealed = Vec::new();
    for piece in plain.chunks(piece.max(1)) {
        sealer.push(piece, &mut sealed).unwrap();
    }
    assert_eq!(sealer.finish(&mut sealed).unwrap(), plain.len() as u64);
    sealed
}

fn seal(plain: &[u8]) -> Vec<u8> {
    seal_in_pieces(plain, usize::MAX)
}

/// Opens as a storage would, and gives what was given out before an error, too.
fn open_as(
    identity: &Identity,
    sealed: &[u8],
    size: usize,
    part: std::ops::Range<usize>,
    piece: usize,
) -> (Vec<u8>, Result<(), CryptoError>) {
    let part = part.start as u64..part.end as u64;
    let mut opener = match Opener::new(&KEY, identity, size as u64, part) {
        Ok(opener) => opener,
        Err(error) => return (Vec::new(), Err(error)),
    };
    if sealed.len() as u64 != opener.sealed_len() {
        return (Vec::new(), Err(CryptoError::Malformed));
    }
    let (first, second) = opener.wanted();
    let mut plain = Vec::new();
    for range in [Some(first), second].into_iter().flatten() {
        for piece in sealed[range.start as usize..range.end as usize].chunks(piece.max(1)) {
            if let Err(error) = opener.push(piece, &mut plain) {
                return (plain, Err(error));
            }
        }
    }
    (plain, opener.finish())
}

/// What comes of bytes that are fed whatever their number, as by a storage that does not look at sizes.
fn open_unmeasured(sealed: &[u8], size: usize) -> (Vec<u8>, Result<(), CryptoError>) {
    let mut opener = Opener::new(&KEY, &identity(), size as u64, 0..size as u64).unwrap();
    let mut plain = Vec::new();
    for piece in sealed.chunks(9_000) {
        if let Err(error) = opener.push(piece, &mut plain) {
            return (plain, Err(error));
        }
    }
    (plain, opener.finish())
}

/// The chunks of a sealed object, by number.
fn chunk(sealed: &[u8], number: usize) -> &[u8] {
    let start = HEADER + number * SEALED_CHUNK;
    &sealed[start..sealed.len().min(start + SEALED_CHUNK)]
}

fn assert_refused(what: &str, plain: &[u8], outcome: (Vec<u8>, Result<(), CryptoError>)) {
    let (given, result) = outcome;
    assert!(result.is_err(), "{what}: it opened");
    assert!(plain.starts_with(&given), "{what}: a wrong byte came out");
}

#[test]
fn every_boundary_comes_back_as_it_was() {
    for len in BOUNDARIES {
        let plain = file(len);
        let sealed = seal(&plain);
        assert_eq!(sealed.len() as u64, sealed_len(len as u64), "{len}");
        for piece in [1_000, SEALED_CHUNK, usize::MAX] {
            let (opened, result) = open_as(&identity(), &sealed, len, 0..len, piece);
            assert_eq!(result, Ok(()), "{len}");
            assert!(opened == plain, "{len}");
        }
    }
}

#[test]
fn the_same_file_is_sealed_otherwise_each_time() {
    let (one, other) = (seal(b"acne since May"), seal(b"acne since May"));
    assert_eq!(one[0], other[0]);
    assert_ne!(one[1..HEADER], other[1..HEADER], "salts differ");
    assert_ne!(one[HEADER..], other[HEADER..]);
}

#[test]
fn an_object_opens_only_as_itself() {
    let plain = file(CHUNK + 5);
    let sealed = seal(&plain);
    let moves = [
        Identity { tenant: Uuid::from_u128(9), ..identity() },
        Identity { attachment: Uuid::from_u128(9), ..identity() },
        Identity { name: [9; 16], ..identity() },
        Identity { tenant: identity().attachment, attachment: identity().tenant, ..identity() },
    ];
    for moved in moves {
        let (given, result) = open_as(&moved, &sealed, plain.len(), 0..plain.len(), 999);
        assert_eq!(result, Err(CryptoError::NotAuthentic), "{moved:?}");
        assert_eq!(given, b"", "{moved:?}");
    }
    let mut other_key = Opener::new(&[0x34; 32], &identity(), plain.len() as u64, 0..1).unwrap();
    assert_eq!(other_key.push(&sealed, &mut Vec::new()), Err(CryptoError::NotAuthentic));
}

#[test]
fn another_size_than_the_real_one_opens_nothing_wrong() {
    for (real, claimed) in
        [(CHUNK, CHUNK - 1), (CHUNK, CHUNK + 1), (2 * CHUNK, CHUNK), (CHUNK, 2 * CHUNK), (0, 1), (1, 0)]
    {
        let plain = file(real);
        assert_refused("another size", &plain, open_unmeasured(&seal(&plain), claimed));
    }
}

/// Where the caller's size, too, was tampered with.
#[test]
fn an_object_cut_at_a_chunk_does_not_pass_for_a_shorter_file() {
    let sealed = seal(&file(3 * CHUNK));
    for chunks in 1..3 {
        let (given, result) = open_unmeasured(&sealed[..HEADER + chunks * SEALED_CHUNK], chunks * CHUNK);
        assert_eq!(result, Err(CryptoError::NotAuthentic), "{chunks}");
        assert_eq!(given.len(), (chunks - 1) * CHUNK, "the last chunk is refused");
    }
    let (_, result) = open_unmeasured(&[&sealed[..], chunk(&sealed, 2)].concat(), 4 * CHUNK);
    assert_eq!(result, Err(CryptoError::NotAuthentic), "what was the last is an inner one now");
}

#[test]
fn chunks_that_moved_open_nothing_wrong() {
    let plain = file(4 * CHUNK);
    let (sealed, other) = (seal(&plain), seal(&file(4 * CHUNK)));
    let put = |order: &[&[u8]]| [&sealed[..HEADER], &order.concat()].concat();
    let of = |number| chunk(&sealed, number);
    let changes = [
        ("swapped", put(&[of(1), of(0), of(2), of(3)])),
        ("doubled", put(&[of(0), of(0), of(2), of(3)])),
        ("left out, the last doubled", put(&[of(0), of(2), of(3), of(3)])),
        ("cut at a chunk", put(&[of(0), of(1), of(2)])),
        ("the last alone left out, an inner one at its place", put(&[of(0), of(1), of(2), of(2)])),
        ("gone on after its end", put(&[of(0), of(1), of(2), of(3), of(3)])),
        (
            "spliced from another object of the same name and key",
            put(&[of(0), chunk(&other, 1), of(2), of(3)]),
        ),
        ("another object's header", [&other[..HEADER], &sealed[HEADER..]].concat()),
        ("empty", Vec::new()),
        ("only a header", sealed[..HEADER].to_vec()),
    ];
    for (what, changed) in changes {
        assert_refused(what, &plain, open_unmeasured(&changed, plain.len()));
    }
}

#[test]
fn every_bit_of_a_small_object_counts() {
    let plain = b"acne since May";
    let sealed = seal(plain);
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_refused("a bit flipped", plain, open_unmeasured(&changed, plain.len()));
    }
    for len in 0..sealed.len() {
        assert_refused("cut", plain, open_unmeasured(&sealed[..len], plain.len()));
    }
    assert_refused("gone on", plain, open_unmeasured(&[&sealed[..], b"x"].concat(), plain.len()));
}

#[test]
fn after_an_error_nothing_is_given() {
    let plain = file(2 * CHUNK);
    let sealed = seal(&plain);
    let mut opener = Opener::new(&KEY, &identity(), plain.len() as u64, 0..plain.len() as u64).unwrap();
    let mut broken = sealed[..HEADER + SEALED_CHUNK].to_vec();
    broken[HEADER] ^= 1;
    let mut out = Vec::new();
    assert_eq!(opener.push(&broken, &mut out), Err(CryptoError::NotAuthentic));
    assert_eq!(opener.push(chunk(&sealed, 0), &mut out), Err(CryptoError::Malformed));
    assert_eq!(opener.push(chunk(&sealed, 1), &mut out), Err(CryptoError::Malformed));
    assert_eq!(out, b"");
    assert_eq!(opener.finish(), Err(CryptoError::Malformed));
}

#[test]
fn parts_outside_the_file_are_refused() {
    for (size, part) in [(10, 0..11), (10, 11..11), (0, 0..1), (u64::MAX, 0..1)] {
        assert!(Opener::new(&KEY, &identity(), size, part).is_err());
    }
    #[expect(clippy::reversed_empty_ranges, reason = "that is what is refused")]
    let backwards = Opener::new(&KEY, &identity(), 10, 5..4);
    assert!(backwards.is_err());
}

#[test]
fn a_part_is_had_from_its_chunks_alone() {
    let size = 10 * CHUNK as u64;
    let wanted = |part| Opener::new(&KEY, &identity(), size, part).unwrap().wanted();
    let at = |chunk: u64| HEADER as u64 + chunk * SEALED_CHUNK as u64;
    assert_eq!(wanted(0..size), (0..sealed_len(size), None));
    assert_eq!(wanted(0..1), (0..at(1), None));
    assert_eq!(wanted(CHUNK as u64..CHUNK as u64 + 1), (0..17, Some(at(1)..at(2))));
    assert_eq!(wanted(CHUNK as u64 * 3 - 1..CHUNK as u64 * 3 + 1), (0..17, Some(at(2)..at(4))));
    assert_eq!(wanted(size..size), (0..17, Some(at(9)..at(10))));
}

#[test]
fn debug_shows_no_bytes() {
    let mut sealer = Sealer::new(&KEY, &identity()).unwrap();
    sealer.push(b"acne", &mut Vec::new()).unwrap();
    assert_eq!(format!("{sealer:?}"), "Sealer { plain_len: 4, .. }");
    let opener = Opener::new(&KEY, &identity(), 9, 1..2).unwrap();
    assert_eq!(format!("{opener:?}"), "Opener { size: 9, part: 1..2, .. }");
}

/// Sizes near the boundaries of chunks, where mistakes would be.
fn sizes() -> impl Strategy<Value = usize> {
    (0usize..4, -2i64..=2, 0usize..70_000).prop_map(|(chunks, near, any)| match any {
        any if any < 20_000 => any,
        _ => usize::try_from((chunks * CHUNK) as i64 + near).unwrap_or(0),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_part_is_the_slice(size in sizes(), from in 0.0..=1.0f64, to in 0.0..=1.0f64, cut in 1usize..100_000) {
        let plain = file(size);
        let sealed = seal_in_pieces(&plain, cut);
        let (a, b) = ((from * size as f64) as usize, (to * size as f64) as usize);
        let part = a.min(b)..a.max(b);
        let (opened, result) = open_as(&identity(), &sealed, size, part.clone(), cut / 2);
        prop_assert_eq!(result, Ok(()));
        prop_assert!(opened == plain[part]);
    }

    #[test]
    fn a_changed_object_gives_no_wrong_byte(
        size in sizes(), at in 0.0..1.0f64, flip in 1u8..=255, kind in 0usize..4, more in 1usize..70_000,
    ) {
        let plain = file(size);
        let mut changed = seal(&plain);
        let at = (at * changed.len() as f64) as usize;
        match kind {
            0 => changed[at] ^= flip,
            1 => changed.truncate(at),
            2 => changed.extend(file(more)),
            _ => drop(changed.drain(at..(at + more).min(changed.len()))),
        }
        let (given, result) = open_unmeasured(&changed, size);
        prop_assert!(result.is_err());
        prop_assert!(plain.starts_with(&given));
    }
}
