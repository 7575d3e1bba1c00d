//! Files of the staff's side, and what both sides share: receiving an upload and handing a file out.

pub(crate) mod discard;
pub(crate) mod download;
pub(crate) mod limits;
pub(crate) mod list;
pub(crate) mod status;
pub(crate) mod thumbnail;
pub(crate) mod upload;

mod arriving;
mod disposition;
pub(crate) mod form;
pub(crate) mod handing_out;
pub(crate) mod intake;
mod leaving;
mod metered;
mod range;
mod reading;
mod stop;
pub(crate) mod turns;
