//! Values of a patient that are typed with blanks in them: telephone numbers and days.

use super::query::Term;
use crate::Phi;
use chrono::NaiveDate;

/// Fewer digits are no telephone number.
pub const PHONE_DIGITS: usize = 7;
/// The parts of the longest such value, as of "3 de febrero de 1980".
const PARTS_MAX: usize = 5;
/// The months in English and in Spanish.
const MONTHS: [[&str; 12]; 2] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];
/// So many letters are enough of a month.
const MONTH_LETTERS: usize = 3;

/// Tells terms in a row which values they are part of together.
pub(super) fn join(terms: &mut [Term]) {
    for length in 2..=PARTS_MAX {
        for start in 0..=terms.len().saturating_sub(length) {
            let Some(row) = terms.get_mut(start..start + length) else { return };
            let text = row.iter().map(|term| term.text.expose()).collect::<Vec<_>>().join(" ");
            let is_plain = row.iter().all(|term| !term.is_phrase && !term.is_excluded);
            if is_plain && (is_phone(&text) || !days(&text).is_empty()) {
                row.iter_mut().for_each(|term| term.part_of.push(Phi::new(&text)));
            }
        }
    }
}

/// Whether a text may be a telephone number.
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    digits >= PHONE_DIGITS && !text.chars().any(char::is_alphabetic)
}

/// The days that a text may be: as `YYYY-MM-DD`, in figures with the month or the day first, or written out in English
/// or Spanish.
pub fn days(text: &str) -> Vec<NaiveDate> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !matches!(*word, "" | "de" | "del" | "of")).collect();
    let [first, second, third] = words.as_slice() else { return Vec::new() };
    let readings = match (month(first), month(second)) {
        (Some(month), _) => vec![(number(third, 4), Some(month), number(second, 2))],
        (None, Some(month)) => vec![(number(third, 4), Some(month), number(first, 2))],
        (None, None) if first.len() == 4 => vec![(number(first, 4), number(second, 2), number(third, 2))],
        (None, None) => vec![
            (number(third, 4), number(first, 2), number(second, 2)),
            (number(third, 4), number(second, 2), number(first, 2)),
        ],
    };
    let day = |(year, month, day): (Option<u32>, Option<u32>, Option<u32>)| {
        NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, month?, day?)
    };
    let mut days: Vec<NaiveDate> = readings.into_iter().filter_map(day).collect();
    days.dedup();
    days
}

/// The number of a month by its name or the beginning of it.
fn month(word: &str) -> Option<u32> {
    let begins = |name: &str| word.len() >= MONTH_LETTERS && name.starts_with(word);
    let place = MONTHS.iter().find_map(|names| names.iter().position(|name| begins(name)))?;
    u32::try_from(place + 1).ok()
}

/// A number of so many figures at most; a year has all of them.
fn number(word: &str, figures: usize) -> Option<u32> {
    let is_long_enough = if figures == 4 { word.len() == 4 } else { word.len() <= figures };
    let is_number = is_long_enough && word.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Query, Side};

    fn read(text: &str) -> Vec<String> {
        days(text).into_iter().map(|day| day.to_string()).collect()
    }

    #[test]
    fn a_day_is_read_in_figures_and_in_words() {
        for text in [
            "1980-02-13",
            "02/13/1980",
            "13/02/1980",
            "13.2.1980",
            "2-13-1980",
            "February 13, 1980",
            "feb 13 1980",
            "13 February 1980",
            "13 de febrero de 1980",
            "13 Feb. 1980",
        ] {
            assert_eq!(read(text), ["1980-02-13"], "{text}");
        }
        assert_eq!(read("02/03/1980"), ["1980-02-03", "1980-03-02"], "both readings");
        assert_eq!(read("03/03/1980"), ["1980-03-03"]);
        assert_eq!(read("1 de septiembre de 2001"), ["2001-09-01"]);
        assert_eq!(read("sept 1, 2001"), ["2001-09-01"]);
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in
            ["", "1980", "02/30/1980", "13/13/1980", "2/3/80", "fe 3 1980", "rash 3 1980", "1 2 3 1980"]
        {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn terms_know_the_number_or_day_that_they_are_part_of() {
        let parts = |text: &str| -> Vec<Vec<String>> {
            let query = Query::parse(text, Side::Staff);
            let of = |term: Term| term.part_of.iter().map(|part| part.expose().to_owned()).collect();
            query.terms.into_iter().map(of).collect()
        };
        let number = "(555) 010-0142";
        assert_eq!(parts("rash (555) 010-0142"), [vec![], vec![number], vec![number]]);
        assert_eq!(parts("555 - 010 - 0142").concat().last().unwrap(), "555 010 0142");
        assert_eq!(parts("Feb 3, 1980 rash").concat(), ["Feb 3, 1980"; 3]);
        assert_eq!(parts("555 -010 0142").concat(), Vec::<String>::new(), "an exclusion is no part");
        assert_eq!(parts("555 \"010 0142\"").concat(), Vec::<String>::new(), "a phrase is whole");
    }
}
