//! Health, figures, documents, the apps' pages, and the demo's mailbox.

use crate::support::start;
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn it_says_how_it_is() {
    let app = TestApp::start();
    assert_eq!(app.request("GET", "/api/health").send().expect(200), json!({ "status": "ok" }));
    assert_eq!(app.request("GET", "/api/ready").send().expect(200), json!({ "status": "ready" }));
}

#[test]
fn figures_are_by_route_and_status_alone() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let id = crate::support::unused_id();
    nurse.get(&format!("/api/patient-messages/threads/{id}")).refused(404, "not_found");
    app.request("GET", "/some/where/unknown.x").send();
    let text = app.request("GET", "/metrics").send().text();
    assert!(text.contains("route=\"/api/patient-messages/threads/{id}\",status=\"404\"} 1"), "{text}");
    assert!(text.contains("threadwell_sign_ins_total{audience=\"staff\",outcome=\"ok\"} 1"), "{text}");
    assert!(!text.contains(&id) && !text.contains("unknown.x"));
}

#[test]
fn the_documentation_is_a_page_that_needs_no_script() {
    let app = TestApp::start();
    let page = app.request("GET", "/api/docs").send();
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(
        !text.contains("<script")
            && !text.contains(" style=")
            && !text.contains("http://")
            && !text.contains("https://cdn")
    );
    for path in ["/api/patient-messages/threads", "stale_reply", "invalid_cursor"] {
        assert!(text.contains(path), "{path}");
    }
    assert_eq!(
        app.request("GET", "/api/docs.css").send().header("content-type"),
        Some("text/css; charset=utf-8")
    );
}

#[test]
fn each_app_is_served_with_its_own_page_for_every_address_of_a_person() {
    let app = TestApp::start();
    let title = |path: &str| app.request("GET", path).send();
    for (path, name) in [
        ("/", "staff"),
        ("/inbox", "staff"),
        ("/inbox/01985f3e", "staff"),
        ("/portal", "portal"),
        ("/portal/", "portal"),
        ("/portal/riverside/threads/1", "portal"),
        ("/portals", "staff"),
    ] {
        let answer = title(path);
        assert_eq!(
            (answer.status, answer.text()),
            (200, format!("<!doctype html><title>{name}</title>")),
            "{path}"
        );
    }
    let asset = title("/assets/index-1.js");
    assert_eq!(asset.header("cache-control"), Some("public, max-age=31536000, immutable"));
    title("/assets/missing.js").refused(404, "not_found");
}

#[test]
fn the_demos_mailbox_shows_the_mails_newest_first() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    start(&ana, "general", "Question");
    app.run_worker();
    let mails = app.request("GET", "/demo/mail.json").send().expect(200);
    assert_eq!(mails[0]["to"], json!(nurse.email));
    assert_eq!(mails[0]["subject"], "New Patient Message - Action Required");
    assert_eq!(mails[0]["at"], "2026-11-22T09:00:00.000Z");
    assert!(app.request("GET", "/demo/mail").send().text().contains("New Patient Message"));
}
