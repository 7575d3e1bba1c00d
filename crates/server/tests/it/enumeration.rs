//! B7: nobody learns from answers or their time whether somebody has an account.

use chrono::Duration;
use serde_json::{Value, json};
use std::time::Instant;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

const BORN: &str = "1980-02-03";

/// How many requests the whole proof measures for each question.
const WHOLE: usize = 2_000;

/// How many requests are measured for each question.
fn tries() -> usize {
    std::env::var("THREADWELL_TIMED_REQUESTS").ok().and_then(|count| count.parse().ok()).unwrap_or(200)
}

/// What Welch's t is worth at p = 0.01 for so many tries, on both sides.
const CRITICAL_T: f64 = 2.6;

fn mean_and_variance(times: &[f64]) -> (f64, f64) {
    let count = times.len() as f64;
    let mean = times.iter().sum::<f64>() / count;
    (mean, times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0))
}

fn welch_t(one: &[f64], other: &[f64]) -> f64 {
    let ((mean, variance), (other_mean, other_variance)) = (mean_and_variance(one), mean_and_variance(other));
    let error = (variance / one.len() as f64 + other_variance / other.len() as f64).sqrt();
    (mean - other_mean) / error
}

fn median(times: &[f64]) -> f64 {
    times[times.len() / 2]
}

/// Alternates between two bodies, each request from an address of its own, and compares answers and times. The slowest
/// tenth of both says what else the machine did.
fn alike(app: &TestApp, path: &str, known: &dyn Fn(usize) -> Value, unknown: &dyn Fn(usize) -> Value) {
    let mut times = [Vec::new(), Vec::new()];
    let mut answers = [Vec::new(), Vec::new()];
    for number in 0..tries() {
        let which = number % 2;
        let body = if which == 0 { known(number) } else { unknown(number) };
        let address = format!("198.51.{}.{}", number / 200 % 200, number % 200 + 1);
        let request = app.request("POST", path).header("X-Tenant-ID", "riverside");
        let request = request.header("X-Forwarded-For", &address).json(&body);
        let began = Instant::now();
        let answer = request.send();
        times[which].push(began.elapsed().as_secs_f64());
        let (status, headers, _) = answer.without_ids();
        answers[which].push((status, headers, answer.body.len()));
        app.clock().advance(Duration::seconds(20));
    }
    let (first, rest) = (answers[0][0].clone(), answers.into_iter().flatten());
    rest.for_each(|answer| assert_eq!(answer, first, "{path}"));
    let [mut known, mut unknown] = times;
    for times in [&mut known, &mut unknown] {
        times.sort_by(f64::total_cmp);
        times.truncate(times.len() * 9 / 10);
    }
    let (t, difference) = (welch_t(&known, &unknown), (median(&known) - median(&unknown)).abs());
    let share = difference / median(&known);
    // Of few requests either is left to chance.
    let (is_alike, is_close) = (t.abs() < CRITICAL_T, share < 0.05);
    let holds = if tries() < WHOLE { is_alike || is_close } else { is_alike && is_close };
    assert!(holds, "{path}: t = {t:.2}, medians differ by {:.1} %", share * 100.0);
}

#[test]
fn b7_answers_and_times_do_not_tell_who_has_an_account() {
    let app = TestApp::builder().with_proxies(1).start();
    let riverside = app.riverside();
    for number in 0..tries() {
        let email = format!("known{number}@riverside.example");
        if number % 2 == 0 {
            riverside.add_staff(Role::Nurse, &email);
            riverside.add_patient_at("Somebody", &email, BORN, "en");
            riverside.add_account("Somebody", &format!("own.{email}"), &[]);
        }
    }
    let known = |number: usize| format!("known{number}@riverside.example");
    let unknown = |number: usize| format!("other{number}@riverside.example");
    let reset = |email: String| json!({ "email": email });
    alike(&app, "/api/auth/password-reset", &|n| reset(known(n)), &|n| reset(unknown(n)));
    let activation = |email: String| json!({ "email": email, "birthDate": BORN });
    let path = "/api/patient-portal/auth/activation";
    alike(&app, path, &|n| activation(known(n)), &|n| activation(unknown(n)));
    let sign_in = |email: String| json!({ "email": email, "password": "not the password of anybody" });
    alike(&app, "/api/auth/login", &|n| sign_in(known(n)), &|n| sign_in(unknown(n)));
    let own = |number: usize| format!("own.{}", known(number));
    let portal = "/api/patient-portal/auth";
    // As long as those: what is longer takes longer.
    let strange = |number: usize| format!("own.{}", unknown(number));
    alike(&app, &format!("{portal}/login"), &|n| sign_in(own(n)), &|n| sign_in(strange(n)));
    alike(&app, &format!("{portal}/password-reset"), &|n| reset(own(n)), &|n| reset(strange(n)));
}
