//! The shapes of second factors.

use crate::http::error::{ApiError, ApiResult};
use crate::http::fields::present;
use crate::http::wire::{Id, ProofMethod, Token, TypedCode};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use threadwell_application::FieldProblem;
use threadwell_application::accounts::factors::{FactorDue, FactorProof, NewOneTime};
use threadwell_application::ports::SecretText;
use threadwell_domain::Phi;
use threadwell_domain::access::FactorName;
use utoipa::ToSchema;

/// A sign-in that waits for its second factor.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SecondFactorDue {
    /// Always true: tells this answer from a session.
    #[schema(example = true)]
    mfa_required: bool,
    /// What the rest of the sign-in is done with. No bearer token.
    #[schema(
        example = "m1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    mfa_token: String,
    /// Seconds.
    #[schema(example = 600)]
    expires_in: i64,
    /// What can be proved; empty where the first factor is to be enrolled.
    methods: Vec<ProofMethod>,
    /// Whether the practice demands a factor and the person has none yet.
    enrolment_required: bool,
}

impl From<FactorDue> for SecondFactorDue {
    fn from(due: FactorDue) -> Self {
        Self {
            mfa_required: true,
            mfa_token: due.ticket.expose().to_owned(),
            expires_in: due.expires_in.num_seconds(),
            methods: due.methods.into_iter().map(ProofMethod::from).collect(),
            enrolment_required: due.is_enrolment,
        }
    }
}

/// A ticket alone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct WithTicket {
    #[schema(
        value_type = String,
        max_length = 512,
        example = "m1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    pub(super) mfa_token: Token,
}

/// A second factor: `code` for `totp` and `recovery_code`, `credential` for `passkey`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(example = json!({
    "mfaToken": "m1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA",
    "method": "totp",
    "code": "287082",
}))]
pub(crate) struct SecondFactor {
    #[schema(value_type = String, max_length = 512)]
    pub(super) mfa_token: Token,
    pub(super) method: ProofMethod,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = String, max_length = 64)]
    pub(super) code: Option<TypedCode>,
    /// What `navigator.credentials.get` gave, as its `toJSON` writes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = Object)]
    pub(super) credential: Option<Credential>,
}

impl SecondFactor {
    /// The proof that goes with the method.
    pub(super) fn proof(&self) -> ApiResult<FactorProof> {
        match self.method {
            ProofMethod::OneTimeCode => code_of(&self.code, &self.credential).map(FactorProof::OneTimeCode),
            ProofMethod::RecoveryCode => code_of(&self.code, &self.credential).map(FactorProof::RecoveryCode),
            ProofMethod::Passkey => answer_of(&self.code, &self.credential).map(FactorProof::Passkey),
        }
    }
}

/// What an authenticator answered, as JSON of another standard.
pub(super) struct Credential(Value);

impl Credential {
    /// As the passkeys take it.
    pub(super) fn answer(&self) -> SecretText {
        SecretText::new(self.0.to_string())
    }
}

// Whatever is no object was not made by any authenticator, and uses no challenge up.
impl<'de> Deserialize<'de> for Credential {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.is_object() { Ok(Self(value)) } else { Err(D::Error::custom("no object")) }
    }
}

/// The code, with nothing else beside it.
pub(super) fn code_of(code: &Option<TypedCode>, credential: &Option<Credential>) -> ApiResult<SecretText> {
    match (code, credential) {
        (Some(code), None) => Ok(SecretText::new(code.trim())),
        (None, _) => Err(ApiError::field("/code", FieldProblem::Required)),
        (Some(_), Some(_)) => Err(ApiError::field("/credential", FieldProblem::Conflict)),
    }
}

/// A passkey's answer, with nothing else beside it.
pub(super) fn answer_of(code: &Option<TypedCode>, credential: &Option<Credential>) -> ApiResult<SecretText> {
    match (code, credential) {
        (None, Some(credential)) => Ok(credential.answer()),
        (_, None) => Err(ApiError::field("/credential", FieldProblem::Required)),
        (Some(_), Some(_)) => Err(ApiError::field("/code", FieldProblem::Conflict)),
    }
}

/// What an authenticator app needs to know.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewTotp {
    id: Id,
    /// Base32, to be typed.
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    secret: String,
    /// To be scanned.
    #[schema(
        example = "otpauth://totp/Riverside:ma%40riverside.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Riverside"
    )]
    uri: String,
}

impl From<&NewOneTime> for NewTotp {
    fn from(new: &NewOneTime) -> Self {
        Self { id: Id(new.id), secret: new.secret.expose().to_owned(), uri: new.uri.expose().to_owned() }
    }
}

/// What an authenticator is asked.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PasskeyOptions {
    /// For `PublicKeyCredential.parseRequestOptionsFromJSON` or `parseCreationOptionsFromJSON`.
    #[schema(value_type = Object, example = json!({ "challenge": "Zm9yIGFuIGV4YW1wbGU", "rpId": "threadwell.example" }))]
    public_key: Value,
}

impl From<SecretText> for PasskeyOptions {
    fn from(options: SecretText) -> Self {
        Self { public_key: serde_json::from_str(options.expose()).unwrap_or_default() }
    }
}

/// A challenge for a new passkey.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewPasskeyOptions {
    pub(super) challenge_id: Id,
    #[serde(flatten)]
    pub(super) options: PasskeyOptions,
}

/// A passkey that was made while signing in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct EnrolledPasskey {
    #[schema(
        value_type = String,
        max_length = 512,
        example = "m1.01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f.kJ8s2mQp0aXv7Yb1Zc3Dd5Ee7Ff9Gg1Hh3Ii5Jj7KkA"
    )]
    pub(super) mfa_token: Token,
    #[schema(max_length = 60, example = "Work phone")]
    pub(super) name: String,
    /// What `navigator.credentials.create` gave, as its `toJSON` writes it.
    #[schema(value_type = Object, example = json!({ "id": "AQ", "rawId": "AQ", "type": "public-key", "response": {} }))]
    pub(super) credential: Credential,
}

/// A factor's name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Named {
    #[schema(max_length = 60, example = "Work phone")]
    pub(super) name: String,
}

/// Checks a name.
pub(super) fn name(text: &str) -> ApiResult<Phi> {
    let name = FactorName::parse(text).map_err(|refusal| ApiError::field("/name", refusal.into()))?;
    Ok(name.text().clone())
}

/// A code of an authenticator app.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct TotpCode {
    #[schema(value_type = String, max_length = 64, example = "287082")]
    pub(super) code: TypedCode,
}

/// Recovery codes that are shown this once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecoveryCodes {
    #[schema(example = json!(["7Q2K-M0ZD-R5VX-9H3B"]))]
    pub(super) recovery_codes: Vec<String>,
}

/// Recovery codes, where a factor is the first one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FirstRecoveryCodes {
    /// Null where there was a factor before.
    #[schema(required, example = json!(["7Q2K-M0ZD-R5VX-9H3B"]))]
    pub(super) recovery_codes: Option<Vec<String>>,
}

/// The texts of codes.
pub(super) fn texts(codes: &[SecretText]) -> Vec<String> {
    codes.iter().map(|code| code.expose().to_owned()).collect()
}
