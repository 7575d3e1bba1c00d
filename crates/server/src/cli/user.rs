//! `threadwell user`

use super::tenant::{find, operate, operating};
use super::{Failure, output, passwords};
use crate::links;
use crate::wiring::Wiring;
use clap::{Args, Subcommand};
use threadwell_application::access::{Action, Subject};
use threadwell_application::admin::{grants, users};
use threadwell_application::ports::{AccountMail, NewAccount, NewPatient, NewStaff, NewUser, Tx};
use threadwell_domain::access::{Grant, GrantScope, Relationship, Role};
use threadwell_domain::person::{EmailAddress, PersonName, Title};
use threadwell_domain::{AccountId, Moment, PatientId, Phi, StaffId, TenantId};
use uuid::Uuid;

/// People.
#[derive(Subcommand)]
pub(super) enum User {
    /// Adds somebody or something to act as.
    #[command(subcommand)]
    Create(Create),
    /// Lets a portal account act for a patient.
    Grant(GrantAccess),
    /// Adds a member of the staff, who chooses a password by a link that is printed and mailed.
    Invite(Invite),
    /// Lets a member of the staff sign in no more.
    Deactivate(Named),
    /// Takes the second factors of a member of the staff away.
    ResetFactors(Named),
}

/// Somebody to be invited.
#[derive(Args)]
pub(super) struct Invite {
    /// The practice's code.
    #[arg(long)]
    practice: String,
    /// The work e-mail.
    #[arg(long)]
    email: String,
    /// The name.
    #[arg(long)]
    name: String,
    /// The title, such as RN.
    #[arg(long)]
    title: Option<String>,
    /// admin, provider, nurse, medical_assistant, front_desk, billing or auditor.
    #[arg(long, value_parser = role)]
    role: Role,
}

/// A member of the staff by e-mail.
#[derive(Args)]
pub(super) struct Named {
    /// The practice's code.
    #[arg(long)]
    practice: String,
    /// The work e-mail.
    #[arg(long)]
    email: String,
}

/// Whom to add.
#[derive(Subcommand)]
pub(super) enum Create {
    /// A member of the staff; asks for a password.
    Staff(Staff),
    /// A patient.
    Patient(Patient),
    /// A sign-in to the portal; asks for a password.
    Account(Account),
}

/// A member of the staff.
#[derive(Args)]
pub(super) struct Staff {
    /// The practice's code.
    #[arg(long)]
    practice: String,
    /// The work e-mail.
    #[arg(long)]
    email: String,
    /// The name.
    #[arg(long)]
    name: String,
    /// The title, such as RN.
    #[arg(long)]
    title: Option<String>,
    /// admin, provider, nurse, medical_assistant, front_desk, billing or auditor.
    #[arg(long, value_parser = role)]
    role: Role,
}

/// A patient.
#[derive(Args)]
pub(super) struct Patient {
    /// The practice's code.
    #[arg(long)]
    practice: String,
    /// The name.
    #[arg(long)]
    name: String,
    /// The medical record number.
    #[arg(long)]
    mrn: String,
    /// The date of birth, as YYYY-MM-DD.
    #[arg(long)]
    birth_date: Option<String>,
    /// The telephone number.
    #[arg(long)]
    phone: Option<String>,
    /// The e-mail address.
    #[arg(long)]
    email: Option<String>,
    /// The preferred language (BCP 47).
    #[arg(long, default_value = "en")]
    language: String,
}

/// A sign-in to the portal.
#[derive(Args)]
pub(super) struct Account {
    /// The practice's code.
    #[arg(long)]
    practice: String,
    /// The e-mail to sign in with.
    #[arg(long)]
    email: String,
    /// The holder's name.
    #[arg(long)]
    name: String,
    /// The preferred language (BCP 47).
    #[arg(long, default_value = "en")]
    language: String,
    /// The patient that the account is of: its own threads, for good.
    #[arg(long)]
    patient: Option<Uuid>,
}

/// A grant.
#[derive(Args)]
pub(super) struct GrantAccess {
    /// The practice's code.
    #[arg(long)]
    practice: String,
    /// The account's id.
    #[arg(long)]
    account: Uuid,
    /// The patient's id.
    #[arg(long)]
    patient: Uuid,
    /// self, guardian or caregiver.
    #[arg(long, value_parser = relationship)]
    relationship: Relationship,
    /// For reading alone.
    #[arg(long)]
    read_only: bool,
    /// Until when (RFC 3339).
    #[arg(long)]
    expires: Option<Moment>,
}

fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| "there is no such role".to_owned())
}

fn relationship(name: &str) -> Result<Relationship, String> {
    Relationship::from_name(name).ok_or_else(|| "there is no such relationship".to_owned())
}

impl User {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Create(Create::Staff(staff)) => staff.run(),
            Self::Create(Create::Patient(patient)) => patient.run(),
            Self::Create(Create::Account(account)) => account.run(),
            Self::Grant(grant) => grant.run(),
            Self::Invite(invite) => invite.run(),
            Self::Deactivate(named) => named.run(Action::OperatorDeactivateUser, users::deactivate),
            Self::ResetFactors(named) => named.run(Action::OperatorRemoveFactors, users::take_factors),
        }
    }
}

impl Staff {
    fn run(self) -> Result<(), Failure> {
        let wiring = operating()?;
        let tenant = find(&wiring, &self.practice)?;
        let staff = NewStaff {
            id: StaffId::new(Uuid::now_v7()),
            email: Phi::new(self.email),
            full_name: self.name,
            title: self.title,
            role: self.role,
            password_hash: passwords::ask(&wiring.passwords)?,
        };
        operate(&wiring, (tenant, Action::OperatorAddUser), |tx| tx.provisioning().add_staff(&staff))?;
        output::say(&staff.id.to_string());
        Ok(())
    }
}

impl Patient {
    fn run(self) -> Result<(), Failure> {
        let wiring = operating()?;
        let tenant = find(&wiring, &self.practice)?;
        let patient = NewPatient {
            id: PatientId::new(Uuid::now_v7()),
            full_name: Phi::new(self.name),
            mrn: Phi::new(self.mrn),
            birth_date: self.birth_date.map(Phi::new),
            phone: self.phone.map(Phi::new),
            email: self.email.map(Phi::new),
            language: self.language,
        };
        operate(&wiring, (tenant, Action::OperatorAddPatient), |tx| tx.provisioning().add_patient(&patient))?;
        output::say(&patient.id.to_string());
        Ok(())
    }
}

impl Account {
    fn run(self) -> Result<(), Failure> {
        let wiring = operating()?;
        let tenant = find(&wiring, &self.practice)?;
        let account = NewAccount {
            id: AccountId::new(Uuid::now_v7()),
            email: Phi::new(self.email),
            full_name: Phi::new(self.name),
            language: self.language,
            password_hash: passwords::ask(&wiring.passwords)?,
        };
        let own = self.patient.map(|patient| Grant {
            patient: PatientId::new(patient),
            relationship: Relationship::Myself,
            scope: GrantScope::ReadWrite,
            expires_at: None,
        });
        operate(&wiring, (tenant, Action::OperatorAddAccount), |tx| {
            tx.provisioning().add_account(&account)?;
            own.iter().try_for_each(|grant| tx.provisioning().grant(account.id, grant))
        })?;
        output::say(&account.id.to_string());
        Ok(())
    }
}

impl GrantAccess {
    fn run(self) -> Result<(), Failure> {
        let wiring = operating()?;
        let tenant = find(&wiring, &self.practice)?;
        let grant = Grant {
            patient: PatientId::new(self.patient),
            relationship: self.relationship,
            scope: if self.read_only { GrantScope::Read } else { GrantScope::ReadWrite },
            expires_at: self.expires,
        };
        operate(&wiring, (tenant, Action::OperatorGrant), |tx| {
            tx.about(Subject::Account(AccountId::new(self.account)));
            tx.about(Subject::Patient(grant.patient));
            grants::give(tx, AccountId::new(self.account), &grant)
        })
    }
}

impl Invite {
    fn run(self) -> Result<(), Failure> {
        let user = newcomer(&self.email, &self.name, self.title.as_deref(), self.role)?;
        let wiring = operating()?;
        let tenant = find(&wiring, &self.practice)?;
        let (id, link) = operate(&wiring, (tenant, Action::OperatorInviteUser), |tx| {
            users::add_invited(tx, &user, &links::hashes(&wiring.keys, tenant))
        })?;
        output::say(&id.to_string());
        say_link(&wiring, tenant, link)
    }
}

impl Named {
    fn run(
        self,
        action: Action,
        act: fn(&mut dyn Tx, StaffId) -> threadwell_application::Result<()>,
    ) -> Result<(), Failure> {
        let email = address(&self.email)?;
        let wiring = operating()?;
        let tenant = find(&wiring, &self.practice)?;
        operate(&wiring, (tenant, action), |tx| {
            let id = tx.users().by_email(&email)?.ok_or(threadwell_application::Error::NotFound)?;
            tx.about(Subject::Staff(id));
            act(tx, id)
        })
    }
}

/// Somebody to be invited, from what was typed.
pub(super) fn newcomer(email: &str, name: &str, title: Option<&str>, role: Role) -> Result<NewUser, Failure> {
    let is_wrong = |what: &str| Failure::Usage(format!("The {what} is not of its form."));
    let full_name = PersonName::parse(name).map_err(|_| is_wrong("name"))?;
    let title = title.map(Title::parse).transpose().map_err(|_| is_wrong("title"))?;
    Ok(NewUser { email: address(email)?, full_name, title, role, teams: None })
}

fn address(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text).ok_or_else(|| Failure::Usage("The e-mail is not of its form.".to_owned()))
}

/// Prints the link by which a password is chosen, once and within seven days. It is mailed as well.
pub(super) fn say_link(wiring: &Wiring, tenant: TenantId, link: Uuid) -> Result<(), Failure> {
    let secret = wiring.keys.mail_secret(tenant, AccountMail::StaffInvitation, link);
    let secret = secret.map_err(threadwell_application::Error::unavailable)?;
    output::say(&format!("{}/invitation#{secret}", wiring.config.http.public_origin));
    Ok(())
}
