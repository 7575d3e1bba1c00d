//! Second factors: asked for after a right password, enrolled, kept, and proved once more before what matters most.
//!
//! A try is counted before it is looked at, in a transaction of its own: so a hundred tries at once get no more looks
//! than a hundred one after the other, and a wrong one is counted although its request is refused. A passkey's challenge
//! leaves its ticket in the same transaction, and is answered once.

mod asking;
mod checks;
mod enrolment;
mod one_time;
mod own;
mod passkey;
mod proving;
mod step_up;
mod trying;

pub use asking::FactorDue;
pub(super) use asking::{Asking, ask_for_factor, is_factor_due};
pub use checks::{FactorProof, ProofMethod};
pub use enrolment::{challenge_enrolment, confirm_enrolment, enrol_passkey, start_enrolment};
pub use one_time::{NewOneTime, add_one_time, confirm_one_time};
pub use own::{OwnFactors, read_factors, remove_factor, rename_factor, replace_recovery_codes};
pub use passkey::{AddedPasskey, NewChallenge, add_passkey, challenge_new_passkey};
pub use proving::{FactorSignedIn, SessionOpening, challenge_proof, prove};
pub use step_up::{StepUpMethod, StepUpProof, StepUpStanding, challenge_step_up, read_step_up, step_up};
pub use trying::TicketRequest;

use crate::ports::{
    AccountMail, FactorOwner, FactorSecrets, MailTo, Passkeys, SecretText, SignInThrottle, Store, Tx,
};
use crate::{Error, Result};
use threadwell_domain::{Phi, TenantId};

/// At most so many passkeys for a person.
const MOST_PASSKEYS: usize = 10;

/// What the use cases of factors work with.
#[derive(Clone, Copy)]
pub struct FactorTools<'a> {
    /// The data.
    pub store: &'a dyn Store,
    /// The brake on guesses.
    pub throttle: &'a dyn SignInThrottle,
    /// Draws, hashes and compares.
    pub secrets: &'a dyn FactorSecrets,
    /// Passkeys, unless the installation has no name that they could belong to.
    pub passkeys: Option<&'a dyn Passkeys>,
}

impl std::fmt::Debug for FactorTools<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FactorTools")
    }
}

impl FactorTools<'_> {
    /// Passkeys, or the word that there are none.
    fn passkeys(&self) -> Result<&dyn Passkeys> {
        self.passkeys.ok_or(Error::NotFound)
    }
}

/// A person as authenticators show it.
struct Shown {
    email: Phi,
    name: Phi,
}

/// The e-mail and name of a person; empty where they cannot be read.
fn shown(tx: &mut dyn Tx, owner: FactorOwner) -> Result<Shown> {
    let nothing = || Phi::new("");
    match owner {
        FactorOwner::Staff(id) => {
            let profile = tx.sessions().staff_profile(id)?.ok_or(Error::NotFound)?;
            let email = profile.email.text().cloned().unwrap_or_else(nothing);
            Ok(Shown { email, name: Phi::new(profile.full_name) })
        }
        FactorOwner::Account(id) => {
            let profile = tx.sessions().account_profile(id)?.ok_or(Error::NotFound)?;
            let email = profile.email.text().cloned().unwrap_or_else(nothing);
            Ok(Shown { email, name: profile.full_name.text().cloned().unwrap_or_else(nothing) })
        }
    }
}

/// Tells the person that their factors are not what they were.
fn tell_of_change(tx: &mut dyn Tx, owner: FactorOwner) -> Result<()> {
    tx.outbox().account_mail(AccountMail::FactorsChanged, MailTo::Person(owner.recipient()), None)
}

/// Draws new recovery codes in the place of all others, and gives them once.
fn fresh_codes(
    tx: &mut dyn Tx,
    secrets: &dyn FactorSecrets,
    tenant: TenantId,
    owner: FactorOwner,
) -> Result<Vec<SecretText>> {
    let drawn = secrets.recovery_codes(tenant, owner)?;
    let hashes: Vec<[u8; 32]> = drawn.iter().map(|code| code.hash).collect();
    tx.recovery_codes().replace(owner, &hashes)?;
    Ok(drawn.into_iter().map(|code| code.text).collect())
}
