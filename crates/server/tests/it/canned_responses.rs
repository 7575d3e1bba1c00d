//! Prepared answers and automatic replies.

use crate::staff_threads::{members, words};
use crate::support::{CANNED, PORTAL, STAFF, opened_by_patient, start};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn every_practice_begins_with_the_five_prepared_answers() {
    let app = TestApp::start();
    let all = app.staff(Role::Nurse).get(CANNED).expect(200)["cannedResponses"].clone();
    let mut titles: Vec<_> =
        all.as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
    titles.sort_unstable();
    assert_eq!(
        titles,
        [
            "Appointment Scheduled",
            "Billing Question - Forward",
            "Need More Information",
            "Prescription Approved",
            "Test Results Normal",
        ]
    );
    assert_eq!(members(&all[0]), words("category id isActive responseText title updatedAt version"));
}

#[test]
fn a_prepared_answer_is_written_changed_and_retired() {
    let app = TestApp::start();
    let (provider, nurse) = (app.staff(Role::Provider), app.staff(Role::Nurse));
    let new =
        json!({ "title": "Hours", "category": "general", "responseText": "We open at 8. {{7*7}} ${env}" });
    let id = provider.post(CANNED, &new).expect(201)["id"].as_str().unwrap().to_owned();
    let path = format!("{CANNED}/{id}");
    let read = nurse.get(&path).expect(200);
    assert_eq!(read["responseText"], new["responseText"], "nothing is evaluated");
    nurse.put(&path, &json!({ "title": "Mine" })).refused(403, "forbidden");
    provider.put(&path, &json!({})).refused(422, "validation_failed");
    let changed = provider.put(&path, &json!({ "title": "Opening hours" })).expect(200);
    assert_eq!(
        (&changed["title"], &changed["responseText"]),
        (&json!("Opening hours"), &new["responseText"])
    );
    assert!(changed["version"].as_i64() > read["version"].as_i64());
    assert_eq!(
        nurse.get(&format!("{CANNED}?search=opening")).expect(200)["cannedResponses"][0]["id"],
        json!(id)
    );
    assert_eq!(
        nurse.get(&format!("{CANNED}?category=billing")).expect(200)["cannedResponses"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    provider.delete(&path).expect(204);
    assert!(!nurse.get(CANNED).text().contains(&id));
    for (field, value) in
        [("title", "x".repeat(256)), ("title", String::new()), ("responseText", "x".repeat(5_001))]
    {
        let mut bad = new.clone();
        bad[field] = json!(value);
        let problem = provider.post(CANNED, &bad).refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"));
    }
}

#[test]
fn an_automatic_reply_that_was_changed_goes_to_the_next_patient() {
    let app = TestApp::start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let all = nurse.get("/api/auto-replies").expect(200)["autoReplies"].clone();
    assert_eq!(all.as_array().unwrap().len(), 6);
    let active: Vec<_> = all.as_array().unwrap().iter().filter(|one| one["isActive"] == true).collect();
    assert_eq!(active.len(), 3);
    let change = json!({ "autoReplies": [
        { "category": "billing", "messageText": "We look at it on Monday.", "isActive": true },
        { "category": "medical", "messageText": "Off", "isActive": false },
    ] });
    nurse.put("/api/auto-replies", &change).refused(403, "forbidden");
    admin.put("/api/auto-replies", &change).expect(200);
    let (billing, medical) = (start(&ana, "billing", "Bill"), start(&ana, "medical", "Itch"));
    assert_eq!(opened_by_patient(&ana, &billing)["messages"][1]["messageText"], "We look at it on Monday.");
    assert_eq!(opened_by_patient(&ana, &medical)["messages"].as_array().unwrap().len(), 1);
    let seen = nurse.get(&format!("{STAFF}/threads?unreadOnly=true")).expect(200);
    assert_eq!(seen["threads"].as_array().unwrap().len(), 2, "an automatic reply is no answer of staff");
    assert_eq!(ana.get(&format!("{PORTAL}/unread-count")).expect(200)["count"], 0);
}
