//! Whether a proof holds; each counts once.

use super::FactorTools;
use crate::access::SignInMethod;
use crate::ports::{
    AccountMail, FactorOwner, FactorSecrets, MailTo, OneTimeSource, Passkeys, SecretText, Tx,
};
use crate::{Error, Result};
use threadwell_domain::TenantId;
use threadwell_domain::access::open_steps;

/// The ways to prove a second factor when signing in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ProofMethod {
    /// A code by time.
    OneTimeCode,
    /// A passkey.
    Passkey,
    /// A recovery code.
    RecoveryCode,
}

/// What somebody brings as the second factor.
#[derive(Clone, Debug)]
pub enum FactorProof {
    /// A code by time.
    OneTimeCode(SecretText),
    /// A recovery code.
    RecoveryCode(SecretText),
    /// A passkey's answer, as JSON.
    Passkey(SecretText),
}

/// Takes a proof of somebody's, and says of what it was one.
pub(super) fn take(
    tx: &mut dyn Tx,
    tools: &FactorTools<'_>,
    (tenant, owner): (TenantId, FactorOwner),
    proof: &FactorProof,
    state: Option<&SecretText>,
) -> Result<SignInMethod> {
    match proof {
        FactorProof::OneTimeCode(code) => {
            take_code(tx, tools.secrets, owner, code)?;
            Ok(SignInMethod::OneTimeCode)
        }
        FactorProof::RecoveryCode(code) => {
            take_recovery_code(tx, tools.secrets, (tenant, owner), code)?;
            Ok(SignInMethod::RecoveryCode)
        }
        FactorProof::Passkey(answer) => {
            take_passkey(tx, tools.passkeys()?, owner, state, answer)?;
            Ok(SignInMethod::Passkey)
        }
    }
}

/// Takes a code of a confirmed source.
pub(super) fn take_code(
    tx: &mut dyn Tx,
    secrets: &dyn FactorSecrets,
    owner: FactorOwner,
    code: &SecretText,
) -> Result<()> {
    let sources = tx.second_factors().one_time_sources(owner)?;
    for source in sources.iter().filter(|source| source.is_confirmed) {
        if take_code_of(tx, secrets, source, code)? {
            return Ok(());
        }
    }
    Err(Error::InvalidCode)
}

/// Takes a code of this source; `false` if it is none, or was taken before.
pub(super) fn take_code_of(
    tx: &mut dyn Tx,
    secrets: &dyn FactorSecrets,
    source: &OneTimeSource,
    code: &SecretText,
) -> Result<bool> {
    for step in open_steps(tx.now(), source.newest_step) {
        if secrets.is_code(&source.secret, step, code)? {
            tx.second_factors().take_step(source.id, step)?;
            return Ok(true);
        }
    }
    Ok(false)
}

fn take_recovery_code(
    tx: &mut dyn Tx,
    secrets: &dyn FactorSecrets,
    (tenant, owner): (TenantId, FactorOwner),
    code: &SecretText,
) -> Result<()> {
    let hash = secrets.recovery_hash(tenant, owner, code)?.ok_or(Error::InvalidCode)?;
    if !tx.recovery_codes().use_up(owner, &hash)? {
        return Err(Error::InvalidCode);
    }
    tx.outbox().account_mail(AccountMail::RecoveryCodeUsed, MailTo::Person(owner.recipient()), None)
}

/// Takes a passkey's answer to the challenge that was waiting.
pub(super) fn take_passkey(
    tx: &mut dyn Tx,
    passkeys: &dyn Passkeys,
    owner: FactorOwner,
    state: Option<&SecretText>,
    answer: &SecretText,
) -> Result<()> {
    let state = state.ok_or(Error::InvalidCode)?;
    let kept = tx.passkeys().all(owner)?;
    let records: Vec<String> = kept.iter().map(|one| one.record.expose().to_owned()).collect();
    let proved = passkeys.prove(owner.uuid(), state.expose(), answer.expose(), &records)?;
    let used = kept.get(proved.place).ok_or(Error::InvalidCode)?;
    tx.passkeys().used(used.id, &SecretText::new(proved.record))
}
