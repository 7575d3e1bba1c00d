//! Mails that an address gets no more of, and what the audit says of them.

use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, PASSWORD, TestApp};

const PORTAL_AUTH: &str = "/api/patient-portal/auth";

fn post(app: &TestApp, path: &str, body: &Value) -> Answer {
    app.request("POST", path).header("X-Tenant-ID", "riverside").json(body).send()
}

/// The reasons of an action's rows that say that it was done, oldest first.
fn reasons(app: &TestApp, action: &str) -> String {
    app.text_of(&format!(
        "SELECT string_agg(coalesce(reason, 'sent'), ' ' ORDER BY xid) FROM audit_event \
         WHERE action = '{action}' AND outcome = 0"
    ))
}

#[test]
fn a_link_that_was_not_mailed_is_not_audited_as_one_that_was() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for email in [nurse.email.as_str(), "nobody@riverside.example"] {
        let body = json!({ "email": email });
        let answers: Vec<Answer> = (0..5).map(|_| post(&app, "/api/auth/password-reset", &body)).collect();
        assert_eq!(answers[0].without_ids(), answers[4].without_ids(), "the wire tells nothing");
        answers[4].expect(202);
    }
    let each = "sent sent sent sent mail_throttled";
    assert_eq!(reasons(&app, "auth.request_reset"), format!("{each} {each}"));
}

#[test]
fn a_code_that_was_not_mailed_is_not_audited_as_one_that_was() {
    let app = TestApp::start();
    app.sql("UPDATE tenant SET has_identity_check = true");
    app.riverside().add_patient_at("Ana Silva", "ana@example.org", "1980-05-04", "en");
    let body = json!({ "email": "ana@example.org", "birthDate": "1980-05-04" });
    let answers: Vec<Answer> =
        (0..5).map(|_| post(&app, &format!("{PORTAL_AUTH}/activation"), &body)).collect();
    answers.iter().for_each(|answer| drop(answer.expect(202)));
    assert_eq!(reasons(&app, "auth.request_activation"), "sent sent sent sent mail_throttled");
}

#[test]
fn whoever_changes_the_e_mail_is_told_that_no_mail_went_out() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let change = || {
        let body = json!({ "email": "new@example.org", "password": PASSWORD });
        ana.post(&format!("{PORTAL_AUTH}/email"), &body)
    };
    (0..4).for_each(|_| drop(change().expect(202)));
    let links = || app.number_of("SELECT count(*) FROM account_link");
    let before = links();
    let refused = change();
    refused.refused(429, "rate_limited");
    assert!(refused.header("retry-after").is_some());
    assert_eq!(links(), before, "the link that was mailed last stays good");
    assert_eq!(reasons(&app, "account.email.change"), "sent sent sent sent");
}

/// Whoever may not invite uses up neither the account's budget nor the address's.
#[test]
fn an_invitation_counts_once_its_sender_may_send_it() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let invite = || {
        let (email, name) = ("carla@example.org", "Carla Mendes");
        let body = json!({ "email": email, "fullName": name, "relationship": "caregiver", "scope": "read" });
        ana.post("/api/patient-portal/grants", &body)
    };
    app.sql("UPDATE session SET stepped_up_at = NULL");
    (0..6).for_each(|_| drop(invite().refused(401, "step_up_required")));
    app.sql(&format!("UPDATE session SET stepped_up_at = created_at WHERE account_id = '{}'", ana.id));
    invite().expect(201);
}
