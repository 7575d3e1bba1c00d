//! What each serving role can reach with SQL of its own, whatever the program does: nothing of another practice,
//! nothing of another patient, no note, and no way to remove anything. Then every policy is broken in turn, and one of
//! these probes must notice.

mod accounts;
mod changes;
mod patients;
mod practices;

use crate::files::uploaded;
use crate::raw::{Bound, texts};
use crate::scene::{Employee, Scene, key, outgoing, portal_message};
use crate::stage::RIVERSIDE;
use diesel::prelude::*;
use threadwell_application::portal::PortalMessage;
use threadwell_application::ports::ViewText;
use threadwell_application::search::{self, Indexer};
use threadwell_application::threads::BulkRequest;
use threadwell_application::threads::OutgoingMessage;
use threadwell_application::{portal, threads, views};
use threadwell_domain::thread::{Act, Category, Priority};
use threadwell_domain::view::ViewName;
use threadwell_domain::{Phi, ThreadId};

const ROLES: [&str; 3] = ["staff", "portal", "worker"];

pub(crate) struct Busy {
    pub(crate) scene: Scene,
    ana_thread: ThreadId,
    dora_thread: ThreadId,
}

/// Both practices have a row in every table, and each patient has something that the others must not see.
fn busy() -> Busy {
    let scene = Scene::set();
    let mut riverside = None;
    let mut hillside = None;
    for (employee, reader) in
        [(&scene.nurse, &scene.ana), (&scene.nurse, &scene.ben), (&scene.other_nurse, &scene.dora)]
    {
        let thread = scene.write(reader, Category::Medical, "Rash on the arm", "It itches.");
        scene.reply(employee, thread, "Please send a photograph.");
        scene.note(employee, thread, "Looks like contact dermatitis.");
        let (store, kept) = (scene.store(), key("k", 1));
        threads::send_message(
            store,
            &employee.caller,
            thread,
            &outgoing("And one more.", false),
            Some(&kept),
        )
        .unwrap();
        let photograph = vec![uploaded(&scene, &reader.caller, "arm.jpg")];
        let message = PortalMessage { attachments: photograph, ..portal_message("Here.") };
        portal::send_message(store, &reader.caller, thread, &message, Some(&kept)).unwrap();
        let finding = vec![uploaded(&scene, &employee.caller, "finding.pdf")];
        let note = OutgoingMessage { attachments: finding, ..outgoing("See the file.", true) };
        threads::send_message(store, &employee.caller, thread, &note, None).unwrap();
        let answer = vec![uploaded(&scene, &employee.caller, "answer.pdf")];
        let reply = OutgoingMessage { attachments: answer, ..outgoing("For you.", false) };
        threads::send_message(store, &employee.caller, thread, &reply, None).unwrap();
        uploaded(&scene, &reader.caller, "unsent.png");
        work(&scene, employee, thread);
        search::remember_search(store, &employee.caller, "rash").unwrap();
        riverside = riverside.or(Some(thread));
        hillside = Some(thread);
    }
    scene.write(&scene.dora, Category::General, "Question", "When?");
    // What the guardian has not sent is hers alone, though it is of the same patient.
    uploaded(&scene, &scene.carla.caller, "hers.png");
    let confidential = crate::scene::portal_thread(Category::General, "Private", "For you alone.", true);
    portal::start_thread(scene.store(), &scene.ben.caller, &confidential, None).unwrap();
    let indexer = Indexer { store: scene.store(), batch: 50, is_stopped: &|| false };
    indexer.run_due(scene.stage.now()).unwrap();
    scene.stage.admin(
        // The retention policy goes by the database's own clock, not by the stage's.
        "UPDATE idempotency_key SET expires_at = now() + interval '1 day'; \
         UPDATE bulk_act SET expires_at = now() + interval '1 day'; \
         UPDATE bulk_act_thread SET expires_at = now() + interval '1 day'; \
         INSERT INTO bulk_act (tenant_id, id, staff_id, kind, is_undo, done_at, expires_at) \
             SELECT tenant_id, gen_random_uuid(), id, 2, false, now(), now() + interval '2 days' FROM staff_user; \
         INSERT INTO notification (tenant_id, id, staff_id, kind, thread_id, seq, by_staff_id, created_at) \
             SELECT t.tenant_id, gen_random_uuid(), u.id, 1, t.id, 1, u.id, now() FROM thread t \
             JOIN staff_user u ON u.tenant_id = t.tenant_id; \
         INSERT INTO thread_link (tenant_id, low_id, high_id, linked_by, linked_at) \
             SELECT a.tenant_id, a.id, b.id, u.id, now() FROM thread a \
             JOIN thread b ON b.tenant_id = a.tenant_id AND b.id > a.id \
             JOIN LATERAL (SELECT id FROM staff_user WHERE tenant_id = a.tenant_id LIMIT 1) u ON true; \
         INSERT INTO draft (tenant_id, owner_kind, owner_id, about_id, kind, patient_id, thread_id, text_enc, \
             is_confidential, updated_at) SELECT t.tenant_id, 0, u.id, t.id, 1, t.patient_id, t.id, 'x', false, now() \
             FROM thread t JOIN staff_user u ON u.tenant_id = t.tenant_id; \
         INSERT INTO draft (tenant_id, owner_kind, owner_id, about_id, kind, patient_id, text_enc, is_confidential, \
             updated_at) SELECT a.tenant_id, 1, a.id, p.id, 2, p.id, 'x', false, now() FROM portal_account a \
             JOIN patient p ON p.tenant_id = a.tenant_id; \
         UPDATE auto_reply SET is_active = false WHERE category = 1; \
         UPDATE change SET at = now(); \
         INSERT INTO presence (tenant_id, thread_id, staff_id, session_id, state, until, told_until) \
             SELECT DISTINCT ON (t.tenant_id) t.tenant_id, t.id, u.id, gen_random_uuid(), 0, now() + interval '1 day', \
             now() FROM thread t JOIN staff_user u USING (tenant_id); \
         INSERT INTO upload_usage (tenant_id, day, owner_kind, owner_id, bytes) \
             SELECT id, now(), 0, id, 1 FROM tenant WHERE slug <> 'installation'; \
         INSERT INTO role_scope (tenant_id, role, categories) SELECT id, 6, 0 FROM tenant ON CONFLICT DO NOTHING",
    );
    accounts::fill(&scene);
    Busy { ana_thread: riverside.unwrap(), dora_thread: hillside.unwrap(), scene }
}

/// Staff keep a view and do an act to a thread.
fn work(scene: &Scene, employee: &Employee, thread: ThreadId) {
    let name = ViewName::parse("Mine").unwrap();
    let view = ViewText { name, is_shared: true, filter: Phi::new("{}"), assignee: None };
    views::create(scene.store(), &employee.caller, &view, None).unwrap();
    let act = Act::SetPriority(Priority::Urgent);
    let request = BulkRequest { threads: vec![thread], act, reason: None };
    threads::act_on_threads(scene.store(), &employee.caller, &request, None).unwrap();
}

/// The protected tables that a role can read.
fn readable_tables(busy: &Busy, role: &str) -> Vec<String> {
    texts(
        &mut busy.scene.stage.raw_admin(),
        &format!(
            "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relrowsecurity AND c.relname <> 'tenant' \
             AND has_column_privilege('threadwell_{role}', c.oid, 'tenant_id', 'SELECT') ORDER BY 1"
        ),
    )
}

/// Every probe that finds what it must not, by name.
fn violations(busy: &Busy) -> Vec<String> {
    let mut found = Vec::new();
    for role in ROLES {
        found.extend(practices::foreign_rows(busy, role));
    }
    found.extend(practices::foreign_writes(busy));
    found.extend(patients::portal_reach(busy));
    found.extend(practices::other_audience(busy));
    found.extend(changes::false_changes(busy));
    found.extend(accounts::violations(busy));
    found
}

/// Whether a statement, bound to the first practice, writes anything. It is taken back.
fn touches(conn: &mut PgConnection, sql: &str) -> bool {
    writes(Bound::to(RIVERSIDE), conn, sql)
}

/// Whether a statement, bound so, writes anything. It is taken back.
pub(crate) fn writes(bound: Bound, conn: &mut PgConnection, sql: &str) -> bool {
    let counted = format!(
        "DO $count$ DECLARE n bigint; BEGIN {sql}; GET DIAGNOSTICS n = ROW_COUNT; \
         IF n > 0 THEN RAISE EXCEPTION 'wrote'; END IF; END $count$"
    );
    bound.attempt(conn, &counted).is_err_and(|refusal| refusal.to_string().contains("wrote"))
}

#[test]
fn no_role_reaches_what_is_not_its_own() {
    assert_eq!(violations(&busy()), Vec::<String>::new());
}

#[test]
fn staff_see_every_table_of_their_own_practice() {
    let busy = busy();
    let mut conn = busy.scene.stage.raw("staff");
    for table in readable_tables(&busy, "staff") {
        let own = Bound::to(RIVERSIDE).count(&mut conn, &format!("SELECT count(*) FROM {table}")).unwrap();
        assert!(own > 0, "{table} is empty: the probes of it prove nothing");
    }
}

#[test]
fn no_serving_role_removes_anything() {
    let busy = busy();
    let tables = texts(
        &mut busy.scene.stage.raw_admin(),
        "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')",
    );
    for role in ROLES {
        let mut conn = busy.scene.stage.raw(role);
        for table in &tables {
            for sql in [format!("DELETE FROM {table}"), format!("TRUNCATE {table} CASCADE")] {
                assert!(Bound::to(RIVERSIDE).attempt(&mut conn, &sql).is_err(), "{role}: {sql}");
            }
        }
        for table in ["audit_event", "message", "tenant", "tenant_key", "canned_response_version"] {
            let sql = format!("UPDATE {table} SET tenant_id = tenant_id");
            assert!(Bound::to(RIVERSIDE).attempt(&mut conn, &sql).is_err(), "{role}: {sql}");
        }
        let event = "SELECT count(*) FROM audit_event";
        assert!(Bound::to(RIVERSIDE).count(&mut conn, event).is_err(), "{role} reads the audit");
    }
}

#[test]
fn a_foreign_key_cannot_reach_into_another_practice() {
    let busy = busy();
    let dora = busy.scene.dora.grant.patient;
    let insert = format!(
        "INSERT INTO thread (tenant_id, id, patient_id, category, priority, status, is_created_by_patient, \
         is_confidential, created_at, updated_at, version, public_version, public_updated_at, last_seq, message_count, \
         last_message_at, last_message_by, last_patient_seq, last_staff_seq, is_unread_by_staff, subject_enc, \
         preview_enc) VALUES ('{RIVERSIDE}', gen_random_uuid(), '{dora}', 0, 0, 0, true, false, now(), now(), 1, 1, \
         now(), 1, 1, now(), 0, 1, 0, true, '', '')"
    );
    let mut conn = busy.scene.stage.raw("staff");
    let refusal = Bound::to(RIVERSIDE).attempt(&mut conn, &insert).unwrap_err();
    assert!(refusal.to_string().contains("thread_patient_fkey"), "{refusal}");
}

#[test]
fn a_message_cannot_name_another_patient_than_its_thread() {
    let busy = busy();
    let (thread, ben, nurse) = (busy.ana_thread, busy.scene.ben.grant.patient, busy.scene.nurse.id);
    let insert = format!(
        "INSERT INTO message (tenant_id, thread_id, seq, id, patient_id, sender_kind, staff_id, body_enc, is_internal, \
         sent_at) VALUES ('{RIVERSIDE}', '{thread}', 99, gen_random_uuid(), '{ben}', 1, '{nurse}', '', false, now())"
    );
    let mut conn = busy.scene.stage.raw("staff");
    let refusal = Bound::to(RIVERSIDE).attempt(&mut conn, &insert).unwrap_err();
    assert!(refusal.to_string().contains("message_thread_fkey"), "{refusal}");
}

/// Every policy is weakened in turn: the tenant's to let everything through, the others by being dropped.
#[test]
fn every_broken_policy_is_noticed() {
    let busy = busy();
    let policies = texts(
        &mut busy.scene.stage.raw_admin(),
        "SELECT tablename || ' ' || policyname || ' ' || permissive FROM pg_policies \
         WHERE tablename NOT LIKE 'audit_event_%' AND policyname NOT IN ('worker_finds_practices', 'worker_follows_changes', \
         'everybody_sees', 'owner_founds') ORDER BY 1",
    );
    assert!(policies.len() > 30, "{policies:?}");
    for policy in policies {
        let words: Vec<&str> = policy.split(' ').collect();
        let (breakage, repair) = break_and_repair(&busy, words[0], words[1], words[2] == "PERMISSIVE");
        busy.scene.stage.admin(&breakage);
        assert_ne!(violations(&busy), Vec::<String>::new(), "nobody noticed: {breakage}");
        busy.scene.stage.admin(&repair);
    }
    assert_eq!(violations(&busy), Vec::<String>::new());
}

fn break_and_repair(busy: &Busy, table: &str, name: &str, is_permissive: bool) -> (String, String) {
    let part = |column: &str| {
        texts(
            &mut busy.scene.stage.raw_admin(),
            &format!(
                "SELECT {column} FROM pg_policies WHERE tablename = '{table}' AND policyname = '{name}' \
                 AND {column} IS NOT NULL"
            ),
        )
    };
    let using = part("qual").iter().map(|text| format!(" USING ({text})")).collect::<String>();
    let check = part("with_check").iter().map(|text| format!(" WITH CHECK ({text})")).collect::<String>();
    if is_permissive {
        let open = format!("ALTER POLICY {name} ON {table} USING (true) WITH CHECK (true)");
        return (open, format!("ALTER POLICY {name} ON {table}{using}{check}"));
    }
    let roles = part("array_to_string(roles, ',')").join(",");
    let command = part("cmd").join("");
    (
        format!("DROP POLICY {name} ON {table}"),
        format!("CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR {command} TO {roles}{using}{check}"),
    )
}
