//! Blanks of a prepared answer that were not filled in.

/// A blank such as `[date and time]`, by its place in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placeholder {
    /// The first code point of the blank, counted from the start of the text.
    pub start: usize,
    /// The number of code points, brackets included.
    pub length: usize,
}

const SHORTEST: usize = 2;
const LONGEST: usize = 81;

/// Every blank of a text, in order: `\[[A-Za-z][^\[\]\n]{1,80}\]` (product.md "Text").
pub fn placeholders(text: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut first_is_letter = false;
    for (place, c) in text.chars().enumerate() {
        match (c, open) {
            ('[', _) => (open, first_is_letter) = (Some(place), false),
            (']', Some(start)) => {
                let inner = place - start - 1;
                if first_is_letter && (SHORTEST..=LONGEST).contains(&inner) {
                    found.push(Placeholder { start, length: inner + 2 });
                }
                open = None;
            }
            (']' | '\n', _) => open = None,
            (c, Some(start)) if place == start + 1 => first_is_letter = c.is_ascii_alphabetic(),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_blanks_are_found() {
        for (text, expected) in [
            ("Please provide [specific details needed].", vec![(15, 25)]),
            ("[ab] and [cd]", vec![(0, 4), (9, 4)]),
            ("[a]", vec![]),
            ("[1 of 2]", vec![]),
            ("[ x]", vec![]),
            ("see [note\nbelow]", vec![]),
            ("[[date]]", vec![(1, 6)]),
            ("[]", vec![]),
            ("a] [b", vec![]),
            ("é [né]", vec![(2, 4)]),
        ] {
            let found: Vec<_> = placeholders(text).into_iter().map(|p| (p.start, p.length)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
        assert_eq!(placeholders(&format!("[{}]", "a".repeat(81))).len(), 1);
        assert_eq!(placeholders(&format!("[{}]", "a".repeat(82))).len(), 0);
    }
}
