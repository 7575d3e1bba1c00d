//! Passkeys at both doors, by an authenticator in software that can also lie.

use crate::support::{at_once, audited};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, SoftPasskey, TestApp};

/// Adds a passkey to a person whose step-up holds; its id.
pub(crate) fn add(person: &Person, passkey: &SoftPasskey) -> Answer {
    let options = person.post_empty(&format!("{}/factors/passkey-options", person.door())).expect(200);
    let body = json!({
        "challengeId": options["challengeId"], "name": "Blue key", "credential": passkey.create(&options),
    });
    person.post(&format!("{}/factors/passkey", person.door()), &body)
}

fn people(app: &TestApp) -> [Person; 2] {
    [app.staff(Role::Nurse), app.patient("Ana Silva")]
}

fn ticket(app: &TestApp, person: &Person) -> String {
    let due = app.riverside().give_password(person.door(), &person.email).expect(200);
    due["mfaToken"].as_str().unwrap().to_owned()
}

fn ask(app: &TestApp, door: &str, ticket: &str) -> Value {
    let path = format!("{door}/second-factor/passkey-options");
    app.request("POST", &path).json(&json!({ "mfaToken": ticket })).send().expect(200)
}

fn prove(app: &TestApp, door: &str, ticket: &str, credential: &Value) -> Answer {
    let body = json!({ "mfaToken": ticket, "method": "passkey", "credential": credential });
    app.request("POST", &format!("{door}/second-factor")).json(&body).send()
}

/// Signs in by the passkey; what came back.
fn enter(app: &TestApp, person: &Person, passkey: &mut SoftPasskey) -> Answer {
    let ticket = ticket(app, person);
    let options = ask(app, person.door(), &ticket);
    prove(app, person.door(), &ticket, &passkey.get(&options))
}

#[test]
fn a_passkey_signs_in_and_steps_up_at_both_doors() {
    let app = TestApp::start();
    for person in people(&app) {
        let mut passkey = SoftPasskey::new();
        passkey.user_handle = Some(person.id.as_bytes().to_vec());
        let added = add(&person, &passkey).expect(201);
        assert_eq!(added["recoveryCodes"].as_array().map(Vec::len), Some(10));
        let due = app.riverside().give_password(person.door(), &person.email).expect(200);
        assert_eq!(due["methods"], json!(["passkey", "recovery_code"]));
        let signed_in = person.signed_in(&enter(&app, &person, &mut passkey).expect(200));
        let step_up = format!("{}/step-up", person.door());
        assert_eq!(signed_in.get(&step_up).expect(200)["methods"], json!(["passkey"]));
        let options = signed_in.post_empty(&format!("{step_up}/passkey-options")).expect(200);
        let proof = json!({ "method": "passkey", "credential": passkey.get(&options) });
        signed_in.post(&step_up, &proof).expect(204);
        // The challenge was answered.
        signed_in.post(&step_up, &proof).refused(401, "invalid_code");
        let factors = signed_in.get(&format!("{}/factors", person.door())).expect(200);
        assert_eq!(
            (&factors["factors"][0]["kind"], &factors["factors"][0]["name"]),
            (&json!("passkey"), &json!("Blue key"))
        );
        assert!(factors["factors"][0]["lastUsedAt"].is_string());
    }
    assert_eq!(app.number_of("SELECT count(*) FROM session WHERE method = 2"), 4);
}

#[test]
fn what_the_browser_is_asked_names_the_host_the_person_and_user_verification() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let creation = nurse.post_empty("/api/auth/factors/passkey-options").expect(200);
    let asked = &creation["publicKey"];
    assert_eq!(asked["rp"]["id"], "threadwell.test");
    assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(asked["user"]["name"], json!(nurse.email));
    assert!(asked["attestation"].is_null() || asked["attestation"] == "none");
    add(&nurse, &SoftPasskey::new()).expect(201);
    let options = ask(&app, "/api/auth", &ticket(&app, &nurse));
    assert_eq!(options["publicKey"]["rpId"], "threadwell.test");
    assert_eq!(options["publicKey"]["userVerification"], "required");
    assert_eq!(options["publicKey"]["allowCredentials"].as_array().map(Vec::len), Some(1));
    // The key that is there already is not made again.
    let again = nurse.post_empty("/api/auth/factors/passkey-options").expect(200);
    assert_eq!(again["publicKey"]["excludeCredentials"].as_array().map(Vec::len), Some(1));
}

/// Every way in which an answer can be wrong: what it is, and how the passkey lies or the answer is changed.
type Lie = (&'static str, fn(&mut SoftPasskey), fn(&mut Value));

const LIES: &[Lie] = &[
    ("wrong origin", |key| key.origin = "https://evil.example".into(), |_| {}),
    ("a host under ours", |key| key.origin = "https://x.threadwell.test".into(), |_| {}),
    ("another port", |key| key.origin = "https://threadwell.test:8443".into(), |_| {}),
    ("without TLS", |key| key.origin = "http://threadwell.test".into(), |_| {}),
    ("no origin", |key| key.origin = String::new(), |_| {}),
    ("wrong rpIdHash", |key| key.host = "evil.example".into(), |_| {}),
    ("the host above ours", |key| key.host = "test".into(), |_| {}),
    ("user not verified", |key| key.flags = 0x01, |_| {}),
    ("user not present", |key| key.flags = 0x04, |_| {}),
    ("no flags", |key| key.flags = 0, |_| {}),
    ("counter rolled back", |key| key.counter = 0, |_| {}),
    ("counter standing still", |key| key.counter -= 1, |_| {}),
    ("another challenge", |key| key.challenge = Some("c29tZXRoaW5nIGVsc2U".into()), |_| {}),
    ("no challenge", |key| key.challenge = Some(String::new()), |_| {}),
    ("the other ceremony", |key| key.getting = "webauthn.create".into(), |_| {}),
    ("another's user handle", |key| key.user_handle = Some(vec![7; 16]), |_| {}),
    ("another passkey's id", |key| key.credential = vec![9; 32], |_| {}),
    ("no signature", |_| {}, |answer| answer["response"]["signature"] = json!("")),
    ("another signature", |_| {}, |answer| answer["response"]["signature"] = json!("MAYCAQECAQE")),
    ("signature of no alphabet", |_| {}, |answer| answer["response"]["signature"] = json!("!!!")),
    ("no authenticator data", |_| {}, |answer| answer["response"]["authenticatorData"] = json!("")),
    ("short authenticator data", |_| {}, |answer| answer["response"]["authenticatorData"] = json!("AAAA")),
    ("client data of no JSON", |_| {}, |answer| answer["response"]["clientDataJSON"] = json!("AAAA")),
    ("no client data", |_| {}, |answer| answer["response"]["clientDataJSON"] = json!("")),
    ("no response", |_| {}, |answer| answer["response"] = json!({})),
    ("response of another kind", |_| {}, |answer| answer["response"] = json!("text")),
    ("no id", |_| {}, |answer| answer["rawId"] = json!("")),
    ("numbers for texts", |_| {}, |answer| answer["rawId"] = json!(7)),
    ("an empty object", |_| {}, |answer| *answer = json!({})),
];

#[test]
fn b37_no_false_answer_opens_anything() {
    let app = TestApp::start();
    assert!(LIES.len() >= 25, "{}", LIES.len());
    let owners = people(&app).map(|person| {
        let passkey = SoftPasskey::new();
        add(&person, &passkey).expect(201);
        (person, passkey)
    });
    for (person, mut honest) in owners {
        let door = person.door();
        enter(&app, &person, &mut honest).expect(200);
        let sessions = app.number_of("SELECT count(*) FROM session");
        for (name, lie, change) in LIES {
            let ticket = ticket(&app, &person);
            let options = ask(&app, door, &ticket);
            let (counter, credential) = (honest.counter, honest.credential.clone());
            honest.counter += 1;
            lie(&mut honest);
            let mut answer = honest.get_again(&options);
            change(&mut answer);
            let refused = prove(&app, door, &ticket, &answer);
            assert_eq!(
                (refused.status, refused.code().as_str()),
                (401, "invalid_code"),
                "{name}: {}",
                refused.text()
            );
            reset(&mut honest, counter, credential);
            app.clock().advance(chrono::Duration::minutes(16));
        }
        assert_eq!(app.number_of("SELECT count(*) FROM session"), sessions);
        enter(&app, &person, &mut honest).expect(200);
    }
    assert_eq!(audited(&app, "auth.second_factor", "denied"), 2 * i64::try_from(LIES.len()).unwrap());
}

/// Makes it honest again.
fn reset(passkey: &mut SoftPasskey, counter: u32, credential: Vec<u8>) {
    let fresh = SoftPasskey::new();
    passkey.origin = fresh.origin.clone();
    passkey.host = fresh.host.clone();
    passkey.flags = fresh.flags;
    passkey.getting = fresh.getting.clone();
    passkey.challenge = None;
    passkey.user_handle = None;
    (passkey.counter, passkey.credential) = (counter, credential);
}

#[test]
fn b37_a_challenge_is_answered_once_and_by_whom_it_was_put_to() {
    let app = TestApp::start();
    let [nurse, ana] = people(&app);
    let (mut of_nurse, mut of_ana) = (SoftPasskey::new(), SoftPasskey::new());
    add(&nurse, &of_nurse).expect(201);
    add(&ana, &of_ana).expect(201);
    let colleague = app.staff(Role::Nurse);
    let mut of_colleague = SoftPasskey::new();
    add(&colleague, &of_colleague).expect(201);

    // Replayed, to the same ticket and to another one.
    let first = ticket(&app, &nurse);
    let options = ask(&app, "/api/auth", &first);
    let answer = of_nurse.get(&options);
    prove(&app, "/api/auth", &first, &answer).expect(200);
    prove(&app, "/api/auth", &first, &answer).refused(401, "invalid_token");
    let second = ticket(&app, &nurse);
    prove(&app, "/api/auth", &second, &answer).refused(401, "invalid_code");
    ask(&app, "/api/auth", &second);
    prove(&app, "/api/auth", &second, &answer).refused(401, "invalid_code");
    // A wrong answer spends the challenge as well.
    let options = ask(&app, "/api/auth", &second);
    prove(&app, "/api/auth", &second, &json!({})).refused(401, "invalid_code");
    prove(&app, "/api/auth", &second, &of_nurse.get(&options)).refused(401, "invalid_code");
    // A newer challenge takes the place of an older one.
    let options = ask(&app, "/api/auth", &second);
    ask(&app, "/api/auth", &second);
    prove(&app, "/api/auth", &second, &of_nurse.get(&options)).refused(401, "invalid_code");
    app.clock().advance(chrono::Duration::minutes(16));

    // Somebody else's challenge and somebody else's key.
    let (mine, theirs) = (ticket(&app, &nurse), ticket(&app, &colleague));
    let (for_me, for_them) = (ask(&app, "/api/auth", &mine), ask(&app, "/api/auth", &theirs));
    prove(&app, "/api/auth", &mine, &of_nurse.get(&for_them)).refused(401, "invalid_code");
    prove(&app, "/api/auth", &theirs, &of_colleague.get(&for_me)).refused(401, "invalid_code");
    app.clock().advance(chrono::Duration::minutes(16));
    let mine = ticket(&app, &nurse);
    let options = ask(&app, "/api/auth", &mine);
    prove(&app, "/api/auth", &mine, &of_ana.get(&options)).refused(401, "invalid_code");
}

#[test]
fn b37_a_passkey_is_one_persons_in_a_practice_and_nobodys_in_another() {
    let app = TestApp::start();
    let [nurse, ana] = people(&app);
    let mut shared = SoftPasskey::new();
    add(&nurse, &shared).expect(201);
    add(&ana, &shared).refused(401, "invalid_code");
    // Another practice does not know it: there it may be somebody's again.
    let elsewhere = app.hillside().staff(Role::Nurse);
    add(&elsewhere, &shared).expect(201);
    add(&elsewhere, &SoftPasskey::new()).expect(201);
    enter(&app, &nurse, &mut shared).expect(200);
    // Once removed, it is free.
    let own = nurse.get("/api/auth/factors").expect(200);
    nurse.delete(&format!("/api/auth/factors/{}", own["factors"][0]["id"].as_str().unwrap())).expect(204);
    add(&ana, &shared).expect(201);
}

#[test]
fn what_no_authenticator_made_is_malformed_and_spends_no_challenge() {
    let app = TestApp::start();
    for person in people(&app) {
        let (door, mut passkey) = (person.door(), SoftPasskey::new());
        let options = person.post_empty(&format!("{door}/factors/passkey-options")).expect(200);
        let add = |credential: Value| {
            let body =
                json!({ "challengeId": options["challengeId"], "name": "Key", "credential": credential });
            person.post(&format!("{door}/factors/passkey"), &body)
        };
        let odd = [json!([]), json!("x"), json!(null), json!(7), json!([[]])];
        for credential in &odd {
            let problem = add(credential.clone()).refused(422, "validation_failed");
            assert_eq!(problem["errors"][0]["pointer"], "/credential", "{credential}");
        }
        add(passkey.create(&options)).expect(201);
        let ticket = ticket(&app, &person);
        let options = ask(&app, door, &ticket);
        for credential in &odd {
            prove(&app, door, &ticket, credential).refused(422, "validation_failed");
        }
        prove(&app, door, &ticket, &passkey.get(&options)).expect(200);
    }
}

#[test]
fn a_new_passkeys_id_has_its_length_and_is_the_attested_one() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let mut keys = [SoftPasskey::new(), SoftPasskey::new(), SoftPasskey::new()];
    let [longest, longer, none] = &mut keys;
    longest.credential = vec![7; 1_023];
    longer.credential = vec![8; 1_024];
    none.credential = Vec::new();
    add(&nurse, longest).expect(201);
    for key in [longer, none] {
        add(&nurse, key).refused(401, "invalid_code");
    }
    for name in ["id", "rawId"] {
        let options = nurse.post_empty("/api/auth/factors/passkey-options").expect(200);
        let mut credential = SoftPasskey::new().create(&options);
        credential[name] = json!("AAAA");
        let body = json!({ "challengeId": options["challengeId"], "name": "Key", "credential": credential });
        nurse.post("/api/auth/factors/passkey", &body).refused(401, "invalid_code");
    }
}

/// A way in which a new passkey can be wrong.
type FalseKey = (&'static str, fn(&mut SoftPasskey));

#[test]
fn a_false_new_passkey_is_not_taken_and_spends_its_challenge() {
    let app = TestApp::start();
    for person in people(&app) {
        let path = format!("{}/factors", person.door());
        let lies: [FalseKey; 10] = [
            ("bytes behind the key", |key| key.trailing = vec![0xa0]),
            ("extensions that are not there", |key| key.flags |= 0x80),
            ("bytes behind the attestation", |key| key.behind = vec![0]),
            ("wrong origin", |key| key.origin = "https://evil.example".into()),
            ("wrong host", |key| key.host = "evil.example".into()),
            ("user not verified", |key| key.flags = 0x01),
            ("the other ceremony", |key| key.creating = "webauthn.get".into()),
            ("another algorithm", |key| key.algorithm = -47),
            ("an algorithm that was not offered", |key| key.algorithm = -8),
            ("another challenge", |key| key.challenge = Some("c29tZXRoaW5nIGVsc2U".into())),
        ];
        for (name, lie) in lies {
            let mut passkey = SoftPasskey::new();
            let options = person.post_empty(&format!("{path}/passkey-options")).expect(200);
            lie(&mut passkey);
            let body = |credential: Value| json!({ "challengeId": options["challengeId"], "name": "Key", "credential": credential });
            let refused = person.post(&format!("{path}/passkey"), &body(passkey.create(&options)));
            assert_eq!((refused.status, refused.code().as_str()), (401, "invalid_code"), "{name}");
            let honest = SoftPasskey::new().create(&options);
            person.post(&format!("{path}/passkey"), &body(honest)).refused(401, "invalid_code");
        }
        assert_eq!(person.get(&path).expect(200)["factors"], json!([]));
    }
}

#[test]
fn there_are_ten_passkeys_at_most() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for number in 0..10 {
        let added = add(&nurse, &SoftPasskey::new()).expect(201);
        assert_eq!(added["recoveryCodes"].is_array(), number == 0);
    }
    nurse.post_empty("/api/auth/factors/passkey-options").refused(409, "limit_reached");
}

#[test]
fn answers_that_come_at_once_count_once() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let mut passkey = SoftPasskey::new();
    add(&nurse, &passkey).expect(201);
    let ticket = ticket(&app, &nurse);
    let answer = passkey.get(&ask(&app, "/api/auth", &ticket));
    let answers = at_once(4, |_| prove(&app, "/api/auth", &ticket, &answer));
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
}

#[test]
fn a_counter_that_another_sign_in_moved_on_is_kept() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let mut passkey = SoftPasskey::new();
    add(&nurse, &passkey).expect(201);
    // Two challenges are put while the counter stands at one; the second answer is a copy's.
    let (first, second) = (ticket(&app, &nurse), ticket(&app, &nurse));
    let (for_first, for_second) = (ask(&app, "/api/auth", &first), ask(&app, "/api/auth", &second));
    let good = passkey.get(&for_first);
    let copied = passkey.get_again(&for_second);
    prove(&app, "/api/auth", &first, &good).expect(200);
    prove(&app, "/api/auth", &second, &copied).refused(401, "invalid_code");
}

#[test]
fn a_passkey_can_be_the_first_factor_on_the_way_in() {
    let app = TestApp::start();
    app.riverside().demand_second_factor(true);
    app.riverside().add_staff(Role::Provider, "dr@riverside.example");
    let due = app.riverside().give_password("/api/auth", "dr@riverside.example").expect(200);
    let with_ticket = json!({ "mfaToken": due["mfaToken"] });
    let options =
        app.request("POST", "/api/auth/enrolment/passkey-options").json(&with_ticket).send().expect(200);
    let enrol = |credential: Value| {
        let body = json!({ "mfaToken": due["mfaToken"], "name": "Laptop", "credential": credential });
        app.request("POST", "/api/auth/enrolment/passkey").json(&body).send()
    };
    enrol(json!({})).refused(401, "invalid_code");
    let passkey = SoftPasskey::new();
    enrol(passkey.create(&options)).refused(401, "invalid_code");
    let options =
        app.request("POST", "/api/auth/enrolment/passkey-options").json(&with_ticket).send().expect(200);
    let entered = enrol(passkey.create(&options)).expect(200);
    assert_eq!(entered["recoveryCodes"].as_array().map(Vec::len), Some(10));
    assert!(entered["accessToken"].is_string() && entered["user"]["role"] == "provider");
}
