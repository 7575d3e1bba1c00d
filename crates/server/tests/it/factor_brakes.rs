//! How often a second factor may be guessed.

use crate::factors::{both, let_steps_pass, prove, ticket};
use crate::support::{at_once, audited};
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn a_ticket_is_tried_five_times_and_the_account_with_it() {
    let app = TestApp::start();
    for (person, authenticator, _) in both(&app) {
        let door = person.door();
        let_steps_pass(&app, 2);
        let ticket = ticket(&app, &person);
        for _ in 0..5 {
            prove(&app, door, &ticket, "totp", "000000").refused(401, "invalid_code");
        }
        prove(&app, door, &ticket, "totp", &authenticator.code_now(&app)).refused(401, "invalid_token");
        // The tries were failed sign-ins: the right password has to wait.
        app.riverside().give_password(door, &person.email).refused(429, "rate_limited");
        assert_eq!(app.number_of("SELECT max(attempts) FROM sign_in_ticket"), 5);
        app.clock().advance(chrono::Duration::minutes(1));
        app.riverside().sign_in_with(&person, &authenticator);
    }
    assert_eq!(audited(&app, "auth.second_factor", "done"), 2);
}

#[test]
fn a_hundred_tries_at_once_get_no_more_looks_than_five() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    nurse.enrol_app(&app);
    let ticket = ticket(&app, &nurse);
    let answers = at_once(40, |_| prove(&app, "/api/auth", &ticket, "totp", "000000"));
    let looked_at = answers.iter().filter(|answer| answer.code() == "invalid_code").count();
    assert!(looked_at <= 5, "{looked_at}");
    assert!(answers.iter().all(|answer| answer.status != 200));
    assert!(app.number_of("SELECT attempts FROM sign_in_ticket") <= 5);
}

/// How many codes are guessed, one a second; the whole proof takes 10,000.
fn guesses() -> usize {
    std::env::var("THREADWELL_CODES").ok().and_then(|count| count.parse().ok()).unwrap_or(200)
}

/// B9: whoever knows the password gets no more than five looks at a guessed code within a code's time.
#[test]
fn b09_a_password_buys_few_guesses_of_the_code() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    nurse.enrol_app(&app);
    let (mut held, mut looked_at) = (None, Vec::new());
    for guess in 0..guesses() {
        held = held.or_else(|| {
            let due = app.riverside().give_password("/api/auth", &nurse.email);
            due.json()["mfaToken"].as_str().map(str::to_owned)
        });
        held = held.filter(|ticket| {
            let answer = prove(&app, "/api/auth", ticket, "totp", &format!("{guess:06}"));
            assert_ne!(answer.status, 200);
            looked_at.extend((answer.code() == "invalid_code").then_some(guess));
            answer.code() == "invalid_code"
        });
        app.clock().advance(chrono::Duration::seconds(1));
    }
    assert!(looked_at.len() >= 5, "{looked_at:?}");
    let within = |from: usize| looked_at.iter().filter(|at| (from..from + 30).contains(*at)).count();
    let most = looked_at.iter().map(|from| within(*from));
    assert_eq!(most.max(), Some(5), "{looked_at:?}");
}
