//! What became of an act on many threads.

use crate::http::code::Code;
use crate::http::wire::Id;
use serde::Serialize;
use threadwell_application::ports::{BulkEntry, BulkOutcome, BulkRefusal};
use threadwell_application::threads::BulkAnswer;
use utoipa::ToSchema;

/// How one thread came out of an act.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    /// The act was done.
    Done,
    /// The thread was so already.
    Unchanged,
    /// The act left it alone; `code` says why.
    Refused,
}

/// What became of one thread.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkResult {
    thread_id: Id,
    outcome: Outcome,
    /// Why it was left alone: `not_found`, `illegal_transition`, `forbidden`, `assignee_not_found` or
    /// `version_mismatch`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "not_found")]
    code: Option<&'static str>,
}

impl From<&BulkEntry> for BulkResult {
    fn from(entry: &BulkEntry) -> Self {
        let (outcome, code) = match entry.outcome {
            BulkOutcome::Done => (Outcome::Done, None),
            BulkOutcome::Unchanged => (Outcome::Unchanged, None),
            BulkOutcome::Refused(refusal) => (Outcome::Refused, Some(code_of(refusal).name())),
        };
        Self { thread_id: Id(entry.thread.uuid()), outcome, code }
    }
}

const fn code_of(refusal: BulkRefusal) -> Code {
    match refusal {
        BulkRefusal::NotFound => Code::NotFound,
        BulkRefusal::IllegalTransition => Code::IllegalTransition,
        BulkRefusal::Forbidden => Code::Forbidden,
        BulkRefusal::AssigneeNotFound => Code::AssigneeNotFound,
        BulkRefusal::VersionMismatch => Code::VersionMismatch,
    }
}

/// What became of an act, thread by thread, in the order in which they were named.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkResults {
    results: Vec<BulkResult>,
    /// How many were done.
    #[schema(example = 1)]
    done: usize,
    /// How many were so already.
    #[schema(example = 0)]
    unchanged: usize,
    /// How many were left alone.
    #[schema(example = 0)]
    refused: usize,
    /// Takes the act back, once, within ten minutes. Not there where nothing was done, nor for an undo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    undo_token: Option<Id>,
}

impl From<&BulkAnswer> for BulkResults {
    fn from(answer: &BulkAnswer) -> Self {
        let done = answer.count(|outcome| outcome == BulkOutcome::Done);
        let can_be_undone = done > 0 && !answer.record.is_undo;
        Self {
            results: answer.record.entries.iter().map(BulkResult::from).collect(),
            done,
            unchanged: answer.count(|outcome| outcome == BulkOutcome::Unchanged),
            refused: answer.count(|outcome| matches!(outcome, BulkOutcome::Refused(_))),
            undo_token: can_be_undone.then(|| Id(answer.record.id.uuid())),
        }
    }
}
