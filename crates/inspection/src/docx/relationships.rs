//! Where the parts of a document lead.

use threadwell_domain::attachment::ContentRefusal;

use super::xml::{self, Met};

/// What a link in a document may lead to.
const ADDRESSES: [&str; 4] = ["http:", "https:", "mailto:", "tel:"];
/// Kinds of relationship by which something runs, or something of another kind is taken in.
const ACTIVE: [&str; 12] = [
    "vbaproject",
    "wordvbadata",
    "attachedtoolbars",
    "oleobject",
    "control",
    "activexcontrolbinary",
    "afchunk",
    "attachedtemplate",
    "subdocument",
    "frame",
    "webextension",
    "webextensiontaskpanes",
];

/// A relationship within the file.
#[derive(Debug)]
pub(crate) struct Inner {
    /// The last word of its type, lower case.
    pub(crate) kind: String,
    /// The part that it leads to, from the container's root.
    pub(crate) target: String,
}

/// Reads a part of relationships, refuses those that lead out or to something active, and gives the others.
pub(crate) fn read(name: &str, part: &[u8]) -> Result<Vec<Inner>, ContentRefusal> {
    let mut inner = Vec::new();
    xml::walk(part, |met| {
        let Met::Element { name: "Relationship", attributes, .. } = met else { return Ok(()) };
        let attributes = attributes.read_plain()?;
        let value = |wanted: &str| {
            let found = attributes.iter().find(|attribute| attribute.name == wanted);
            found.map(|attribute| attribute.value.trim())
        };
        let (Some(kind), Some(target)) = (value("Type"), value("Target")) else {
            return Err(ContentRefusal::ArchiveRejected);
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let is_inside = matches!(value("TargetMode"), None | Some("Internal"));
        let may_lead_there = is_inside || kind == "hyperlink" && is_web_address(target);
        if ACTIVE.contains(&kind.as_str()) || !may_lead_there {
            return Err(ContentRefusal::ArchiveRejected);
        }
        if is_inside {
            let target = resolve(name, target).ok_or(ContentRefusal::ArchiveRejected)?;
            inner.push(Inner { kind, target });
        }
        Ok(())
    })?;
    Ok(inner)
}

/// Whether a link may lead there.
pub(crate) fn is_web_address(target: &str) -> bool {
    let lower = target.to_ascii_lowercase();
    target.starts_with('#') || ADDRESSES.iter().any(|scheme| lower.starts_with(scheme))
}

/// The part that a target names, seen from the part that `rels` belongs to; none if it leads out of the container.
fn resolve(rels: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default();
    if target.contains(['\\', ':']) || target.starts_with("//") {
        return None;
    }
    let folder = rels.rsplit_once("_rels/").map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(attributes: &str) -> Result<Vec<Inner>, ContentRefusal> {
        let part = format!("<Relationships><Relationship Id='r1' {attributes}/></Relationships>");
        read("word/_rels/document.xml.rels", part.as_bytes())
    }

    #[test]
    fn links_to_the_web_may_lead_out() {
        for target in ["https://example.org", "mailto:ana@example.org", "HTTP://example.org/#a"] {
            assert!(
                with(&format!("Type='x/hyperlink' Target='{target}' TargetMode='External'")).is_ok(),
                "{target}"
            );
        }
        for target in
            ["file:///c:/x", "\\\\host\\share", "//host/share", "javascript:x", "ms-word:ofe|u|x", "x.docx"]
        {
            assert!(
                with(&format!("Type='x/hyperlink' Target='{target}' TargetMode='External'")).is_err(),
                "{target}"
            );
        }
    }

    #[test]
    fn nothing_else_may_lead_out() {
        for attributes in [
            "Type='x/image' Target='https://example.org/a.png' TargetMode='External'",
            "Type='x/image' Target='https://example.org/a.png' TargetMode='&#69;xternal'",
            "Type='x/image' Target='https://example.org/a.png' TargetMode='Elsewhere'",
            "Type='x/image' Target='https://example.org/a.png'",
            "Type='x/image' Target='../../a.png'",
            "Type='x/attachedTemplate' Target='https://example.org/a.dotm' TargetMode='External'",
            "Type='x/oleObject' Target='embeddings/a.bin'",
            "Target='a.png'",
        ] {
            assert!(with(attributes).is_err(), "{attributes}");
        }
    }

    #[test]
    fn targets_are_seen_from_their_part() {
        let target =
            |target: &str| with(&format!("Type='x/image' Target='{target}'")).unwrap().remove(0).target;
        assert_eq!(target("media/a.png"), "word/media/a.png");
        assert_eq!(target("../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(target("/word/a.xml"), "word/a.xml");
    }
}
