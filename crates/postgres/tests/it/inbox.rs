//! Pages, searches, counts and one opened thread, as staff see them.

use crate::scene::{Scene, staff_thread};
use chrono::Duration;
use std::collections::HashSet;
use threadwell_application::access::Action;
use threadwell_application::ports::{
    AssignedTo, InboxQuery, Keyset, PageAt, Readable, StaffThreadView, Store,
};
use threadwell_application::threads::{self, ThreadChanges};
use threadwell_application::{Error, access::Caller};
use threadwell_domain::ThreadId;
use threadwell_domain::access::Relationship;
use threadwell_domain::message::SenderKind;
use threadwell_domain::thread::{Assignee, Category, CategorySet, Priority, Status, Subject};

fn query() -> InboxQuery {
    InboxQuery { limit: 50, ..InboxQuery::default() }
}

fn page(scene: &Scene, caller: &Caller, query: &InboxQuery) -> (Vec<StaffThreadView>, bool) {
    crate::stage::run(scene.store(), caller, Action::ListThreads, |tx| tx.inbox().page(query)).unwrap()
}

fn ids(scene: &Scene, caller: &Caller, query: &InboxQuery) -> Vec<ThreadId> {
    page(scene, caller, query).0.into_iter().map(|view| view.facts.id).collect()
}

fn text(readable: &Readable) -> &str {
    readable.text().unwrap().expose()
}

#[test]
fn a_page_shows_names_texts_and_unread_messages_in_clear() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question about my scar", "Is it\nhealing well?");
    scene.answer(&scene.ana, thread, "I add: it is red.");
    let (views, has_more) = page(&scene, &scene.nurse.caller, &query());
    assert!(!has_more);
    let view = &views[0];
    assert_eq!(text(&view.subject), "Question about my scar");
    assert_eq!(text(&view.preview), "I add: it is red.");
    assert_eq!((text(&view.patient_name), text(&view.patient_mrn)), ("Ana Silva", "RV-1001"));
    assert_eq!((view.unread_count, view.facts.message_count), (2, 2));
    assert!(view.facts.unread_by_staff && view.assignee_name.is_none());
    assert_eq!(view.facts.last_message.by, SenderKind::Patient);
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition_also_at_equal_times() {
    let scene = Scene::set();
    let started: Vec<ThreadId> = (0..23)
        .map(|n| {
            if n % 4 == 0 {
                scene.stage.clock.advance(Duration::minutes(1));
            }
            let new = staff_thread(scene.ana.grant.patient, Category::General, "Results", "They are here.");
            threads::start_thread(scene.store(), &scene.nurse.caller, &new, None).unwrap().thread.unwrap()
        })
        .collect();
    let mut seen = Vec::new();
    let mut asked = InboxQuery { limit: 5, ..query() };
    loop {
        let (views, has_more) = page(&scene, &scene.nurse.caller, &asked);
        assert!(views.len() <= 5);
        let last = views.last().unwrap();
        asked.after = Some(Keyset { at: last.facts.last_message.at, id: last.facts.id });
        seen.extend(views.iter().map(|view| (view.facts.last_message.at, view.facts.id)));
        if !has_more {
            break;
        }
    }
    assert_eq!(seen.len(), 23);
    assert_eq!(seen.iter().map(|(_, id)| *id).collect::<HashSet<_>>(), started.into_iter().collect());
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]));
    let skipped = InboxQuery { limit: 5, offset: 20, ..query() };
    assert_eq!(
        ids(&scene, &scene.nurse.caller, &skipped),
        seen[20..].iter().map(|(_, id)| *id).collect::<Vec<_>>()
    );
}

#[test]
fn every_filter_narrows_and_they_combine() {
    let scene = Scene::set();
    let (nurse, store) = (&scene.nurse.caller, scene.store());
    let medical = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let billing = scene.write(&scene.ben, Category::Billing, "Invoice", "Twice?");
    let closed = scene.write(&scene.ana, Category::General, "Thanks", "All good.");
    threads::close_thread(store, nurse, closed, None, None).unwrap();
    let mine = ThreadChanges {
        assignee: Some(Some(Assignee::Staff(scene.nurse.id))),
        priority: Some(Priority::Urgent),
        ..ThreadChanges::default()
    };
    threads::update_thread(store, nurse, medical, &mine, None).unwrap();
    let list = |narrowed: InboxQuery| ids(&scene, nurse, &narrowed);
    let statuses = |statuses: &[Status]| list(InboxQuery { statuses: statuses.to_vec(), ..query() });
    assert_eq!(list(query()), [closed, billing, medical]);
    assert_eq!(statuses(&[Status::Open]), [billing]);
    assert_eq!(statuses(&[Status::InProgress, Status::Closed, Status::Open]), [closed, billing, medical]);
    let only_billing = Some(CategorySet::of(&[Category::Billing]));
    assert_eq!(list(InboxQuery { categories: only_billing, ..query() }), [billing]);
    assert_eq!(list(InboxQuery { priorities: vec![Priority::Urgent], ..query() }), [medical]);
    let assigned = |to| list(InboxQuery { assigned_to: Some(to), ..query() });
    assert_eq!(assigned(AssignedTo::Staff(scene.nurse.id)), [medical]);
    assert_eq!(assigned(AssignedTo::Nobody), [closed, billing]);
    assert_eq!(assigned(AssignedTo::MyTeams), [closed], "what nobody has is the team's on duty");
    assert_eq!(list(InboxQuery { patient: Some(scene.ben.grant.patient), ..query() }), [billing]);
    assert_eq!(list(InboxQuery { archived: true, ..query() }), []);
    threads::mark_read(store, nurse, billing, None).unwrap();
    assert_eq!(list(InboxQuery { unread: Some(true), ..query() }), [closed, medical]);
    assert_eq!(list(InboxQuery { unread: Some(false), ..query() }), [billing]);
}

#[test]
fn threads_of_ones_teams_are_found() {
    let scene = Scene::set();
    let nurse = &scene.nurse.caller;
    let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let teams = crate::stage::run(scene.store(), nurse, Action::ListTeams, |tx| tx.people().teams()).unwrap();
    let triage = teams.iter().find(|team| team.members.iter().any(|(id, _)| *id == scene.nurse.id)).unwrap();
    let changes =
        ThreadChanges { assignee: Some(Some(Assignee::Team(triage.id))), ..ThreadChanges::default() };
    let detail = threads::update_thread(scene.store(), nurse, thread, &changes, None).unwrap();
    assert_eq!(detail.view.assignee_name.as_deref(), Some(triage.name.as_str()));
    for to in [AssignedTo::MyTeams, AssignedTo::Team(triage.id)] {
        assert_eq!(ids(&scene, nurse, &InboxQuery { assigned_to: Some(to), ..query() }), [thread]);
    }
}

#[test]
fn a_role_sees_its_categories_and_nothing_says_that_there_are_others() {
    let scene = Scene::set();
    let hidden = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let shown = scene.write(&scene.ana, Category::Appointment, "Tuesday", "Can I come?");
    let desk = &scene.desk.caller;
    assert_eq!(ids(&scene, desk, &query()), [shown]);
    let all = Some(CategorySet::of(&[Category::Medical]));
    assert_eq!(ids(&scene, desk, &InboxQuery { categories: all, ..query() }), []);
    assert_eq!(threads::count_unread(scene.store(), desk).unwrap().count, 1);
    assert!(matches!(
        threads::read_thread(scene.store(), desk, hidden, 50, PageAt::Newest),
        Err(Error::NotFound)
    ));
    assert!(matches!(threads::mark_read(scene.store(), desk, hidden, None), Err(Error::NotFound)));
    let opened = threads::read_thread(scene.store(), desk, shown, 50, PageAt::Newest).unwrap();
    assert_eq!(opened.detail.earlier, []);
}

#[test]
fn a_search_matches_beginnings_of_names_and_subjects_and_the_exact_record_number() {
    let scene = Scene::set();
    let mole = scene.write(&scene.ana, Category::Medical, "Mole on the shoulder", "It grew.");
    let bill = scene.write(&scene.ben, Category::Billing, "Invoice of March", "Twice?");
    let chinese = scene.write(&scene.ben, Category::General, "关于皮疹的问题", "请问");
    let found = |words: &str| {
        ids(&scene, &scene.nurse.caller, &InboxQuery { search: Some(words.to_owned()), ..query() })
    };
    assert_eq!(found("shoul"), [mole]);
    assert_eq!(found("SILVA"), [mole]);
    assert_eq!(found("ana mol"), [mole]);
    assert_eq!(found("okaf inv"), [bill]);
    assert_eq!(found("rv-1002"), [chinese, bill]);
    assert_eq!(found("rv 1002"), [chinese, bill]);
    assert_eq!(found("皮疹"), [chinese]);
    assert_eq!(found("houlder"), []);
    assert_eq!(found("RV-100"), []);
    assert_eq!(found("Ana Okafor"), []);
    assert_eq!(found("% _ ' & | ! \\"), []);
    assert_eq!(found("Klein"), []);
}

#[test]
fn a_corrected_subject_is_found_by_its_new_words_alone() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Prescription refill", "Please.");
    let nurse = &scene.nurse.caller;
    let correct = |to: &str| {
        let changes =
            ThreadChanges { subject: Some(Subject::parse(to).unwrap()), ..ThreadChanges::default() };
        threads::update_thread(scene.store(), nurse, thread, &changes, None).unwrap()
    };
    let found = |words: &str| ids(&scene, nurse, &InboxQuery { search: Some(words.to_owned()), ..query() });
    assert_eq!(text(&correct("Invoice question").view.subject), "Invoice question");
    assert_eq!(found("refill"), []);
    assert_eq!(found("invo"), [thread]);
    correct("Prescription refill");
    assert_eq!(found("refill"), [thread]);
    assert_eq!(found("invo"), []);
}

#[test]
fn an_opened_thread_shows_its_patient_readers_and_earlier_threads() {
    let scene = Scene::set();
    let earlier = scene.write(&scene.ben, Category::General, "Before", "Hello.");
    let thread = scene.write(&scene.ben, Category::Medical, "Now", "Hello again.");
    let reply = scene.reply(&scene.nurse, thread, "Good day.").message.unwrap();
    threadwell_application::portal::mark_read(scene.store(), &scene.carla.caller, thread, None).unwrap();
    let opened =
        threads::read_thread(scene.store(), &scene.nurse.caller, thread, 50, PageAt::Newest).unwrap();
    let detail = &opened.detail;
    assert_eq!(text(&detail.patient.full_name), "Ben Okafor");
    assert_eq!(text(detail.patient.birth_date.as_ref().unwrap()), "1980-02-03");
    assert!(detail.patient.has_own_account);
    assert_eq!(detail.patient.proxies.len(), 1);
    assert_eq!(detail.patient.proxies[0].relationship, Relationship::Guardian);
    assert_eq!(detail.earlier.iter().map(|view| view.facts.id).collect::<Vec<_>>(), [earlier]);
    assert_eq!(detail.own_last_read, Some(reply));
    let read_last = detail.patient_seen.iter().filter(|seen| seen.message == reply).count();
    assert_eq!((detail.patient_seen.len(), read_last), (2, 1));
    assert_eq!(opened.page.messages.len(), 3);
    assert_eq!(detail.view.unread_count, 0);
}

#[test]
fn counts_follow_what_happens_and_stop_at_their_cap() {
    let scene = Scene::set();
    let nurse = &scene.nurse.caller;
    let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let counts = threads::count_inbox(scene.store(), nurse).unwrap();
    let numbers = [counts.open, counts.unassigned, counts.needs_reply, counts.unread].map(|c| c.count);
    assert_eq!((numbers, counts.mine.count, counts.waiting_patient.count), ([1, 1, 1, 1], 0, 0));
    scene.reply(&scene.nurse, thread, "Send a photograph.");
    let counts = threads::count_inbox(scene.store(), nurse).unwrap();
    assert_eq!((counts.waiting_patient.count, counts.needs_reply.count, counts.unread.count), (1, 0, 0));
    threads::close_thread(scene.store(), nurse, thread, None, None).unwrap();
    assert_eq!(threads::count_inbox(scene.store(), nurse).unwrap().open.count, 0);
    scene.write(&scene.ana, Category::General, "One", "of many");
    scene.stage.admin(
        "INSERT INTO thread SELECT (t).* FROM (SELECT jsonb_populate_record(t, jsonb_build_object(\
         'id', gen_random_uuid())) AS t FROM thread t, generate_series(1, 120) WHERE status = 0) s",
    );
    let unread = threads::count_unread(scene.store(), nurse).unwrap();
    assert_eq!((unread.count, unread.is_capped), (99, true));
}

#[test]
fn marking_unread_is_for_oneself_and_shows_one_at_least() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "Hello.");
    let (store, nurse, provider) = (scene.store(), &scene.nurse.caller, &scene.provider.caller);
    threads::mark_read(store, nurse, thread, None).unwrap();
    threads::mark_read(store, provider, thread, None).unwrap();
    assert_eq!(page(&scene, nurse, &query()).0[0].unread_count, 0);
    threads::mark_unread(store, nurse, thread).unwrap();
    assert_eq!(page(&scene, nurse, &query()).0[0].unread_count, 1);
    assert_eq!(page(&scene, provider, &query()).0[0].unread_count, 0);
    assert!(!page(&scene, nurse, &query()).0[0].facts.unread_by_staff);
    threads::mark_read(store, nurse, thread, None).unwrap();
    assert_eq!(page(&scene, nurse, &query()).0[0].unread_count, 0);
}

#[test]
fn patients_are_found_by_name_and_record_number_in_their_own_practice_alone() {
    let scene = Scene::set();
    let find = |caller: &Caller, words: &str| -> Vec<String> {
        crate::stage::run(scene.store(), caller, Action::SearchPatients, |tx| tx.patients().search(words, 20))
            .unwrap()
            .iter()
            .map(|hit| text(&hit.full_name).to_owned())
            .collect()
    };
    let nurse = &scene.nurse.caller;
    assert_eq!(find(nurse, "si"), ["Ana Silva"]);
    assert_eq!(find(nurse, "okafor ben"), ["Ben Okafor"]);
    assert_eq!(find(nurse, "rv1001"), ["Ana Silva"]);
    assert_eq!(find(nurse, "Dora"), Vec::<String>::new());
    assert_eq!(find(nurse, "HS-1"), Vec::<String>::new());
    assert_eq!(find(&scene.other_nurse.caller, "dor kle"), ["Dora Klein"]);
    assert_eq!(find(nurse, "?!"), Vec::<String>::new());
}

#[test]
fn another_practices_thread_is_as_unknown_as_none_at_all() {
    let scene = Scene::set();
    let foreign = scene.write(&scene.dora, Category::General, "Private", "Hello.");
    let nowhere = ThreadId::new(uuid::Uuid::now_v7());
    let (store, nurse): (&dyn Store, _) = (scene.store(), &scene.nurse.caller);
    for id in [foreign, nowhere] {
        assert!(matches!(threads::read_thread(store, nurse, id, 50, PageAt::Newest), Err(Error::NotFound)));
        assert!(matches!(threads::close_thread(store, nurse, id, None, None), Err(Error::NotFound)));
        assert!(matches!(threads::mark_read(store, nurse, id, None), Err(Error::NotFound)));
    }
    assert_eq!(ids(&scene, nurse, &query()), []);
    let dora = staff_thread(scene.dora.grant.patient, Category::General, "Hello", "Hello.");
    assert!(matches!(threads::start_thread(store, nurse, &dora, None), Err(Error::PatientNotFound)));
}
