//! Puts tokens together to the values of PDF.

use std::borrow::Cow;

use super::lexer::{Broken, Lexer, Token, text};

/// Deeper than any writer nests.
const MOST_DEPTH: usize = 64;
/// More than any one object holds.
const MOST_VALUES: usize = 1_000_000;

/// A name, as bytes: escapes are resolved.
pub(crate) type Name<'a> = Cow<'a, [u8]>;

/// A value. What decides nothing is `Other`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Value<'a> {
    Name(Name<'a>),
    Text(Vec<u8>),
    Integer(i64),
    /// The number of another object.
    Reference(i64),
    Array(Vec<Value<'a>>),
    Dictionary(Dictionary<'a>),
    Other,
}

/// Entries as they stand; a key may come twice, and readers differ on which counts.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Dictionary<'a>(pub(crate) Vec<(Name<'a>, Value<'a>)>);

impl<'a> Dictionary<'a> {
    /// The values under a key.
    pub(crate) fn all(&self, key: &[u8]) -> impl Iterator<Item = &Value<'a>> {
        self.0.iter().filter(move |(name, _)| name.as_ref() == key).map(|(_, value)| value)
    }

    /// The only value under a key; one that is there twice is nothing that can be relied on.
    pub(crate) fn only(&self, key: &[u8]) -> Option<&Value<'a>> {
        let mut values = self.all(key);
        let first = values.next()?;
        values.next().is_none().then_some(first)
    }

    pub(crate) fn has(&self, key: &[u8]) -> bool {
        self.all(key).next().is_some()
    }

    pub(crate) fn is_named(&self, key: &[u8], wanted: &[u8]) -> bool {
        self.all(key).any(|value| matches!(value, Value::Name(name) if name.as_ref() == wanted))
    }

    pub(crate) fn integer(&self, key: &[u8]) -> Option<usize> {
        match self.only(key)? {
            Value::Integer(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }
}

struct Open<'a> {
    is_dictionary: bool,
    items: Vec<Value<'a>>,
}

/// Reads one value; a token that begins none is `Other`.
pub(crate) fn read<'a>(lexer: &mut Lexer<'a>) -> Result<Value<'a>, Broken> {
    let mut open: Vec<Open<'a>> = Vec::new();
    let mut count = 0;
    loop {
        let token = lexer.next()?.ok_or(Broken)?;
        count += 1;
        if count > MOST_VALUES || open.len() > MOST_DEPTH {
            return Err(Broken);
        }
        let value = match token {
            Token::DictionaryOpen | Token::ArrayOpen => {
                open.push(Open { is_dictionary: token == Token::DictionaryOpen, items: Vec::new() });
                continue;
            }
            Token::DictionaryClose | Token::ArrayClose => {
                let closed = open.pop().ok_or(Broken)?;
                close(closed, token == Token::DictionaryClose)?
            }
            Token::Integer(number) if open.is_empty() => return Ok(number_or_reference(lexer, number)),
            Token::Keyword(b"R") if open.last_mut().is_some_and(refer) => continue,
            // An object's end inside an array or a dictionary: it was never closed.
            Token::Keyword(b"endobj" | b"stream" | b"obj") if !open.is_empty() => return Err(Broken),
            other => simple(other),
        };
        match open.last_mut() {
            None => return Ok(value),
            Some(outer) => outer.items.push(value),
        }
    }
}

fn simple(token: Token<'_>) -> Value<'_> {
    match token {
        Token::Name(name) => Value::Name(name),
        Token::Integer(number) => Value::Integer(number),
        Token::Literal(_) | Token::Hexadecimal(_) => Value::Text(text(&token)),
        _ => Value::Other,
    }
}

/// Outside of anything, two numbers and `R` are a reference too.
fn number_or_reference<'a>(lexer: &mut Lexer<'a>, number: i64) -> Value<'a> {
    let mut ahead = *lexer;
    if let (Ok(Some(Token::Integer(_))), Ok(Some(Token::Keyword(b"R")))) = (ahead.next(), ahead.next()) {
        *lexer = ahead;
        return Value::Reference(number);
    }
    Value::Integer(number)
}

/// Makes the two numbers before `R` a reference.
fn refer(outer: &mut Open<'_>) -> bool {
    let [.., Value::Integer(number), Value::Integer(_)] = outer.items.as_slice() else { return false };
    let reference = Value::Reference(*number);
    outer.items.pop();
    outer.items.pop();
    outer.items.push(reference);
    true
}

fn close(closed: Open<'_>, is_dictionary: bool) -> Result<Value<'_>, Broken> {
    if closed.is_dictionary != is_dictionary {
        return Err(Broken);
    }
    if !is_dictionary {
        return Ok(Value::Array(closed.items));
    }
    let mut dictionary = Dictionary::default();
    let mut items = closed.items.into_iter();
    while let Some(item) = items.next() {
        let Value::Name(key) = item else { return Err(Broken) };
        dictionary.0.push((key, items.next().unwrap_or(Value::Other)));
    }
    Ok(Value::Dictionary(dictionary))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &[u8]) -> Result<Value<'_>, Broken> {
        read(&mut Lexer::new(text, 0))
    }

    #[test]
    fn values_nest() {
        let Ok(Value::Dictionary(dictionary)) = value(b"<< /A [1 2 R 3 0 R true] /B << /C (x) >> /B 7 >>")
        else {
            panic!()
        };
        let wanted = [Value::Reference(1), Value::Reference(3), Value::Other];
        assert_eq!(dictionary.only(b"A"), Some(&Value::Array(wanted.to_vec())));
        assert_eq!((dictionary.only(b"B"), dictionary.all(b"B").count()), (None, 2));
    }

    #[test]
    fn what_is_not_closed_is_broken() {
        for text in [b"<< /A 1 ]".as_slice(), b"[ 1 >>", b"<< /A [ endobj", b"]", b"<< 1 /A >>", b""] {
            assert_eq!(value(text), Err(Broken), "{}", text.escape_ascii());
        }
        assert_eq!(value(&[b'['; 100_000]), Err(Broken));
    }
}
