//! Who calls, what for, and whether the session still lets them in.

mod action;
mod actor;
mod caller;
mod subject;

pub use action::{Action, AuditRule, Gate};
pub use actor::{Actor, PortalActor, PortalSession, SessionFacts, SignInMethod, StaffActor, StaffSession};
pub use caller::{
    Access, Audience, Caller, Credential, PortalClaims, RequestContext, StaffClaims, TenantAssertion,
};
pub use subject::{Omission, Subject};
