//! Who gets which mail, and what is in it.

use crate::support::{PORTAL, STAFF, change, reply, start, write};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn i01_no_mail_says_anything_of_a_patient() {
    let app = TestApp::builder().with_smtp().start();
    let nurse = app.staff(Role::Nurse);
    let ana = app.patient("Canaryname Verysecret");
    let mrn = app.riverside().add_patient("Canarymrn Person", "CANARYMRN77");
    let new = json!({
        "subject": "Canarysubject", "category": "prescription", "messageText": "Canarybody of the patient",
    });
    let thread =
        ana.post(&format!("{PORTAL}/threads"), &new).expect(201)["threadId"].as_str().unwrap().to_owned();
    app.run_worker();
    reply(&nurse, &thread, "Canaryreply").expect(201);
    nurse
        .post(
            &format!("{STAFF}/threads"),
            &json!({ "patientId": mrn.to_string(), "subject": "Canarysecond", "category": "medical", "messageText": "Canarytext" }),
        )
        .expect(201);
    app.run_worker();
    let mails = app.mails();
    assert_eq!(mails.len(), 2, "one to staff, one to the patient; nobody reads for the third person");
    let tenant = threadwell_testkit::RIVERSIDE.to_string();
    for mail in &mails {
        let raw = mail.raw.to_lowercase();
        for word in
            ["canary", "verysecret", "prescription", &thread, &tenant, &ana.patient.unwrap().to_string()]
        {
            assert!(!raw.contains(word), "{word} in {raw}");
        }
        assert!(mail.text.contains("https://threadwell.test"), "{}", mail.text);
        assert!(mail.text.contains("automated"), "{}", mail.text);
    }
    assert!(mails.iter().any(|mail| mail.text.contains("/portal/riverside")));
}

#[test]
fn mail_goes_to_the_assignee_else_to_the_team_on_duty() {
    let app = TestApp::start();
    let (nurse, desk, billing) =
        (app.staff(Role::Nurse), app.staff(Role::FrontDesk), app.staff(Role::Billing));
    let provider = app.staff(Role::Provider);
    let ana = app.patient("Ana Silva");
    let to = |app: &TestApp| {
        let mut to: Vec<String> = app.mails().into_iter().map(|mail| mail.to).collect();
        to.sort();
        to
    };
    start(&ana, "appointment", "When?");
    app.run_worker();
    assert_eq!(to(&app), [desk.email.as_str()]);
    start(&ana, "billing", "How much?");
    app.run_worker();
    let mut expected = vec![billing.email.clone(), desk.email.clone()];
    expected.sort();
    assert_eq!(to(&app), expected);
    let thread = start(&ana, "medical", "It itches");
    change(&nurse, &thread, &json!({ "assignedTo": provider.id })).expect(200);
    app.run_worker();
    expected.push(provider.email.clone());
    expected.sort();
    assert_eq!(to(&app), expected, "only the assignee, though the notice was written before");
}

#[test]
fn i03_nobody_who_switched_mails_off_gets_one() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "prescription", "Refill");
    app.run_worker();
    let before = app.mails().len();
    for round in 0..5 {
        reply(&nurse, &thread, &format!("Answer {round}")).expect(201);
    }
    app.sql("UPDATE portal_account SET mail_enabled = false");
    app.run_worker();
    assert_eq!(app.mails().len(), before, "what was queued before does not go out either");
}

#[test]
fn i04_a_storm_of_messages_is_one_mail_for_each_unread_stretch() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "prescription", "Refill");
    let to_ana = |app: &TestApp| app.mails().iter().filter(|mail| mail.to == ana.email).count();
    for round in 0..40 {
        reply(&nurse, &thread, &format!("Answer {round}")).expect(201);
        if round % 10 == 0 {
            app.run_worker();
        }
    }
    app.run_worker();
    assert_eq!(to_ana(&app), 1);
    ana.post_empty(&format!("{PORTAL}/threads/{thread}/mark-read")).expect(204);
    app.clock().advance(chrono::Duration::minutes(1));
    reply(&nurse, &thread, "And one more").expect(201);
    app.run_worker();
    assert_eq!(to_ana(&app), 2, "she had read, so this is news");
    for _ in 0..20 {
        write(&ana, &thread, "Thanks").expect(201);
    }
    app.run_worker();
    assert_eq!(
        app.mails().iter().filter(|mail| mail.to == nurse.email).count(),
        1,
        "staff had one for the stretch"
    );
}
