//! Signing in, staying signed in and leaving, for patients and proxies: `/api/patient-portal/auth`.

pub(crate) mod acting_for;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod me;
pub(crate) mod refresh;
