//! B2: what is taken away is gone with the very next request at every server, and its streams end within five seconds.

use crate::support::{STAFF, start};
use crate::walks::with_token;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use threadwell_application::ports::Clock;
use threadwell_domain::access::{Relationship, Role};
use threadwell_domain::{AccountId, StaffId};
use threadwell_testkit::{Events, PASSWORD, Person, Practice, TestApp};

const ENDS_WITHIN: Duration = Duration::from_secs(5);
const NEW: &str = "a lamp under green snow";
/// Where those sessions are used that come to an end.
const ELSEWHERE: &str = "198.51.100.1";

/// What ends sessions of somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Event {
    SignsOut,
    EndsTheOthers,
    EndsThatOne,
    EndsAll,
    ChangesThePassword,
    ResetsThePassword,
    RemovesAFactor,
    TokenComesBack,
    AdminEndsSessions,
    AdminClosesTheAccount,
    AdminTakesFactors,
    AdminShortensTheRest,
    AdminSaysWhereStaffComeFrom,
    PatientEndsTheGrant,
    AdminEndsTheGrant,
}

impl Event {
    const OF_ALL: [Self; 12] = [
        Self::SignsOut,
        Self::EndsTheOthers,
        Self::EndsThatOne,
        Self::EndsAll,
        Self::ChangesThePassword,
        Self::ResetsThePassword,
        Self::RemovesAFactor,
        Self::TokenComesBack,
        Self::AdminEndsSessions,
        Self::AdminClosesTheAccount,
        Self::AdminTakesFactors,
        Self::AdminShortensTheRest,
    ];
    const OF_STAFF: [Self; 1] = [Self::AdminSaysWhereStaffComeFrom];
    const OF_PROXIES: [Self; 2] = [Self::PatientEndsTheGrant, Self::AdminEndsTheGrant];
}

/// Two servers of one database: things happen at the first, requests come to the second.
struct Scene<'a> {
    app: &'a TestApp,
    practice: Practice<'a>,
    admin: Person,
    ben: Person,
}

impl Scene<'_> {
    /// A further session of somebody.
    fn again(&self, person: &Person) -> Person {
        match person.is_staff {
            true => self.practice.sign_in_staff(&person.email, StaffId::new(person.id)),
            false => self.practice.sign_in_account(&person.email, AccountId::new(person.id), person.patient),
        }
    }

    fn proxy(&self) -> Person {
        self.practice.account("Carla Mendes", &[(self.ben.patient.unwrap(), Relationship::Caregiver)])
    }

    /// Lets it happen to the session of `person`, whose other session is `other`.
    fn happen(&self, event: Event, person: &Person, other: &Person) {
        let door = person.door();
        let kind = if person.is_staff { "users" } else { "accounts" };
        let at_admin = |act: &str| format!("/api/admin/{kind}/{}/{act}", person.id);
        match event {
            Event::SignsOut => person.post_empty(&format!("{door}/logout")).expect(204),
            Event::EndsTheOthers => other.post_empty(&format!("{door}/sessions/end-others")).expect(204),
            Event::EndsThatOne => {
                let listed = person.get(&format!("{door}/sessions")).expect(200);
                let all = listed["sessions"].as_array().unwrap();
                let own = all.iter().find(|one| one["isCurrent"] == true).unwrap()["id"].clone();
                other.delete(&format!("{door}/sessions/{}", own.as_str().unwrap())).expect(204)
            }
            Event::EndsAll => other.post_empty(&format!("{door}/sessions/end-all")).expect(204),
            Event::ChangesThePassword => {
                let body = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
                other.post(&format!("{door}/password"), &body).expect(204)
            }
            Event::ResetsThePassword => self.reset(person),
            Event::RemovesAFactor => {
                // The servers' clocks go on by themselves: the app's codes would not fit.
                let table = "second_factor (tenant_id, id, owner_kind, staff_id, account_id, kind, name_enc, secret_enc, \
                             created_at, confirmed_at)";
                let factor = uuid::Uuid::now_v7();
                let kind = i16::from(!person.is_staff);
                self.app.sql(&format!(
                    "INSERT INTO {table} SELECT s.tenant_id, '{factor}', {kind}, s.staff_id, s.account_id, 0, 'x', 'x', \
                     now(), now() FROM session s WHERE '{}' IN (s.staff_id, s.account_id) LIMIT 1; \
                     UPDATE session SET method = 1 WHERE '{}' IN (staff_id, account_id)",
                    person.id, person.id
                ));
                other.delete(&format!("{door}/factors/{factor}")).expect(204)
            }
            Event::TokenComesBack => self.steal(person),
            Event::AdminEndsSessions => self.admin.post_empty(&at_admin("end-sessions")).expect(204),
            Event::AdminClosesTheAccount => {
                let path = format!("/api/admin/{kind}/{}", person.id);
                let status = self.admin.put(&path, &json!({ "isActive": false })).status;
                assert!([200, 204].contains(&status), "{status}");
                json!(null)
            }
            Event::AdminTakesFactors => self.admin.post_empty(&at_admin("remove-second-factors")).expect(204),
            Event::AdminShortensTheRest => {
                let rested = if person.is_staff { "6 minutes" } else { "25 hours" };
                self.app.sql(&format!(
                    "UPDATE session SET last_activity_at = now() - interval '{rested}' \
                     WHERE '{}' IN (staff_id, account_id)",
                    person.id
                ));
                self.decide(&json!({ "staffIdleMinutes": 5, "mobileIdleDays": 1 }))
            }
            Event::AdminSaysWhereStaffComeFrom => self.decide(&json!({ "staffAddresses": ["127.0.0.0/8"] })),
            Event::PatientEndsTheGrant => {
                self.ben.delete(&format!("/api/patient-portal/grants/{}", person.id)).expect(204)
            }
            Event::AdminEndsTheGrant => {
                let patient = self.ben.patient.unwrap();
                let path = format!("/api/admin/patients/{patient}/grants/{}", person.id);
                self.admin.delete(&path).expect(204)
            }
        };
    }

    /// Changes the practice's settings.
    fn decide(&self, changes: &Value) -> Value {
        let mut settings = self.admin.get("/api/admin/settings").expect(200);
        settings.as_object_mut().unwrap().remove("version");
        for (name, value) in changes.as_object().unwrap() {
            settings[name] = value.clone();
        }
        self.admin.put("/api/admin/settings", &settings).expect(200)
    }

    /// Takes back what was decided, and what holds up a test that signs in a lot: an address signs in 120 times a minute
    /// at most, and a step-up lasts ten.
    fn begin_anew(&self) {
        self.app.sql(
            "UPDATE tenant SET staff_idle_minutes = 15, mobile_idle_days = 30, has_staff_addresses = false; \
             UPDATE staff_address_range SET removed_at = now() WHERE removed_at IS NULL; \
             DELETE FROM sign_in_throttle; UPDATE session SET stepped_up_at = now()",
        );
    }

    fn reset(&self, person: &Person) -> Value {
        let post = |act: &str, body: &Value| {
            let path = format!("{}/password-reset{act}", person.door());
            self.admin.request("POST", &path).header("X-Tenant-ID", "riverside").json(body).send()
        };
        post("", &json!({ "email": person.email })).expect(202);
        catch_up(self.app);
        let token = self.app.mailed_secret(&person.email);
        post("/confirm", &json!({ "token": token, "password": NEW })).expect(204)
    }

    /// A consumed refresh token comes back.
    fn steal(&self, person: &Person) -> Value {
        let refresh = |token: &str| {
            let request = self.admin.request("POST", &format!("{}/refresh", person.door()));
            request.json(&json!({ "refreshToken": token })).send()
        };
        let next = |token: &str| refresh(token).expect(200)["refreshToken"].as_str().unwrap().to_owned();
        next(&next(&person.refresh_token));
        refresh(&person.refresh_token).refused(401, "refresh_reused")
    }
}

/// The clock of the test stands; the servers' goes on.
fn catch_up(app: &TestApp) {
    let now = app.number_of("SELECT ceil(extract(epoch FROM clock_timestamp()))::bigint");
    app.clock().advance(chrono::Duration::seconds(now - app.clock().now().timestamp()));
}

/// How many (event, request) pairs are tried; the whole proof takes 1,000.
fn pairs() -> usize {
    std::env::var("THREADWELL_REVOCATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(24)
}

#[test]
fn b2_whatever_ends_a_session_counts_at_the_other_server_at_once() {
    let app = TestApp::start();
    let (a, b) = (app.serve(), app.serve());
    let practice = app.riverside().at(&a);
    let scene = Scene {
        app: &app,
        practice,
        admin: practice.staff(Role::Admin),
        ben: practice.patient("Ben Okafor"),
    };
    let operations = with_token();
    let events = |is_staff: bool| Event::OF_ALL.into_iter().map(move |event| (event, is_staff));
    let proxies = Event::OF_PROXIES.into_iter().map(|event| (event, false));
    let staffs = Event::OF_STAFF.into_iter().map(|event| (event, true));
    let all: Vec<(Event, bool)> = events(true).chain(events(false)).chain(staffs).chain(proxies).collect();
    for pair in 0..pairs().max(all.len()) {
        let (event, is_staff) = all[pair % all.len()];
        scene.begin_anew();
        let person = match (is_staff, Event::OF_PROXIES.contains(&event)) {
            (true, _) => practice.staff(Role::Nurse),
            (false, true) => scene.proxy(),
            (false, false) => practice.patient("Ana Silva"),
        };
        let other = scene.again(&person);
        let elsewhere = person.at(&b);
        let mut stream = elsewhere.events_from(ELSEWHERE);
        stream.expect("ready");
        let door = if is_staff { "staffToken" } else { "portalToken" };
        let own: Vec<_> = operations.iter().filter(|it| it.is_for(door)).collect();
        let operation = own[(pair * 37 + 11) % own.len()];
        scene.happen(event, &person, &other);
        let since = Instant::now();
        let id = uuid::Uuid::now_v7().to_string();
        let request = operation.bare(&elsewhere, &id).header("X-Forwarded-For", ELSEWHERE);
        let answer = operation.with_body(request, &id).send();
        let status = if Event::OF_STAFF.contains(&event) { 403 } else { 401 };
        assert_eq!(answer.status, status, "{event:?} {} {}", operation.name, answer.text());
        let took = ended(&mut stream, since);
        assert!(took < ENDS_WITHIN, "{event:?}: {took:?}");
    }
}

/// How long it took until the stream said why it ends, and ended.
fn ended(events: &mut Events, since: Instant) -> Duration {
    let told = events.until(|event| event.name == "closing");
    assert_eq!(told.last().unwrap().data, json!({ "reason": "session_ended" }));
    let took = since.elapsed();
    assert!(events.ends(Duration::from_secs(30)));
    took
}

/// B2: another role says at the other server, too, what exists, with the next request and on open streams.
#[test]
fn b2_another_role_counts_at_the_other_server_at_once() {
    let app = TestApp::start();
    let (a, b) = (app.serve(), app.serve());
    let practice = app.riverside().at(&a);
    let (admin, nurse) = (practice.staff(Role::Admin), practice.staff(Role::Nurse));
    let thread = start(&practice.patient("Ana Silva"), "medical", "Rash");
    let elsewhere = nurse.at(&b);
    let path = format!("{STAFF}/threads/{thread}");
    for _ in 0..pairs().div_ceil(24) {
        for (role, status, lists, told) in [
            ("billing", 404, 403, Some("reset")),
            // Sees of threads what a nurse sees.
            ("admin", 200, 200, None),
            ("auditor", 403, 403, Some("closing")),
        ] {
            app.sql("DELETE FROM sign_in_throttle; UPDATE session SET stepped_up_at = now()");
            admin.put(&format!("/api/admin/users/{}", nurse.id), &json!({ "role": "nurse" })).expect(200);
            elsewhere.get(&path).expect(200);
            let mut stream = elsewhere.events(None);
            stream.expect("ready");
            admin.put(&format!("/api/admin/users/{}", nurse.id), &json!({ "role": role })).expect(200);
            let since = Instant::now();
            assert_eq!(elsewhere.get(&path).status, status, "{role}");
            assert_eq!(elsewhere.get("/api/admin/users").status, lists, "{role}");
            if let Some(told) = told {
                stream.until(|event| event.name == told);
                assert!(since.elapsed() < ENDS_WITHIN, "{role}");
            }
        }
    }
}

/// B2: a factor that joined at one server is asked for at the other by the next sign-in.
#[test]
fn b2_another_factor_counts_at_the_other_server_at_once() {
    let app = TestApp::start();
    let (a, b) = (app.serve(), app.serve());
    for person in [app.riverside().at(&a).staff(Role::Nurse), app.riverside().at(&a).patient("Ana Silva")] {
        let give = || app.riverside().at(&b).give_password(person.door(), &person.email).expect(200);
        assert!(give()["accessToken"].is_string());
        catch_up(&app);
        person.enrol_app(&app);
        assert_eq!(give()["methods"], json!(["totp", "recovery_code"]));
    }
}
