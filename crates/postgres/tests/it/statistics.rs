//! The numbers above the inbox cost the same however large the practice has grown.

use crate::raw::texts;
use crate::scene::Scene;
use crate::stage::RIVERSIDE;
use std::time::{Duration, Instant};
use threadwell_application::threads;
use threadwell_domain::thread::Category;

/// A connection that does nothing tells its counters after ten seconds at the latest.
const TOLD: Duration = Duration::from_secs(11);

/// Waits until the database has counted what the store read, and gives the rows of `thread` that were read.
fn rows_read_by(scene: &Scene, ask: impl Fn()) -> i64 {
    let read = "SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint FROM pg_stat_user_tables \
                WHERE relname = 'thread'";
    let settled = || {
        let (mut last, mut since) = (scene.stage.number(read), Instant::now());
        while since.elapsed() < TOLD {
            std::thread::sleep(Duration::from_millis(500));
            let now = scene.stage.number(read);
            if now != last {
                (last, since) = (now, Instant::now());
            }
        }
        last
    };
    let before = settled();
    ask();
    settled() - before
}

/// A hundred thousand threads like the first, which differ from it by these columns.
fn crowd(scene: &Scene, thread: threadwell_domain::ThreadId, differing: &str, values: &str) {
    let columns = texts(
        &mut scene.stage.raw_admin(),
        &format!(
            "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = 'thread'::regclass AND attnum > 0 \
             AND NOT attisdropped AND attname <> ALL (string_to_array('id, last_message_at, {differing}', ', '))"
        ),
    )
    .join(", ");
    scene.stage.admin(&format!(
        "INSERT INTO thread ({columns}, id, last_message_at, {differing}) \
         SELECT {columns}, gen_random_uuid(), last_message_at - n * interval '1 second', {values} \
         FROM thread, generate_series(1, 100000) n WHERE id = '{thread}'; ANALYZE thread"
    ));
}

#[test]
fn statistics_read_a_bounded_number_of_rows_of_a_hundred_thousand() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::Medical, "Rash on the arm", "It itches.");
    // Nine in ten are archived: a walk that looked for others would go through all of them.
    crowd(
        &scene,
        thread,
        "archived_at, is_unread_by_staff, status, closed_at",
        "CASE WHEN n % 10 > 0 THEN now() END, false, CASE WHEN n % 10 > 0 THEN 4 ELSE 0 END, \
         CASE WHEN n % 10 > 0 THEN now() END",
    );
    let numbers = threads::read_statistics(scene.store(), &scene.nurse.caller).unwrap();
    assert!(numbers.conversations.is_capped && numbers.conversations.count >= 1_900, "{numbers:?}");
    assert_eq!((numbers.unread_messages.count, numbers.unique_patients.count), (1, 1));
    let read = rows_read_by(&scene, || {
        threads::read_statistics(scene.store(), &scene.nurse.caller).unwrap();
    });
    assert!((10_000..=21_000).contains(&read), "{read}");
    assert_eq!(
        scene.stage.number(&format!("SELECT count(*) FROM thread WHERE tenant_id = '{RIVERSIDE}'")),
        100_001
    );
}

#[test]
fn counts_of_views_read_a_bounded_number_of_rows_of_a_hundred_thousand_that_are_open() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::Medical, "Rash on the arm", "It itches.");
    // All of them open and with colleagues: none is unassigned, urgent, or with a team.
    crowd(
        &scene,
        thread,
        "assigned_staff_id, priority, is_unread_by_staff",
        &format!("(ARRAY['{}', '{}']::uuid[])[1 + n % 2], 1, false", scene.provider.id, scene.desk.id),
    );
    scene.stage.admin(&format!(
        "WITH t AS (INSERT INTO team (tenant_id, id, name, categories, created_at) \
         VALUES ('{RIVERSIDE}', gen_random_uuid(), 'Night shift', 8, now()) RETURNING id) \
         INSERT INTO team_member (tenant_id, team_id, staff_id) SELECT '{RIVERSIDE}', id, '{}' FROM t",
        scene.nurse.id
    ));
    let count = || threads::count_inbox(scene.store(), &scene.nurse.caller).unwrap();
    let counts = count();
    assert!(counts.open.is_capped && counts.needs_reply.is_capped, "{counts:?}");
    assert_eq!(
        (counts.unassigned.count, counts.my_teams.count, counts.urgent.count, counts.mine.count),
        (1, 1, 0, 0)
    );
    // The plan that is kept once a statement was run a few times counts too.
    let read = rows_read_by(&scene, || (0..10).for_each(|_| _ = count()));
    assert!(read / 10 <= 1_500, "{read}");
}
