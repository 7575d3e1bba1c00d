//! DOCX: refuses what is no Word document, what is active, and containers that are traps.
//!
//! Everything wrong with the container or in it is `ArchiveRejected`, macros and links out of it included; only a
//! file that is no container, or holds no Word document, is `KindMismatch`, and one with a password `Encrypted`.

mod container;
mod fields;
mod instruction;
mod relationships;
mod types;
mod xml;

use std::collections::HashSet;

use threadwell_domain::attachment::ContentRefusal;

use crate::bytes::{Bytes, find};
use types::Types;

const CONTAINER: &[u8] = b"PK\x03\x04";
/// The old container of Microsoft's, which now holds macros, embedded objects and encrypted documents.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// An archive in the document (the table behind a chart) may hold no archive itself.
const MOST_NESTING: usize = 1;

/// Refuses what may not be kept.
pub(crate) fn inspect(bytes: &[u8]) -> Result<(), ContentRefusal> {
    if bytes.starts_with(COMPOUND) && find(bytes, &in_utf16("EncryptedPackage"), 0).is_some() {
        return Err(ContentRefusal::Encrypted);
    }
    if !bytes.starts_with(CONTAINER) {
        return Err(ContentRefusal::KindMismatch);
    }
    let mut budget = container::MOST_EXPANDED;
    let package = package(bytes, 0, &mut budget)?;
    let main: Vec<_> = package.roots.iter().filter(|root| root.kind == "officedocument").collect();
    let is_word = match main.as_slice() {
        [main] => {
            let name = main.target.to_lowercase();
            package.names.contains(&name) && package.types.of(&name) == Some(MAIN)
        }
        _ => false,
    };
    if is_word { Ok(()) } else { Err(ContentRefusal::KindMismatch) }
}

fn in_utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// What a container says of itself.
#[derive(Default)]
struct Package {
    roots: Vec<relationships::Inner>,
    types: Types,
    /// The names of all parts in lower case.
    names: HashSet<String>,
}

/// Looks into every entry. `budget` is what all of them, nested ones too, may still expand to.
fn package(bytes: &[u8], depth: usize, budget: &mut usize) -> Result<Package, ContentRefusal> {
    let mut package = Package::default();
    let mut read = HashSet::new();
    for entry in container::entries(bytes)? {
        *budget = budget.checked_sub(entry.size).ok_or(ContentRefusal::ArchiveRejected)?;
        let content = entry.content()?;
        check_nature(&content, depth, budget)?;
        let name = entry.name.to_lowercase();
        if package.read(&entry.name, &content)? {
            read.insert(name.clone());
        } else if is_active_name(&name) {
            return Err(ContentRefusal::ArchiveRejected);
        }
        package.names.insert(name);
    }
    // Word takes for text what is declared as such, in whatever encoding.
    let is_unread = |name: &String| package.types.make_xml_of(name) && !read.contains(name);
    if package.names.iter().any(is_unread) {
        return Err(ContentRefusal::ArchiveRejected);
    }
    Ok(package)
}

impl Package {
    /// Reads a part if it is text; false if it is not.
    fn read(&mut self, name: &str, content: &[u8]) -> Result<bool, ContentRefusal> {
        let lower = name.to_lowercase();
        let is_text = [".rels", ".xml", ".vml"].iter().any(|end| lower.ends_with(end));
        if !is_text && !looks_like_xml(content) {
            return Ok(false);
        }
        // Whatever its name is: it may be declared as text for all that.
        fields::check(content)?;
        if name == "[Content_Types].xml" {
            self.types = Types::read(content)?;
        } else if lower.ends_with(".rels") {
            let inner = relationships::read(name, content)?;
            if name == "_rels/.rels" {
                self.roots = inner;
            }
        }
        Ok(true)
    }
}

/// Refuses by the first bytes, whatever the name says.
fn check_nature(content: &[u8], depth: usize, budget: &mut usize) -> Result<(), ContentRefusal> {
    if content.starts_with(COMPOUND) || is_program(content) {
        return Err(ContentRefusal::ArchiveRejected);
    }
    if content.starts_with(CONTAINER) {
        if depth == MOST_NESTING {
            return Err(ContentRefusal::ArchiveRejected);
        }
        package(content, depth + 1, budget).map_err(|_| ContentRefusal::ArchiveRejected)?;
    }
    Ok(())
}

/// Whether Windows or Linux would run it. Two letters alone may be anything's.
fn is_program(content: &[u8]) -> bool {
    let place = Bytes::starting_at(content, 0x3c).u32_le().and_then(|place| usize::try_from(place).ok());
    let is_portable =
        place.and_then(|place| content.get(place..)).is_some_and(|head| head.starts_with(b"PE\0\0"));
    content.starts_with(b"\x7fELF") || content.starts_with(b"MZ") && is_portable
}

/// By the first bytes, as narrow or as wide characters: a reader may not go by the declared type.
fn looks_like_xml(content: &[u8]) -> bool {
    let is_passed =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    let mut rest = content.iter().skip_while(|byte| is_passed(byte));
    let is_open = rest.next() == Some(&b'<');
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'?' | b'!' | b'_' | b':' | 0x80..);
    is_open && rest.find(|byte| **byte != 0).is_some_and(begins)
}

fn is_active_name(name: &str) -> bool {
    name.contains("vbaproject") || name.contains("/activex/") || name.contains("oleobject")
}
