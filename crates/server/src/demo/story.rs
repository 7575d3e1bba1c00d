//! A conversation as it is told, before the domain's rules have run through it.

use super::files::File;
use super::moments::At;
use std::borrow::Cow;
use threadwell_domain::thread::{Category, Priority};

/// A text of a story.
pub(super) type Text = Cow<'static, str>;

/// A member of a practice's staff by what they are there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Who {
    Admin,
    Provider,
    Provider2,
    Nurse,
    Assistant,
    FrontDesk,
    Billing,
    Auditor,
}

/// What happens in a conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Act {
    /// The patient writes, by its own account or else its guardian's.
    Patient(Text),
    /// A proxy writes for the patient, by the key of the proxy's account.
    Proxy(&'static str, Text),
    /// Staff answer.
    Reply(Who, Text),
    /// Staff write a note and mention colleagues.
    Note(Who, Text, Vec<Who>),
    /// Somebody opens the conversation and so reads it.
    Opened(Who),
    /// The patient's side opens it.
    OpenedByPatient,
    /// It is given to a person, who may be the one who gives it.
    Assign(Who),
    /// It is given to a team.
    AssignTeam(&'static str),
    /// It is given back.
    Unassign,
    /// Its priority is set.
    Priority(Priority),
    /// A provider is asked.
    AskProvider(Who),
    /// It is closed, with a reason.
    Close(Who, Option<Text>),
    /// Staff open it again.
    Reopen(Who),
    /// Retention archives it.
    Archive,
}

/// A conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Story {
    /// By what other stories call it.
    pub(super) key: Text,
    /// Whose, by key.
    pub(super) patient: &'static str,
    pub(super) category: Category,
    pub(super) subject: Text,
    /// Shuts proxies out.
    pub(super) is_confidential: bool,
    /// The closed story that it goes on from.
    pub(super) goes_on_from: Option<&'static str>,
    /// In the order in which it happens. The first is a message; a reply makes it a thread of the staff.
    pub(super) steps: Vec<(At, Act)>,
    /// What messages take along, by the number of their step.
    pub(super) files: Vec<(usize, File)>,
}

/// Begins a story.
pub(super) fn story(
    key: impl Into<Text>,
    patient: &'static str,
    category: Category,
    subject: impl Into<Text>,
) -> Story {
    Story {
        key: key.into(),
        patient,
        category,
        subject: subject.into(),
        is_confidential: false,
        goes_on_from: None,
        steps: Vec::new(),
        files: Vec::new(),
    }
}

impl Story {
    fn then(mut self, at: At, act: Act) -> Self {
        self.steps.push((at, act));
        self
    }

    pub(super) fn patient(self, at: At, text: impl Into<Text>) -> Self {
        self.then(at, Act::Patient(text.into()))
    }

    pub(super) fn proxy(self, at: At, account: &'static str, text: impl Into<Text>) -> Self {
        self.then(at, Act::Proxy(account, text.into()))
    }

    pub(super) fn reply(self, at: At, who: Who, text: impl Into<Text>) -> Self {
        self.then(at, Act::Reply(who, text.into()))
    }

    pub(super) fn note(self, at: At, who: Who, text: impl Into<Text>, mentions: &[Who]) -> Self {
        self.then(at, Act::Note(who, text.into(), mentions.to_vec()))
    }

    /// The message before takes a file along.
    pub(super) fn with(mut self, file: File) -> Self {
        self.files.push((self.steps.len().saturating_sub(1), file));
        self
    }

    pub(super) fn opened(self, at: At, who: Who) -> Self {
        self.then(at, Act::Opened(who))
    }

    pub(super) fn opened_by_patient(self, at: At) -> Self {
        self.then(at, Act::OpenedByPatient)
    }

    /// Somebody opens it and takes it.
    pub(super) fn take(self, at: At, who: Who) -> Self {
        self.opened(at, who).then(at, Act::Assign(who))
    }

    pub(super) fn assign(self, at: At, who: Who) -> Self {
        self.then(at, Act::Assign(who))
    }

    pub(super) fn team(self, at: At, name: &'static str) -> Self {
        self.then(at, Act::AssignTeam(name))
    }

    pub(super) fn unassign(self, at: At) -> Self {
        self.then(at, Act::Unassign)
    }

    pub(super) fn priority(self, at: At, priority: Priority) -> Self {
        self.then(at, Act::Priority(priority))
    }

    pub(super) fn ask_provider(self, at: At, who: Who) -> Self {
        self.then(at, Act::AskProvider(who))
    }

    pub(super) fn close(self, at: At, who: Who) -> Self {
        self.then(at, Act::Close(who, None))
    }

    pub(super) fn close_because(self, at: At, who: Who, reason: impl Into<Text>) -> Self {
        self.then(at, Act::Close(who, Some(reason.into())))
    }

    pub(super) fn reopen(self, at: At, who: Who) -> Self {
        self.then(at, Act::Reopen(who))
    }

    pub(super) fn archive(self, at: At) -> Self {
        self.then(at, Act::Archive)
    }

    pub(super) const fn confidential(mut self) -> Self {
        self.is_confidential = true;
        self
    }

    pub(super) const fn goes_on_from(mut self, key: &'static str) -> Self {
        self.goes_on_from = Some(key);
        self
    }
}
