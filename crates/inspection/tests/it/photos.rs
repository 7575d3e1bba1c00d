use threadwell_application::ports::{CleanPicture, FileInspector};
use threadwell_domain::attachment::FileKind;
use threadwell_inspection::corpus::{
    photos::{CANARY, Photo, phone_photo, photos},
    pictures::{self, Scene},
};

use crate::{inspector, stream};

async fn cleaned(kind: FileKind, bytes: &[u8]) -> CleanPicture {
    inspector().clean(kind, stream(bytes)).await.unwrap()
}

/// The pixels of a picture as RGB, without regard to any metadata.
fn pixels(kind: FileKind, bytes: &[u8]) -> Scene {
    let (width, height, samples) = match kind {
        FileKind::Jpeg => {
            let mut decoder =
                zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(bytes));
            let samples = decoder.decode().unwrap();
            let (width, height) = decoder.dimensions().unwrap();
            (width, height, samples)
        }
        _ => {
            let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            let mut samples = vec![0; reader.output_buffer_size().unwrap()];
            let frame = reader.next_frame(&mut samples).unwrap();
            if frame.color_type == png::ColorType::Rgba {
                samples = samples.chunks(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
            }
            (frame.width as usize, frame.height as usize, samples)
        }
    };
    Scene { width, height, pixels: samples.as_chunks::<3>().0.to_vec() }
}

/// The original as it is to be seen: its stored pixels turned back.
fn upright(photo: &Photo) -> Scene {
    let back = match photo.orientation {
        6 => 8,
        8 => 6,
        other => other,
    };
    pixels(photo.kind, &photo.bytes).stored_as(back)
}

/// The likeness of two pictures of one size in decibel.
fn likeness(one: &Scene, other: &Scene) -> f64 {
    assert_eq!((one.width, one.height), (other.width, other.height));
    let squares: u64 = one
        .pixels
        .as_flattened()
        .iter()
        .zip(other.pixels.as_flattened())
        .map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2))
        .sum();
    10.0 * (255.0 * 255.0 * one.pixels.len() as f64 * 3.0 / squares.max(1) as f64).log10()
}

#[tokio::test]
async fn nothing_of_forty_photos_metadata_is_kept() {
    let photos = photos();
    assert_eq!(photos.len(), 40);
    for photo in photos {
        let count = photo.bytes.windows(CANARY.len()).filter(|run| *run == CANARY.as_bytes()).count();
        assert!(count >= 5, "{}: {count} canaries", photo.name);
        let cleaned = cleaned(photo.kind, &photo.bytes).await;
        for kept in [&cleaned.picture, &cleaned.thumbnail] {
            assert!(!kept.windows(6).any(|run| run == b"CANARY"), "{}", photo.name);
            assert!(
                parts(kept).iter().all(|part| ["APP0", "IHDR", "IDAT", "IEND"].contains(&part.as_str())),
                "{:?}",
                parts(kept)
            );
        }
    }
}

/// The segments of a JPEG that no decoder needs, or the chunks of a PNG.
fn parts(picture: &[u8]) -> Vec<String> {
    let mut parts = Vec::new();
    if picture.starts_with(b"\xff\xd8") {
        let mut at = 2;
        while picture[at + 1] != 0xda {
            if let marker @ 0xe0..=0xef = picture[at + 1] {
                parts.push(format!("APP{}", marker - 0xe0));
            } else if picture[at + 1] == 0xfe {
                parts.push("COM".to_owned());
            }
            at += 2 + usize::from(u16::from_be_bytes([picture[at + 2], picture[at + 3]]));
        }
        assert!(picture.ends_with(b"\xff\xd9"));
        return parts;
    }
    let mut at = 8;
    while at < picture.len() {
        let length = u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
        parts.push(String::from_utf8(picture[at + 4..at + 8].to_vec()).unwrap());
        at += 12 + length as usize;
    }
    parts
}

#[tokio::test]
async fn every_orientation_comes_out_upright_and_true() {
    for photo in photos() {
        let cleaned = cleaned(photo.kind, &photo.bytes).await;
        assert_eq!(cleaned.kind, photo.kind);
        assert_eq!(
            (cleaned.width as usize, cleaned.height as usize),
            (photo.scene.width, photo.scene.height)
        );
        let seen = pixels(cleaned.kind, &cleaned.picture);
        let (to_scene, to_original) = (likeness(&seen, &photo.scene), likeness(&seen, &upright(&photo)));
        assert!(to_scene > 28.0, "{}: {to_scene:.1} dB to what was seen", photo.name);
        assert!(to_original >= 40.0, "{}: {to_original:.1} dB to the original", photo.name);
        if photo.kind == FileKind::Png {
            assert_eq!(seen, photo.scene, "{}", photo.name);
        }
    }
}

#[tokio::test]
async fn thumbnails_are_small_upright_and_see_through_where_the_picture_is() {
    for photo in photos() {
        let cleaned = cleaned(photo.kind, &photo.bytes).await;
        let small = pixels(cleaned.thumbnail_kind, &cleaned.thumbnail);
        assert_eq!(small.width, 512, "{}", photo.name);
        let has_alpha = photo.name.contains("alpha");
        assert_eq!(cleaned.thumbnail_kind == FileKind::Png, has_alpha, "{}", photo.name);
        // The corners of the scene are red, green and blue.
        let (right, bottom) = (small.width - 20, small.height - 20);
        for (x, y, strongest) in [(20, 20, 0), (right, 20, 1), (20, bottom, 2)] {
            let pixel = small.pixels[y * small.width + x];
            assert_eq!(pixel.iter().max(), Some(&pixel[strongest]), "{} at {x}, {y}: {pixel:?}", photo.name);
        }
    }
}

#[tokio::test]
async fn a_phone_photo_is_kept_true_and_small_enough() {
    let photo = phone_photo();
    let cleaned = cleaned(FileKind::Jpeg, &photo).await;
    assert_eq!((cleaned.width, cleaned.height), (3000, 4000));
    assert!(cleaned.picture.len() < 3 * photo.len(), "{} of {}", cleaned.picture.len(), photo.len());
    let likeness =
        likeness(&pixels(FileKind::Jpeg, &cleaned.picture), &pixels(FileKind::Jpeg, &photo).stored_as(8));
    assert!(likeness >= 40.0, "{likeness:.1} dB");
}

#[tokio::test]
async fn a_gif_becomes_a_png_of_its_first_frame() {
    let cleaned = cleaned(FileKind::Gif, &pictures::gif(40, 30, 3)).await;
    assert_eq!((cleaned.kind, cleaned.width, cleaned.height), (FileKind::Png, 40, 30));
    let seen = pixels(FileKind::Png, &cleaned.picture);
    assert_eq!(
        (seen.pixels[0], seen.pixels[7], seen.pixels[14]),
        ([255, 255, 255], [200, 30, 30], [30, 120, 200])
    );
}

#[tokio::test]
async fn noise_that_no_longer_fits_is_made_to_fit() {
    let mut seed = 1_u32;
    let mut noise = |_| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        [(seed >> 24) as u8, (seed >> 16) as u8, (seed >> 8) as u8]
    };
    let scene = Scene { width: 2200, height: 1580, pixels: (0..2200 * 1580).map(&mut noise).collect() };
    let photo = pictures::jpeg(&scene, 91, true, false);
    for (kind, bytes) in [(FileKind::Jpeg, photo), (FileKind::Png, pictures::png(&scene, false, &[]))] {
        if bytes.len() as u64 > threadwell_domain::attachment::MAX_FILE_BYTES {
            continue;
        }
        let cleaned = cleaned(kind, &bytes).await;
        assert!(cleaned.picture.len() <= 10 << 20, "{kind:?} {}", cleaned.picture.len());
    }
}
