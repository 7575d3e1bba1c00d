//! Inflates no more than it is told to, whatever the data promises.

use flate2::{Decompress, FlushDecompress, Status};

/// How much is inflated at a time where only the size matters.
const PIECE: usize = 64 * 1024;

/// How deflated data is wrapped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wrapping {
    /// Bare, as in ZIP.
    None,
    /// With header and checksum, as in PDF and PNG.
    Zlib,
}

/// Why data was not inflated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Trouble {
    /// It holds more than the limit.
    TooLarge,
    /// It is damaged or has no end.
    Damaged,
}

/// What came out.
#[derive(Debug)]
pub(crate) struct Inflated {
    pub(crate) bytes: Vec<u8>,
    /// How much of the input was used.
    pub(crate) used: usize,
}

/// Inflates the whole, if it is at most `limit` bytes.
pub(crate) fn inflate(data: &[u8], wrapping: Wrapping, limit: usize) -> Result<Inflated, Trouble> {
    let mut bytes = Vec::new();
    let mut pump = Pump::new(data, wrapping);
    while let Some(piece) = pump.next_piece()? {
        if bytes.len().saturating_add(piece.len()) > limit {
            return Err(Trouble::TooLarge);
        }
        bytes.extend_from_slice(piece);
    }
    Ok(Inflated { bytes, used: pump.used })
}

/// Counts what would come out, at most `limit` bytes of it, and what was read for that; keeps nothing.
///
/// Damage ends the count: readers show what came before it.
pub(crate) fn measure(data: &[u8], wrapping: Wrapping, limit: u64) -> Result<(u64, usize), Trouble> {
    let mut size = 0_u64;
    let mut pump = Pump::new(data, wrapping);
    while let Ok(Some(piece)) = pump.next_piece() {
        size = size.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if size > limit {
            return Err(Trouble::TooLarge);
        }
    }
    Ok((size, pump.used))
}

struct Pump<'a> {
    data: &'a [u8],
    used: usize,
    engine: Decompress,
    piece: Vec<u8>,
    is_over: bool,
}

impl<'a> Pump<'a> {
    fn new(data: &'a [u8], wrapping: Wrapping) -> Self {
        let engine = Decompress::new(wrapping == Wrapping::Zlib);
        Self { data, used: 0, engine, piece: vec![0; PIECE], is_over: false }
    }

    fn next_piece(&mut self) -> Result<Option<&[u8]>, Trouble> {
        if self.is_over {
            return Ok(None);
        }
        let (had_read, had_written) = (self.engine.total_in(), self.engine.total_out());
        let input = self.data.get(self.used..).unwrap_or_default();
        let status = self
            .engine
            .decompress(input, &mut self.piece, FlushDecompress::None)
            .map_err(|_| Trouble::Damaged)?;
        let read = usize::try_from(self.engine.total_in() - had_read).map_err(|_| Trouble::Damaged)?;
        let written = usize::try_from(self.engine.total_out() - had_written).map_err(|_| Trouble::Damaged)?;
        self.used += read;
        self.is_over = status == Status::StreamEnd;
        if !self.is_over && read == 0 && written == 0 {
            return Err(Trouble::Damaged);
        }
        Ok(self.piece.get(..written))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_fits_comes_out_whole() {
        let data: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
        let mut packed = deflated(&data);
        let size = packed.len();
        packed.extend_from_slice(b"behind");
        let inflated = inflate(&packed, Wrapping::Zlib, data.len()).unwrap();
        assert_eq!((inflated.bytes, inflated.used), (data.clone(), size));
        assert_eq!(inflate(&packed, Wrapping::Zlib, data.len() - 1).unwrap_err(), Trouble::TooLarge);
    }

    #[test]
    fn a_bomb_is_let_go_at_the_limit() {
        let bomb = deflated(&vec![0; 50_000_000]);
        assert_eq!(inflate(&bomb, Wrapping::Zlib, 1_000_000).unwrap_err(), Trouble::TooLarge);
        assert_eq!(measure(&bomb, Wrapping::Zlib, 1_000_000), Err(Trouble::TooLarge));
        assert_eq!(measure(&bomb, Wrapping::Zlib, 50_000_000), Ok((50_000_000, bomb.len())));
    }

    #[test]
    fn damage_is_told() {
        let packed = deflated(b"hello hello hello hello");
        assert_eq!(inflate(&packed[..packed.len() - 6], Wrapping::Zlib, 100).unwrap_err(), Trouble::Damaged);
        assert_eq!(inflate(b"not deflated", Wrapping::Zlib, 100).unwrap_err(), Trouble::Damaged);
        assert_eq!(inflate(b"", Wrapping::None, 100).unwrap_err(), Trouble::Damaged);
    }
}
