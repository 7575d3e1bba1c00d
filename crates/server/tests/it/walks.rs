//! Every operation of the document, one after the other: nobody gets in without the right token, role and practice,
//! and whoever does leaves a row in the audit.

use crate::support::{CANNED, DOCUMENT, STAFF, audited, checksum, filled, start, unused_id};
use serde_json::{Value, json};
use threadwell_application::access::Gate;
use threadwell_domain::access::Role;
use threadwell_server::http::openapi;
use threadwell_testkit::{Answer, Person, Request, TestApp, Upload};

/// An operation, with a body that it takes.
pub(crate) struct Operation {
    pub(crate) name: String,
    method: String,
    path: String,
    security: String,
    pub(crate) body: Option<Value>,
    uploads: bool,
    schema: Value,
}

impl Operation {
    pub(crate) fn is_for(&self, scheme: &str) -> bool {
        self.security.contains(scheme)
    }

    pub(crate) fn method(&self) -> &str {
        &self.method
    }

    /// Its address, as the document has it.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Its address, with an id in the place of `{id}`.
    pub(crate) fn at(&self, id: &str) -> String {
        let path = filled(&self.path, id);
        match self.name.as_str() {
            "search_patients" => format!("{path}?search=silva"),
            "search_messages" | "search_conversations" | "portal_search_messages" => {
                format!("{path}?q=silva")
            }
            _ => path,
        }
    }

    /// The body speaks of the same thing as the address: examples name one id alone.
    pub(crate) fn with_body(&self, request: Request, id: &str) -> Request {
        match &self.body {
            Some(body) => {
                let body = body.to_string().replace(EXAMPLE_ID, id);
                request.json(&serde_json::from_str(&body).unwrap())
            }
            None if self.uploads => request.upload(&Upload {
                name: "arm.pdf",
                media_type: "application/pdf",
                content: &DOCUMENT,
                message: None,
            }),
            None => request,
        }
    }

    /// Whether its address names one thread of the inbox.
    pub(crate) fn is_about_a_thread(&self) -> bool {
        self.path.starts_with("/api/patient-messages/threads/{id}")
    }

    /// Whether it changes something by a body.
    pub(crate) fn writes_json(&self) -> bool {
        self.body.is_some() && self.method != "GET"
    }

    /// Whether it only looks.
    pub(crate) fn looks(&self) -> bool {
        self.method == "GET"
    }

    /// What its body is like.
    pub(crate) fn schema(&self) -> &Value {
        &self.schema
    }

    /// Which members its body may have.
    pub(crate) fn members(&self) -> Vec<String> {
        let members = self.schema["properties"].as_object().map(|members| members.keys().cloned().collect());
        members.unwrap_or_default()
    }

    /// The objects inside its body.
    pub(crate) fn inside(&self) -> Vec<Inside> {
        let mut found = Vec::new();
        find_inside(&self.schema, "", &mut found);
        found
    }

    /// The request of nobody, without a body.
    pub(crate) fn anonymous(&self, app: &TestApp, id: &str) -> Request {
        app.request(&self.method, &self.at(id))
    }

    /// The request of somebody, without a body.
    pub(crate) fn bare(&self, person: &Person, id: &str) -> Request {
        person.request(&self.method, &self.at(id))
    }

    pub(crate) fn by(&self, person: &Person, id: &str) -> Answer {
        self.with_body(person.request(&self.method, &self.at(id)), id).send()
    }
}

/// An object inside a body.
pub(crate) struct Inside {
    /// Where it is, in the first place of each list.
    pub(crate) pointer: String,
    /// Which members it may have; `None` where it is a browser's own and goes to its reader as it is.
    pub(crate) members: Option<Vec<String>>,
}

impl Inside {
    /// The body with a member in this object, which is put there if it is missing.
    pub(crate) fn with_member(&self, body: &Value, name: &str, value: Value) -> Value {
        let mut body = body.clone();
        let mut at = &mut body;
        for step in self.pointer.split('/').skip(1) {
            at = match step {
                "0" => {
                    let list = at.as_array_mut().unwrap();
                    if list.is_empty() {
                        list.push(json!({}));
                    }
                    &mut list[0]
                }
                name => &mut at[name],
            };
        }
        at[name] = value;
        body
    }
}

fn find_inside(schema: &Value, pointer: &str, found: &mut Vec<Inside>) {
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let pointer = format!("{pointer}/{name}");
        let ways = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|way| member[way].as_array()).flatten();
        for member in ways.chain([member]) {
            for (one, pointer) in [(member, pointer.clone()), (&member["items"], format!("{pointer}/0"))] {
                if one["type"].to_string().contains("\"object\"") {
                    let members = one["properties"].as_object();
                    let members = members.map(|members| members.keys().cloned().collect());
                    found.push(Inside { pointer: pointer.clone(), members });
                }
                find_inside(one, &pointer, found);
            }
        }
    }
}

/// The id of every example in the document.
const EXAMPLE_ID: &str = "01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f";

pub(crate) fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(openapi::text()).unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            let example = operation["requestBody"]["content"]["application/json"]["example"].clone();
            let body = match name.as_str() {
                "update_thread" => Some(json!({ "priority": "urgent" })),
                _ if example.is_null() => None,
                _ => Some(example),
            };
            let uploads = operation["requestBody"]["content"]["multipart/form-data"].is_object();
            let (method, path) = (method.to_uppercase(), path.clone());
            let security = operation["security"].to_string();
            let schema =
                resolved(&document, &operation["requestBody"]["content"]["application/json"]["schema"]);
            all.push(Operation { name, method, path, security, body, uploads, schema });
        }
    }
    all
}

/// A schema with those that it refers to in their places.
fn resolved(document: &Value, schema: &Value) -> Value {
    let target = schema["$ref"].as_str().and_then(|target| document.pointer(target.trim_start_matches('#')));
    match target.unwrap_or(schema) {
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| (name.clone(), resolved(document, member)));
            Value::Object(members.collect())
        }
        Value::Array(all) => all.iter().map(|one| resolved(document, one)).collect(),
        plain => plain.clone(),
    }
}

pub(crate) fn with_token() -> Vec<Operation> {
    operations().into_iter().filter(|it| it.is_for("Token") && !it.is_for("Cookie")).collect()
}

#[test]
fn every_operation_refuses_anonymous_callers() {
    let app = TestApp::start();
    let before = checksum(&app);
    let all = with_token();
    assert!(all.len() >= 30, "{}", all.len());
    for operation in &all {
        let id = unused_id();
        let answer = operation.with_body(app.request(&operation.method, &operation.at(&id)), &id).send();
        answer.refused(401, "unauthenticated");
    }
    assert_eq!(checksum(&app), before);
}

#[test]
fn a25_every_operation_refuses_a_token_of_the_other_audience() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    for operation in with_token() {
        let stranger = if operation.is_for("staffToken") { &ana } else { &admin };
        operation.by(stranger, &thread).refused(401, "invalid_token");
    }
    assert_eq!(checksum(&app), before);
}

/// Operations that ask for the password, which the examples do not know, or after which nobody is signed in.
fn is_last(name: &str) -> bool {
    name.ends_with("change_password") || name.ends_with("change_email") || name.ends_with("end_all_sessions")
}

/// The staff's operations by what the role must have.
fn allowed(name: &str, role: Role) -> bool {
    match crate::matrix::action_of(name).gate() {
        Gate::Staff(operation) => role.may(operation),
        Gate::Own => true,
        Gate::Portal(_) | Gate::Account | Gate::Visitor | Gate::Worker | Gate::Operator => false,
    }
}

#[test]
fn e03_every_operation_refuses_the_wrong_role_before_any_look_up() {
    let app = TestApp::start();
    let staff: Vec<_> = Role::ALL.iter().map(|role| (*role, app.staff(*role))).collect();
    let thread = start(&app.patient("Ana Silva"), "general", "Question");
    let mut refused = 0;
    for operation in with_token().iter().filter(|it| it.is_for("staffToken")) {
        for (role, person) in &staff {
            // Whoever may write to patients does so in the categories of the role alone; the example is of another.
            if operation.name == "start_thread" && *role == Role::Billing || is_last(&operation.name) {
                continue;
            }
            if allowed(&operation.name, *role) {
                let answer = operation.by(person, &unused_id());
                assert!(
                    // The proofs of the examples are wrong.
                    ![401, 403].contains(&answer.status) || answer.code() == "invalid_code",
                    "{} {role:?} {}",
                    operation.name,
                    answer.text()
                );
                assert_ne!(answer.code(), "unknown_field", "{}", operation.name);
            }
        }
        let before = checksum(&app);
        for (_, person) in staff.iter().filter(|(role, _)| !allowed(&operation.name, *role)) {
            let real = operation.by(person, &thread);
            real.refused(403, "forbidden");
            assert_eq!(real.without_ids(), operation.by(person, &unused_id()).without_ids());
            refused += 1;
        }
        assert_eq!(checksum(&app), before, "{}", operation.name);
    }
    assert!(refused > 30, "{refused}");
}

#[test]
fn every_operation_answers_another_practices_id_like_a_random_one() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let dora = app.hillside().patient("Dora Klein");
    let other_thread = start(&dora, "prescription", "Theirs");
    let (other_patient, other_account) = (dora.patient.unwrap().to_string(), dora.id.to_string());
    let other_user = app.hillside().staff(Role::Nurse).id.to_string();
    let theirs = app.hillside().staff(Role::Admin).get(CANNED).expect(200);
    let other_canned = theirs["cannedResponses"][0]["id"].as_str().unwrap().to_owned();
    let before = checksum(&app);
    let mut walked = 0;
    for operation in with_token().iter().filter(|it| it.path.contains("{id}")) {
        let caller = if operation.is_for("staffToken") { &admin } else { &ana };
        let id = match &operation.path {
            path if path.starts_with(CANNED) => &other_canned,
            path if path.starts_with("/api/admin/users") => &other_user,
            path if path.starts_with("/api/admin/patients") => &other_patient,
            path if path.contains("accounts") || path.starts_with("/api/patient-portal/grants") => {
                &other_account
            }
            _ => &other_thread,
        };
        let (foreign, random) = (operation.by(caller, id), operation.by(caller, &unused_id()));
        foreign.refused(404, "not_found");
        assert_eq!(foreign.without_ids(), random.without_ids(), "{}", operation.name);
        assert_eq!(foreign.body.len(), random.body.len(), "{}", operation.name);
        walked += 1;
    }
    assert!(walked >= 12, "{walked}");
    assert_eq!(checksum(&app), before);
    assert!(audited(&app, "thread.read", "denied") >= 2);
}

#[test]
fn every_operation_refuses_an_asserted_practice_that_is_not_the_sessions() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    for operation in with_token() {
        let caller = if operation.is_for("staffToken") { &admin } else { &ana };
        let request =
            caller.request(&operation.method, &operation.at(&thread)).header("X-Tenant-ID", "hillside");
        operation.with_body(request, &thread).send().refused(403, "tenant_mismatch");
    }
    assert_eq!(checksum(&app), before);
    assert!(app.number_of("SELECT count(*) FROM audit_event WHERE reason = 'tenant_mismatch'") >= 30);
}

/// Operations whose success leaves no row: they say nothing of any patient, or nothing that anybody else has.
const UNAUDITED: [&str; 13] = [
    "update_presence",
    "save_draft",
    "portal_save_draft",
    "portal_save_new_draft",
    "read_statistics",
    "read_self",
    "portal_read_self",
    "count_unread",
    "count_inbox",
    "read_search_settings",
    "portal_count_unread",
    "read_attachment_limits",
    "portal_read_attachment_limits",
];

#[test]
fn every_operation_leaves_a_row_in_the_audit() {
    let app = TestApp::start();
    let rows = |app: &TestApp| app.number_of("SELECT count(*) FROM audit_event");
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    for operation in with_token() {
        let before = rows(&app);
        let (person, id) = if operation.path.starts_with(CANNED) {
            let all = admin.get(CANNED).expect(200);
            (&admin, all["cannedResponses"][0]["id"].as_str().unwrap().to_owned())
        } else {
            let person = if operation.is_for("staffToken") { &admin } else { &ana };
            (person, start(&ana, "general", "Question"))
        };
        if ["reopen_thread", "archive_thread"].contains(&operation.name.as_str()) {
            admin.post_empty(&format!("{STAFF}/threads/{id}/close")).expect(200);
        }
        let prepared = rows(&app);
        assert!(prepared > before);
        if is_last(&operation.name) {
            continue;
        }
        let answer = operation.by(person, &id);
        let left = rows(&app) - prepared;
        let expected = i64::from(answer.status >= 300 || !UNAUDITED.contains(&operation.name.as_str()));
        assert_eq!(left, expected, "{} {}", operation.name, answer.text());
        assert!(answer.status < 500, "{}", operation.name);
    }
}
