//! The acts of a story, one after the other.

use super::{Line, Played, Stage, broken, reader_of};
use crate::demo::dice::Dice;
use crate::demo::story::{Act, Story, Who};
use threadwell_application::ports::{Recipient, Sender};
use threadwell_application::{Error, Result};
use threadwell_domain::access::Role;
use threadwell_domain::message::{MessageBody, Preview};
use threadwell_domain::practice::{PracticeRules, answers_automatically};
use threadwell_domain::thread::{
    Assignee, CloseReason, Post, Seq, Start, Status, Subject, Thread, ThreadFacts, ThreadRefusal,
};
use threadwell_domain::{MessageId, Moment, StaffId, ThreadId};

pub(super) struct Player<'a> {
    story: &'a Story,
    stage: &'a Stage<'a>,
    ids: &'a mut Dice,
    thread: Thread,
    pub(super) now: Moment,
    last_public: Seq,
    preview: Option<Preview>,
    close_reason: Option<CloseReason>,
    lines: Vec<Line>,
    cursors: Vec<(Recipient, Seq, Moment)>,
}

impl<'a> Player<'a> {
    pub(super) fn begin(
        story: &'a Story,
        stage: &'a Stage<'a>,
        ids: &'a mut Dice,
        at: Moment,
        first: &Act,
    ) -> Result<Self> {
        let patient = *stage.people.patients.get(story.patient).ok_or_else(|| broken(story, "no patient"))?;
        let linked_thread = match story.goes_on_from {
            Some(key) => Some(*stage.earlier.get(key).ok_or_else(|| broken(story, "nothing to go on from"))?),
            None => None,
        };
        let start = Start {
            id: ThreadId::new(ids.id_at(at)),
            patient,
            category: story.category,
            priority: PracticeRules::default().auto_priority.for_category(story.category),
            confidential: story.is_confidential,
            linked_thread,
            at,
        };
        let thread = match first {
            Act::Reply(who, _) => {
                let (id, _) =
                    stage.people.staff.get(who).ok_or_else(|| broken(story, "no such colleague"))?;
                Thread::start_by_staff(start, *id)
            }
            _ => Thread::start_by_patient(start),
        };
        let mut player = Self {
            story,
            stage,
            ids,
            thread,
            now: at,
            last_public: Seq(0),
            preview: None,
            close_reason: None,
            lines: Vec::new(),
            cursors: Vec::new(),
        };
        player.step(first)?;
        player.take_along(0);
        player.answer_automatically()?;
        Ok(player)
    }

    fn broken(&self, why: impl std::fmt::Display) -> Error {
        broken(self.story, why)
    }

    fn colleague(&self, who: Who) -> Result<(StaffId, Role)> {
        self.stage.people.staff.get(&who).copied().ok_or_else(|| self.broken("no such colleague"))
    }

    fn sender(&self, account: &'static str) -> Result<Sender> {
        let key = (account, self.story.patient);
        self.stage.people.senders.get(&key).cloned().ok_or_else(|| self.broken("no such account"))
    }

    fn usual_sender(&self) -> Result<Sender> {
        let account = self.stage.people.usual.get(self.story.patient);
        self.sender(account.ok_or_else(|| self.broken("nobody writes for the patient"))?)
    }

    pub(super) fn step(&mut self, act: &Act) -> Result<()> {
        match act {
            Act::Patient(text) => self.patient(self.usual_sender()?, text),
            Act::Proxy(account, text) => self.patient(self.sender(account)?, text),
            Act::Reply(who, text) => self.reply(*who, text),
            Act::Note(who, text, mentions) => self.note(*who, text, mentions),
            Act::Opened(who) => self.opened(*who),
            Act::OpenedByPatient => {
                let reader = reader_of(&self.usual_sender()?);
                self.read(reader, self.last_public);
                Ok(())
            }
            Act::Close(who, reason) => self.close(*who, reason.as_deref()),
            Act::Reopen(who) => {
                self.opened(*who)?;
                self.close_reason = None;
                self.change(Thread::reopen)
            }
            Act::AskProvider(who) => {
                let (_, role) = self.colleague(*who)?;
                self.opened(*who)?;
                self.change(|thread, at| thread.set_status(Status::WaitingProvider, role, at))
            }
            Act::Assign(_) | Act::AssignTeam(_) | Act::Unassign => self.assign(act),
            Act::Priority(priority) => self.change(|thread, at| Ok(thread.set_priority(*priority, at))),
            Act::Archive => {
                let facts = ThreadFacts { archived_at: Some(self.now), ..self.thread.facts().clone() };
                self.thread = Thread::restore(facts);
                Ok(())
            }
        }
    }

    fn change(
        &mut self,
        change: impl FnOnce(Thread, Moment) -> std::result::Result<Thread, ThreadRefusal>,
    ) -> Result<()> {
        self.thread = change(self.thread.clone(), self.now).map_err(|refusal| self.broken(refusal))?;
        Ok(())
    }

    fn assign(&mut self, act: &Act) -> Result<()> {
        let assignee = match act {
            Act::Assign(who) => Some(Assignee::Staff(self.colleague(*who)?.0)),
            Act::AssignTeam(name) => {
                let team = self.stage.people.teams.get(*name).ok_or_else(|| self.broken("no such team"))?;
                Some(Assignee::Team(*team))
            }
            _ => None,
        };
        self.thread = self.thread.clone().assign(assignee, self.now);
        Ok(())
    }

    fn close(&mut self, who: Who, reason: Option<&str>) -> Result<()> {
        self.opened(who)?;
        self.close_reason =
            reason.map(CloseReason::parse).transpose().map_err(|refusal| self.broken(refusal))?;
        self.change(Thread::close)
    }

    fn patient(&mut self, sender: Sender, text: &str) -> Result<()> {
        let reader = reader_of(&sender);
        let post = Post::Patient { reopen_window: PracticeRules::default().reopen_window };
        let seq = self.post(post, sender, text, &[])?;
        self.close_reason = None;
        self.read(reader, seq);
        Ok(())
    }

    fn reply(&mut self, who: Who, text: &str) -> Result<()> {
        let (id, role) = self.colleague(who)?;
        let seq = self.post(Post::Staff { role }, Sender::Staff(id), text, &[])?;
        self.thread = self.thread.clone().read_by_staff(seq, self.now);
        self.read(Some(Recipient::Staff(id)), seq);
        Ok(())
    }

    fn note(&mut self, who: Who, text: &str, mentions: &[Who]) -> Result<()> {
        let (id, _) = self.colleague(who)?;
        let mentions: Vec<StaffId> =
            mentions.iter().map(|who| Ok(self.colleague(*who)?.0)).collect::<Result<_>>()?;
        self.post(Post::InternalNote, Sender::Staff(id), text, &mentions)?;
        Ok(())
    }

    fn opened(&mut self, who: Who) -> Result<()> {
        let (id, _) = self.colleague(who)?;
        let seq = self.thread.facts().last_seq;
        self.thread = self.thread.clone().read_by_staff(seq, self.now);
        self.read(Some(Recipient::Staff(id)), seq);
        Ok(())
    }

    /// As the portal does it: once, right after the first message of a patient.
    fn answer_automatically(&mut self) -> Result<()> {
        let facts = self.thread.facts();
        let text = self.stage.auto_replies.get(&facts.category);
        let linked = facts.linked_thread.is_some();
        if !answers_automatically(text.is_some(), facts.created_by_patient, linked) {
            return Ok(());
        }
        let Some(text) = text else { return Ok(()) };
        let seq = self.post(Post::AutoReply, Sender::System, text.as_phi().expose(), &[])?;
        let reader = self.lines.first().and_then(|line| reader_of(&line.sender));
        self.read(reader, seq);
        Ok(())
    }

    fn post(&mut self, post: Post, sender: Sender, text: &str, mentions: &[StaffId]) -> Result<Seq> {
        let body = MessageBody::parse(text).map_err(|refusal| self.broken(refusal))?;
        let (thread, posted) =
            self.thread.clone().post(post, self.now).map_err(|refusal| self.broken(refusal))?;
        self.thread = thread;
        let is_internal = matches!(post, Post::InternalNote);
        if !is_internal {
            self.preview = Some(body.preview());
            self.last_public = posted.seq;
        }
        self.lines.push(Line {
            id: MessageId::new(self.ids.id_at(self.now)),
            seq: posted.seq,
            sender,
            body,
            is_internal,
            mentions: mentions.to_vec(),
            sent_at: self.now,
            files: Vec::new(),
        });
        Ok(posted.seq)
    }

    /// Gives the message of a step its files.
    pub(super) fn take_along(&mut self, step: usize) {
        let files = self.story.files.iter().filter(|(of, _)| *of == step).map(|(_, file)| *file);
        if let Some(line) = self.lines.last_mut() {
            line.files.extend(files);
        }
    }

    fn read(&mut self, reader: Option<Recipient>, up_to: Seq) {
        let Some(reader) = reader else { return };
        match self.cursors.iter_mut().find(|(known, ..)| *known == reader) {
            Some((_, seq, at)) if *seq < up_to => (*seq, *at) = (up_to, self.now),
            Some(_) => {}
            None => self.cursors.push((reader, up_to, self.now)),
        }
    }

    pub(super) fn finish(self) -> Result<Played> {
        let story = self.story;
        Ok(Played {
            subject: Subject::parse(&story.subject).map_err(|refusal| broken(story, refusal))?,
            preview: self.preview.ok_or_else(|| broken(story, "nobody wrote"))?,
            thread: self.thread,
            close_reason: self.close_reason,
            lines: self.lines,
            cursors: self.cursors,
        })
    }
}
