//! DOCX: refuses what is no Word document, what is active, and containers that are traps.
//!
//! Everything wrong with the container or in it is `ArchiveRejected`, macros and links out of it included; only a
//! file that is no container, or holds no Word document, is `KindMismatch`, and one with a password `Encrypted`.

mod container;
mod fields;
mod relationships;
mod xml;

use std::collections::{HashMap, HashSet};

use threadwell_domain::attachment::ContentRefusal;

use crate::bytes::{Bytes, find};
use container::Entry;
use xml::Met;

const CONTAINER: &[u8] = b"PK\x03\x04";
/// The old container of Microsoft's, which now holds macros, embedded objects and encrypted documents.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// Parts of a content type that make a document active.
const ACTIVE_TYPES: [&str; 5] = ["macroenabled", "vbaproject", "activex", "oleobject", "controlproperties"];
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
        [main] => package.types.get(&main.target.to_lowercase()).is_some_and(|kind| kind == MAIN),
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
    /// The content types of the parts that are there, under their names in lower case.
    types: HashMap<String, String>,
}

/// Looks into every entry. `budget` is what all of them, nested ones too, may still expand to.
fn package(bytes: &[u8], depth: usize, budget: &mut usize) -> Result<Package, ContentRefusal> {
    let mut package = Package::default();
    let mut declared = HashMap::new();
    let mut read = HashSet::new();
    let entries = container::entries(bytes)?;
    for entry in &entries {
        *budget = budget.checked_sub(entry.size).ok_or(ContentRefusal::ArchiveRejected)?;
        let content = entry.content()?;
        check_nature(&content, depth, budget)?;
        let name = entry.name.to_lowercase();
        if entry.name == "[Content_Types].xml" {
            declared = content_types(&content)?;
        } else if name.ends_with(".rels") {
            let inner = relationships::read(&entry.name, &content)?;
            if entry.name == "_rels/.rels" {
                package.roots = inner;
            }
        } else if is_xml(&name, &content) {
            fields::check(&content)?;
            read.insert(name);
        } else if is_active_name(&name) || name == "[content_types].xml" {
            return Err(ContentRefusal::ArchiveRejected);
        }
    }
    declared.retain(|name, _| is_there(&entries, name));
    // Word takes for text what is declared as such, in whatever encoding.
    let is_text = |kind: &str| {
        kind.split(';').next().is_some_and(|kind| kind.trim().to_ascii_lowercase().ends_with("xml"))
    };
    let is_unread = |(name, kind): (&String, &String)| is_text(kind) && !read.contains(name);
    if declared.iter().filter(|(name, _)| !name.ends_with(".rels")).any(is_unread) {
        return Err(ContentRefusal::ArchiveRejected);
    }
    package.types = declared;
    Ok(package)
}

fn is_there(entries: &[Entry<'_>], name: &str) -> bool {
    entries.iter().any(|entry| entry.name.to_lowercase() == name)
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

/// By the name or by the first bytes: a declared type makes XML of any part.
fn is_xml(name: &str, content: &[u8]) -> bool {
    let bare = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content).trim_ascii_start();
    let is_wide = content.starts_with(&[0xff, 0xfe, b'<', 0]) || content.starts_with(&[0xfe, 0xff, 0, b'<']);
    name.ends_with(".xml") || name.ends_with(".vml") || bare.starts_with(b"<") || is_wide
}

fn is_active_name(name: &str) -> bool {
    name.contains("vbaproject") || name.contains("/activex/") || name.contains("oleobject")
}

/// The types of parts that are declared one by one; refuses every active type, declared for whatever.
fn content_types(part: &[u8]) -> Result<HashMap<String, String>, ContentRefusal> {
    let mut types = HashMap::new();
    xml::walk(part, |met| {
        let Met::Element { attributes, .. } = met else { return Ok(()) };
        let attributes = attributes.read_plain()?;
        let value = |wanted: &str| attributes.iter().find(|attribute| attribute.name == wanted);
        let Some(kind) = value("ContentType") else { return Ok(()) };
        let lower = kind.value.to_ascii_lowercase();
        if ACTIVE_TYPES.iter().any(|active| lower.contains(active)) {
            return Err(ContentRefusal::ArchiveRejected);
        }
        if let Some(name) = value("PartName") {
            types.insert(name.value.trim_start_matches('/').to_lowercase(), kind.value.clone());
        }
        Ok(())
    })?;
    Ok(types)
}
