//! Small files of every kind, whole enough for a scanner to know them.

use std::io::Write;

use flate2::{
    Compression, Crc,
    write::{DeflateEncoder, ZlibEncoder},
};
use threadwell_domain::attachment::FileKind;

const LETTER: &[u8] = b"<w:document>Dear practice, my refill is due.</w:document>";

/// A harmless file of a kind.
pub(crate) fn clean(kind: FileKind) -> Vec<u8> {
    match kind {
        FileKind::Jpeg => jpeg(),
        FileKind::Png => png(b"A mole, left arm"),
        FileKind::Gif => {
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec()
        }
        FileKind::Pdf => pdf(b"BT (Results) Tj ET", ""),
        FileKind::Docx => docx(LETTER, Packing::Deflated),
    }
}

/// How a part lies in a DOCX.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Stored,
    Deflated,
}

/// A picture of one pixel.
fn jpeg() -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\x01\0H\0H\0\0\xff\xdb\0C\0".to_vec();
    bytes.extend([1; 64]);
    bytes.extend(b"\xff\xc9\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xcc\0\x06\0\x10\x10\x05");
    bytes.extend(b"\xff\xda\0\x08\x01\x01\0\0?\0\xd2\xcf \xff\xd9");
    bytes
}

/// A picture of one pixel with a comment.
pub(crate) fn png(comment: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let text = [b"Comment\0", comment].concat();
    let pixel = zlib(&[0, 128]);
    for (name, content) in [
        (b"IHDR", &b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"[..]),
        (b"tEXt", &text),
        (b"IDAT", &pixel),
        (b"IEND", &[]),
    ] {
        bytes.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let named = [name, content].concat();
        bytes.extend_from_slice(&named);
        bytes.extend(checksum(&named).to_be_bytes());
    }
    bytes
}

/// A document with one stream, its bytes as they are.
pub(crate) fn pdf(stream: &[u8], filter: &str) -> Vec<u8> {
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>".to_vec(),
        [format!("<</Length {}{filter}>>\nstream\n", stream.len()).as_bytes(), stream, b"\nendstream"]
            .concat(),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = "xref\n0 5\n0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let end = format!("{table}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", bytes.len());
    bytes.extend(end.bytes());
    bytes
}

/// A document with one compressed stream.
pub(crate) fn compressed_pdf(stream: &[u8]) -> Vec<u8> {
    pdf(&zlib(stream), "/Filter/FlateDecode")
}

/// A document with one part besides what every one has.
pub(crate) fn docx(part: &[u8], packing: Packing) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let parts = [
        ("[Content_Types].xml", &b"<Types/>"[..]),
        ("word/document.xml", LETTER),
        ("word/media/1.bin", part),
    ];
    for (name, content) in parts {
        let start = u32::try_from(bytes.len()).unwrap();
        let (method, packed) = match packing {
            Packing::Stored => (0_u16, content.to_vec()),
            Packing::Deflated => (8, deflate(content)),
        };
        let common = entry_fields(method, content, packed.len(), name);
        bytes.extend([&b"PK\x03\x04\x14\0"[..], &common, name.as_bytes(), &packed].concat());
        directory.extend([&b"PK\x01\x02\x14\0\x14\0"[..], &common, &[0; 10]].concat());
        directory.extend(start.to_le_bytes());
        directory.extend(name.bytes());
    }
    let start = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
    bytes.extend([&directory, &b"PK\x05\x06\0\0\0\0\x03\0\x03\0"[..], &length, &start, &[0; 2]].concat());
    bytes
}

/// What an entry's own header and the directory say alike, from the flags to the length of what is not there.
fn entry_fields(method: u16, content: &[u8], packed: usize, name: &str) -> Vec<u8> {
    let mut fields = vec![0, 0];
    fields.extend(method.to_le_bytes());
    fields.extend([0, 0, 0x21, 0]);
    fields.extend(checksum(content).to_le_bytes());
    fields.extend(u32::try_from(packed).unwrap().to_le_bytes());
    fields.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
    fields.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    fields.extend([0, 0]);
    fields
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Bytes that no compression shortens, always the same.
pub(crate) fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        bytes.extend(next());
    }
    bytes.truncate(length);
    bytes
}
