//! Writes ZIP containers, also such as no writer would write.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};

/// One entry; every field can be made to lie.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name in the directory.
    pub name: String,
    /// The name in front of the data, where it is another.
    pub local_name: Option<String>,
    /// The flags of both headers.
    pub flags: u16,
    /// 0 stored, 8 deflated.
    pub method: u16,
    /// The packed data.
    pub packed: Vec<u8>,
    /// The size that is stated.
    pub size: u32,
    /// The checksum that is stated.
    pub checksum: u32,
    /// The upper half of the external attributes: a Unix mode.
    pub mode: u16,
    /// The fields behind the name, in both headers.
    pub extra: Vec<u8>,
    /// Whether the sizes stand behind the data.
    pub sizes_behind: bool,
}

impl Entry {
    /// A deflated entry.
    pub fn deflated(name: &str, content: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        let packed = encoder.finish().unwrap();
        Self { method: 8, packed, ..Self::stored(name, content) }
    }

    /// A stored entry.
    pub fn stored(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            local_name: None,
            flags: 0,
            method: 0,
            packed: content.to_vec(),
            size: content.len() as u32,
            checksum: crc32fast::hash(content),
            mode: 0,
            extra: Vec::new(),
            sizes_behind: false,
        }
    }

    /// An entry of zeros, a thousand times as large as its data. The checksum of a very large one is wrong.
    pub fn zeros(name: &str, size: usize) -> Self {
        let packed = deflated_zeros(size);
        let mut checksum = crc32fast::Hasher::new();
        let block = vec![0; 1 << 20];
        for _ in 0..(size >> 20).min(128) {
            checksum.update(&block);
        }
        Self {
            method: 8,
            packed,
            size: size as u32,
            checksum: checksum.finalize(),
            ..Self::stored(name, b"")
        }
    }

    fn local(&self) -> Vec<u8> {
        let name = self.local_name.as_ref().unwrap_or(&self.name);
        let stated = (self.checksum, self.packed.len() as u32, self.size);
        let (checksum, packed, size) = if self.sizes_behind { (0, 0, 0) } else { stated };
        let mut out = b"PK\x03\x04\x14\0".to_vec();
        out.extend_from_slice(&self.all_flags().to_le_bytes());
        out.extend_from_slice(&self.method.to_le_bytes());
        out.extend_from_slice(&[0, 0, 0x21, 0x58]);
        for number in [checksum, packed, size] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&(name.len() as u16).to_le_bytes());
        out.extend_from_slice(&(self.extra.len() as u16).to_le_bytes());
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&self.extra);
        out.extend_from_slice(&self.packed);
        if self.sizes_behind {
            out.extend_from_slice(b"PK\x07\x08");
            for number in [stated.0, stated.1, stated.2] {
                out.extend_from_slice(&number.to_le_bytes());
            }
        }
        out
    }

    fn central(&self, offset: usize) -> Vec<u8> {
        let mut out = b"PK\x01\x02\x14\x03\x14\0".to_vec();
        out.extend_from_slice(&self.all_flags().to_le_bytes());
        out.extend_from_slice(&self.method.to_le_bytes());
        out.extend_from_slice(&[0, 0, 0x21, 0x58]);
        for number in [self.checksum, self.packed.len() as u32, self.size] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&(self.name.len() as u16).to_le_bytes());
        out.extend_from_slice(&(self.extra.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0; 6]);
        out.extend_from_slice(&(u32::from(self.mode) << 16).to_le_bytes());
        out.extend_from_slice(&(offset as u32).to_le_bytes());
        out.extend_from_slice(self.name.as_bytes());
        out.extend_from_slice(&self.extra);
        out
    }

    fn all_flags(&self) -> u16 {
        self.flags | if self.sizes_behind { 8 } else { 0 }
    }
}

/// Puts entries into a container.
pub fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        directory.extend(entry.central(out.len()));
        out.extend(entry.local());
    }
    let start = out.len();
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    out.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    out.extend_from_slice(&(start as u32).to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

/// Zeros, deflated a mebibyte at a time: as many as wanted in no time.
pub fn deflated_zeros(size: usize) -> Vec<u8> {
    let mut compress = flate2::Compress::new(Compression::best(), false);
    let zeros = vec![0; 1 << 20];
    let mut block = Vec::with_capacity(1 << 16);
    compress.compress_vec(&zeros, &mut block, flate2::FlushCompress::Full).unwrap();
    let mut out = block.repeat(size >> 20);
    // An empty last block of fixed codes.
    out.extend_from_slice(&[0x03, 0x00]);
    out
}
