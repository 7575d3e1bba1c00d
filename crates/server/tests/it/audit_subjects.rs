//! Whom an act was about: the audit names the person, the session, the link or the role, also where it was refused.

use crate::factors::{prove, ticket};
use crate::refresh::{refresh, successor};
use crate::step_up::without_step_up;
use crate::support::{start, unused_id};
use serde_json::json;
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{PASSWORD, TestApp};

const USERS: &str = "/api/admin/users";

/// How each act of this name ended and what it was about, in the order of the acts.
fn about(app: &TestApp, action: &str) -> Vec<String> {
    let rows = app.text_of(&format!(
        "SELECT COALESCE(string_agg(outcome || ' ' || array_to_string(subjects, ' '), E'\n' ORDER BY xid, id), '') \
         FROM audit_event WHERE action = '{action}'"
    ));
    rows.lines().map(str::to_owned).collect()
}

/// The patients that acts of this name were about.
fn patients(app: &TestApp, action: &str) -> String {
    app.text_of(&format!(
        "SELECT COALESCE(string_agg(DISTINCT array_to_string(patient_ids, ' '), ' '), '') FROM audit_event \
         WHERE action = '{action}'"
    ))
}

fn newest_link(app: &TestApp) -> String {
    app.text_of("SELECT id::text FROM account_link ORDER BY id DESC LIMIT 1")
}

#[test]
fn help_for_a_colleague_has_a_name_for_each_act_and_says_for_whom() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let body = json!({ "email": "bo@riverside.example", "fullName": "Bo Bill", "role": "billing" });
    let bo = admin.post(USERS, &body).expect(201)["id"].as_str().unwrap().to_owned();
    let invited = newest_link(&app);
    assert_eq!(about(&app, "user.invite"), [format!("0 staff:{bo} role:billing link:{invited}")]);
    app.clock().advance(chrono::Duration::seconds(1));
    admin.post_empty(&format!("{USERS}/{bo}/invitation")).expect(204);
    assert_eq!(
        about(&app, "user.invite_again"),
        [format!("0 staff:{bo} link:{invited} link:{}", newest_link(&app))]
    );
    let at = format!("{USERS}/{}", nurse.id);
    admin.post_empty(&format!("{at}/password-reset")).expect(204);
    admin.post_empty(&format!("{at}/end-sessions")).expect(204);
    admin.post_empty(&format!("{at}/remove-second-factors")).expect(204);
    let whole = admin.get(&at).expect(200);
    let mut same = json!({ "email": whole["email"], "fullName": whole["fullName"], "role": "provider" });
    admin.put(&at, &same).expect(200);
    same["title"] = json!("Team lead");
    admin.put(&at, &same).expect(200);
    admin.put(&format!("{USERS}/{}", admin.id), &json!({ "isActive": false })).refused(409, "last_admin");
    let of_nurse = format!("staff:{}", nurse.id);
    let reset = about(&app, "user.password.reset");
    assert!(reset[0].starts_with(&format!("0 {of_nurse} link:")), "{reset:?}");
    let ended = about(&app, "user.sessions.end");
    assert!(ended[0].starts_with(&format!("0 {of_nurse} session:")), "{ended:?}");
    assert_eq!(about(&app, "user.factors.remove"), [format!("0 {of_nurse}")]);
    assert_eq!(
        about(&app, "user.update"),
        [
            format!("0 {of_nurse} field:role role:provider"),
            format!("0 {of_nurse} field:title"),
            format!("2 staff:{}", admin.id)
        ],
        "what is sent as it was has not changed"
    );
    let stale = without_step_up(&app, &admin);
    stale.post_empty(&format!("{at}/password-reset")).refused(401, "step_up_required");
    assert_eq!(
        about(&app, "user.password.reset")[1],
        format!("1 {of_nurse}"),
        "a refusal names whom it was about"
    );
}

#[test]
fn help_for_a_patient_names_the_account_and_the_patient() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let patient = ana.patient.unwrap();
    let of_ana = format!("account:{}", ana.id);
    let at = format!("/api/admin/accounts/{}", ana.id);
    admin.put(&at, &json!({ "isActive": false })).expect(204);
    admin.put(&at, &json!({ "isActive": true })).expect(204);
    admin.post_empty(&format!("{at}/end-sessions")).expect(204);
    admin.post_empty(&format!("{at}/remove-second-factors")).expect(204);
    admin.post_empty(&format!("{at}/password-reset")).expect(204);
    for act in ["activate", "sessions.end", "factors.remove"] {
        assert_eq!(about(&app, &format!("portal_account.{act}")), [format!("0 {of_ana}")], "{act}");
    }
    let closed = about(&app, "portal_account.deactivate");
    assert!(closed[0].starts_with(&format!("0 {of_ana} session:")), "whose session ended: {closed:?}");
    let reset = about(&app, "portal_account.password.reset");
    assert!(reset[0].starts_with(&format!("0 {of_ana} link:")), "{reset:?}");

    let caregiver = app.riverside().account("Gil Silva", &[(patient, Relationship::Caregiver)]);
    let grant = format!("/api/admin/patients/{patient}/grants/{}", caregiver.id);
    admin.put(&grant, &json!({ "scope": "read" })).expect(200);
    admin.delete(&grant).expect(204);
    admin.delete(&grant).refused(404, "not_found");
    for (act, endings) in [("grant.update", vec!["0"]), ("grant.end", vec!["0", "1"])] {
        let wanted: Vec<_> = endings.iter().map(|end| format!("{end} account:{}", caregiver.id)).collect();
        assert_eq!((about(&app, act), patients(&app, act)), (wanted, patient.to_string()));
    }
    let invitation = json!({ "relationship": "caregiver", "email": "g@example.org", "fullName": "G" });
    let invitations = format!("/api/admin/patients/{patient}/invitations");
    let link = admin.post(&invitations, &invitation).expect(201)["id"].as_str().unwrap().to_owned();
    admin.delete(&format!("{invitations}/{link}")).expect(204);
    assert_eq!(about(&app, "patient.invite"), [format!("0 link:{link}")]);
    assert_eq!(about(&app, "patient.invitation.revoke"), [format!("0 link:{link}")]);
}

#[test]
fn roles_settings_and_teams_are_named() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    admin.put("/api/admin/roles/billing", &json!({ "categories": ["billing", "general"] })).expect(200);
    assert_eq!(about(&app, "role.update"), ["0 role:billing"]);
    let mut settings = admin.get("/api/admin/settings").expect(200);
    settings.as_object_mut().unwrap().remove("version");
    settings["staffIdleMinutes"] = json!(10);
    settings["phone"] = json!("+1 555 0199");
    admin.put("/api/admin/settings", &settings).expect(200);
    assert_eq!(about(&app, "practice.settings.update"), ["0 field:phone field:staffIdleMinutes"]);
    let team = admin
        .post("/api/teams", &json!({ "name": "Surgery", "categories": [], "memberIds": [] }))
        .expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    admin.delete(&format!("/api/teams/{team}")).expect(204);
    admin.delete(&format!("/api/teams/{team}")).refused(404, "not_found");
    assert_eq!(about(&app, "team.create"), [format!("0 team:{team}")]);
    assert_eq!(about(&app, "team.retire"), [format!("0 team:{team}"), format!("1 team:{team}")]);
}

#[test]
fn failed_sign_ins_name_the_person_whose_e_mail_it_was() {
    let app = TestApp::start();
    for person in [app.staff(Role::Nurse), app.patient("Ana Silva")] {
        let name = match person.patient {
            Some(_) => format!("account:{}", person.id),
            None => format!("staff:{}", person.id),
        };
        app.sql("TRUNCATE audit_event");
        let sign_in = |email: &str, password: &str| {
            let body = json!({ "email": email, "password": password });
            let request = app.request("POST", &format!("{}/login", person.door()));
            request.header("X-Tenant-ID", "riverside").json(&body).send()
        };
        sign_in(&person.email, "not the password").refused(401, "invalid_credentials");
        sign_in("nobody@riverside.example", PASSWORD).refused(401, "invalid_credentials");
        sign_in(&person.email, PASSWORD).expect(200);
        let nobody = name.replace(&person.id.to_string(), &uuid::Uuid::nil().to_string());
        assert_eq!(
            about(&app, "auth.sign_in"),
            [format!("1 {name}"), format!("1 {nobody}"), format!("0 {name}")]
        );

        let (_, _) = person.enrol_app(&app);
        let due = ticket(&app, &person);
        for _ in 0..5 {
            prove(&app, person.door(), &due, "totp", "000000").refused(401, "invalid_code");
        }
        prove(&app, person.door(), &due, "totp", "000000").refused(401, "invalid_token");
        assert_eq!(about(&app, "auth.ask_for_second_factor"), [format!("0 {name}")]);
        assert_eq!(
            about(&app, "auth.second_factor"),
            vec![format!("1 {name}"); 6],
            "also where the ticket is used up"
        );
    }
}

#[test]
fn a_stolen_token_names_its_session_and_whose_it_was() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let session = app.text_of("SELECT id::text FROM session ORDER BY id DESC LIMIT 1");
    successor(&app, &successor(&app, &nurse.refresh_token));
    refresh(&app, &nurse.refresh_token).refused(401, "refresh_reused");
    let stolen = format!("staff:{} session:{session}", nurse.id);
    assert_eq!(about(&app, "auth.refresh_reuse"), [format!("1 {stolen}")]);
    refresh(&app, &nurse.refresh_token).refused(401, "invalid_token");
    assert_eq!(about(&app, "auth.refresh").last(), Some(&format!("1 {stolen}")), "every further try too");
    let other = app.riverside().sign_in_staff(&nurse.email, threadwell_domain::StaffId::new(nurse.id));
    let list = other.get("/api/auth/sessions").expect(200);
    let own = list["sessions"][0]["id"].as_str().unwrap().to_owned();
    other.delete(&format!("/api/auth/sessions/{}", unused_id())).refused(404, "not_found");
    other.delete(&format!("/api/auth/sessions/{own}")).expect(204);
    assert_eq!(about(&app, "account.sessions.end")[1], format!("0 session:{own}"));
}

#[test]
fn acts_at_the_command_line_have_names_of_their_own() {
    let app = TestApp::start();
    let (_, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let act = |act: &str, email: &str| {
        app.command(&["user", act, "--practice", "riverside", "--email", email]).status.success()
    };
    assert!(act("reset-factors", &nurse.email));
    assert!(act("deactivate", &nurse.email));
    assert!(!act("deactivate", "nobody@riverside.example"));
    let named = |action: &str| about(&app, &format!("operator.user.{action}"));
    let (taken, closed) = (named("factors.remove"), named("deactivate"));
    assert!(taken[0].starts_with(&format!("0 staff:{} session:", nurse.id)), "{taken:?}");
    assert_eq!(closed, [format!("0 staff:{}", nurse.id), "1 ".to_owned()]);
    let ana = app.patient("Ana Silva");
    start(&ana, "general", "Question");
    assert_eq!(about(&app, "portal.thread.start"), ["0 "], "what has a thread needs no other name");
}

#[test]
fn links_that_are_spent_and_objects_that_are_out_of_reach_are_named() {
    let app = TestApp::start();
    let bo = app.riverside().invite_staff(Role::Billing, "bo@riverside.example");
    app.run_worker();
    let token = app.mailed_secret("bo@riverside.example");
    let accept = || {
        let body = json!({ "token": token, "password": "a long new password" });
        app.request("POST", "/api/auth/invitation/accept").json(&body).send()
    };
    accept().expect(204);
    accept().refused(401, "invalid_token");
    let link = newest_link(&app);
    assert_eq!(about(&app, "auth.accept_invitation"), [format!("0 link:{link} staff:{bo}")]);
    assert_eq!(about(&app, "auth.check_link"), [format!("1 link:{link} staff:{bo}")], "a spent link");

    let (ana, ben) = (app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let wanted = ben.patient.unwrap();
    ana.post("/api/patient-portal/auth/acting-for", &json!({ "patientId": wanted.to_string() }))
        .refused(404, "not_found");
    assert_eq!(patients(&app, "portal.act_for"), wanted.to_string());
}
