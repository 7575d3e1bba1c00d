//! Prepared answers and automatic replies.

use crate::stage::{HILLSIDE, RIVERSIDE, Stage, run};
use threadwell_application::Result;
use threadwell_application::access::{Action, Caller};
use threadwell_application::ports::{CannedFilter, Tx};
use threadwell_domain::CannedResponseId;
use threadwell_domain::access::Role;
use threadwell_domain::canned_response::{CannedText, CannedTitle};
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::Category;
use uuid::Uuid;

fn text(title: &str, category: Category, response: &str) -> CannedText {
    CannedText {
        title: CannedTitle::parse(title).unwrap(),
        category,
        response: MessageBody::parse(response).unwrap(),
    }
}

fn provider_of(stage: &Stage, tenant: threadwell_domain::TenantId) -> Caller {
    let provider = stage.add_staff(tenant, Role::Provider, "provider@practice.example");
    stage.staff_caller(tenant, provider)
}

fn act<T>(stage: &Stage, caller: &Caller, action: Action, work: impl FnOnce(&mut dyn Tx) -> Result<T>) -> T {
    run(&*stage.store, caller, action, work).unwrap()
}

fn titles(stage: &Stage, caller: &Caller, filter: &CannedFilter) -> Vec<String> {
    let found = act(stage, caller, Action::ListCanned, |tx| tx.canned_responses().list(filter));
    found.into_iter().map(|one| one.title).collect()
}

fn searching(words: &str) -> CannedFilter {
    CannedFilter { category: None, search: Some(words.to_owned()) }
}

#[test]
fn a_new_practice_has_five_in_the_order_of_their_categories() {
    let stage = Stage::set();
    let provider = provider_of(&stage, RIVERSIDE);
    let all = titles(&stage, &provider, &CannedFilter::default());
    assert_eq!(
        all,
        [
            "Need More Information",
            "Prescription Approved",
            "Appointment Scheduled",
            "Billing Question - Forward",
            "Test Results Normal"
        ]
    );
    let medical = CannedFilter { category: Some(Category::Medical), search: None };
    assert_eq!(titles(&stage, &provider, &medical), ["Test Results Normal"]);
}

#[test]
fn a_search_looks_into_titles_and_texts_whatever_the_case_and_knows_no_wildcards() {
    let stage = Stage::set();
    let provider = provider_of(&stage, RIVERSIDE);
    let id = CannedResponseId::new(Uuid::now_v7());
    act(&stage, &provider, Action::CreateCanned, |tx| {
        tx.canned_responses().add(id, &text("Ölkur 100%", Category::Other, "Zweimal täglich auftragen_"))
    });
    assert_eq!(titles(&stage, &provider, &searching("pharmacy")), ["Prescription Approved"]);
    assert_eq!(titles(&stage, &provider, &searching("TEST results")), ["Test Results Normal"]);
    for words in ["öLKUR", "100%", "TÄGLICH", "auftragen_"] {
        assert_eq!(titles(&stage, &provider, &searching(words)), ["Ölkur 100%"], "{words}");
    }
    for words in ["1%0", "auftragen__", "Te_t", "\\", "'; DROP TABLE canned_response; --"] {
        assert!(titles(&stage, &provider, &searching(words)).is_empty(), "{words}");
    }
}

#[test]
fn every_version_is_kept() {
    let stage = Stage::set();
    let provider = provider_of(&stage, RIVERSIDE);
    let id = CannedResponseId::new(Uuid::now_v7());
    act(&stage, &provider, Action::CreateCanned, |tx| {
        tx.canned_responses().add(id, &text("First", Category::General, "one"))
    });
    let saved = act(&stage, &provider, Action::UpdateCanned, |tx| {
        tx.canned_responses().save(id, &text("Second", Category::Billing, "two"))
    });
    assert!(saved);
    let now = act(&stage, &provider, Action::ReadCanned, |tx| tx.canned_responses().find(id)).unwrap();
    assert_eq!((now.title.as_str(), now.category, now.version), ("Second", Category::Billing, 2));
    let kept = format!(
        "SELECT count(*) FROM canned_response_version WHERE canned_response_id = '{id}' AND written_by IS NOT NULL \
         AND (version, title, response) IN ((1, 'First', 'one'), (2, 'Second', 'two'))"
    );
    assert_eq!(stage.number(&kept), 2);
}

#[test]
fn what_is_retired_is_gone_but_not_deleted() {
    let stage = Stage::set();
    let provider = provider_of(&stage, RIVERSIDE);
    let found =
        act(&stage, &provider, Action::ListCanned, |tx| tx.canned_responses().list(&searching("pharmacy")));
    let id = found[0].id;
    assert!(act(&stage, &provider, Action::RetireCanned, |tx| tx.canned_responses().retire(id)));
    assert!(!act(&stage, &provider, Action::RetireCanned, |tx| tx.canned_responses().retire(id)));
    assert_eq!(act(&stage, &provider, Action::ReadCanned, |tx| tx.canned_responses().find(id)), None);
    let new = text("Again", Category::General, "again");
    assert!(!act(&stage, &provider, Action::UpdateCanned, |tx| tx.canned_responses().save(id, &new)));
    assert_eq!(stage.number(&format!("SELECT count(*) FROM canned_response WHERE id = '{id}'")), 1);
}

/// A22: another practice's answers do not exist.
#[test]
fn another_practice_sees_and_changes_nothing() {
    let stage = Stage::set();
    let (here, there) = (provider_of(&stage, RIVERSIDE), provider_of(&stage, HILLSIDE));
    let found =
        act(&stage, &here, Action::ListCanned, |tx| tx.canned_responses().list(&searching("pharmacy")));
    let id = found[0].id;
    assert_eq!(act(&stage, &there, Action::ReadCanned, |tx| tx.canned_responses().find(id)), None);
    let new = text("Taken over", Category::General, "…");
    assert!(!act(&stage, &there, Action::UpdateCanned, |tx| tx.canned_responses().save(id, &new)));
    assert!(!act(&stage, &there, Action::RetireCanned, |tx| tx.canned_responses().retire(id)));
    let again = act(&stage, &here, Action::ReadCanned, |tx| tx.canned_responses().find(id));
    assert_eq!(again.as_ref(), found.first());
}

#[test]
fn a_category_answers_by_itself_only_while_switched_on() {
    let stage = Stage::set();
    let provider = provider_of(&stage, RIVERSIDE);
    let active = |category| {
        act(&stage, &provider, Action::ReadAutoReplies, |tx| tx.auto_replies().active_for(category))
    };
    assert!(active(Category::Medical).unwrap().as_phi().expose().starts_with("Thank you for reaching out."));
    assert_eq!(active(Category::Billing), None);

    let admin = stage.add_staff(RIVERSIDE, Role::Admin, "admin@riverside.example");
    let admin = stage.staff_caller_with(RIVERSIDE, admin, [9; 32]);
    let body = MessageBody::parse("We answer within a week.").unwrap();
    act(&stage, &admin, Action::UpdateAutoReplies, |tx| {
        tx.auto_replies().put(Category::Billing, Some(&body), true)?;
        tx.auto_replies().put(Category::Medical, Some(&body), false)?;
        tx.auto_replies().put(Category::Other, None, false)
    });
    assert_eq!(active(Category::Billing), Some(body));
    assert_eq!(active(Category::Medical), None);
    assert_eq!(active(Category::Other), None);
    let all = act(&stage, &provider, Action::ReadAutoReplies, |tx| tx.auto_replies().all());
    let shown: Vec<_> = all.iter().map(|one| (one.category, one.is_active)).collect();
    assert_eq!(
        shown,
        [
            (Category::Prescription, true),
            (Category::Appointment, true),
            (Category::Billing, true),
            (Category::Medical, false),
            (Category::Other, false)
        ]
    );
}

#[test]
fn the_portal_reads_only_what_is_switched_on() {
    let stage = Stage::set();
    let patient = stage.add_patient(RIVERSIDE, "Ana Silva", "1");
    let own = crate::stage::grant(patient, threadwell_domain::access::Relationship::Myself);
    let account = stage.add_account(RIVERSIDE, "ana@example.org", &[own]);
    let ana = stage.portal_caller(RIVERSIDE, account, Some(own));
    let active =
        |category| act(&stage, &ana, Action::PortalStartThread, |tx| tx.auto_replies().active_for(category));
    assert!(active(Category::Medical).is_some());
    stage.admin("UPDATE auto_reply SET is_active = false");
    assert_eq!(active(Category::Medical), None);
}
