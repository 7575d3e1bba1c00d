//! What is another practice's, or the other audience's.

use super::{Busy, readable_tables, touches, writes};
use crate::raw::Bound;
use crate::stage::{HILLSIDE, RIVERSIDE};

pub(super) fn foreign_rows(busy: &Busy, role: &str) -> Vec<String> {
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
pub(super) fn foreign_writes(busy: &Busy) -> Vec<String> {
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

pub(super) fn other_audience(busy: &Busy) -> Vec<String> {
    let stage = &busy.scene.stage;
    let mut found = Vec::new();
    for (role, query) in [
        ("staff", "SELECT count(*) FROM refresh_token WHERE owner_kind = 1"),
        ("staff", "SELECT count(*) FROM idempotency_key WHERE actor_kind = 1"),
        ("staff", "SELECT count(*) FROM upload_usage WHERE owner_kind = 2"),
        ("staff", "SELECT count(*) FROM draft WHERE owner_kind = 1"),
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
    let pushes = "push_registration SET removed_at = now()";
    if !staff(&format!("UPDATE {pushes}, token_enc = '' WHERE owner_kind = 1 AND removed_at IS NULL")) {
        found.push("the practice cannot end the portal's push notifications".to_owned());
    }
    for written in ["token_enc = ''", "token_enc = 'x', removed_at = now()"] {
        if staff(&format!("UPDATE push_registration SET {written} WHERE owner_kind = 1")) {
            found.push(format!("staff write {written} of the portal's push notifications"));
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
        ("draft", "updated_at > now() - interval '1 day'"),
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
