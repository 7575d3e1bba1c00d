//! Every badge against a plain model: many people act at random, and after each batch all numbers that anybody sees are
//! those that a reader of the rules would count.

mod model;
mod random;

use crate::support::{PORTAL, STAFF};
use model::{Act, Entry, Member, Model, Outcome, To};
use random::Random;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

const CATEGORIES: [&str; 6] = ["general", "prescription", "appointment", "billing", "medical", "other"];
const STATUSES: [&str; 4] = ["open", "in-progress", "waiting-patient", "waiting-provider"];
const PRIORITIES: [&str; 4] = ["low", "normal", "high", "urgent"];
const BATCH: usize = 50;

/// An act that can still be taken back: by whom, with what, and what its threads were.
struct Undoable {
    staff: usize,
    token: Value,
    act: Act,
    before: Vec<(usize, model::Line)>,
}

struct World {
    app: TestApp,
    staff: Vec<Person>,
    patients: Vec<Person>,
    model: Model,
    random: Random,
    undoable: Vec<Undoable>,
}

#[test]
fn every_badge_is_what_a_plain_model_counts() {
    let acts = std::env::var("BADGE_ACTS").map_or(1_500, |count| count.parse().unwrap());
    let seed = std::env::var("BADGE_SEED").map_or(0x7715, |seed| seed.parse().unwrap());
    let mut world = World::set(seed);
    for number in 1..=acts {
        world.step();
        if number % BATCH == 0 || number == acts {
            world.compare(number);
        }
    }
}

impl World {
    fn set(seed: u64) -> Self {
        let app = TestApp::start();
        let roles = [Role::Admin, Role::Provider, Role::Nurse, Role::Nurse, Role::FrontDesk, Role::Billing];
        let staff: Vec<Person> = roles.iter().map(|role| app.staff(*role)).collect();
        let patients: Vec<Person> =
            ["Ana Silva", "Ben Okafor", "Li Wei"].iter().map(|name| app.patient(name)).collect();
        let members = staff.iter().zip(roles).map(|(person, role)| Member {
            id: person.id.to_string(),
            sees: words(&person.get("/api/auth/me").expect(200)["categories"]),
            approves: matches!(role, Role::Admin | Role::Provider),
        });
        let model = Model::of(members.collect(), &staff[0].get("/api/teams").expect(200)["teams"]);
        let random = Random::new(seed);
        Self { app, staff, patients, model, random, undoable: Vec::new() }
    }

    fn step(&mut self) {
        match self.random.below(20) {
            0..=2 => self.patient_starts(),
            3..=5 => self.patient_writes(),
            6 => self.patient_reads(),
            7..=9 => self.staff_reply(),
            10..=11 => self.note(),
            12 => self.correct_category(),
            13 => self.read_notifications(),
            14..=15 => self.take_back(),
            16 => self.single_act(),
            _ => self.bulk_act(),
        }
    }

    fn patient_starts(&mut self) {
        let patient = self.random.below(self.patients.len());
        let category = CATEGORIES[self.random.below(6)];
        let body = json!({ "subject": "Question", "category": category, "messageText": "Hello" });
        let id =
            self.patients[patient].post(&format!("{PORTAL}/threads"), &body).expect(201)["threadId"].clone();
        self.model.start(id.as_str().unwrap(), patient, category);
    }

    fn patient_writes(&mut self) {
        let Some(line) = self.any_line() else { return };
        let (patient, id) = (self.model.lines[line].patient, self.model.lines[line].id.clone());
        let path = format!("{PORTAL}/threads/{id}/messages");
        self.patients[patient].post(&path, &json!({ "messageText": "More" })).expect(201);
        self.model.patient_wrote(line);
    }

    fn patient_reads(&mut self) {
        let Some(line) = self.any_line() else { return };
        let (patient, id) = (self.model.lines[line].patient, self.model.lines[line].id.clone());
        self.patients[patient].post_empty(&format!("{PORTAL}/threads/{id}/mark-read")).expect(204);
        self.model.lines[line].patient_read();
    }

    fn staff_reply(&mut self) {
        let (Some(line), staff) = (self.any_line(), self.random.below(self.staff.len())) else { return };
        let closes = self.random.below(4) == 0;
        let mut body = json!({ "messageText": "An answer" });
        if closes {
            body["then"] = json!("close");
        }
        if self.send(staff, line, &body).status == 201 {
            self.model.replied(line, staff, closes);
        }
    }

    fn note(&mut self) {
        let (Some(line), staff) = (self.any_line(), self.random.below(self.staff.len())) else { return };
        let whom: Vec<usize> =
            (0..self.random.below(3)).map(|_| self.random.below(self.staff.len())).collect();
        let ids: Vec<_> = whom.iter().map(|one| self.staff[*one].id).collect();
        let body = json!({ "messageText": "Among us", "isInternalNote": true, "mentions": ids });
        if self.send(staff, line, &body).status == 201 {
            self.model.noted(line, staff, &whom);
        }
    }

    fn send(&self, staff: usize, line: usize, body: &Value) -> Answer {
        let id = &self.model.lines[line].id;
        self.staff[staff].post(&format!("{STAFF}/threads/{id}/messages"), body)
    }

    fn correct_category(&mut self) {
        let (Some(line), staff) = (self.any_line(), self.random.below(self.staff.len())) else { return };
        let category = CATEGORIES[self.random.below(6)];
        let path = format!("{STAFF}/threads/{}", self.model.lines[line].id);
        if self.staff[staff].put(&path, &json!({ "category": category })).status == 200 {
            self.model.moved_to(line, category);
        }
    }

    fn read_notifications(&mut self) {
        let staff = self.random.below(self.staff.len());
        let mark = "/api/notifications/mark-read";
        if self.random.below(6) == 0 {
            self.staff[staff].post(mark, &json!({ "all": true })).expect(204);
            return self.model.read_all_news(staff);
        }
        let listed = self.staff[staff].get("/api/notifications?unreadOnly=true&limit=1").expect(200);
        if let Some(one) = listed["notifications"].as_array().unwrap().first() {
            self.staff[staff].post(mark, &json!({ "ids": [one["id"]] })).expect(204);
            self.model.read_news_of(staff, one["threadId"].as_str().unwrap(), one["kind"] == "mention");
        }
    }

    /// An act by an address of its own; refused or not, as the server says.
    fn single_act(&mut self) {
        let (Some(line), staff) = (self.any_line(), self.random.below(self.staff.len())) else { return };
        let act = self.any_act();
        let path = format!("{STAFF}/threads/{}", self.model.lines[line].id);
        let person = &self.staff[staff];
        let answer = match &act {
            Act::Close => person.post_empty(&format!("{path}/close")),
            Act::Reopen => person.post_empty(&format!("{path}/reopen")),
            Act::Archive => person.post_empty(&format!("{path}/archive")),
            Act::Unarchive => person.post_empty(&format!("{path}/unarchive")),
            Act::MarkRead => person.post_empty(&format!("{path}/mark-read")),
            Act::MarkUnread => person.post_empty(&format!("{path}/mark-unread")),
            Act::Assign(_) | Act::Status(_) | Act::Priority(_) => {
                let mut change = self.body_of(&act);
                change.as_object_mut().unwrap().remove("type");
                person.put(&path, &change)
            }
        };
        if answer.status < 300 {
            self.model.done(line, staff, &act, Outcome::Done);
        }
    }

    fn bulk_act(&mut self) {
        let staff = self.random.below(self.staff.len());
        let mut lines: Vec<usize> = (0..=self.random.below(6)).filter_map(|_| self.any_line()).collect();
        lines.sort_unstable();
        lines.dedup();
        if lines.is_empty() {
            return;
        }
        let act = self.any_act();
        let ids: Vec<&str> = lines.iter().map(|line| self.model.lines[*line].id.as_str()).collect();
        let answer = crate::bulk::bulk(&self.staff[staff], &ids, &self.body_of(&act)).expect(200);
        let mut before = Vec::new();
        for (line, result) in lines.iter().zip(answer["results"].as_array().unwrap()) {
            let was = self.model.lines[*line].clone();
            match result["outcome"].as_str().unwrap() {
                "done" => {
                    before.push((*line, was));
                    self.model.done(*line, staff, &act, Outcome::Done);
                }
                "unchanged" => self.model.done(*line, staff, &act, Outcome::Unchanged),
                _ => {}
            }
        }
        if answer["undoToken"].is_string() {
            self.undoable.push(Undoable { staff, token: answer["undoToken"].clone(), act, before });
        }
    }

    fn take_back(&mut self) {
        if self.undoable.is_empty() {
            return;
        }
        let latest = self.undoable.len() - 1;
        let chosen = latest - self.random.below(self.undoable.len().min(3));
        let Undoable { staff, token, act, before } = self.undoable.remove(chosen);
        let answer = crate::bulk::undo(&self.staff[staff], &token).expect(200);
        for ((line, was), result) in before.iter().zip(answer["results"].as_array().unwrap()) {
            assert_eq!(result["threadId"], json!(was.id));
            if result["outcome"] == "done" {
                self.model.taken_back(*line, staff, &act, was);
            }
        }
    }

    fn any_line(&mut self) -> Option<usize> {
        // Mostly the newest: that is where things happen.
        let count = self.model.lines.len();
        let within = if self.random.below(3) == 0 { count } else { count.min(12) };
        (count > 0).then(|| count - 1 - self.random.below(within))
    }

    fn any_act(&mut self) -> Act {
        match self.random.below(11) {
            0 => Act::Assign(None),
            1..=2 => Act::Assign(Some(To::Person(self.random.below(self.staff.len())))),
            3 => Act::Assign(Some(To::Team(self.random.below(self.model.teams.len())))),
            4 => Act::Status(STATUSES[self.random.below(4)].to_owned()),
            5 => Act::Close,
            6 => Act::Reopen,
            7 => Act::Archive,
            8 => Act::Priority(PRIORITIES[self.random.below(4)].to_owned()),
            9 => Act::MarkRead,
            _ if self.random.below(2) == 0 => Act::Unarchive,
            _ => Act::MarkUnread,
        }
    }

    fn body_of(&self, act: &Act) -> Value {
        match act {
            Act::Assign(None) => json!({ "type": "assign", "assignedTo": null }),
            Act::Assign(Some(To::Person(one))) => {
                json!({ "type": "assign", "assignedTo": self.staff[*one].id })
            }
            Act::Assign(Some(To::Team(one))) => {
                json!({ "type": "assign", "assignedTeam": self.model.teams[*one].id })
            }
            Act::Status(status) => json!({ "type": "status", "status": status }),
            Act::Priority(priority) => json!({ "type": "priority", "priority": priority }),
            Act::Close => json!({ "type": "close" }),
            Act::Reopen => json!({ "type": "reopen" }),
            Act::Archive => json!({ "type": "archive" }),
            Act::Unarchive => json!({ "type": "unarchive" }),
            Act::MarkRead => json!({ "type": "mark-read" }),
            Act::MarkUnread => json!({ "type": "mark-unread" }),
        }
    }

    fn compare(&self, acts: usize) {
        for (number, person) in self.staff.iter().enumerate() {
            let asked = |path: &str| person.get(&format!("{STAFF}/{path}")).expect(200);
            assert_eq!(asked("unread-count"), self.model.unread(number), "{acts} acts, {number}");
            assert_eq!(asked("inbox-counts"), self.model.inbox(number), "{acts} acts, {number}");
            assert_eq!(asked("statistics"), self.model.statistics(number), "{acts} acts, {number}");
            let news = person.get("/api/notifications?limit=1").expect(200)["unread"].clone();
            assert_eq!(news, self.model.news(number), "{acts} acts, {number}");
        }
        for (number, person) in self.patients.iter().enumerate() {
            let count = person.get(&format!("{PORTAL}/unread-count")).expect(200);
            assert_eq!(count, self.model.unread_by_patient(number), "{acts} acts, patient {number}");
        }
        let notes = self.model.lines.iter().flat_map(|line| &line.entries);
        let stored = self.app.number_of("SELECT count(*) FROM message WHERE is_internal");
        assert_eq!(stored, i64::try_from(notes.filter(|entry| **entry == Entry::Note).count()).unwrap());
    }
}

fn words(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}
