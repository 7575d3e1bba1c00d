//! What many tests do.

use serde_json::{Value, json};
use std::sync::LazyLock;
use std::thread;
use threadwell_domain::attachment::FileKind;
use threadwell_testkit::{Answer, Person, TestApp, Upload, corpus};
use uuid::Uuid;

/// The staff's threads.
pub(crate) const STAFF: &str = "/api/patient-messages";
/// The portal's threads.
pub(crate) const PORTAL: &str = "/api/patient-portal/messages";
/// The staff's prepared answers.
pub(crate) const CANNED: &str = "/api/canned-responses";

/// An id that nothing has.
pub(crate) fn unused_id() -> String {
    Uuid::now_v7().to_string()
}

/// A patient starts a thread; its id.
pub(crate) fn start(patient: &Person, category: &str, subject: &str) -> String {
    let body =
        json!({ "subject": subject, "category": category, "messageText": "Could you help me, please?" });
    let started = patient.post(&format!("{PORTAL}/threads"), &body).expect(201);
    started["threadId"].as_str().unwrap().to_owned()
}

/// Staff write a reply.
pub(crate) fn reply(staff: &Person, thread: &str, text: &str) -> Answer {
    staff.post(&format!("{STAFF}/threads/{thread}/messages"), &json!({ "messageText": text }))
}

/// Staff leave a note.
pub(crate) fn note(staff: &Person, thread: &str, text: &str) -> Answer {
    let body = json!({ "messageText": text, "isInternalNote": true });
    staff.post(&format!("{STAFF}/threads/{thread}/messages"), &body)
}

/// A patient writes into a thread.
pub(crate) fn write(patient: &Person, thread: &str, text: &str) -> Answer {
    patient.post(&format!("{PORTAL}/threads/{thread}/messages"), &json!({ "messageText": text }))
}

/// A thread as staff see it: `{thread, messages, pagination}`.
pub(crate) fn opened(staff: &Person, thread: &str) -> Value {
    staff.get(&format!("{STAFF}/threads/{thread}")).expect(200)
}

/// A thread as its patient sees it.
pub(crate) fn opened_by_patient(patient: &Person, thread: &str) -> Value {
    patient.get(&format!("{PORTAL}/threads/{thread}")).expect(200)
}

/// Staff change a thread.
pub(crate) fn change(staff: &Person, thread: &str, change: &Value) -> Answer {
    staff.put(&format!("{STAFF}/threads/{thread}"), change)
}

/// A photograph as a phone takes it: turned, with canaries in all its metadata.
pub(crate) static PICTURE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let photos = corpus::photos::photos().into_iter();
    photos
        .filter(|photo| photo.kind == FileKind::Jpeg && photo.orientation == 6)
        .map(|photo| photo.bytes)
        .next()
        .unwrap()
});
/// How large it is when it is upright.
pub(crate) const PICTURE_SIZE: (u32, u32) = (648, 403);
/// A document.
pub(crate) static DOCUMENT: LazyLock<Vec<u8>> = LazyLock::new(corpus::pdf::minimal);

/// A document of exactly so many bytes.
pub(crate) fn document_of(size: usize) -> Vec<u8> {
    let with = |filling: usize| corpus::pdf::Pdf::new("", "").stream(6, "", &vec![7; filling]).finish();
    let rest = with(size / 2).len() - size / 2;
    let filling = (size - rest - 2..size - rest + 3).find(|filling| with(*filling).len() == size);
    with(filling.unwrap())
}

/// Where somebody uploads to.
pub(crate) fn uploads_of(person: &Person) -> String {
    let side = if person.patient.is_some() { PORTAL } else { STAFF };
    format!("{side}/attachments")
}

/// Uploads a picture; its answer.
pub(crate) fn upload_picture(person: &Person, name: &str) -> Answer {
    let upload = Upload { name, media_type: "image/jpeg", content: &PICTURE, message: None };
    person.upload(&uploads_of(person), &upload)
}

/// Uploads a document; its id.
pub(crate) fn upload_document(person: &Person, name: &str) -> String {
    let upload = Upload { name, media_type: "application/pdf", content: &DOCUMENT, message: None };
    id_of(&person.upload(&uploads_of(person), &upload).expect(201))
}

/// The id of what was uploaded.
pub(crate) fn id_of(file: &Value) -> String {
    file["id"].as_str().unwrap().to_owned()
}

/// Sends a message with files, as a patient or as staff.
pub(crate) fn send_files(person: &Person, thread: &str, files: &[&str]) -> Answer {
    let side = if person.patient.is_some() { PORTAL } else { STAFF };
    let body = json!({ "messageText": "See the files.", "attachmentIds": files });
    person.post(&format!("{side}/threads/{thread}/messages"), &body)
}

/// Leaves a note with files.
pub(crate) fn note_files(staff: &Person, thread: &str, files: &[&str]) -> Answer {
    let body = json!({ "messageText": "Canarynote", "isInternalNote": true, "attachmentIds": files });
    staff.post(&format!("{STAFF}/threads/{thread}/messages"), &body)
}

/// Sends the same thing from so many threads at once.
pub(crate) fn at_once(count: usize, send: impl Fn(usize) -> Answer + Sync) -> Vec<Answer> {
    thread::scope(|scope| {
        let send = &send;
        let running: Vec<_> = (0..count).map(|number| scope.spawn(move || send(number))).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// A checksum over everything but what an attempt may always leave: audit, brakes, and when a session was last used.
pub(crate) fn checksum(app: &TestApp) -> String {
    let tables = app.text_of(
        "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind = 'r' \
         AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'audit%' \
         AND relname NOT IN ('sign_in_throttle', 'session')",
    );
    let sums: Vec<String> = tables
        .split(',')
        .map(|table| {
            let rows = format!("SELECT md5(string_agg(r::text, '|' ORDER BY r::text)) FROM {table} r");
            format!("{table}={}", app.text_of(&rows))
        })
        .collect();
    sums.join(";")
}

/// How many audit rows an action has with an outcome: `done`, `denied` or `failed`.
pub(crate) fn audited(app: &TestApp, action: &str, outcome: &str) -> i64 {
    let code = ["done", "denied", "failed"].iter().position(|known| *known == outcome).unwrap();
    app.number_of(&format!("SELECT count(*) FROM audit_event WHERE action = '{action}' AND outcome = {code}"))
}

/// An address with an id in the place of each part that is one.
pub(crate) fn filled(path: &str, id: &str) -> String {
    let named = path.replace("{practice}", "riverside").replace("{role}", "auditor");
    let parts = named.split('/').map(|part| if part.starts_with('{') { id } else { part });
    parts.collect::<Vec<_>>().join("/")
}
