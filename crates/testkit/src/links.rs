//! Invitations and mailed links, as a practice's administrators and its mailbox have them.

use crate::app::TestApp;
use crate::mail::Mail;
use crate::practice::{Practice, operate};
use chrono::Duration;
use threadwell_application::ports::{
    AccountMail, Clock, InvitedGrant, LinkPurpose, MailTo, NewLink, NewPatient, Recipient, Tx,
};
use threadwell_crypto::one_time::{OneTimeKind, OneTimeToken};
use threadwell_domain::access::{GrantScope, Relationship, Role};
use threadwell_domain::{PatientId, Phi, StaffId};
use uuid::Uuid;

/// How long invitations are good.
const INVITATION: Duration = Duration::days(7);

impl Practice<'_> {
    /// Adds somebody to the staff who has no password yet, and mails an invitation.
    pub fn invite_staff(&self, role: Role, email: &str) -> StaffId {
        let id = self.add_staff(role, email);
        self.app.sql(&format!("UPDATE staff_user SET password_hash = NULL WHERE id = '{id}'"));
        self.mail_link(
            |link| NewLink { purpose: LinkPurpose::StaffInvitation, staff: Some(id), ..link },
            AccountMail::StaffInvitation,
            |_| MailTo::Person(Recipient::Staff(id)),
        );
        id
    }

    /// Adds a patient with an e-mail on file, without an account.
    pub fn add_patient_at(&self, name: &str, email: &str, birth_date: &str, language: &str) -> PatientId {
        let mrn = format!("MRN-{:05}", self.app.number());
        operate(self.app.store(), self.tenant, |tx| {
            let id = PatientId::new(tx.fresh_id());
            tx.provisioning().add_patient(&NewPatient {
                id,
                full_name: Phi::new(name),
                mrn: Phi::new(mrn),
                birth_date: Some(Phi::new(birth_date)),
                phone: None,
                email: Some(Phi::new(email)),
                language: language.to_owned(),
            })?;
            Ok(id)
        })
        .unwrap()
    }

    /// Mails an invitation to the portal; the row of its link.
    pub fn invite(&self, patient: PatientId, relationship: Relationship, email: &str) -> Uuid {
        let (purpose, mail) = match relationship {
            Relationship::Myself => (LinkPurpose::PatientInvitation, AccountMail::PatientInvitation),
            Relationship::Guardian | Relationship::Caregiver => {
                (LinkPurpose::ProxyInvitation, AccountMail::ProxyInvitation)
            }
        };
        let grant = InvitedGrant { relationship, scope: GrantScope::ReadWrite, expires_at: None };
        self.mail_link(
            |link| NewLink {
                purpose,
                patient: Some(patient),
                email: Some(Phi::new(email)),
                grant: Some(grant),
                ..link
            },
            mail,
            MailTo::LinkAddress,
        )
    }

    fn mail_link(
        &self,
        fill: impl FnOnce(NewLink) -> NewLink,
        mail: AccountMail,
        to: impl FnOnce(Uuid) -> MailTo,
    ) -> Uuid {
        let key = crate::database::keys().refresh_key(self.tenant).unwrap();
        let expires_at = self.app.clock().now() + INVITATION;
        operate(self.app.store(), self.tenant, |tx: &mut dyn Tx| {
            let id = tx.fresh_id();
            let secret = OneTimeToken::derive(OneTimeKind::Link, &key, id).unwrap();
            let link = NewLink {
                id,
                hash: secret.stored_hash(&key).unwrap(),
                purpose: LinkPurpose::IdentityCheck,
                staff: None,
                account: None,
                patient: None,
                email: None,
                name: None,
                birth_date: None,
                grant: None,
                expires_at,
            };
            tx.account_links().issue(&fill(link))?;
            tx.outbox().account_mail(mail, to(id), Some(id))?;
            Ok(id)
        })
        .unwrap()
    }
}

impl TestApp {
    /// Works off the outbox; the mails that an address has got, oldest first.
    pub fn mails_to(&self, email: &str) -> Vec<Mail> {
        self.run_worker();
        self.mails().into_iter().filter(|mail| mail.to == email).collect()
    }

    /// The secret of the newest link that an address has got: what stands behind its `#`. Mails of one moment have no
    /// order.
    #[track_caller]
    pub fn mailed_secret(&self, email: &str) -> String {
        let mails = self.mails_to(email);
        let links = mails.iter().rev().filter_map(|mail| mail.text.split('#').nth(1));
        links.flat_map(str::split_whitespace).next().unwrap().to_owned()
    }

    /// The code in the newest mail to an address.
    #[track_caller]
    pub fn mailed_code(&self, email: &str) -> String {
        let mails = self.mails_to(email);
        let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit());
        let mut words = mails.iter().rev().flat_map(|mail| mail.text.split_whitespace());
        words.find(is_code).unwrap().to_owned()
    }
}
