//! What staff keep and tell each other: views, links, and word of mentions.

use super::dice::Dice;
use super::play::{People, Played};
use super::story::Who;
use super::write::Loading;
use std::collections::BTreeMap;
use threadwell_application::ports::{NewNotification, NotificationKind, Recipient, Sender, Tx, ViewText};
use threadwell_application::{Error, Result};
use threadwell_domain::view::ViewName;
use threadwell_domain::{NotificationId, Phi, ThreadId, ViewId};

/// Views that the practice's people keep: whose, called what, shared or not, and what they ask.
const VIEWS: [(Who, &str, bool, &str); 3] = [
    (
        Who::Nurse,
        "Refills to sort",
        true,
        r#"{"categories":["prescription"],"statuses":["open","in-progress"],"openOnly":true}"#,
    ),
    (Who::Provider, "Waiting for a provider", true, r#"{"statuses":["waiting-provider"]}"#),
    (Who::Nurse, "Urgent and unread", false, r#"{"priorities":["urgent","high"],"unreadOnly":true}"#),
];

impl Loading<'_> {
    /// Views, and a link between two threads of one patient.
    pub(super) fn add_work(
        &self,
        tx: &mut dyn Tx,
        ids: &mut Dice,
        people: &People,
        threads: &BTreeMap<String, ThreadId>,
    ) -> Result<()> {
        for (who, name, is_shared, filter) in VIEWS {
            let Some((owner, _)) = people.staff.get(&who) else { continue };
            let name = ViewName::parse(name).map_err(Error::unavailable)?;
            let text = ViewText { name, is_shared, filter: Phi::new(filter), assignee: None };
            tx.views().add(ViewId::new(ids.id_at(self.now)), *owner, &text)?;
        }
        for (one, other) in self.cast.links {
            if let (Some(one), Some(other), Some((by, _))) =
                (threads.get(*one), threads.get(*other), people.staff.get(&Who::Nurse))
            {
                tx.links().add(*one, *other, *by)?;
            }
        }
        Ok(())
    }
}

/// Word of the notes that mention somebody who has not read so far.
pub(super) fn tell_of_mentions(tx: &mut dyn Tx, ids: &mut Dice, played: &Played) -> Result<()> {
    for line in &played.lines {
        let Sender::Staff(by) = line.sender else { continue };
        for to in &line.mentions {
            let has_read = played
                .cursors
                .iter()
                .any(|(reader, seq, _)| *reader == Recipient::Staff(*to) && *seq >= line.seq);
            if has_read || *to == by {
                continue;
            }
            tx.notifications().add(&NewNotification {
                id: NotificationId::new(ids.id_at(line.sent_at)),
                to: *to,
                by,
                at: line.sent_at,
                kind: NotificationKind::Mention,
                thread: played.thread.facts().id,
                message: Some(line.id),
                place: line.seq,
            })?;
        }
    }
    Ok(())
}
