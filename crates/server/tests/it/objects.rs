//! Ids in addresses.

use crate::support::{CANNED, PORTAL, STAFF, start};
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn a31_an_id_in_any_other_spelling_is_refused_and_nothing_breaks() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let bare = thread.replace('-', "");
    let long = "9".repeat(10_000);
    let wide = "%EF%BC%91".repeat(36);
    for odd in [
        &format!("%7B{thread}%7D"),
        &format!("urn:uuid:{thread}"),
        &bare,
        &wide,
        "7",
        "..%2f..%2fetc",
        "%00",
        &long,
        &format!("{thread}x"),
        &format!("{thread}%20"),
        "null",
        "*",
        "'--",
    ] {
        for (person, path) in [
            (&admin, format!("{STAFF}/threads")),
            (&ana, format!("{PORTAL}/threads")),
            (&admin, CANNED.to_owned()),
        ] {
            let answer = person.get(&format!("{path}/{odd}"));
            assert!([404, 422].contains(&answer.status), "{odd}: {}", answer.status);
            if answer.status == 422 {
                answer.refused(422, "invalid_id");
            }
            assert!(!answer.text().contains("9999999"));
        }
    }
    admin.get(&format!("{STAFF}/threads/{}", thread.to_uppercase())).expect(200);
    for path in [format!("{STAFF}/threads/"), format!("{PORTAL}/threads//messages")] {
        assert!([404, 405].contains(&admin.get(&path).status));
    }
}
