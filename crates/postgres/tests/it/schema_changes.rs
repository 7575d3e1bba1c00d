//! The way down and up again: what a migration made, its reverse takes away, and nothing else.

use crate::raw::texts;
use crate::stage::Stage;
use threadwell_application::ports::Store;
use threadwell_postgres::{migrate, revert_all};

/// Everything that the migrations make, as text.
fn snapshot(stage: &Stage) -> Vec<String> {
    texts(
        &mut stage.raw_admin(),
        "SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || \
            a.attnotnull || ' ' || COALESCE(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || COALESCE(a.attacl::text, '') \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 \
         LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind IN ('r', 'p') \
         UNION ALL SELECT 'table ' || c.relname || ' ' || c.relrowsecurity || c.relforcerowsecurity || ' ' || \
            COALESCE(c.relacl::text, '') || COALESCE(c.reloptions::text, '') FROM pg_class c \
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' WHERE c.relkind IN ('r', 'p') \
         UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' \
         UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) \
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
         UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || ' ' || permissive || ' ' || roles::text || ' ' || \
            COALESCE(qual, '') || ' ' || COALESCE(with_check, '') FROM pg_policies \
         UNION ALL SELECT 'function ' || p.oid::regprocedure || ' ' || COALESCE(p.proacl::text, '') FROM pg_proc p \
            WHERE p.pronamespace = to_regnamespace('app') \
         UNION ALL SELECT 'default ' || defaclacl::text FROM pg_default_acl \
         UNION ALL SELECT 'schema ' || nspname || ' ' || COALESCE(nspacl::text, '') FROM pg_namespace \
            WHERE nspname IN ('public', 'app') ORDER BY 1",
    )
}

#[test]
fn migrations_go_down_and_up_to_the_same_schema() {
    let stage = Stage::set();
    let before = snapshot(&stage);
    revert_all(&stage.url("owner")).unwrap();
    let bare = snapshot(&stage);
    assert!(
        bare.iter()
            .all(|line| line.contains("__diesel_schema_migrations") || line.starts_with("schema public")),
        "{bare:?}"
    );
    migrate(&stage.url("owner")).unwrap();
    assert_eq!(snapshot(&stage), before);
    migrate(&stage.url("owner")).unwrap();
    assert_eq!(snapshot(&stage), before);
}

#[test]
fn the_audit_has_partitions_for_two_years() {
    let stage = Stage::set();
    let months = stage.number(
        "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid \
         WHERE i.inhparent = 'audit_event'::regclass AND c.relname >= 'audit_event_' || to_char(now(), 'YYYY_MM')",
    );
    assert!(months >= 25, "{months}");
}

/// A server that finds another schema says so; it neither hangs nor fails at every connection.
#[test]
fn a_database_without_its_schema_or_one_step_behind_can_be_connected_to() {
    let stage = Stage::set();
    stage.admin("ALTER TABLE audit_event DROP COLUMN subjects");
    stage.another_store().ready().unwrap();
    stage.admin("ALTER TABLE audit_event ADD COLUMN subjects text[]");
    revert_all(&stage.url("owner")).unwrap();
    let refused = format!("{:?}", stage.another_store().ready().unwrap_err());
    assert!(refused.contains("migrat"), "{refused}");
}
