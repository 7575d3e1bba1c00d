//! The whole product in a test: real PostgreSQL, the real server on a port of its own, real mail, and a clock that the
//! test moves.
//!
//! ```no_run
//! use serde_json::json;
//! use threadwell_domain::access::Role;
//! use threadwell_testkit::TestApp;
//!
//! let app = TestApp::start();
//! let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
//! let sent = ana.post(
//!     "/api/patient-portal/messages/threads",
//!     &json!({ "subject": "Refill", "category": "prescription", "messageText": "Please." }),
//! );
//! let thread = sent.expect(201)["threadId"].as_str().unwrap().to_owned();
//! nurse.get(&format!("/api/patient-messages/threads/{thread}")).expect(200);
//! app.run_worker();
//! assert_eq!(app.mails().len(), 1);
//! ```
//!
//! One private server runs for all tests of a binary; each [`TestApp`] has a copy of a migrated database in it with two
//! practices, `riverside` and `hillside`, and is connected as the roles that serve. People are added as tests need
//! them and sign in over HTTP. [`Request`] sends exactly the bytes it is told, so that tests can also say what no
//! decent client would. Mails go to a mailbox on disk, or with [`Builder::with_smtp`] to a real SMTP server with
//! STARTTLS and AUTH. Dropping a [`TestApp`] works off what is due and fails the test if something stays behind.
//!
//! Nothing here is for production: helpers fail by panicking, as tests do.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail like tests do"
)]

mod answer;
mod app;
mod builder;
mod clock;
mod commands;
mod database;
mod events;
mod factors;
mod files;
mod holding;
mod links;
mod logs;
mod mail;
mod passkey;
mod people;
mod practice;
mod process;
mod request;
mod thinking;

pub use answer::Answer;
pub use app::TestApp;
pub use builder::Builder;
pub use clock::FixedClock;
pub use events::{Event, Events};
pub use factors::AuthenticatorApp;
pub use files::TestFiles;
pub use holding::HeldTable;
pub use logs::logged;
pub use mail::Mail;
pub use passkey::SoftPasskey;
pub use people::{PASSWORD, Person, hash_at_cost, hash_of};
pub use practice::{HILLSIDE, Practice, RIVERSIDE};
pub use process::Process;
pub use request::{Request, Upload, raw_exchange};
pub use thinking::ThinkingScanner;
pub use threadwell_devstack::{AfterData, ClamdOptions, ClamdServer, Faults, eicar_test_file as eicar};
pub use threadwell_inspection::corpus;
