//! A patient's search among the patient's own messages.

pub(crate) mod messages;
