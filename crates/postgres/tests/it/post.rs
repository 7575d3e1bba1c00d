//! A patient's thread, and a worker that keeps what it sends.

use crate::stage::{RIVERSIDE, Stage, grant, run};
use chrono::Duration;
use std::sync::Mutex;
use threadwell_application::access::{Action, Caller};
use threadwell_application::delivery::{Delivered, Links, Worker};
use threadwell_application::ports::{MailAddress, NoticeAudience, OutgoingMail, Recipient};
use threadwell_domain::access::{Relationship, Role};
use threadwell_domain::thread::{Category, Seq};
use threadwell_domain::{AccountId, PatientId, StaffId, ThreadId};

/// A practice with a patient's thread, and a worker that keeps what it sends.
pub(crate) struct Post {
    pub(crate) stage: Stage,
    pub(crate) patient: PatientId,
    pub(crate) thread: ThreadId,
    writer: Caller,
    pub(crate) mails: Mutex<Vec<OutgoingMail>>,
}

impl Post {
    pub(crate) fn about(category: Category) -> Self {
        let stage = Stage::set();
        let patient = stage.add_patient(RIVERSIDE, "Ana Silva", "1");
        let thread = stage.add_thread(RIVERSIDE, patient, category);
        let writer = stage.add_staff(RIVERSIDE, Role::Admin, "admin@riverside.example");
        let writer = stage.staff_caller(RIVERSIDE, writer);
        Self { stage, patient, thread, writer, mails: Mutex::default() }
    }

    pub(crate) fn account(&self, email: &str, relationship: Relationship) -> AccountId {
        self.stage.add_account(RIVERSIDE, email, &[grant(self.patient, relationship)])
    }

    pub(crate) fn staff(&self, role: Role, email: &str) -> StaffId {
        self.stage.add_staff(RIVERSIDE, role, email)
    }

    pub(crate) fn set_thread(&self, change: &str) {
        self.stage.admin(&format!("UPDATE thread SET {change} WHERE id = '{}'", self.thread));
    }

    pub(crate) fn notify(&self, audience: NoticeAudience) {
        run(&*self.stage.store, &self.writer, Action::SendReply, |tx| {
            tx.outbox().notify(audience, self.thread)
        })
        .unwrap();
    }

    pub(crate) fn work(&self) -> Delivered {
        let send = |mail: &OutgoingMail| {
            self.mails.lock().unwrap().push(mail.clone());
            Ok(())
        };
        let links = Links { origin: "https://messages.example.org".to_owned() };
        let secrets = &|_: &_, _, link: uuid::Uuid| Ok(format!("secret-of-{link}"));
        let (store, lease) = (&*self.stage.store, Duration::minutes(5));
        let worker = Worker { store, send: &send, links, secrets, lease, batch: 4 };
        worker.run_due(self.stage.now()).unwrap()
    }

    /// To whom mails went since last asked, in alphabetical order.
    pub(crate) fn sent(&self) -> Vec<String> {
        let mut sent: Vec<_> =
            self.mails.lock().unwrap().drain(..).map(|mail| mail.to.expose().to_owned()).collect();
        sent.sort();
        sent
    }

    pub(crate) fn notify_and_work(&self, audience: NoticeAudience) -> Vec<String> {
        self.notify(audience);
        self.work();
        self.sent()
    }

    pub(crate) fn read(&self, reader: Recipient, to: i32) {
        let at = self.stage.now();
        self.stage
            .operate(RIVERSIDE, |tx| tx.provisioning().read_up_to(reader, self.thread, Seq(to), at))
            .unwrap();
    }

    pub(crate) fn address(&self, recipient: Recipient) -> Option<MailAddress> {
        self.stage.deliver(RIVERSIDE, |tx| tx.deliveries().address_of(recipient, self.thread)).unwrap()
    }
}
