//! Fields: instructions in the text that Word carries out.

use threadwell_domain::attachment::ContentRefusal;

use super::{
    instruction::{NESTED, is_harmful},
    xml::{self, Attributes, Met},
};

/// Where an element may stand between the pieces of a field: Word's own namespace and that of formulas, old and strict.
const WORDS_OWN: [&str; 4] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
];

/// Refuses a part whose fields or markup do more than show text.
pub(crate) fn check(part: &[u8]) -> Result<(), ContentRefusal> {
    let mut fields = Fields::default();
    xml::walk(part, |met| if fields.allow(met) { Ok(()) } else { Err(ContentRefusal::ArchiveRejected) })?;
    if fields.open.iter().any(Field::is_harmful) { Err(ContentRefusal::ArchiveRejected) } else { Ok(()) }
}

/// A field on its way. Pieces of its instruction may be scattered over many runs.
#[derive(Default)]
struct Field {
    instruction: String,
    /// The same without what was deleted while changes were tracked: it may come back, or not.
    remaining: String,
    has_result: bool,
}

/// What an open element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Instruction,
    DeletedInstruction,
    Deleted,
    /// Some readers pass over it: the fields within are its own. So many were open before it.
    Foreign(usize),
    Other,
}

#[derive(Default)]
struct Fields {
    open: Vec<Field>,
    within: Vec<Within>,
}

impl Fields {
    fn allow(&mut self, met: Met<'_>) -> bool {
        match met {
            Met::Text(text) => self.text(text),
            Met::End => match self.within.pop() {
                Some(Within::Foreign(open)) => self.open.len() == open,
                _ => true,
            },
            Met::Element { name, namespace, attributes, is_empty } => {
                let is_words_own = namespace.is_some_and(|namespace| WORDS_OWN.contains(&namespace));
                let is_allowed = match name {
                    "fldChar" => is_words_own && self.mark(&attributes).unwrap_or(false),
                    "fldSimple" => is_words_own && is_harmless(&attributes).unwrap_or(false),
                    "instrText" | "delInstrText" => is_words_own,
                    // A page of the web that is put in.
                    "webVideoPr" => false,
                    _ => true,
                };
                if !is_empty {
                    self.within.push(self.what_opens(name, is_words_own));
                }
                is_allowed
            }
        }
    }

    fn what_opens(&self, name: &str, is_words_own: bool) -> Within {
        match name {
            _ if !is_words_own => Within::Foreign(self.open.len()),
            "instrText" => Within::Instruction,
            "delInstrText" => Within::DeletedInstruction,
            "del" | "moveFrom" => Within::Deleted,
            _ => Within::Other,
        }
    }

    /// Whether the innermost field began within whatever a reader may pass over.
    fn is_whole(&self) -> bool {
        let outer = self.within.iter().rev().find_map(|within| match within {
            Within::Foreign(open) => Some(*open),
            _ => None,
        });
        outer.is_none_or(|open| self.open.len() > open)
    }

    fn text(&mut self, text: &str) -> bool {
        let is_any = |wanted: &[Within]| self.within.iter().any(|within| wanted.contains(within));
        if !is_any(&[Within::Instruction, Within::DeletedInstruction])
            || text.trim().is_empty() && self.open.is_empty()
        {
            return true;
        }
        let is_deleted = is_any(&[Within::Deleted, Within::DeletedInstruction]);
        let is_whole = self.is_whole();
        let Some(field) = self.open.last_mut() else { return false };
        let text = text.replace(char::is_control, " ");
        field.instruction.push_str(&text);
        field.remaining.push_str(if is_deleted { "" } else { &text });
        is_whole
    }

    /// A field's beginning, middle or end.
    fn mark(&mut self, attributes: &Attributes<'_>) -> Option<bool> {
        let attributes = attributes.read().ok()?;
        let mut kinds = attributes.iter().filter(|attribute| attribute.name == "fldCharType");
        let (Some(kind), None) = (kinds.next(), kinds.next()) else { return None };
        match kind.value.as_str() {
            "begin" => self.open.push(Field::default()),
            "separate" | "end" if !self.is_whole() => return None,
            "separate" => self.open.last_mut().into_iter().for_each(|field| field.has_result = true),
            "end" => return Some(self.close()),
            _ => return None,
        }
        Some(true)
    }

    fn close(&mut self) -> bool {
        let closed = self.open.pop();
        // What it gives becomes a piece of the instruction that it stands in.
        if let Some(outer) = self.open.last_mut().filter(|outer| !outer.has_result) {
            outer.instruction.push(NESTED);
            outer.remaining.push(NESTED);
        }
        !closed.is_some_and(|field| field.is_harmful())
    }
}

impl Field {
    fn is_harmful(&self) -> bool {
        is_harmful(&self.instruction) || is_harmful(&self.remaining)
    }
}

/// Whether a field that is one element may stay.
fn is_harmless(attributes: &Attributes<'_>) -> Option<bool> {
    let attributes = attributes.read().ok()?;
    let mut instructions = attributes.iter().filter(|attribute| attribute.name == "instr");
    Some(!instructions.any(|attribute| is_harmful(&attribute.value.replace(char::is_control, " "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "<fldChar fldCharType='begin'/>";
    const SEPARATE: &str = "<fldChar fldCharType='separate'/>";
    const END: &str = "<fldChar fldCharType='end'/>";

    fn passes(body: &str) -> bool {
        let body = body.replace("{", BEGIN).replace("|", SEPARATE).replace("}", END);
        let body = body.replace("[", "<instrText>").replace("]", "</instrText>");
        check(format!("<d xmlns='{}' xmlns:i='urn:i'>{body}</d>", WORDS_OWN[0]).as_bytes()).is_ok()
    }

    #[test]
    fn instructions_are_put_together_from_their_runs() {
        for good in [
            "{[ PAGE ]|<t>DDE LINK</t>}",
            "{[ HYPERLINK \"https://a.example\" ]}",
            "{[ IF ]{[ PAGE ]|<t>1</t>}[ = 1 \"DDE\" ]}",
            "{[ TOC ]|{[ PAGE ]}{[ HYPERLINK \\l \"a\" ]}}",
            "[ ]<instrText/><t>DDE LINK</t>",
            "{[ PAGE ]|<i:box>{[ PAGE ]|<t>1</t>}</i:box>}",
            "}",
        ] {
            assert!(passes(good), "{good}");
        }
        for bad in [
            "{[ DDEAUTO c:\\cmd.exe ]}",
            "{[D]\n<x/>[DE][auto x]",
            "<fldSimple instr=' dde x'/>",
            "{[&#68;DE x]}",
            "[DDE x]",
            "{[PAGE ]|[DDE x]}{[DDE x]",
        ] {
            assert!(!passes(bad), "{bad}");
        }
    }

    #[test]
    fn what_a_reader_may_pass_over_does_not_cut_a_field() {
        for bad in [
            "{<i:a>[PAGE ]</i:a>[DDE x]}",
            "{[PAGE ]<i:a>|</i:a>}",
            "{<i:a>}{</i:a>[DDE x]}",
            "<i:a>{</i:a>",
            "{[D<i:a>X</i:a>DE x]}",
            "{[PAGE]<i:fldChar fldCharType='separate'/>}",
            "{<del>[PAGE ]</del>[DDE x]}",
            "{<delInstrText>PAGE </delInstrText>[DDE x]}",
            "<fldChar/>",
            "<fldChar i:fldCharType='begin' fldCharType='end'/>",
        ] {
            assert!(!passes(bad), "{bad}");
        }
    }
}
