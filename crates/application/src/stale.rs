//! Nobody answers blind.

use crate::ports::Tx;
use crate::{Error, FieldProblem, Result};
use threadwell_domain::{MessageId, ThreadId};

/// Refuses a message whose author had not seen what somebody else wrote publicly in the meantime.
pub(crate) fn refuse_stale(tx: &mut dyn Tx, thread: ThreadId, last_seen: Option<MessageId>) -> Result<()> {
    let Some(seen) = last_seen else { return Ok(()) };
    let place = tx
        .messages()
        .place_of(thread, seen)?
        .ok_or_else(|| Error::field("/lastSeenMessageId", FieldProblem::Invalid))?;
    let missed = tx.messages().missed_since(thread, place)?;
    if missed.is_empty() { Ok(()) } else { Err(Error::StaleReply { missed }) }
}
