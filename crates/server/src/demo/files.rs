//! The files that the demo's people send. The photographs show nobody: they were painted by a program.

use threadwell_application::{Error, Result};
use threadwell_domain::attachment::FileName;

/// A file of a story.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct File {
    name: &'static str,
    /// What it holds.
    pub(super) bytes: &'static [u8],
}

macro_rules! file {
    ($name:literal, $path:literal) => {
        File { name: $name, bytes: include_bytes!(concat!("files/", $path)) }
    };
}

pub(super) const FOREARM_RED: File = file!("IMG_4127.jpg", "forearm-1.jpg");
pub(super) const FOREARM_PALER: File = file!("IMG_4171.jpg", "forearm-2.jpg");
pub(super) const FOREARM_HEALED: File = file!("IMG_4218.jpg", "forearm-3.jpg");
pub(super) const MOLE: File = file!("left shoulder with ruler.jpg", "mole.jpg");
pub(super) const SKIN_CARE: File = file!("Caring for irritated skin.pdf", "caring-for-irritated-skin.pdf");

impl File {
    /// Its name.
    ///
    /// # Errors
    /// It is none: a mistake in the story.
    pub(super) fn name(self) -> Result<FileName> {
        FileName::parse(self.name)
            .map_err(|refusal| Error::unavailable(format!("the demo's file {:?}: {refusal:?}", self.name)))
    }
}
