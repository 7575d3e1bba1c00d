//! What one field tells Word to do.

use std::{iter::Peekable, str::Chars};

use super::relationships::is_web_address;

/// Stands in an instruction where another field gives a piece of it.
pub(crate) const NESTED: char = '\u{1}';

/// Instructions that start a program, take in other files or ask a database when a field is brought up to date.
const ACTIVE: [&str; 8] = ["DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DATABASE", "RD"];

#[derive(Clone, PartialEq, Eq, Debug)]
enum Word {
    /// A backslash and a letter or a sign.
    Switch(char),
    Text(String),
}

/// Whether an instruction does more than compute a text or link to the web.
pub(crate) fn is_harmful(instruction: &str) -> bool {
    let words = words(instruction.trim_start());
    let mut texts = words.iter().filter_map(|word| match word {
        Word::Text(text) => Some(text.as_str()),
        Word::Switch(_) => None,
    });
    if texts.clone().any(is_file_elsewhere) {
        return true;
    }
    let Some(keyword) = texts.next() else { return false };
    match keyword.to_ascii_uppercase().as_str() {
        "HYPERLINK" => targets(&words, "lots*").any(|target| !target.is_empty() && !is_web_address(target)),
        "INCLUDEPICTURE" | "INCLUDEPICT" => targets(&words, "c*").any(|target| !is_at_hand(target)),
        keyword => keyword.starts_with(NESTED) || ACTIVE.contains(&keyword),
    }
}

/// The arguments behind the keyword, but for those of these switches.
fn targets<'a>(words: &'a [Word], with_argument: &'static str) -> impl Iterator<Item = &'a str> {
    let mut is_taken = false;
    let arguments = words.iter().filter_map(move |word| match word {
        Word::Switch(letter) => {
            is_taken = with_argument.contains(letter.to_ascii_lowercase());
            None
        }
        Word::Text(_) if std::mem::take(&mut is_taken) => None,
        Word::Text(text) => Some(text.trim()),
    });
    arguments.skip(1)
}

/// Whether a text names something on a share, by a path or by an address: Windows takes either slash.
fn is_file_elsewhere(text: &str) -> bool {
    let text = text.trim().replace('\\', "/").to_ascii_lowercase();
    text.starts_with("//") || text.starts_with("file:")
}

/// Whether a picture's place is on the reader's own disk or in the mail that it came with: nothing is fetched.
fn is_at_hand(target: &str) -> bool {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_local = scheme.len() <= 1 || scheme.eq_ignore_ascii_case("cid");
    is_local && !target.contains(NESTED) && !is_file_elsewhere(target)
}

/// Cuts an instruction into words as Word does: quotes keep spaces.
fn words(instruction: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = instruction.chars().peekable();
    while let Some(first) = rest.next_if(|next| !next.is_whitespace()) {
        match (first, rest.peek().copied()) {
            (quote, _) if is_quote(quote) => {
                words.push(Word::Text(text(&mut rest, is_quote)));
                let _closed = rest.next();
            }
            ('\\', Some(letter)) if letter != '\\' => {
                words.push(Word::Switch(letter));
                let _letter = rest.next();
            }
            _ => {
                let more = text(&mut rest, |next| next.is_whitespace() || is_quote(next));
                words.push(Word::Text(format!("{first}{more}")));
            }
        }
        while rest.next_if(|next| next.is_whitespace()).is_some() {}
    }
    words
}

/// The characters up to the end of a word, as written: paths come with two backslashes for one, and with one.
fn text(rest: &mut Peekable<Chars<'_>>, is_end: impl Fn(char) -> bool) -> String {
    let mut text = String::new();
    while let Some(next) = rest.next_if(|next| !is_end(*next)) {
        text.push(next);
        if next == '\\' {
            // Behind a backslash, a quote is no end.
            text.extend(rest.next());
        }
    }
    text
}

const fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_word_cuts_them() {
        let all = words("HYPERLINK  \"a \\\"b\\\" c\" \\l\u{201c}d\u{201d}\\* MERGE \\\\\\\\host\\\\x");
        let text = |text: &str| Word::Text(text.to_owned());
        let wanted = [
            text("HYPERLINK"),
            text("a \\\"b\\\" c"),
            Word::Switch('l'),
            text("d"),
            Word::Switch('*'),
            text("MERGE"),
            text("\\\\\\\\host\\\\x"),
        ];
        assert_eq!(all, wanted);
    }

    #[test]
    fn what_computes_a_text_is_harmless() {
        for good in [
            "",
            " PAGE ",
            "HYPERLINK",
            "HYPERLINK \"\" \\l \"a\"",
            "hyperlink https://example.org \\o \"file it: now\" \\n",
            "INCLUDEPICTURE \"C:\\\\a\\\\b.png\" \\* MERGEFORMATINET",
            "INCLUDEPICTURE cid:a",
            "EQ \\o(\\s\\up 5(a),b)",
            "= 1 / 2 \\# \"0,00\"",
            "XE \"DDE\"",
        ] {
            assert!(!is_harmful(good), "{good}");
        }
    }

    #[test]
    fn what_fetches_or_starts_something_is_not() {
        for bad in [
            "\"DDE\" a",
            "link a",
            "INCLUDEPICTURE \"http:a\"",
            "INCLUDEPICTURE \"a\u{1}\"",
            "INCLUDEPICTURE \\d \\\\\\\\host\\\\a",
            "INCLUDEPICTURE \"\\\\host\\a\"",
            "HYPERLINK \"a.docx\"",
            "HYPERLINK \"\u{1}\"",
            "HYPERLINK \\n \"search-ms:a\"",
            "HYPERLINK \u{201e}file://host/a\u{201c}",
            "IF 1 = 1 \"\\\\\\\\host\"",
            "\u{1} a",
        ] {
            assert!(is_harmful(bad), "{bad}");
        }
    }
}
