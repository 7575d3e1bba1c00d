//! Reads objects wherever they may lie, under limits.

use threadwell_domain::attachment::ContentRefusal;

use super::{
    filters::{filters, is_flate, weigh},
    findings::Findings,
    lexer::{Lexer, Token},
    value::{self, Dictionary, Value},
};
use crate::{
    bytes::find,
    inflate::{self, Trouble, Wrapping},
};

/// The most objects of a file.
const MOST_OBJECTS: usize = 100_000;
/// The most bytes that are read as syntax, some of them several times.
const MOST_READ: usize = 256 * 1024 * 1024;
/// The most that all streams of a file may inflate to.
const MOST_INFLATED: u64 = 256 * 1024 * 1024;
/// The most that one stream of objects may inflate to.
const MOST_PACKED: usize = 64 * 1024 * 1024;

/// A file while it is being read.
#[derive(Debug)]
pub(crate) struct Scan<'a> {
    pub(crate) file: &'a [u8],
    pub(crate) findings: Findings,
    packed: Vec<Packed<'a>>,
    objects: usize,
    read: usize,
    inflated: u64,
}

/// A stream of objects, to be opened when it is known that the file is not encrypted.
#[derive(Debug)]
struct Packed<'a> {
    dictionary: Dictionary<'a>,
    data: &'a [u8],
}

/// What was read of one object.
#[derive(Debug)]
pub(crate) struct Read<'a> {
    pub(crate) value: Value<'a>,
    pub(crate) end: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(file: &'a [u8]) -> Self {
        Self { file, findings: Findings::default(), packed: Vec::new(), objects: 0, read: 0, inflated: 0 }
    }

    /// Reads the object that begins here, behind `obj`, with its stream.
    pub(crate) fn object(&mut self, at: usize, number: Option<i64>) -> Result<Read<'a>, ContentRefusal> {
        self.count(1)?;
        let mut lexer = Lexer::new(self.file, at);
        let value = self.value(&mut lexer)?;
        self.findings.remember(number, &value);
        let end = match &value {
            Value::Dictionary(dictionary) => self.stream(dictionary, &mut lexer, true)?,
            _ => lexer.position(),
        };
        Ok(Read { value, end })
    }

    /// Reads what may be an object or a trailer where none should be: inside a stream, a string or a comment. A reader
    /// that goes by offsets, or repairs a file, finds it there. `is_any` is whether every value counts: a name alone may
    /// be what another object refers to.
    pub(crate) fn hidden(
        &mut self,
        at: usize,
        number: Option<i64>,
        is_any: bool,
    ) -> Result<(), ContentRefusal> {
        let mut lexer = Lexer::new(self.file, at);
        while lexer.pass_space() && lexer.comment().is_some() {}
        self.spend(lexer.position() - at)?;
        let is_value = match self.file.get(lexer.position()..).unwrap_or_default() {
            [b'<', b'<', ..] | [b'[', ..] => true,
            [b'<' | b'(' | b'/' | b'+' | b'-' | b'.' | b'0'..=b'9', ..] => is_any,
            _ => false,
        };
        if !is_value {
            return Ok(());
        }
        let value = self.value(&mut lexer)?;
        self.findings.remember(number, &value);
        if let Value::Dictionary(dictionary) = &value {
            self.stream(dictionary, &mut lexer, false)?;
        }
        Ok(())
    }

    /// Reads one value and looks at it.
    pub(crate) fn value<'b>(&mut self, lexer: &mut Lexer<'b>) -> Result<Value<'b>, ContentRefusal> {
        let start = lexer.position();
        let value = value::read(lexer);
        self.spend(lexer.position() - start)?;
        let value = value.map_err(|_| ContentRefusal::ArchiveRejected)?;
        self.findings.look(&value);
        Ok(value)
    }

    fn count(&mut self, objects: usize) -> Result<(), ContentRefusal> {
        self.objects = self.objects.saturating_add(objects);
        if self.objects > MOST_OBJECTS { Err(ContentRefusal::ArchiveRejected) } else { Ok(()) }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), ContentRefusal> {
        self.read = self.read.saturating_add(bytes);
        if self.read > MOST_READ { Err(ContentRefusal::ArchiveRejected) } else { Ok(()) }
    }

    /// Passes over the stream that may follow a dictionary; gives where syntax goes on.
    fn stream(
        &mut self,
        dictionary: &Dictionary<'a>,
        lexer: &mut Lexer<'a>,
        is_expected: bool,
    ) -> Result<usize, ContentRefusal> {
        let behind = lexer.position();
        if !matches!(lexer.next(), Ok(Some(Token::Keyword(b"stream")))) {
            return Ok(behind);
        }
        let start = lexer.position() + line_end(self.file.get(lexer.position()..).unwrap_or_default());
        let stated = stated_end(self.file, start, dictionary);
        let end = match stated {
            Some(end) => end,
            None if is_expected => {
                find(self.file, b"endstream", start).ok_or(ContentRefusal::ArchiveRejected)?
            }
            None => find(self.file, b"endstream", start).unwrap_or(self.file.len()),
        };
        self.spend(end - start)?;
        let data = self.file.get(start..end).unwrap_or_default();
        // A length that stands elsewhere may go beyond the first `endstream`; packed data says where it ends.
        let longest = self.file.get(start..stated.unwrap_or(self.file.len())).unwrap_or_default();
        self.take_in(dictionary, data, longest)?;
        Ok(end)
    }

    fn take_in(
        &mut self,
        dictionary: &Dictionary<'a>,
        data: &'a [u8],
        longest: &[u8],
    ) -> Result<(), ContentRefusal> {
        // Data that lies in another file.
        self.findings.is_active |= dictionary.has(b"F") || dictionary.has(b"FFilter");
        if dictionary.has(b"First") || dictionary.is_named(b"Type", b"ObjStm") {
            self.packed.push(Packed { dictionary: dictionary.clone(), data });
            return Ok(());
        }
        self.weigh(dictionary, longest)
    }

    /// Counts what a stream comes to in a reader.
    fn weigh(&mut self, dictionary: &Dictionary<'_>, data: &[u8]) -> Result<(), ContentRefusal> {
        let filters = filters(dictionary).ok_or(ContentRefusal::ArchiveRejected)?;
        let weight = weigh(&filters, data, MOST_INFLATED - self.inflated);
        let weight = weight.ok_or(ContentRefusal::ArchiveRejected)?;
        self.inflated += weight.size;
        self.spend(weight.read)
    }

    /// Opens every stream of objects and reads what is in it.
    pub(crate) fn unpack(&mut self) -> Result<(), ContentRefusal> {
        for packed in std::mem::take(&mut self.packed) {
            let is_clear = [b"Filter".as_slice(), b"First", b"N", b"Length", b"DecodeParms", b"Type"]
                .iter()
                .all(|key| packed.dictionary.all(key).count() <= 1);
            let content = self.content(&packed).filter(|_| is_clear);
            let content = content.ok_or(ContentRefusal::ArchiveRejected)?;
            self.packed_objects(&packed.dictionary, &content)?;
        }
        Ok(())
    }

    /// The content of a stream of objects, if it is stored as writers store it.
    fn content(&mut self, packed: &Packed<'_>) -> Option<Vec<u8>> {
        let parameters = packed.dictionary.only(b"DecodeParms");
        let is_plain = match parameters {
            None | Some(Value::Other) => true,
            Some(Value::Dictionary(parameters)) => {
                !parameters.has(b"Predictor") || parameters.integer(b"Predictor") == Some(1)
            }
            Some(_) => false,
        };
        if !is_plain || packed.dictionary.has(b"DP") {
            return None;
        }
        match filters(&packed.dictionary)?.as_slice() {
            [] => (packed.dictionary.integer(b"Length") == Some(packed.data.len()))
                .then(|| packed.data.to_vec()),
            [name] if is_flate(name) => {
                let room = usize::try_from(MOST_INFLATED - self.inflated).ok()?.min(MOST_PACKED);
                let inflated: Result<_, Trouble> = inflate::inflate(packed.data, Wrapping::Zlib, room);
                let content = inflated.ok()?.bytes;
                self.inflated += u64::try_from(content.len()).ok()?;
                Some(content)
            }
            _ => None,
        }
    }

    /// Reads the objects twice: one behind the other, and from where the index says that each begins.
    fn packed_objects(&mut self, dictionary: &Dictionary<'_>, content: &[u8]) -> Result<(), ContentRefusal> {
        let (Some(count), Some(first)) = (dictionary.integer(b"N"), dictionary.integer(b"First")) else {
            return Err(ContentRefusal::ArchiveRejected);
        };
        self.count(count)?;
        let mut lexer = Lexer::new(content, 0);
        while lexer.pass_space() {
            self.value(&mut lexer)?;
        }
        let mut index = Lexer::new(content, 0);
        for _ in 0..count {
            let (Ok(Some(Token::Integer(number))), Ok(Some(Token::Integer(offset)))) =
                (index.next(), index.next())
            else {
                return Err(ContentRefusal::ArchiveRejected);
            };
            let offset = usize::try_from(offset).unwrap_or(usize::MAX);
            let value = self.value(&mut Lexer::new(content, first.saturating_add(offset)))?;
            self.findings.remember(Some(number), &value);
        }
        Ok(())
    }
}

/// The length of the line end that separates `stream` from its data.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Where the dictionary says that the data ends, if `endstream` follows there.
fn stated_end(file: &[u8], start: usize, dictionary: &Dictionary<'_>) -> Option<usize> {
    let end = start.checked_add(dictionary.integer(b"Length")?)?;
    let mut lexer = Lexer::new(file, end.min(file.len()));
    lexer.pass_space();
    file.get(lexer.position()..)?.starts_with(b"endstream").then_some(end)
}
