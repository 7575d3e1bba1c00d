//! Colleagues, teams, patients, oneself, and what everybody may know of a practice.

use crate::staff_threads::{members, words};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn staff_find_whom_to_assign_and_whom_to_write_to() {
    let app = TestApp::start();
    let (desk, nurse) = (app.staff(Role::FrontDesk), app.staff(Role::Nurse));
    app.hillside().add_staff(Role::Nurse, "other@hillside.example");
    let staff = nurse.get("/api/staff").expect(200)["staff"].clone();
    assert_eq!(staff.as_array().unwrap().len(), 2);
    assert_eq!(members(&staff[0]), words("categories fullName id role title"));
    let teams = nurse.get("/api/teams").expect(200)["teams"].clone();
    let mut names: Vec<_> =
        teams.as_array().unwrap().iter().map(|team| team["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Billing", "Front desk", "Triage"]);
    let team = teams.as_array().unwrap().iter().find(|team| team["name"] == "Front desk").unwrap();
    assert_eq!(team["members"][0]["id"], json!(desk.id));
    app.riverside().add_patient("Ana María Silva", "RV-7");
    for words in ["ana", "silv", "Mar%C3%ADa%20sil", "RV-7", "rv-7"] {
        let found = nurse.get(&format!("/api/patients?search={words}")).expect(200);
        assert_eq!(found["patients"][0]["mrn"], "RV-7", "{words}");
        assert_eq!(members(&found["patients"][0]), words_of_patient());
    }
    assert_eq!(
        nurse.get("/api/patients?search=RV").expect(200)["patients"],
        json!([]),
        "an MRN is found whole"
    );
}

fn words_of_patient() -> std::collections::BTreeSet<&'static str> {
    words("birthDate fullName id mrn")
}

#[test]
fn everybody_learns_who_they_are_and_what_they_may_do() {
    let app = TestApp::start();
    let me = app.staff(Role::FrontDesk).get("/api/auth/me").expect(200);
    assert_eq!(members(&me), words("categories emergencyAccessUntil mayDo session tenant user"));
    assert_eq!(me["categories"].as_array().unwrap().len(), 3);
    let may = me["mayDo"].as_array().unwrap().clone();
    assert!(
        may.contains(&json!("reply"))
            && !may.contains(&json!("approve"))
            && !may.contains(&json!("manage_canned"))
    );
    let auditor = app.staff(Role::Auditor).get("/api/auth/me").expect(200);
    assert_eq!(auditor["mayDo"], json!(["review_emergency_access"]));
    let ana = app.patient("Ana Silva").get("/api/patient-portal/auth/me").expect(200);
    assert_eq!(members(&ana), words("account actingFor patients session tenant"));
    assert_eq!(members(&ana["account"]), words("email fullName id language"));
}

#[test]
fn a_practice_shows_its_public_page_alone() {
    let app = TestApp::start();
    let page = app.request("GET", "/api/practices/riverside").send().expect(200);
    let shown = "accent afterHoursText answerTimes businessHours emergencyText holidays hours identityCheck isOpen name \
                 patientsMayInvite phone reopenWindowDays slug timeZone";
    assert_eq!(members(&page), words(shown));
    assert_eq!((page["phone"].as_str(), page["reopenWindowDays"].as_i64()), (Some("+1 555 0100"), Some(14)));
    assert_eq!((&page["patientsMayInvite"], &page["identityCheck"]), (&json!(true), &json!(true)));
    app.sql("UPDATE tenant SET patients_may_invite = false WHERE slug = 'riverside'");
    let page = app.request("GET", "/api/practices/riverside").send().expect(200);
    assert_eq!((&page["patientsMayInvite"], &page["identityCheck"]), (&json!(false), &json!(true)));
    for unknown in ["nowhere", "installation", "RIVERSIDE", "%00", "a'--"] {
        let answer = app.request("GET", &format!("/api/practices/{unknown}")).send();
        assert!([404, 422, 400].contains(&answer.status), "{unknown}: {}", answer.status);
    }
    let all = app.request("GET", "/api/practices").send().expect(200);
    let slugs: Vec<_> = all["practices"].as_array().unwrap().iter().map(|one| one["slug"].clone()).collect();
    assert_eq!(slugs, [json!("hillside"), json!("riverside")]);
    assert_eq!(members(&all["practices"][0]), words("name slug"));
}
