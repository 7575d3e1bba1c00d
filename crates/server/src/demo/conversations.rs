//! Fills the inbox: topics, told of patients of the practice, at every stage of a conversation's life.

use super::dice::Dice;
use super::moments::{At, in_office_hours, in_waking_hours};
use super::patients::Person;
use super::practices::Cast;
use super::story::{Story, Who, story};
use super::topics::{self, PLACES, TIMES, Topic, WEEKDAYS};
use chrono::Duration;
use threadwell_domain::Moment;
use threadwell_domain::thread::{Category, Priority};

/// How far a conversation has got.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Stage {
    Fresh,
    Taken,
    Asked,
    Answered,
    Returned,
    Closed,
}

/// How far back the oldest varied conversation goes.
const DAYS_BACK: i64 = 230;

/// Retention archives closed conversations after so many days.
const ARCHIVE_AFTER_DAYS: i64 = 90;

/// The varied conversations of a practice, newest first.
pub(super) fn varied(cast: &Cast, now: Moment) -> Vec<Story> {
    let mut teller = Teller { cast, now, dice: Dice::new(cast.seed ^ 0x7661_7269_6564) };
    let topics: Vec<&Topic> = topics::all().collect();
    let own: Vec<&Person> = cast.patients.iter().filter(|person| person.has_account).collect();
    (0..cast.varied)
        .filter_map(|number| {
            let person = *teller.dice.pick(&own)?;
            let spoken: Vec<&Topic> =
                topics.iter().copied().filter(|topic| speaks(person, topic.language)).collect();
            let topic = *teller.dice.pick(&spoken)?;
            Some(teller.tell(number, person, topic))
        })
        .collect()
}

/// Who writes Spanish writes nothing else in the varied conversations; everybody else writes English.
fn speaks(person: &Person, language: &str) -> bool {
    (person.language == "es") == (language == "es")
}

struct Teller<'a> {
    cast: &'a Cast,
    now: Moment,
    dice: Dice,
}

impl Teller<'_> {
    fn tell(&mut self, number: i64, person: &Person, topic: &Topic) -> Story {
        let started = self.start_of(number);
        let stage = self.stage(topic, started);
        let blanks = self.blanks(person);
        let fill =
            |text: &str| blanks.iter().fold(text.to_owned(), |text, (blank, with)| text.replace(blank, with));
        let told = story(format!("varied-{number}"), person.key, topic.category, fill(topic.subject))
            .patient(At::Exactly(started), fill(topic.opening));
        let told = self.prioritise(told, started);
        self.go_on(told, topic, stage, started, &fill)
    }

    /// Newer conversations are denser, as they are when a practice grows.
    fn start_of(&mut self, number: i64) -> Moment {
        let minutes = DAYS_BACK * 24 * 60;
        let share = (number + 1) * (number + 1) * 1_000 / (self.cast.varied * self.cast.varied);
        let jitter = self.dice.below(600);
        in_waking_hours(self.now - Duration::minutes(45 + jitter + minutes * share / 1_000))
    }

    fn stage(&mut self, topic: &Topic, started: Moment) -> Stage {
        let days = (self.now - started).num_days();
        let clinical = matches!(topic.category, Category::Medical | Category::Prescription);
        match (days, self.dice.below(10)) {
            (0, 0..=5) => Stage::Fresh,
            (0, _) => Stage::Taken,
            (1..=3, 0..=2) => Stage::Fresh,
            (1..=6, 3) | (4..=6, 0) => Stage::Taken,
            (1..=9, 4 | 5) if clinical => Stage::Asked,
            (1..=9, 4..=6) => Stage::Returned,
            (1..=9, 7..=8) | (10..=20, 0..=2) => Stage::Answered,
            (10..=20, 3) => Stage::Returned,
            _ => Stage::Closed,
        }
    }

    fn prioritise(&mut self, told: Story, started: Moment) -> Story {
        let priority = match self.dice.below(24) {
            0 => Priority::Urgent,
            1 | 2 => Priority::High,
            3 | 4 => Priority::Low,
            _ => return told,
        };
        told.priority(At::Exactly(started + Duration::minutes(20)), priority)
    }

    fn go_on(
        &mut self,
        told: Story,
        topic: &Topic,
        stage: Stage,
        started: Moment,
        fill: &dyn Fn(&str) -> String,
    ) -> Story {
        if stage == Stage::Fresh {
            return told;
        }
        let taken = self.later(started, 240, true);
        let mut told = told.take(At::Exactly(taken), topic.who);
        if self.dice.one_in(2) || stage == Stage::Asked {
            told =
                told.note(At::Exactly(taken), topic.who, fill(topic.note), &self.mention(topic.who, stage));
        }
        if stage == Stage::Taken {
            return told;
        }
        if stage == Stage::Asked {
            return told
                .ask_provider(At::Exactly(taken), topic.who)
                .assign(At::Exactly(taken), Who::Provider);
        }
        let replied = self.later(taken, 90, true);
        let told = told.reply(At::Exactly(replied), topic.who, fill(topic.reply));
        let seen = self.later(replied, 600, false);
        let told = told.opened_by_patient(At::Exactly(seen));
        if stage == Stage::Answered {
            return told;
        }
        let told = told.patient(At::Exactly(seen), fill(topic.follow_up));
        if stage == Stage::Returned { told } else { self.end(told, topic, seen, fill) }
    }

    fn end(&mut self, told: Story, topic: &Topic, seen: Moment, fill: &dyn Fn(&str) -> String) -> Story {
        let answered = self.later(seen, 300, true);
        let told = told.reply(At::Exactly(answered), topic.who, fill(topic.answer));
        let read = self.later(answered, 900, false);
        let closed = self.later(read, 2_000, true);
        let told = told.opened_by_patient(At::Exactly(read)).close(At::Exactly(closed), topic.who);
        let archived = closed + Duration::days(ARCHIVE_AFTER_DAYS);
        if archived < self.now { told.archive(At::Exactly(archived)) } else { told }
    }

    /// A moment up to so many minutes later, in office hours where staff act and the time allows it.
    fn later(&mut self, from: Moment, minutes: i64, by_staff: bool) -> Moment {
        let plain = from + Duration::minutes(3 + self.dice.below(minutes));
        let wanted = if by_staff { in_office_hours(plain) } else { plain };
        if wanted < self.now { wanted } else { from + (self.now - from) / 3 }
    }

    fn mention(&mut self, who: Who, stage: Stage) -> Vec<Who> {
        match who {
            Who::Nurse | Who::Assistant if stage == Stage::Asked || self.dice.one_in(3) => {
                vec![Who::Provider]
            }
            _ => Vec::new(),
        }
    }

    fn blanks(&mut self, person: &Person) -> [(&'static str, String); 7] {
        let mut one = |of: &[&str]| self.dice.pick(of).map_or_else(String::new, |word| (*word).to_owned());
        let (place, weekday, time) = (one(&PLACES), one(&WEEKDAYS), one(&TIMES));
        let pharmacy = one(self.cast.pharmacies);
        [
            ("{first}", person.first_name().to_owned()),
            ("{doctor}", self.cast.doctor.to_owned()),
            ("{pharmacy}", pharmacy),
            ("{place}", place),
            ("{weekday}", weekday),
            ("{time}", time),
            ("{days}", (2 + self.dice.below(6)).to_string()),
        ]
    }
}
