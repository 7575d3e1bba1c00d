//! Signing in, staying signed in, leaving; and who one is.

mod act_for;
mod profile;
mod refresh;
mod sign_in;
mod sign_out;

pub use act_for::act_for;
pub use profile::{PortalSelf, StaffSelf, read_portal_self, read_staff_self};
pub use refresh::{RefreshRequest, Refreshed, refresh};
pub use sign_in::{SignInRequest, SignInSecrets, SignedIn, SignedInAs, sign_in};
pub use sign_out::{sign_out_by_refresh, sign_out_session};
