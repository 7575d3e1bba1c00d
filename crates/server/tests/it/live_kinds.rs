//! What is told of at one server and heard at another, kind by kind.

use crate::live::{Nodes, kind, open};
use crate::support::{STAFF, change, note, reply, send_files, start, upload_document, write};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::Events;

#[test]
fn every_kind_of_change_at_one_server_is_told_at_the_other() {
    let nodes = Nodes::new();
    let (nurse, provider, ana) =
        (nodes.staff(Role::Nurse), nodes.staff(Role::Provider), nodes.patient("Ana Silva"));
    let (mut staff, mut portal) = (open(&nurse.at(&nodes.b)), open(&ana.at(&nodes.b)));
    let thread = start(&ana, "medical", "Canarysubject");
    let event = staff.expect("thread");
    assert_eq!((event["kind"].as_str(), event["threadId"].as_str()), (Some("started"), Some(&*thread)));
    assert!(event.get("actorId").is_none(), "an account is nobody of the staff's");
    assert_eq!(kind(&mut portal), "started");
    let message = reply(&provider, &thread, "Canarybody").expect(201)["messageId"].clone();
    let event = staff.expect("thread");
    assert_eq!(
        event,
        json!({ "threadId": thread, "kind": "message", "messageId": message, "actorId": provider.id })
    );
    assert_eq!(
        portal.expect("thread"),
        json!({ "threadId": thread, "kind": "message", "messageId": message })
    );
    note(&provider, &thread, "Canarynote").expect(201);
    assert_eq!(kind(&mut staff), "note");
    change(&provider, &thread, &json!({ "priority": "urgent" })).expect(200);
    assert_eq!(kind(&mut staff), "fields");
    change(&provider, &thread, &json!({ "assignedTo": nurse.id })).expect(200);
    assert_eq!(kind(&mut staff), "assigned");
    change(&provider, &thread, &json!({ "status": "waiting-provider" })).expect(200);
    assert_eq!((kind(&mut staff), kind(&mut portal)), ("status".to_owned(), "status".to_owned()));
    write(&ana, &thread, "And one more.").expect(201);
    assert_eq!((kind(&mut staff), kind(&mut portal)), ("message".to_owned(), "message".to_owned()));
    nurse.post_empty(&format!("{STAFF}/threads/{thread}/mark-read")).expect(204);
    assert_eq!((kind(&mut staff), kind(&mut portal)), ("read".to_owned(), "seen".to_owned()));
    let text = format!("{}{}", staff.waiting_text(), portal.waiting_text());
    assert!(!text.contains("Canary"), "{text}");
}

#[test]
fn links_mentions_and_files_at_one_server_are_told_at_the_other() {
    let nodes = Nodes::new();
    let (nurse, provider, ana) =
        (nodes.staff(Role::Nurse), nodes.staff(Role::Provider), nodes.patient("Ana Silva"));
    let (mut staff, mut portal) = (open(&nurse.at(&nodes.b)), open(&ana.at(&nodes.b)));
    let (one, other) = (start(&ana, "medical", "Canarysubject"), start(&ana, "general", "Canaryother"));
    for events in [&mut staff, &mut portal] {
        assert_eq!([kind(events), kind(events)], ["started", "started"]);
    }
    provider.post(&format!("{STAFF}/threads/{one}/links"), &json!({ "threadId": other })).expect(204);
    for _ in 0..2 {
        let event = staff.expect("thread");
        assert_eq!((&event["kind"], &event["actorId"]), (&json!("links"), &json!(provider.id)));
        assert!([&json!(one), &json!(other)].contains(&&event["threadId"]), "{event}");
    }
    let mention = json!({ "messageText": "Canarynote", "isInternalNote": true, "mentions": [nurse.id] });
    provider.post(&format!("{STAFF}/threads/{one}/messages"), &mention).expect(201);
    assert_eq!(staff.expect("notification")["threadId"], json!(one));

    let file = upload_document(&ana, "Canaryname.pdf");
    send_files(&ana, &one, &[&file]).expect(201);
    let _worker = nodes.app.work_with("eicar");
    let heard = |events: &mut Events| events.until(|event| event.data["kind"] == "file");
    let (staff, portal) = (heard(&mut staff), heard(&mut portal));
    for all in [&staff, &portal] {
        assert_eq!(all.last().unwrap().data["threadId"], json!(one));
        assert!(!format!("{all:?}").contains("Canary"), "{all:?}");
    }
    let kinds: Vec<_> = portal.iter().map(|event| (event.name.as_str(), &event.data["kind"])).collect();
    assert_eq!(
        kinds,
        [("thread", &json!("message")), ("thread", &json!("file"))],
        "links and notes are nobody's but staff's"
    );
}

#[test]
fn how_the_practice_is_arranged_moves_by_itself_at_every_server() {
    let nodes = Nodes::new();
    let (admin, nurse, ana) =
        (nodes.staff(Role::Admin), nodes.staff(Role::Nurse), nodes.patient("Ana Silva"));
    let (mut staff, mut own, mut portal) =
        (open(&nurse.at(&nodes.b)), open(&admin.at(&nodes.b)), open(&ana.at(&nodes.b)));
    let view = |shared: bool| json!({ "name": "Canaryview", "isShared": shared, "filter": {} });
    let mine = admin.post("/api/views", &view(false)).expect(201)["id"].clone();
    assert_eq!(own.expect("practice"), json!({}));
    let path = format!("/api/views/{}", mine.as_str().unwrap());
    admin.put(&path, &view(false)).expect(204);
    assert_eq!(own.expect("practice"), json!({}), "an own view is nobody else's business");
    admin.put(&path, &view(true)).expect(204);
    assert_eq!((staff.expect("practice"), own.expect("practice")), (json!({}), json!({})));
    admin.delete(&path).expect(204);
    let team = json!({ "name": "Canaryteam", "memberIds": [nurse.id], "categories": [] });
    let id = admin.post("/api/teams", &team).expect(201)["id"].clone();
    admin.delete(&format!("/api/teams/{}", id.as_str().unwrap())).expect(204);
    let text = json!({ "title": "Canarytitle", "category": "general", "responseText": "Canarybody" });
    admin.post("/api/canned-responses", &text).expect(201);
    for events in [&mut staff, &mut own] {
        (0..4).for_each(|_| drop(events.expect("practice")));
    }
    let thread = start(&ana, "general", "Canarysubject");
    assert_eq!(portal.expect("thread")["threadId"], json!(thread), "and nothing of all that before");
    let text = format!("{}{}{}", staff.waiting_text(), own.waiting_text(), portal.waiting_text());
    assert!(!text.contains("Canary") && !text.contains("practice"), "{text}");
}
