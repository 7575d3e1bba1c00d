//! Walks XML without ever expanding anything, and refuses whatever could be expanded.

use quick_xml::{
    events::{BytesStart, Event},
    name::{QName, ResolveResult},
    reader::NsReader,
};
use threadwell_domain::attachment::ContentRefusal;

use crate::bytes::find;

/// Deeper than any writer nests.
const MOST_DEPTH: usize = 500;

/// An attribute by its local name, with its value as a reader would see it.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// What a walk meets.
#[derive(Debug)]
pub(crate) enum Met<'a> {
    /// An element by its local name.
    Element { name: &'a str, namespace: Option<&'a str>, attributes: Attributes<'a>, is_empty: bool },
    /// The end of an element that had a beginning of its own.
    End,
    /// Text, references resolved.
    Text(&'a str),
}

/// The attributes of an element, read when they are asked for.
#[derive(Debug)]
pub(crate) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// All but declarations of namespaces: `xmlns:Target` is no target.
    pub(crate) fn read(&self) -> Result<Vec<Attribute>, ContentRefusal> {
        self.each(|_| true)
    }

    /// The same where no attribute has a prefix: one with another's local name could be taken for it.
    pub(crate) fn read_plain(&self) -> Result<Vec<Attribute>, ContentRefusal> {
        self.each(|name| name.prefix().is_none())
    }

    fn each(&self, is_expected: impl Fn(QName<'_>) -> bool) -> Result<Vec<Attribute>, ContentRefusal> {
        let attributes = self.0.attributes().filter_map(|attribute| {
            // Of the same attribute twice, the second is an error here.
            let Ok(attribute) = attribute else { return Some(None) };
            let is_declaration = attribute.key.as_namespace_binding().is_some();
            (!is_declaration).then(|| value(&attribute).filter(|_| is_expected(attribute.key)))
        });
        attributes.collect::<Option<_>>().ok_or(ContentRefusal::ArchiveRejected)
    }
}

fn value(attribute: &quick_xml::events::attributes::Attribute<'_>) -> Option<Attribute> {
    let name = str::from_utf8(attribute.key.local_name().into_inner()).ok()?.to_owned();
    let raw = str::from_utf8(&attribute.value).ok()?;
    let value = quick_xml::escape::unescape(raw).ok()?.into_owned();
    Some(Attribute { name, value })
}

/// Reads a part to its end and shows every element and text of it.
///
/// # Errors
/// It is not well-formed, not UTF-8 (wide characters without a mark read as UTF-8 with NULs), or has a document type, by
/// which entities and other files come in.
pub(crate) fn walk(
    part: &[u8],
    mut meet: impl FnMut(Met<'_>) -> Result<(), ContentRefusal>,
) -> Result<(), ContentRefusal> {
    let text = str::from_utf8(part).map_err(|_| ContentRefusal::ArchiveRejected)?;
    let has_declarations =
        [b"<!DOCTYPE".as_slice(), b"<!ENTITY"].iter().any(|word| find(part, word, 0).is_some());
    if has_declarations || part.contains(&0) {
        return Err(ContentRefusal::ArchiveRejected);
    }
    let mut reader = NsReader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let (mut depth, mut has_root) = (0_usize, false);
    while depth <= MOST_DEPTH {
        let event = reader.read_event().map_err(|_| ContentRefusal::ArchiveRejected)?;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if has_root && depth == 0 => return Ok(()),
            Event::Eof => break,
            _ => {}
        }
        has_root |= matches!(event, Event::Start(_) | Event::Empty(_));
        show(&event, &reader, &mut meet)?;
    }
    Err(ContentRefusal::ArchiveRejected)
}

fn show(
    event: &Event<'_>,
    reader: &NsReader<&[u8]>,
    meet: &mut impl FnMut(Met<'_>) -> Result<(), ContentRefusal>,
) -> Result<(), ContentRefusal> {
    let refused = ContentRefusal::ArchiveRejected;
    match event {
        Event::Start(element) | Event::Empty(element) => {
            let name = str::from_utf8(element.local_name().into_inner()).map_err(|_| refused)?;
            let namespace = match reader.resolver().resolve_element(element.name()).0 {
                ResolveResult::Bound(namespace) => str::from_utf8(namespace.into_inner()).ok(),
                ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
            };
            let is_empty = matches!(event, Event::Empty(_));
            meet(Met::Element { name, namespace, attributes: Attributes(element), is_empty })
        }
        Event::End(_) => meet(Met::End),
        Event::Decl(declaration) => match declaration.encoding() {
            None => Ok(()),
            Some(Ok(name)) if is_known(&name) => Ok(()),
            Some(_) => Err(refused),
        },
        Event::Text(text) => meet(Met::Text(str::from_utf8(text).map_err(|_| refused)?)),
        Event::CData(text) => meet(Met::Text(str::from_utf8(text).map_err(|_| refused)?)),
        Event::GeneralRef(reference) => match resolve(reference) {
            Some(character) => meet(Met::Text(character.encode_utf8(&mut [0; 4]))),
            None => Err(refused),
        },
        Event::DocType(_) => Err(refused),
        Event::Comment(_) | Event::PI(_) | Event::Eof => Ok(()),
    }
}

/// The encodings in which the bytes say the same to every reader.
fn is_known(encoding: &[u8]) -> bool {
    encoding.eq_ignore_ascii_case(b"utf-8") || encoding.eq_ignore_ascii_case(b"us-ascii")
}

/// A character by number, or one of the five names that need no declaration.
fn resolve(reference: &[u8]) -> Option<char> {
    let name = str::from_utf8(reference).ok()?;
    let text = quick_xml::escape::unescape(&format!("&{name};")).ok()?.into_owned();
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(part: &str) -> Result<String, ContentRefusal> {
        let mut all = String::new();
        walk(part.as_bytes(), |met| {
            if let Met::Text(text) = met {
                all.push_str(text);
            }
            Ok(())
        })?;
        Ok(all)
    }

    #[test]
    fn text_is_read_through_references_and_sections() {
        assert_eq!(texts("<a>D&#68;<b x='1'/>&amp;<![CDATA[E]]></a>").unwrap(), "DD&E");
    }

    #[test]
    fn an_attribute_is_not_taken_for_another() {
        let names = |attributes: &str, is_plain: bool| {
            let mut names = Vec::new();
            walk(format!("<a {attributes}/>").as_bytes(), |met| {
                let Met::Element { attributes, .. } = met else { return Ok(()) };
                let read = if is_plain { attributes.read_plain()? } else { attributes.read()? };
                names.extend(read.into_iter().map(|attribute| attribute.name));
                Ok(())
            })?;
            Ok::<_, ContentRefusal>(names.join(" "))
        };
        assert_eq!(names("xmlns='u' xmlns:b='u' b='1' xmlnsc='2'", true).unwrap(), "b xmlnsc");
        assert_eq!(names("xmlns:w='u' w:b='1' b='2'", false).unwrap(), "b b");
        assert!(names("xmlns:w='u' w:b='1'", true).is_err());
        assert!(names("b='1' b='2'", false).is_err());
    }

    #[test]
    fn what_could_be_expanded_is_refused() {
        for part in [
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<a>&x;</a>",
            "<?xml version='1.0' encoding='utf-7'?><a/>",
            "<a><b></a>",
            "<a>",
            "no XML",
            "",
        ] {
            assert_eq!(texts(part), Err(ContentRefusal::ArchiveRejected), "{part}");
        }
        assert_eq!(texts(&"<a>".repeat(100_000)), Err(ContentRefusal::ArchiveRejected));
        for wide in [
            &[0xff, 0xfe, b'<', 0, b'a', 0, b'/', 0, b'>', 0][..],
            b"<\0a\0/\0>\0",
            b"\0<\0a\0/\0>",
            b"<a>\0</a>",
        ] {
            assert!(walk(wide, |_| Ok(())).is_err(), "{}", wide.escape_ascii());
        }
    }
}
