//! Walks a PDF from its first byte to its last: nothing may stand between its parts.

use std::collections::{HashMap, HashSet};

use threadwell_domain::attachment::ContentRefusal;

use super::{
    lexer::{Lexer, Token, is_delimiter, is_space},
    scan::Scan,
    value::{Dictionary, Value},
};
use crate::bytes::find;

/// The longest comment between the parts.
const LONGEST_COMMENT: usize = 2048;

/// The walk's state.
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    lexer: Lexer<'a>,
    /// The last two numbers and where the first of them stands: `12 0` of `12 0 obj`.
    numbers: [(i64, usize); 2],
    table: Option<usize>,
    /// Cross-reference sections: from the place of each to the places of those that it continues.
    pub(crate) sections: HashMap<i64, Vec<i64>>,
    /// Where `obj` and `trailer` stand as they should.
    known: HashSet<usize>,
}

impl<'a> Walk<'a> {
    /// Walks the whole file.
    ///
    /// # Errors
    /// Something stands there that is no PDF (`KindMismatch`), or the file is built wrongly.
    pub(crate) fn through(scan: &mut Scan<'a>) -> Result<Self, ContentRefusal> {
        let lexer = Lexer::new(scan.file, 0);
        let (sections, known) = (HashMap::new(), HashSet::new());
        let mut walk = Self { lexer, numbers: [(-1, 0); 2], table: None, sections, known };
        while walk.lexer.pass_space() {
            match walk.lexer.comment() {
                Some(comment) => check_comment(comment)?,
                None => walk.part(scan)?,
            }
        }
        walk.find_hidden(scan)?;
        Ok(walk)
    }

    fn part(&mut self, scan: &mut Scan<'a>) -> Result<(), ContentRefusal> {
        let at = self.lexer.position();
        match self.lexer.next() {
            Ok(Some(Token::Integer(number))) => self.numbers = [self.numbers[1], (number, at)],
            Ok(Some(Token::Keyword(b"obj"))) => self.object(scan, at)?,
            Ok(Some(Token::Keyword(b"trailer"))) => self.trailer(scan, at)?,
            Ok(Some(Token::Keyword(b"xref"))) => self.table = Some(at),
            Ok(Some(Token::Keyword(b"n" | b"f"))) if self.table.is_some() => {}
            Ok(Some(Token::Keyword(b"startxref" | b"endobj" | b"endstream"))) => {}
            Ok(_) | Err(_) => return Err(ContentRefusal::KindMismatch),
        }
        Ok(())
    }

    fn object(&mut self, scan: &mut Scan<'a>, at: usize) -> Result<(), ContentRefusal> {
        let [(number, start), _] = self.numbers;
        if number < 0 {
            return Err(ContentRefusal::KindMismatch);
        }
        self.known.insert(at);
        self.numbers = [(-1, 0); 2];
        let read = scan.object(self.lexer.position(), Some(number))?;
        self.lexer.go_to(read.end);
        if let Value::Dictionary(dictionary) = &read.value
            && dictionary.is_named(b"Type", b"XRef")
        {
            self.section(scan.file, start, dictionary);
        }
        Ok(())
    }

    fn trailer(&mut self, scan: &mut Scan<'a>, at: usize) -> Result<(), ContentRefusal> {
        self.known.insert(at);
        let value = scan.value(&mut self.lexer)?;
        if let (Some(table), Value::Dictionary(dictionary)) = (self.table.take(), &value) {
            self.section(scan.file, table, dictionary);
        }
        Ok(())
    }

    fn section(&mut self, file: &[u8], at: usize, dictionary: &Dictionary<'_>) {
        let Ok(at) = i64::try_from(at) else { return };
        let earlier = dictionary.all(b"Prev").chain(dictionary.all(b"XRefStm"));
        let earlier = earlier.filter_map(|value| match value {
            Value::Integer(offset) => behind_space(file, *offset),
            _ => None,
        });
        self.sections.entry(at).or_default().extend(earlier);
    }

    /// Looks at every `obj` and `trailer` that the walk did not pass as such.
    fn find_hidden(&self, scan: &mut Scan<'a>) -> Result<(), ContentRefusal> {
        for word in [b"obj".as_slice(), b"trailer"] {
            let mut from = 0;
            while let Some(at) = find(scan.file, word, from) {
                from = at + word.len();
                let is_end = scan.file.get(..at).is_some_and(|before| before.ends_with(b"end"));
                if !is_end && !self.known.contains(&at) {
                    let is_any = word == b"obj" && has_number_before(scan.file, at);
                    scan.hidden(from, number_before(scan.file, at), is_any)?;
                }
            }
        }
        Ok(())
    }
}

/// Where a reader begins that is sent to this place: it passes over space and comments, if not for ever.
fn behind_space(file: &[u8], offset: i64) -> Option<i64> {
    let offset = usize::try_from(offset).ok()?;
    let near = file.get(..offset.saturating_add(LONGEST_COMMENT)).unwrap_or(file);
    let mut lexer = Lexer::new(near, offset);
    while lexer.pass_space() && lexer.comment().is_some() {}
    i64::try_from(lexer.position()).ok()
}

/// A comment is for people; markup in it is for a reader of another kind.
fn check_comment(comment: &[u8]) -> Result<(), ContentRefusal> {
    let has_markup = comment
        .windows(2)
        .any(|pair| matches!(pair, [b'<', next] if next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/')));
    if has_markup || comment.len() > LONGEST_COMMENT { Err(ContentRefusal::KindMismatch) } else { Ok(()) }
}

/// How far before `obj` its numbers are looked for.
const HEADER: usize = 40;

/// The object's number, if it stands before `obj` as usual.
fn number_before(file: &[u8], at: usize) -> Option<i64> {
    let start = at.saturating_sub(HEADER);
    let text: String = file.get(start..at)?.iter().map(|byte| char::from(*byte)).collect();
    let mut words =
        text.rsplit(|character: char| character.is_ascii_whitespace()).filter(|word| !word.is_empty());
    words.next()?.parse::<u32>().ok()?;
    let number = words.next()?;
    // What is cut off may have more digits.
    let is_whole = start == 0 || !text.starts_with(number) || words.next().is_some();
    number.parse().ok().filter(|_| is_whole)
}

/// Whether `obj` may end an object's header: behind a number, or behind a line, which may be a comment.
fn has_number_before(file: &[u8], at: usize) -> bool {
    let before = file.get(at.saturating_sub(HEADER)..at).unwrap_or_default();
    let words = before.iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1);
    let (words, space) = before.split_at(words);
    let is_of_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    let number = words.iter().rev().take_while(|byte| !is_space(**byte) && !is_delimiter(**byte));
    let is_number = words.last().is_some_and(u8::is_ascii) && number.clone().all(is_of_number);
    space.iter().any(|byte| matches!(byte, b'\r' | b'\n'))
        || words.is_empty()
        || is_number && number.count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(text: &str) -> (Option<i64>, bool) {
        (number_before(text.as_bytes(), text.len()), has_number_before(text.as_bytes(), text.len()))
    }

    #[test]
    fn a_number_counts_only_if_all_of_it_is_seen() {
        assert_eq!(before("9 0 "), (Some(9), true));
        assert_eq!(before("% 12 0"), (Some(12), true));
        assert_eq!(before(&format!("x 9{}0 ", " ".repeat(36))), (Some(9), true));
        assert_eq!(before(&format!("19{}0 ", " ".repeat(37))), (None, true));
        assert_eq!(before(&format!("9{}0 ", " ".repeat(60))), (None, true));
    }

    #[test]
    fn a_word_is_no_number() {
        for text in ["9 % 1\n 0 % 2\n ", "0 1.", "x9 0", &" ".repeat(60)] {
            assert_eq!(before(text), (None, true), "{text}");
        }
        for text in ["teapot.", "the ", "(", "9 0)"] {
            assert_eq!(before(text), (None, false), "{text}");
        }
    }
}
