//! The staff's search where filters leave little of what words find.

use crate::search::{encoded, search, snippets, tick};
use crate::search_names::{conversations, multiply};
use crate::support::{STAFF, change, reply, start};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};
use uuid::Uuid;

/// All crowds together are more messages than a few steps of a search look up.
const CROWD: u128 = 400;
const MARKED: usize = 9;

/// Real messages, each with a crowd behind it that has its words and nothing else.
fn crowded(app: &TestApp, nurse: &Person, thread: &str) {
    for n in 0..MARKED {
        tick(app);
        reply(nurse, thread, &format!("needle number {n}")).expect(201);
    }
    app.run_worker();
    let ids = app.text_of(&format!(
        "SELECT string_agg(message_id::text, ',' ORDER BY message_id) FROM message_search WHERE thread_id = '{thread}'"
    ));
    for (n, id) in ids.split(',').enumerate() {
        let newer = |k: u128| Uuid::from_u128(id.parse::<Uuid>().unwrap().as_u128() + (k << 80));
        let rows: Vec<String> = (1..=CROWD)
            .map(|k| format!("('{}'::uuid, {})", newer(k), 1_000 + n as u128 * CROWD + k))
            .collect();
        let rows = rows.join(", ");
        app.sql(&format!(
            "INSERT INTO message (tenant_id, thread_id, seq, id, patient_id, sender_kind, staff_id, account_id, \
             body_enc, is_internal, sent_at) SELECT m.tenant_id, m.thread_id, c.seq, c.id, m.patient_id, \
             m.sender_kind, m.staff_id, m.account_id, m.body_enc, m.is_internal, m.sent_at FROM message m, \
             (VALUES {rows}) c (id, seq) WHERE m.id = '{id}'"
        ));
        app.sql(&format!(
            "INSERT INTO message_search SELECT s.tenant_id, c.id, s.thread_id, s.tokens FROM message_search s, \
             (VALUES {rows}) c (id, seq) WHERE s.message_id = '{id}'"
        ));
    }
    app.sql(&format!("UPDATE message SET attachment_count = 1 WHERE id IN ('{}')", ids.replace(',', "','")));
}

/// The texts of all pages.
fn pages(person: &Person, query: &str) -> Vec<String> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("{STAFF}/search?limit=4&q={}{cursor}", encoded(query));
        let page = person.get(&path).expect(200);
        all.extend(snippets(&page));
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

#[test]
fn a_filter_that_leaves_little_of_a_common_word_skips_nothing_and_repeats_nothing() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    crowded(&app, &nurse, &thread);
    let marked: Vec<String> = (0..MARKED).rev().map(|n| format!("[needle] number {n}")).collect();
    assert_eq!(pages(&nurse, "needle has:attachment"), marked);
    assert_eq!(pages(&nurse, "needle has:attachment from:me status:waiting-patient"), marked);
    let plain: Vec<String> = marked.iter().map(|text| text.replace(['[', ']'], "")).collect();
    assert_eq!(pages(&nurse, "has:attachment from:staff"), plain);
}

#[test]
fn a_name_that_staff_and_patients_bear_finds_what_both_wrote() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Somebody Silva"));
    let (ben, cleo) = (app.patient("Ben Okafor"), app.patient("Cleo Quispe"));
    let (of_ana, of_ben) = (start(&ana, "general", "Question"), start(&ben, "general", "Question"));
    start(&cleo, "general", "Question");
    tick(&app);
    reply(&nurse, &of_ben, "An answer").expect(201);
    app.run_worker();
    let both = ["An answer", "Could you help me, please?"];
    assert_eq!(pages(&nurse, "from:somebody"), both);
    assert_eq!(pages(&nurse, "from:me from:silva"), both);
    assert_eq!(pages(&nurse, "from:me from:silva from:quispe").len(), 3);
    assert_eq!(pages(&nurse, "help from:somebody"), ["Could you [help] me, please?"]);
    multiply(&app, &of_ana, 2_001);
    assert_eq!(pages(&nurse, "from:somebody"), both, "of thousands");
}

#[test]
fn filters_of_threads_find_old_messages_behind_a_crowd() {
    let app = TestApp::start();
    let (nurse, ana, ben) = (app.staff(Role::Nurse), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let old = start(&ben, "billing", "Question");
    tick(&app);
    reply(&nurse, &old, "needle of old").expect(201);
    tick(&app);
    let thread = start(&ana, "general", "Question");
    crowded(&app, &nurse, &thread);
    change(&nurse, &old, &json!({ "assignedTo": nurse.id })).expect(200);
    app.sql(&format!(
        "UPDATE thread SET status = 4, closed_at = now(), archived_at = now() WHERE id = '{old}'"
    ));
    for times in [0, 2_001] {
        multiply(&app, &old, times);
        for filter in ["status:closed", "is:archived", "assigned:me", "category:billing"] {
            let found = pages(&nurse, &format!("needle {filter}"));
            assert_eq!(found, ["[needle] of old"], "{filter} {times}");
            assert_eq!(
                pages(&nurse, filter),
                ["needle of old", "Could you help me, please?"],
                "{filter} {times}"
            );
            let rash = pages(&nurse, &format!("{filter} -needle"));
            assert_eq!(rash, ["Could you help me, please?"], "{filter} {times}");
        }
        assert_eq!(pages(&nurse, "needle status:in-progress is:archived"), Vec::<String>::new());
    }
}

#[test]
fn a_name_of_nobody_beside_other_values_is_told_as_such() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    start(&ana, "general", "Question");
    app.run_worker();
    for (query, reason, hits) in [
        ("from:patient from:zzz", "nobody_beside", 1),
        ("help assigned:none assigned:zzz", "nobody_beside", 1),
        ("from:zzz", "nobody", 0),
        ("from:patient assigned:zzz", "nobody", 0),
    ] {
        let page = search(&nurse, query).expect(200);
        assert_eq!(page["understood"]["ignored"][0]["reason"], reason, "{query}");
        assert_eq!(snippets(&page).len(), hits, "{query}");
    }
}

#[test]
fn an_excluded_value_of_a_patient_excludes_conversations_too() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let bea = app.patient("Bea Silva");
    let (of_ana, of_bea) = (start(&ana, "general", "Question"), start(&bea, "general", "Question"));
    let found = search(&nurse, "silva").expect(200);
    let of = |thread: &str| {
        let all = found["conversations"].as_array().unwrap().iter();
        all.clone().find(|one| one["id"] == thread).unwrap()["patientMrn"].as_str().unwrap().to_owned()
    };
    assert_eq!(conversations(&nurse, &format!("silva -{}", of(&of_ana))), [of_bea.as_str()]);
    assert_eq!(conversations(&nurse, &format!("silva -{}", of(&of_bea))), [of_ana.as_str()]);
    for value in ["-\"(555) 010-1234\"", "-1980-02-03"] {
        assert_eq!(conversations(&nurse, &format!("silva {value}")), Vec::<String>::new(), "{value}");
    }
    assert_eq!(conversations(&nurse, "silva -1980-02-04").len(), 2);
}
