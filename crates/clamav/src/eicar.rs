use async_trait::async_trait;
use threadwell_application::ports::{FileStream, MalwareScanner, ScanFailure, ScanVerdict};

use crate::pieces::next_piece;

/// The test file's bytes from the last to the first: scanners would take the program for malware if they stood in it
/// as they are.
const BACKWARDS: &[u8; 68] = b"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X";
const SIGNATURE: &str = "Demo.Eicar-Test-File";

/// Knows the EICAR test file and nothing else, for a demo without clamd. **Never in production:** real malware is
/// clean to it.
///
/// Finds the test file anywhere in the bytes, and so in a PDF or in the text of a picture, but opens nothing: what is
/// compressed, as in a DOCX, passes.
#[derive(Debug, Clone, Copy, Default)]
pub struct EicarScanner;

#[async_trait]
impl MalwareScanner for EicarScanner {
    async fn scan(&self, mut content: FileStream) -> Result<ScanVerdict, ScanFailure> {
        let mut search = Search::default();
        while let Some(piece) = next_piece(&mut content).await {
            search.read(&piece.map_err(ScanFailure::Content)?);
        }
        Ok(if search.has_found {
            ScanVerdict::Malware { signature: SIGNATURE.to_owned() }
        } else {
            ScanVerdict::Clean
        })
    }

    async fn ready(&self) -> Result<(), ScanFailure> {
        Ok(())
    }
}

/// Looks through pieces; what may be the test file's beginning is kept for the next one.
#[derive(Default)]
struct Search {
    kept: Vec<u8>,
    has_found: bool,
}

impl Search {
    fn read(&mut self, piece: &[u8]) {
        self.kept.extend_from_slice(piece);
        self.has_found |= self.kept.windows(BACKWARDS.len()).any(|bytes| bytes.iter().rev().eq(BACKWARDS));
        let known = self.kept.len().saturating_sub(BACKWARDS.len() - 1);
        self.kept.drain(..known);
    }
}
