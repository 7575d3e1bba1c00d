//! Who is on the staff, and what roles see.

use crate::support::{STAFF, at_once, audited, change, checksum, opened, start, unused_id};
use serde_json::{Value, json};
use std::time::Duration;
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const USERS: &str = "/api/admin/users";

fn at(person: &Person) -> String {
    format!("{USERS}/{}", person.id)
}

fn invite(admin: &Person, email: &str, role: &str) -> String {
    let body = json!({ "email": email, "fullName": "Nora Quinn", "title": "RN", "role": role });
    admin.post(USERS, &body).expect(201)["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_admin_invites_somebody_who_joins_the_teams_of_the_role() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let id = invite(&admin, "Nora.Quinn@riverside.example", "nurse");
    let user = admin.get(&format!("{USERS}/{id}")).expect(200);
    assert_eq!(
        (&user["state"], &user["role"], &user["version"]),
        (&json!("invited"), &json!("nurse"), &json!(1))
    );
    assert_eq!(user["teams"][0]["name"], "Triage");
    assert_eq!((&user["hasSecondFactor"], &user["lastSignInAt"]), (&json!(false), &Value::Null));
    app.run_worker();
    let mails = app.mails();
    let mail = mails.iter().find(|mail| mail.to == "Nora.Quinn@riverside.example").unwrap();
    assert!(mail.text.contains("https://threadwell.test/invitation#l1."), "{}", mail.text);
    let again = json!({ "email": "nora.quinn@RIVERSIDE.example", "fullName": "Other", "role": "billing" });
    let refused = admin.post(USERS, &again).refused(422, "validation_failed");
    assert_eq!(refused["errors"][0], json!({ "pointer": "/email", "code": "taken" }));
    app.hillside().staff(Role::Admin).post(USERS, &again).expect(201);
    admin.post_empty(&format!("{USERS}/{id}/invitation")).expect(204);
    let open = "SELECT count(*) FROM account_link WHERE purpose = 0 AND revoked_at IS NULL";
    assert_eq!(app.number_of(open), 2, "the first link of each practice's newcomer but the withdrawn one");
    assert_eq!((audited(&app, "user.invite", "done"), audited(&app, "user.invite_again", "done")), (2, 1));
    app.run_worker();
}

#[test]
fn teams_are_named_or_those_of_the_role() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let teams = admin.get("/api/teams").expect(200);
    let billing =
        teams["teams"].as_array().unwrap().iter().find(|team| team["name"] == "Billing").unwrap().clone();
    let body =
        |teams: Value| json!({ "email": "a@b.example", "fullName": "A", "role": "nurse", "teamIds": teams });
    for wrong in [unused_id(), app.hillside().staff(Role::Admin).id.to_string()] {
        let refused = admin.post(USERS, &body(json!([wrong]))).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], "/teamIds");
    }
    let made = admin.post(USERS, &body(json!([billing["id"]]))).expect(201);
    let user = admin.get(&format!("{USERS}/{}", made["id"].as_str().unwrap())).expect(200);
    assert_eq!(user["teams"], json!([{ "id": billing["id"], "name": "Billing" }]));
    app.run_worker();
}

#[test]
fn a_change_needs_the_version_that_it_was_made_against() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let put = |version: &str, body: Value| {
        admin.request("PUT", &at(&nurse)).header("If-Match", version).json(&body).send()
    };
    let changed = put("\"1\"", json!({ "fullName": "Nora Quinn", "title": null })).expect(200);
    assert_eq!(
        (&changed["fullName"], &changed["title"], &changed["version"]),
        (&json!("Nora Quinn"), &Value::Null, &json!(2))
    );
    let before = checksum(&app);
    put("\"1\"", json!({ "fullName": "Somebody" })).refused(412, "version_mismatch");
    admin.put(&at(&nurse), &json!({})).refused(422, "validation_failed");
    admin.put(&at(&nurse), &json!({ "email": admin.email })).refused(422, "validation_failed");
    admin.put(&at(&nurse), &json!({ "email": "nobody" })).refused(422, "validation_failed");
    admin.put(&format!("{USERS}/{}", unused_id()), &json!({ "title": "RN" })).refused(404, "not_found");
    let theirs = app.hillside().staff(Role::Nurse);
    admin.put(&at(&theirs), &json!({ "title": "MD" })).refused(404, "not_found");
    assert_ne!(before, "");
    let moved = admin.put(&at(&nurse), &json!({ "email": "nora@riverside.example" })).expect(200);
    assert_eq!(moved["email"], "nora@riverside.example");
    app.riverside().sign_in_staff("nora@riverside.example", threadwell_domain::StaffId::new(nurse.id));
}

#[test]
fn who_is_deactivated_is_out_at_once_and_has_nothing_left() {
    let app = TestApp::start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (open, closed) = (start(&ana, "medical", "Rash"), start(&ana, "general", "Question"));
    for thread in [&open, &closed] {
        change(&nurse, thread, &json!({ "assignedTo": nurse.id })).expect(200);
    }
    nurse.post_empty(&format!("{STAFF}/threads/{closed}/close")).expect(200);
    let mut stream = nurse.events(None);
    stream.expect("ready");
    let mut looks_on = admin.events(None);
    looks_on.expect("ready");
    let user = admin.put(&at(&nurse), &json!({ "isActive": false })).expect(200);
    assert_eq!(user["state"], "deactivated");
    nurse.get("/api/auth/me").refused(401, "invalid_token");
    let told = stream.until(|event| event.name == "closing");
    assert_eq!(told.last().unwrap().data, json!({ "reason": "session_ended" }));
    let told = looks_on.until(|event| event.data["kind"] == "assigned");
    assert_eq!(told.last().unwrap().data["threadId"], json!(open));
    for thread in [&open, &closed] {
        assert_eq!(opened(&admin, thread)["thread"]["assignedTo"], Value::Null);
    }
    change(&admin, &open, &json!({ "assignedTo": nurse.id })).refused(422, "assignee_not_found");
    admin.post_empty(&format!("{}/password-reset", at(&nurse))).refused(404, "not_found");
    let back = admin.put(&at(&nurse), &json!({ "isActive": true })).expect(200);
    assert_eq!(back["state"], "active");
    nurse.get("/api/auth/me").refused(401, "invalid_token");
}

#[test]
fn another_role_acts_at_the_next_request_and_leaves_what_it_does_not_see() {
    let app = TestApp::start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (medical, billing) = (start(&ana, "medical", "Rash"), start(&ana, "billing", "Invoice"));
    for thread in [&medical, &billing] {
        change(&nurse, thread, &json!({ "assignedTo": nurse.id })).expect(200);
    }
    admin.put(&at(&nurse), &json!({ "role": "billing" })).expect(200);
    nurse.get(&format!("{STAFF}/threads/{medical}")).refused(404, "not_found");
    assert_eq!(opened(&nurse, &billing)["thread"]["assignedTo"], json!(nurse.id));
    assert_eq!(opened(&admin, &medical)["thread"]["assignedTo"], Value::Null);
}

#[test]
fn two_admins_who_deactivate_each_other_end_with_one() {
    for _ in 0..4 {
        let app = TestApp::start();
        let admins = [app.staff(Role::Admin), app.staff(Role::Admin)];
        let answers = at_once(2, |n| {
            let (actor, other) = (&admins[n], &admins[1 - n]);
            actor.put(&at(other), &json!({ "isActive": false }))
        });
        let done = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(done, 1, "{:?}", answers.iter().map(|answer| answer.text()).collect::<Vec<_>>());
        let left = "SELECT count(*) FROM staff_user WHERE role = 0 AND is_active AND tenant_id = \
                    (SELECT id FROM tenant WHERE slug = 'riverside')";
        assert_eq!(app.number_of(left), 1);
    }
}

#[test]
fn the_last_admin_stays() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    invite(&admin, "second@riverside.example", "admin");
    for change in [json!({ "isActive": false }), json!({ "role": "nurse" })] {
        admin.put(&at(&admin), &change).refused(409, "last_admin");
    }
    let second = app.staff(Role::Admin);
    admin.put(&at(&admin), &json!({ "role": "nurse" })).expect(200);
    admin.get(USERS).refused(403, "forbidden");
    second.put(&at(&second), &json!({ "role": "nurse" })).refused(409, "last_admin");
    app.run_worker();
}

#[test]
fn an_admin_ends_sessions_and_mails_a_link_to_a_new_password() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    admin.post_empty(&format!("{}/end-sessions", at(&nurse))).expect(204);
    nurse.get("/api/auth/me").refused(401, "invalid_token");
    admin.post_empty(&format!("{}/password-reset", at(&nurse))).expect(204);
    app.run_worker();
    let mail = app.mails().into_iter().find(|mail| mail.to == nurse.email).unwrap();
    assert!(mail.text.contains("https://threadwell.test/reset-password#l1."), "{}", mail.text);
    admin.post_empty(&format!("{}/invitation", at(&nurse))).refused(404, "not_found");
    for seg in ["end-sessions", "password-reset", "invitation"] {
        admin.post_empty(&format!("{USERS}/{}/{seg}", unused_id())).refused(404, "not_found");
    }
}

#[test]
fn factors_are_removed_after_a_step_up_and_the_person_is_told() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    app.sql(&format!(
        "INSERT INTO second_factor (tenant_id, id, owner_kind, staff_id, kind, name_enc, secret_enc, created_at, confirmed_at) \
         SELECT tenant_id, gen_random_uuid(), 0, id, 0, '', '', now(), now() FROM staff_user WHERE id = '{}'",
        nurse.id
    ));
    assert_eq!(admin.get(&at(&nurse)).expect(200)["hasSecondFactor"], true);
    app.sql("UPDATE session SET stepped_up_at = NULL");
    admin.post_empty(&format!("{}/remove-second-factors", at(&nurse))).refused(401, "step_up_required");
    app.sql("UPDATE session SET stepped_up_at = '2026-11-22T09:00:00Z'");
    admin.post_empty(&format!("{}/remove-second-factors", at(&nurse))).expect(204);
    assert_eq!(admin.get(&at(&nurse)).expect(200)["hasSecondFactor"], false);
    nurse.get("/api/auth/me").refused(401, "invalid_token");
    app.run_worker();
    assert!(app.mails().iter().any(|mail| mail.to == nurse.email));
}

#[test]
fn what_a_role_sees_is_decided_at_once_and_on_open_streams() {
    let app = TestApp::start();
    let (admin, desk, ana) = (app.staff(Role::Admin), app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    change(&desk, &thread, &json!({ "assignedTo": desk.id })).expect(200);
    let mut stream = desk.events(None);
    stream.expect("ready");
    let roles =
        admin.put("/api/admin/roles/front_desk", &json!({ "categories": ["appointment"] })).expect(200);
    let scope = |roles: &Value| {
        roles["roles"].as_array().unwrap().iter().find(|role| role["role"] == "front_desk").unwrap().clone()
    };
    assert_eq!(
        (&scope(&roles)["categories"], &scope(&roles)["isDefault"]),
        (&json!(["appointment"]), &json!(false))
    );
    desk.get(&format!("{STAFF}/threads/{thread}")).refused(404, "not_found");
    stream.expect("reset");
    assert_eq!(opened(&admin, &thread)["thread"]["assignedTo"], Value::Null);
    assert_eq!(
        scope(&app.hillside().staff(Role::Admin).get("/api/admin/roles").expect(200))["isDefault"],
        true
    );
    for (role, categories) in [("admin", json!(["general"])), ("auditor", json!(["general"]))] {
        admin
            .put(&format!("/api/admin/roles/{role}"), &json!({ "categories": categories }))
            .refused(422, "validation_failed");
    }
    admin.put("/api/admin/roles/janitor", &json!({ "categories": [] })).refused(404, "not_found");
    admin.put("/api/admin/roles/auditor", &json!({ "categories": [] })).expect(200);
    assert!(stream.next(Duration::from_millis(1)).is_none_or(|event| event.name != "thread"));
}
