//! The search against a plain matcher that knows every text: same messages, same order, for every role.
//!
//! `THREADWELL_SEARCH_MESSAGES` says of how many messages, `THREADWELL_SEARCH_SEED` of which.

mod model;
mod queries;

use self::model::{Model, ModelMessage, ModelThread};
use self::queries::query;
use crate::search::encoded;
use crate::support::{STAFF, change, start};
use serde_json::json;
use threadwell_application::access::{Access, Action, Caller, Credential, RequestContext};
use threadwell_application::ports::{Clock, NewMessage, Sender};
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
