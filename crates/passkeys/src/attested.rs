//! What the library leaves unchecked of a new passkey.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_cbor_2::{Deserializer, Value};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

/// The longest credential id (WebAuthn level 3, 7.1).
const LONGEST_ID: usize = 1_023;
/// Of the authenticator data: where the flags are, and where the attested credential begins.
const FLAGS: usize = 32;
const CREDENTIAL: usize = 37;
/// Before the length of the credential's id stands the model of the authenticator.
const MODEL: usize = 16;
const HAS_EXTENSIONS: u8 = 0x80;

/// Whether the attested id has a length that ids have and is the one that the browser names, and whether nothing
/// follows what the authenticator says.
pub(crate) fn is_exact(answer: &RegisterPublicKeyCredential, attested: &[u8]) -> bool {
    (1..=LONGEST_ID).contains(&attested.len())
        && answer.raw_id == attested
        && answer.id == URL_SAFE_NO_PAD.encode(attested)
        && ends_where_it_says(&answer.response.attestation_object).unwrap_or(false)
}

fn ends_where_it_says(object: &[u8]) -> Option<bool> {
    let (object, behind) = first(object)?;
    let Value::Map(members) = object else { return None };
    let Value::Bytes(data) = members.get(&Value::Text("authData".to_owned()))? else { return None };
    let has_extensions = data.get(FLAGS)? & HAS_EXTENSIONS != 0;
    let id = data.get(CREDENTIAL + MODEL..)?;
    let (length, id) = id.split_first_chunk::<2>()?;
    let (_, mut rest) = first(id.get(usize::from(u16::from_be_bytes(*length))..)?)?;
    if has_extensions {
        (_, rest) = first(rest)?;
    }
    Some(rest.is_empty() && behind.is_empty())
}

/// The first item of some CBOR, and what follows it.
fn first(bytes: &[u8]) -> Option<(Value, &[u8])> {
    let mut reader = Deserializer::from_slice(bytes);
    let value = Value::deserialize(&mut reader).ok()?;
    Some((value, bytes.get(reader.byte_offset()..)?))
}
