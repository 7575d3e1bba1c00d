//! The staff's search: what it finds, what it understands, what it shows.

use crate::support::{PORTAL, STAFF, audited, change, note, opened, reply, start, unused_id, write};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use threadwell_application::ports::Clock;
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

/// A query as it stands in an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Lets a second pass: an id carries the time, and messages of one moment have no order.
pub(crate) fn tick(app: &TestApp) {
    app.clock().advance(chrono::Duration::seconds(1));
}

/// Staff search.
pub(crate) fn search(person: &Person, query: &str) -> Answer {
    person.get(&format!("{STAFF}/search?q={}", encoded(query)))
}

/// The texts of a page's hits.
pub(crate) fn snippets(found: &Value) -> Vec<String> {
    let hits = found["results"].as_array().unwrap().iter();
    hits.map(|hit| marked(&hit["snippet"])).collect()
}

fn marked(parts: &Value) -> String {
    let part = |part: &Value| {
        let text = part["text"].as_str().unwrap();
        if part["isHit"] == true { format!("[{text}]") } else { text.to_owned() }
    };
    parts.as_array().unwrap().iter().map(part).collect()
}

#[test]
fn words_phrases_and_stems_are_found_in_texts_and_notes() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "prescription", "Refill of tretinoin");
    tick(&app);
    write(&ana, &thread, "The rashes on my left arm are itching again").expect(201);
    tick(&app);
    reply(&nurse, &thread, "Las inyecciones ayudan a la piel").expect(201);
    tick(&app);
    note(&nurse, &thread, "Called her about the rash, left a message for the arm brace").expect(201);
    tick(&app);
    write(&ana, &thread, "王小明的湿疹好多了").expect(201);
    app.run_worker();
    let found = |query: &str| snippets(&search(&nurse, query).expect(200));
    assert_eq!(
        found("rash"),
        [
            "Called her about the [rash], left a message for the arm brace",
            "The [rashes] on my left arm are itching again"
        ]
    );
    assert_eq!(found("\"left arm\""), ["The rashes on my [left arm] are itching again"]);
    assert_eq!(found("inyección "), ["Las [inyecciones] ayudan a la piel"]);
    assert_eq!(found("rash -itching"), ["Called her about the [rash], left a message for the arm brace"]);
    assert_eq!(found("小明的湿"), ["王[小明的湿]疹好多了"]);
    assert_eq!(found("itch"), ["The rashes on my left arm are [itching] again"]);
    assert_eq!(found("inyecc"), ["Las [inyecciones] ayudan a la piel"], "the beginning of a word");
    assert_eq!(found("inyecc "), Vec::<String>::new(), "no beginning any more");
    assert_eq!(found("rash in:notes").len(), 1);
    assert_eq!(found("rash in:messages").len(), 1);
    assert_eq!(found("silva itching"), ["The rashes on my left arm are [itching] again"]);
    assert_eq!(found("tretinoin itching").len(), 1);
    assert_eq!(found("tretinoin silva"), Vec::<String>::new(), "no text has either");
    assert_eq!(found("(555)0101234 itching").len(), 1);
    assert_eq!(found("1980-02-03 itching").len(), 1);
    assert_eq!(found("1980-02-04 itching").len(), 0);
    let both = search(&nurse, "tretinoin silva").expect(200);
    assert_eq!(both["conversations"][0]["id"], thread.as_str());
    let hit = &search(&nurse, "tret itching ").expect(200)["results"][0];
    assert_eq!(marked(&hit["subject"]), "Refill of [tretinoin]");
    assert_eq!(hit["thread"]["patientName"], "Ana Silva");
    assert_eq!(hit["message"]["senderName"], "Ana Silva");
    let listed = nurse.get(&format!("{STAFF}/threads?search=inyeccion")).expect(200);
    assert_eq!(listed["threads"].as_array().unwrap().len(), 1);
    let noted = nurse.get(&format!("{STAFF}/threads?search=brace")).expect(200);
    assert_eq!(noted["threads"][0]["id"], thread.as_str());
    assert!(audited(&app, "message.search", "done") > 10);
}

#[test]
fn a_filter_of_messages_finds_those_whose_patient_or_subject_has_all_the_words() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "prescription", "Refill of tretinoin");
    tick(&app);
    write(&ana, &thread, "Thank you").expect(201);
    tick(&app);
    reply(&nurse, &thread, "It is on its way").expect(201);
    tick(&app);
    note(&nurse, &thread, "Called the pharmacy").expect(201);
    app.run_worker();
    let found = |query: &str| snippets(&search(&nurse, query).expect(200));
    assert_eq!(found("silva from:me"), ["Called the pharmacy", "It is on its way"]);
    assert_eq!(found("tretinoin from:patient"), ["Thank you", "Could you help me, please?"]);
    assert_eq!(found("silva tretinoin in:notes"), ["Called the pharmacy"]);
    assert_eq!(found("silva way in:messages"), ["It is on its [way]"]);
    assert_eq!(found("(555)0101234 after:2020-01-01 from:me").len(), 2);
    assert_eq!(found("silva before:2020-01-01").len(), 0);
    assert_eq!(found("silva -tretinoin from:me").len(), 0);
    assert_eq!(found("okafor from:me").len(), 0);
    let filtered = search(&nurse, "silva from:me").expect(200);
    assert_eq!(filtered["conversations"], json!([]), "their messages stand for them");
    let plain = search(&nurse, "silva category:prescription").expect(200);
    assert_eq!((&plain["results"], plain["conversations"].as_array().unwrap().len()), (&json!([]), 1));
    assert_eq!(snippets(&ana.get(&format!("{PORTAL}/search?q=tretinoin%20from%3Ame")).expect(200)).len(), 2);
}

#[test]
fn filters_narrow_and_what_makes_no_sense_is_told() {
    let app = TestApp::start();
    let (nurse, ana, ben) = (app.staff(Role::Nurse), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let medical = start(&ana, "medical", "Skin");
    let billing = start(&ben, "billing", "Invoice");
    write(&ana, &medical, "needle one").expect(201);
    app.clock().advance(chrono::Duration::days(2));
    let nurse = app.riverside().sign_in_staff(&nurse.email, threadwell_domain::StaffId::new(nurse.id));
    reply(&nurse, &billing, "needle two").expect(201);
    note(&nurse, &billing, "needle three").expect(201);
    change(&nurse, &medical, &json!({ "assignedTo": nurse.id })).expect(200);
    app.run_worker();
    let found = |query: &str| search(&nurse, query).expect(200)["results"].as_array().unwrap().len();
    for (query, expected) in [
        ("needle", 3),
        ("needle category:medical", 1),
        ("needle category:medical category:billing", 3),
        ("needle from:me", 2),
        ("needle from:patient", 1),
        ("needle from:staff", 2),
        ("needle from:silva", 1),
        ("needle from:\"Somebody nurse\"", 2),
        ("needle assigned:me", 1),
        ("needle assigned:none", 2),
        ("needle assigned:mine", 0),
        ("needle status:closed", 0),
        ("needle has:attachment", 0),
        ("needle is:archived", 0),
        ("needle is:unread", 1),
        ("from:me in:notes", 1),
        ("needle after:2020-01-01", 3),
        ("needle before:2020-01-01", 0),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
    let today = app.clock().now().format("%Y-%m-%d").to_string();
    assert_eq!(found(&format!("needle after:{today}")), 2);
    assert_eq!(found(&format!("needle before:{today}")), 1);
    let odd = search(&nurse, "needle category:foo from:nobody colour:red from: -status:open").expect(200);
    let ignored = odd["understood"]["ignored"].as_array().unwrap();
    let reasons: Vec<_> = ignored.iter().map(|part| part["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["unknown_value", "unknown_filter", "unknown_value", "cannot_be_excluded", "nobody"]);
    for query in ["needle from:nobody", "from:nobody", "needle assigned:nobody", "skin assigned:nobody"] {
        let nothing = search(&nurse, query).expect(200);
        assert_eq!((&nothing["results"], &nothing["conversations"]), (&json!([]), &json!([])), "{query}");
        assert_eq!(nothing["understood"]["ignored"][0]["reason"], "nobody");
    }
    assert_eq!(found("needle from:nobody from:me"), 2, "whom there is, is found beside whom there is not");
    let named = search(&nurse, "from:silva needle").expect(200);
    assert_eq!(named["understood"]["filters"][0]["label"], "silva", "no name that the audit does not know");
}

#[test]
fn a_role_finds_what_its_categories_allow_and_the_audit_names_what_was_shown() {
    let app = TestApp::start();
    let (nurse, desk, ana) = (app.staff(Role::Nurse), app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let (hidden, seen) = (start(&ana, "medical", "Hidden needle"), start(&ana, "general", "Seen needle"));
    write(&ana, &hidden, "needle in a medical thread").expect(201);
    write(&ana, &seen, "needle in a general thread").expect(201);
    app.run_worker();
    assert_eq!(snippets(&search(&nurse, "needle").expect(200)).len(), 2);
    let found = search(&desk, "needle").expect(200);
    assert_eq!(snippets(&found), ["[needle] in a general thread"]);
    assert!(!found.to_string().contains(&hidden));
    let rows = format!(
        "SELECT count(*) FROM audit_event WHERE action = 'message.search' AND actor_id = '{}' \
         AND thread_ids = ARRAY['{seen}'::uuid]",
        desk.id
    );
    assert_eq!(app.number_of(&rows), 1);
    change(&nurse, &hidden, &json!({ "category": "general" })).expect(200);
    assert_eq!(snippets(&search(&desk, "needle").expect(200)).len(), 2, "a move shows at once");
    assert_eq!(
        desk.get(&format!("{STAFF}/search/suggestions?q=nee")).expect(200)["suggestions"],
        json!([]),
        "no word of messages that the role may not see"
    );
    let theirs = app.hillside().staff(Role::Admin);
    assert_eq!(search(&theirs, "needle").expect(200)["results"], json!([]));
}

#[test]
fn pages_follow_each_other_and_cursors_serve_one_person_and_query() {
    let app = TestApp::start();
    let (nurse, other, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Many");
    for n in 0..12 {
        app.clock().advance(chrono::Duration::seconds(1));
        write(&ana, &thread, &format!("needle number {n}")).expect(201);
    }
    app.run_worker();
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = nurse.get(&format!("{STAFF}/search?q=needle&limit=5{cursor}")).expect(200);
        seen.extend(snippets(&page));
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let expected: Vec<_> = (0..12).rev().map(|n| format!("[needle] number {n}")).collect();
    assert_eq!(seen, expected);
    let page = nurse.get(&format!("{STAFF}/search?q=needle&limit=5")).expect(200);
    let cursor = page["pagination"]["nextCursor"].as_str().unwrap();
    other.get(&format!("{STAFF}/search?q=needle&cursor={cursor}")).refused(400, "invalid_cursor");
    nurse.get(&format!("{STAFF}/search?q=number&cursor={cursor}")).refused(400, "invalid_cursor");
}

#[test]
fn h02_hostile_queries_are_answered_soon() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    start(&ana, "general", "Question");
    app.run_worker();
    let long = "x".repeat(10_000);
    let many = "w ".repeat(100);
    for query in [
        "",
        "%",
        "_",
        "\\",
        "' & | !:*",
        "the a of and",
        "\"unbalanced",
        "🙂🙂",
        "\u{202e}abc\u{202d}",
        "\u{0}",
        "((((a+)+)+)+)$",
        "from:\"",
        "-",
        "--",
        "\"\"",
        &many,
        &long,
    ] {
        // What is slow is slow each time; a busy machine is not.
        let took = (0..4).map(|_| {
            let begun = Instant::now();
            let answer = search(&nurse, query);
            assert!([200, 422].contains(&answer.status), "{query:.20}: {}", answer.status);
            begun.elapsed()
        });
        let quickest = took.min().unwrap();
        assert!(quickest <= Duration::from_millis(200), "{query:.20}: {quickest:?}");
        let suggested = nurse.get(&format!("{STAFF}/search/suggestions?q={}", encoded(query)));
        assert!([200, 422].contains(&suggested.status), "{query:.20}");
    }
    search(&nurse, &"é".repeat(201)).refused(422, "validation_failed");
    search(&nurse, &"é".repeat(200)).expect(200);
}

/// Words of which a message is full, and which a query can exclude.
fn tiresome(number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    let word = |n: usize| format!("a{}{}{}", letter(n / 676), letter(n / 26), letter(n));
    (0..900).map(|n| word(n + number)).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_search_of_long_texts_ends_its_page_early_and_leads_on() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "general", "Question");
    write(&ana, &thread, "needle").expect(201);
    for number in 0..40 {
        tick(&app);
        write(&ana, &thread, &tiresome(number)).expect(201);
    }
    let query = encoded("-azzy -azzz needle");
    let (mut cursor, mut found, mut pages) = (String::new(), 0, 0);
    loop {
        let begun = Instant::now();
        let page = ana.get(&format!("{PORTAL}/search?q={query}{cursor}")).expect(200);
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
        (found, pages) = (found + snippets(&page).len(), pages + 1);
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
        assert!(pages < 45, "every page looks at one text at least");
    }
    assert_eq!(found, 1);
}

#[test]
fn assigned_mine_is_what_the_view_of_my_teams_shows() {
    let app = TestApp::start();
    let (admin, nurse, ana) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let team = json!({ "name": "Skin", "categories": ["medical"], "memberIds": [nurse.id] });
    admin.post("/api/teams", &team).expect(201);
    let on_duty = start(&ana, "medical", "Skin");
    start(&ana, "billing", "Invoice");
    app.run_worker();
    let viewed = nurse.get(&format!("{STAFF}/threads?assignedTeam=mine")).expect(200);
    assert_eq!(viewed["threads"].as_array().unwrap().len(), 1);
    let found = search(&nurse, "assigned:mine").expect(200);
    let hits = found["results"].as_array().unwrap();
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit["thread"]["id"] == on_duty.as_str()));
    let told = search(&nurse, "skin assigned:mine").expect(200);
    assert_eq!(told["conversations"].as_array().unwrap().len(), 1);
    assert_eq!(search(&nurse, "invoice assigned:mine").expect(200)["conversations"], json!([]));
}

#[test]
fn c02_a_text_that_does_not_open_raises_an_alarm_in_a_search_too() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    write(&ana, &thread, "needle").expect(201);
    app.run_worker();
    app.sql(
        "UPDATE message m SET body_enc = o.body_enc FROM message o \
         WHERE o.tenant_id = m.tenant_id AND o.thread_id = m.thread_id AND o.id <> m.id",
    );
    assert_eq!(search(&nurse, "needle").expect(200)["results"], json!([]));
    assert_eq!(audited(&app, "crypto.integrity_failure", "failed"), 1);
}

#[test]
fn k04_searches_have_a_budget_of_their_own() {
    let app = TestApp::builder().with_searches_per_minute(5).start();
    let nurse = app.staff(Role::Nurse);
    (0..5).for_each(|_| drop(search(&nurse, "x").expect(200)));
    search(&nurse, "x").refused(429, "rate_limited");
    nurse.get(&format!("{STAFF}/threads")).expect(200);
    nurse.get(&format!("{STAFF}/threads?search=x")).refused(429, "rate_limited");
    let ana = app.patient("Ana Silva");
    (0..5).for_each(|_| drop(ana.get(&format!("{PORTAL}/threads?search=x")).expect(200)));
    ana.get(&format!("{PORTAL}/threads?search=x")).refused(429, "rate_limited");
    ana.get(&format!("{PORTAL}/threads")).expect(200);
}

#[test]
fn recent_searches_are_ones_own_and_can_be_forgotten() {
    let app = TestApp::start();
    let (nurse, other) = (app.staff(Role::Nurse), app.staff(Role::Nurse));
    let path = format!("{STAFF}/search/recent");
    for query in ["rash", "from:me", "rash"] {
        app.clock().advance(chrono::Duration::seconds(1));
        nurse.post(&path, &json!({ "query": query })).expect(204);
    }
    let queries = |person: &Person| -> Vec<String> {
        let recent = person.get(&path).expect(200);
        let recent = recent["recent"].as_array().unwrap().iter();
        recent.map(|one| one["query"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(queries(&nurse), ["rash", "from:me"]);
    assert!(queries(&other).is_empty());
    let suggested = nurse.get(&format!("{STAFF}/search/suggestions?q=ra")).expect(200);
    assert_eq!(suggested["suggestions"][0]["kind"], "recent");
    for query in [" ", "\u{200b}", "a\0b", "a\nb", &"x".repeat(201)] {
        nurse.post(&path, &json!({ "query": query })).refused(422, "validation_failed");
    }
    assert_eq!(queries(&nurse), ["rash", "from:me"]);
    nurse.delete(&path).expect(204);
    assert!(queries(&nurse).is_empty());
    assert_eq!(app.number_of("SELECT count(*) FROM recent_search WHERE octet_length(query_enc) > 0"), 0);
}

#[test]
fn suggestions_complete_operators_values_people_patients_and_words() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    app.staff(Role::Auditor);
    let thread = start(&ana, "general", "Question");
    write(&ana, &thread, "hydrocortisone please").expect(201);
    app.run_worker();
    let suggested = |query: &str| -> Vec<(String, String)> {
        let found = nurse.get(&format!("{STAFF}/search/suggestions?q={}", encoded(query))).expect(200);
        let all = found["suggestions"].as_array().unwrap().iter();
        all.map(|one| (one["kind"].as_str().unwrap().to_owned(), one["query"].as_str().unwrap().to_owned()))
            .collect()
    };
    let pair = |kind: &str, query: &str| (kind.to_owned(), query.to_owned());
    assert!(suggested("rash fr").contains(&pair("operator", "rash from:")));
    assert!(suggested("category:me").contains(&pair("value", "category:medical ")));
    assert!(suggested("from:some").contains(&pair("person", "from:\"Somebody nurse\" ")));
    let auditor = |(_, query): &(String, String)| query.contains("auditor");
    assert!(!suggested("from:some").iter().any(auditor), "who writes nothing");
    assert!(suggested("itch from:sil").contains(&pair("patient", "itch from:\"Ana Silva\" ")));
    assert!(!suggested("assigned:sil").iter().any(|(kind, _)| kind == "patient"));
    assert!(suggested("itch sil").contains(&pair("patient", "itch \"Ana Silva\" ")));
    assert!(suggested("hydro").contains(&pair("word", "hydrocortisone ")));
}

#[test]
fn a_thread_opens_around_a_message_and_pages_both_ways() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Long");
    for n in 1..20 {
        write(&ana, &thread, &format!("m{n}")).expect(201);
        note(&nurse, &thread, "Canarynote").expect(201);
    }
    let ids = |page: &Value| -> Vec<String> {
        let messages = page["messages"].as_array().unwrap().iter();
        messages.map(|message| message["id"].as_str().unwrap().to_owned()).collect()
    };
    for (person, side) in [(&nurse, STAFF), (&ana, PORTAL)] {
        let path = format!("{side}/threads/{thread}");
        let all = ids(&person.get(&format!("{path}?limit=100")).expect(200));
        let target = &all[all.len() / 2];
        let around = person.get(&format!("{path}?limit=6&around={target}")).expect(200);
        assert_eq!(ids(&around).len(), 6);
        assert!(ids(&around)[1..5].contains(target));
        assert_eq!(
            (&around["pagination"]["hasMore"], &around["pagination"]["hasNewer"]),
            (&json!(true), &json!(true))
        );
        let mut walked = ids(&around);
        let mut page = around.clone();
        while let Some(cursor) = page["pagination"]["newerCursor"].as_str() {
            page = person.get(&format!("{path}?limit=6&cursor={cursor}")).expect(200);
            walked.extend(ids(&page));
        }
        let mut page = around;
        while let Some(cursor) = page["pagination"]["nextCursor"].as_str() {
            page = person.get(&format!("{path}?limit=6&cursor={cursor}")).expect(200);
            walked.splice(0..0, ids(&page));
        }
        assert_eq!(walked, all);
        let both = format!("{path}?around={target}&cursor=x");
        person.get(&both).refused(422, "validation_failed");
        person.get(&format!("{path}?around={}", unused_id())).refused(400, "invalid_cursor");
    }
    let noted = opened(&nurse, &thread)["messages"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|message| message["isInternalNote"] == true)
        .unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    ana.get(&format!("{PORTAL}/threads/{thread}?around={noted}")).refused(400, "invalid_cursor");
}
