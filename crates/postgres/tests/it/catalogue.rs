//! Reads the catalogue, so that nobody can add a table, key or grant that the rules do not cover.

use crate::raw::texts;
use crate::stage::Stage;
use threadwell_postgres::{GuardFailure, PgSettings, guard};

/// Tables without row level security, and why each may be.
const EXEMPT: [(&str, &str); 4] = [
    ("tenant", "everybody sees every row, and its own staff alone change it"),
    ("sign_in_throttle", "an attempt may name no practice; keys are keyed hashes"),
    (
        "message_search",
        "only leakproof operators use an index under row level security, and && on tokens is not; it holds keyed \
         tokens of one practice's key, and hits are joined to protected tables",
    ),
    ("__diesel_schema_migrations", "which migrations ran"),
];

/// The one index over all practices: every node reads the changes of all of them in one order.
const ACROSS_PRACTICES: &str = "change_position";

/// The condition that binds every tenant table.
const TENANT_IS_BOUND: &str =
    "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)";

fn exempt() -> String {
    EXEMPT.iter().map(|(table, _)| format!("'{table}'")).collect::<Vec<_>>().join(",")
}

fn nothing(stage: &Stage, query: &str) {
    assert_eq!(texts(&mut stage.raw_admin(), query), Vec::<String>::new());
}

#[test]
fn every_table_is_protected_or_exempt_with_a_reason() {
    let stage = Stage::set();
    nothing(
        &stage,
        &format!(
            "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname NOT IN ({}) \
             AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p \
                WHERE p.polrelid = c.oid AND p.polname = 'tenant_isolation' AND p.polpermissive \
                AND p.polcmd = '*' AND p.polroles = '{{0}}'))",
            exempt()
        ),
    );
    nothing(
        &stage,
        &format!(
            "SELECT c.relname::text FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid \
             WHERE p.polname = 'tenant_isolation' AND (pg_get_expr(p.polqual, c.oid) <> $x${TENANT_IS_BOUND}$x$ \
             OR pg_get_expr(p.polwithcheck, c.oid) IS DISTINCT FROM $x${TENANT_IS_BOUND}$x$)"
        ),
    );
}

#[test]
fn only_the_tenant_policy_is_permissive_and_none_selects() {
    let stage = Stage::set();
    nothing(
        &stage,
        // The worker finds the practices with due work before it binds one, and every node reads the changes of all
        // practices in one query: ids and times, to read alone.
        "SELECT polname::text FROM pg_policy WHERE polpermissive AND polname <> 'tenant_isolation' \
         AND NOT (polrelid = 'tenant'::regclass AND polname IN ('everybody_sees', 'owner_founds', \
            'practice_changes_itself')) \
         AND NOT ((polname, polrelid) IN (('worker_finds_practices', 'work_due'::regclass), \
                ('worker_follows_changes', 'change'::regclass)) \
            AND polcmd = 'r' AND polroles = ARRAY['threadwell_worker'::regrole::oid])",
    );
    nothing(
        &stage,
        "SELECT polname::text FROM pg_policy WHERE pg_get_expr(polqual, polrelid) ~* 'select' \
         OR pg_get_expr(polwithcheck, polrelid) ~* 'select'",
    );
}

#[test]
fn every_key_and_unique_index_begins_with_the_practice() {
    let stage = Stage::set();
    nothing(
        &stage,
        &format!(
            "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
             JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] \
             WHERE c.relname NOT IN ({}) AND a.attname <> 'tenant_id' \
             AND (i.indisunique OR i.indexrelid::regclass::text <> '{ACROSS_PRACTICES}')",
            exempt()
        ),
    );
    nothing(
        &stage,
        &format!(
            "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname NOT IN ({}) \
             AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' \
                AND a.attnotnull AND a.attnum = 1)",
            exempt()
        ),
    );
}

#[test]
fn every_foreign_key_carries_the_practice_and_deletes_nothing() {
    let stage = Stage::set();
    nothing(
        &stage,
        "SELECT f.conname::text FROM pg_constraint f \
         JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1] \
         JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = f.confkey[1] \
         WHERE f.contype = 'f' AND (f.confdeltype <> 'a' OR f.confupdtype <> 'a' OR a.attname <> 'tenant_id' \
            OR NOT (b.attname = 'tenant_id' OR f.confrelid = 'tenant'::regclass))",
    );
    let keys = texts(&mut stage.raw_admin(), "SELECT conname::text FROM pg_constraint WHERE contype = 'f'");
    assert!(keys.len() > 25, "{keys:?}");
}

#[test]
fn nothing_acts_behind_a_statement() {
    let stage = Stage::set();
    nothing(&stage, "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal");
    nothing(
        &stage,
        "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname IN ('public', 'app') AND c.relkind IN ('v', 'm', 'f')",
    );
    nothing(
        &stage,
        "SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
         WHERE n.nspname IN ('public', 'app') AND p.prosecdef",
    );
    nothing(
        &stage,
        "SELECT t.typname::text FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace \
         WHERE n.nspname = 'public' AND t.typtype = 'e'",
    );
    nothing(
        &stage,
        "SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace CROSS JOIN \
         unnest(ARRAY['threadwell_staff', 'threadwell_portal', 'threadwell_worker']) r \
         WHERE n.nspname = 'app' AND has_function_privilege(r, p.oid, 'EXECUTE') \
         AND has_schema_privilege(r, 'app', 'USAGE')",
    );
}

#[test]
fn every_table_says_what_it_is_for() {
    let stage = Stage::set();
    nothing(
        &stage,
        "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> '__diesel_schema_migrations' \
         AND obj_description(c.oid, 'pg_class') IS NULL",
    );
}

/// Every right that a serving role has on a whole table.
const TABLE_GRANTS: &[&str] = &[
    "account_link portal INSERT,SELECT",
    "account_link staff INSERT,SELECT",
    "account_link worker SELECT",
    "attachment portal SELECT",
    "attachment retention DELETE",
    "attachment staff SELECT",
    "auto_reply staff INSERT,SELECT,UPDATE",
    "bulk_act retention DELETE",
    "bulk_act staff INSERT,SELECT",
    "bulk_act_thread retention DELETE",
    "bulk_act_thread staff INSERT,SELECT",
    "canned_response staff INSERT,SELECT,UPDATE",
    "canned_response_version staff INSERT,SELECT",
    "change portal INSERT",
    "change retention DELETE",
    "change staff INSERT",
    "change worker INSERT,SELECT",
    "draft portal INSERT,SELECT,UPDATE",
    "draft retention DELETE",
    "draft staff INSERT,SELECT,UPDATE",
    "emergency_access staff INSERT,SELECT",
    "idempotency_key portal INSERT,SELECT,UPDATE",
    "idempotency_key retention DELETE",
    "idempotency_key staff INSERT,SELECT,UPDATE",
    "known_device portal INSERT,SELECT",
    "known_device staff INSERT,SELECT",
    "message portal INSERT,SELECT",
    "message staff INSERT,SELECT",
    "message_search staff SELECT",
    "message_search worker INSERT,SELECT,UPDATE",
    "notification staff INSERT,SELECT",
    "outbox portal INSERT",
    "outbox retention DELETE",
    "outbox staff INSERT",
    "outbox worker INSERT,SELECT,UPDATE",
    "patient staff INSERT,SELECT",
    "patient_access portal INSERT,SELECT",
    "patient_access staff INSERT,SELECT",
    "patient_access worker SELECT",
    "patient_search staff INSERT,SELECT",
    "patient_search worker INSERT,SELECT",
    "portal_account portal INSERT,SELECT",
    "presence retention DELETE",
    "presence staff INSERT,SELECT,UPDATE",
    "presence worker SELECT",
    "push_registration portal INSERT,SELECT",
    "push_registration staff INSERT",
    "read_cursor portal INSERT,SELECT,UPDATE",
    "read_cursor staff INSERT,SELECT,UPDATE",
    "read_cursor worker INSERT,SELECT,UPDATE",
    "recent_search staff INSERT,SELECT,UPDATE",
    "recovery_code portal INSERT,SELECT",
    "recovery_code staff INSERT,SELECT",
    "refresh_token portal INSERT,SELECT",
    "refresh_token staff INSERT,SELECT",
    "role_scope staff INSERT,SELECT,UPDATE",
    "role_scope worker SELECT",
    "saved_view staff INSERT,SELECT",
    "search_index staff SELECT",
    "search_index worker SELECT",
    "search_word staff SELECT",
    "search_word worker INSERT,SELECT,UPDATE",
    "second_factor portal INSERT,SELECT",
    "second_factor staff INSERT,SELECT",
    "session portal INSERT,SELECT",
    "session staff INSERT,SELECT",
    "sign_in_throttle staff INSERT,SELECT,UPDATE",
    "sign_in_ticket portal INSERT,SELECT",
    "sign_in_ticket retention DELETE",
    "sign_in_ticket staff INSERT,SELECT",
    "staff_address_range staff INSERT,SELECT",
    "staff_user staff INSERT,SELECT",
    "team staff INSERT,SELECT",
    "team worker SELECT",
    "team_member staff INSERT,SELECT",
    "team_member worker SELECT",
    "tenant portal SELECT",
    "tenant retention SELECT",
    "tenant staff SELECT",
    "tenant worker SELECT",
    "tenant_key portal SELECT",
    "tenant_key staff SELECT",
    "tenant_key worker SELECT",
    "thread portal INSERT,SELECT",
    "thread staff INSERT,SELECT,UPDATE",
    "thread_link staff INSERT,SELECT",
    "thread_search portal INSERT",
    "thread_search staff INSERT,SELECT,UPDATE",
    "upload_usage portal INSERT,SELECT,UPDATE",
    "upload_usage retention DELETE",
    "upload_usage staff INSERT,SELECT,UPDATE",
    "upload_usage worker SELECT",
    "work_due portal INSERT,SELECT,UPDATE",
    "work_due staff INSERT,SELECT,UPDATE",
    "work_due worker INSERT,SELECT,UPDATE",
];

#[test]
fn the_roles_have_these_rights_on_tables_and_no_others() {
    let stage = Stage::set();
    let found = texts(
        &mut stage.raw_admin(),
        "SELECT c.relname || ' ' || replace(r.rolname, 'threadwell_', '') || ' ' || \
            string_agg(g.privilege_type, ',' ORDER BY g.privilege_type) \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
         CROSS JOIN aclexplode(c.relacl) g JOIN pg_roles r ON r.oid = g.grantee \
         WHERE r.rolname NOT IN ('threadwell_owner', 'threadwell_backup') AND c.relkind IN ('r', 'p') \
         AND c.relname <> '__diesel_schema_migrations' GROUP BY c.relname, r.rolname ORDER BY 1",
    );
    assert_eq!(found, TABLE_GRANTS);
}

#[test]
fn the_roles_have_these_rights_on_columns_and_no_others() {
    let stage = Stage::set();
    let columns = |table: &str, role: &str, right: &str| {
        texts(
            &mut stage.raw_admin(),
            &format!(
                "SELECT a.attname::text FROM pg_attribute a CROSS JOIN aclexplode(a.attacl) g \
                 JOIN pg_roles r ON r.oid = g.grantee WHERE a.attrelid = '{table}'::regclass \
                 AND r.rolname = 'threadwell_{role}' AND g.privilege_type = '{right}' ORDER BY 1"
            ),
        )
    };
    assert_eq!(columns("staff_user", "portal", "SELECT"), ["full_name", "id", "tenant_id", "title"]);
    assert_eq!(
        columns("patient", "portal", "SELECT"),
        ["birth_date_enc", "id", "language", "name_enc", "tenant_id"]
    );
    assert_eq!(columns("auto_reply", "portal", "SELECT"), ["category", "is_active", "message", "tenant_id"]);
    let moved = columns("thread", "portal", "UPDATE");
    assert_eq!(moved.len(), 16, "{moved:?}");
    for kept in ["category", "priority", "assigned_staff_id", "assigned_team_id", "patient_id"] {
        assert!(!moved.contains(&kept.to_owned()), "{kept}");
    }
    for role in ["staff", "portal", "worker"] {
        assert_eq!(columns("audit_event", role, "SELECT"), Vec::<String>::new());
        assert_eq!(columns("audit_event", role, "INSERT").len(), 16);
    }
    for role in ["staff", "portal"] {
        assert_eq!(columns("message", role, "UPDATE"), ["attachment_count"]);
        let moved = columns("attachment", role, "UPDATE");
        for kept in
            ["blob", "thumbnail_blob", "kind", "staff_id", "account_id", "created_at", "fence", "lease_until"]
        {
            assert!(!moved.contains(&kept.to_owned()), "{role} {kept}");
        }
    }
    let worker_moves = columns("attachment", "worker", "UPDATE");
    for kept in ["thread_id", "is_internal", "patient_id", "staff_id", "account_id", "claimed_at"] {
        assert!(!worker_moves.contains(&kept.to_owned()), "{kept}");
    }
    assert_eq!(
        columns("message", "worker", "SELECT"),
        ["body_enc", "id", "is_internal", "patient_id", "sender_kind", "staff_id", "tenant_id", "thread_id"]
    );
    assert!(!columns("search_index", "worker", "UPDATE").contains(&"is_on".to_owned()));
    assert_eq!(columns("upload_usage", "worker", "UPDATE"), ["bytes"]);
    assert!(!columns("attachment", "worker", "SELECT").contains(&"file_name_enc".to_owned()));
    let worker_sees: Vec<String> = ["thread", "patient", "portal_account", "staff_user"]
        .iter()
        .flat_map(|table| columns(table, "worker", "SELECT"))
        .collect();
    assert!(!worker_sees.iter().any(|column| column == "subject_enc" || column == "password_hash"));
    nothing(
        &stage,
        "SELECT DISTINCT a.attrelid::regclass::text FROM pg_attribute a CROSS JOIN aclexplode(a.attacl) g \
         JOIN pg_roles r ON r.oid = g.grantee WHERE (a.attrelid::regclass::text, r.rolname::text) NOT IN (\
            ('staff_user', 'threadwell_portal'), ('staff_user', 'threadwell_worker'), ('staff_user', 'threadwell_staff'), \
            ('tenant', 'threadwell_staff'), ('staff_address_range', 'threadwell_staff'), ('staff_address_range', 'threadwell_worker'), \
            ('account_link', 'threadwell_staff'), ('account_link', 'threadwell_portal'), ('account_link', 'threadwell_worker'), \
            ('second_factor', 'threadwell_staff'), ('second_factor', 'threadwell_portal'), \
            ('recovery_code', 'threadwell_staff'), ('recovery_code', 'threadwell_portal'), \
            ('sign_in_ticket', 'threadwell_staff'), ('sign_in_ticket', 'threadwell_portal'), \
            ('sign_in_ticket', 'threadwell_retention'), ('draft', 'threadwell_retention'), \
            ('known_device', 'threadwell_staff'), ('known_device', 'threadwell_portal'), \
            ('push_registration', 'threadwell_staff'), ('push_registration', 'threadwell_portal'), \
            ('emergency_access', 'threadwell_staff'), ('portal_account', 'threadwell_portal'), \
            ('patient', 'threadwell_staff'), ('patient_access', 'threadwell_staff'), ('patient_access', 'threadwell_portal'), \
            ('patient', 'threadwell_portal'), ('patient', 'threadwell_worker'), \
            ('portal_account', 'threadwell_staff'), ('portal_account', 'threadwell_worker'), \
            ('bulk_act', 'threadwell_staff'), ('bulk_act', 'threadwell_retention'), \
            ('bulk_act_thread', 'threadwell_retention'), ('outbox', 'threadwell_retention'), \
            ('notification', 'threadwell_staff'), \
            ('saved_view', 'threadwell_staff'), ('team', 'threadwell_staff'), ('team_member', 'threadwell_staff'), \
            ('thread_link', 'threadwell_staff'), \
            ('auto_reply', 'threadwell_portal'), ('thread', 'threadwell_portal'), ('thread', 'threadwell_worker'), \
            ('attachment', 'threadwell_staff'), ('attachment', 'threadwell_portal'), \
            ('attachment', 'threadwell_worker'), ('attachment', 'threadwell_retention'), \
            ('upload_usage', 'threadwell_retention'), ('upload_usage', 'threadwell_worker'), \
            ('message', 'threadwell_staff'), ('message', 'threadwell_portal'), \
            ('message', 'threadwell_worker'), ('search_index', 'threadwell_staff'), \
            ('search_index', 'threadwell_worker'), ('session', 'threadwell_staff'), ('session', 'threadwell_portal'), \
            ('idempotency_key', 'threadwell_retention'), ('change', 'threadwell_retention'), ('presence', 'threadwell_retention'), \
            ('presence', 'threadwell_worker'), ('session', 'threadwell_worker'), ('audit_event', 'threadwell_staff'), \
            ('audit_event', 'threadwell_portal'), ('audit_event', 'threadwell_worker'))",
    );
}

#[test]
fn the_roles_are_no_stronger_than_serving_needs() {
    let stage = Stage::set();
    nothing(
        &stage,
        "SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'threadwell_%' AND (rolsuper OR rolcreaterole \
         OR rolcreatedb OR rolreplication OR (rolbypassrls AND rolname <> 'threadwell_backup'))",
    );
    nothing(
        &stage,
        "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         JOIN pg_roles r ON r.oid = c.relowner WHERE n.nspname = 'public' AND r.rolname <> 'threadwell_owner' \
         AND c.relkind IN ('r', 'p')",
    );
}

#[test]
fn the_tables_in_diesel_are_those_of_the_database() {
    let stage = Stage::set();
    let mut declared = Vec::new();
    let mut table = String::new();
    for line in include_str!("../../src/schema.rs").lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with('{')) {
            table = name.to_owned();
        } else if let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ") {
            declared.push(format!("{table}.{column} {kind}"));
        }
    }
    let found = texts(
        &mut stage.raw_admin(),
        "SELECT c.relname || '.' || a.attname || ' ' || CASE WHEN a.attnotnull THEN k.kind \
            ELSE 'Nullable<' || k.kind || '>' END \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
         CROSS JOIN LATERAL (SELECT CASE format_type(a.atttypid, NULL) WHEN 'uuid' THEN 'Uuid' WHEN 'text' THEN 'Text' \
            WHEN 'bytea' THEN 'Bytea' WHEN 'smallint' THEN 'SmallInt' WHEN 'integer' THEN 'Integer' \
            WHEN 'bigint' THEN 'BigInt' WHEN 'boolean' THEN 'Bool' \
            WHEN 'timestamp with time zone' THEN 'Timestamptz' WHEN 'uuid[]' THEN 'Array<Uuid>' \
            WHEN 'bytea[]' THEN 'Array<Bytea>' WHEN 'bigint[]' THEN 'Array<BigInt>' WHEN 'text[]' THEN 'Array<Text>' WHEN 'smallint[]' THEN 'Array<SmallInt>' \
            ELSE format_type(a.atttypid, NULL) END AS kind) k \
         WHERE c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'audit_event%' AND c.relname <> 'change' \
         AND c.relname <> '__diesel_schema_migrations' ORDER BY c.relname, a.attnum",
    );
    declared.sort();
    let mut found = found;
    found.sort();
    assert_eq!(declared, found);
}

fn settings(stage: &Stage) -> PgSettings {
    PgSettings::new(stage.url("staff"), stage.url("portal"), stage.url("worker"))
}

#[test]
fn the_guard_lets_a_sound_database_serve() {
    guard(&settings(&Stage::set())).unwrap();
}

#[test]
fn the_guard_names_the_role_that_is_not_the_expected_one() {
    let stage = Stage::set();
    let swapped = PgSettings::new(stage.url("portal"), stage.url("staff"), stage.url("worker"));
    let superuser = PgSettings::new(stage.admin_url(), stage.url("portal"), stage.url("worker"));
    let owner = PgSettings::new(stage.url("owner"), stage.url("portal"), stage.url("worker"));
    for wrong in [swapped, superuser, owner] {
        assert!(matches!(guard(&wrong), Err(GuardFailure::OtherRole { expected: "threadwell_staff", .. })));
    }
}

#[test]
fn the_guard_refuses_a_broken_set_up_by_name() {
    for (breakage, reason) in [
        ("GRANT DELETE ON thread TO threadwell_staff", "may delete or truncate"),
        ("GRANT TRUNCATE ON audit_event TO threadwell_portal", "may delete or truncate"),
        ("GRANT CREATE ON SCHEMA public TO threadwell_worker", "may create in the schema"),
        ("ALTER TABLE outbox OWNER TO threadwell_worker", "owns tables"),
        ("ALTER TABLE message DISABLE ROW LEVEL SECURITY", "the table message has no row level security"),
        (
            "ALTER TABLE patient NO FORCE ROW LEVEL SECURITY",
            "the table patient does not force row level security",
        ),
        ("DROP POLICY tenant_isolation ON session", "the table session has no tenant policy"),
        ("CREATE TABLE stray (tenant_id uuid)", "the table stray has no row level security"),
    ] {
        let stage = Stage::set();
        stage.admin(breakage);
        let refusal = guard(&settings(&stage)).unwrap_err().to_string();
        assert!(refusal.contains(reason), "{breakage}: {refusal}");
    }
}
