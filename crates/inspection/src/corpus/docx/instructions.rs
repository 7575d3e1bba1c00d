//! Instructions in the text that Word carries out, and markup that runs something of its own.

use super::{Docx, attacks::part, document};
use crate::corpus::zip::Entry;

const BEGIN: &str = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
const SEPARATE: &str = "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
const END: &str = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";

/// A run with a piece of an instruction.
pub(super) fn piece(instruction: &str) -> String {
    format!("<w:r><w:instrText xml:space=\"preserve\">{instruction}</w:instrText></w:r>")
}

/// A field as Word writes it, from pieces of markup.
pub(super) fn field(inner: &str) -> String {
    format!("<w:p>{BEGIN}{inner}{SEPARATE}<w:r><w:t>text</w:t></w:r>{END}</w:p>")
}

/// Documents whose fields or markup do more than show text.
pub(super) fn attacks() -> Vec<(&'static str, Docx)> {
    let plain = [
        ("program in a field", "DDEAUTO c:\\\\cmd.exe \"/k calc\""),
        ("program in a field in numbers", "&#68;DE a b"),
        ("text taken in", "INCLUDETEXT \"a.docx\""),
        ("text taken in, as of old", "include \"a.docx\""),
        ("database asked", "DATABASE \\d \"a.mdb\""),
        ("another document referred to", "RD \"a.docx\""),
        ("picture fetched", "INCLUDEPICTURE \"https://evil.example/a.png\" \\* MERGEFORMAT"),
        ("picture fetched from a share", "INCLUDEPICTURE \"\\\\\\\\evil\\\\share\\\\a.png\" \\d"),
        ("picture fetched from a share, in slashes", "INCLUDEPICTURE //evil/share/a.png"),
        ("picture fetched from a share, in both", "INCLUDEPICTURE \"/\\evil\\share\\a.png\""),
        ("picture fetched by a file's address", "INCLUDEPICTURE \" file://evil/a.png\""),
        ("picture fetched behind switches", "INCLUDEPICTURE \\d \\c \"x\" \"http://evil.example/a\""),
        ("link in a field to a file", "HYPERLINK \"file:///c:/windows/system32/calc.exe\""),
        ("link in a field to a share", "HYPERLINK \"\\\\\\\\evil\\\\share\\\\a.docx\" \\o \"tip\""),
        ("link in a field to a share, bare", "HYPERLINK \\\\\\\\evil\\\\share\\\\a.docx"),
        ("link in a field to a program", "HYPERLINK \"ms-msdt:/id\""),
        ("link in a field to a script", "HYPERLINK \\l \"a\"\n \"javascript:alert(1)\""),
        ("share in any field", "QUOTE \"\\\\\\\\evil\\\\share\""),
    ];
    let documents = plain.map(|(name, text)| (name, part(&document(&field(&piece(text))))));
    documents.into_iter().chain(put_together()).chain(markup()).collect()
}

/// Instructions whose pieces stand in several places.
fn put_together() -> Vec<(&'static str, Docx)> {
    let inner = format!("{BEGIN}{}{SEPARATE}{END}", piece("QUOTE 92 92"));
    let shielded = |open: &str, close: &str| {
        let decoy = format!("{open}{}{close}", piece("PAGE "));
        field(&format!("{decoy}{}", piece("DDE a b")))
    };
    let compatibility = "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
    let alternative =
        format!("<mc:AlternateContent {compatibility}><mc:Choice Requires=\"w\"/><mc:Fallback>");
    let ignored = format!("<i:ins xmlns:i=\"urn:i\" {compatibility} mc:Ignorable=\"i\">");
    let fields = [
        ("program in pieces", field(&format!("{}{}", piece("D"), piece("DE a b")))),
        ("program around markup", field(&piece("D<w:x/>DE a b"))),
        ("program in a deleted field", field("<w:r><w:delInstrText>DDE a b</w:delInstrText></w:r>")),
        ("program behind a deleted instruction", shielded("<w:del>", "</w:del>")),
        ("program behind another choice", shielded(&alternative, "</mc:Fallback></mc:AlternateContent>")),
        ("program behind what is ignored", shielded(&ignored, "</i:ins>")),
        ("picture from a field", field(&format!("{}{inner}", piece("INCLUDEPICTURE ")))),
        ("link from a field", field(&format!("{}{inner}{}", piece("HYPERLINK \""), piece("\"")))),
        ("field of no kind", "<w:r><w:fldChar/></w:r>".to_owned()),
    ];
    fields.map(|(name, body)| (name, part(&document(&body)))).into()
}

fn markup() -> Vec<(&'static str, Docx)> {
    let film = "<w:drawing><wp15:webVideoPr embeddedHtml=\"&lt;iframe src=&quot;https://evil.example&quot;/&gt;\"/></w:drawing>";
    let header = Docx::new().with(Entry::deflated("word/header1.xml", document(film).as_bytes()));
    vec![("film from the web", part(&document(film))), ("film from the web in a header", header)]
}

/// Instructions that letters have.
pub(super) fn ordinary() -> String {
    let link = format!("{}{}", piece(" HYPERLINK \"https://example.org/"), piece("a?b=c\" \\h "));
    let nested = format!("{BEGIN}{}{SEPARATE}{END}", piece(" PAGE "));
    let picture = " INCLUDEPICTURE \"cid:image001.png@01DA\" \\* MERGEFORMATINET ";
    let pasted = " INCLUDEPICTURE \"/var/folders/x1/T/com.microsoft.Word/page1image1\" \\* MERGEFORMAT ";
    [
        field(&piece(" TOC \\o \"1-3\" \\h \\z \\u ")),
        field(&piece(" HYPERLINK \\l \"_Toc1\" ")),
        field(&link),
        field(&piece("HYPERLINK mailto:practice@example.org \\o \"Note: write to us\" \\t \"_blank\"")),
        field(&format!("{}{nested}{}", piece(" IF "), piece(" = 1 \"a\" \"b\" "))),
        field(&piece(" DATE \\@ \"dd/MM/yyyy\" \\* MERGEFORMAT ")),
        field(&format!("{0}{SEPARATE}{BEGIN}{0}{SEPARATE}{END}", piece(picture))),
        field(&piece(pasted)),
        "<w:fldSimple w:instr=\" SEQ Figure \\* ARABIC \"><w:r><w:t>1</w:t></w:r></w:fldSimple>".to_owned(),
        field(&piece(" XE \"Import:Link\" ")),
    ]
    .concat()
}
