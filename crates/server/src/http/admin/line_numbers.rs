//! The numbers of a text's lines, as an editor shows them.

/// Counts on from one place of a text to the next.
pub(super) struct LineNumbers<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> LineNumbers<'a> {
    /// From the first line on.
    pub(super) const fn of(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line of the record that comes from this byte on. Readers say where they stood before they read it: before
    /// blank lines, or in the middle of a line's end.
    pub(super) fn next(&mut self, byte: usize) -> u64 {
        let ahead = self.text.get(byte..).unwrap_or_default();
        let blank = ahead.iter().take_while(|byte| is_end(**byte)).count();
        let start = (byte + blank).min(self.text.len());
        self.line += ends(self.text.get(self.at..start).unwrap_or_default());
        self.at = start;
        self.line
    }
}

const fn is_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// How many lines end here: by CR, LF, or both together.
fn ends(text: &[u8]) -> u64 {
    let pairs = text.windows(2).filter(|pair| *pair == b"\r\n").count();
    let all = text.iter().filter(|byte| is_end(**byte)).count();
    u64::try_from(all - pairs).unwrap_or(u64::MAX)
}
