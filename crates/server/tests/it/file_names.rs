//! Names of files that are traps. Whatever is taken comes back under a name that a strict reader of RFC 6266 and
//! RFC 8187 finds safe.

use crate::support::{DOCUMENT, PORTAL, id_of, uploads_of};
use threadwell_testkit::{Answer, Person, TestApp};

/// Names as they stand between the quotes of a form, and what is kept of those that must be taken.
fn names() -> Vec<(Vec<u8>, Option<&'static str>)> {
    let kept = [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("/absolute/path.pdf", "path.pdf"),
        ("C:/Users/ana/arm.pdf", "arm.pdf"),
        ("a%22; filename=evil.pdf", "a%22; filename=evil.pdf"),
        ("a%0d%0aSet-Cookie: x.pdf", "a%0d%0aSet-Cookie: x.pdf"),
        ("%00.pdf", "%00.pdf"),
        ("%2e%2e%2fevil.pdf", "%2e%2e%2fevil.pdf"),
        ("\u{202E}fdp.exe.pdf", "fdp.exe.pdf"),
        ("a\u{200B}b\u{FEFF}.pdf", "ab.pdf"),
        ("\u{2066}x\u{2069}.pdf", "x.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul.pdf", "_nul.pdf"),
        ("COM1.pdf", "_COM1.pdf"),
        ("LPT9.final.pdf", "_LPT9.final.pdf"),
        ("🩹 Größe.pdf", "🩹 Größe.pdf"),
        ("皮疹 照片.pdf", "皮疹 照片.pdf"),
        ("طفح جلدي.pdf", "طفح جلدي.pdf"),
        ("e\u{301}te\u{301}.pdf", "e\u{301}te\u{301}.pdf"),
        ("arm.jpg.pdf", "arm.jpg.pdf"),
        ("arm.exe.pdf", "arm.exe.pdf"),
        ("arm.PDF", "arm.PDF"),
        ("  arm.pdf", "arm.pdf"),
        ("arm.pdf . .", "arm.pdf"),
        ("-rf.pdf", "-rf.pdf"),
        ("$(reboot).pdf", "$(reboot).pdf"),
        ("`id`.pdf", "`id`.pdf"),
        ("a|b&c.pdf", "a|b&c.pdf"),
        ("<script>alert(1).pdf", "<script>alert(1).pdf"),
        ("=cmd|'calc'!A1.pdf", "=cmd|'calc'!A1.pdf"),
        ("a;b=c.pdf", "a;b=c.pdf"),
        ("a'b''c.pdf", "a'b''c.pdf"),
        ("*?:.pdf", "*?:.pdf"),
        ("{{7*7}}.pdf", "{{7*7}}.pdf"),
        ("file.pdf::$DATA.pdf", "file.pdf::$DATA.pdf"),
        ("UTF-8''a.pdf", "UTF-8''a.pdf"),
    ];
    let others: [&[u8]; 26] = [
        b"",
        b".",
        b"..",
        b".pdf",
        b"...pdf",
        b" .pdf",
        b".htaccess",
        b"../../etc/passwd",
        b"arm",
        b"arm.",
        b"arm.pdf/",
        b"arm.pdf\\",
        b"..\\..\\boot.pdf",
        b"arm.pdf%00.exe",
        b"arm.pdf\0.exe",
        b"arm\0.pdf",
        b"a\r\nSet-Cookie: x.pdf",
        b"a\nb.pdf",
        b"a\tb.pdf",
        b"a\x1b[31m.pdf",
        b"a\x7f.pdf",
        b"\xff\xfe.pdf",
        b"\xc0\xaf.pdf",
        b"\xed\xa0\x80.pdf",
        b"a\"; filename=\"b.exe",
        b"a\"\r\nContent-Type: text/html\r\n\r\n<script>.pdf",
    ];
    let long = [256, 5_000].map(|length| format!("{}.pdf", "a".repeat(length)).into_bytes());
    let kept = kept.into_iter().map(|(name, kept)| (name.as_bytes().to_vec(), Some(kept)));
    let others = others.into_iter().map(<[u8]>::to_vec).chain(long).map(|name| (name, None));
    kept.chain(others).collect()
}

fn upload(person: &Person, name: &[u8]) -> Answer {
    let body = [
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"".as_slice(),
        name,
        b"\"\r\nContent-Type: application/pdf\r\n\r\n",
        &DOCUMENT,
        b"\r\n--b--\r\n",
    ]
    .concat();
    person.request("POST", &uploads_of(person)).bytes("multipart/form-data; boundary=b", &body).send()
}

/// The two names of a header's value, read as strictly as the grammar is written.
fn read(value: &str) -> (String, String) {
    let rest = value.strip_prefix("attachment; filename=\"").unwrap();
    let (plain, rest) = rest.split_once('"').unwrap();
    let is_plain = |c: char| c.is_ascii_graphic() && !"\"\\%;/".contains(c) || c == ' ';
    assert!(!plain.is_empty() && plain.chars().all(is_plain), "{value}");
    let encoded = rest.strip_prefix("; filename*=UTF-8''").unwrap();
    let mut bytes = Vec::new();
    let mut left = encoded.bytes();
    while let Some(byte) = left.next() {
        // RFC 8187, attr-char.
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            bytes.push(byte);
            continue;
        }
        assert_eq!(byte, b'%', "{value}");
        let digits = [left.next().unwrap(), left.next().unwrap()];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
    }
    (plain.to_owned(), String::from_utf8(bytes).unwrap())
}

#[test]
fn f19_every_name_comes_back_safe() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let names = names();
    assert!(names.len() >= 60);
    for (name, kept) in names {
        let shown = name.escape_ascii().to_string();
        let answer = upload(&ana, &name);
        assert!([201, 400, 422].contains(&answer.status), "{shown:.60}: {}", answer.text());
        if let Some(kept) = kept {
            assert_eq!(answer.expect(201)["filename"], kept);
        }
        if answer.status != 201 {
            assert!(!answer.code().is_empty(), "{shown}");
            continue;
        }
        app.run_file_worker();
        let got = ana.get(&format!("{PORTAL}/attachments/{}", id_of(&answer.json())));
        assert_eq!(got.status, 200);
        let (plain, whole) = read(got.header("content-disposition").unwrap());
        assert_eq!(whole, answer.json()["filename"].as_str().unwrap());
        for name in [&plain, &whole] {
            assert!(name.to_ascii_lowercase().ends_with(".pdf"), "{shown}: {name}");
            assert!(
                !name.contains(['/', '\\', '\0', '\r', '\n']) && !name.starts_with('.'),
                "{shown}: {name}"
            );
        }
        assert_eq!((got.header("set-cookie"), got.header("x")), (None, None));
    }
}
