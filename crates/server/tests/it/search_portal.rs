//! A patient's search: the patient's own public messages, and nothing that a note could move.

use crate::search::{encoded, snippets, tick};
use crate::support::{PORTAL, note, reply, start, write};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

fn search(person: &Person, query: &str) -> Value {
    person.get(&format!("{PORTAL}/search?q={}", encoded(query))).expect(200)
}

#[test]
fn patients_find_their_own_public_messages() {
    let app = TestApp::start();
    let (nurse, ana, ben) = (app.staff(Role::Nurse), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let (mine, theirs) = (start(&ana, "general", "Refill"), start(&ben, "general", "Refill"));
    tick(&app);
    write(&ana, &mine, "My rashes itch").expect(201);
    tick(&app);
    write(&ben, &theirs, "My rash too").expect(201);
    tick(&app);
    reply(&nurse, &mine, "For the rash take the cream").expect(201);
    tick(&app);
    note(&nurse, &mine, "rash noted").expect(201);
    assert_eq!(snippets(&search(&ana, "rash")), ["For the [rash] take the cream", "My [rashes] itch"]);
    assert_eq!(snippets(&search(&ana, "rash from:me")), ["My [rashes] itch"]);
    assert_eq!(snippets(&search(&ana, "rash from:careteam")), ["For the [rash] take the cream"]);
    assert_eq!(snippets(&search(&ana, "refill crea")), ["For the rash take the [cream]"]);
    assert_eq!(search(&ana, "noted")["results"], json!([]));
    assert_eq!(search(&ana, "rash")["results"][0]["message"]["isOwn"], false);
    let listed = ana.get(&format!("{PORTAL}/threads?search=cream")).expect(200);
    assert_eq!(listed["threads"].as_array().unwrap().len(), 1);
    let none = ana.get(&format!("{PORTAL}/threads?search=noted")).expect(200);
    assert_eq!(none["threads"], json!([]));
}

#[test]
fn a_note_moves_nothing_of_a_patients_search() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    for n in 0..8 {
        write(&ana, &thread, &format!("needle {n}")).expect(201);
    }
    let views = || -> Vec<_> {
        ["needle", "canarynote", "needle canarynote", "from:careteam", "has:attachment"]
            .iter()
            .flat_map(|query| {
                let q = encoded(query);
                [
                    ana.get(&format!("{PORTAL}/search?q={q}")).without_ids(),
                    ana.get(&format!("{PORTAL}/threads?search={q}")).without_ids(),
                ]
            })
            .collect()
    };
    let before = views();
    for _ in 0..5 {
        note(&nurse, &thread, "needle canarynote").expect(201);
    }
    app.run_worker();
    assert_eq!(views(), before);
}

#[test]
fn proxies_do_not_find_what_is_confidential() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let carla = app.guardian("Carla Mendes", &[ana.patient.unwrap()]);
    let thread = start(&ana, "general", "Private");
    write(&ana, &thread, "needle").expect(201);
    assert_eq!(snippets(&search(&carla, "needle")).len(), 1);
    crate::support::change(&nurse, &thread, &json!({ "isConfidential": true })).expect(200);
    assert_eq!(search(&carla, "needle")["results"], json!([]));
    assert_eq!(snippets(&search(&ana, "needle")).len(), 1);
}
