//! Acts on many threads at once, and taking them back.

use crate::support::{
    STAFF, at_once, audited, change, note, opened, opened_by_patient, reply, start, unused_id, write,
};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

/// Does an act to threads.
pub(crate) fn bulk(staff: &Person, threads: &[&str], action: &Value) -> Answer {
    staff.post(&format!("{STAFF}/threads/bulk"), &json!({ "threadIds": threads, "action": action }))
}

/// Takes an act back.
pub(crate) fn undo(staff: &Person, token: &Value) -> Answer {
    staff.post(&format!("{STAFF}/threads/bulk/undo"), &json!({ "undoToken": token }))
}

/// What a thread is, but for the counters and times of its changes.
fn standing(staff: &Person, thread: &str) -> Value {
    let mut view = opened(staff, thread)["thread"].clone();
    for moved in ["version", "updatedAt", "earlierThreads"] {
        view.as_object_mut().unwrap().remove(moved);
    }
    view
}

fn threads(app: &TestApp) -> String {
    app.text_of("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM thread t")
}

fn outcomes(answer: &Value) -> Vec<String> {
    let results = answer["results"].as_array().unwrap().iter();
    results
        .map(|one| {
            one["code"].as_str().map_or_else(|| one["outcome"].as_str().unwrap().to_owned(), str::to_owned)
        })
        .collect()
}

#[test]
fn each_thread_has_an_outcome_of_its_own_in_the_order_asked_for() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (open, closed) = (start(&ana, "general", "One"), start(&ana, "general", "Two"));
    nurse.post_empty(&format!("{STAFF}/threads/{closed}/close")).expect(200);
    let theirs = start(&app.hillside().patient("Dora Klein"), "general", "Theirs");
    let (random, act) = (unused_id(), json!({ "type": "close", "reason": "Settled" }));
    let answer = bulk(&nurse, &[&closed, &random, &open, &theirs, &open], &act).expect(200);
    assert_eq!(outcomes(&answer), ["illegal_transition", "not_found", "done", "not_found"]);
    assert_eq!(answer["results"][2]["threadId"], json!(open));
    assert_eq!(
        (&answer["done"], &answer["unchanged"], &answer["refused"]),
        (&json!(1), &json!(0), &json!(3))
    );
    let view = opened(&nurse, &open)["thread"].clone();
    assert_eq!((&view["status"], &view["closeReason"]), (&json!("closed"), &json!("Settled")));
    assert_eq!(audited(&app, "thread.bulk.close", "done"), 1);
    let named = "SELECT count(*) FROM audit_event WHERE action = 'thread.bulk.close' AND outcome = 1 AND thread_ids @> ";
    assert_eq!(app.number_of(&format!("{named} ARRAY['{random}'::uuid, '{theirs}'::uuid]")), 1);
}

#[test]
fn ids_out_of_sight_read_like_random_ones() {
    let app = TestApp::start();
    let (desk, ana) = (app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let out_of_sight = start(&ana, "medical", "Rash");
    let theirs = start(&app.hillside().patient("Dora Klein"), "general", "Theirs");
    let before = threads(&app);
    for act in [
        json!({ "type": "close" }),
        json!({ "type": "assign", "assignedTo": desk.id }),
        json!({ "type": "mark-read" }),
        json!({ "type": "archive" }),
        json!({ "type": "status", "status": "in-progress" }),
    ] {
        let said = |id: &str| {
            let answer = bulk(&desk, &[id], &act);
            answer.expect(200);
            answer.text().replace(id, "ID")
        };
        let random = said(&unused_id());
        assert_eq!(said(&out_of_sight), random);
        assert_eq!(said(&theirs), random);
        assert!(!random.contains("undoToken"));
    }
    assert_eq!(threads(&app), before);
}

#[test]
fn every_act_is_taken_back_exactly() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let assigned = json!({ "type": "assign", "assignedTo": provider.id });
    let closed = json!({ "type": "close", "reason": "Earlier" });
    let archived = json!({ "type": "archive" });
    for (earlier, act) in [
        (vec![], &assigned),
        (vec![], &json!({ "type": "priority", "priority": "urgent" })),
        (vec![&assigned], &json!({ "type": "status", "status": "waiting-provider" })),
        (vec![&assigned], &json!({ "type": "assign", "assignedTo": null })),
        (vec![], &json!({ "type": "mark-read" })),
        (vec![&json!({ "type": "mark-read" })], &json!({ "type": "mark-unread" })),
        (vec![&assigned], &closed),
        (vec![&assigned, &closed], &json!({ "type": "reopen" })),
        (vec![&closed, &archived], &json!({ "type": "reopen" })),
        (vec![&closed], &archived),
        (vec![&closed, &archived], &json!({ "type": "unarchive" })),
    ] {
        let thread = start(&ana, "medical", "Rash");
        for step in earlier {
            app.clock().advance(Duration::seconds(1));
            bulk(&nurse, &[&thread], step).expect(200);
        }
        app.clock().advance(Duration::seconds(1));
        let before = standing(&nurse, &thread);
        let portal = opened_by_patient(&ana, &thread)["thread"]["status"].clone();
        let done = bulk(&nurse, &[&thread], act).expect(200);
        assert_eq!(outcomes(&done), ["done"], "{act}");
        assert_ne!(standing(&nurse, &thread), before, "{act}");
        app.clock().advance(Duration::seconds(1));
        let undone = undo(&nurse, &done["undoToken"]).expect(200);
        assert_eq!((outcomes(&undone), undone.get("undoToken")), (vec!["done".to_owned()], None), "{act}");
        assert_eq!(standing(&nurse, &thread), before, "{act}");
        assert_eq!(opened_by_patient(&ana, &thread)["thread"]["status"], portal);
    }
}

#[test]
fn an_undo_is_had_once_by_who_acted_and_for_ten_minutes() {
    let app = TestApp::start();
    let (nurse, other, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let threads = [start(&ana, "general", "One"), start(&ana, "general", "Two")];
    let close = json!({ "type": "close" });
    let first = bulk(&nurse, &[&threads[0]], &close).expect(200)["undoToken"].clone();
    let random = undo(&nurse, &json!(unused_id()));
    random.refused(404, "not_found");
    assert_eq!(undo(&other, &first).without_ids(), random.without_ids(), "somebody else's");
    undo(&nurse, &first).expect(200);
    assert_eq!(undo(&nurse, &first).without_ids(), random.without_ids(), "used");
    let late = bulk(&nurse, &[&threads[1]], &close).expect(200)["undoToken"].clone();
    app.sql("UPDATE bulk_act SET done_at = done_at - interval '10 minutes 1 second'");
    assert_eq!(undo(&nurse, &late).without_ids(), random.without_ids(), "too late");
    assert_eq!(opened(&nurse, &threads[1])["thread"]["status"], "closed");
}

#[test]
fn what_has_moved_on_is_left_alone_and_the_rest_taken_back() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let threads: Vec<String> = (0..4).map(|n| start(&ana, "general", &format!("Thread {n}"))).collect();
    let ids: Vec<&str> = threads.iter().map(String::as_str).collect();
    let token = bulk(&nurse, &ids, &json!({ "type": "close" })).expect(200)["undoToken"].clone();
    write(&ana, &threads[1], "Not yet").expect(201);
    nurse.post_empty(&format!("{STAFF}/threads/{}/reopen", threads[2])).expect(200);
    note(&provider, &threads[3], "A note moves nothing").expect(201);
    let undone = undo(&nurse, &token).expect(200);
    assert_eq!(outcomes(&undone), ["done", "version_mismatch", "version_mismatch", "done"]);
    assert_eq!(opened(&nurse, &threads[0])["thread"]["status"], "open");
}

#[test]
fn a_reading_is_taken_back_for_oneself_while_a_colleague_has_read_it() {
    let app = TestApp::start();
    let (nurse, other, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let token = bulk(&nurse, &[&thread], &json!({ "type": "mark-read" })).expect(200)["undoToken"].clone();
    other.post_empty(&format!("{STAFF}/threads/{thread}/mark-read")).expect(204);
    undo(&nurse, &token).expect(200);
    let view = opened(&nurse, &thread)["thread"].clone();
    assert_eq!((&view["isReadByStaff"], &view["unreadCount"]), (&json!(true), &json!(1)));
    assert_eq!(view["ownLastReadMessageId"], Value::Null);
    let again = bulk(&nurse, &[&thread], &json!({ "type": "mark-read" })).expect(200)["undoToken"].clone();
    bulk(&nurse, &[&thread], &json!({ "type": "mark-unread" })).expect(200);
    assert_eq!(outcomes(&undo(&nurse, &again).expect(200)), ["version_mismatch"]);
}

#[test]
fn an_assignment_goes_back_only_to_who_can_still_take_it() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    change(&nurse, &thread, &json!({ "assignedTo": provider.id })).expect(200);
    let act = json!({ "type": "assign", "assignedTo": nurse.id });
    let token = bulk(&nurse, &[&thread], &act).expect(200)["undoToken"].clone();
    app.sql(&format!("UPDATE staff_user SET is_active = false WHERE id = '{}'", provider.id));
    assert_eq!(outcomes(&undo(&nurse, &token).expect(200)), ["assignee_not_found"]);
    let billing = app.staff(Role::Billing);
    let act = json!({ "type": "assign", "assignedTo": billing.id });
    assert_eq!(outcomes(&bulk(&nurse, &[&thread], &act).expect(200)), ["assignee_not_found"]);
}

#[test]
fn a_role_that_was_lost_takes_nothing_back() {
    let app = TestApp::start();
    let (provider, ana) = (app.staff(Role::Provider), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let token = bulk(&provider, &[&thread], &json!({ "type": "close" })).expect(200)["undoToken"].clone();
    app.sql(&format!("UPDATE staff_user SET role = 5 WHERE id = '{}'", provider.id));
    assert_eq!(outcomes(&undo(&provider, &token).expect(200)), ["not_found"]);
    app.sql(&format!("UPDATE staff_user SET role = 6 WHERE id = '{}'", provider.id));
    undo(&provider, &token).refused(403, "forbidden");
}

#[test]
fn an_act_that_is_sent_again_is_done_once() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (one, random) = (start(&ana, "general", "One"), unused_id());
    let send = |key: &str, path: &str, body: &Value| {
        nurse
            .request("POST", &format!("{STAFF}/threads/{path}"))
            .header("Idempotency-Key", key)
            .json(body)
            .send()
    };
    let body = json!({ "threadIds": [one, random], "action": { "type": "close" } });
    let first = send("a", "bulk", &body);
    let again = send("a", "bulk", &body);
    assert_eq!(first.expect(200), again.expect(200));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    let other = json!({ "threadIds": [one], "action": { "type": "reopen" } });
    send("a", "bulk", &other).refused(422, "idempotency_key_reused");
    let token = json!({ "undoToken": first.expect(200)["undoToken"] });
    let undone = send("b", "bulk/undo", &token).expect(200);
    assert_eq!(send("b", "bulk/undo", &token).expect(200), undone);
    assert_eq!(opened(&nurse, &one)["thread"]["version"], 3);
}

#[test]
fn what_an_act_does_not_take_is_refused_whole() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "One");
    for (action, pointer) in [
        (json!({ "type": "assign" }), "/action/assignedTo"),
        (json!({ "type": "assign", "assignedTo": null, "assignedTeam": null }), "/action/assignedTeam"),
        (json!({ "type": "close", "priority": "urgent" }), "/action/priority"),
        (json!({ "type": "close", "reason": " " }), "/action/reason"),
        (json!({ "type": "priority" }), "/action/priority"),
        (json!({ "type": "status" }), "/action/status"),
        (json!({ "type": "reopen", "reason": "x" }), "/action/reason"),
        (json!({ "type": "explode" }), "/action/type"),
        (json!({ "type": { "close": null } }), "/action/type"),
    ] {
        let refused = bulk(&nurse, &[&thread], &action).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{action}");
    }
    let close = json!({ "type": "close" });
    bulk(&nurse, &[], &close).refused(422, "validation_failed");
    let many: Vec<String> = (0..201).map(|_| unused_id()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    bulk(&nurse, &many, &close).refused(422, "validation_failed");
    bulk(&nurse, &many[..200], &close).expect(200);
    bulk(&nurse, &[&thread], &json!({ "type": "close", "colour": 1 })).refused(422, "unknown_field");
    assert_eq!(opened(&nurse, &thread)["thread"]["version"], 1);
}

/// Bulk acts, their undoing, single acts and messages on the same threads, all at once: nobody waits in a ring, and
/// every thread ends in a state that the rules know.
#[test]
fn acts_that_race_end_without_a_deadlock() {
    let app = TestApp::start();
    let staff: Vec<Person> = (0..8).map(|_| app.staff(Role::Nurse)).collect();
    let ana = app.patient("Ana Silva");
    let threads: Vec<String> = (0..12).map(|n| start(&ana, "general", &format!("Thread {n}"))).collect();
    let answers = at_once(8, |number| {
        let nurse = &staff[number];
        let mut ids: Vec<&str> = threads.iter().map(String::as_str).collect();
        ids.rotate_left(number);
        if number % 2 == 0 {
            ids.reverse();
        }
        let mut last = None;
        for round in 0..6 {
            let act = match (number + round) % 6 {
                0 => json!({ "type": "close" }),
                1 => json!({ "type": "reopen" }),
                2 => json!({ "type": "assign", "assignedTo": nurse.id }),
                3 => json!({ "type": "mark-read" }),
                4 => json!({ "type": "priority", "priority": "high" }),
                _ => json!({ "type": "assign", "assignedTo": null }),
            };
            let answer = bulk(nurse, &ids, &act);
            let done = answer.expect(200);
            if done["undoToken"].is_string() && round % 2 == 0 {
                undo(nurse, &done["undoToken"]).expect(200);
            }
            let single = reply(nurse, ids[round], "Hello");
            assert!([201, 409].contains(&single.status), "{}", single.text());
            last = Some(answer);
        }
        last.unwrap()
    });
    assert_eq!(answers.len(), 8);
    for thread in &threads {
        let view = opened(&staff[0], thread)["thread"].clone();
        assert_eq!(view["status"] == "closed", !view["closedAt"].is_null());
    }
}

#[test]
fn archived_threads_leave_the_lists_of_both_sides() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let act = |name: &str| nurse.post_empty(&format!("{STAFF}/threads/{thread}/{name}"));
    act("archive").refused(409, "illegal_transition");
    act("close").expect(200);
    let archived = act("archive").expect(200);
    assert!(archived["thread"]["archivedAt"].is_string());
    assert_eq!(
        act("archive").expect(200)["thread"]["version"],
        archived["thread"]["version"],
        "twice is once"
    );
    let listed = |path: &str| nurse.get(path).expect(200)["threads"].as_array().unwrap().len();
    assert_eq!(listed(&format!("{STAFF}/threads")), 0);
    assert_eq!(listed(&format!("{STAFF}/threads?archived=true")), 1);
    assert_eq!(act("unarchive").expect(200)["thread"]["status"], "closed");
    assert_eq!(listed(&format!("{STAFF}/threads")), 1);
    assert_eq!((audited(&app, "thread.archive", "done"), audited(&app, "thread.unarchive", "done")), (2, 1));
}

#[test]
fn acts_and_undos_count_as_writes_by_the_number_of_their_threads() {
    let app = TestApp::builder().with_writes_per_minute(40).start();
    let (nurse, other) = (app.staff(Role::Nurse), app.staff(Role::Nurse));
    let unknown: Vec<String> = (0..200).map(|_| unused_id()).collect();
    let ids: Vec<&str> = unknown.iter().map(String::as_str).collect();
    let act = json!({ "type": "mark-read" });
    let answers: Vec<Answer> = (0..8).map(|_| bulk(&nurse, &ids, &act)).collect();
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    assert!((4..6).contains(&taken), "{taken} acts on 200 threads");
    answers.last().unwrap().refused(429, "rate_limited");
    bulk(&other, &ids[..1], &act).expect(200);
    // One write is back after a second and a half.
    let refused = (0..8).map(|_| undo(&nurse, &json!(unused_id())).status).filter(|status| *status == 429);
    assert!(refused.count() >= 3);
}
