//! Files of the portal's side.

pub(crate) mod discard;
pub(crate) mod download;
pub(crate) mod limits;
pub(crate) mod list;
pub(crate) mod status;
pub(crate) mod thumbnail;
pub(crate) mod upload;
