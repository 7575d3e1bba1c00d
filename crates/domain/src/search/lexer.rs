//! Cuts a query into pieces. Every text can be cut; a quotation mark that is never closed holds up to the end.

/// A piece of a query, and where it begins.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) is_excluded: bool,
    pub(super) kind: Kind,
}

/// What a piece is.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text without blanks.
    Plain(String),
    /// A text in quotation marks.
    Quoted(String),
    /// A name, a colon, and what follows at once.
    Named(String, String),
}

pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let start = text.len() - rest.len();
        let (is_excluded, body) = match rest.strip_prefix('-') {
            Some(body) if !body.starts_with(char::is_whitespace) && !body.is_empty() => (true, body),
            Some(_) | None => (false, rest),
        };
        let (kind, after) = piece(body);
        pieces.push(Piece { start, is_excluded, kind });
        rest = after.trim_start();
    }
    pieces
}

fn piece(body: &str) -> (Kind, &str) {
    if let Some(quoted) = body.strip_prefix('"') {
        let (text, after) = quoted.split_once('"').unwrap_or((quoted, ""));
        return (Kind::Quoted(text.to_owned()), after);
    }
    if let Some((name, value)) = name_of(body) {
        if let Some(quoted) = value.strip_prefix('"') {
            let (text, after) = quoted.split_once('"').unwrap_or((quoted, ""));
            return (Kind::Named(name.to_owned(), text.to_owned()), after);
        }
        let (value, after) = split_plain(value);
        return (Kind::Named(name.to_owned(), value.to_owned()), after);
    }
    let (plain, after) = split_plain(body);
    (Kind::Plain(plain.to_owned()), after)
}

/// A name is of letters alone, so that a time of day or an address of the web is none.
fn name_of(body: &str) -> Option<(&str, &str)> {
    let (name, value) = body.split_once(':')?;
    let is_name = !name.is_empty() && name.len() <= 16 && name.bytes().all(|b| b.is_ascii_alphabetic());
    (is_name && !value.starts_with('/')).then_some((name, value))
}

/// Up to the next blank or quotation mark.
fn split_plain(body: &str) -> (&str, &str) {
    let end = body.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(body.len());
    body.split_at_checked(end).unwrap_or((body, ""))
}
