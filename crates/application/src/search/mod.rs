//! Searching messages, and keeping the index that makes it quick.

mod find;
mod index;
mod recent;
mod settings;
mod suggest;

pub use find::{portal_search, search_conversations, search_messages};
pub use index::{Indexed, Indexer};
pub use recent::{forget_searches, list_recent, remember_search};
pub use settings::{read_settings, rebuild, update_settings};
pub use suggest::{Suggestion, SuggestionKind, suggest};
