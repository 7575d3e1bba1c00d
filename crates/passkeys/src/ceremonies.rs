//! The two ceremonies: making a passkey, and proving that one is at hand.

use crate::attested::is_exact;
use crate::error::OriginRefusal;
use serde_json::Value;
use threadwell_application::ports::{Challenge, NewPasskey, PasskeyOwner, Passkeys, ProvedPasskey};
use threadwell_application::{Error, Result};
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    Credential, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

const SERVICE: &str = "Threadwell";

/// Passkeys of one public origin.
#[derive(Debug)]
pub struct WebauthnPasskeys(Webauthn);

impl WebauthnPasskeys {
    /// For the origin at which browsers reach the server.
    ///
    /// # Errors
    /// It has no host name: authenticators take no bare addresses.
    pub fn new(public_origin: &str) -> std::result::Result<Self, OriginRefusal> {
        let origin = Url::parse(public_origin).map_err(|_| OriginRefusal)?;
        let name = origin.domain().ok_or(OriginRefusal)?;
        let builder = WebauthnBuilder::new(name, &origin).map_err(|_| OriginRefusal)?;
        builder.rp_name(SERVICE).build().map(Self).map_err(|_| OriginRefusal)
    }
}

impl Passkeys for WebauthnPasskeys {
    fn ask_for_new(&self, owner: &PasskeyOwner<'_>, known: &[String]) -> Result<Challenge> {
        let known = read_all(known)?.iter().map(|passkey| passkey.cred_id().clone()).collect();
        let (options, state) = self
            .0
            .start_passkey_registration(owner.id, owner.email, owner.name, Some(known))
            .map_err(unexpected)?;
        challenge(serde_json::to_value(&options), serde_json::to_string(&state))
    }

    fn take_new(&self, state: &str, answer: &str) -> Result<NewPasskey> {
        let state: PasskeyRegistration = serde_json::from_str(state).map_err(Error::unavailable)?;
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| Error::InvalidCode)?;
        let passkey = self.0.finish_passkey_registration(&answer, &state).map_err(|_| Error::InvalidCode)?;
        if !is_exact(&answer, passkey.cred_id()) {
            return Err(Error::InvalidCode);
        }
        Ok(NewPasskey { credential: passkey.cred_id().to_vec(), record: written(&passkey)? })
    }

    fn ask_for_known(&self, known: &[String]) -> Result<Challenge> {
        let (options, state) = self.0.start_passkey_authentication(&read_all(known)?).map_err(unexpected)?;
        challenge(serde_json::to_value(&options), serde_json::to_string(&state))
    }

    fn prove(&self, owner: Uuid, state: &str, answer: &str, known: &[String]) -> Result<ProvedPasskey> {
        let state: PasskeyAuthentication = serde_json::from_str(state).map_err(Error::unavailable)?;
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| Error::InvalidCode)?;
        if answer.response.user_handle.as_deref().is_some_and(|handle| handle != owner.as_bytes()) {
            return Err(Error::InvalidCode);
        }
        let proved = self.0.finish_passkey_authentication(&answer, &state).map_err(|_| Error::InvalidCode)?;
        let known = read_all(known)?;
        let place = known.iter().position(|one| one.cred_id() == proved.cred_id());
        let (place, mut passkey) = place
            .and_then(|place| known.get(place).map(|passkey| (place, passkey.clone())))
            .ok_or(Error::InvalidCode)?;
        // The library looked at the counter as it was when the challenge was made.
        if is_rolled_back(&passkey, proved.counter()) {
            return Err(Error::InvalidCode);
        }
        passkey.update_credential(&proved);
        Ok(ProvedPasskey { place, record: written(&passkey)? })
    }
}

/// Whether a counter that moves did not: somebody has a copy of the passkey. Many passkeys do not count at all.
fn is_rolled_back(passkey: &Passkey, counter: u32) -> bool {
    let last = Credential::from(passkey.clone()).counter;
    (counter > 0 || last > 0) && counter <= last
}

/// Browsers get what is inside of `publicKey`.
fn challenge(options: serde_json::Result<Value>, state: serde_json::Result<String>) -> Result<Challenge> {
    let mut options = options.map_err(Error::unavailable)?;
    let inner = options.get_mut("publicKey").map(Value::take).unwrap_or_default();
    Ok(Challenge { options: inner.to_string(), state: state.map_err(Error::unavailable)? })
}

fn read_all(known: &[String]) -> Result<Vec<Passkey>> {
    known.iter().map(|record| serde_json::from_str(record).map_err(Error::unavailable)).collect()
}

fn written(passkey: &Passkey) -> Result<String> {
    serde_json::to_string(passkey).map_err(Error::unavailable)
}

fn unexpected(source: WebauthnError) -> Error {
    Error::unavailable(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_belong_to_names_and_not_to_bare_addresses() {
        for origin in ["https://messages.example.org", "http://localhost:4000", "https://x.example:8443"] {
            assert!(WebauthnPasskeys::new(origin).is_ok(), "{origin}");
        }
        for origin in ["https://127.0.0.1:4000", "https://[::1]", "messages.example.org", ""] {
            assert!(WebauthnPasskeys::new(origin).is_err(), "{origin}");
        }
    }

    #[test]
    fn what_is_no_answer_is_a_wrong_one() {
        let passkeys = WebauthnPasskeys::new("https://messages.example.org").unwrap();
        let owner = PasskeyOwner { id: Uuid::from_u128(1), email: "ma@example.org", name: "Ma" };
        let asked = passkeys.ask_for_new(&owner, &[]).unwrap();
        for odd in ["", "{}", "null", "[]", "{\"id\":1}"] {
            assert!(matches!(passkeys.take_new(&asked.state, odd), Err(Error::InvalidCode)), "{odd}");
        }
        assert!(!format!("{asked:?}").contains("challenge"));
    }
}
