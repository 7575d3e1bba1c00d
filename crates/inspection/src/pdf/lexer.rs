//! Cuts PDF syntax into tokens.

use std::borrow::Cow;

/// One token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Token<'a> {
    /// A name, its `#xx` escapes resolved.
    Name(Cow<'a, [u8]>),
    /// What stands between the parentheses of a string, as written.
    Literal(&'a [u8]),
    /// What stands between the angle brackets of a string, as written.
    Hexadecimal(&'a [u8]),
    /// A whole number that fits.
    Integer(i64),
    /// `<<`
    DictionaryOpen,
    /// `>>`
    DictionaryClose,
    /// `[`
    ArrayOpen,
    /// `]`
    ArrayClose,
    /// Anything else: `obj`, `stream`, `true`, a fraction.
    Keyword(&'a [u8]),
}

/// The syntax is broken here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Broken;

/// A place in PDF syntax.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) const fn new(all: &'a [u8], at: usize) -> Self {
        Self { all, at }
    }

    pub(crate) const fn position(&self) -> usize {
        self.at
    }

    pub(crate) const fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    fn peek(&self) -> Option<u8> {
        self.all.get(self.at).copied()
    }

    /// Passes over white space; true if anything else follows.
    pub(crate) fn pass_space(&mut self) -> bool {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
        self.at < self.all.len()
    }

    /// Takes a comment to the end of its line, if one begins here.
    pub(crate) fn comment(&mut self) -> Option<&'a [u8]> {
        let rest = self.all.get(self.at..)?.strip_prefix(b"%")?;
        let length = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        self.at += 1 + length;
        rest.get(..length)
    }

    /// The next token, or nothing at the end. Comments count as white space.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'a>>, Broken> {
        while self.pass_space() && self.comment().is_some() {}
        let Some(first) = self.peek() else { return Ok(None) };
        let second = self.all.get(self.at + 1).copied();
        let token = match (first, second) {
            (b'<', Some(b'<')) => self.mark(2, Token::DictionaryOpen),
            (b'>', Some(b'>')) => self.mark(2, Token::DictionaryClose),
            (b'[', _) => self.mark(1, Token::ArrayOpen),
            (b']', _) => self.mark(1, Token::ArrayClose),
            (b'{' | b'}', _) => self.mark(1, Token::Keyword(b"{}")),
            (b'/', _) => self.name(),
            (b'(', _) => self.literal()?,
            (b'<', _) => self.hexadecimal()?,
            (b')' | b'>', _) => return Err(Broken),
            _ => self.regular(),
        };
        Ok(Some(token))
    }

    const fn mark(&mut self, length: usize, token: Token<'a>) -> Token<'a> {
        self.at += length;
        token
    }

    /// Bytes up to the next white space or delimiter.
    fn run(&mut self) -> &'a [u8] {
        let rest = self.all.get(self.at..).unwrap_or_default();
        let length =
            rest.iter().position(|byte| is_space(*byte) || is_delimiter(*byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn name(&mut self) -> Token<'a> {
        self.at += 1;
        let run = self.run();
        if !run.contains(&b'#') {
            return Token::Name(Cow::Borrowed(run));
        }
        Token::Name(Cow::Owned(unescape_name(run)))
    }

    fn regular(&mut self) -> Token<'a> {
        let run = self.run();
        let number = std::str::from_utf8(run).ok().and_then(|text| text.parse().ok());
        number.map_or(Token::Keyword(run), Token::Integer)
    }

    fn literal(&mut self) -> Result<Token<'a>, Broken> {
        let start = self.at + 1;
        let mut depth = 0_u32;
        loop {
            match self.peek().ok_or(Broken)? {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return self.all.get(start..self.at - 1).map(Token::Literal).ok_or(Broken);
            }
        }
    }

    fn hexadecimal(&mut self) -> Result<Token<'a>, Broken> {
        let rest = self.all.get(self.at + 1..).ok_or(Broken)?;
        let is_inside = |byte: &u8| byte.is_ascii_hexdigit() || is_space(*byte);
        let length = rest.iter().position(|byte| !is_inside(byte)).ok_or(Broken)?;
        self.at += length + 2;
        // Readers differ on where a string with other characters ends.
        match rest.split_at_checked(length) {
            Some((inside, [b'>', ..])) => Ok(Token::Hexadecimal(inside)),
            _ => Err(Broken),
        }
    }
}

pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

pub(crate) const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn unescape_name(raw: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((first, behind)) = rest.split_first() {
        let escaped = match (first, behind) {
            (b'#', [high, low, ..]) => nibble(*high).zip(nibble(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        name.push(escaped.unwrap_or(*first));
        rest = behind.get(if escaped.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    name
}

/// What a string says: escapes resolved, hexadecimal digits read, a UTF-16 text cut down to its low bytes.
pub(crate) fn text(token: &Token<'_>) -> Vec<u8> {
    let bytes = match token {
        Token::Literal(raw) => unescape_literal(raw),
        Token::Hexadecimal(raw) => {
            let digits: Vec<_> = raw.iter().filter_map(|byte| nibble(*byte)).collect();
            digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, digit| sum << 4 | digit)).collect()
        }
        _ => Vec::new(),
    };
    bytes.into_iter().filter(|byte| !matches!(byte, 0 | 0xfe | 0xff)).collect()
}

fn unescape_literal(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        let escaped = if byte == b'\\' { rest.next() } else { None };
        match escaped {
            None => text.push(byte),
            Some(digit @ b'0'..=b'7') => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    let Some(next) = rest.next_if(|next| matches!(next, b'0'..=b'7')) else { break };
                    value = value * 8 + u32::from(next - b'0');
                }
                text.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            Some(b'n' | b'r' | b't' | b'b' | b'f' | b'\r' | b'\n') => {}
            Some(other) => text.push(other),
        }
    }
    text
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &[u8]) -> Result<Vec<Token<'_>>, Broken> {
        let mut lexer = Lexer::new(text, 0);
        std::iter::from_fn(|| lexer.next().transpose()).collect()
    }

    fn name(text: &[u8]) -> Token<'_> {
        Token::Name(Cow::Borrowed(text))
    }

    #[test]
    fn names_are_read_through_their_escapes() {
        let wanted = [name(b"JavaScript"), name(b"JS"), name(b"A#"), name(b"A#0")];
        assert_eq!(tokens(b"/J#61vaScript/#4a#53 /A# /A#0").unwrap(), wanted);
    }

    #[test]
    fn strings_and_comments_hold_no_names() {
        let wanted = [Token::Literal(b"/JS \\) (/AA)"), Token::Hexadecimal(b"2f 4A"), Token::Integer(-3)];
        assert_eq!(tokens(b"(/JS \\) (/AA)) % /Launch\r<2f 4A> -3").unwrap(), wanted);
    }

    #[test]
    fn what_readers_disagree_on_is_broken() {
        for text in [b"(open".as_slice(), b"<41 /JS>", b")", "> ".as_bytes(), b"<4"] {
            assert_eq!(tokens(text), Err(Broken), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn text_is_what_a_reader_would_see() {
        assert_eq!(text(&Token::Literal(b"java\\163cript\\:")), b"javascript:");
        assert_eq!(text(&Token::Hexadecimal(b"FEFF006a00 61")), b"ja");
    }
}
