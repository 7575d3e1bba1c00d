//! One effect per idempotency key.

use crate::Result;
use crate::ports::{IdempotencyKey, Receipt, Tx};

/// Runs `effect` unless the key already has an answer, and keeps the answer with the effect.
///
/// Authorisation comes before: the caller has found the thread and passed the door.
pub(crate) fn once(
    tx: &mut dyn Tx,
    operation: &str,
    key: Option<&IdempotencyKey>,
    effect: impl FnOnce(&mut dyn Tx) -> Result<Receipt>,
) -> Result<Receipt> {
    let Some(key) = key else { return effect(tx) };
    if let Some(first) = tx.idempotency().claim(operation, key)? {
        return Ok(Receipt { is_replay: true, ..first });
    }
    let receipt = effect(tx)?;
    tx.idempotency().keep(operation, key, &receipt)?;
    Ok(receipt)
}
