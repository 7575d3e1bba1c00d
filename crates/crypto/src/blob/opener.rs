use std::{fmt, ops::Range};

use aws_lc_rs::aead::{Aad, LessSafeKey};
use zeroize::Zeroizing;

use super::{
    CHUNK_LEN, FORMAT, HEADER_LEN, Identity, MAX_PLAIN_LEN, chunks, nonce, object_key, plain_range,
    sealed_len, sealed_range,
};
use crate::CryptoError;

/// Opens a part of one object, from the sealed bytes that it asks for.
///
/// It gives no byte of a chunk whose tag it did not check, and after an error it gives nothing any more.
pub struct Opener {
    secret: Zeroizing<[u8; 32]>,
    aad: Vec<u8>,
    size: u64,
    part: Range<u64>,
    /// The chunks that are still to come; the first of them is the next.
    coming: Range<u64>,
    first: u64,
    state: State,
    /// What came of the header or of the next chunk.
    held: Vec<u8>,
}

enum State {
    Header,
    Chunks(Box<LessSafeKey>),
    Broken,
}

impl Opener {
    /// Prepares to open the bytes `part` of a file of `size` bytes in clear.
    ///
    /// # Errors
    /// [`CryptoError::Malformed`] when the part does not lie within the file, or the file is beyond a tebibyte.
    pub fn new(
        key: &[u8; 32],
        identity: &Identity,
        size: u64,
        part: Range<u64>,
    ) -> Result<Self, CryptoError> {
        if part.start > part.end || part.end > size || size > MAX_PLAIN_LEN {
            return Err(CryptoError::Malformed);
        }
        let last = chunks(size) - 1;
        // An empty part, too, is paid with one tag: that the object is the right one is always checked.
        let first = (part.start / CHUNK_LEN as u64).min(last);
        let end = part.end.div_ceil(CHUNK_LEN as u64).max(first + 1);
        Ok(Self {
            secret: Zeroizing::new(*key),
            aad: identity.aad(),
            size,
            part,
            coming: first..end,
            first,
            state: State::Header,
            held: Vec::new(),
        })
    }

    /// The size of the whole sealed object. One of another size is not it, and must not be read at all.
    pub fn sealed_len(&self) -> u64 {
        sealed_len(self.size)
    }

    /// Which bytes of the sealed object are wanted, in this order: one range, or the header and one range.
    pub fn wanted(&self) -> (Range<u64>, Option<Range<u64>>) {
        let header = 0..HEADER_LEN as u64;
        let end = sealed_range(self.coming.end.saturating_sub(1), self.size).end;
        if self.first == 0 {
            (0..end, None)
        } else {
            (header, Some(sealed_range(self.first, self.size).start..end))
        }
    }

    /// Takes more of the wanted bytes, in pieces of any size, and appends what is proven to `plain`.
    ///
    /// # Errors
    /// [`CryptoError::NotAuthentic`] when a chunk is not what was sealed there, [`CryptoError::Malformed`] when more
    /// bytes come than are wanted, [`CryptoError::UnknownFormat`].
    pub fn push(&mut self, sealed: &[u8], plain: &mut Vec<u8>) -> Result<(), CryptoError> {
        let before = plain.len();
        let outcome = self.take(sealed, plain);
        if outcome.is_err() {
            self.state = State::Broken;
            plain.truncate(before);
        }
        outcome
    }

    /// Confirms that all that was wanted has come.
    ///
    /// # Errors
    /// [`CryptoError::Malformed`] when it has not.
    pub fn finish(self) -> Result<(), CryptoError> {
        let is_whole = matches!(self.state, State::Chunks(_)) && self.coming.is_empty();
        if is_whole { Ok(()) } else { Err(CryptoError::Malformed) }
    }

    fn take(&mut self, mut sealed: &[u8], plain: &mut Vec<u8>) -> Result<(), CryptoError> {
        while !sealed.is_empty() {
            let wanted = self.next_len()?;
            let (head, rest) = sealed.split_at(sealed.len().min(wanted - self.held.len()));
            self.held.extend_from_slice(head);
            sealed = rest;
            if self.held.len() == wanted {
                self.complete(plain)?;
                self.held.clear();
            }
        }
        Ok(())
    }

    fn next_len(&self) -> Result<usize, CryptoError> {
        match self.state {
            State::Header => Ok(HEADER_LEN),
            State::Chunks(_) if !self.coming.is_empty() => {
                let range = sealed_range(self.coming.start, self.size);
                usize::try_from(range.end - range.start).map_err(|_| CryptoError::Malformed)
            }
            State::Chunks(_) | State::Broken => Err(CryptoError::Malformed),
        }
    }

    fn complete(&mut self, plain: &mut Vec<u8>) -> Result<(), CryptoError> {
        if let State::Chunks(key) = &self.state {
            let chunk = self.coming.start;
            let is_last = chunk + 1 == chunks(self.size);
            let opened = key
                .open_in_place(nonce(chunk, is_last), Aad::from(&self.aad), &mut self.held)
                .map_err(|_| CryptoError::NotAuthentic)?;
            plain.extend_from_slice(wanted_of(opened, &plain_range(chunk, self.size), &self.part));
            self.coming.start += 1;
            return Ok(());
        }
        let (format, salt) = self.held.split_first().ok_or(CryptoError::Malformed)?;
        if *format != FORMAT {
            return Err(CryptoError::UnknownFormat(*format));
        }
        self.state = State::Chunks(Box::new(object_key(&self.secret, salt)?));
        Ok(())
    }
}

/// What of an opened chunk lies within the part.
fn wanted_of<'a>(opened: &'a [u8], stands: &Range<u64>, part: &Range<u64>) -> &'a [u8] {
    let within = |at: u64| usize::try_from(at.clamp(stands.start, stands.end) - stands.start).unwrap_or(0);
    opened.get(within(part.start)..within(part.end)).unwrap_or_default()
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opener").field("size", &self.size).field("part", &self.part).finish_non_exhaustive()
    }
}
