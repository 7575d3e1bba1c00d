//! The staff's search by names and subjects: the conversations beside the messages, and names of thousands.

use crate::search::{encoded, search, snippets, tick};
use crate::support::{STAFF, change, reply, start};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

#[test]
fn a_name_that_thousands_of_conversations_have_is_found_by_filters_too() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (ben, other) = (app.patient("Ben Okafor"), app.staff(Role::Nurse));
    let (thread, beside) = (start(&ana, "general", "Question"), start(&ben, "general", "Question"));
    for n in 0..60 {
        tick(&app);
        let of = if n % 2 == 0 { &thread } else { &beside };
        reply(if n % 3 == 0 { &nurse } else { &other }, of, &format!("number {n}")).expect(201);
    }
    app.run_worker();
    multiply(&app, &thread, 2_001);
    let numbers = |wanted: fn(&usize) -> bool| -> Vec<String> {
        (0..60).rev().filter(wanted).map(|n| format!("number {n}")).collect()
    };
    let found = |query: &str| pages(&nurse, &format!("{query}&limit=7"));
    assert_eq!(found("silva%20from%3Astaff"), numbers(|n| n % 2 == 0));
    assert_eq!(found("silva%20from%3Ame"), numbers(|n| n % 6 == 0));
    assert_eq!(found("silva%20has%3Aattachment"), Vec::<String>::new());
    assert_eq!(found("silva%20from%3Astaff%20before%3A2020-01-01"), Vec::<String>::new());
}

/// Makes a thread one of so many of its patient, without messages.
pub(crate) fn multiply(app: &TestApp, thread: &str, times: usize) {
    let columns = app.text_of(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name = 'thread' AND column_name <> 'id'",
    );
    app.sql(&format!(
        "INSERT INTO thread (id, {columns}) SELECT gen_random_uuid(), {columns} FROM thread, \
         generate_series(1, {times}) WHERE id = '{thread}'"
    ));
}

/// The texts of all pages.
fn pages(person: &Person, query: &str) -> Vec<String> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("{STAFF}/search?q={query}{cursor}")).expect(200);
        all.extend(snippets(&page));
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

/// The conversations of the first page of a search and of all further ones.
pub(crate) fn conversations(person: &Person, query: &str) -> Vec<String> {
    let query = encoded(query);
    let ids = |page: &serde_json::Value| -> Vec<String> {
        let all = page["conversations"].as_array().unwrap().iter();
        all.map(|thread| thread["id"].as_str().unwrap().to_owned()).collect()
    };
    let first = person.get(&format!("{STAFF}/search?q={query}")).expect(200);
    let (mut all, mut next) = (ids(&first), first["conversationsCursor"].clone());
    assert_eq!(first["hasMoreConversations"], json!(next.is_string()));
    while let Some(cursor) = next.as_str() {
        let path = format!("{STAFF}/search/conversations?q={query}&limit=3&cursor={cursor}");
        let page = person.get(&path).expect(200);
        all.extend(ids(&page));
        next = page["pagination"]["nextCursor"].clone();
    }
    all
}

#[test]
fn every_conversation_of_a_name_or_record_number_can_be_reached() {
    let app = TestApp::start();
    let (nurse, other) = (app.staff(Role::Nurse), app.staff(Role::Nurse));
    let (ana, ben) = (app.patient("Ana Silva"), app.patient("Ben Okafor"));
    start(&ben, "general", "Question");
    let mut all = Vec::new();
    for n in 0..12 {
        tick(&app);
        all.insert(0, start(&ana, "general", &format!("Question {n}")));
    }
    let mrn =
        search(&nurse, "silva").expect(200)["conversations"][0]["patientMrn"].as_str().unwrap().to_owned();
    for query in ["silva", "silva question", mrn.as_str()] {
        assert_eq!(conversations(&nurse, query), all, "{query}");
    }
    assert_eq!(conversations(&nurse, "silva from:patient"), Vec::<String>::new());
    let first = search(&nurse, "silva").expect(200);
    let cursor = first["conversationsCursor"].as_str().unwrap();
    let path = |query: &str| format!("{STAFF}/search/conversations?q={query}&cursor={cursor}");
    other.get(&path("silva")).refused(400, "invalid_cursor");
    nurse.get(&path("ana")).refused(400, "invalid_cursor");
    let shown = format!(
        "SELECT count(*) FROM audit_event WHERE action = 'message.search' AND '{}'::uuid = ANY (thread_ids)",
        all[11]
    );
    assert!(app.number_of(&shown) >= 1, "further conversations are in the audit");
}

#[test]
fn filters_choose_among_all_conversations_of_a_name() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let old = start(&ana, "medical", "Question");
    change(&nurse, &old, &json!({ "assignedTo": nurse.id })).expect(200);
    tick(&app);
    let new = start(&ana, "general", "Question");
    app.sql(&format!("UPDATE thread SET status = 4, closed_at = now() WHERE id = '{new}'"));
    for times in [120, 2_001] {
        multiply(&app, &new, times);
        for query in [
            "silva status:open status:in-progress",
            "silva category:medical",
            "silva assigned:me",
            "silva question assigned:me",
        ] {
            assert_eq!(conversations(&nurse, query), [old.as_str()], "{query}");
        }
        assert_eq!(conversations(&nurse, "silva is:archived"), Vec::<String>::new());
        assert_eq!(conversations(&nurse, "silva status:open assigned:none"), Vec::<String>::new());
    }
}

#[test]
fn from_covers_every_patient_of_the_name_however_many_there_are() {
    let app = TestApp::start();
    let (nurse, eve) = (app.staff(Role::Nurse), app.patient("Eve Christophersen"));
    for n in 0..105 {
        app.riverside().add_patient("Rosa Lima", &format!("RL-{n}"));
    }
    let (rosa, ann) = (app.patient("Rosa Lima"), app.patient("Ann Christopherson"));
    let of_rosa = start(&rosa, "general", "Question");
    reply(&nurse, &of_rosa, "An answer").expect(201);
    tick(&app);
    start(&ann, "general", "Question");
    start(&eve, "general", "Question");
    app.run_worker();
    let authors = |query: &str| -> Vec<String> {
        let page = search(&nurse, query).expect(200);
        let hits = page["results"].as_array().unwrap().iter();
        hits.map(|hit| hit["message"]["senderName"].as_str().unwrap().to_owned()).collect()
    };
    for query in ["from:rosa", "from:\"Rosa Lima\"", "help from:lima", "question from:rosa"] {
        assert_eq!(authors(query), ["Rosa Lima"], "{query}");
    }
    assert_eq!(authors("from:christophersen"), ["Eve Christophersen"], "tokens end where names go on");
    assert_eq!(authors("from:rosa from:eve"), ["Eve Christophersen", "Rosa Lima"]);
    assert_eq!(authors("from:rosa from:me").len(), 2);
    multiply(&app, &of_rosa, 2_001);
    for query in ["from:rosa", "help from:lima", "question from:rosa", "rosa from:rosa"] {
        assert_eq!(authors(query), ["Rosa Lima"], "{query} of thousands");
    }
}

#[test]
fn a_telephone_number_and_a_birth_date_are_found_as_they_are_shown() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    reply(&nurse, &thread, "Call us at (555) 010-9999 in February").expect(201);
    app.run_worker();
    for shown in [
        "(555) 010-1234",
        "+1 (555) 010-1234",
        "555 010 1234",
        "\"(555) 010-1234\"",
        "02/03/1980",
        "3/2/1980",
        "February 3, 1980",
        "3 de febrero de 1980",
        "1980-02-03",
    ] {
        assert_eq!(conversations(&nurse, shown), [thread.as_str()], "{shown}");
        let with_word = search(&nurse, &format!("{shown} help ")).expect(200);
        assert_eq!(snippets(&with_word), ["Could you [help] me, please?"], "{shown}");
        let filtered = search(&nurse, &format!("{shown} from:me")).expect(200);
        assert_eq!(snippets(&filtered).len(), 1, "{shown}");
    }
    for other in ["(555) 010-1235", "010-1234", "February 4, 1980", "02/04/1980", "febrero de 1980"] {
        assert_eq!(conversations(&nurse, other), Vec::<String>::new(), "{other}");
    }
    let written = search(&nurse, "(555) 010-9999").expect(200);
    assert_eq!(snippets(&written), ["Call us at ([555]) [010-9999] in February"]);
}
