//! The acts of signing in, staying and leaving, through store and brakes together.

use crate::stage::{FixedClock, RIVERSIDE, Stage, caller, grant};
use chrono::Duration;
use threadwell_application::access::{Audience, Credential, PortalClaims, RequestContext, TenantAssertion};
use threadwell_application::accounts::{
    Arrival, Leaving, RefreshRequest, SessionTerms, SignInOutcome, SignInRequest, SignInSecrets, SignedIn,
    SignedInAs, act_for, read_portal_self, refresh, sign_in, sign_out_by_refresh,
};
use threadwell_application::ports::{
    AccountSecrets, Clock, Drawn, FactorOwner, FactorSecrets, MadeSecret, PresentedRefresh, RefreshDelivery,
    SecretText, SessionOwner, TypedPassword,
};
use threadwell_application::{Error, Result, SessionRefusal};
use threadwell_domain::access::{Relationship, Role};
use threadwell_domain::{Phi, TenantId};
use uuid::Uuid;

const RIGHT: &str = "the right password";

/// Takes hashing for reading, and knows no device.
#[derive(Debug)]
struct Fake;

impl AccountSecrets for Fake {
    fn verify(&self, typed: &TypedPassword, stored: Option<&str>) -> bool {
        stored.is_some() && typed.expose() == RIGHT
    }

    fn hash(&self, typed: &TypedPassword) -> Result<String> {
        Ok(format!("hash of {}", typed.expose()))
    }

    fn needs_rehash(&self, _: &str) -> bool {
        false
    }

    fn link_hash(&self, _: TenantId, _: Uuid) -> Result<[u8; 32]> {
        Ok([7; 32])
    }

    fn activation(&self, tenant: TenantId, _: Uuid) -> Result<MadeSecret> {
        self.device(tenant)
    }

    fn is_code(&self, _: TenantId, _: Uuid, _: &Phi) -> Result<bool> {
        Ok(false)
    }

    fn device(&self, _: TenantId) -> Result<MadeSecret> {
        let mut hash = [0; 32];
        hash.iter_mut().zip(Uuid::new_v4().into_bytes()).for_each(|(to, from)| *to = from);
        Ok(MadeSecret { text: String::new().into(), hash })
    }

    fn device_hash(&self, _: TenantId, _: &str) -> Option<[u8; 32]> {
        None
    }
}

/// Nobody here has a second factor, so no secret of one is drawn.
struct NoFactors;

impl FactorSecrets for NoFactors {
    fn ticket(&self, _: TenantId) -> Result<Drawn> {
        Err(Error::Denied)
    }

    fn recovery_codes(&self, _: TenantId, _: FactorOwner) -> Result<Vec<Drawn>> {
        Err(Error::Denied)
    }

    fn recovery_hash(&self, _: TenantId, _: FactorOwner, _: &SecretText) -> Result<Option<[u8; 32]>> {
        Err(Error::Denied)
    }

    fn one_time_secret(&self) -> Result<SecretText> {
        Err(Error::Denied)
    }

    fn one_time_uri(&self, _: &SecretText, _: &str, _: &str) -> Result<SecretText> {
        Err(Error::Denied)
    }

    fn is_code(&self, _: &SecretText, _: i64, _: &SecretText) -> Result<bool> {
        Err(Error::Denied)
    }
}

fn request() -> RequestContext {
    caller(Credential::Worker(RIVERSIDE)).request
}

fn attempt(
    stage: &Stage,
    audience: Audience,
    practice: &str,
    email: &str,
    password: &str,
) -> Result<SignedIn> {
    let clock: &FixedClock = &stage.clock;
    let attempt = SignInRequest {
        audience,
        practice: Some(TenantAssertion::Slug(practice.to_owned())),
        email: Phi::new(email),
        request: request(),
        password: TypedPassword::new(password),
        arrival: Arrival::default(),
        delivery: RefreshDelivery::Body,
        terms: SessionTerms { lifetime: Duration::hours(12) },
        at: clock.now(),
    };
    let secrets = SignInSecrets { accounts: &Fake, first_refresh_hash: &|_| [1; 32], factors: &NoFactors };
    match sign_in(&*stage.store, &*stage.store, &attempt, &secrets)? {
        SignInOutcome::SignedIn(signed_in, _) => Ok(*signed_in),
        SignInOutcome::FactorDue(due) => panic!("{due:?}"),
    }
}

fn refresh_with(stage: &Stage, generation: u8) -> Result<SessionOwner> {
    let presented = PresentedRefresh { hash: [generation; 32], successor_hash: [generation + 1; 32] };
    let attempt = RefreshRequest {
        audience: Audience::Staff,
        tenant: RIVERSIDE,
        presented,
        request: request(),
        at: stage.now(),
    };
    refresh(&*stage.store, &*stage.store, &attempt).map(|refreshed| refreshed.owner)
}

fn audited(stage: &Stage, action: &str, outcome: i16) -> i64 {
    stage.number(&format!(
        "SELECT count(*) FROM audit_event WHERE action = '{action}' AND outcome = {outcome}"
    ))
}

#[test]
fn staff_sign_in_and_a_denial_leaves_a_row() {
    let stage = Stage::set();
    let nurse = stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    let signed_in = attempt(&stage, Audience::Staff, "riverside", "Nurse@riverside.example", RIGHT).unwrap();
    let SignedInAs::Staff(profile) = signed_in.who else { panic!("staff") };
    assert_eq!((profile.id, signed_in.practice.slug.as_str()), (nurse, "riverside"));
    assert_eq!(audited(&stage, "auth.sign_in", 0), 1);

    for (practice, email, password) in [
        ("riverside", "nurse@riverside.example", "wrong"),
        ("riverside", "nobody@riverside.example", RIGHT),
        ("hillside", "nurse@riverside.example", RIGHT),
        ("nowhere", "nurse@riverside.example", RIGHT),
    ] {
        let refused = attempt(&stage, Audience::Staff, practice, email, password);
        assert!(matches!(refused, Err(Error::InvalidCredentials)), "{practice} {email}: {refused:?}");
    }
    let portal = attempt(&stage, Audience::Portal, "riverside", "nurse@riverside.example", RIGHT);
    assert!(matches!(portal, Err(Error::InvalidCredentials)), "B07");
    assert_eq!(audited(&stage, "auth.sign_in", 1), 5);
}

/// B06: the right password of somebody who may not sign in is a wrong one.
#[test]
fn a_disabled_person_does_not_sign_in() {
    let stage = Stage::set();
    stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    stage.admin("UPDATE staff_user SET is_active = false");
    let refused = attempt(&stage, Audience::Staff, "riverside", "nurse@riverside.example", RIGHT);
    assert!(matches!(refused, Err(Error::InvalidCredentials)));
    assert_eq!(stage.number("SELECT count(*) FROM session"), 0);
}

#[test]
fn the_sixth_failure_waits_and_is_recorded_as_denied() {
    let stage = Stage::set();
    stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    let try_with =
        |password| attempt(&stage, Audience::Staff, "riverside", "nurse@riverside.example", password);
    (0..5).for_each(|_| assert!(matches!(try_with("wrong"), Err(Error::InvalidCredentials))));
    let refused = try_with(RIGHT);
    assert!(
        matches!(refused, Err(Error::RateLimited { retry_after }) if retry_after == Duration::seconds(30)),
        "{refused:?}"
    );
    stage.clock.advance(Duration::seconds(30));
    assert!(try_with(RIGHT).is_ok());
    assert_eq!(stage.number("SELECT count(*) FROM audit_event WHERE reason = 'rate_limited'"), 1);
}

#[test]
fn a_guardian_signs_in_chooses_a_child_and_keeps_it() {
    let stage = Stage::set();
    let [abel, zoe] = ["Abel Mendes", "Zoe Mendes"].map(|name| stage.add_patient(RIVERSIDE, name, name));
    let grants = [abel, zoe].map(|child| grant(child, Relationship::Guardian));
    let account = stage.add_account(RIVERSIDE, "carla.mendes@example.org", &grants);
    let signed_in =
        attempt(&stage, Audience::Portal, "riverside", "carla.mendes@example.org", RIGHT).unwrap();
    let SignedInAs::Account { profile, acting_for } = signed_in.who else { panic!("an account") };
    assert_eq!((profile.patients.len(), acting_for), (2, None), "two children: nobody is chosen yet");
    let shown =
        "SELECT cardinality(patient_ids) FROM audit_event WHERE action = 'auth.sign_in' AND outcome = 0";
    assert_eq!(stage.number(shown), 2);

    let claims = |acting_for| {
        let session = signed_in.session;
        caller(Credential::Portal(PortalClaims { tenant: RIVERSIDE, session, account, acting_for }))
    };
    let chosen = act_for(&*stage.store, &claims(None), zoe).unwrap();
    assert_eq!(chosen.full_name.text().unwrap().expose(), "Zoe Mendes");
    let own = read_portal_self(&*stage.store, &claims(Some((zoe, Relationship::Guardian)))).unwrap();
    assert_eq!(own.actor.patient(), Some(zoe));
    let stranger = stage.add_patient(RIVERSIDE, "A Stranger", "S");
    let refused = act_for(&*stage.store, &claims(None), stranger);
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    let forged = read_portal_self(&*stage.store, &claims(Some((stranger, Relationship::Guardian))));
    assert!(matches!(forged, Err(Error::Session(SessionRefusal::Invalid))));
}

/// B31: the refusal is answered, the revocation stays, and both are in the audit.
#[test]
fn a_reused_token_is_refused_and_its_session_stays_revoked() {
    let stage = Stage::set();
    let nurse = stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    attempt(&stage, Audience::Staff, "riverside", "nurse@riverside.example", RIGHT).unwrap();
    assert_eq!(refresh_with(&stage, 1).unwrap(), SessionOwner::Staff(nurse));
    assert_eq!(refresh_with(&stage, 2).unwrap(), SessionOwner::Staff(nurse));
    assert!(matches!(refresh_with(&stage, 1), Err(Error::RefreshReused)));
    assert!(matches!(refresh_with(&stage, 3), Err(Error::Session(SessionRefusal::Invalid))));
    assert_eq!(stage.number("SELECT count(*) FROM session WHERE revoked_at IS NOT NULL"), 1);
    assert_eq!(audited(&stage, "auth.refresh_reuse", 1), 1);
}

#[test]
fn whoever_left_is_gone_and_leaving_twice_is_no_error() {
    let stage = Stage::set();
    stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    attempt(&stage, Audience::Staff, "riverside", "nurse@riverside.example", RIGHT).unwrap();
    let leaving =
        Leaving { audience: Audience::Staff, tenant: RIVERSIDE, request: request(), at: stage.now() };
    for hash in [[1; 32], [1; 32], [99; 32]] {
        sign_out_by_refresh(&*stage.store, &*stage.store, &leaving, &hash).unwrap();
    }
    assert!(matches!(refresh_with(&stage, 1), Err(Error::Session(SessionRefusal::Invalid))));
}
