//! Writes Word documents: ordinary ones, and such as Word or an unpacker would come to harm by.

mod attacks;
mod instructions;
mod parts;

pub use attacks::attacks;
use threadwell_domain::attachment::FileKind;

use super::{
    Specimen,
    pictures::{self, Scene},
    zip::{Entry, archive},
};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// The parts of a document, to add to and to spoil.
#[derive(Clone, Debug)]
pub struct Docx(pub Vec<Entry>);

impl Docx {
    /// A document of a paragraph with a link and a page number.
    pub fn new() -> Self {
        let body = "<w:p><w:r><w:t>Dear doctor &amp; team</w:t></w:r></w:p>";
        let body = format!("{body}{}", instructions::field(&instructions::piece(" PAGE ")));
        let links = relationships(&[
            ("styles", "styles.xml", ""),
            ("hyperlink", "https://example.org/a?b=c", "External"),
            ("hyperlink", "mailto:practice@example.org", "External"),
        ]);
        Self(vec![
            Entry::deflated("[Content_Types].xml", types(MAIN, "").as_bytes()),
            Entry::deflated(
                "_rels/.rels",
                relationships(&[("officeDocument", "word/document.xml", "")]).as_bytes(),
            ),
            Entry::deflated("word/document.xml", document(&body).as_bytes()),
            Entry::deflated("word/_rels/document.xml.rels", links.as_bytes()),
            Entry::deflated("word/styles.xml", format!("<w:styles {WORD}/>").as_bytes()),
        ])
    }

    /// Adds a part.
    pub fn with(mut self, entry: Entry) -> Self {
        self.0.push(entry);
        self
    }

    /// Puts another part in place of one.
    pub fn instead(mut self, name: &str, content: &str) -> Self {
        for entry in self.0.iter_mut().filter(|entry| entry.name == name) {
            *entry = Entry::deflated(name, content.as_bytes());
        }
        self
    }

    /// Writes the container.
    pub fn finish(&self) -> Vec<u8> {
        archive(&self.0)
    }
}

impl Default for Docx {
    fn default() -> Self {
        Self::new()
    }
}

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document {WORD}><w:body>{body}</w:body></w:document>"
    )
}

fn types(main: &str, more: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/>{more}</Types>"
    )
}

/// A part of relationships: type, target, mode.
fn relationships(all: &[(&str, &str, &str)]) -> String {
    let mut part = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">".to_owned();
    for (number, (kind, target, mode)) in all.iter().enumerate() {
        let mode = if mode.is_empty() { String::new() } else { format!(" TargetMode=\"{mode}\"") };
        part.push_str(&format!(
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"{mode}/>"
        ));
    }
    part + "</Relationships>"
}

/// The smallest document.
pub fn minimal() -> Vec<u8> {
    Docx::new().finish()
}

/// The table behind a chart.
fn chart() -> Vec<u8> {
    let table = Entry::deflated("xl/workbook.xml", b"<workbook/>");
    archive(&[Entry::deflated("[Content_Types].xml", b"<Types/>"), table])
}

/// Documents that patients send.
pub fn ordinary() -> Vec<Specimen> {
    let picture = pictures::png(&Scene::new(80, 60, 2), false, &[]);
    let mut streamed = Docx::new();
    for entry in &mut streamed.0 {
        entry.sizes_behind = true;
        entry.flags = 0x0800;
    }
    let mut folders = Docx::new();
    folders.0.insert(0, Entry { mode: 0o040_755, ..Entry::stored("word/", b"") });
    // Word leaves room behind the first name for a longer list.
    let hint = [&[0x20, 0xa2, 0x20, 0][..], &[0; 32]].concat();
    let mut roomy = Docx::new();
    roomy.0[0].extra = hint;
    let paragraphs =
        document(&"<w:p><w:r><w:t>The rash came back on Monday.</w:t></w:r></w:p>".repeat(20_000));
    let files = [
        ("minimal", Docx::new()),
        ("with a picture", Docx::new().with(Entry::stored("word/media/image1.png", &picture))),
        (
            "with a chart",
            Docx::new().with(Entry::stored("word/embeddings/Microsoft_Excel_Sheet.xlsx", &chart())),
        ),
        ("written as a stream", streamed),
        ("with folders", folders),
        ("with room", roomy),
        ("with fields", Docx::new().instead("word/document.xml", &document(&instructions::ordinary()))),
        ("long", Docx::new().instead("word/document.xml", &paragraphs)),
    ];
    files
        .map(|(name, docx)| Specimen::accepted(format!("DOCX, {name}"), FileKind::Docx, docx.finish()))
        .into()
}
