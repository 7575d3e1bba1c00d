//! What was found in the objects of a PDF, wherever they lay.

use std::collections::HashMap;

use super::value::{Dictionary, Value};

/// Names that stand in no document that only shows something: scripts, starting programs, files inside or elsewhere,
/// sending forms, media that readers hand to other programs. As a key or as a value, each makes a file active.
const ACTIVE: [&[u8]; 19] = [
    b"JavaScript",
    b"JS",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"EF",
    b"FileAttachment",
    b"GoToR",
    b"GoToE",
    b"SubmitForm",
    b"ImportData",
    b"XFA",
    b"RichMedia",
    b"RichMediaContent",
    b"RichMediaSettings",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"3D",
];
/// What a link may lead to.
const ADDRESSES: [&str; 6] = ["http", "https", "mailto", "tel", "ftp", "ftps"];

/// What matters of the objects of one number. A number may be taken many times; what one of them is, all are.
#[derive(Clone, Copy, Default, Debug)]
struct Nature {
    /// Opening the file with it would do more than show a page.
    does_more_than_show: bool,
    /// As the address of a link it would lead to something else than a web page.
    leads_astray: bool,
    /// It could be the type of an action.
    is_name: bool,
}

/// Everything that decides.
#[derive(Default, Debug)]
pub(crate) struct Findings {
    pub(crate) is_active: bool,
    pub(crate) is_encrypted: bool,
    pub(crate) has_root: bool,
    /// Page trees: from a node's number to those of its kids.
    pub(crate) kids: HashMap<i64, Vec<i64>>,
    natures: HashMap<i64, Nature>,
    /// What holds for objects whose number cannot be told.
    unnumbered: Nature,
    opened: Vec<i64>,
    addresses: Vec<i64>,
    types: Vec<i64>,
}

impl Findings {
    /// Looks at every name and every telling key.
    pub(crate) fn look(&mut self, value: &Value<'_>) {
        match value {
            Value::Name(name) => self.is_active |= ACTIVE.contains(&name.as_ref()),
            Value::Array(items) => items.iter().for_each(|item| self.look(item)),
            Value::Dictionary(dictionary) => {
                for (key, value) in &dictionary.0 {
                    self.look_at_entry(key, value);
                    self.look(value);
                }
            }
            Value::Text(_) | Value::Integer(_) | Value::Reference(_) | Value::Other => {}
        }
    }

    fn look_at_entry(&mut self, key: &[u8], value: &Value<'_>) {
        match (key, value) {
            (b"AA", _) => self.is_active = true,
            (b"Encrypt", Value::Dictionary(_) | Value::Reference(_)) => self.is_encrypted = true,
            (b"Root", _) => self.has_root = true,
            (b"OpenAction", Value::Reference(number)) => self.opened.push(*number),
            (b"OpenAction", value) => self.is_active |= does_more_than_show(value),
            (b"URI" | b"Base", Value::Reference(number)) => self.addresses.push(*number),
            // Nobody refers to a type; in a font whose letters are drawings, this is the letter S.
            (b"S", Value::Reference(number)) => self.types.push(*number),
            (b"URI" | b"Base", value) => self.is_active |= leads_astray(value),
            _ => self.is_active |= ACTIVE.contains(&key),
        }
    }

    /// Remembers what the object of a number is, for those who refer to it.
    pub(crate) fn remember(&mut self, number: Option<i64>, value: &Value<'_>) {
        let nature = number.map_or(&mut self.unnumbered, |number| self.natures.entry(number).or_default());
        nature.does_more_than_show |= does_more_than_show(value);
        nature.leads_astray |= leads_astray(value);
        nature.is_name |= matches!(value, Value::Name(_) | Value::Reference(_));
        if let (Some(number), Value::Dictionary(dictionary)) = (number, value) {
            self.remember_kids(number, dictionary);
        }
    }

    fn remember_kids(&mut self, number: i64, dictionary: &Dictionary<'_>) {
        for kids in dictionary.all(b"Kids") {
            let Value::Array(kids) = kids else { continue };
            let numbers = kids.iter().filter_map(|kid| match kid {
                Value::Reference(number) => Some(*number),
                _ => None,
            });
            self.kids.entry(number).or_default().extend(numbers);
        }
    }

    /// Follows what was only referred to, once every object was seen. An address or a type that was seen nowhere is
    /// where nobody looked.
    pub(crate) fn conclude(&mut self) {
        let nature = |number| self.natures.get(number).into_iter().chain([&self.unnumbered]);
        let is_nowhere = |number| !self.natures.contains_key(number);
        self.is_active |= self.opened.iter().flat_map(nature).any(|nature| nature.does_more_than_show);
        self.is_active |= self.addresses.iter().flat_map(nature).any(|nature| nature.leads_astray);
        self.is_active |= self.types.iter().flat_map(nature).any(|nature| nature.is_name);
        self.is_active |= self.addresses.iter().chain(&self.types).any(is_nowhere);
    }
}

/// Whether opening a file with this does anything but show a page of it: a plain destination does not.
fn does_more_than_show(value: &Value<'_>) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| matches!(item, Value::Dictionary(_))),
        Value::Dictionary(action) => {
            let is_plain = matches!(action.only(b"S"), Some(Value::Name(name)) if name.as_ref() == b"GoTo");
            !is_plain || action.has(b"Next")
        }
        // An object that is a reference to another: nobody writes that, and it need not be followed.
        Value::Reference(_) => true,
        Value::Integer(_) | Value::Name(_) | Value::Text(_) | Value::Other => false,
    }
}

fn leads_astray(value: &Value<'_>) -> bool {
    let address = match value {
        Value::Text(address) => address.clone(),
        // Some readers take a name for a path.
        Value::Name(name) => [b"/", name.as_ref()].concat(),
        Value::Reference(_) => return true,
        Value::Array(_) | Value::Dictionary(_) | Value::Integer(_) | Value::Other => return false,
    };
    let address: String = address
        .iter()
        .map(|byte| char::from(*byte).to_ascii_lowercase())
        .filter(|character| !character.is_control() && *character != ' ')
        .collect();
    let scheme = address.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    match scheme {
        Some((scheme, _)) => !ADDRESSES.contains(&scheme),
        None => address.starts_with('\\') || address.replace('\\', "/").starts_with("//"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::{lexer::Lexer, value};

    fn is_active(text: &str) -> bool {
        let mut findings = Findings::default();
        findings.look(&value::read(&mut Lexer::new(text.as_bytes(), 0)).unwrap());
        findings.conclude();
        findings.is_active
    }

    #[test]
    fn a_destination_is_not_an_action() {
        for text in [
            "<< /OpenAction [3 0 R /Fit] >>",
            "<< /OpenAction << /S /GoTo /D [3 0 R /FitH 20] >> >>",
            "<< /OpenAction null >>",
        ] {
            assert!(!is_active(text), "{text}");
        }
        for text in [
            "<< /OpenAction << /S /URI /URI (https://example.org) >> >>",
            "<< /OpenAction << /S /GoTo /S /Named >> >>",
            "<< /OpenAction << /S /GoTo /D [3 0 R] /Next << /S /Named /N /Print >> >> >>",
            "<< /OpenAction << /S 7 0 R >> >>",
            "<< /OpenAction [ << /S /URI >> ] >>",
        ] {
            assert!(is_active(text), "{text}");
        }
    }

    #[test]
    fn links_lead_to_web_pages_alone() {
        for address in ["https://example.org/a:b", "MAILTO:ana@example.org", "page.html#x:y", "/a", "#top"] {
            assert!(!is_active(&format!("<< /S /URI /URI ({address}) >>")), "{address}");
        }
        for address in [
            "javascript:app.alert(1)",
            " java\\nscript:x",
            "file:///etc/passwd",
            "\\\\\\\\host\\\\x",
            "//host/x",
        ] {
            assert!(is_active(&format!("<< /S /URI /URI ({address}) >>")), "{address}");
        }
    }

    #[test]
    fn a_name_is_active_as_key_and_as_value() {
        for text in ["/JavaScript", "<< /JS (x) >>", "[ << /A << /S /Launch >> >> ]", "<< /AA << >> >>"] {
            assert!(is_active(text), "{text}");
        }
        assert!(!is_active("<< /Title (/JavaScript /AA) /Font << /F1 /AA >> >>"));
    }
}
