//! What a container says that its parts are.

use std::collections::HashMap;

use threadwell_domain::attachment::ContentRefusal;

use super::xml::{self, Met};

/// Parts of a content type that make a document active.
const ACTIVE: [&str; 6] =
    ["macroenabled", "vbaproject", "activex", "oleobject", "controlproperties", "webextension"];

/// The declared types, under names in lower case.
#[derive(Default, Debug)]
pub(crate) struct Types {
    parts: HashMap<String, String>,
    extensions: HashMap<String, String>,
}

impl Types {
    /// Reads the declarations; refuses every active type, declared for whatever, and what is declared twice.
    pub(crate) fn read(part: &[u8]) -> Result<Self, ContentRefusal> {
        let mut types = Self::default();
        xml::walk(part, |met| {
            let Met::Element { attributes, .. } = met else { return Ok(()) };
            let attributes = attributes.read_plain()?;
            let value = |wanted: &str| {
                let found = attributes.iter().find(|attribute| attribute.name == wanted);
                found.map(|attribute| attribute.value.as_str())
            };
            match value("ContentType") {
                Some(kind) => types.declare(value("PartName"), value("Extension"), kind),
                None => Ok(()),
            }
        })?;
        Ok(types)
    }

    fn declare(
        &mut self,
        part: Option<&str>,
        extension: Option<&str>,
        kind: &str,
    ) -> Result<(), ContentRefusal> {
        let lower = kind.to_ascii_lowercase();
        let mut is_clear = !ACTIVE.iter().any(|active| lower.contains(active));
        if let Some(name) = part {
            // An escaped letter is the letter to some readers; no entry of the container has one.
            is_clear &= !name.contains('%');
            let name = name.trim_start_matches('/').to_lowercase();
            is_clear &= self.parts.insert(name, kind.to_owned()).is_none();
        }
        if let Some(extension) = extension {
            is_clear &= self.extensions.insert(extension.to_lowercase(), kind.to_owned()).is_none();
        }
        if is_clear { Ok(()) } else { Err(ContentRefusal::ArchiveRejected) }
    }

    /// The type that was declared for this part alone.
    pub(crate) fn of(&self, name: &str) -> Option<&str> {
        self.parts.get(name).map(String::as_str)
    }

    /// Whether a reader may take a part for XML, in whatever encoding.
    pub(crate) fn make_xml_of(&self, name: &str) -> bool {
        let file = name.rsplit('/').next().unwrap_or_default();
        let by_extension = file.rsplit_once('.').and_then(|(_, end)| self.extensions.get(end));
        self.of(name).into_iter().chain(by_extension.map(String::as_str)).any(is_xml)
    }
}

fn is_xml(kind: &str) -> bool {
    kind.split(';').next().is_some_and(|kind| kind.trim().to_ascii_lowercase().ends_with("xml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(declarations: &str) -> Result<Types, ContentRefusal> {
        Types::read(format!("<Types>{declarations}</Types>").as_bytes())
    }

    #[test]
    fn a_part_is_xml_by_its_own_type_or_by_its_names_end() {
        let types = types(
            "<Default Extension='DAT' ContentType='a/header+xml; a=b'/><Override PartName='/word/A.bin' ContentType='text/XML'/><Default Extension='png' ContentType='image/png'/>",
        );
        let types = types.unwrap();
        for (name, wanted) in [
            ("word/b.dat", true),
            ("word/a.bin", true),
            ("word/b.bin", false),
            ("a.png", false),
            ("dat", false),
        ] {
            assert_eq!(types.make_xml_of(name), wanted, "{name}");
        }
        assert_eq!((types.of("word/a.bin"), types.of("word/b.dat")), (Some("text/XML"), None));
    }

    #[test]
    fn active_and_doubtful_declarations_are_refused() {
        for declarations in [
            "<Default Extension='bin' ContentType='application/vnd.ms-office.vbaProject'/>",
            "<Override PartName='/word/%61.dat' ContentType='a/b'/>",
            "<Override PartName='/word/a' ContentType='a/b'/><Override PartName='/Word/a' ContentType='a/c'/>",
            "<Default Extension='a' ContentType='a/b'/><Default Extension='A' ContentType='a/c+xml'/>",
        ] {
            assert!(types(declarations).is_err(), "{declarations}");
        }
    }
}
