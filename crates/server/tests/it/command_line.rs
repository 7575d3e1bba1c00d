//! How a practice is set up and an account helped from the command line.

use crate::support::audited;
use std::process::Output;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

fn lines(output: &Output) -> Vec<String> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn a_practice_is_founded_with_its_first_administrator() {
    let app = TestApp::start();
    let founded = app.command(&[
        "tenant",
        "create",
        "--slug",
        "lakeside",
        "--name",
        "Lakeside Dermatology",
        "--phone",
        "555 0100",
        "--admin-email",
        "ann@lakeside.example",
        "--admin-name",
        "Ann Lake",
    ]);
    let said = lines(&founded);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[1].starts_with(&format!("https://threadwell.test/invitation#l1.{}.", said[0])), "{said:?}");
    let waiting = "SELECT count(*) FROM staff_user s JOIN account_link l ON l.staff_id = s.id JOIN outbox o ON o.link_id = l.id \
                   JOIN tenant t ON t.id = s.tenant_id WHERE t.slug = 'lakeside' AND s.role = 0 AND s.password_hash IS NULL";
    assert_eq!(app.number_of(waiting), 1);
    let nowhere = app.command(&[
        "tenant",
        "create",
        "--slug",
        "x",
        "--name",
        "X",
        "--phone",
        "1",
        "--time-zone",
        "Mars/Base",
    ]);
    assert!(!nowhere.status.success());
    let half = app.command(&[
        "tenant",
        "create",
        "--slug",
        "y",
        "--name",
        "Y",
        "--phone",
        "1",
        "--admin-email",
        "a@b.example",
    ]);
    assert!(!half.status.success());
}

#[test]
fn accounts_of_the_staff_are_helped_and_closed() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let invited = lines(&app.command(&[
        "user",
        "invite",
        "--practice",
        "riverside",
        "--role",
        "billing",
        "--name",
        "Bo Bill",
        "--email",
        "bo@riverside.example",
    ]));
    assert!(invited[1].contains("/invitation#l1."), "{invited:?}");
    let named =
        |act: &str, email: &str| app.command(&["user", act, "--practice", "riverside", "--email", email]);
    lines(&named("reset-factors", &nurse.email));
    nurse.get("/api/auth/me").refused(401, "invalid_token");
    lines(&named("deactivate", "bo@riverside.example"));
    let last = named("deactivate", &admin.email);
    assert!(!last.status.success());
    assert!(String::from_utf8_lossy(&last.stderr).contains("the last administrator stays"));
    assert!(!named("deactivate", "nobody@riverside.example").status.success());
    admin.get("/api/auth/me").expect(200);
    assert!(audited(&app, "practice.provision", "done") >= 3);
}
