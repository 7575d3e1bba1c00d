//! A10: every answer has the members that the document says, and no other.

use crate::support::{CANNED, STAFF, reply, start};
use crate::walks::{Operation, operations, with_token};
use serde_json::Value;
use std::collections::BTreeMap;
use threadwell_domain::access::Role;
use threadwell_server::http::openapi;
use threadwell_testkit::{Answer, Person, TestApp};

/// The document's schemas.
struct Shapes(Value);

impl Shapes {
    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(target) => self.resolved(self.0.pointer(target.trim_start_matches('#')).unwrap()),
            None => schema,
        }
    }

    /// What does not fit, by its place; nothing where all does.
    fn misfits(&self, schema: &Value, value: &Value, place: &str) -> Vec<String> {
        let schema = self.resolved(schema);
        if let Some(choices) = schema["oneOf"].as_array() {
            let fits = choices.iter().any(|choice| self.misfits(choice, value, place).is_empty());
            return if fits { Vec::new() } else { vec![format!("{place} fits no choice: {value}")] };
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        let is = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let is_whole = is == "integer" && types.contains(&"number");
        if !(types.is_empty() || types.contains(&is) || is_whole) {
            return vec![format!("{place} is {is}, not {types:?}")];
        }
        match value {
            Value::Array(items) => items
                .iter()
                .flat_map(|item| self.misfits(&schema["items"], item, &format!("{place}[]")))
                .collect(),
            Value::Object(members) if schema["properties"].is_object() => {
                self.members(schema, members, place)
            }
            Value::String(text) => {
                let known = schema["enum"].as_array();
                let fits = known.is_none_or(|known| known.contains(&Value::String(text.clone())));
                if fits { Vec::new() } else { vec![format!("{place}: {text} is none of {known:?}")] }
            }
            _ => Vec::new(),
        }
    }

    fn members(&self, schema: &Value, members: &serde_json::Map<String, Value>, place: &str) -> Vec<String> {
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(schema["additionalProperties"], Value::Bool(false), "{place} is open");
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let missing = required
            .filter(|name| !members.contains_key(*name))
            .map(|name| format!("{place}/{name} is missing"));
        let present = members.iter().flat_map(|(name, value)| match properties.get(name) {
            Some(schema) => self.misfits(schema, value, &format!("{place}/{name}")),
            None => vec![format!("{place}/{name} is not in the document")],
        });
        missing.chain(present).collect()
    }

    /// Holds an answer to what the document says of its operation and status.
    fn check(&self, operation: &Operation, answer: &Answer) {
        let answers = &self.0["paths"][operation.path()][operation.method().to_lowercase()]["responses"];
        let said = &answers[answer.status.to_string()];
        let place = format!("{} {}", operation.name, answer.status);
        assert!(said.is_object(), "{place} is not in the document: {}", answer.text());
        let content = said["content"].as_object();
        let kind = answer.header("content-type").unwrap_or_default().split(';').next().unwrap();
        let Some(content) = content else {
            assert_eq!(answer.text(), "", "{place}");
            return;
        };
        assert!(content.contains_key(kind), "{place}: {kind}");
        let schema = &content[kind]["schema"];
        if kind.ends_with("json") {
            let misfits = self.misfits(schema, &answer.json(), &operation.name);
            assert_eq!(misfits, Vec::<String>::new(), "{place}");
        }
    }
}

/// Ids of things that there are, by what the operation's address is about.
struct Things {
    thread: String,
    canned: String,
    user: String,
    patient: String,
    account: String,
}

impl Things {
    fn of(&self, operation: &Operation) -> &str {
        match operation.path() {
            path if path.starts_with(CANNED) => &self.canned,
            path if path.starts_with("/api/admin/users") => &self.user,
            path if path.starts_with("/api/admin/patients") => &self.patient,
            path if path.contains("accounts") || path.starts_with("/api/patient-portal/grants") => {
                &self.account
            }
            _ => &self.thread,
        }
    }
}

fn things(app: &TestApp, admin: &Person, ana: &Person) -> Things {
    app.sql("DELETE FROM sign_in_throttle");
    let thread = start(ana, "general", "Question");
    reply(admin, &thread, "Here it is.").expect(201);
    let canned = admin.get(CANNED).expect(200)["cannedResponses"][0]["id"].as_str().unwrap().to_owned();
    let ben = app.patient("Ben Okafor");
    Things {
        thread,
        canned,
        user: app.staff(Role::Nurse).id.to_string(),
        patient: ben.patient.unwrap().to_string(),
        account: ben.id.to_string(),
    }
}

#[test]
fn a10_every_answer_is_as_the_document_says() {
    let app = TestApp::start();
    let shapes = Shapes(serde_json::from_str(openapi::text()).unwrap());
    let mut good: BTreeMap<String, u16> = BTreeMap::new();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let mut things = things(&app, &admin, &ana);
    for operation in with_token() {
        // What one operation ends or closes, the next one needs.
        things.thread = start(&ana, "general", "Question");
        if operation.path().starts_with("/api/admin") {
            things = self::things(&app, &admin, &ana);
        }
        if ["reopen_thread", "archive_thread", "unarchive_thread"].contains(&operation.name.as_str()) {
            admin.post_empty(&format!("{STAFF}/threads/{}/close", things.thread)).expect(200);
        }
        let person = if operation.is_for("staffToken") { &admin } else { &ana };
        let last = operation.name.ends_with("end_all_sessions").then(|| match person.is_staff {
            true => app.staff(Role::Nurse),
            false => app.patient("Cleo Diaz"),
        });
        let answer = operation.by(last.as_ref().unwrap_or(person), things.of(&operation));
        shapes.check(&operation, &answer);
        if answer.status < 300 {
            good.insert(operation.name.clone(), answer.status);
        }
        let denied = app.request(operation.method(), &operation.at(things.of(&operation))).send();
        shapes.check(&operation, &denied);
    }
    for operation in operations().iter().filter(|operation| !operation.is_for("Token")) {
        let answer = operation.with_body(operation.anonymous(&app, "riverside"), "riverside").send();
        shapes.check(operation, &answer);
    }
    assert!(good.len() >= 90, "{}: {good:?}", good.len());
}
