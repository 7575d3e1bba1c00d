//! A query as it was understood.

use super::filter::{Filter, FilterName};
use super::lexer::{Kind, Piece, pieces};
use super::whole;
use crate::Phi;

/// The longest query, in code points.
pub const QUERY_MAX: usize = 200;
/// More words and phrases than these are left out.
pub const TERMS_MAX: usize = 8;
const FILTERS_MAX: usize = 12;

/// Who asks: patients have fewer filters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The practice's staff.
    Staff,
    /// Patients and whoever acts for them.
    Portal,
}

/// A word or phrase to look for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// As it was typed, without quotation marks.
    pub text: Phi,
    /// Whether it stood in quotation marks.
    pub is_phrase: bool,
    /// Whether a hit must not have it.
    pub is_excluded: bool,
    /// Whether it may be the beginning of a word that is still being typed.
    pub is_open: bool,
    /// The telephone numbers and days that it may be part of together with its neighbours.
    pub part_of: Vec<Phi>,
}

/// Why a part of a query was left out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IgnoredReason {
    /// There is such a filter, but no such value.
    UnknownValue,
    /// There is no such filter.
    UnknownFilter,
    /// There is nobody of that name: nothing is found.
    Nobody,
    /// There is nobody of that name: the filter's other values stand.
    NobodyBeside,
    /// A filter says what hits must be, and never what they must not be.
    CannotBeExcluded,
    /// There were too many before it.
    TooMany,
}

/// A part of a query that was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ignored {
    /// As it was typed.
    pub text: Phi,
    /// Why.
    pub reason: IgnoredReason,
}

/// A query as it was understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// What to look for.
    pub terms: Vec<Term>,
    /// What to narrow by.
    pub filters: Vec<Filter>,
    /// What was left out.
    pub ignored: Vec<Ignored>,
    /// The byte at which the last piece begins, for who offers to complete it.
    pub last_piece: usize,
}

impl Query {
    /// Reads a text; every text is a query.
    pub fn parse(text: &str, side: Side) -> Self {
        let pieces = pieces(text);
        let is_open = !text.ends_with(char::is_whitespace);
        let mut query = Self {
            terms: Vec::new(),
            filters: Vec::new(),
            ignored: Vec::new(),
            last_piece: pieces.last().filter(|_| is_open).map_or(text.len(), |piece| piece.start),
        };
        let last = pieces.len();
        for (place, piece) in pieces.into_iter().enumerate() {
            query.take(piece, is_open && place + 1 == last, side);
        }
        whole::join(&mut query.terms);
        query
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.filters.is_empty() && !self.terms.iter().any(|term| !term.is_excluded)
    }

    fn take(&mut self, piece: Piece, is_last: bool, side: Side) {
        match piece.kind {
            Kind::Named(name, value) => self.take_named(&name, &value, piece.is_excluded, side),
            Kind::Plain(text) => self.take_term(&text, false, piece.is_excluded, is_last),
            Kind::Quoted(text) => self.take_term(&text, true, piece.is_excluded, false),
        }
    }

    fn take_term(&mut self, text: &str, is_phrase: bool, is_excluded: bool, is_open: bool) {
        // Of what holds no letter and no digit nothing can be found; of an empty pair of quotation marks neither.
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        if self.terms.len() == TERMS_MAX {
            return self.leave_out(text.to_owned(), IgnoredReason::TooMany);
        }
        let is_open = is_open && !is_excluded;
        self.terms.push(Term { text: Phi::new(text), is_phrase, is_excluded, is_open, part_of: Vec::new() });
    }

    fn take_named(&mut self, name: &str, value: &str, is_excluded: bool, side: Side) {
        let written = || format!("{}{name}:{value}", if is_excluded { "-" } else { "" });
        let Some(known) = FilterName::on(side, name) else {
            return self.leave_out(written(), IgnoredReason::UnknownFilter);
        };
        if is_excluded {
            return self.leave_out(written(), IgnoredReason::CannotBeExcluded);
        }
        match Filter::parse(known, value, side) {
            None => self.leave_out(written(), IgnoredReason::UnknownValue),
            Some(filter) if self.filters.contains(&filter) => {}
            Some(_) if self.filters.len() == FILTERS_MAX => {
                self.leave_out(written(), IgnoredReason::TooMany);
            }
            Some(filter) => self.filters.push(filter),
        }
    }

    fn leave_out(&mut self, text: String, reason: IgnoredReason) {
        self.ignored.push(Ignored { text: Phi::new(text), reason });
    }

    /// The query in its plainest form, without what was left out; reading it again gives the same query.
    pub fn written(&self, side: Side) -> Phi {
        let filters = self.filters.iter().map(|filter| {
            let value = filter.value(side);
            format!("{}:{}", filter.name().name(), quoted_if_blank(value.expose()))
        });
        let terms = self.terms.iter().map(|term| {
            let sign = if term.is_excluded { "-" } else { "" };
            let text = term.text.expose();
            if term.is_phrase { format!("{sign}\"{text}\"") } else { format!("{sign}{text}") }
        });
        let is_open = self.terms.last().is_some_and(|term| term.is_open);
        let text = filters.chain(terms).collect::<Vec<_>>().join(" ");
        Phi::new(if is_open || text.is_empty() { text } else { text + " " })
    }
}

/// A value in quotation marks where it needs them.
pub fn quoted_if_blank(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::Category;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn staff(text: &str) -> Query {
        Query::parse(text, Side::Staff)
    }

    fn words(query: &Query) -> Vec<(&str, bool, bool)> {
        query.terms.iter().map(|term| (term.text.expose(), term.is_phrase, term.is_excluded)).collect()
    }

    #[test]
    fn words_phrases_and_exclusions() {
        let query = staff("rash \"left arm\" -fever -\"no pain\" x-ray");
        let expected = [
            ("rash", false, false),
            ("left arm", true, false),
            ("fever", false, true),
            ("no pain", true, true),
            ("x-ray", false, false),
        ];
        assert_eq!(words(&query), expected);
        assert_eq!(query.terms.iter().filter(|term| term.is_open).count(), 1);
        assert!(!staff("rash ").terms[0].is_open);
    }

    #[test]
    fn filters_are_read_in_any_case() {
        let query =
            staff("FROM:Me category:billing from:\"Maria Santos\" after:2026-01-05 in:notes is:unread");
        assert_eq!(
            query.filters,
            [
                Filter::FromMe,
                Filter::Category(Category::Billing),
                Filter::FromPerson(Phi::new("Maria Santos")),
                Filter::After(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()),
                Filter::InNotes,
                Filter::IsUnread,
            ]
        );
        assert!(query.terms.is_empty() && query.ignored.is_empty());
    }

    #[test]
    fn what_makes_no_sense_is_left_out_with_its_reason() {
        let query = staff("from: category:foo before:2026-13-01 after:5 colour:red -from:me 10:30 http://x");
        let reasons: Vec<_> = query.ignored.iter().map(|part| (part.text.expose(), part.reason)).collect();
        assert_eq!(
            reasons,
            [
                ("from:", IgnoredReason::UnknownValue),
                ("category:foo", IgnoredReason::UnknownValue),
                ("before:2026-13-01", IgnoredReason::UnknownValue),
                ("after:5", IgnoredReason::UnknownValue),
                ("colour:red", IgnoredReason::UnknownFilter),
                ("-from:me", IgnoredReason::CannotBeExcluded),
            ]
        );
        assert_eq!(words(&query), [("10:30", false, false), ("http://x", false, false)]);
        let many = staff(&"w ".repeat(20));
        assert_eq!((many.terms.len(), many.ignored.len()), (TERMS_MAX, 20 - TERMS_MAX));
    }

    #[test]
    fn patients_have_filters_of_their_own() {
        let query = Query::parse("from:careteam in:notes status:open from:maria", Side::Portal);
        assert_eq!(query.filters, [Filter::FromStaff]);
        assert_eq!(query.ignored.len(), 3);
    }

    #[test]
    fn hostile_texts_are_queries_too() {
        for text in
            ["", " ", "\"", "\"\"", "-", "--", ":", "a:\"", "% _ \\ ' & | !:*", "🙂", "\u{202e}abc", "-\""]
        {
            let query = staff(text);
            assert!(query.filters.is_empty(), "{text}");
        }
        assert!(staff("% _ \\ ' & | !:* 🙂").is_empty());
    }

    proptest! {
        #[test]
        fn every_text_is_read_and_its_plain_form_means_the_same(text in "[a-z:\"\\- é皮1]{0,60}|\\PC{0,60}") {
            for side in [Side::Staff, Side::Portal] {
                let query = Query::parse(&text, side);
                let again = Query::parse(query.written(side).expose(), side);
                prop_assert_eq!(&again.filters, &query.filters);
                prop_assert_eq!(&again.terms, &query.terms);
                prop_assert!(again.ignored.is_empty());
                prop_assert!(text.is_char_boundary(query.last_piece));
            }
        }
    }
}
