//! The forms in which values are compared when only their keyed hashes are stored.
//!
//! Changing one of these changes every stored hash: it needs a new scope and a backfill.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest prefix of a word that is indexed; a longer query word is cut to this and verified after decryption.
pub const PREFIX_MAX: usize = 12;
/// The longest piece of a run without spaces between words (Chinese, Japanese, Thai …) that is indexed.
pub const GRAM_MAX: usize = 4;

/// E-mail addresses compare without regard to case, surrounding space or width of characters.
pub fn email(address: &str) -> String {
    // Both passes again after lower-casing, which can leave a form to compose (İ becomes i and a dot above), and
    // trimming last, since a compatibility form can hold a space (¯ becomes a space and a macron).
    let lower: String = address.nfkc().flat_map(char::to_lowercase).collect();
    let normal: String = lower.nfkc().collect();
    normal.trim().to_owned()
}

/// Medical record numbers compare without regard to case, spaces and dashes.
pub fn mrn(number: &str) -> String {
    let kept = number.nfkc().filter(|c| !c.is_whitespace() && !is_dash(*c));
    kept.flat_map(char::to_uppercase).collect()
}

/// Telephone numbers compare by their digits.
pub fn phone(number: &str) -> String {
    number.nfkc().filter(char::is_ascii_digit).collect()
}

/// The words of a text: compatibility-decomposed, without marks, in lower case, cut at everything else.
///
/// A run in a script that does not separate its words is a word of its own, also where it touches another script.
pub fn search_words(text: &str) -> Vec<String> {
    let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let mut words = Vec::new();
    let mut word = String::new();
    let mut word_is_unspaced = false;
    // Composed again, so that a Hangul syllable is one character and not three.
    for c in bare.nfkd().filter(|c| !is_combining_mark(*c)).nfc() {
        let joins = c.is_alphanumeric() && (word.is_empty() || word_is_unspaced == is_unspaced(c));
        if !joins && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word_is_unspaced = is_unspaced(c);
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// What is stored for a text: every prefix of each word, and of unspaced runs every piece.
pub fn index_terms(text: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for word in search_words(text) {
        if word.chars().any(is_unspaced) {
            let starts = word.char_indices().filter_map(|(at, _)| word.get(at..));
            starts.for_each(|rest| terms.extend(prefixes(rest, GRAM_MAX)));
        } else {
            terms.extend(prefixes(&word, PREFIX_MAX));
        }
    }
    terms
}

/// What a query looks for: each word cut to what is indexed, unspaced runs as overlapping pieces.
pub fn query_terms(query: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for word in search_words(query) {
        if word.chars().any(is_unspaced) {
            let chars: Vec<char> = word.chars().collect();
            let width = GRAM_MAX.min(chars.len());
            terms.extend(chars.windows(width).map(|piece| piece.iter().collect::<String>()));
        } else {
            terms.insert(word.chars().take(PREFIX_MAX).collect());
        }
    }
    terms
}

fn prefixes(word: &str, max: usize) -> impl Iterator<Item = String> {
    word.char_indices().take(max).filter_map(|(at, c)| word.get(..at + c.len_utf8())).map(str::to_owned)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00AD}' | '\u{2043}')
}

/// Scripts whose words stand without spaces: Thai to Khmer, kana, Han with its extensions.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_compare_by_meaning() {
        for same in ["ana@x.example", " Ana@X.example\t", "ＡＮＡ@x.example", "ANA@X.EXAMPLE"] {
            assert_eq!(email(same), "ana@x.example", "{same}");
        }
        assert_ne!(
            email("ana@x.example"),
            email("anа@x.example"),
            "a Cyrillic look-alike is another address"
        );
    }

    #[test]
    fn record_numbers_compare_by_their_characters() {
        for same in ["rv 10-023", " RV10023 ", "RV–10\u{00A0}023", "ｒｖ10023"] {
            assert_eq!(mrn(same), "RV10023", "{same}");
        }
    }

    #[test]
    fn words_lose_case_and_marks() {
        assert_eq!(search_words("Señora  O'Brien-Müller, №7"), ["senora", "o", "brien", "muller", "no7"]);
        assert_eq!(search_words("İstanbul"), ["istanbul"]);
        assert_eq!(search_words("皮膚科の予約 MRI検査"), ["皮膚科の予約", "mri", "検査"]);
        assert_eq!(search_words("김철수"), ["김철수"]);
        assert_eq!(search_words(" \u{200B}…!"), Vec::<String>::new());
    }

    #[test]
    fn every_prefix_of_a_word_finds_it() {
        let stored = index_terms("Hydrochlorothiazide refill");
        for query in ["h", "hydro", "HYDROCHLOROT", "hydrochlorothiazide", "ref", "refill hydro"] {
            assert!(query_terms(query).is_subset(&stored), "{query}");
        }
        for query in ["ydro", "refills", "hydro x"] {
            assert!(!query_terms(query).is_subset(&stored), "{query}");
        }
    }

    #[test]
    fn every_part_of_a_chinese_run_finds_it() {
        let stored = index_terms("王小明的湿疹");
        for query in ["王", "小明", "湿疹", "王小明的湿疹", "明的湿"] {
            assert!(query_terms(query).is_subset(&stored), "{query}");
        }
        assert!(!query_terms("明王").is_subset(&stored));
    }
}
