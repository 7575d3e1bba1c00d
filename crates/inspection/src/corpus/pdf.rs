//! Writes PDFs: ordinary ones as scanners and word processors write them, and active, broken and hostile ones.

mod attacks;
mod hidden;
mod ordinary;
pub mod packing;

pub use attacks::attacks;
pub use ordinary::{minimal, ordinary};

use super::pictures::zlib;

/// A PDF that is being written.
#[derive(Clone, Debug)]
pub struct Pdf {
    objects: Vec<(u32, Vec<u8>)>,
    trailer: String,
}

impl Pdf {
    /// A document of one page with a catalogue (1), a tree (2), a page (3), its content (4) and a font (5). `catalogue`
    /// and `page` are more entries of those.
    pub fn new(catalogue: &str, page: &str) -> Self {
        let mut pdf = Self { objects: Vec::new(), trailer: String::new() };
        pdf.add(1, &format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"));
        pdf.add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        let media = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>";
        pdf.add(3, &format!("<< /Type /Page /Parent 2 0 R {media} /Contents 4 0 R {page} >>"));
        pdf.stream(4, "/Filter /FlateDecode", &zlib(b"BT /F1 12 Tf 72 720 Td (Dear doctor) Tj ET"));
        pdf.add(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        pdf
    }

    /// Adds an object, or another of the same number.
    pub fn add(&mut self, number: u32, body: &str) -> &mut Self {
        self.add_bytes(number, body.as_bytes().to_vec())
    }

    /// Adds an object that is no text.
    pub fn add_bytes(&mut self, number: u32, body: Vec<u8>) -> &mut Self {
        self.objects.push((number, body));
        self
    }

    /// Adds a stream; the entries are those beside its length.
    pub fn stream(&mut self, number: u32, entries: &str, data: &[u8]) -> &mut Self {
        let start = format!("<< {entries} /Length {} >>\nstream\n", data.len());
        self.objects.push((number, [start.as_bytes(), data, b"\nendstream"].concat()));
        self
    }

    /// Adds entries to the trailer.
    pub fn trailer(&mut self, entries: &str) -> &mut Self {
        self.trailer.push_str(entries);
        self
    }

    /// Writes the file with a table of offsets.
    pub fn finish(&self) -> Vec<u8> {
        let (mut out, offsets) = self.body(&self.objects);
        let start = out.len();
        out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes());
        for (_, offset) in &offsets {
            out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
        }
        let size = offsets.len() + 1;
        let trailer = format!("trailer\n<< /Size {size} /Root 1 0 R {} >>\n", self.trailer);
        out.extend_from_slice(trailer.as_bytes());
        out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        out
    }

    /// Writes the file as newer writers do: what is no stream goes into one stream of objects, offsets into another.
    pub fn finish_packed(&self) -> Vec<u8> {
        let is_stream = |body: &[u8]| body.windows(7).any(|word| word == b"stream\n");
        let (streams, packed): (Vec<_>, Vec<_>) =
            self.objects.iter().cloned().partition(|(_, body)| is_stream(body));
        let (mut index, mut content) = (String::new(), Vec::new());
        for (number, body) in &packed {
            index.push_str(&format!("{number} {} ", content.len()));
            content.extend_from_slice(body);
            content.push(b'\n');
        }
        let entries =
            format!("/Type /ObjStm /N {} /First {} /Filter /FlateDecode", packed.len(), index.len());
        let mut with_streams = Self { objects: streams, trailer: String::new() };
        with_streams.stream(90, &entries, &zlib(&[index.as_bytes(), &content].concat()));
        let (mut out, offsets) = with_streams.body(&with_streams.objects);
        let start = out.len();
        let rows: Vec<u8> = offsets
            .iter()
            .flat_map(|(_, at)| [&[1], &(*at as u32).to_be_bytes()[..], &[0]].concat())
            .collect();
        let entries =
            format!("/Type /XRef /W [1 4 1] /Size 92 /Root 1 0 R /Filter /FlateDecode {}", self.trailer);
        let mut table = Self { objects: Vec::new(), trailer: String::new() };
        table.stream(91, &entries, &zlib(&rows));
        out.extend(table.objects.iter().flat_map(|(number, body)| object(*number, body)));
        out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        out
    }

    fn body(&self, objects: &[(u32, Vec<u8>)]) -> (Vec<u8>, Vec<(u32, usize)>) {
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut offsets = Vec::new();
        for (number, body) in objects {
            offsets.push((*number, out.len()));
            out.extend(object(*number, body));
        }
        (out, offsets)
    }
}

fn object(number: u32, body: &[u8]) -> Vec<u8> {
    [format!("{number} 0 obj\n").as_bytes(), body, b"\nendobj\n"].concat()
}
