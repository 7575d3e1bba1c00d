//! Who acts for whom: `/api/patient-portal/grants`.

pub(crate) mod end;
pub(crate) mod invite;
pub(crate) mod leave;
pub(crate) mod list;
pub(crate) mod withdraw;
