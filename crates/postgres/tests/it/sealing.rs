//! What lies on the disk: nothing that can be read without the root key, and nothing that can be moved.

use crate::raw::texts;
use crate::scene::Scene;
use crate::stage::{HILLSIDE, RIVERSIDE};
use chrono::Duration;
use std::path::Path;
use std::process::Command;
use threadwell_application::access::{Access, Action};
use threadwell_application::portal;
use threadwell_application::ports::{
    InboxQuery, InvitedGrant, LinkPurpose, NewLink, PageAt, Readable, Tx, ViewText,
};
use threadwell_application::search::{self, Indexer};
use threadwell_application::threads::{self, ThreadChanges};
use threadwell_application::views;
use threadwell_domain::access::{GrantScope, Relationship, Role};
use threadwell_domain::message::{DraftSubject, DraftText, NewThreadDraft};
use threadwell_domain::thread::{Category, CloseReason, Subject};
use threadwell_domain::view::ViewName;
use threadwell_domain::{Phi, ThreadId};
use uuid::Uuid;

fn bodies(scene: &Scene, thread: ThreadId) -> Vec<Option<String>> {
    let opened =
        threads::read_thread(scene.store(), &scene.nurse.caller, thread, 50, PageAt::Newest).unwrap();
    let text = |body: &Readable| body.text().map(|text| text.expose().to_owned());
    opened.page.messages.iter().map(|message| text(&message.body)).collect()
}

#[test]
fn swapped_messages_are_unreadable_and_the_page_still_comes() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "One.");
    scene.answer(&scene.ana, thread, "Two.");
    scene.answer(&scene.ana, thread, "Three.");
    scene.stage.admin(
        "UPDATE message m SET body_enc = o.body_enc FROM message o WHERE m.seq + o.seq = 3 AND m.seq <> o.seq \
         AND m.thread_id = o.thread_id",
    );
    let failures =
        || scene.stage.number("SELECT count(*) FROM audit_event WHERE action = 'crypto.integrity_failure'");
    let before = failures();
    assert_eq!(bodies(&scene, thread), [None, None, Some("Three.".to_owned())]);
    assert_eq!(failures() - before, 2, "one event for each text that did not open");
}

#[test]
fn a_note_turned_public_and_a_message_moved_to_another_thread_are_unreadable() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "One.");
    let other = scene.write(&scene.ana, Category::General, "Another", "Two.");
    scene.note(&scene.nurse, thread, "For us alone.");
    scene.stage.admin("UPDATE message SET is_internal = false WHERE is_internal");
    assert_eq!(bodies(&scene, thread), [Some("One.".to_owned()), None]);
    scene
        .stage
        .admin(&format!("UPDATE message SET thread_id = '{thread}', seq = 9 WHERE thread_id = '{other}'"));
    assert_eq!(bodies(&scene, thread), [Some("One.".to_owned()), None, None]);
}

#[test]
fn altered_cut_moved_and_foreign_values_are_unreadable() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "One.");
    let foreign = scene.write(&scene.dora, Category::General, "Hers", "One.");
    scene.stage.admin("CREATE TABLE kept AS SELECT * FROM message");
    for damage in [
        "set_byte(m.body_enc, 25, get_byte(m.body_enc, 25) # 1)".to_owned(),
        "substr(m.body_enc, 1, 30)".to_owned(),
        "''::bytea".to_owned(),
        "m.body_enc || '\\x00'::bytea".to_owned(),
        "set_byte(m.body_enc, 2, 9)".to_owned(),
        "set_byte(m.body_enc, 0, 2)".to_owned(),
        "(SELECT subject_enc FROM thread t WHERE t.id = m.thread_id)".to_owned(),
        format!("(SELECT body_enc FROM kept WHERE thread_id = '{foreign}')"),
    ] {
        scene.stage.admin(&format!("UPDATE message m SET body_enc = {damage} WHERE thread_id = '{thread}'"));
        assert_eq!(bodies(&scene, thread), [None], "{damage}");
        scene.stage.admin("UPDATE message m SET body_enc = k.body_enc FROM kept k WHERE k.id = m.id");
        assert_eq!(bodies(&scene, thread), [Some("One.".to_owned())]);
    }
}

#[test]
fn unreadable_names_and_subjects_do_not_take_the_inbox_down() {
    let scene = Scene::set();
    scene.write(&scene.ana, Category::General, "Question", "One.");
    scene.stage.admin("UPDATE patient SET name_enc = mrn_enc; UPDATE thread SET subject_enc = preview_enc");
    let query = InboxQuery { limit: 50, ..InboxQuery::default() };
    let (views, _) = threads::list_threads(scene.store(), &scene.nurse.caller, &query).unwrap();
    assert_eq!((&views[0].subject, &views[0].patient_name), (&Readable::Unreadable, &Readable::Unreadable));
    assert!(views[0].preview.is_intact());
}

#[test]
fn one_practices_wrapped_keys_do_not_open_for_another() {
    let scene = Scene::set();
    scene.stage.admin(&format!(
        "UPDATE tenant_key k SET wrapped = o.wrapped FROM tenant_key o WHERE k.tenant_id = '{RIVERSIDE}' \
         AND o.tenant_id = '{HILLSIDE}' AND o.purpose = k.purpose"
    ));
    let fresh = scene.stage.another_store();
    let query = InboxQuery { limit: 50, ..InboxQuery::default() };
    assert!(threads::list_threads(&fresh, &scene.nurse.caller, &query).is_err());
}

#[test]
fn neither_a_dump_nor_the_files_hold_a_word_of_a_patient() {
    let scene = Scene::set();
    let words = ["Quetzalsubject", "Quetzalbody", "Quetzalnote", "Quetzalreason", "Quetzalrenamed"];
    let thread = scene.write(&scene.ana, Category::Medical, words[0], words[1]);
    scene.note(&scene.nurse, thread, words[2]);
    let nurse = &scene.nurse.caller;
    let changes =
        ThreadChanges { subject: Some(Subject::parse(words[4]).unwrap()), ..ThreadChanges::default() };
    threads::update_thread(scene.store(), nurse, thread, &changes, None).unwrap();
    let reason = CloseReason::parse(words[3]).unwrap();
    threads::close_thread(scene.store(), nurse, thread, Some(&reason), None).unwrap();
    keep_and_index(&scene);
    scene.stage.admin("CHECKPOINT");
    // Every word of ours begins alike, and the index folds cases.
    let canaries =
        ["quetzal", "ana silva", "okafor", "rv-1001", "1980-02-03", "ana@example.org", "nurse@riverside"];
    let dump = Command::new(program(&scene, "pg_dump")).arg(scene.stage.url("backup")).output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    assert!(dump.stdout.len() > 10_000);
    assert!(
        String::from_utf8_lossy(&dump.stdout).contains(&thread.to_string()),
        "the dump sees every practice"
    );
    let mut haystacks = vec![dump.stdout];
    let data = texts(&mut scene.stage.raw_admin(), "SELECT current_setting('data_directory')").remove(0);
    let database =
        scene.stage.number("SELECT oid::bigint FROM pg_database WHERE datname = current_database()");
    for directory in [format!("{data}/base/{database}"), format!("{data}/pg_wal")] {
        let files = std::fs::read_dir(Path::new(&directory)).unwrap().flatten().map(|entry| entry.path());
        haystacks.extend(files.filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap()));
    }
    haystacks.iter_mut().for_each(|hay| hay.make_ascii_lowercase());
    for canary in canaries {
        // The stage's stand-in for a password hash holds the e-mail; a real one does not.
        let is_stand_in = canary.contains('@');
        let found = haystacks.iter().any(|hay| !is_stand_in && holds(hay, canary.as_bytes()));
        assert!(!found, "{canary}");
    }
}

/// Staff keep a view and a search, links go out, and everything is indexed.
fn keep_and_index(scene: &Scene) {
    let nurse = &scene.nurse.caller;
    let (name, filter) =
        (ViewName::parse("Quetzalview").unwrap(), Phi::new("{\"search\":\"Quetzalfilter\"}"));
    let view = ViewText { name, is_shared: true, filter, assignee: None };
    views::create(scene.store(), nurse, &view, None).unwrap();
    search::remember_search(scene.store(), nurse, "Quetzalsearch").unwrap();
    let new = NewThreadDraft {
        subject: DraftSubject::parse("Quetzalbegun").unwrap(),
        category: None,
        text: DraftText::parse("Quetzaldraft").unwrap(),
        is_confidential: false,
    };
    portal::save_new_draft(scene.store(), &scene.ana.caller, &new).unwrap();
    let link = NewLink {
        id: Uuid::now_v7(),
        hash: [7; 32],
        purpose: LinkPurpose::ProxyInvitation,
        staff: None,
        account: None,
        patient: Some(scene.ana.grant.patient),
        email: Some(Phi::new("quetzalmail@example.org")),
        name: Some(Phi::new("Quetzalname")),
        birth_date: Some(Phi::new("Quetzaldate")),
        grant: Some(InvitedGrant {
            relationship: Relationship::Caregiver,
            scope: GrantScope::Read,
            expires_at: None,
        }),
        expires_at: scene.stage.now() + Duration::days(7),
    };
    let issue = |tx: &mut dyn Tx| tx.account_links().issue(&link);
    let boss = crate::scene::employee(&scene.stage, RIVERSIDE, Role::Admin, "boss@riverside.example");
    scene.store().transact(&Access::to(&boss.caller, Action::InvitePatient), issue).unwrap();
    let indexer = Indexer { store: scene.store(), batch: 50, is_stopped: &|| false };
    indexer.run_due(scene.stage.now()).unwrap();
    assert!(scene.stage.number("SELECT count(*) FROM search_word") > 0);
}

fn holds(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}

fn program(scene: &Scene, name: &str) -> String {
    let directory =
        texts(&mut scene.stage.raw_admin(), "SELECT setting FROM pg_config() WHERE name = 'BINDIR'");
    format!("{}/{name}", directory[0])
}
