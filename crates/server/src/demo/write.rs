//! Stores a practice, its people and its played stories.

use super::Loaded;
use super::dice::Dice;
use super::files::File;
use super::patients::{Person, Proxy};
use super::play::{People, Played, Stage, own_account, play};
use super::practices::Cast;
use super::story::Story;
use super::work;
use chrono::Duration;
use std::collections::BTreeMap;
use threadwell_application::Result;
use threadwell_application::ports::{
    Blob, MessagePlace, NewAccount, NewFile, NewMessage, NewPatient, NewStaff, ProxySender, Sender,
    ThreadTexts, Tx,
};
use threadwell_domain::access::{Grant, GrantScope, Relationship};
use threadwell_domain::thread::Category;
use threadwell_domain::{AccountId, Moment, PatientId, Phi, StaffId, TenantId, ThreadId};

/// A practice on its way into the store.
pub(super) struct Loading<'a> {
    pub(super) cast: &'a Cast,
    pub(super) tenant: TenantId,
    pub(super) stories: &'a [Story],
    pub(super) password_hash: &'a str,
    pub(super) now: Moment,
}

impl Loading<'_> {
    /// Stores everything and says how much it was.
    pub(super) fn store(&self, tx: &mut dyn Tx, ids: &mut Dice) -> Result<Loaded> {
        tx.provisioning().add_practice(&self.cast.founding(self.tenant))?;
        let mut people = People::default();
        let mut loaded = Loaded::default();
        loaded.summary.practices = 1;
        self.add_staff(tx, ids, &mut people)?;
        for person in self.cast.patients {
            self.add_patient(tx, ids, person, &mut people)?;
        }
        for proxy in self.cast.proxies {
            self.add_proxy(tx, ids, proxy, &mut people)?;
        }
        loaded.summary.staff = people.staff.len();
        loaded.summary.patients = people.patients.len();
        loaded.summary.accounts = accounts(&people);
        for team in tx.people().teams()? {
            people.teams.insert(team.name, team.id);
        }
        let threads = self.add_threads(tx, ids, &people, &mut loaded)?;
        self.add_work(tx, ids, &people, &threads)?;
        Ok(loaded)
    }

    fn add_staff(&self, tx: &mut dyn Tx, ids: &mut Dice, people: &mut People) -> Result<()> {
        for member in self.cast.staff {
            let id = StaffId::new(ids.id_at(self.now));
            tx.provisioning().add_staff(&NewStaff {
                id,
                email: Phi::new(format!("{}@{}.example", member.mailbox, self.cast.slug)),
                full_name: member.name.to_owned(),
                title: Some(member.title.to_owned()),
                role: member.role,
                password_hash: self.password_hash.to_owned(),
            })?;
            people.staff.insert(member.who, (id, member.role));
        }
        Ok(())
    }

    fn add_patient(
        &self,
        tx: &mut dyn Tx,
        ids: &mut Dice,
        person: &Person,
        people: &mut People,
    ) -> Result<()> {
        let id = PatientId::new(ids.id_at(self.now));
        let email = person.has_account.then(|| address(person.key));
        tx.provisioning().add_patient(&NewPatient {
            id,
            full_name: Phi::new(person.name),
            mrn: Phi::new(person.mrn),
            birth_date: Some(Phi::new(person.born)),
            phone: Some(Phi::new(format!("(555) 010-{}", person.phone))),
            email,
            language: person.language.to_owned(),
        })?;
        people.patients.insert(person.key, id);
        if person.has_account {
            let account = self.add_account(tx, ids, person.key, person.name, person.language)?;
            tx.provisioning().grant(
                account,
                &Grant {
                    patient: id,
                    relationship: Relationship::Myself,
                    scope: GrantScope::ReadWrite,
                    expires_at: None,
                },
            )?;
            people.senders.insert((person.key, person.key), own_account(account));
            people.usual.insert(person.key, person.key);
        }
        Ok(())
    }

    fn add_proxy(&self, tx: &mut dyn Tx, ids: &mut Dice, proxy: &Proxy, people: &mut People) -> Result<()> {
        let account = match people.senders.get(&(proxy.key, proxy.key)) {
            Some(Sender::Patient { account, .. }) => *account,
            _ => self.add_account(tx, ids, proxy.key, proxy.name, proxy.language)?,
        };
        let sender = Sender::Patient {
            account,
            proxy: Some(ProxySender { full_name: Phi::new(proxy.name), relationship: proxy.relationship }),
        };
        for key in proxy.patients {
            let Some(patient) = people.patients.get(key).copied() else { continue };
            let grant = Grant {
                patient,
                relationship: proxy.relationship,
                scope: proxy.scope,
                expires_at: proxy.ends_in_days.map(|days| self.now + Duration::days(days)),
            };
            tx.provisioning().grant(account, &grant)?;
            people.senders.insert((proxy.key, key), sender.clone());
            people.usual.entry(key).or_insert(proxy.key);
        }
        Ok(())
    }

    fn add_account(
        &self,
        tx: &mut dyn Tx,
        ids: &mut Dice,
        key: &str,
        name: &str,
        language: &str,
    ) -> Result<AccountId> {
        let id = AccountId::new(ids.id_at(self.now));
        tx.provisioning().add_account(&NewAccount {
            id,
            email: address(key),
            full_name: Phi::new(name),
            language: language.to_owned(),
            password_hash: self.password_hash.to_owned(),
        })?;
        Ok(id)
    }

    fn add_threads(
        &self,
        tx: &mut dyn Tx,
        ids: &mut Dice,
        people: &People,
        loaded: &mut Loaded,
    ) -> Result<BTreeMap<String, ThreadId>> {
        let mut auto_replies = BTreeMap::new();
        for category in Category::ALL {
            if let Some(text) = tx.auto_replies().active_for(category)? {
                auto_replies.insert(category, text);
            }
        }
        let mut earlier = BTreeMap::new();
        for story in self.stories {
            let stage = Stage { people, auto_replies: &auto_replies, earlier: &earlier, now: self.now };
            let played = play(story, &stage, ids)?;
            add_thread(tx, &played, &mut loaded.files)?;
            work::tell_of_mentions(tx, ids, &played)?;
            loaded.summary.threads += 1;
            loaded.summary.messages += played.lines.len();
            earlier.insert(story.key.to_string(), played.thread.facts().id);
        }
        Ok(earlier)
    }
}

fn add_thread(tx: &mut dyn Tx, played: &Played, files: &mut Vec<(Blob, File)>) -> Result<()> {
    let thread = played.thread.facts().id;
    tx.threads().add(&played.thread, &played.subject, &played.preview)?;
    if let Some(reason) = &played.close_reason {
        let texts = ThreadTexts { close_reason: Some(Some(reason)), ..ThreadTexts::default() };
        tx.threads().save(&played.thread, texts)?;
    }
    for line in &played.lines {
        tx.messages().add(&NewMessage {
            id: line.id,
            thread,
            seq: line.seq,
            sender: line.sender.clone(),
            body: &line.body,
            is_internal: line.is_internal,
            mentions: &line.mentions,
            attachments: line.files.len(),
            sent_at: line.sent_at,
        })?;
        let patient = played.thread.facts().patient;
        let place = MessagePlace { thread, seq: line.seq, patient, is_internal: line.is_internal };
        for file in &line.files {
            let new = NewFile {
                name: &file.name()?,
                bytes: file.bytes.len() as u64,
                place,
                sender: &line.sender,
                sent_at: line.sent_at,
            };
            files.push((tx.provisioning().add_file(&new)?, *file));
        }
    }
    for (reader, seq, at) in &played.cursors {
        tx.provisioning().read_up_to(*reader, thread, *seq, *at)?;
    }
    Ok(())
}

fn address(key: &str) -> Phi {
    Phi::new(format!("{key}@example.org"))
}

fn accounts(people: &People) -> usize {
    let mut keys: Vec<_> = people.senders.keys().map(|(account, _)| account).collect();
    keys.dedup();
    keys.len()
}
