//! The numbers above the inbox cost the same however large the practice has grown.

use crate::raw::texts;
use crate::scene::Scene;
use crate::stage::RIVERSIDE;
use std::time::{Duration, Instant};
use threadwell_application::threads;
use threadwell_domain::thread::Category;

/// Waits until the database has counted what the store read, and gives the rows of `thread` that were read.
fn rows_read_by(scene: &Scene, ask: impl Fn()) -> i64 {
    let read = "SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint FROM pg_stat_user_tables \
                WHERE relname = 'thread'";
    let settled = || {
        let (mut last, deadline) = (scene.stage.number(read), Instant::now() + Duration::from_secs(30));
        loop {
            std::thread::sleep(Duration::from_millis(1_500));
            let now = scene.stage.number(read);
            if now == last || Instant::now() > deadline {
                return now;
            }
            last = now;
        }
    };
    let before = settled();
    ask();
    // The counters of an idle connection come in after a while.
    let deadline = Instant::now() + Duration::from_secs(30);
    while scene.stage.number(read) == before && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(200));
    }
    settled() - before
}

#[test]
fn statistics_read_a_bounded_number_of_rows_of_a_hundred_thousand() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::Medical, "Rash on the arm", "It itches.");
    let columns = texts(
        &mut scene.stage.raw_admin(),
        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = 'thread'::regclass \
         AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('id', 'last_message_at', 'archived_at', \
         'is_unread_by_staff', 'status', 'closed_at')",
    )
    .join(", ");
    // Nine in ten are archived: a walk that looked for others would go through all of them.
    scene.stage.admin(&format!(
        "INSERT INTO thread ({columns}, id, last_message_at, archived_at, is_unread_by_staff, status, closed_at) \
         SELECT {columns}, gen_random_uuid(), last_message_at - n * interval '1 second', \
         CASE WHEN n % 10 > 0 THEN now() END, false, CASE WHEN n % 10 > 0 THEN 4 ELSE 0 END, \
         CASE WHEN n % 10 > 0 THEN now() END FROM thread, generate_series(1, 100000) n \
         WHERE id = '{thread}'; ANALYZE thread"
    ));
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
