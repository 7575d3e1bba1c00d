//! Signing in, staying signed in, leaving; who one is; and what becomes of accounts.

mod act_for;
mod activation;
mod arrival;
mod common;
mod email;
pub mod factors;
mod flood;
mod links;
mod opening;
mod own_sessions;
mod password;
mod portal_invitation;
mod preferences;
mod profile;
mod refresh;
mod reset;
mod sign_in;
mod sign_out;
mod staff_invitation;

pub use act_for::act_for;
pub(crate) use activation::identify;
pub use activation::{ACTIVATION_LIFETIME, ActivationRequest, complete_activation, request_activation};
pub use arrival::{Arrival, idle_limit, known_device, person_of, settle};
pub use common::{AccountPorts, LinkRequest};
pub use email::{change_email, confirm_email};
pub use opening::SessionTerms;
pub use own_sessions::{end_session, end_sessions, forget_push, list_sessions, register_push};
pub use password::change_password;
pub use portal_invitation::{CheckedInvitation, InvitationAnswer, accept_invitation, check_invitation};
pub use preferences::{read_preferences, update_preferences};
pub use profile::{PortalSelf, StaffSelf, read_portal_self, read_staff_self};
pub use refresh::{RefreshRequest, Refreshed, refresh};
pub use reset::{CheckedReset, check_reset, confirm_reset, request_reset};
pub use sign_in::{SignInOutcome, SignInRequest, SignInSecrets, SignedIn, SignedInAs, sign_in};
pub use sign_out::{Leaving, sign_out_by_refresh, sign_out_session};
pub use staff_invitation::{CheckedStaffInvitation, accept_staff_invitation, check_staff_invitation};
