//! Small files that want to be large.

use threadwell_domain::attachment::{ContentRefusal, FileKind};

use super::{
    Fate, Specimen,
    docx::Docx,
    pdf::{
        Pdf,
        packing::{ascii85, hexadecimal, lzw_zeros},
    },
    pictures::{self, Scene, chunk, header, png_of, zlib_zeros},
    zip::{Entry, archive, deflated_zeros},
};

const TOO_LARGE: ContentRefusal = ContentRefusal::PictureTooLarge;
const REJECTED: ContentRefusal = ContentRefusal::ArchiveRejected;
const MISMATCH: ContentRefusal = ContentRefusal::KindMismatch;

/// All of them.
pub fn bombs() -> Vec<Specimen> {
    let mut all = Vec::new();
    for (name, bytes) in pngs() {
        all.push(Specimen::refused(name, FileKind::Png, bytes, TOO_LARGE));
    }
    let unsized_png = png_of(&[header(0, 0, 8, 0), chunk(b"IDAT", &zlib_zeros(8))]);
    all.push(Specimen::refused("PNG without extent", FileKind::Png, unsized_png, MISMATCH));
    for (name, bytes, why) in jpegs() {
        all.push(Specimen::refused(name, FileKind::Jpeg, bytes, why));
    }
    for (name, bytes, fate) in gifs() {
        all.push(Specimen { name: name.into(), kind: FileKind::Gif, bytes, fate, payload: None });
    }
    for (name, bytes) in documents().into_iter().chain(streams()) {
        let kind = if bytes.starts_with(b"%PDF") { FileKind::Pdf } else { FileKind::Docx };
        all.push(Specimen::refused(name, kind, bytes, REJECTED));
    }
    let pixels = chunk(b"IDAT", &zlib_zeros(2 << 30));
    let bytes = png_of(&[header(10, 10, 8, 2), pixels]);
    let fate = Fate::Either(MISMATCH);
    all.push(Specimen {
        name: "PNG of two gigabytes for ten pixels".into(),
        kind: FileKind::Png,
        bytes,
        fate,
        payload: None,
    });
    all
}

fn pngs() -> Vec<(&'static str, Vec<u8>)> {
    let sized = |width, height| {
        let rows = chunk(b"IDAT", &zlib_zeros(8 << 20));
        png_of(&[header(width, height, 8, 0), rows])
    };
    let bomb = zlib_zeros(1 << 30);
    let with = |kind: &[u8; 4], start: &[u8]| {
        pictures::png(&Scene::new(8, 8, 1), false, &[chunk(kind, &[start, &bomb].concat())])
    };
    vec![
        ("PNG of 50,000 by 50,000", sized(50_000, 50_000)),
        ("PNG of 41 megapixels", sized(8_200, 5_001)),
        ("PNG of 12,001 by 1", sized(12_001, 1)),
        ("PNG of 1 by 12,001", sized(1, 12_001)),
        ("PNG with a text of a gigabyte", with(b"zTXt", b"Comment\0\0")),
        ("PNG with an international text of a gigabyte", with(b"iTXt", b"Comment\0\x01\0en\0\0")),
        ("PNG with a profile of a gigabyte", with(b"iCCP", b"profile\0\0")),
    ]
}

fn jpegs() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    let jpeg = pictures::jpeg(&Scene::new(64, 64, 1), 80, true, false);
    let scans = pictures::jpeg(&Scene::new(64, 64, 1), 80, true, true);
    let first = scans.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let scan = &scans[first..scans.len() - 2];
    let many = [&scans[..first], &scan.repeat(3_000), &[0xff, 0xd9]].concat();
    vec![
        ("JPEG of 65,500 by 65,500", pictures::restated(&jpeg, 65_500, 65_500), TOO_LARGE),
        ("JPEG of 41 megapixels", pictures::restated(&jpeg, 8_200, 5_001), TOO_LARGE),
        ("JPEG without height", pictures::restated(&jpeg, 64, 0), MISMATCH),
        ("JPEG of thousands of scans", many, MISMATCH),
    ]
}

fn gifs() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let screen = |width: u16, height: u16| {
        let mut gif = pictures::gif(16, 16, 1);
        gif[6..8].copy_from_slice(&width.to_le_bytes());
        gif[8..10].copy_from_slice(&height.to_le_bytes());
        gif
    };
    let mut frames = pictures::gif(16, 16, 1);
    let frame = frames[25..frames.len() - 1].to_vec();
    frames.pop();
    frames.extend(frame.repeat(10_000));
    frames.push(b';');
    // Nothing but "start over", a byte at a time.
    let mut looping = b"GIF89a\x10\0\x10\0\0\0\0,\0\0\0\0\x10\0\x10\0\0\x02".to_vec();
    looping.extend(b"\x01\x24".repeat(2 << 20));
    looping.extend_from_slice(b"\0;");
    vec![
        ("GIF of 10,000 frames", frames, Fate::Accepted),
        ("GIF of 65,535 by 65,535", screen(65_535, 65_535), Fate::Refused(TOO_LARGE)),
        ("GIF with a frame larger than its screen", screen(8, 8), Fate::Refused(MISMATCH)),
        ("GIF that starts over for ever", looping, Fate::Either(MISMATCH)),
    ]
}

fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let with = |entry: Entry| Docx::new().with(entry).finish();
    let mut nested = Entry::zeros("0.bin", 64 << 20);
    for level in 0..4 {
        let copies: Vec<_> = (0..8).map(|n| Entry { name: format!("{n}.zip"), ..nested.clone() }).collect();
        nested = Entry::deflated(&format!("word/media/{level}.zip"), &archive(&copies));
    }
    let large: Vec<_> = (0..12).map(|n| Entry::stored(&format!("word/media/{n}.bin"), &[7; 1000])).collect();
    let mut lying = Docx::new();
    lying.0.extend(large.into_iter().map(|entry| Entry { size: 10 << 20, ..entry }));
    vec![
        ("DOCX with archives in archives", with(nested)),
        ("DOCX that grows a thousandfold", with(Entry::zeros("word/media/a.bmp", 64 << 20))),
        ("DOCX of gigabytes", with(Entry::zeros("word/media/a.bmp", 3 << 30))),
        ("DOCX of 120 megabytes in sum", lying.finish()),
        ("PDF of 100,001 objects", many_objects()),
        (
            "PDF of objects within objects",
            [b"%PDF-1.4\n".as_slice(), &b"1 0 obj<<".repeat(1_000_000)].concat(),
        ),
        ("PDF of streams without end", endless_streams()),
    ]
}

/// Streams that a reader would unpack.
fn streams() -> Vec<(&'static str, Vec<u8>)> {
    let packed = |entries: &str, data: &[u8]| {
        let mut pdf = Pdf::new("", "");
        pdf.stream(6, entries, data).add(9, "/FlateDecode");
        pdf.finish()
    };
    let zeros = zlib_zeros(1 << 30);
    let few = zlib_zeros(1 << 20);
    vec![
        ("PDF stream of a gigabyte", packed("/Filter /FlateDecode", &zeros)),
        ("PDF objects of a gigabyte", packed("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &zeros)),
        ("PDF stream packed twice", packed("/Filter [/FlateDecode /FlateDecode]", &few)),
        ("PDF stream in 85 letters", packed("/Filter [/ASCII85Decode /FlateDecode]", &ascii85(&zeros))),
        ("PDF stream in 16 letters", packed("/Filter [/AHx /Fl]", &hexadecimal(&zeros))),
        ("PDF stream by LZW", packed("/Filter /LZWDecode", &lzw_zeros(60))),
        ("PDF stream by LZW in 85 letters", packed("/Filter [/A85 /LZW]", &ascii85(&lzw_zeros(60)))),
        ("PDF stream of runs", packed("/Filter /RunLengthDecode", &b"\x81\0".repeat(5 << 19))),
        ("PDF stream of runs in deflate", packed("/Filter [/RL /FlateDecode]", &few)),
        ("PDF stream in letters in deflate", packed("/Filter [/FlateDecode /ASCII85Decode]", &few)),
        ("PDF stream in letters of letters", packed("/Filter [/A85 /A85 /A85 /A85 /A85]", b"z~>")),
        ("PDF stream by a filter elsewhere", packed("/Filter 9 0 R", &zeros)),
        ("PDF stream by one of two filters", packed("/Filter /DCTDecode /Filter /FlateDecode", &zeros)),
        ("PDF stream that seems to end early", seeming_end()),
    ]
}

/// A stream whose length stands elsewhere, and whose data begins with what looks like its end and another's start.
fn seeming_end() -> Vec<u8> {
    let ends = b"\nendstream\nendobj\n7 0 obj\n<< >>\nstream\n";
    let length = u16::try_from(ends.len()).unwrap();
    let stored = [&[0x78, 0x01, 0], &length.to_le_bytes()[..], &(!length).to_le_bytes(), ends].concat();
    let data = [stored, deflated_zeros(1 << 30)].concat();
    let mut pdf = Pdf::new("", "");
    let object = [b"<< /Filter /FlateDecode /Length 8 0 R >>\nstream\n", &data[..], b"\nendstream"].concat();
    pdf.add_bytes(6, object).add(8, &data.len().to_string());
    pdf.finish()
}

fn many_objects() -> Vec<u8> {
    let mut pdf = Pdf::new("", "");
    for number in 6..100_002 {
        pdf.add(number, "null");
    }
    pdf.finish()
}

/// In a stream, starts of streams, each of which would have to be searched to the end of the file.
fn endless_streams() -> Vec<u8> {
    let mut pdf = Pdf::new("", "");
    pdf.stream(6, "", &b"1 0 obj<<>>stream ".repeat(400_000));
    pdf.finish()
}
