//! What the roles reach of accounts: links, factors, tickets, devices and grants.

use super::{Busy, writes};
use crate::raw::{Bound, texts};
use crate::scene::{Reader, Scene};
use crate::stage::RIVERSIDE;
use threadwell_domain::PatientId;
use uuid::Uuid;

/// Both practices have a row in every table about accounts, for staff and for every account.
pub(super) fn fill(scene: &Scene) {
    scene.stage.admin(
        "INSERT INTO account_link (tenant_id, id, token_hash, purpose, staff_id, created_at, expires_at) \
             SELECT tenant_id, gen_random_uuid(), sha256(id::text::bytea), 0, id, now(), now() + interval '1 day' \
             FROM staff_user; \
         INSERT INTO account_link (tenant_id, id, token_hash, purpose, account_id, created_at, expires_at) \
             SELECT tenant_id, gen_random_uuid(), sha256(id::text::bytea), 2, id, now(), now() + interval '1 day' \
             FROM portal_account; \
         INSERT INTO account_link (tenant_id, id, token_hash, purpose, patient_id, relationship, scope, created_at, \
             expires_at) SELECT tenant_id, gen_random_uuid(), sha256(id::text::bytea), 5, id, 2, 0, now(), \
             now() + interval '1 day' FROM patient; \
         INSERT INTO staff_address_range (tenant_id, id, range, added_at) \
             SELECT id, gen_random_uuid(), '10.0.0.0/8', now() FROM tenant WHERE slug <> 'installation'; \
         INSERT INTO push_registration (tenant_id, session_id, owner_kind, platform, token_enc, registered_at) \
             SELECT tenant_id, id, owner_kind, 0, 'x', now() FROM session; \
         INSERT INTO emergency_access (tenant_id, id, staff_id, session_id, reason_enc, started_at, expires_at) \
             SELECT tenant_id, gen_random_uuid(), staff_id, id, 'x', now(), now() FROM session WHERE owner_kind = 0",
    );
    for (kind, owner, people) in [(0, "staff_id", "staff_user"), (1, "account_id", "portal_account")] {
        scene.stage.admin(&format!(
            "INSERT INTO second_factor (tenant_id, id, owner_kind, {owner}, kind, name_enc, secret_enc, created_at) \
                 SELECT tenant_id, gen_random_uuid(), {kind}, id, 0, 'x', 'x', now() FROM {people}; \
             INSERT INTO recovery_code (tenant_id, code_hash, owner_kind, {owner}, created_at) \
                 SELECT tenant_id, sha256(id::text::bytea), {kind}, id, now() FROM {people}; \
             INSERT INTO sign_in_ticket (tenant_id, id, token_hash, owner_kind, {owner}, purpose, created_at, \
                 expires_at) SELECT tenant_id, gen_random_uuid(), sha256(id::text::bytea), {kind}, id, 0, now(), \
                 now() + interval '1 day' FROM {people}; \
             INSERT INTO known_device (tenant_id, id, owner_kind, {owner}, device_hash, first_seen_at, last_seen_at) \
                 SELECT tenant_id, gen_random_uuid(), {kind}, id, sha256(id::text::bytea), now(), now() FROM {people}"
        ));
    }
}

/// Every probe that finds what it must not, by name.
pub(super) fn violations(busy: &Busy) -> Vec<String> {
    let mut found = foreign_reach(busy);
    found.extend(own_reach(busy));
    found.extend(false_grants(busy));
    found.extend(grants_by_link(busy));
    found.extend(staff_of_the_portal(busy));
    found
}

fn foreign_reach(busy: &Busy) -> Vec<String> {
    let scene = &busy.scene;
    let ana = Bound::to_account(RIVERSIDE, scene.ana.account, scene.ana.grant);
    let (me, account) = (scene.ana.grant.patient, scene.ana.account);
    let others = format!("account_id IS DISTINCT FROM '{account}'");
    let mut conn = scene.stage.raw("portal");
    let mut found = Vec::new();
    for (table, condition) in [
        ("account_link", format!("purpose < 2 OR ({others} AND patient_id IS DISTINCT FROM '{me}')")),
        ("second_factor", others.clone()),
        ("recovery_code", others.clone()),
        ("sign_in_ticket", others.clone()),
        ("known_device", others),
        // None is reached but that of the session that was bound.
        ("push_registration", "true".to_owned()),
    ] {
        let query = format!("SELECT count(*) FROM {table} WHERE {condition}");
        if ana.count(&mut conn, &query).unwrap() > 0 {
            found.push(format!("the portal reaches others' {table}"));
        }
        let query = format!("SELECT count(*) FROM {table}");
        if Bound::to(RIVERSIDE).count(&mut conn, &query).unwrap() > 0 {
            found.push(format!("a visitor reaches {table}"));
        }
    }
    found
}

fn own_reach(busy: &Busy) -> Vec<String> {
    let scene = &busy.scene;
    let ana = Bound::to_account(RIVERSIDE, scene.ana.account, scene.ana.grant);
    let mut conn = scene.stage.raw("portal");
    let mut found = Vec::new();
    for (table, expected) in [
        ("account_link", 2),
        ("second_factor", 1),
        ("recovery_code", 1),
        ("sign_in_ticket", 1),
        ("known_device", 1),
    ] {
        if ana.count(&mut conn, &format!("SELECT count(*) FROM {table}")).unwrap() != expected {
            found.push(format!("the portal does not see its own {table}"));
        }
    }
    found
}

/// What the portal's role would make of grants and others' things with SQL of its own.
fn false_grants(busy: &Busy) -> Vec<String> {
    let scene = &busy.scene;
    let ana = Bound::to_account(RIVERSIDE, scene.ana.account, scene.ana.grant);
    let (account, other, ben) = (scene.ana.account, scene.ben.account, scene.ben.grant.patient);
    let staff = scene.nurse.id;
    let grant = format!(
        "INSERT INTO patient_access (tenant_id, account_id, patient_id, relationship, scope, created_at) \
         VALUES ('{RIVERSIDE}', '{account}', '{ben}', 1, 1, now())"
    );
    let factor = |kind: i16, column: &str, owner: String| {
        format!(
            "INSERT INTO second_factor (tenant_id, id, owner_kind, {column}, kind, name_enc, secret_enc, created_at) \
             VALUES ('{RIVERSIDE}', gen_random_uuid(), {kind}, '{owner}', 0, 'x', 'x', now())"
        )
    };
    let code = |kind: i16, column: &str, owner: String| {
        format!(
            "INSERT INTO recovery_code (tenant_id, code_hash, owner_kind, {column}, created_at) \
             VALUES ('{RIVERSIDE}', sha256('new'), {kind}, '{owner}', now())"
        )
    };
    let link = format!(
        "INSERT INTO account_link (tenant_id, id, token_hash, purpose, staff_id, created_at, expires_at) \
         VALUES ('{RIVERSIDE}', gen_random_uuid(), sha256('new'), 1, '{staff}', now(), now())"
    );
    let mut found = Vec::new();
    for sql in [
        grant,
        factor(1, "account_id", other.to_string()),
        factor(0, "staff_id", staff.to_string()),
        code(1, "account_id", other.to_string()),
        code(0, "staff_id", staff.to_string()),
        link,
        format!("UPDATE portal_account SET password_hash = 'x' WHERE id = '{other}'"),
        format!("UPDATE patient_access SET scope = 1 WHERE account_id = '{other}'"),
    ] {
        if writes(ana, &mut scene.stage.raw("portal"), &sql) {
            found.push(format!("the portal: {sql}"));
        }
    }
    found
}

/// What an invitation that was presented lets an account give itself or change, and nothing besides.
fn grants_by_link(busy: &Busy) -> Vec<String> {
    let scene = &busy.scene;
    let bound = |reader: &Reader| Bound::to_account(RIVERSIDE, reader.account, reader.grant);
    let (ana, ben) = (bound(&scene.ana), bound(&scene.ben));
    let (me, account) = (scene.ana.grant.patient, scene.ana.account);
    let (other, proxy) = (scene.ben.grant.patient, scene.carla.account);
    let link = |condition: String| link_where(scene, &condition);
    let invitation = |patient: PatientId| link(format!("patient_id = '{patient}' AND purpose = 5"));
    let (own, for_other) = (invitation(me), invitation(other));
    let reset = link(format!("account_id = '{account}' AND purpose = 2"));
    let given = format!(
        "INSERT INTO patient_access (tenant_id, account_id, patient_id, relationship, scope, invitation_id, created_at) \
         VALUES ('{RIVERSIDE}', '{account}', '{other}', 2, 0, '{for_other}', now())"
    );
    let to_another = given.replace(&account.to_string(), &scene.ben.account.to_string());
    let by_nothing = given.replace(&format!("'{for_other}'"), "NULL");
    let change =
        |whose, terms: &str| format!("UPDATE patient_access SET {terms} WHERE account_id = '{whose}'");
    let renewed = change(account, &format!("scope = 0, expires_at = NULL, invitation_id = '{own}'"));
    let (ended, widened) = ("ended_at = now(), expires_at = now()", "scope = 1, expires_at = NULL");
    let for_proxy = change(proxy, &format!("scope = 1, invitation_id = '{for_other}'"));
    [
        (ana.presenting(for_other), given.clone(), true),
        (ana, given.clone(), false),
        (ana.presenting(own), given.clone(), false),
        (ana.presenting(reset), given, false),
        (ana.presenting(for_other), to_another, false),
        (ana.presenting(for_other), by_nothing, false),
        (ana.presenting(own), renewed.clone(), true),
        (ana, renewed.clone(), false),
        (ana.presenting(for_other), renewed.clone(), false),
        (ana.presenting(reset), renewed, false),
        (ana.presenting(own), change(account, widened), false),
        (ana, change(account, widened), false),
        (ana, change(account, ended), true),
        (ben, change(proxy, ended), true),
        (ben, change(proxy, widened), false),
        (ben.presenting(for_other), for_proxy, false),
        // Where a grant leads is nobody's to change.
        (ana.presenting(own), change(account, &format!("patient_id = '{other}'")), false),
        (ana.presenting(own), change(account, &format!("account_id = '{proxy}'")), false),
    ]
    .into_iter()
    .filter(|(bound, sql, may)| writes(*bound, &mut scene.stage.raw("portal"), sql) != *may)
    .map(|(_, sql, may)| format!("the portal {} {sql}", if may { "cannot" } else { "can" }))
    .collect()
}

/// The first practice's one link of which that is true.
fn link_where(scene: &Scene, condition: &str) -> Uuid {
    let query = format!("SELECT id::text FROM account_link WHERE tenant_id = '{RIVERSIDE}' AND {condition}");
    texts(&mut scene.stage.raw_admin(), &query).remove(0).parse().unwrap()
}

/// The staff end what is open at the portal, and open and change nothing there.
fn staff_of_the_portal(busy: &Busy) -> Vec<String> {
    let stage = &busy.scene.stage;
    let account = busy.scene.ana.account;
    let session = format!(
        "INSERT INTO session (tenant_id, id, owner_kind, account_id, created_at, last_activity_at, \
         expires_at, idle_limit_seconds) VALUES ('{RIVERSIDE}', gen_random_uuid(), 1, '{account}', now(), now(), \
         now(), 60)"
    );
    let ticket = format!(
        "INSERT INTO sign_in_ticket (tenant_id, id, token_hash, owner_kind, account_id, purpose, created_at, \
         expires_at) VALUES ('{RIVERSIDE}', gen_random_uuid(), sha256('new'), 1, '{account}', 0, now(), now())"
    );
    let device = format!(
        "INSERT INTO known_device (tenant_id, id, owner_kind, account_id, device_hash, first_seen_at, last_seen_at) \
         VALUES ('{RIVERSIDE}', gen_random_uuid(), 1, '{account}', sha256('new'), now(), now())"
    );
    [
        (session, false),
        (ticket, false),
        (device, false),
        ("UPDATE known_device SET forgotten_at = now() WHERE owner_kind = 1".to_owned(), true),
        ("UPDATE known_device SET forgotten_at = NULL WHERE owner_kind = 1".to_owned(), false),
        ("UPDATE known_device SET last_seen_at = now() WHERE owner_kind = 1".to_owned(), false),
        ("UPDATE sign_in_ticket SET used_at = now() WHERE owner_kind = 1".to_owned(), true),
        ("UPDATE sign_in_ticket SET attempts = 0 WHERE owner_kind = 1".to_owned(), false),
    ]
    .into_iter()
    .filter(|(sql, may)| writes(Bound::to(RIVERSIDE), &mut stage.raw("staff"), sql) != *may)
    .map(|(sql, may)| format!("the staff {} {sql}", if may { "cannot" } else { "can" }))
    .collect()
}
