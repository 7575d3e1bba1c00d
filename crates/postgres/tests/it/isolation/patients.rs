//! What is another patient's, or nobody's but staff's.

use super::{Busy, writes};
use crate::raw::Bound;
use crate::stage::RIVERSIDE;
use diesel::prelude::*;

pub(super) fn portal_reach(busy: &Busy) -> Vec<String> {
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
        ("other drafts", ana, format!("SELECT count(*) FROM draft WHERE owner_id <> '{account}'"), 0),
        ("drafts about others", ana, format!("SELECT count(*) FROM draft WHERE patient_id <> '{me}'"), 0),
        ("own drafts", ana, "SELECT count(*) FROM draft".to_owned(), 1),
        ("nobody's drafts", Bound::to(RIVERSIDE), "SELECT count(*) FROM draft".to_owned(), 0),
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
