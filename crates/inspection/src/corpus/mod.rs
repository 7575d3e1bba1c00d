//! Files to attack with, and ordinary ones that must pass: all made by code, the same each time.
//!
//! For this crate's tests and for those that upload over HTTP. To add an attack, add a specimen to the list where it
//! belongs: every test goes over whole lists.

mod bombs;
mod confusion;
pub mod docx;
mod foreign;
pub mod pdf;
pub mod photos;
pub mod pictures;
pub mod zip;

pub use bombs::bombs;
pub use confusion::{confused, polyglots};
use threadwell_domain::attachment::{ContentRefusal, FileKind};

/// A file with what must become of it.
#[derive(Clone, Debug)]
pub struct Specimen {
    /// What it is, for the message of a failing test.
    pub name: String,
    /// As what it is uploaded.
    pub kind: FileKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What must become of it.
    pub fate: Fate,
    /// Bytes that may not be in a picture that is kept.
    pub payload: Option<Vec<u8>>,
}

/// What must become of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It passes.
    Accepted,
    /// It is refused for this reason.
    Refused(ContentRefusal),
    /// Either is safe: it passes, and what is kept is clean, or it is refused for this reason.
    Either(ContentRefusal),
}

impl Specimen {
    /// A file that must pass.
    pub fn accepted(name: impl Into<String>, kind: FileKind, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), kind, bytes, fate: Fate::Accepted, payload: None }
    }

    /// A file that must be refused.
    pub fn refused(name: impl Into<String>, kind: FileKind, bytes: Vec<u8>, why: ContentRefusal) -> Self {
        Self { name: name.into(), kind, bytes, fate: Fate::Refused(why), payload: None }
    }

    /// The name that it is uploaded under.
    pub fn file_name(&self) -> String {
        let plain: String =
            self.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        format!("{plain}.{}", self.kind.extensions()[0])
    }
}

/// Ordinary files of every kind, all of which must pass.
pub fn ordinary() -> Vec<Specimen> {
    let photos =
        photos::photos().into_iter().map(|photo| Specimen::accepted(photo.name, photo.kind, photo.bytes));
    let gif = Specimen::accepted("gif of three frames", FileKind::Gif, pictures::gif(40, 30, 3));
    photos.chain([gif]).chain(pdf::ordinary()).chain(docx::ordinary()).collect()
}
