//! Photos as cameras write them: every orientation, and metadata that must not survive.

use threadwell_domain::attachment::FileKind;

use super::pictures::{self, Scene, chunk, segment};

/// Stands in every piece of metadata; no byte run of it may be in what is kept.
pub const CANARY: &str = "TW-CANARY";

/// A photo, with what must be seen.
#[derive(Clone, Debug)]
pub struct Photo {
    /// What it is.
    pub name: String,
    /// Its kind.
    pub kind: FileKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What EXIF says, 1 to 8.
    pub orientation: u8,
    /// What the photographer saw, upright.
    pub scene: Scene,
}

/// Forty photos: eight orientations in five manners.
pub fn photos() -> Vec<Photo> {
    let mut photos = Vec::new();
    for orientation in 1..=8 {
        let scene = Scene::new(600 + usize::from(orientation) * 8, 403, u32::from(orientation));
        let stored = scene.stored_as(orientation);
        let manners: [(&str, FileKind, Vec<u8>); 5] = [
            ("phone", FileKind::Jpeg, photo(&pictures::jpeg(&stored, 88, false, false), orientation, true)),
            ("camera", FileKind::Jpeg, photo(&pictures::jpeg(&stored, 96, true, false), orientation, false)),
            (
                "progressive",
                FileKind::Jpeg,
                photo(&pictures::jpeg(&stored, 80, false, true), orientation, false),
            ),
            ("PNG", FileKind::Png, pictures::png(&stored, false, &png_metadata(orientation))),
            ("PNG with alpha", FileKind::Png, pictures::png(&stored, true, &png_metadata(orientation))),
        ];
        for (manner, kind, bytes) in manners {
            let name = format!("{manner}, orientation {orientation}");
            photos.push(Photo { name, kind, bytes, orientation, scene: scene.clone() });
        }
    }
    photos
}

/// A photo of twelve megapixels and about two megabytes, as of a phone held upright.
pub fn phone_photo() -> Vec<u8> {
    let scene = Scene::grainy(4000, 3000, 7, 14);
    photo(&pictures::jpeg(&scene, 82, false, false), 6, true)
}

/// A JPEG with everything that cameras and editors write beside pixels, and more behind its end.
fn photo(jpeg: &[u8], orientation: u8, is_big_endian: bool) -> Vec<u8> {
    let exif = [b"Exif\0\0".as_slice(), &exif(orientation, is_big_endian)].concat();
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{CANARY}-XMP</x:xmpmeta>");
    let iptc = format!("Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x18\x1c\x02\x78\0\x13{CANARY}-IPTC-0000");
    let profile = [b"ICC_PROFILE\0\x01\x01".as_slice(), &icc()].concat();
    let mut out = pictures::with_segments(
        jpeg,
        &[
            segment(0xe1, &exif),
            segment(0xe1, xmp.as_bytes()),
            segment(0xe2, &profile),
            segment(0xec, format!("Ducky{CANARY}-APP12").as_bytes()),
            segment(0xed, iptc.as_bytes()),
            segment(0xfe, format!("{CANARY}-COMMENT").as_bytes()),
        ],
    );
    out.extend_from_slice(format!("{CANARY}-TRAILER").as_bytes());
    out
}

fn png_metadata(orientation: u8) -> Vec<Vec<u8>> {
    let text = format!("{CANARY}-PNG");
    let zipped = pictures::zlib(text.as_bytes());
    vec![
        chunk(b"iCCP", &[b"profile\0\0".as_slice(), &pictures::zlib(&icc())].concat()),
        chunk(b"eXIf", &exif(orientation, orientation.is_multiple_of(2))),
        chunk(b"tEXt", format!("Comment\0{text}").as_bytes()),
        chunk(b"zTXt", &[b"Author\0\0".as_slice(), &zipped].concat()),
        chunk(b"iTXt", format!("XML:com.adobe.xmp\0\0\0\0\0{text}").as_bytes()),
        chunk(b"tIME", &[7, 0xea, 1, 2, 3, 4, 5]),
        chunk(b"prVt", text.as_bytes()),
    ]
}

/// A profile's header, the rest made up.
fn icc() -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend_from_slice(format!("{CANARY}-ICC").as_bytes());
    let length = (profile.len() as u32).to_be_bytes();
    profile[..4].copy_from_slice(&length);
    profile
}

/// A TIFF structure: maker, orientation, and a directory of GPS data.
fn exif(orientation: u8, is_big_endian: bool) -> Vec<u8> {
    let short = |n: u16| if is_big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
    let long = |n: u32| if is_big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&short(tag)[..], &short(kind), &long(count), &value].concat()
    };
    let [high, low] = short(u16::from(orientation));
    let (maker, area) = (format!("{CANARY}-MAKER\0"), format!("{CANARY}-GPS\0"));
    let maker_at = 8 + 2 + 3 * 12 + 4;
    let gps_at = maker_at + maker.len() as u32;
    let area_at = gps_at + 2 + 2 * 12 + 4;
    [
        if is_big_endian { b"MM\0\x2a".as_slice() } else { b"II\x2a\0" },
        &long(8),
        &short(3),
        &entry(0x010f, 2, maker.len() as u32, long(maker_at)),
        &entry(0x0112, 3, 1, [high, low, 0, 0]),
        &entry(0x8825, 4, 1, long(gps_at)),
        &long(0),
        maker.as_bytes(),
        &short(2),
        &entry(0x0001, 2, 2, *b"N\0\0\0"),
        &entry(0x001b, 2, area.len() as u32, long(area_at)),
        &long(0),
        area.as_bytes(),
    ]
    .concat()
}
