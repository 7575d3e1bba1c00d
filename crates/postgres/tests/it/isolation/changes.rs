//! What those who look on would be told of falsely.

use super::{Busy, writes};
use crate::raw::Bound;
use crate::stage::{HILLSIDE, RIVERSIDE};

/// What a role would tell those who look on with SQL of its own.
pub(super) fn false_changes(busy: &Busy) -> Vec<String> {
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
