//! How a practice is set up and an account helped from the command line.

use crate::search::snippets;
use crate::support::{STAFF, audited, start, write};
use std::process::Output;
use std::time::{Duration, Instant};
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
    let done = |act: &str| audited(&app, &format!("operator.user.{act}"), "done");
    assert_eq!((done("invite"), done("factors.remove"), done("deactivate")), (1, 1, 1));
}

#[test]
fn the_index_of_a_practice_is_rebuilt_and_looked_after() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    write(&ana, &thread, "Is there a needle in it?").expect(201);
    app.run_worker();
    let search = |act: &str, practice: &str| app.command(&["search", act, "--practice", practice]);
    assert_eq!(lines(&search("status", "riverside")), ["ready; rebuild 1 has been at 0 messages"]);
    app.sql("UPDATE message_search SET tokens = '{}'");
    assert_eq!(lines(&search("rebuild", "riverside")), ["building; rebuild 2 has been at 0 messages"]);
    let _worker = app.work_with("eicar");
    let ready =
        format!("ready; rebuild 2 has been at {} messages", app.number_of("SELECT count(*) FROM message"));
    let begun = Instant::now();
    while lines(&search("status", "riverside")) != [ready.as_str()] {
        assert!(begun.elapsed() < Duration::from_secs(60), "it is never rebuilt");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(snippets(&nurse.get(&format!("{STAFF}/search?q=needle")).expect(200)).len(), 1);
    for act in ["status", "rebuild"] {
        assert!(!search(act, "nowhere").status.success());
    }
}
