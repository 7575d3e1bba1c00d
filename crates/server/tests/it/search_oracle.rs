//! The search against a plain matcher that knows every text: same messages, same order, for every role.
//!
//! `THREADWELL_SEARCH_MESSAGES` says of how many messages, `THREADWELL_SEARCH_SEED` of which.

use crate::search::encoded;
use crate::support::{STAFF, change, start};
use serde_json::json;
use std::collections::BTreeSet;
use threadwell_application::access::{Access, Action, Caller, Credential, RequestContext};
use threadwell_application::ports::{Clock, NewMessage, Sender};
use threadwell_crypto::stems;
use threadwell_domain::access::Role;
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::Seq;
use threadwell_domain::{AccountId, MessageId, Moment, StaffId, ThreadId};
use threadwell_testkit::{Person, RIVERSIDE, TestApp};
use uuid::{Builder, Uuid};

const WORDS: [&str; 40] = [
    "rash",
    "rashes",
    "arm",
    "cream",
    "itching",
    "itches",
    "refill",
    "refills",
    "please",
    "doctor",
    "señora",
    "inyección",
    "inyecciones",
    "receta",
    "recetas",
    "piel",
    "brazo",
    "gracias",
    "alergia",
    "alergias",
    "left",
    "right",
    "swollen",
    "swelling",
    "pharmacy",
    "insurance",
    "bill",
    "billing",
    "appointment",
    "monday",
    "Ana",
    "Silva",
    "hydrocortisone",
    "tretinoin",
    "皮膚",
    "王小明",
    "湿疹好多了",
    "x-ray",
    "O'Brien",
    "2026",
];
const SUBJECTS: [&str; 6] =
    ["Refill of cream", "Rash on the arm", "Cita del lunes", "Billing question", "湿疹", "Left arm swelling"];
const CATEGORIES: [&str; 6] = ["general", "prescription", "appointment", "billing", "medical", "other"];

/// A small source of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

struct ModelThread {
    id: String,
    patient: &'static str,
    subject: String,
    category: &'static str,
    status: &'static str,
    is_nurses: bool,
    is_archived: bool,
}

struct ModelMessage {
    id: Uuid,
    thread: usize,
    text: String,
    is_note: bool,
    by_patient: bool,
    has_files: bool,
    sent_at: Moment,
}

type Passes = Box<dyn Fn(&ModelMessage, &ModelThread) -> bool>;

/// A filter as it is typed, and whether a message passes it.
struct Narrowing {
    text: String,
    passes: Passes,
}

/// A text cut into folded words, in the plainest way.
fn words(text: &str) -> Vec<String> {
    let is_han = |c: char| c >= '\u{3400}';
    let mut words: Vec<String> = vec![String::new()];
    let mut was_han = false;
    for c in text.to_lowercase().chars() {
        let c = match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            'ñ' => 'n',
            other => other,
        };
        if !c.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        if is_han(c) != was_han {
            words.push(String::new());
        }
        was_han = is_han(c);
        words.last_mut().unwrap().push(c);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether the words stand in a row, each compared as told.
fn in_a_row(asked: &[String], text: &str, same: &dyn Fn(usize, &str) -> bool) -> bool {
    let words = words(text);
    words.windows(asked.len()).any(|row| row.iter().enumerate().all(|(place, word)| same(place, word)))
}

fn is_run(word: &str) -> bool {
    word.chars().any(|c| c >= '\u{3400}')
}

/// A word of a query, a phrase, or one that must not be there.
struct Asked {
    words: Vec<String>,
    is_excluded: bool,
    is_open: bool,
}

impl Asked {
    fn in_text(&self, text: &str) -> bool {
        let stems_of = |word: &str| -> BTreeSet<String> { stems::stems(word) };
        in_a_row(&self.words, text, &|place, word| {
            let asked = &self.words[place];
            let is_last = place + 1 == self.words.len();
            if is_run(asked) {
                return word.contains(asked.as_str());
            }
            let begins =
                self.is_open && is_last && asked.chars().count() >= 2 && word.starts_with(asked.as_str());
            begins || word == asked || (!is_run(word) && !stems_of(asked).is_disjoint(&stems_of(word)))
        })
    }

    fn around(&self, text: &str) -> bool {
        in_a_row(&self.words, text, &|place, word| {
            let asked = &self.words[place];
            if is_run(asked) { word.contains(asked.as_str()) } else { word.starts_with(asked.as_str()) }
        })
    }
}

struct Model {
    threads: Vec<ModelThread>,
    messages: Vec<ModelMessage>,
}

impl Model {
    fn expected(&self, asked: &[Asked], filters: &[Narrowing], sees: &[&str]) -> Vec<Uuid> {
        let meets = |message: &ModelMessage| {
            let thread = &self.threads[message.thread];
            let around = |term: &Asked| term.around(&thread.subject) || term.around(thread.patient);
            let has = |term: &Asked| term.in_text(&message.text) || around(term);
            filters.iter().all(|filter| (filter.passes)(message, thread))
                && sees.contains(&thread.category)
                && asked.iter().all(|term| has(term) != term.is_excluded)
                && asked.iter().any(|term| !term.is_excluded && term.in_text(&message.text))
        };
        let mut found: Vec<Uuid> =
            self.messages.iter().filter(|message| meets(message)).map(|message| message.id).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    }
}

fn operator() -> Caller {
    let request =
        RequestContext { request_id: Uuid::now_v7(), ip: None, is_activity: false, tenant_assertion: None };
    Caller { credential: Credential::Operator(RIVERSIDE), request }
}

/// The times of so many messages, oldest first, as ids and as moments: a year of hurries and pauses up to now.
fn past(now: Moment, count: usize, dice: &mut Dice) -> Vec<(Uuid, Moment)> {
    const MINUTE: i64 = 60;
    let crowding = i64::try_from(count / 1_200).unwrap().max(1);
    let mut ago = 1;
    let mut moments: Vec<_> = (0..count)
        .map(|_| {
            let pause = match dice.below(400) {
                0 => 80 * 24 * 60 * MINUTE,
                1..=4 => 5 * 24 * 60 * MINUTE,
                5..=40 => 3 * 60 * MINUTE,
                _ => MINUTE,
            };
            ago += pause / crowding;
            let moment = now - chrono::Duration::seconds(ago);
            let millis = u64::try_from(moment.timestamp_millis()).unwrap();
            let id = Builder::from_unix_timestamp_millis(millis, &noise(dice)).into_uuid();
            (id, moment)
        })
        .collect();
    moments.reverse();
    moments
}

fn noise(dice: &mut Dice) -> [u8; 10] {
    std::array::from_fn(|_| u8::try_from(dice.below(256)).unwrap())
}

/// Writes so many messages into the threads, past the rules that say who may send when.
fn fill(app: &TestApp, dice: &mut Dice, model: &mut Model, people: (&Person, &[Person]), count: usize) {
    let (nurse, patients) = people;
    let mut places = vec![100; model.threads.len()];
    let moments = past(app.clock().now(), count, dice);
    for batch in moments.chunks(250) {
        app.store()
            .transact(&Access::to(&operator(), Action::Provision), |tx| {
                for (id, sent_at) in batch.iter().copied() {
                    let thread = dice.below(model.threads.len());
                    let length = 1 + dice.below(12);
                    let text = (0..length).map(|_| dice.pick(&WORDS)).collect::<Vec<_>>().join(" ");
                    let is_note = dice.below(4) == 0;
                    let by_patient = !is_note && dice.below(2) == 0;
                    let author = &patients[thread % patients.len()];
                    let sender = match by_patient {
                        true => Sender::Patient { account: AccountId::new(author.id), proxy: None },
                        false => Sender::Staff(StaffId::new(nurse.id)),
                    };
                    places[thread] += 1;
                    let body = MessageBody::parse(&text).unwrap();
                    let has_files = dice.below(10) == 0;
                    tx.messages().add(&NewMessage {
                        id: MessageId::new(id),
                        thread: ThreadId::new(model.threads[thread].id.parse().unwrap()),
                        seq: Seq(places[thread]),
                        sender,
                        body: &body,
                        is_internal: is_note,
                        mentions: &[],
                        attachments: usize::from(has_files),
                        sent_at,
                    })?;
                    model.messages.push(ModelMessage {
                        id,
                        thread,
                        text,
                        is_note,
                        by_patient,
                        has_files,
                        sent_at,
                    });
                }
                Ok(())
            })
            .unwrap();
    }
}

/// A random filter. Those of the nurse serve the nurse alone.
fn narrowing(app: &TestApp, dice: &mut Dice, is_nurse: bool) -> Narrowing {
    let (text, passes): (String, Passes) = match dice.below(if is_nurse { 13 } else { 11 }) {
        0 => ("in:notes".to_owned(), Box::new(|message, _| message.is_note)),
        1 => ("in:messages".to_owned(), Box::new(|message, _| !message.is_note)),
        2 => ("from:patient".to_owned(), Box::new(|message, _| message.by_patient)),
        3 => ("from:staff".to_owned(), Box::new(|message, _| !message.by_patient)),
        4 => ("has:attachment".to_owned(), Box::new(|message, _| message.has_files)),
        5 => ("is:archived".to_owned(), Box::new(|_, thread| thread.is_archived)),
        6 => ("assigned:none".to_owned(), Box::new(|_, thread| !thread.is_nurses)),
        7 => {
            let category = dice.pick(&CATEGORIES).to_owned();
            (format!("category:{category}"), Box::new(move |_, thread| thread.category == category))
        }
        8 => {
            let status = dice.pick(&["open", "in-progress", "waiting-patient", "closed"]).to_owned();
            (format!("status:{status}"), Box::new(move |_, thread| thread.status == status))
        }
        side @ 9..=10 => {
            let day = (app.clock().now() - chrono::Duration::days(1 + dice.below(300) as i64)).date_naive();
            let start = app.text_of(&format!(
                "SELECT to_json('{day}'::timestamp AT TIME ZONE time_zone)#>>'{{}}' FROM tenant WHERE id = '{RIVERSIDE}'"
            ));
            let start: Moment = start.parse().unwrap();
            match side {
                9 => (format!("before:{day}"), Box::new(move |message, _| message.sent_at < start)),
                _ => (format!("after:{day}"), Box::new(move |message, _| message.sent_at >= start)),
            }
        }
        11 => ("from:me".to_owned(), Box::new(|message, _| !message.by_patient)),
        _ => ("assigned:me".to_owned(), Box::new(|_, thread| thread.is_nurses)),
    };
    Narrowing { text, passes }
}

/// A random query: its text, and what it asks for.
fn query(
    app: &TestApp,
    dice: &mut Dice,
    model: &Model,
    is_nurse: bool,
) -> (String, Vec<Asked>, Vec<Narrowing>) {
    let mut filters: Vec<Narrowing> = (0..dice.below(3)).map(|_| narrowing(app, dice, is_nurse)).collect();
    // Two of a kind widen each other; that is said by a test of its own.
    filters.dedup_by_key(|filter| filter.text.split(':').next().unwrap_or("").to_owned());
    let (mut text, mut asked) = (String::new(), Vec::new());
    filters.iter().for_each(|filter| text.push_str(&format!("{} ", filter.text)));
    let count = 1 + dice.below(3);
    for n in 0..count {
        let is_last = n + 1 == count;
        let kind = dice.below(10);
        let source = &model.messages[dice.below(model.messages.len())].text;
        let all: Vec<&str> = source.split(' ').collect();
        let at = dice.below(all.len());
        let (piece, is_excluded, is_open) = match kind {
            0 => (format!("\"{}\"", all[at..all.len().min(at + 2)].join(" ")), false, false),
            1 if n > 0 => (format!("-{}", dice.pick(&WORDS)), true, false),
            2 => (
                dice.pick(&["silva", "sil", "王小", "oka", "refi", "cita", "arm"]).to_owned(),
                false,
                is_last,
            ),
            3 => (all[at].chars().take(1 + dice.below(5)).collect(), false, is_last),
            _ => (all[at].to_owned(), false, is_last),
        };
        let words = words(&piece);
        text.push_str(&piece);
        if !is_last {
            text.push(' ');
        }
        if !words.is_empty() {
            asked.push(Asked { words, is_excluded, is_open });
        }
    }
    (text, asked, filters)
}

/// Some threads are somebody's, answered, closed or put away when they are searched.
fn move_on(app: &TestApp, nurse: &Person, model: &mut Model) {
    for (n, thread) in model.threads.iter_mut().enumerate() {
        thread.is_nurses = n % 4 == 1;
        thread.status = ["open", "in-progress", "waiting-patient", "closed"][n / 3 % 4];
        thread.is_archived = n % 7 == 3;
    }
    for thread in &model.threads {
        let code = match thread.status {
            "open" => 0,
            "in-progress" => 1,
            "waiting-patient" => 2,
            _ => 4,
        };
        app.sql(&format!(
            "UPDATE thread SET status = {code}, closed_at = CASE WHEN {code} = 4 THEN now() END, \
             archived_at = CASE WHEN {} THEN now() END, assigned_team_id = NULL, \
             assigned_staff_id = CASE WHEN {} THEN '{}'::uuid END WHERE id = '{}'",
            thread.is_archived, thread.is_nurses, nurse.id, thread.id
        ));
    }
}

/// All pages of a search.
fn found(person: &Person, text: &str) -> Vec<Uuid> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("{STAFF}/search?limit=50&q={}{cursor}", encoded(text))).expect(200);
        let hits = page["results"].as_array().unwrap().iter();
        all.extend(hits.map(|hit| hit["message"]["id"].as_str().unwrap().parse::<Uuid>().unwrap()));
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

#[test]
fn the_search_finds_what_a_plain_matcher_finds() {
    let size = std::env::var("THREADWELL_SEARCH_MESSAGES").ok().and_then(|text| text.parse().ok());
    let size: usize = size.unwrap_or(3_000);
    let app = TestApp::start();
    let (nurse, desk, billing) =
        (app.staff(Role::Nurse), app.staff(Role::FrontDesk), app.staff(Role::Billing));
    let names = ["Ana Silva", "Ben Okafor", "王小明", "Silvia Armas"];
    let patients: Vec<Person> = names.iter().map(|name| app.patient(name)).collect();
    let seed = std::env::var("THREADWELL_SEARCH_SEED").ok().and_then(|text| text.parse().ok());
    let mut dice = Dice(seed.unwrap_or(42));
    let mut model = Model { threads: Vec::new(), messages: Vec::new() };
    for n in 0..24 {
        let (patient, category) = (n % names.len(), CATEGORIES[n % 6]);
        let subject = SUBJECTS[dice.below(SUBJECTS.len())].to_owned();
        let id = start(&patients[patient], category, &subject);
        model.threads.push(ModelThread {
            id,
            patient: names[patient],
            subject,
            category,
            status: "open",
            is_nurses: false,
            is_archived: false,
        });
    }
    let first = app.text_of("SELECT string_agg(id::text || ' ' || thread_id::text, ',') FROM message");
    for row in first.split(',') {
        let (id, thread) = row.split_once(' ').unwrap();
        let thread = model.threads.iter().position(|known| known.id == thread).unwrap();
        let is_auto = app
            .number_of(&format!("SELECT count(*) FROM message WHERE id = '{id}' AND sender_kind = 2"))
            == 1;
        if !is_auto {
            let text = "Could you help me, please?".to_owned();
            let id = id.parse().unwrap();
            let (is_note, by_patient, has_files) = (false, true, false);
            let sent_at = app.clock().now();
            let message = ModelMessage { id, thread, text, is_note, by_patient, has_files, sent_at };
            model.messages.push(message);
        }
    }
    app.sql("DELETE FROM message_search; DELETE FROM outbox WHERE kind = 2 AND message_id IN \
             (SELECT id FROM message WHERE sender_kind = 2); UPDATE outbox SET done_at = now() WHERE kind < 2");
    fill(&app, &mut dice, &mut model, (&nurse, &patients), size);
    app.run_indexer();
    // Some subjects are corrected and some threads moved after their messages were indexed.
    for n in [1, 5, 9] {
        model.threads[n].subject = "Corrected tretinoin subject".to_owned();
        let id = model.threads[n].id.clone();
        change(&nurse, &id, &json!({ "subject": "Corrected tretinoin subject" })).expect(200);
        model.threads[n + 1].category = "billing";
        let id = model.threads[n + 1].id.clone();
        change(&nurse, &id, &json!({ "category": "billing" })).expect(200);
    }
    move_on(&app, &nurse, &mut model);
    app.run_indexer();
    app.sql("ANALYZE");
    let readers: [(&Person, &[&str]); 3] =
        [(&nurse, &CATEGORIES), (&desk, &["general", "appointment", "other"]), (&billing, &["billing"])];
    let mut hits = 0;
    for round in 0..200 {
        let (text, asked, filters) = query(&app, &mut dice, &model, round % 3 == 0);
        if !asked.iter().any(|term| !term.is_excluded) {
            continue;
        }
        let (reader, sees) = readers[round % 3];
        let expected = model.expected(&asked, &filters, sees);
        assert_eq!(found(reader, &text), expected, "{text}");
        hits += expected.len();
    }
    assert!(hits > size / 10, "{hits}");
}
