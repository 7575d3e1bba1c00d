//! Properties of the crate's public face.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "tests may stop, and cut only ASCII"
)]

mod blind_index;
mod blob;
mod envelope;
mod formats;
mod one_time;
mod passwords;
mod refresh;
mod root_key;

use threadwell_crypto::{Purpose, TenantKey};
use uuid::Uuid;

fn tenant(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn key(tenant_number: u128, purpose: Purpose) -> TenantKey {
    TenantKey::generate(tenant(tenant_number), purpose, 1).unwrap()
}
