//! Which teams there are, and whose business an unassigned thread is.

use crate::support::{STAFF, at_once, audited, change, opened, start, unused_id, write};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const TEAMS: &str = "/api/teams";

fn make(admin: &Person, name: &str, categories: &[&str], members: &[&Person]) -> String {
    let ids: Vec<_> = members.iter().map(|person| person.id).collect();
    let body = json!({ "name": name, "categories": categories, "memberIds": ids });
    admin.post(TEAMS, &body).expect(201)["id"].as_str().unwrap().to_owned()
}

fn team(staff: &Person, id: &str) -> Option<Value> {
    let teams = staff.get(TEAMS).expect(200)["teams"].as_array().unwrap().clone();
    teams.into_iter().find(|team| team["id"] == id)
}

fn of_my_teams(staff: &Person) -> usize {
    let listed = staff.get(&format!("{STAFF}/threads?assignedTeam=mine")).expect(200);
    let count = listed["threads"].as_array().unwrap().len();
    let counted = staff.get(&format!("{STAFF}/inbox-counts")).expect(200);
    assert_eq!(counted["myTeams"]["count"], json!(count));
    count
}

#[test]
fn an_admin_makes_changes_and_retires_teams() {
    let app = TestApp::start();
    let (admin, nurse, desk) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.staff(Role::FrontDesk));
    let id = make(&admin, "Referrals", &["medical", "other"], &[&nurse]);
    let made = team(&nurse, &id).unwrap();
    assert_eq!((&made["name"], &made["categories"]), (&json!("Referrals"), &json!(["medical", "other"])));
    assert_eq!(made["members"][0]["id"], json!(nurse.id));
    let path = format!("{TEAMS}/{id}");
    let changed = admin.put(&path, &json!({ "memberIds": [desk.id], "name": "Desk" })).expect(200);
    assert_eq!((&changed["name"], changed["members"].as_array().unwrap().len()), (&json!("Desk"), 1));
    admin.put(&path, &json!({ "memberIds": [desk.id, nurse.id], "categories": [] })).expect(200);
    assert_eq!(team(&nurse, &id).unwrap()["members"].as_array().unwrap().len(), 2, "who left may come back");
    admin.delete(&path).expect(204);
    assert_eq!(team(&nurse, &id), None);
    admin.delete(&path).refused(404, "not_found");
    admin.put(&path, &json!({ "name": "Again" })).refused(404, "not_found");
    make(&admin, "Desk", &[], &[]);
    for (action, times) in [("team.create", 2), ("team.update", 2), ("team.retire", 1)] {
        assert_eq!(audited(&app, action, "done"), times, "{action}");
    }
}

#[test]
fn names_are_one_teams_and_people_are_of_the_staff() {
    let app = TestApp::start();
    let (admin, theirs) = (app.staff(Role::Admin), app.hillside().staff(Role::Nurse));
    let body = |name: &str, member: &str| json!({ "name": name, "categories": [], "memberIds": [member] });
    let taken = json!({ "name": "Triage", "categories": [], "memberIds": [] });
    let refused = admin.post(TEAMS, &taken).refused(422, "validation_failed");
    assert_eq!(refused["errors"][0], json!({ "pointer": "/name", "code": "taken" }));
    for stranger in [theirs.id.to_string(), unused_id()] {
        let refused = admin.post(TEAMS, &body("New", &stranger)).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], "/memberIds");
    }
    let answers = at_once(6, |_| admin.post(TEAMS, &body("Fast", &admin.id.to_string())));
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    let mine = make(&app.hillside().staff(Role::Admin), "Theirs", &[], &[]);
    admin.delete(&format!("{TEAMS}/{mine}")).refused(404, "not_found");
}

#[test]
fn my_teams_are_those_i_belong_to_and_what_they_are_on_duty_for() {
    let app = TestApp::start();
    let (admin, nurse, desk) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.staff(Role::FrontDesk));
    let ana = app.patient("Ana Silva");
    let threads: Vec<String> = ["medical", "general", "appointment"]
        .iter()
        .map(|category| start(&ana, category, "Question"))
        .collect();
    assert_eq!((of_my_teams(&nurse), of_my_teams(&desk), of_my_teams(&admin)), (2, 1, 0));
    change(&nurse, &threads[0], &json!({ "assignedTo": nurse.id })).expect(200);
    assert_eq!(of_my_teams(&nurse), 1, "who has it has it");
    let id = make(&admin, "Mixed", &["appointment", "billing"], &[&admin, &desk]);
    assert_eq!((of_my_teams(&desk), of_my_teams(&admin)), (1, 1));
    change(&admin, &threads[1], &json!({ "assignedTeam": id })).expect(200);
    assert_eq!((of_my_teams(&nurse), of_my_teams(&desk), of_my_teams(&admin)), (0, 2, 2));
    admin.put(&format!("{TEAMS}/{id}"), &json!({ "memberIds": [admin.id], "categories": [] })).expect(200);
    assert_eq!((of_my_teams(&desk), of_my_teams(&admin)), (1, 1));
    assert_eq!(opened(&admin, &threads[1])["thread"]["assignedTeam"], json!(id), "its threads stay with it");
}

#[test]
fn a_team_with_open_threads_stays() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let id = make(&admin, "Referrals", &[], &[&nurse]);
    let path = format!("{TEAMS}/{id}");
    let thread = start(&app.patient("Ana Silva"), "medical", "Rash");
    change(&nurse, &thread, &json!({ "assignedTeam": id })).expect(200);
    admin.delete(&path).refused(409, "team_in_use");
    assert!(team(&nurse, &id).is_some());
    nurse.post_empty(&format!("{STAFF}/threads/{thread}/close")).expect(200);
    admin.delete(&path).expect(204);
    let closed = opened(&nurse, &thread);
    assert_eq!(closed["thread"]["assignedTeam"], Value::Null, "nobody has what it had");
    let other = start(&app.patient("Ben Okafor"), "medical", "Rash");
    change(&nurse, &other, &json!({ "assignedTeam": id })).refused(422, "assignee_not_found");
}

#[test]
fn what_is_opened_again_after_its_team_has_gone_waits_for_everybody() {
    let app = TestApp::start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let threads: Vec<String> =
        ["Rash", "Cough", "Fever"].map(|subject| start(&ana, "medical", subject)).into();
    let id = make(&admin, "Referrals", &[], &[&nurse]);
    for thread in &threads {
        change(&nurse, thread, &json!({ "assignedTeam": id })).expect(200);
        nurse.post_empty(&format!("{STAFF}/threads/{thread}/close")).expect(200);
    }
    admin.delete(&format!("{TEAMS}/{id}")).expect(204);
    nurse.post_empty(&format!("{STAFF}/threads/{}/reopen", threads[0])).expect(200);
    write(&ana, &threads[1], "It is back.").expect(201);
    let bulk = json!({ "threadIds": [threads[2]], "action": { "type": "reopen" } });
    assert_eq!(nurse.post(&format!("{STAFF}/threads/bulk"), &bulk).expect(200)["done"], 1);
    for thread in &threads {
        assert_eq!(opened(&nurse, thread)["thread"]["assignedTeam"], Value::Null);
    }
    assert_eq!(of_my_teams(&nurse), 3, "the team on duty has them");
}

#[test]
fn no_thread_is_given_to_a_team_that_is_just_going() {
    let app = TestApp::start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    for round in 0..6 {
        let id = make(&admin, &format!("Team {round}"), &[], &[&nurse]);
        let thread = start(&ana, "medical", "Rash");
        let answers = at_once(2, |number| {
            if number == 0 {
                admin.delete(&format!("{TEAMS}/{id}"))
            } else {
                change(&nurse, &thread, &json!({ "assignedTeam": id }))
            }
        });
        let statuses = (answers[0].status, answers[1].status);
        assert!([(204, 422), (409, 200)].contains(&statuses), "{statuses:?}");
    }
}

#[test]
fn no_thread_is_opened_again_for_a_team_that_is_just_going() {
    let app = TestApp::start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    for round in 0..6 {
        let id = make(&admin, &format!("Team {round}"), &[], &[&nurse]);
        let thread = start(&ana, "medical", "Rash");
        change(&nurse, &thread, &json!({ "assignedTeam": id })).expect(200);
        nurse.post_empty(&format!("{STAFF}/threads/{thread}/close")).expect(200);
        let answers = at_once(2, |number| {
            if number == 0 {
                admin.delete(&format!("{TEAMS}/{id}"))
            } else {
                write(&ana, &thread, "It is back.")
            }
        });
        assert_eq!(answers[1].status, 201);
        let is_with_it = opened(&nurse, &thread)["thread"]["assignedTeam"] == json!(id);
        assert_eq!(answers[0].status, if is_with_it { 409 } else { 204 });
    }
}
