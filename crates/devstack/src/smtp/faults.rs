use std::collections::BTreeMap;

use serde::Serialize;

/// What the server does once it has a whole mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AfterData {
    /// Keeps the mail and answers 250.
    #[default]
    Answer,
    /// Never answers, and keeps nothing.
    Hang,
    /// Keeps the mail and drops the connection without an answer: the sender cannot know.
    DropBeforeAnswer,
    /// Keeps the mail, answers 250 and drops the connection.
    DropAfterAnswer,
}

/// How the server fails.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Faults {
    /// Nobody listens, and open connections are cut.
    pub refuse_connections: bool,
    /// The answer to RCPT by recipient: a code from 400 to 599. `*` stands for everybody else.
    pub replies: BTreeMap<String, u16>,
    /// What happens once the mail is there.
    pub after_data: AfterData,
}

impl Faults {
    /// Refuses connections.
    pub fn refusing() -> Self {
        Self { refuse_connections: true, ..Self::default() }
    }

    /// Answers RCPT for one recipient, or for everybody (`*`), with a code from 400 to 599.
    pub fn replying(recipient: &str, code: u16) -> Self {
        Self { replies: BTreeMap::from([(recipient.to_owned(), code)]), ..Self::default() }
    }

    /// Fails once the mail is there.
    pub fn after_data(after_data: AfterData) -> Self {
        Self { after_data, ..Self::default() }
    }
}

/// Faults with a number that the server confirms.
#[derive(Serialize)]
pub(crate) struct Ordered<'a> {
    pub(crate) sequence: u64,
    #[serde(flatten)]
    pub(crate) faults: &'a Faults,
}
