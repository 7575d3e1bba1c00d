//! What has had its day is removed, and nothing else.

use crate::raw::texts;
use crate::scene::Scene;
use threadwell_application::portal;
use threadwell_application::threads::{self, BulkRequest};
use threadwell_domain::ThreadId;
use threadwell_domain::message::DraftText;
use threadwell_domain::thread::{Act, Category, Priority};
use threadwell_postgres::{PgSettings, remove_expired};

/// Says that changes are so old, as their ids do too. Those of a scene are as old as its clock says.
fn aged(hours: u8) -> String {
    format!(
        "UPDATE change SET at = now() - interval '{hours} hours', id = (lpad(to_hex((extract(epoch FROM now() - \
         interval '{hours} hours') * 1000)::bigint), 12, '0') || substr(replace(id::text, '-', ''), 13))::uuid"
    )
}

fn settings(scene: &Scene) -> PgSettings {
    PgSettings::new(scene.stage.url("staff"), scene.stage.url("portal"), scene.stage.url("worker"))
}

fn count(scene: &Scene, table: &str) -> String {
    texts(&mut scene.stage.raw_admin(), &format!("SELECT count(*)::text FROM {table}")).remove(0)
}

fn remove(scene: &Scene) -> usize {
    remove_expired(&scene.stage.url("retention"), &settings(scene)).unwrap()
}

#[test]
fn what_has_expired_is_removed_and_nothing_else() {
    let scene = Scene::set();
    scene.write(&scene.ana, Category::Medical, "Rash", "It itches.");
    let thread = scene.write(&scene.ben, Category::Medical, "Rash", "It itches.");
    scene.write(&scene.dora, Category::Medical, "Rash", "It itches.");
    scene.stage.admin(&format!("{}; {} WHERE thread_id = '{thread}'", aged(25), aged(23)));
    assert_eq!(remove(&scene), 4, "of both practices");
    assert_eq!(count(&scene, "change"), "2");
    assert_eq!(remove(&scene), 0);
    assert!(remove_expired(&scene.stage.url("worker"), &settings(&scene)).is_err());
}

#[test]
fn many_changes_are_removed_in_portions() {
    let scene = Scene::set();
    scene.write(&scene.ana, Category::Medical, "Rash", "It itches.");
    scene.stage.admin(
        "INSERT INTO change (tenant_id, id, at, kind, audience, thread_id, patient_id, category, categories) \
         SELECT tenant_id, gen_random_uuid(), at, 5, 0, thread_id, patient_id, category, categories \
         FROM change, generate_series(1, 11000) WHERE kind = 0 AND audience = 0",
    );
    scene.stage.admin(&aged(25));
    assert_eq!(remove(&scene), 11_002);
    assert_eq!(count(&scene, "change"), "0");
}

#[test]
fn acts_and_index_jobs_go_after_their_day() {
    let scene = Scene::set();
    let ids: Vec<ThreadId> =
        (0..3).map(|_| scene.write(&scene.ana, Category::Medical, "Rash", "It itches.")).collect();
    let request = BulkRequest { threads: ids, act: Act::SetPriority(Priority::Urgent), reason: None };
    for _ in 0..2 {
        threads::act_on_threads(scene.store(), &scene.nurse.caller, &request, None).unwrap();
    }
    scene.stage.admin("UPDATE outbox SET done_at = now() WHERE kind = 2");
    let jobs = count(&scene, "outbox WHERE kind = 2");
    assert_ne!(jobs, "0");
    scene.stage.admin(&format!(
        "UPDATE bulk_act SET expires_at = now() + interval '1 hour'; \
         UPDATE bulk_act_thread SET expires_at = now() + interval '1 hour'; {}",
        aged(1),
    ));
    assert_eq!(remove(&scene), 0);
    scene.stage.admin(
        "UPDATE bulk_act SET expires_at = now() - interval '1 hour'; \
         UPDATE bulk_act_thread SET expires_at = now() - interval '1 hour'; \
         UPDATE outbox SET done_at = now() - interval '25 hours' WHERE kind = 2",
    );
    let others = count(&scene, "outbox WHERE kind <> 2");
    remove(&scene);
    for gone in ["bulk_act", "bulk_act_thread", "outbox WHERE kind = 2"] {
        assert_eq!(count(&scene, gone), "0", "{gone}");
    }
    assert_eq!(count(&scene, "outbox"), others);
}

#[test]
fn drafts_go_after_thirty_days() {
    let scene = Scene::set();
    let text = DraftText::parse("Unsent").unwrap();
    for (reader, days) in [(&scene.ana, 31), (&scene.ben, 29), (&scene.dora, 31)] {
        let thread = scene.write(reader, Category::Medical, "Rash", "It itches.");
        portal::save_draft(scene.store(), &reader.caller, thread, &text).unwrap();
        let aged = format!("UPDATE draft SET updated_at = now() - interval '{days} days'");
        scene.stage.admin(&format!("{aged} WHERE thread_id = '{thread}'; {}", self::aged(1)));
    }
    assert_eq!(remove(&scene), 2, "of both practices");
    assert_eq!(count(&scene, "draft"), "1");
}

#[test]
fn one_practice_that_fails_keeps_no_other_from_it() {
    let scene = Scene::set();
    for practice in [&scene.ana, &scene.dora] {
        scene.write(&scene.ana, Category::Medical, "Rash", "It itches.");
        scene.write(&scene.dora, Category::Medical, "Rash", "It itches.");
        let tenant = practice.caller.tenant().unwrap();
        scene.stage.admin(&format!(
            "{}; CREATE FUNCTION app.refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE 'no'; END $$; \
             CREATE TRIGGER refuse BEFORE DELETE ON change FOR EACH ROW WHEN (old.tenant_id = '{tenant}') \
             EXECUTE FUNCTION app.refuse()",
            aged(25),
        ));
        assert!(remove_expired(&scene.stage.url("retention"), &settings(&scene)).is_err());
        assert_eq!(count(&scene, &format!("change WHERE tenant_id <> '{tenant}'")), "0");
        assert_ne!(count(&scene, &format!("change WHERE tenant_id = '{tenant}'")), "0");
        scene.stage.admin("DROP TRIGGER refuse ON change; DROP FUNCTION app.refuse");
    }
}
