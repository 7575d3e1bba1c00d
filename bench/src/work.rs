//! The kinds of work, with their floors and goals.

use crate::generate::{SIGNED_IN, tenant};
use crate::ids::{EPOCH_MS, Kind, id, step_ms};
use crate::size::{Practice, STAFF};

/// Whose token a request carries and whose role its floor has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    Staff,
    Portal,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    /// What wrk's script calls it.
    pub(crate) name: &'static str,
    /// What the report calls it.
    pub(crate) title: &'static str,
    pub(crate) side: Side,
    /// The floor's script.
    pub(crate) floor: &'static str,
    /// The least HTTP ÷ floor.
    pub(crate) goal_ratio: f64,
    /// The greatest p99 at 16 clients, in milliseconds.
    pub(crate) goal_p99_ms: f64,
}

const fn work(
    name: &'static str,
    title: &'static str,
    side: Side,
    floor: &'static str,
    goals: (f64, f64),
) -> Work {
    Work { name, title, side, floor, goal_ratio: goals.0, goal_p99_ms: goals.1 }
}

/// Readers first: what writes makes the data grow.
pub(crate) const ALL: [Work; 6] = [
    work(
        "inbox",
        "staff inbox page of 50, by status",
        Side::Staff,
        include_str!("../floor/inbox.sql"),
        (0.6, 30.0),
    ),
    work(
        "thread",
        "staff thread, newest 50 messages",
        Side::Staff,
        include_str!("../floor/thread.sql"),
        (0.6, 20.0),
    ),
    work("unread", "unread count", Side::Staff, include_str!("../floor/unread.sql"), (0.5, 10.0)),
    work(
        "portal_list",
        "portal thread list",
        Side::Portal,
        include_str!("../floor/portal_list.sql"),
        (0.6, 20.0),
    ),
    work("send", "send a staff reply", Side::Staff, include_str!("../floor/send.sql"), (0.6, 50.0)),
    work(
        "portal_start",
        "portal new thread with auto-reply",
        Side::Portal,
        include_str!("../floor/portal_start.sql"),
        (0.6, 60.0),
    ),
];

impl Work {
    /// The floor's script for a practice.
    pub(crate) fn floor_script(&self, practice: &Practice) -> String {
        let number = practice.number;
        let numbered = |kind: Kind, variable: &str| {
            let all = id(kind, number, 0).simple().to_string();
            let prefix: String = all.chars().take(20).collect();
            format!("('{prefix}' || lpad(to_hex(:{variable}::bigint), 12, '0'))::uuid")
        };
        let thread = format!(
            "(lpad(to_hex({EPOCH_MS} + :n::bigint * {}), 12, '0') || '70058{number:03x}' \
             || lpad(to_hex(:n::bigint), 12, '0'))::uuid",
            step_ms(practice.threads)
        );
        let blanks = [
            ("{tenant}", tenant(number).to_string()),
            ("{staff}", numbered(Kind::Staff, "s")),
            ("{staff_session}", numbered(Kind::StaffSession, "s")),
            ("{patient}", numbered(Kind::Patient, "a")),
            ("{account}", numbered(Kind::Account, "a")),
            ("{portal_session}", numbered(Kind::PortalSession, "a")),
            ("{thread}", thread),
            ("{last_staff}", (STAFF - 1).to_string()),
            ("{last_account}", (practice.patients().min(SIGNED_IN) - 1).to_string()),
            ("{last_thread}", (practice.threads - 1).to_string()),
            ("{last_hundred}", (practice.threads / 100 - 1).to_string()),
        ];
        blanks.iter().fold(self.floor.to_owned(), |script, (blank, with)| script.replace(blank, with))
    }
}
