//! The index behind the search: filled exactly once, rebuilt while everybody goes on, emptied when it is switched off.

use crate::search::{search, snippets};
use crate::support::{STAFF, note, start, write};
use serde_json::json;
use std::cell::Cell;
use std::time::{Duration, Instant};
use threadwell_application::access::{Access, Action, Caller, Credential, RequestContext};
use threadwell_application::search::rebuild;
use threadwell_domain::access::Role;
use threadwell_testkit::{RIVERSIDE, TestApp};
use uuid::Uuid;

const SETTINGS: &str = "/api/practice/search";

/// Everything that the index holds of messages.
fn contents(app: &TestApp) -> String {
    app.text_of(
        "SELECT md5(string_agg(message_id::text || tokens::text, '|' ORDER BY message_id)) FROM message_search",
    )
}

fn start_rebuild(app: &TestApp) {
    let request =
        RequestContext { request_id: Uuid::now_v7(), ip: None, is_activity: false, tenant_assertion: None };
    let operator = Caller { credential: Credential::Operator(RIVERSIDE), request };
    app.store().transact(&Access::to(&operator, Action::Provision), rebuild).unwrap();
}

/// Stops at the so-manieth look.
fn after(looks: usize) -> impl Fn() -> bool {
    let seen = Cell::new(0);
    move || {
        seen.set(seen.get() + 1);
        seen.get() > looks
    }
}

#[test]
fn a_rebuild_goes_on_where_it_stopped_while_messages_come_in() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    for n in 0..30 {
        write(&ana, &thread, &format!("needle number {n} for the índice")).expect(201);
    }
    app.run_worker();
    let filled = contents(&app);
    app.sql("UPDATE message_search SET tokens = '{}'");
    assert_eq!(search(&nurse, "needle ").expect(200)["results"], json!([]));
    start_rebuild(&app);
    app.run_indexer_until(&after(4), 5);
    assert_eq!(nurse.get(SETTINGS).expect(200)["index"]["state"], "building");
    let seen = app.number_of("SELECT count(*) FROM message_search WHERE tokens <> '{}'");
    assert!((1..30).contains(&seen), "{seen}");
    app.clock().advance(chrono::Duration::seconds(1));
    write(&ana, &thread, "needle sent meanwhile").expect(201);
    app.run_indexer();
    assert_eq!(nurse.get(SETTINGS).expect(200)["index"]["state"], "ready");
    let all = nurse.get(&format!("{STAFF}/search?q=needle&limit=50")).expect(200);
    assert_eq!(snippets(&all).len(), 31);
    app.sql("DELETE FROM message_search WHERE message_id = (SELECT max(message_id::text)::uuid FROM message_search)");
    assert_eq!(contents(&app), filled, "a rebuild gives what was there before");
}

#[test]
fn workers_that_are_killed_leave_nothing_out_and_nothing_twice() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    for n in 0..60 {
        write(&ana, &thread, &format!("needle number {n}")).expect(201);
    }
    let open = "SELECT count(*) FROM outbox WHERE kind = 2 AND done_at IS NULL";
    let begun = Instant::now();
    while app.number_of(open) > 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "the jobs are never done");
        let worker = app.work_with("eicar");
        let before = app.number_of(open);
        while app.number_of(open) == before && begun.elapsed() < Duration::from_secs(60) {
            std::thread::yield_now();
        }
        drop(worker);
        let done = app.number_of("SELECT count(*) FROM outbox WHERE kind = 2 AND done_at IS NOT NULL");
        assert_eq!(app.number_of("SELECT count(*) FROM message_search"), done);
    }
    let filled = contents(&app);
    start_rebuild(&app);
    app.run_worker();
    assert_eq!(contents(&app), filled);
    let all = nurse.get(&format!("{STAFF}/search?q=needle&limit=50")).expect(200);
    assert_eq!(snippets(&all).len(), 50);
    assert_eq!(all["pagination"]["hasMore"], true);
}

#[test]
fn a_new_message_is_found_within_a_second() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let worker = app.work_with("eicar");
    let is_found = |word: &str| !snippets(&search(&nurse, word).expect(200)).is_empty();
    let begun = Instant::now();
    while !is_found("please") {
        assert!(begun.elapsed() < Duration::from_secs(30), "the worker does not start");
    }
    write(&ana, &thread, "needle").expect(201);
    let sent = Instant::now();
    while !is_found("needle") {
        assert!(sent.elapsed() < Duration::from_secs(10), "never found");
    }
    // The worker looks every half second; the rest is what a busy machine of tests may need.
    assert!(sent.elapsed() < Duration::from_secs(2), "{:?}", sent.elapsed());
    drop(worker);
}

#[test]
fn switching_it_off_empties_the_index_and_on_fills_it_again() {
    let app = TestApp::start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Haystack");
    for n in 0..10 {
        write(&ana, &thread, &format!("needle number {n}")).expect(201);
    }
    app.run_worker();
    let filled = contents(&app);
    let suggested = nurse.get(&format!("{STAFF}/search/suggestions?q=needl")).expect(200);
    assert_eq!(suggested["suggestions"][0]["kind"], "word");
    nurse.put(SETTINGS, &json!({ "bodySearch": false })).refused(403, "forbidden");
    admin.put(SETTINGS, &json!({ "bodySearch": false })).expect(200);
    let suggested = nurse.get(&format!("{STAFF}/search/suggestions?q=needl")).expect(200);
    assert_eq!(suggested["suggestions"], json!([]), "at once, before the words are emptied");
    app.run_indexer_until(&after(3), 3);
    app.clock().advance(chrono::Duration::seconds(1));
    write(&ana, &thread, "needle sent while it is off").expect(201);
    app.run_worker();
    assert_eq!(app.number_of("SELECT count(*) FROM message_search WHERE tokens <> '{}'"), 0);
    assert_eq!(app.number_of("SELECT count(*) FROM search_word WHERE octet_length(word_enc) > 0"), 0);
    let off = search(&nurse, "needle").expect(200);
    assert_eq!((&off["results"], &off["bodySearch"]), (&json!([]), &json!(false)));
    assert_eq!(search(&nurse, "hayst").expect(200)["conversations"][0]["id"], thread.as_str());
    assert_eq!(nurse.get(SETTINGS).expect(200)["index"]["state"], "off");
    app.sql("DELETE FROM message_search WHERE message_id = (SELECT max(message_id::text)::uuid FROM message_search)");
    admin.put(SETTINGS, &json!({ "bodySearch": true })).expect(200);
    app.run_worker();
    app.sql("DELETE FROM message_search WHERE message_id = (SELECT max(message_id::text)::uuid FROM message_search)");
    assert_eq!(contents(&app), filled);
    assert_eq!(snippets(&search(&nurse, "needl").expect(200)).len(), 10);
}

#[test]
fn c13_no_token_is_the_same_in_two_practices_or_two_kinds_of_text() {
    let app = TestApp::start();
    let text = "The same words in every place: rash, arm, cream, señora, 皮膚";
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let mine = start(&ana, "general", text);
    write(&ana, &mine, text).expect(201);
    note(&nurse, &mine, text).expect(201);
    let (their_nurse, dora) = (app.hillside().staff(Role::Nurse), app.hillside().patient("Dora Klein"));
    let theirs = start(&dora, "general", text);
    write(&dora, &theirs, text).expect(201);
    note(&their_nurse, &theirs, text).expect(201);
    // Without a word a message has nothing but the time of sending, which all of a practice's messages share.
    write(&ana, &mine, "…").expect(201);
    write(&dora, &theirs, "…").expect(201);
    app.run_worker();
    let times = "SELECT tenant_id::text || 'time' AS source, unnest(tokens) AS token FROM message_search \
        WHERE cardinality(tokens) = 3";
    assert_eq!(app.number_of(&format!("SELECT count(DISTINCT token) FROM ({times}) s")), 6);
    let sources = "SELECT m.tenant_id::text || m.is_internal::text AS source, unnest(s.tokens) AS token \
        FROM message_search s JOIN message m ON m.id = s.message_id \
        UNION SELECT tenant_id::text || 'subject', token FROM thread_search \
        UNION SELECT tenant_id::text || 'name', token FROM patient_search \
        UNION SELECT tenant_id::text || 'word' || scope::text, token FROM search_word";
    let sources = format!("SELECT * FROM ({sources}) s WHERE token NOT IN (SELECT token FROM ({times}) t)");
    assert!(app.number_of(&format!("SELECT count(*) FROM ({sources}) s")) > 100);
    let shared = format!(
        "SELECT count(*) FROM (SELECT token FROM ({sources}) s GROUP BY token HAVING count(DISTINCT source) > 1) t"
    );
    assert_eq!(app.number_of(&shared), 0);
}

/// A text of as many different words of three letters as a message holds, none of which another number gives.
fn fresh_words(number: u32) -> String {
    let letter = |n: u32| char::from_digit(n, 36).unwrap();
    let word =
        |n: u32| [letter(10 + n / 1296), letter(n / 36 % 36), letter(n % 36)].iter().collect::<String>();
    (number * 1250..(number + 1) * 1250).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn more_new_words_than_a_statement_binds_are_indexed_all_the_same() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    for number in 0..15 {
        write(&ana, &thread, &fresh_words(number)).expect(201);
    }
    app.run_worker();
    assert_eq!(app.number_of("SELECT count(*) FROM outbox WHERE kind = 2 AND done_at IS NULL"), 0);
    assert!(app.number_of("SELECT count(*) FROM search_word") >= 15 * 1250);
    assert_eq!(snippets(&search(&nurse, "aab ").expect(200)).len(), 1);
}

/// The database refuses the tokens of the newest message from now on.
fn refuse_the_newest(app: &TestApp) {
    let newest = app.text_of("SELECT max(message_id::text) FROM outbox WHERE kind = 2");
    app.sql(&format!(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF NEW.message_id = '{newest}' THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$; \
         CREATE TRIGGER refuse BEFORE INSERT ON message_search FOR EACH ROW EXECUTE FUNCTION refuse()"
    ));
}

#[test]
fn a_message_that_cannot_be_indexed_holds_up_no_other() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    app.clock().advance(chrono::Duration::seconds(1));
    write(&ana, &thread, "needle that is refused").expect(201);
    refuse_the_newest(&app);
    app.clock().advance(chrono::Duration::seconds(1));
    write(&ana, &thread, "needle after it").expect(201);
    app.run_indexer();
    assert_eq!(snippets(&search(&nurse, "needle ").expect(200)), ["[needle] after it"]);
    let of_jobs =
        |what: &str| app.number_of(&format!("SELECT count(*) FROM outbox WHERE kind = 2 AND {what}"));
    assert_eq!(of_jobs("done_at IS NULL AND dead_at IS NULL"), 1, "it waits");
    for _ in 0..5 {
        app.clock().advance(chrono::Duration::minutes(20));
        app.run_indexer();
    }
    assert_eq!((of_jobs("dead_at IS NOT NULL"), of_jobs("attempts = 5")), (1, 1));
    app.sql("DELETE FROM message_search");
    start_rebuild(&app);
    app.run_indexer();
    let unfinished = app.number_of("SELECT count(*) FROM search_index WHERE NOT is_complete");
    assert_eq!(unfinished, 0, "a rebuild comes to its end");
    assert_eq!(app.number_of("SELECT count(*) FROM message_search"), 2);
    app.sql("DROP TRIGGER refuse ON message_search");
    app.clock().advance(chrono::Duration::minutes(20));
    app.run_indexer();
    assert_eq!(
        app.number_of("SELECT count(*) FROM message_search"),
        3,
        "what was passed over has a job of its own"
    );
}
