//! The worker: what was written to the outbox goes out, at least once, under one Message-ID.

mod account_texts;
mod backoff;
mod templates;
mod worker;

pub use backoff::{GIVE_UP_AFTER, next_try};
pub use templates::Links;
pub use worker::{Delivered, MailSecrets, SendMail, Worker};
