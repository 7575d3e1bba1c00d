//! The stories hold together at every time of the day, and nothing is missing from them.

use crate::demo::dice::Dice;
use crate::demo::play::{People, Played, Stage, own_account, play};
use crate::demo::practices::{self, Cast};
use crate::demo::stories_of;
use chrono::{Duration, TimeZone, Utc};
use std::collections::{BTreeMap, HashSet};
use threadwell_application::ports::{ProxySender, Sender};
use threadwell_domain::access::Role;
use threadwell_domain::message::{MessageBody, SenderKind, placeholders};
use threadwell_domain::practice::{DEFAULT_AUTO_REPLIES, DEFAULT_TEAMS, PracticeRules};
use threadwell_domain::thread::{Assignee, Category, Priority, State, Status, ThreadFacts};
use threadwell_domain::{AccountId, Moment, PatientId, Phi, StaffId, TeamId};

fn times_of_loading() -> impl Iterator<Item = Moment> {
    // A Sunday: every hour of it, and the days of the week after.
    let sunday = Utc.with_ymd_and_hms(2026, 11, 22, 0, 17, 3).unwrap();
    (0..24)
        .map(move |hour| sunday + Duration::hours(hour))
        .chain((1..7).map(move |day| sunday + Duration::days(day)))
}

fn people_of(cast: &Cast, ids: &mut Dice, now: Moment) -> People {
    let mut people = People::default();
    for member in cast.staff {
        people.staff.insert(member.who, (StaffId::new(ids.id_at(now)), member.role));
    }
    for team in DEFAULT_TEAMS {
        people.teams.insert(team.name.to_owned(), TeamId::new(ids.id_at(now)));
    }
    for person in cast.patients {
        people.patients.insert(person.key, PatientId::new(ids.id_at(now)));
        if person.has_account {
            let own = own_account(AccountId::new(ids.id_at(now)));
            people.senders.insert((person.key, person.key), own);
            people.usual.insert(person.key, person.key);
        }
    }
    for proxy in cast.proxies {
        let account = AccountId::new(ids.id_at(now));
        for patient in proxy.patients {
            let named = ProxySender { full_name: Phi::new(proxy.name), relationship: proxy.relationship };
            people.senders.insert((proxy.key, patient), Sender::Patient { account, proxy: Some(named) });
            people.usual.entry(patient).or_insert(proxy.key);
        }
    }
    people
}

fn played(cast: &Cast, now: Moment) -> Vec<Played> {
    let mut ids = Dice::new(cast.seed);
    let people = people_of(cast, &mut ids, now);
    let auto_replies: BTreeMap<_, _> = DEFAULT_AUTO_REPLIES
        .into_iter()
        .map(|(category, text)| (category, MessageBody::parse(text).unwrap()))
        .collect();
    let mut earlier = BTreeMap::new();
    stories_of(cast, now)
        .iter()
        .map(|story| {
            let stage = Stage { people: &people, auto_replies: &auto_replies, earlier: &earlier, now };
            let played = play(story, &stage, &mut ids).unwrap();
            let (id, category) = (played.thread.facts().id, played.thread.facts().category);
            for who in readers_at_work(&played) {
                let (_, role) = people.staff.values().find(|(id, _)| *id == who).unwrap();
                assert!(role.default_categories().contains(category), "{} is not for {role:?}", story.key);
            }
            assert!(earlier.insert(story.key.to_string(), id).is_none(), "{} is told twice", story.key);
            played
        })
        .collect()
}

/// Everybody of the staff who writes in a thread, is mentioned there, or is to answer.
fn readers_at_work(played: &Played) -> Vec<StaffId> {
    let written = played.lines.iter().filter_map(|line| match line.sender {
        Sender::Staff(id) => Some(id),
        Sender::Patient { .. } | Sender::System => None,
    });
    let assignee = match played.thread.facts().assignee {
        Some(Assignee::Staff(id)) => Some(id),
        Some(Assignee::Team(_)) | None => None,
    };
    let mentioned = played.lines.iter().flat_map(|line| line.mentions.iter().copied());
    written.chain(assignee).chain(mentioned).collect()
}

#[test]
fn every_story_keeps_the_invariants_whenever_it_is_loaded() {
    for now in times_of_loading() {
        for cast in [practices::riverside(), practices::hillside()] {
            for played in played(&cast, now) {
                check(&played, now);
            }
        }
    }
}

fn check(played: &Played, now: Moment) {
    let facts = played.thread.facts();
    let public: Vec<_> = played.lines.iter().filter(|line| !line.is_internal).collect();
    assert_eq!(usize::try_from(facts.message_count).unwrap(), public.len());
    assert_eq!(facts.last_message.at, public.last().unwrap().sent_at);
    assert_eq!(facts.last_seq, played.lines.last().unwrap().seq);
    assert!(
        played.lines.windows(2).all(|pair| pair[0].seq < pair[1].seq && pair[0].sent_at <= pair[1].sent_at)
    );
    assert!(facts.updated_at <= now && facts.created_at <= facts.updated_at);
    assert!(facts.archived_at.is_none() || matches!(facts.state, State::Closed(_)));
    assert!(played.cursors.iter().all(|(_, seq, at)| *seq <= facts.last_seq && *at <= now));
    assert!(played.close_reason.is_none() || matches!(facts.state, State::Closed(_)));
    for line in public {
        assert_eq!(placeholders(line.body.as_phi().expose()), [], "{}", line.body.as_phi().expose());
        assert!(!line.body.as_phi().expose().contains('{'), "{}", line.body.as_phi().expose());
        assert!(line.mentions.is_empty());
    }
    assert!(!played.subject.as_phi().expose().contains('{'));
}

#[test]
fn riverside_shows_everything_there_is() {
    for now in times_of_loading() {
        let all = played(&practices::riverside(), now);
        let facts: Vec<_> = all.iter().map(|played| played.thread.facts()).collect();
        assert!(facts.len() >= 200);
        for status in Status::ALL {
            assert!(facts.iter().filter(|f| f.state.status() == status).count() >= 4, "{status:?} at {now}");
        }
        for category in Category::ALL {
            assert!(facts.iter().filter(|f| f.category == category).count() >= 10, "{category:?}");
        }
        for priority in Priority::ALL {
            assert!(facts.iter().any(|f| f.priority == priority), "{priority:?}");
        }
        let open_again = |facts: &&ThreadFacts| {
            facts.reopens_until(PracticeRules::default().reopen_window).is_some_and(|end| now <= end)
        };
        let closed: Vec<_> = facts.iter().copied().filter(|f| f.state.status() == Status::Closed).collect();
        let within = closed.iter().filter(|facts| open_again(facts)).count();
        assert!(within >= 3 && closed.len() > within, "{within} of {}", closed.len());
        assert!(facts.iter().any(|f| f.archived_at.is_some()));
        assert!(facts.iter().any(|f| f.confidential));
        assert!(facts.iter().any(|f| f.linked_thread.is_some()));
        assert!(facts.iter().any(|f| f.unread_by_staff) && facts.iter().any(|f| !f.unread_by_staff));
        assert!(facts.iter().any(|f| !f.created_by_patient) && facts.iter().any(|f| f.message_count == 1));
        assert!(facts.iter().any(|f| matches!(f.assignee, Some(Assignee::Team(_)))));
        assert_eq!(facts.iter().map(|f| f.message_count).max(), Some(120));
        let lines = || all.iter().flat_map(|played| &played.lines);
        assert!(lines().any(|line| line.body.as_phi().expose().chars().count() > 4_500));
        assert!(lines().any(|line| line.is_internal && !line.mentions.is_empty()));
        assert!(lines().any(|line| matches!(&line.sender, Sender::Patient { proxy: Some(_), .. })));
        for kind in SenderKind::ALL {
            assert!(facts.iter().any(|f| f.last_message.by == kind), "{kind:?}");
        }
    }
}

#[test]
fn all_roles_are_there_and_the_auditor_writes_nothing() {
    for cast in [practices::riverside(), practices::hillside()] {
        let roles: HashSet<_> = cast.staff.iter().map(|member| member.role).collect();
        assert_eq!(roles.len(), Role::ALL.len());
    }
}
