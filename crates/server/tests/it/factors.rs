//! Second factors at both doors: codes by time, recovery codes, and enrolment on the way in.

use crate::support::{at_once, audited};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, AuthenticatorApp, Person, TestApp};

const SUBJECT: &str = "A recovery code was used";

/// Somebody of each audience, with an authenticator app.
pub(crate) fn both(app: &TestApp) -> Vec<(Person, AuthenticatorApp, Vec<String>)> {
    let people = [app.staff(Role::Nurse), app.patient("Ana Silva")];
    people
        .into_iter()
        .map(|person| {
            let (authenticator, codes) = person.enrol_app(app);
            (person, authenticator, codes)
        })
        .collect()
}

/// Gives the right password; the ticket.
pub(crate) fn ticket(app: &TestApp, person: &Person) -> String {
    let due = app.riverside().give_password(person.door(), &person.email).expect(200);
    due["mfaToken"].as_str().unwrap().to_owned()
}

pub(crate) fn prove(app: &TestApp, door: &str, ticket: &str, method: &str, code: &str) -> Answer {
    let body = json!({ "mfaToken": ticket, "method": method, "code": code });
    app.request("POST", &format!("{door}/second-factor")).json(&body).send()
}

pub(crate) fn let_steps_pass(app: &TestApp, steps: i64) {
    app.clock().advance(chrono::Duration::seconds(30 * steps));
}

#[test]
fn a_right_password_alone_opens_no_session_where_there_is_a_factor() {
    let app = TestApp::start();
    for (person, authenticator, codes) in both(&app) {
        assert_eq!(codes.len(), 10);
        let sessions = app.number_of("SELECT count(*) FROM session");
        let due = app.riverside().give_password(person.door(), &person.email);
        let body = due.expect(200);
        assert_eq!(body["mfaRequired"], true);
        assert_eq!(body["enrolmentRequired"], false);
        assert_eq!(body["methods"], json!(["totp", "recovery_code"]));
        assert_eq!(body["expiresIn"], 600);
        assert_eq!(body.get("accessToken"), None);
        assert_eq!(due.header("set-cookie"), None);
        assert_eq!(app.number_of("SELECT count(*) FROM session"), sessions);

        let again = app.riverside().sign_in_with(&person, &authenticator);
        again.get(&format!("{}/me", person.door())).expect(200);
        let method = "SELECT method FROM session ORDER BY created_at DESC, id DESC LIMIT 1";
        assert_eq!(app.number_of(method), 1);
    }
}

#[test]
fn the_session_is_delivered_as_the_password_asked() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let (authenticator, _) = nurse.enrol_app(&app);
    let_steps_pass(&app, 2);
    let body = json!({ "email": nurse.email, "password": threadwell_testkit::PASSWORD });
    let due = app.request("POST", "/api/auth/login").header("X-Tenant-ID", "riverside").json(&body).send();
    let ticket = due.expect(200)["mfaToken"].as_str().unwrap().to_owned();
    let signed_in = prove(&app, "/api/auth", &ticket, "totp", &authenticator.code_now(&app));
    assert_eq!(signed_in.expect(200).get("refreshToken"), None);
    assert!(signed_in.cookie("__Host-tw_staff").unwrap().starts_with("__Host-tw_staff=v1."));
}

#[test]
fn b10_a_code_counts_once_and_clocks_may_be_one_step_off() {
    let app = TestApp::start();
    for (person, authenticator, _) in both(&app) {
        let door = person.door();
        let_steps_pass(&app, 2);
        // A code that was taken is none any more.
        let used = authenticator.code_now(&app);
        prove(&app, door, &ticket(&app, &person), "totp", &used).expect(200);
        prove(&app, door, &ticket(&app, &person), "totp", &used).refused(401, "invalid_code");
        let_steps_pass(&app, 10);
        for steps in [-2, 2] {
            let code = authenticator.code(&app, steps);
            prove(&app, door, &ticket(&app, &person), "totp", &code).refused(401, "invalid_code");
        }
        let early = authenticator.code(&app, -1);
        prove(&app, door, &ticket(&app, &person), "totp", &early).expect(200);
        let late = authenticator.code(&app, 1);
        prove(&app, door, &ticket(&app, &person), "totp", &late).expect(200);
        for replayed in [early, late, authenticator.code_now(&app)] {
            prove(&app, door, &ticket(&app, &person), "totp", &replayed).refused(401, "invalid_code");
        }
    }
}

/// How often a used code comes back; the whole proof takes 1,000.
fn replays() -> usize {
    std::env::var("THREADWELL_REPLAYS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// B9: a used code opens nothing, however often it comes back while its time lasts and after; by a new sign-in as by the
/// one that waits.
#[test]
fn b10_a_used_code_comes_back_in_vain() {
    let app = TestApp::start();
    for (person, authenticator, _) in both(&app) {
        let door = person.door();
        let mut refused = 0;
        while refused < replays() / 2 {
            let_steps_pass(&app, 4);
            let used = authenticator.code_now(&app);
            prove(&app, door, &ticket(&app, &person), "totp", &used).expect(200);
            let waiting = ticket(&app, &person);
            // Four misses are free: the next code is the owner's own.
            for (miss, seconds) in [0, 10, 15, 30].into_iter().enumerate() {
                app.clock().advance(chrono::Duration::seconds(seconds));
                let fresh = if miss % 2 == 0 { waiting.clone() } else { ticket(&app, &person) };
                prove(&app, door, &fresh, "totp", &used).refused(401, "invalid_code");
                refused += 1;
            }
        }
    }
}

#[test]
fn a_code_that_comes_many_times_at_once_opens_one_session() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let (authenticator, _) = nurse.enrol_app(&app);
    let_steps_pass(&app, 2);
    let tickets: Vec<String> = (0..4).map(|_| ticket(&app, &nurse)).collect();
    let code = authenticator.code_now(&app);
    let answers = at_once(4, |number| prove(&app, "/api/auth", &tickets[number], "totp", &code));
    let good = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(good, 1, "{answers:?}");
}

#[test]
fn tickets_end_and_belong_to_one_door_and_one_practice() {
    let app = TestApp::start();
    let people = both(&app);
    let_steps_pass(&app, 2);
    let tickets: Vec<String> = people.iter().map(|(person, ..)| ticket(&app, person)).collect();
    let [(nurse, of_nurse, _), (ana, of_ana, _)] = people.as_slice() else { panic!("two people") };
    prove(&app, ana.door(), &tickets[0], "totp", &of_nurse.code_now(&app)).refused(401, "invalid_token");
    prove(&app, nurse.door(), &tickets[1], "totp", &of_ana.code_now(&app)).refused(401, "invalid_token");
    let elsewhere =
        tickets[0].replace(&app.riverside().tenant.to_string(), &app.hillside().tenant.to_string());
    for odd in [
        elsewhere.as_str(),
        "m1",
        "m1..",
        "",
        &nurse.token,
        &nurse.refresh_token,
        &format!("{}A", tickets[0]),
    ] {
        prove(&app, nurse.door(), odd, "totp", &of_nurse.code_now(&app)).refused(401, "invalid_token");
    }
    // One person's code is not another's.
    prove(&app, ana.door(), &tickets[1], "totp", &of_nurse.code_now(&app)).refused(401, "invalid_code");
    app.clock().advance(chrono::Duration::minutes(10));
    for ((person, authenticator, _), ticket) in people.iter().zip(&tickets) {
        prove(&app, person.door(), ticket, "totp", &authenticator.code_now(&app))
            .refused(401, "invalid_token");
        app.riverside().sign_in_with(person, authenticator);
        app.riverside().give_password(person.door(), &person.email).expect(200);
    }
    let last = ticket(&app, nurse);
    app.sql("UPDATE staff_user SET is_active = false");
    let_steps_pass(&app, 2);
    prove(&app, nurse.door(), &last, "totp", &of_nurse.code_now(&app)).refused(401, "invalid_token");
}

#[test]
fn a_used_ticket_opens_nothing_more() {
    let app = TestApp::start();
    for (person, authenticator, codes) in both(&app) {
        let_steps_pass(&app, 2);
        let ticket = ticket(&app, &person);
        prove(&app, person.door(), &ticket, "totp", &authenticator.code_now(&app)).expect(200);
        prove(&app, person.door(), &ticket, "recovery_code", &codes[0]).refused(401, "invalid_token");
    }
}

#[test]
fn a_recovery_code_is_good_once_however_it_is_written_and_is_told_by_mail() {
    let app = TestApp::start();
    for (person, _, codes) in both(&app) {
        let door = person.door();
        let told = || app.mails_to(&person.email).into_iter().filter(|mail| mail.subject == SUBJECT).count();
        let written = codes[0].to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        let entered = prove(&app, door, &ticket(&app, &person), "recovery_code", &written).expect(200);
        let again = person.signed_in(&entered);
        assert_eq!(again.get(&format!("{door}/factors")).expect(200)["recoveryCodesLeft"], 9);
        assert_eq!(told(), 1);
        for bad in [codes[0].as_str(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ", "", "1234"] {
            prove(&app, door, &ticket(&app, &person), "recovery_code", bad).refused(401, "invalid_code");
        }
        let fresh = again.post_empty(&format!("{door}/recovery-codes")).expect(200);
        prove(&app, door, &ticket(&app, &person), "recovery_code", &codes[1]).refused(401, "invalid_code");
        app.clock().advance(chrono::Duration::minutes(16));
        let new = fresh["recoveryCodes"][0].as_str().unwrap();
        prove(&app, door, &ticket(&app, &person), "recovery_code", new).expect(200);
    }
    assert_eq!(audited(&app, "auth.recovery_code", "done"), 4);
}

#[test]
fn recovery_codes_are_one_persons() {
    let app = TestApp::start();
    let people = both(&app);
    let (ana, foreign) = (&people[1].0, &people[0].2[0]);
    prove(&app, ana.door(), &ticket(&app, ana), "recovery_code", foreign).refused(401, "invalid_code");
    assert_eq!(app.number_of("SELECT count(*) FROM recovery_code WHERE used_at IS NOT NULL"), 0);
}

#[test]
fn no_secret_stands_in_any_row_or_log() {
    let app = TestApp::start();
    let mut secrets: Vec<String> = Vec::new();
    for (person, authenticator, codes) in both(&app) {
        let ticket = ticket(&app, &person);
        prove(&app, person.door(), &ticket, "recovery_code", &codes[0]).expect(200);
        secrets.push(ticket.rsplit('.').next().unwrap().to_owned());
        secrets.push(authenticator.secret);
        secrets.extend(codes.iter().flat_map(|code| [code.clone(), code.replace('-', "")]));
    }
    for table in ["second_factor", "recovery_code", "sign_in_ticket", "audit_event", "outbox", "session"] {
        let rows = app.text_of(&format!("SELECT string_agg(r::text, '|') FROM {table} r"));
        // Bytes are shown as hexadecimal digits.
        let found = |secret: &&String| {
            let bytes: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            rows.contains(secret.as_str()) || rows.contains(&bytes)
        };
        assert!(!rows.is_empty() && !secrets.iter().any(|secret| found(&secret)), "{table}");
    }
    let logged: Value = json!(threadwell_testkit::logged());
    assert!(!secrets.iter().any(|secret| logged.to_string().contains(secret.as_str())));
}
