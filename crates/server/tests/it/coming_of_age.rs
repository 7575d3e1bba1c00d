//! Patients whom a guardian leaves are handed over: the practice sees who is to be invited.

use crate::admin_patients::{add, at};
use chrono::{Duration, Months};
use serde_json::{Value, json};
use threadwell_application::ports::Clock;
use threadwell_domain::PatientId;
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{Person, TestApp};

const PATIENTS: &str = "/api/admin/patients";

/// The names of those who come of age.
fn coming(admin: &Person, more: &str) -> Vec<String> {
    let page = admin.get(&format!("{PATIENTS}?comingOfAge=true{more}")).expect(200);
    let name = |patient: &Value| patient["fullName"].as_str().unwrap().to_owned();
    page["patients"].as_array().unwrap().iter().map(name).collect()
}

/// A patient with a guardian, who comes of age in so many days.
fn ward(app: &TestApp, admin: &Person, name: &str, in_days: i64) -> PatientId {
    app.clock().advance(Duration::seconds(1));
    let id = add(admin, name, name, None);
    let born = (app.clock().now() + Duration::days(in_days)).date_naive() - Months::new(18 * 12);
    admin.put(&at(&id), &json!({ "birthDate": born.to_string() })).expect(200);
    let patient = PatientId::new(id.parse().unwrap());
    let guardian = app.guardian(&format!("Guardian of {name}"), &[patient]);
    admin.put(&format!("{}/grants/{}", at(&id), guardian.id), &json!({ "scope": "write" })).expect(200);
    patient
}

#[test]
fn whoever_comes_of_age_without_an_account_is_listed_until_there_is_one() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    ward(&app, &admin, "Mia Far", 400);
    let leo = ward(&app, &admin, "Leo Mendes", 30);
    ward(&app, &admin, "Ida Soon", 59);
    add(&admin, "No Guardian", "N-1", None);
    let child = ward(&app, &admin, "Tom Little", 4_000);
    let visiting = app.guardian("Visiting", &[child]);
    let end = (app.clock().now() + Duration::days(20)).to_rfc3339();
    let terms = json!({ "scope": "write", "expiresAt": end });
    admin.put(&format!("{}/grants/{}", at(&child.to_string()), visiting.id), &terms).expect(200);
    let own = ward(&app, &admin, "Own Account", 10);
    app.riverside().account("Own Account", &[(own, Relationship::Myself)]);
    assert_eq!(coming(&admin, ""), ["Ida Soon", "Leo Mendes"]);
    assert_eq!(coming(&admin, "&search=leo"), ["Leo Mendes"]);

    let page = admin.get(&format!("{PATIENTS}?comingOfAge=true&limit=1")).expect(200);
    let cursor = page["pagination"]["nextCursor"].as_str().unwrap().to_owned();
    assert_eq!(coming(&admin, &format!("&limit=1&cursor={cursor}")), ["Leo Mendes"]);
    admin.get(&format!("{PATIENTS}?cursor={cursor}")).refused(400, "invalid_cursor");

    app.clock().advance(Duration::days(100));
    let admin = app.staff(Role::Admin);
    assert_eq!(coming(&admin, ""), ["Ida Soon", "Leo Mendes"], "a guardian who left lately counts too");
    app.riverside().account("Leo Mendes", &[(leo, Relationship::Myself)]);
    assert_eq!(coming(&admin, ""), ["Ida Soon"]);
    app.clock().advance(Duration::days(330));
    assert_eq!(coming(&app.staff(Role::Admin), ""), ["Mia Far"], "it is not for ever");
    assert_eq!(coming(&app.hillside().staff(Role::Admin), ""), Vec::<String>::new());
    app.staff(Role::Nurse).get(&format!("{PATIENTS}?comingOfAge=true")).refused(403, "forbidden");
}
