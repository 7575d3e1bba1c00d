//! Searching: of threads by subjects and names, of messages by their texts.
//!
//! A search chooses candidates by keyed tokens ([`candidates`]), loads those that the actor may see, opens them and
//! looks at each again in clear ([`matching`]), so that a stale or colliding token shows nothing. The words of a query
//! become [`terms`]; the beginning of a word is found in texts by the practice's [`vocabulary`].

mod budget;
mod candidates;
mod conditions;
mod contexts;
mod conversations;
mod filters;
mod found_threads;
mod index;
mod leads;
mod lookups;
mod matching;
mod narrowing;
mod near;
mod portal;
mod rebuild;
mod recent;
mod rows;
mod settings;
mod sifting;
mod snippets;
mod staff;
mod stretches;
mod terms;
mod tokens;
mod vocabulary;
mod words;
mod writing;

pub(crate) use narrowing::With;
pub(crate) use vocabulary::Vocabularies;
pub(crate) use words::{Words, is_match};

use crate::transaction::PgTransaction;
use threadwell_application::Result;
use threadwell_application::ports::{
    ConversationPage, ConversationQuery, PortalThreadView, Search, SearchPage, SearchQuery, StaffThreadView,
};
use threadwell_domain::Phi;
use threadwell_domain::thread::CategorySet;

impl Search for PgTransaction<'_> {
    fn messages(&mut self, query: &SearchQuery) -> Result<SearchPage<StaffThreadView>> {
        self.search_messages(query)
    }

    fn conversations(&mut self, query: &ConversationQuery) -> Result<ConversationPage> {
        self.further_conversations(query)
    }

    fn own_messages(&mut self, query: &SearchQuery) -> Result<SearchPage<PortalThreadView>> {
        self.search_own_messages(query)
    }

    fn words(&mut self, beginning: &str, limit: usize) -> Result<Vec<Phi>> {
        // A word alone says that some message holds it: not for those who may not see every message.
        if self.visible_categories() != CategorySet::ALL {
            return Ok(Vec::new());
        }
        self.words_beginning(beginning, limit)
    }
}
