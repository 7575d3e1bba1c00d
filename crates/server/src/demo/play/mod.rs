//! Runs a story through the domain's rules: what comes out could have been typed into the two apps.

mod player;

use super::dice::Dice;
use super::files::File;
use super::story::{Story, Who};
use player::Player;
use std::collections::BTreeMap;
use threadwell_application::ports::{Recipient, Sender};
use threadwell_application::{Error, Result};
use threadwell_domain::access::Role;
use threadwell_domain::message::{MessageBody, Preview};
use threadwell_domain::thread::{Category, CloseReason, Seq, Subject, Thread};
use threadwell_domain::{AccountId, MessageId, Moment, PatientId, StaffId, TeamId, ThreadId};

/// Who is who in a practice.
#[derive(Default)]
pub(super) struct People {
    pub(super) staff: BTreeMap<Who, (StaffId, Role)>,
    pub(super) teams: BTreeMap<String, TeamId>,
    pub(super) patients: BTreeMap<&'static str, PatientId>,
    /// Who writes for a patient, by the keys of account and patient.
    pub(super) senders: BTreeMap<(&'static str, &'static str), Sender>,
    /// Whose account writes for a patient unless the story says otherwise.
    pub(super) usual: BTreeMap<&'static str, &'static str>,
}

/// What a practice's stories are played with.
pub(super) struct Stage<'a> {
    pub(super) people: &'a People,
    pub(super) auto_replies: &'a BTreeMap<Category, MessageBody>,
    /// The threads of stories played before, by key.
    pub(super) earlier: &'a BTreeMap<String, ThreadId>,
    pub(super) now: Moment,
}

/// A message or note of a played story.
pub(super) struct Line {
    pub(super) id: MessageId,
    pub(super) seq: Seq,
    pub(super) sender: Sender,
    pub(super) body: MessageBody,
    pub(super) is_internal: bool,
    pub(super) mentions: Vec<StaffId>,
    pub(super) sent_at: Moment,
    pub(super) files: Vec<File>,
}

/// A story with everything that its thread is by now.
pub(super) struct Played {
    pub(super) thread: Thread,
    pub(super) subject: Subject,
    pub(super) preview: Preview,
    pub(super) close_reason: Option<CloseReason>,
    pub(super) lines: Vec<Line>,
    /// How far each reader has read, and when.
    pub(super) cursors: Vec<(Recipient, Seq, Moment)>,
}

fn broken(story: &Story, why: impl std::fmt::Display) -> Error {
    Error::unavailable(format!("the demo's story {:?} does not hold: {why}", story.key))
}

/// Plays a story.
///
/// # Errors
/// The story breaks a rule of the domain or names somebody who is not there: a mistake in the story.
pub(super) fn play(story: &Story, stage: &Stage<'_>, ids: &mut Dice) -> Result<Played> {
    let mut steps = story.steps.iter();
    let (at, first) = steps.next().ok_or_else(|| broken(story, "nothing happens"))?;
    let mut player = Player::begin(story, stage, ids, at.resolve(stage.now).min(stage.now), first)?;
    for (number, (at, act)) in steps.enumerate() {
        player.now = at.resolve(stage.now).clamp(player.now, stage.now);
        player.step(act)?;
        player.take_along(number + 1);
    }
    player.finish()
}

fn reader_of(sender: &Sender) -> Option<Recipient> {
    match sender {
        Sender::Patient { account, .. } => Some(Recipient::Account(*account)),
        Sender::Staff(id) => Some(Recipient::Staff(*id)),
        Sender::System => None,
    }
}

/// An account as the sender for a patient.
pub(super) const fn own_account(account: AccountId) -> Sender {
    Sender::Patient { account, proxy: None }
}
