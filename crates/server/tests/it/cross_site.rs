//! What other sites could make a browser send: nothing of it signs in, goes on, ends or changes anything.

use crate::support::{checksum, start, unused_id};
use crate::walks::{Operation, operations, with_token};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, Request, TestApp};

/// Headers of a request that comes from elsewhere, or says so oddly.
const FORGED: [&[(&str, &str)]; 14] = [
    &[("Sec-Fetch-Site", "cross-site")],
    &[("Sec-Fetch-Site", "same-site")],
    &[("Sec-Fetch-Site", "none")],
    &[("Sec-Fetch-Site", "Same-Origin")],
    &[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")],
    &[("Sec-Fetch-Site", "same-origin"), ("Origin", "https://evil.example")],
    &[("Sec-Fetch-Site", "cross-site"), ("Origin", "https://threadwell.test")],
    &[("Origin", "null")],
    &[("Origin", "https://evil.example")],
    &[("Origin", "https://threadwell.test.evil.example")],
    &[("Origin", "https://evil.threadwell.test")],
    &[("Origin", "http://threadwell.test")],
    &[("Origin", "https://threadwell.test:8443")],
    &[("Origin", "https://threadwell.test"), ("Origin", "https://evil.example")],
];

fn forged(request: &Request) -> impl Iterator<Item = Request> + '_ {
    FORGED.iter().map(move |headers| {
        headers.iter().fold(request.clone(), |request, (name, value)| request.header(name, value))
    })
}

/// Operations that anybody may ask for and that change something: signing in, links, codes.
fn open_doors() -> Vec<Operation> {
    let is_open = |it: &Operation| !it.is_for("Token") && !it.is_for("Cookie") && it.writes_json();
    operations().into_iter().filter(is_open).collect()
}

#[test]
fn c05_c09_no_operation_without_a_token_is_done_for_another_site() {
    let app = TestApp::start();
    let doors = open_doors();
    assert!(doors.len() >= 20, "{}", doors.len());
    for door in &doors {
        let request = door
            .with_body(door.anonymous(&app, &unused_id()), &unused_id())
            .header("X-Tenant-ID", "riverside");
        let before = checksum(&app);
        for forged in forged(&request) {
            let answer = forged.send();
            assert_eq!((answer.status, answer.code().as_str()), (403, "csrf_failed"), "{}", door.name);
        }
        assert_eq!(checksum(&app), before, "{}", door.name);
        assert_ne!(
            request.send().code(),
            "csrf_failed",
            "{}: apps that are no browser say nothing",
            door.name
        );
    }
    assert_eq!(app.number_of("SELECT count(*) FROM session"), 0);
}

#[test]
fn c05_a_cookie_goes_on_and_leaves_from_our_own_pages_alone() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let before = checksum(&app);
    for (person, name) in [(&nurse, "__Host-tw_staff"), (&ana, "__Host-tw_portal")] {
        for act in ["refresh", "logout"] {
            let request = app.request("POST", &format!("{}/{act}", person.door()));
            let request = request.header("Cookie", &format!("{name}={}", person.refresh_token));
            request.send().refused(403, "csrf_failed");
            for forged in forged(&request) {
                forged.send().refused(403, "csrf_failed");
            }
        }
    }
    assert_eq!(checksum(&app), before);
    assert_eq!(app.number_of("SELECT count(*) FROM session WHERE revoked_at IS NOT NULL"), 0);
}

/// B5: a browser adds cookies by itself; they open nothing but refresh and logout.
#[test]
fn no_operation_takes_a_cookie_in_the_place_of_a_token() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let cookies = format!(
        "__Host-tw_staff={}; __Host-tw_portal={}; access_token={}; Authorization=Bearer {}",
        nurse.refresh_token, ana.refresh_token, nurse.token, ana.token
    );
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    for operation in with_token() {
        let request = operation.anonymous(&app, &thread).header("Cookie", &cookies);
        let request = request.header("Sec-Fetch-Site", "same-origin").header("Origin", app.origin());
        operation.with_body(request, &thread).send().refused(401, "unauthenticated");
    }
    assert_eq!(checksum(&app), before);
}

#[test]
fn c06_no_operation_takes_a_body_that_a_form_of_another_site_could_send() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let mut walked = 0;
    for operation in operations().iter().filter(|operation| operation.writes_json()) {
        let body = operation.body.as_ref().unwrap().to_string();
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/json;text/plain", ""] {
            let request = operation.bare(caller(operation, &admin, &ana), &thread).text(kind, &body);
            let answer = request.send();
            assert_eq!(answer.code(), "unsupported_media_type", "{} {kind}", operation.name);
            assert_eq!(answer.status, 415);
        }
        walked += 1;
    }
    assert!(walked >= 70, "{walked}");
    assert_eq!(checksum(&app), before);
}

#[test]
fn c08_looking_changes_nothing() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let mut walked = 0;
    for operation in operations().iter().filter(|operation| operation.looks()) {
        for more in ["", "action=close", "_method=DELETE"] {
            let path = operation.at(&thread);
            let joint = if path.contains('?') { '&' } else { '?' };
            let path = if more.is_empty() { path } else { format!("{path}{joint}{more}") };
            let request = caller(operation, &admin, &ana).request("GET", &path);
            let answer = request.header("X-HTTP-Method-Override", "DELETE").send();
            assert!(answer.status < 500, "{}", operation.name);
        }
        assert_eq!(checksum(&app), before, "{}", operation.name);
        walked += 1;
    }
    assert!(walked >= 50, "{walked}");
}

fn caller<'a>(operation: &Operation, admin: &'a Person, ana: &'a Person) -> &'a Person {
    if operation.is_for("portal") { ana } else { admin }
}
