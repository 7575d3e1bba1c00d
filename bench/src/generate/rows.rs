//! Rows in the text form of COPY.

use chrono::DateTime;
use std::fmt::Write;
use uuid::Uuid;

/// A row that is being written.
#[derive(Default)]
pub(crate) struct Row(String);

impl Row {
    fn field(mut self, value: impl std::fmt::Display) -> Self {
        if !self.0.is_empty() {
            self.0.push('\t');
        }
        // Writing into a String cannot fail.
        let _ = write!(self.0, "{value}");
        self
    }

    pub(crate) fn number(self, value: u64) -> Self {
        self.field(value)
    }

    pub(crate) fn id(self, value: Uuid) -> Self {
        self.field(value)
    }

    pub(crate) fn optional_id(self, value: Option<Uuid>) -> Self {
        match value {
            Some(id) => self.id(id),
            None => self.null(),
        }
    }

    pub(crate) fn signed(self, value: i64) -> Self {
        self.field(value)
    }

    pub(crate) fn flag(self, value: bool) -> Self {
        self.field(if value { 't' } else { 'f' })
    }

    pub(crate) fn null(self) -> Self {
        self.field("\\N")
    }

    /// A word without tabs, backslashes and line breaks.
    pub(crate) fn word(self, value: &str) -> Self {
        self.field(value)
    }

    pub(crate) fn bytes(self, value: &[u8]) -> Self {
        const DIGITS: [char; 16] =
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        let mut row = self.field("\\\\x");
        let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or('0');
        for byte in value {
            row.0.push(digit(byte >> 4));
            row.0.push(digit(byte & 0x0f));
        }
        row
    }

    /// A moment, in milliseconds since 1970.
    pub(crate) fn moment(self, ms: u64) -> Self {
        let at = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default();
        self.field(at.format("%Y-%m-%d %H:%M:%S%.3f+00"))
    }

    /// The line, with its end.
    pub(crate) fn line(mut self) -> String {
        self.0.push('\n');
        self.0
    }
}
