//! For operators and integrators: health, readiness, figures, the API's document.

pub(crate) mod docs;
pub(crate) mod document;
pub(crate) mod health;
pub(crate) mod metrics;
pub(crate) mod ready;
