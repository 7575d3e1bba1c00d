//! What people type to find messages: words, quoted phrases, and filters such as `from:me`.
//!
//! Whoever types is never refused: a filter that is half there or makes no sense is left out, with the reason.

mod filter;
mod kept;
mod lexer;
mod query;
mod whole;

pub use filter::{Filter, FilterName};
pub use kept::KeptQuery;
pub use query::{Ignored, IgnoredReason, QUERY_MAX, Query, Side, TERMS_MAX, Term, quoted_if_blank};
pub use whole::{PHONE_DIGITS, days, is_phone};
