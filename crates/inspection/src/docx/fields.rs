//! Fields: instructions in the text that Word carries out.

use threadwell_domain::attachment::ContentRefusal;

use super::xml::{self, Met};

/// Instructions that start a program or fetch something when a field is brought up to date.
const ACTIVE: [&str; 5] = ["DDE", "DDEAUTO", "INCLUDETEXT", "IMPORT", "LINK"];

/// Refuses a part with such an instruction.
pub(crate) fn check(part: &[u8]) -> Result<(), ContentRefusal> {
    let instructions = instructions(part)?;
    let is_active = instructions.lines().filter_map(|line| line.split_whitespace().next()).any(|word| {
        let word = word.trim_matches('"').to_ascii_uppercase();
        ACTIVE.contains(&word.as_str())
    });
    if is_active { Err(ContentRefusal::ArchiveRejected) } else { Ok(()) }
}

/// The instructions of a part, one a line. Pieces of one may be scattered over many runs.
fn instructions(part: &[u8]) -> Result<String, ContentRefusal> {
    let mut instructions = String::new();
    let mut is_inside = false;
    xml::walk(part, |met| {
        if let Met::Text(text) = met {
            instructions.push_str(if is_inside { text } else { "" });
            return Ok(());
        }
        is_inside = matches!(met, Met::Element { name: "instrText" | "delInstrText", .. });
        match met {
            Met::Element { name: "fldSimple", attributes } => {
                let attributes = attributes.read()?.into_iter();
                for attribute in attributes.filter(|attribute| attribute.name == "instr") {
                    instructions.push_str(&format!("\n{}\n", attribute.value));
                }
            }
            // A field's beginning, middle or end parts one instruction from the next.
            Met::Element { name: "fldChar", .. } => instructions.push('\n'),
            _ => {}
        }
        Ok(())
    })?;
    Ok(instructions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_put_together_from_their_runs() {
        let field = |instruction: &str| {
            format!("<p><r><fldChar/></r>{instruction}<r><fldChar/></r><r><t>DDE LINK</t></r></p>")
        };
        for good in
            ["<instrText> PAGE </instrText>", "<instrText> HYPERLINK \"https://a.example\" </instrText>"]
        {
            assert!(check(field(good).as_bytes()).is_ok(), "{good}");
        }
        for bad in [
            "<instrText> DDEAUTO c:\\\\cmd.exe </instrText>",
            "<instrText>D</instrText>\n<x/><instrText>DE</instrText><instrText>auto x</instrText>",
            "<fldSimple instr=' dde x'/>",
            "<instrText>&#68;DE x</instrText>",
        ] {
            assert!(check(field(bad).as_bytes()).is_err(), "{bad}");
        }
    }
}
