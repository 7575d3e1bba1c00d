//! Searching messages, what was searched for before, and the practice's switch.

pub(crate) mod conversations;
pub(crate) mod forget;
pub(crate) mod list_recent;
pub(crate) mod messages;
pub(crate) mod read_settings;
pub(crate) mod remember;
pub(crate) mod suggestions;
pub(crate) mod update_settings;
