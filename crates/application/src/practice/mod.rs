//! What a practice decides for itself.

use crate::access::{Access, Action, Caller, Subject};
use crate::ports::{AutoReplyView, Store, Tx};
use crate::{Error, FieldProblem, Result};
use threadwell_domain::message::{MessageBody, placeholders};
use threadwell_domain::thread::Category;

/// The automatic reply of a category, as it is to be.
#[derive(Clone, Debug)]
pub struct AutoReplyChange {
    /// Which category.
    pub category: Category,
    /// The text; `None` for none, which cannot be switched on.
    pub message: Option<MessageBody>,
    /// Whether it is sent.
    pub is_active: bool,
}

/// The automatic replies of all six categories.
///
/// # Errors
/// The caller may not see them, or the database is unavailable.
pub fn read_auto_replies(store: &dyn Store, caller: &Caller) -> Result<Vec<AutoReplyView>> {
    store.transact(&Access::to(caller, Action::ReadAutoReplies), all)
}

/// Writes the automatic replies that are given and leaves the others.
///
/// # Errors
/// A category is given twice, or switched on without a text (`Invalid`); a text holds blanks, which nobody would fill
/// before it is sent; the caller may not manage them; or the database is unavailable.
pub fn update_auto_replies(
    store: &dyn Store,
    caller: &Caller,
    changes: &[AutoReplyChange],
) -> Result<Vec<AutoReplyView>> {
    store.transact(&Access::to(caller, Action::UpdateAutoReplies), |tx| {
        for (place, change) in changes.iter().enumerate() {
            let is_repeated = changes.iter().take(place).any(|earlier| earlier.category == change.category);
            if is_repeated {
                return Err(Error::field("/autoReplies", FieldProblem::Conflict));
            }
            if change.is_active && change.message.is_none() {
                return Err(Error::field("/autoReplies", FieldProblem::Required));
            }
            let blanks =
                change.message.as_ref().map_or_else(Vec::new, |text| placeholders(text.as_phi().expose()));
            if !blanks.is_empty() {
                return Err(Error::UnfilledPlaceholder(blanks));
            }
            tx.about(Subject::Category(change.category));
            tx.auto_replies().put(change.category, change.message.as_ref(), change.is_active)?;
        }
        all(tx)
    })
}

fn all(tx: &mut dyn Tx) -> Result<Vec<AutoReplyView>> {
    let written = tx.auto_replies().all()?;
    Ok(Category::ALL
        .into_iter()
        .map(|category| {
            written.iter().find(|reply| reply.category == category).cloned().unwrap_or_else(|| {
                AutoReplyView { category, message: String::new(), is_active: false, updated_at: None }
            })
        })
        .collect())
}
