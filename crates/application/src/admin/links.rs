//! Mails that bring a link.

use crate::Result;
use crate::ports::{AccountMail, InvitedGrant, LinkPurpose, MailTo, NewLink, Recipient, Tx};
use chrono::Duration;
use threadwell_domain::access::GrantScope;
use threadwell_domain::{AccountId, PatientId, Phi, StaffId};
use uuid::Uuid;

/// Gives the keyed hash of the secret that belongs to a link's row.
pub type LinkHashes<'a> = dyn Fn(Uuid) -> Result<[u8; 32]> + 'a;

/// How long an invitation is good.
const INVITATION: Duration = Duration::days(7);
/// How long a link to a new password is good.
const RESET: Duration = Duration::minutes(30);

/// A link to be made.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    purpose: LinkPurpose,
    mail: AccountMail,
    good_for: Duration,
    staff: Option<StaffId>,
    account: Option<AccountId>,
    patient: Option<PatientId>,
    email: Option<Phi>,
    name: Option<Phi>,
    grant: Option<InvitedGrant>,
}

impl Draft {
    const fn new(purpose: LinkPurpose, mail: AccountMail, good_for: Duration) -> Self {
        let (staff, account, patient, email, name, grant) = (None, None, None, None, None, None);
        Self { purpose, mail, good_for, staff, account, patient, email, name, grant }
    }

    /// A member of the staff chooses the first password.
    pub(crate) fn staff_invitation(staff: StaffId) -> Self {
        let draft = Self::new(LinkPurpose::StaffInvitation, AccountMail::StaffInvitation, INVITATION);
        Self { staff: Some(staff), ..draft }
    }

    /// A member of the staff chooses another one.
    pub(crate) fn staff_reset(staff: StaffId) -> Self {
        Self { staff: Some(staff), ..Self::new(LinkPurpose::StaffReset, AccountMail::PasswordReset, RESET) }
    }

    /// The holder of an account chooses another one.
    pub(crate) fn account_reset(account: AccountId) -> Self {
        Self {
            account: Some(account),
            ..Self::new(LinkPurpose::AccountReset, AccountMail::PasswordReset, RESET)
        }
    }

    /// A patient opens an account.
    pub(crate) fn patient_invitation(patient: PatientId, email: Phi, grant: InvitedGrant) -> Self {
        let draft = Self::new(LinkPurpose::PatientInvitation, AccountMail::PatientInvitation, INVITATION);
        Self { patient: Some(patient), email: Some(email), grant: Some(grant), ..draft }
    }

    /// Somebody is to act for a patient.
    pub(crate) fn proxy_invitation(
        patient: PatientId,
        email: Phi,
        name: Option<Phi>,
        grant: InvitedGrant,
    ) -> Self {
        let mail = match grant.scope {
            GrantScope::Read => AccountMail::ReaderInvitation,
            GrantScope::ReadWrite => AccountMail::ProxyInvitation,
        };
        let draft = Self::new(LinkPurpose::ProxyInvitation, mail, INVITATION);
        Self { patient: Some(patient), email: Some(email), name, grant: Some(grant), ..draft }
    }

    fn recipient(&self, link: Uuid) -> MailTo {
        match (self.staff, self.account) {
            (Some(staff), _) => MailTo::Person(Recipient::Staff(staff)),
            (None, Some(account)) => MailTo::Person(Recipient::Account(account)),
            (None, None) => MailTo::LinkAddress(link),
        }
    }
}

/// Makes a link and asks for its mail; gives the link's id.
pub(crate) fn send_link(tx: &mut dyn Tx, draft: Draft, hashes: &LinkHashes<'_>) -> Result<Uuid> {
    let mail = draft.mail;
    let (id, to) = issue(tx, draft, hashes)?;
    tx.outbox().account_mail(mail, to, Some(id))?;
    Ok(id)
}

/// Tells the address that somebody of the staff had. It is on no record any more: a link that is used up at once keeps
/// it for the mail.
pub(super) fn tell_former_address(
    tx: &mut dyn Tx,
    staff: StaffId,
    former: Phi,
    hashes: &LinkHashes<'_>,
) -> Result<()> {
    let draft = Draft { email: Some(former), ..Draft::staff_reset(staff) };
    let (id, _) = issue(tx, draft, hashes)?;
    tx.account_links().use_up(id, None)?;
    tx.outbox().account_mail(AccountMail::StaffEmailChanged, MailTo::LinkAddress(id), None)
}

/// Makes a link; gives its id, and whom its mail goes to.
fn issue(tx: &mut dyn Tx, draft: Draft, hashes: &LinkHashes<'_>) -> Result<(Uuid, MailTo)> {
    let id = tx.fresh_id();
    let to = draft.recipient(id);
    let link = NewLink {
        id,
        hash: hashes(id)?,
        purpose: draft.purpose,
        expires_at: tx.now() + draft.good_for,
        staff: draft.staff,
        account: draft.account,
        patient: draft.patient,
        email: draft.email,
        name: draft.name,
        birth_date: None,
        grant: draft.grant,
    };
    tx.account_links().issue(&link)?;
    Ok((id, to))
}
