//! Filters of a search.

use super::Side;
use crate::Phi;
use crate::thread::{Category, Status};
use chrono::NaiveDate;

/// What a filter is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FilterName {
    /// Who wrote the message.
    From,
    /// What the thread is about.
    Category,
    /// Where the thread stands.
    Status,
    /// Who is to answer.
    Assigned,
    /// Sent before a day.
    Before,
    /// Sent on a day or later.
    After,
    /// What the message has.
    Has,
    /// What the thread is.
    Is,
    /// Notes or messages.
    In,
}

impl FilterName {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::From,
        Self::Category,
        Self::Status,
        Self::Assigned,
        Self::Before,
        Self::After,
        Self::Has,
        Self::Is,
        Self::In,
    ];

    /// As it is typed, without the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::Category => "category",
            Self::Status => "status",
            Self::Assigned => "assigned",
            Self::Before => "before",
            Self::After => "after",
            Self::Has => "has",
            Self::Is => "is",
            Self::In => "in",
        }
    }

    /// The filter of that name on a side, in any case.
    pub fn on(side: Side, name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL.into_iter().find(|filter| filter.name() == name && filter.is_on(side))
    }

    /// Whether a side has the filter.
    pub const fn is_on(self, side: Side) -> bool {
        match side {
            Side::Staff => true,
            Side::Portal => {
                matches!(self, Self::From | Self::Category | Self::Before | Self::After | Self::Has)
            }
        }
    }

    /// The closed set of values on a side, for suggestions; empty where values are open.
    pub fn values(self, side: Side) -> Vec<&'static str> {
        match (self, side) {
            (Self::From, Side::Staff) => vec!["me", "patient", "staff"],
            (Self::From, Side::Portal) => vec!["me", "careteam"],
            (Self::Category, _) => Category::ALL.map(Category::name).to_vec(),
            (Self::Status, _) => Status::ALL.map(Status::name).to_vec(),
            (Self::Assigned, _) => vec!["me", "none", "mine"],
            (Self::Before | Self::After, _) => Vec::new(),
            (Self::Has, _) => vec!["attachment"],
            (Self::Is, _) => vec!["unread", "archived"],
            (Self::In, _) => vec!["notes", "messages"],
        }
    }
}

/// A filter with a value that makes sense.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Filter {
    /// Written by whoever asks.
    FromMe,
    /// Written by the patient's side.
    FromPatient,
    /// Written by staff; for patients, by the care team.
    FromStaff,
    /// Written by somebody of this name.
    FromPerson(Phi),
    /// In a thread of this category.
    Category(Category),
    /// In a thread of this status.
    Status(Status),
    /// In a thread that whoever asks is to answer.
    AssignedToMe,
    /// In a thread that nobody is to answer.
    AssignedToNobody,
    /// In a thread of a team of one's own.
    AssignedToMyTeams,
    /// In a thread of a person or team of this name.
    AssignedTo(Phi),
    /// Sent before the day began.
    Before(NaiveDate),
    /// Sent on the day or later.
    After(NaiveDate),
    /// With a file.
    HasAttachment,
    /// In a thread that nobody of the staff has read.
    IsUnread,
    /// In an archived thread.
    IsArchived,
    /// Internal notes alone.
    InNotes,
    /// Anything but internal notes.
    InMessages,
}

impl Filter {
    /// Reads a value; `None` if it makes no sense.
    pub fn parse(name: FilterName, value: &str, side: Side) -> Option<Self> {
        let value = value.trim();
        let word = value.to_lowercase();
        match (name, word.as_str()) {
            (_, "") => None,
            (FilterName::From, "me") => Some(Self::FromMe),
            (FilterName::From, "patient") if side == Side::Staff => Some(Self::FromPatient),
            (FilterName::From, "staff") if side == Side::Staff => Some(Self::FromStaff),
            (FilterName::From, "careteam") if side == Side::Portal => Some(Self::FromStaff),
            (FilterName::From, _) => (side == Side::Staff).then(|| Self::FromPerson(Phi::new(value))),
            (FilterName::Category, word) => {
                Category::ALL.into_iter().find(|category| category.name() == word).map(Self::Category)
            }
            (FilterName::Status, word) => {
                Status::ALL.into_iter().find(|status| status.name() == word).map(Self::Status)
            }
            (FilterName::Assigned, "me") => Some(Self::AssignedToMe),
            (FilterName::Assigned, "none") => Some(Self::AssignedToNobody),
            (FilterName::Assigned, "mine") => Some(Self::AssignedToMyTeams),
            (FilterName::Assigned, _) => Some(Self::AssignedTo(Phi::new(value))),
            (FilterName::Before, word) => day(word).map(Self::Before),
            (FilterName::After, word) => day(word).map(Self::After),
            (FilterName::Has, "attachment") => Some(Self::HasAttachment),
            (FilterName::Is, "unread") => Some(Self::IsUnread),
            (FilterName::Is, "archived") => Some(Self::IsArchived),
            (FilterName::In, "notes") => Some(Self::InNotes),
            (FilterName::In, "messages") => Some(Self::InMessages),
            (FilterName::Has | FilterName::Is | FilterName::In, _) => None,
        }
    }

    /// What it is about.
    pub const fn name(&self) -> FilterName {
        match self {
            Self::FromMe | Self::FromPatient | Self::FromStaff | Self::FromPerson(_) => FilterName::From,
            Self::Category(_) => FilterName::Category,
            Self::Status(_) => FilterName::Status,
            Self::AssignedToMe | Self::AssignedToNobody | Self::AssignedToMyTeams | Self::AssignedTo(_) => {
                FilterName::Assigned
            }
            Self::Before(_) => FilterName::Before,
            Self::After(_) => FilterName::After,
            Self::HasAttachment => FilterName::Has,
            Self::IsUnread | Self::IsArchived => FilterName::Is,
            Self::InNotes | Self::InMessages => FilterName::In,
        }
    }

    /// The value as it is typed on a side.
    pub fn value(&self, side: Side) -> Phi {
        match self {
            Self::FromPerson(name) | Self::AssignedTo(name) => name.clone(),
            Self::Before(day) | Self::After(day) => Phi::new(day.format("%Y-%m-%d").to_string()),
            Self::Category(category) => Phi::new(category.name()),
            Self::Status(status) => Phi::new(status.name()),
            Self::FromMe | Self::AssignedToMe => Phi::new("me"),
            Self::FromPatient => Phi::new("patient"),
            Self::FromStaff => Phi::new(if side == Side::Portal { "careteam" } else { "staff" }),
            Self::AssignedToNobody => Phi::new("none"),
            Self::AssignedToMyTeams => Phi::new("mine"),
            Self::HasAttachment => Phi::new("attachment"),
            Self::IsUnread => Phi::new("unread"),
            Self::IsArchived => Phi::new("archived"),
            Self::InNotes => Phi::new("notes"),
            Self::InMessages => Phi::new("messages"),
        }
    }
}

/// A day as `YYYY-MM-DD`, of years that every calendar here knows.
fn day(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let day = is_plain.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()?;
    let first = NaiveDate::from_ymd_opt(1900, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(9000, 1, 1)?;
    (first..last).contains(&day).then_some(day)
}
