//! A word that is spelt nearly right leads to what was meant.

use crate::search::search;
use crate::support::{start, write};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

fn meant(person: &Person, query: &str) -> Value {
    search(person, query).expect(200)["didYouMean"].clone()
}

#[test]
fn where_nothing_is_found_words_and_names_that_are_spelt_alike_are_told() {
    let app = TestApp::start();
    let (nurse, desk, ana) = (app.staff(Role::Nurse), app.staff(Role::FrontDesk), app.patient("Ana Okafor"));
    let thread = start(&ana, "medical", "Question");
    write(&ana, &thread, "The Amoxicillin makes my arm itch").expect(201);
    app.run_worker();
    for (asked, near) in [
        ("amoxicilin ", json!("amoxicillin")),
        ("amoxycilin ", json!("amoxicillin")),
        ("okafro ", json!("okafor")),
        ("okafro amoxicilin status:closed ", json!("okafor amoxicillin status:closed")),
        ("itcch", json!("itch")),
        ("itch status:closed", Value::Null),
        ("zzyzx", Value::Null),
        ("amoxy", Value::Null),
        ("\"amoxicilin\"", Value::Null),
        ("itch -amoxicilin status:closed", Value::Null),
    ] {
        let said = meant(&nurse, asked);
        let words = |text: &Value| {
            let mut words: Vec<_> =
                text.as_str().unwrap_or("").split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        assert_eq!(words(&said), words(&near), "{asked}: {said}");
    }
    let found = search(&nurse, "amoxicillin").expect(200);
    assert_eq!((found["results"].as_array().unwrap().len(), &found["didYouMean"]), (1, &Value::Null));
    assert_eq!(meant(&desk, "amoxicilin "), Value::Null, "a word tells that some message holds it");
    assert_eq!(meant(&desk, "okafro "), json!("okafor"));
    let elsewhere = app.hillside().staff(Role::Nurse);
    assert_eq!((meant(&elsewhere, "okafro "), meant(&elsewhere, "amoxicilin ")), (Value::Null, Value::Null));
}
