//! What stands in for the machine's clock and the key provider.

use chrono::{Duration, TimeZone, Utc};
use std::sync::Mutex;
use threadwell_application::ports::{Clock, KeyFailure, KeyPlace, KeyProvider, TenantKeyMaterial};
use threadwell_crypto::{Purpose, RootKey, TenantKey};
use threadwell_domain::Moment;

/// A clock that moves when a test says so.
#[derive(Debug)]
pub(crate) struct FixedClock(Mutex<Moment>);

impl FixedClock {
    pub(super) fn at_start() -> Self {
        Self(Mutex::new(Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()))
    }

    pub(crate) fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap()
    }
}

/// Wraps with a root key that everybody knows.
#[derive(Debug)]
pub(super) struct TestRoot(pub(super) RootKey);

impl KeyProvider for TestRoot {
    fn wrap(&self, place: KeyPlace, key: &TenantKeyMaterial) -> std::result::Result<Vec<u8>, KeyFailure> {
        let (purpose, version) = coordinates(place);
        self.0
            .wrap(&TenantKey::from_material(place.tenant.uuid(), purpose, version, &key.0))
            .map_err(|_| KeyFailure::Unavailable)
    }

    fn unwrap(&self, place: KeyPlace, wrapped: &[u8]) -> std::result::Result<TenantKeyMaterial, KeyFailure> {
        let (purpose, version) = coordinates(place);
        let key = self
            .0
            .unwrap(place.tenant.uuid(), purpose, version, wrapped)
            .map_err(|_| KeyFailure::DoesNotOpen)?;
        Ok(TenantKeyMaterial(*key.material()))
    }
}

fn coordinates(place: KeyPlace) -> (Purpose, u16) {
    (Purpose::from_code(place.purpose).unwrap(), u16::try_from(place.version).unwrap())
}
