//! What each serving role can reach with SQL of its own, whatever the program does: nothing of another practice,
//! nothing of another patient, no note, and no way to remove anything. Then every policy is broken in turn, and one of
//! these probes must notice.

mod accounts;

use crate::files::uploaded;
use crate::raw::{Bound, texts};
use crate::scene::{Employee, Scene, key, outgoing, portal_message};
use crate::stage::{HILLSIDE, RIVERSIDE};
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
    let view = ViewText { name, is_shared: true, filter: Phi::new("{}") };
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
        found.extend(foreign_rows(busy, role));
    }
    found.extend(foreign_writes(busy));
    found.extend(portal_reach(busy));
    found.extend(other_audience(busy));
    found.extend(false_changes(busy));
    found.extend(accounts::violations(busy));
    found
}

fn foreign_rows(busy: &Busy, role: &str) -> Vec<String> {
    let mut conn = busy.scene.stage.raw(role);
    let mut found = Vec::new();
    for table in readable_tables(busy, role) {
        if [("worker", "work_due"), ("worker", "change")].contains(&(role, table.as_str())) {
            // Its list of practices with due work, read before one is bound, and what streams are told.
            continue;
        }
        let foreign = format!("SELECT count(*) FROM {table} WHERE tenant_id <> '{RIVERSIDE}'");
        if Bound::to(RIVERSIDE).count(&mut conn, &foreign).unwrap() > 0 {
            found.push(format!("{role} sees foreign rows of {table}"));
        }
        if Bound::default().count(&mut conn, &format!("SELECT count(*) FROM {table}")).unwrap() > 0 {
            found.push(format!("{role} sees rows of {table} unbound"));
        }
    }
    found
}

/// Writes into the other practice while bound to one's own.
fn foreign_writes(busy: &Busy) -> Vec<String> {
    let dora = busy.scene.dora.grant.patient;
    let thread = busy.dora_thread;
    let audit = |tenant| {
        format!(
            "INSERT INTO audit_event (tenant_id, id, at, actor_kind, action, outcome, request_id) \
             VALUES ('{tenant}', gen_random_uuid(), now(), 2, 'x', 0, gen_random_uuid())"
        )
    };
    let outbox = |tenant| {
        format!(
            "INSERT INTO outbox (tenant_id, id, kind, audience, thread_id, created_at, due_at) \
             VALUES ('{tenant}', gen_random_uuid(), 0, 0, '{thread}', now(), now())"
        )
    };
    let forged = |kind: i16| audit(RIVERSIDE).replace("now(), 2,", &format!("now(), {kind},"));
    let mut found = Vec::new();
    for (role, sql) in [
        ("staff", forged(1)),
        ("portal", forged(0)),
        ("portal", forged(1)),
        ("worker", forged(0)),
        ("portal", format!("UPDATE work_due SET due_at = now() WHERE tenant_id = '{HILLSIDE}'")),
        ("worker", format!("UPDATE work_due SET due_at = now() WHERE tenant_id = '{HILLSIDE}'")),
        ("staff", format!("UPDATE tenant SET name = 'Mine' WHERE id = '{HILLSIDE}'")),
        ("staff", format!("UPDATE thread SET version = 99 WHERE tenant_id = '{HILLSIDE}'")),
        ("staff", format!("UPDATE thread SET tenant_id = '{HILLSIDE}' WHERE tenant_id = '{RIVERSIDE}'")),
        ("staff", format!("UPDATE read_cursor SET tenant_id = '{HILLSIDE}' WHERE tenant_id = '{RIVERSIDE}'")),
        (
            "staff",
            format!("UPDATE canned_response SET tenant_id = '{HILLSIDE}' WHERE tenant_id = '{RIVERSIDE}'"),
        ),
        (
            "staff",
            format!(
                "INSERT INTO message (tenant_id, thread_id, seq, id, patient_id, sender_kind, body_enc, is_internal, \
                 sent_at) VALUES ('{HILLSIDE}', '{thread}', 99, gen_random_uuid(), '{dora}', 2, '', false, now())"
            ),
        ),
        ("staff", audit(HILLSIDE)),
        ("portal", audit(HILLSIDE)),
        ("worker", audit(HILLSIDE)),
        ("staff", outbox(HILLSIDE)),
        ("worker", outbox(HILLSIDE)),
    ] {
        let mut conn = busy.scene.stage.raw(role);
        if touches(&mut conn, &sql) {
            found.push(format!("{role}: {sql}"));
        }
    }
    found
}

/// Whether a statement, bound to the first practice, writes anything. It is taken back.
fn touches(conn: &mut PgConnection, sql: &str) -> bool {
    writes(Bound::to(RIVERSIDE), conn, sql)
}

fn portal_reach(busy: &Busy) -> Vec<String> {
    let scene = &busy.scene;
    let ana = Bound::to_account(RIVERSIDE, scene.ana.account, scene.ana.grant);
    let carla = Bound::to_account(RIVERSIDE, scene.carla.account, scene.carla.grant);
    let mut conn = scene.stage.raw("portal");
    let me = scene.ana.grant.patient;
    let account = scene.ana.account;
    let mut found = Vec::new();
    for (name, bound, query, expected) in [
        ("other patients", ana, format!("SELECT count(*) FROM patient WHERE id <> '{me}'"), 0),
        ("oneself", ana, "SELECT count(*) FROM patient".to_owned(), 1),
        ("other accounts", ana, format!("SELECT count(*) FROM portal_account WHERE id <> '{account}'"), 0),
        (
            "other grants",
            ana,
            format!("SELECT count(*) FROM patient_access WHERE account_id <> '{account}'"),
            0,
        ),
        ("other threads", ana, format!("SELECT count(*) FROM thread WHERE patient_id <> '{me}'"), 0),
        ("own threads", ana, "SELECT count(*) FROM thread".to_owned(), 1),
        ("other messages", ana, format!("SELECT count(*) FROM message WHERE patient_id <> '{me}'"), 0),
        ("own messages", ana, "SELECT count(*) FROM message".to_owned(), 6),
        ("notes", ana, "SELECT count(*) FROM message WHERE is_internal".to_owned(), 0),
        ("other cursors", ana, format!("SELECT count(*) FROM read_cursor WHERE reader_id <> '{account}'"), 0),
        ("own cursors", ana, "SELECT count(*) FROM read_cursor".to_owned(), 1),
        ("other files", ana, format!("SELECT count(*) FROM attachment WHERE patient_id <> '{me}'"), 0),
        ("notes' files", ana, "SELECT count(*) FROM attachment WHERE is_internal".to_owned(), 0),
        ("own files", ana, "SELECT count(*) FROM attachment".to_owned(), 3),
        ("own unsent files", carla, "SELECT count(*) FROM attachment WHERE thread_id IS NULL".to_owned(), 1),
        ("nobody's files", Bound::to(RIVERSIDE), "SELECT count(*) FROM attachment".to_owned(), 0),
        ("the staff's quotas", ana, "SELECT count(*) FROM upload_usage WHERE owner_kind = 1".to_owned(), 0),
        (
            "other quotas",
            ana,
            format!("SELECT count(*) FROM upload_usage WHERE owner_kind = 2 AND owner_id <> '{account}'"),
            0,
        ),
        ("own quotas", ana, "SELECT count(*) FROM upload_usage WHERE owner_kind = 2".to_owned(), 1),
        ("idle replies", ana, "SELECT count(*) FROM auto_reply WHERE NOT is_active".to_owned(), 0),
        ("other keys", ana, format!("SELECT count(*) FROM idempotency_key WHERE actor_id <> '{account}'"), 0),
        ("other sessions", ana, format!("SELECT count(*) FROM session WHERE account_id <> '{account}'"), 0),
        ("own sessions", ana, "SELECT count(*) FROM session".to_owned(), 1),
        ("refresh tokens", ana, "SELECT count(*) FROM refresh_token".to_owned(), 0),
        ("own keys", ana, "SELECT count(*) FROM idempotency_key".to_owned(), 1),
        ("confidential", carla, "SELECT count(*) FROM thread WHERE is_confidential".to_owned(), 0),
        ("the child's", carla, "SELECT count(*) FROM thread".to_owned(), 1),
        ("nobody's", Bound::to(RIVERSIDE), "SELECT count(*) FROM thread".to_owned(), 0),
        ("nobody's mail", Bound::to(RIVERSIDE), "SELECT count(*) FROM portal_account".to_owned(), 0),
    ] {
        if bound.count(&mut conn, &query).unwrap() != expected {
            found.push(format!("the portal reaches {name}"));
        }
    }
    let note = format!(
        "INSERT INTO message (tenant_id, thread_id, seq, id, patient_id, sender_kind, account_id, body_enc, \
         is_internal, sent_at) VALUES ('{RIVERSIDE}', '{}', 99, gen_random_uuid(), '{me}', 0, '{account}', '', \
         false, now())",
        busy.ana_thread
    );
    if ana.attempt(&mut conn, &note).is_err() {
        found.push("the portal cannot write for its patient".to_owned());
    }
    found.extend(portal_files(busy, &mut conn));
    for (name, sql) in [
        ("notes", note.replace("false, now()", "true, now()")),
        (
            "automatic replies for another",
            note.replace(&format!("0, '{account}'"), "2, NULL")
                .replace(&me.to_string(), &scene.ben.grant.patient.to_string()),
        ),
        ("in another's name", note.replace(&account.to_string(), &scene.ben.account.to_string())),
        ("for another", note.replace(&me.to_string(), &scene.ben.grant.patient.to_string())),
    ] {
        if ana.attempt(&mut conn, &sql).is_ok() {
            found.push(format!("the portal writes {name}"));
        }
    }
    found
}

/// What the portal's role would do to files with SQL of its own.
fn portal_files(busy: &Busy, conn: &mut PgConnection) -> Vec<String> {
    let scene = &busy.scene;
    let ana = Bound::to_account(RIVERSIDE, scene.ana.account, scene.ana.grant);
    let (me, account) = (scene.ana.grant.patient, scene.ana.account);
    let (ben, other) = (scene.ben.grant.patient, scene.ben.account);
    let mut found = Vec::new();
    let upload = format!(
        "INSERT INTO attachment (tenant_id, id, patient_id, account_id, kind, state, file_name_enc, key_enc, blob, \
         size_bytes, created_at) VALUES ('{RIVERSIDE}', gen_random_uuid(), '{me}', '{account}', 0, 0, 'x', 'x', \
         decode(repeat('00', 16), 'hex'), 1, now())"
    );
    if ana.attempt(conn, &upload).is_err() {
        found.push("the portal cannot upload".to_owned());
    }
    for (name, sql) in [
        ("uploads for another patient", upload.replace(&me.to_string(), &ben.to_string())),
        ("uploads in another's name", upload.replace(&account.to_string(), &other.to_string())),
        (
            "hides its files as a note's",
            "UPDATE attachment SET is_internal = true WHERE thread_id IS NOT NULL".to_owned(),
        ),
        (
            "gives its files away",
            format!("UPDATE attachment SET patient_id = '{ben}' WHERE thread_id IS NULL"),
        ),
    ] {
        if writes(ana, conn, &sql) {
            found.push(format!("the portal {name}"));
        }
    }
    let sent =
        format!("UPDATE attachment SET state = 4 WHERE thread_id IS NOT NULL AND account_id = '{account}'");
    if writes(ana, conn, &sent) {
        found.push("the portal changes what was sent".to_owned());
    }
    let quota = |kind: i16, id: String| {
        format!(
            "INSERT INTO upload_usage (tenant_id, day, owner_kind, owner_id, bytes) \
             VALUES ('{RIVERSIDE}', '2020-01-01', {kind}, '{id}', 0)"
        )
    };
    for sql in [quota(1, scene.nurse.id.to_string()), quota(2, other.to_string())] {
        if writes(ana, conn, &sql) {
            found.push("the portal counts for others".to_owned());
        }
    }
    if writes(Bound::to(RIVERSIDE), &mut scene.stage.raw("staff"), &quota(2, other.to_string())) {
        found.push("the staff count for patients".to_owned());
    }
    found
}

/// Whether a statement, bound so, writes anything. It is taken back.
pub(crate) fn writes(bound: Bound, conn: &mut PgConnection, sql: &str) -> bool {
    let counted = format!(
        "DO $count$ DECLARE n bigint; BEGIN {sql}; GET DIAGNOSTICS n = ROW_COUNT; \
         IF n > 0 THEN RAISE EXCEPTION 'wrote'; END IF; END $count$"
    );
    bound.attempt(conn, &counted).is_err_and(|refusal| refusal.to_string().contains("wrote"))
}

fn other_audience(busy: &Busy) -> Vec<String> {
    let stage = &busy.scene.stage;
    let mut found = Vec::new();
    for (role, query) in [
        ("staff", "SELECT count(*) FROM refresh_token WHERE owner_kind = 1"),
        ("staff", "SELECT count(*) FROM idempotency_key WHERE actor_kind = 1"),
        ("staff", "SELECT count(*) FROM upload_usage WHERE owner_kind = 2"),
        ("staff", "SELECT count(*) FROM known_device WHERE owner_kind = 1"),
        ("staff", "SELECT count(*) FROM push_registration WHERE owner_kind = 1"),
        ("portal", "SELECT count(*) FROM session WHERE owner_kind = 0"),
        ("portal", "SELECT count(*) FROM refresh_token WHERE owner_kind = 0"),
    ] {
        if Bound::to(RIVERSIDE).count(&mut stage.raw(role), query).unwrap() > 0 {
            found.push(format!("{role}: {query}"));
        }
    }
    let staff = |sql: &str| writes(Bound::to(RIVERSIDE), &mut stage.raw("staff"), sql);
    if !staff("UPDATE session SET revoked_at = now() WHERE owner_kind = 1 AND revoked_at IS NULL") {
        found.push("the practice cannot end the portal's sessions".to_owned());
    }
    for column in ["last_activity_at", "stepped_up_at"] {
        if staff(&format!("UPDATE session SET {column} = now() WHERE owner_kind = 1 AND revoked_at IS NULL"))
        {
            found.push(format!("staff move {column} of the portal's sessions"));
        }
    }
    let kept =
        format!("DELETE FROM idempotency_key WHERE tenant_id = '{RIVERSIDE}' AND expires_at > '2020-01-01'");
    if touches(&mut stage.raw("retention"), &kept) {
        found.push("retention deletes keys before their time".to_owned());
    }
    // Of acts those that have no threads: others are held by their threads' rows.
    for kept in ["bulk_act_thread WHERE", "bulk_act WHERE expires_at > now() + interval '36 hours' AND"] {
        let early = format!("DELETE FROM {kept} tenant_id = '{RIVERSIDE}'");
        if touches(&mut stage.raw("retention"), &early) {
            found.push(format!("retention deletes of {kept} before its time"));
        }
    }
    for (table, condition) in [
        ("attachment", "state <> 7"),
        ("upload_usage", "day > now() - interval '1 day'"),
        ("change", "at > now() - interval '1 day'"),
        ("presence", "until > now()"),
        ("sign_in_ticket", "expires_at > now()"),
        ("outbox", "kind <> 2"),
    ] {
        let early = format!("DELETE FROM {table} WHERE tenant_id = '{RIVERSIDE}' AND {condition}");
        if touches(&mut stage.raw("retention"), &early) {
            found.push(format!("retention deletes of {table} before its time"));
        }
    }
    found
}

/// What a role would tell those who look on with SQL of its own.
fn false_changes(busy: &Busy) -> Vec<String> {
    let scene = &busy.scene;
    let ana = Bound::to_account(RIVERSIDE, scene.ana.account, scene.ana.grant);
    let (me, account, thread) = (scene.ana.grant.patient, scene.ana.account, busy.ana_thread);
    let tell = |tenant, kind: i16, side: i16, actor: i16| {
        format!(
            "INSERT INTO change (tenant_id, id, at, kind, audience, thread_id, patient_id, actor_kind, actor_id, \
             category, categories) VALUES ('{tenant}', gen_random_uuid(), now(), {kind}, {side}, '{thread}', '{me}', \
             {actor}, '{account}', 1, 2)"
        )
    };
    let own = tell(RIVERSIDE, 1, 0, 1);
    let end = format!(
        "INSERT INTO change (tenant_id, id, at, kind, audience, session_id) \
         VALUES ('{RIVERSIDE}', gen_random_uuid(), now(), 12, 1, gen_random_uuid())"
    );
    let mut found = Vec::new();
    if ana.attempt(&mut scene.stage.raw("portal"), &own).is_err() {
        found.push("the portal cannot tell of its messages".to_owned());
    }
    let another = |from: String, to: String| own.replace(&from, &to);
    for (role, bound, sql) in [
        ("staff", Bound::to(RIVERSIDE), tell(HILLSIDE, 2, 0, 0)),
        ("worker", Bound::to(RIVERSIDE), tell(HILLSIDE, 8, 0, 0)),
        ("staff", Bound::to(RIVERSIDE), own.clone()),
        ("staff", Bound::to(RIVERSIDE), end.clone()),
        ("staff", Bound::to(RIVERSIDE), tell(RIVERSIDE, 2, 1, 0)),
        ("portal", ana, tell(RIVERSIDE, 2, 0, 1)),
        ("portal", ana, tell(RIVERSIDE, 1, 0, 0)),
        ("portal", ana, another(me.to_string(), scene.ben.grant.patient.to_string())),
        ("portal", ana, another(account.to_string(), scene.ben.account.to_string())),
        ("portal", ana, end),
    ] {
        if writes(bound, &mut scene.stage.raw(role), &sql) {
            found.push(format!("{role}: {sql}"));
        }
    }
    found
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
