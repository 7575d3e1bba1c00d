//! PDF: refuses what does anything but show pages, and what cannot be understood.
//!
//! Readers disagree on what is in a PDF: some go by offsets, some repair, some take the first of two definitions, some
//! the last. So this looks for an object wherever the word `obj` stands, in streams, strings and comments too, opens
//! every stream of objects, and refuses a name that means action wherever it comes up. What one reader would find, it
//! has seen; what it cannot open, it refuses.
//!
//! Links to web pages, plain forms and a page to open with are no action. What stands between the parts of a file, or
//! no PDF at all, is `KindMismatch`; a broken object, a stream of objects that cannot be read, a cycle and anything over
//! a limit is `ArchiveRejected`.

mod cycles;
mod filters;
mod findings;
mod lexer;
mod scan;
mod unpacking;
mod value;
mod walk;

use threadwell_domain::attachment::ContentRefusal;

use crate::bytes::find;
use scan::Scan;
use walk::Walk;

/// As far from a file's end as the last record of a ZIP may lie.
const ZIP_TAIL: usize = 66 * 1024;

/// Refuses what may not be kept.
pub(crate) fn inspect(bytes: &[u8]) -> Result<(), ContentRefusal> {
    let is_pdf = matches!(bytes, [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', minor, ..] if minor.is_ascii_digit());
    if !is_pdf || find(bytes, b"PK\x05\x06", bytes.len().saturating_sub(ZIP_TAIL)).is_some() {
        return Err(ContentRefusal::KindMismatch);
    }
    let mut scan = Scan::new(bytes);
    let walk = Walk::through(&mut scan)?;
    if scan.findings.is_encrypted {
        return Err(ContentRefusal::Encrypted);
    }
    scan.unpack()?;
    scan.findings.conclude();
    if scan.findings.is_active {
        return Err(ContentRefusal::ActiveContent);
    }
    if cycles::has_cycle(&walk.sections) || cycles::has_cycle(&scan.findings.kids) {
        return Err(ContentRefusal::ArchiveRejected);
    }
    if scan.findings.has_root { Ok(()) } else { Err(ContentRefusal::KindMismatch) }
}
