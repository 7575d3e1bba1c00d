//! What the rules say, in the plainest words: lists, and loops over them.

use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// A member of the staff.
pub(super) struct Member {
    pub(super) id: String,
    pub(super) sees: Vec<String>,
    pub(super) approves: bool,
}

/// A team, by the numbers of its members.
pub(super) struct Group {
    pub(super) id: String,
    duty: Vec<String>,
    members: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum To {
    Person(usize),
    Team(usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Entry {
    Patient,
    Staff,
    System,
    Note,
}

/// A thread.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) patient: usize,
    category: String,
    status: String,
    assignee: Option<To>,
    priority: String,
    archived: bool,
    unread: bool,
    pub(super) entries: Vec<Entry>,
    /// How far each of the staff has read.
    read: HashMap<usize, usize>,
    read_by_patient: usize,
}

/// Word to one member of the staff.
struct News {
    to: usize,
    line: usize,
    is_mention: bool,
    is_read: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Act {
    Assign(Option<To>),
    Status(String),
    Close,
    Reopen,
    Archive,
    Unarchive,
    Priority(String),
    MarkRead,
    MarkUnread,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    Unchanged,
}

pub(super) struct Model {
    members: Vec<Member>,
    pub(super) teams: Vec<Group>,
    pub(super) lines: Vec<Line>,
    news: Vec<News>,
}

impl Line {
    fn place_of_last(&self, is_such: impl Fn(Entry) -> bool) -> usize {
        self.entries.iter().rposition(|entry| is_such(*entry)).map_or(0, |index| index + 1)
    }

    pub(super) fn patient_read(&mut self) {
        let end = self.place_of_last(|entry| entry != Entry::Note);
        self.read_by_patient = self.read_by_patient.max(end);
    }

    fn is_open(&self) -> bool {
        self.status != "closed"
    }

    fn unread_messages(&self) -> usize {
        let read = self.read.values().copied().max().unwrap_or(0);
        self.entries.iter().skip(read).filter(|entry| **entry == Entry::Patient).count()
    }
}

impl Model {
    pub(super) fn of(members: Vec<Member>, teams: &Value) -> Self {
        let number = |id: &Value| members.iter().position(|member| id == &json!(member.id)).unwrap();
        let teams = teams.as_array().unwrap().iter().map(|team| Group {
            id: team["id"].as_str().unwrap().to_owned(),
            duty: super::words(&team["categories"]),
            members: team["members"].as_array().unwrap().iter().map(|one| number(&one["id"])).collect(),
        });
        Self { teams: teams.collect(), members, lines: Vec::new(), news: Vec::new() }
    }

    pub(super) fn start(&mut self, id: &str, patient: usize, category: &str) {
        let answered = ["prescription", "appointment", "medical"].contains(&category);
        let priority = match category {
            "general" | "billing" => "low",
            "medical" => "high",
            _ => "normal",
        };
        let entries = if answered { vec![Entry::Patient, Entry::System] } else { vec![Entry::Patient] };
        self.lines.push(Line {
            id: id.to_owned(),
            patient,
            category: category.to_owned(),
            status: "open".to_owned(),
            assignee: None,
            priority: priority.to_owned(),
            archived: false,
            unread: true,
            read_by_patient: entries.len(),
            entries,
            read: HashMap::new(),
        });
    }

    pub(super) fn patient_wrote(&mut self, line: usize) {
        let line = &mut self.lines[line];
        match line.status.as_str() {
            "closed" => (line.status, line.archived) = ("open".to_owned(), false),
            "waiting-patient" => line.status = "in-progress".to_owned(),
            _ => {}
        }
        line.entries.push(Entry::Patient);
        line.unread = true;
        line.read_by_patient = line.entries.len();
    }

    pub(super) fn replied(&mut self, line: usize, staff: usize, closes: bool) {
        let approves = self.members[staff].approves;
        let one = &mut self.lines[line];
        one.entries.push(Entry::Staff);
        if one.status != "waiting-provider" || approves {
            one.status = "waiting-patient".to_owned();
        }
        if closes {
            one.status = "closed".to_owned();
        }
        self.read_to_the_end(line, staff);
    }

    pub(super) fn noted(&mut self, line: usize, staff: usize, whom: &[usize]) {
        self.lines[line].entries.push(Entry::Note);
        let told: BTreeSet<usize> = whom.iter().copied().filter(|one| *one != staff).collect();
        self.news.extend(told.into_iter().map(|to| News { to, line, is_mention: true, is_read: false }));
    }

    pub(super) fn moved_to(&mut self, line: usize, category: &str) {
        category.clone_into(&mut self.lines[line].category);
        let can_take = match self.lines[line].assignee {
            None => true,
            Some(To::Person(one)) => self.sees(one, category),
            Some(To::Team(team)) => self.teams[team].members.iter().any(|one| self.sees(*one, category)),
        };
        if !can_take {
            self.assign(line, None, None);
        }
    }

    fn sees(&self, staff: usize, category: &str) -> bool {
        self.members[staff].sees.iter().any(|seen| seen == category)
    }

    fn read_to_the_end(&mut self, line: usize, staff: usize) {
        let end = self.lines[line].entries.len();
        self.lines[line].read.insert(staff, end);
        self.lines[line].unread = false;
        self.read_news(|news| news.to == staff && news.line == line);
    }

    fn read_news(&mut self, is_such: impl Fn(&News) -> bool) {
        self.news.iter_mut().filter(|news| is_such(news)).for_each(|news| news.is_read = true);
    }

    pub(super) fn read_all_news(&mut self, staff: usize) {
        self.read_news(|news| news.to == staff);
    }

    /// The newest of a kind and thread was read: which one of several equal ones does not matter.
    pub(super) fn read_news_of(&mut self, staff: usize, thread: &str, is_mention: bool) {
        let lines = &self.lines;
        let found = self.news.iter_mut().rfind(|news| {
            news.to == staff
                && !news.is_read
                && news.is_mention == is_mention
                && lines[news.line].id == thread
        });
        found.unwrap().is_read = true;
    }

    /// Gives a thread to somebody, by somebody.
    fn assign(&mut self, line: usize, to: Option<To>, by: Option<usize>) {
        let former = self.lines[line].assignee;
        if former == to {
            return;
        }
        self.withdraw(line, former);
        self.lines[line].assignee = to;
        if to.is_some() && self.lines[line].status == "open" {
            self.lines[line].status = "in-progress".to_owned();
        }
        if let Some(To::Person(to)) = to.filter(|to| by.is_none_or(|by| *to != To::Person(by))) {
            self.news.push(News { to, line, is_mention: false, is_read: false });
        }
    }

    fn withdraw(&mut self, line: usize, former: Option<To>) {
        if let Some(To::Person(former)) = former {
            self.read_news(|news| news.to == former && news.line == line && !news.is_mention);
        }
    }

    pub(super) fn done(&mut self, line: usize, staff: usize, act: &Act, outcome: Outcome) {
        match act {
            Act::MarkRead => {
                // What was read already may still have had word to be read.
                let was_read = self.lines[line].unread;
                self.read_to_the_end(line, staff);
                assert!(outcome == Outcome::Done || !was_read, "nothing unread is left unchanged");
            }
            _ if outcome == Outcome::Unchanged => {}
            Act::Assign(to) => self.assign(line, *to, Some(staff)),
            Act::Status(status) => self.lines[line].status.clone_from(status),
            Act::Close => self.lines[line].status = "closed".to_owned(),
            Act::Reopen => {
                (self.lines[line].status, self.lines[line].archived) = ("open".to_owned(), false);
            }
            Act::Archive => self.lines[line].archived = true,
            Act::Unarchive => self.lines[line].archived = false,
            Act::Priority(priority) => self.lines[line].priority.clone_from(priority),
            Act::MarkUnread => {}
        }
    }

    pub(super) fn taken_back(&mut self, line: usize, staff: usize, act: &Act, was: &Line) {
        let one = &mut self.lines[line];
        match act {
            Act::Assign(_) => {
                let given = one.assignee;
                (one.status, one.assignee) = (was.status.clone(), was.assignee);
                self.withdraw(line, given);
            }
            Act::Status(_) | Act::Close | Act::Reopen => {
                (one.status, one.archived) = (was.status.clone(), was.archived);
            }
            Act::Archive | Act::Unarchive => one.archived = was.archived,
            Act::Priority(_) => one.priority.clone_from(&was.priority),
            Act::MarkRead => {
                match was.read.get(&staff) {
                    Some(place) => one.read.insert(staff, *place),
                    None => one.read.remove(&staff),
                };
                let last = one.place_of_last(|entry| entry == Entry::Patient);
                one.unread = was.unread && !one.read.iter().any(|(who, read)| *who != staff && *read >= last);
            }
            Act::MarkUnread => {}
        }
    }

    fn count(&self, staff: usize, is_such: impl Fn(&Line) -> bool) -> Value {
        let seen = self.lines.iter().filter(|line| !line.archived && self.sees(staff, &line.category));
        up_to(99, seen.filter(|line| is_such(line)).count())
    }

    pub(super) fn unread(&self, staff: usize) -> Value {
        self.count(staff, |line| line.unread && line.is_open())
    }

    pub(super) fn inbox(&self, staff: usize) -> Value {
        let mine: Vec<usize> =
            (0..self.teams.len()).filter(|team| self.teams[*team].members.contains(&staff)).collect();
        let is_my_teams = |line: &Line| match line.assignee {
            Some(To::Team(team)) => mine.contains(&team),
            Some(To::Person(_)) => false,
            None => mine.iter().any(|team| self.teams[*team].duty.contains(&line.category)),
        };
        let is = |status: &'static str| move |line: &Line| line.status == status;
        json!({
            "open": self.count(staff, Line::is_open),
            "mine": self.count(staff, |line| line.is_open() && line.assignee == Some(To::Person(staff))),
            "myTeams": self.count(staff, |line| line.is_open() && is_my_teams(line)),
            "unassigned": self.count(staff, |line| line.is_open() && line.assignee.is_none()),
            "urgent": self.count(staff, |line| line.is_open() && line.priority == "urgent"),
            "needsReply": self.count(staff, |line| is("open")(line) || is("in-progress")(line)),
            "waitingProvider": self.count(staff, is("waiting-provider")),
            "waitingPatient": self.count(staff, is("waiting-patient")),
            "unread": self.unread(staff),
        })
    }

    pub(super) fn statistics(&self, staff: usize) -> Value {
        let seen: Vec<&Line> =
            self.lines.iter().filter(|line| !line.archived && self.sees(staff, &line.category)).collect();
        let patients: BTreeSet<usize> = seen.iter().map(|line| line.patient).collect();
        let public = |line: &&Line| line.entries.iter().filter(|entry| **entry != Entry::Note).count();
        let waiting = seen.iter().filter(|line| line.unread && line.is_open());
        json!({
            "conversations": up_to(10_000, seen.len()),
            "unreadMessages": up_to(99, waiting.map(|line| line.unread_messages()).sum()),
            "uniquePatients": up_to(10_000, patients.len()),
            "messages": up_to(10_000, seen.iter().map(public).sum()),
        })
    }

    pub(super) fn news(&self, staff: usize) -> Value {
        let own = self.news.iter().filter(|news| news.to == staff && !news.is_read);
        up_to(99, own.filter(|news| self.sees(staff, &self.lines[news.line].category)).count())
    }

    pub(super) fn unread_by_patient(&self, patient: usize) -> Value {
        let own =
            self.lines.iter().filter(|line| line.patient == patient && !line.archived && line.is_open());
        let has_news =
            |line: &&Line| line.place_of_last(|entry| entry == Entry::Staff) > line.read_by_patient;
        up_to(99, own.filter(has_news).count())
    }
}

fn up_to(cap: usize, count: usize) -> Value {
    json!({ "count": count.min(cap), "capped": count > cap })
}
