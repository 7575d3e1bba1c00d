//! The brakes on signing in.

mod practice;

use crate::stage::{HILLSIDE, RIVERSIDE, Stage};
use chrono::Duration;
use diesel::connection::SimpleConnection;
use std::net::IpAddr;
use std::sync::Barrier;
use std::thread;
use threadwell_application::Error;
use threadwell_application::access::Audience;
use threadwell_application::ports::{SignInThrottle, SlowedRequest, ThrottleKeys};
use threadwell_domain::{Phi, TenantId};

/// An attempt on an account from an address.
struct Attempt {
    tenant: Option<TenantId>,
    email: Phi,
    address: Option<IpAddr>,
    device: Option<[u8; 32]>,
}

impl Attempt {
    fn on(email: &str) -> Self {
        Self { tenant: Some(RIVERSIDE), email: Phi::new(email), address: None, device: None }
    }

    fn from(self, address: &str) -> Self {
        Self { address: Some(address.parse().unwrap()), ..self }
    }

    fn on_device(self, device: u8) -> Self {
        Self { device: Some([device; 32]), ..self }
    }

    const fn keys(&self) -> ThrottleKeys<'_> {
        ThrottleKeys {
            audience: Audience::Staff,
            tenant: self.tenant,
            email: &self.email,
            address: self.address,
            device: self.device,
        }
    }

    /// The seconds that the attempt must wait; `None` when it was admitted and then failed.
    fn fail(&self, stage: &Stage) -> Option<i64> {
        let wait = self.admit(stage);
        if wait.is_none() {
            stage.store.failed(&self.keys(), stage.now()).unwrap();
        }
        wait
    }

    /// The same with the right password.
    fn succeed(&self, stage: &Stage) -> Option<i64> {
        let wait = self.admit(stage);
        if wait.is_none() {
            stage.store.succeeded(&self.keys(), stage.now()).unwrap();
        }
        wait
    }

    /// The same where a second factor is due.
    fn halfway(&self, stage: &Stage) -> Option<i64> {
        let wait = self.admit(stage);
        if wait.is_none() {
            stage.store.halfway(&self.keys(), stage.now()).unwrap();
        }
        wait
    }

    fn admit(&self, stage: &Stage) -> Option<i64> {
        match stage.store.admit(&self.keys(), stage.now()) {
            Ok(()) => None,
            Err(Error::RateLimited { retry_after }) => Some(retry_after.num_seconds()),
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn five_failures_are_free_and_the_sixth_attempt_waits_thirty_seconds() {
    let stage = Stage::set();
    let ana = Attempt::on("ana@example.org");
    for attempt in 1..=5 {
        assert_eq!(ana.fail(&stage), None, "{attempt}");
    }
    assert_eq!(ana.succeed(&stage), Some(30), "the right password waits too");
    stage.clock.advance(Duration::seconds(29));
    assert_eq!(ana.fail(&stage), Some(1));
    stage.clock.advance(Duration::seconds(1));
    assert_eq!(ana.succeed(&stage), None);
    for attempt in 1..=5 {
        assert_eq!(ana.fail(&stage), None, "a success forgets: {attempt}");
    }
}

#[test]
fn the_wait_doubles_up_to_fifteen_minutes() {
    let stage = Stage::set();
    let ana = Attempt::on("ana@example.org");
    (1..=5).for_each(|_| assert_eq!(ana.fail(&stage), None));
    for seconds in [30, 60, 120, 240, 480, 900, 900, 900] {
        assert_eq!(ana.fail(&stage), Some(seconds));
        stage.clock.advance(Duration::seconds(seconds));
        assert_eq!(ana.fail(&stage), None);
    }
}

#[test]
fn a_day_without_failures_forgets_them() {
    let stage = Stage::set();
    let ana = Attempt::on("ana@example.org");
    (1..=5).for_each(|_| assert_eq!(ana.fail(&stage), None));
    stage.clock.advance(Duration::days(1));
    (1..=5).for_each(|_| assert_eq!(ana.fail(&stage), None));
    assert_eq!(ana.fail(&stage), Some(30));
}

#[test]
fn an_account_is_one_however_its_e_mail_is_written_and_each_practice_counts_its_own() {
    let stage = Stage::set();
    for typed in
        ["ana@example.org", "ANA@example.org", " ana@EXAMPLE.org", "ana@example.org", "Ana@example.org"]
    {
        assert_eq!(Attempt::on(typed).fail(&stage), None);
    }
    assert_eq!(Attempt::on("ana@example.ORG").fail(&stage), Some(30));
    for tenant in [Some(HILLSIDE), None] {
        assert_eq!(Attempt { tenant, ..Attempt::on("ana@example.org") }.fail(&stage), None);
    }
    assert_eq!(Attempt::on("ben@example.org").fail(&stage), None);
}

/// Whether or not account and practice exist, the sixth attempt waits: nothing tells them apart.
#[test]
fn attempts_on_nobody_are_braked_alike() {
    let stage = Stage::set();
    let nobody = Attempt { tenant: None, ..Attempt::on("nobody@example.org") };
    (1..=5).for_each(|_| assert_eq!(nobody.fail(&stage), None));
    assert_eq!(nobody.fail(&stage), Some(30));
}

#[test]
fn an_address_fails_thirty_times_a_minute() {
    let stage = Stage::set();
    for account in 0..30 {
        assert_eq!(Attempt::on(&format!("{account}@example.org")).from("192.0.2.7").fail(&stage), None);
    }
    stage.clock.advance(Duration::seconds(20));
    let next = Attempt::on("next@example.org").from("192.0.2.7");
    assert_eq!(next.succeed(&stage), Some(40));
    assert_eq!(Attempt::on("next@example.org").from("192.0.2.8").succeed(&stage), None);
    stage.clock.advance(Duration::seconds(40));
    assert_eq!(next.succeed(&stage), None);
}

#[test]
fn an_address_succeeds_a_hundred_and_twenty_times_a_minute() {
    let stage = Stage::set();
    for account in 0..120 {
        assert_eq!(
            Attempt::on(&format!("{account}@example.org")).from("192.0.2.7").succeed(&stage),
            None,
            "{account}"
        );
    }
    assert_eq!(Attempt::on("next@example.org").from("192.0.2.7").succeed(&stage), Some(60));
}

#[test]
fn a_refused_attempt_counts_against_nobody() {
    let stage = Stage::set();
    let ana = Attempt::on("ana@example.org").from("192.0.2.7");
    (1..=5).for_each(|_| assert_eq!(ana.fail(&stage), None));
    (0..40).for_each(|_| assert_eq!(ana.fail(&stage), Some(30)));
    assert_eq!(Attempt::on("ben@example.org").from("192.0.2.7").fail(&stage), None);
}

#[test]
fn an_ipv6_network_counts_as_one_address() {
    let stage = Stage::set();
    for host in 0..30 {
        let attempt = Attempt::on(&format!("{host}@example.org")).from(&format!("2001:db8:1:2:{host:x}::1"));
        assert_eq!(attempt.fail(&stage), None);
    }
    assert_eq!(Attempt::on("x@example.org").from("2001:db8:1:2:ffff::").fail(&stage), Some(60));
    assert_eq!(Attempt::on("x@example.org").from("2001:db8:1:3::1").fail(&stage), None);
    (0..30).for_each(|n| {
        assert_eq!(Attempt::on(&format!("v4-{n}@example.org")).from("192.0.2.9").fail(&stage), None)
    });
    assert_eq!(Attempt::on("y@example.org").from("::ffff:192.0.2.9").fail(&stage), Some(60), "mapped");
}

/// A hundred guesses at once get no more tries than a hundred one after the other.
#[test]
fn parallel_guesses_get_no_more_tries() {
    let stage = Stage::set();
    let start = Barrier::new(24);
    let admitted: usize = thread::scope(|scope| {
        let guesses: Vec<_> = (0..24)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    usize::from(Attempt::on("ana@example.org").from("192.0.2.7").fail(&stage).is_none())
                })
            })
            .collect();
        guesses.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(admitted, 5);
}

/// An attempt decides on what the one before it has counted, not on what it saw before.
#[test]
fn an_attempt_waits_for_the_one_before_it() {
    let stage = Stage::set();
    let ana = Attempt::on("ana@example.org");
    (1..=4).for_each(|_| assert_eq!(ana.fail(&stage), None));
    thread::scope(|scope| {
        let mut other = stage.raw_admin();
        other.batch_execute("BEGIN; SELECT FROM sign_in_throttle FOR UPDATE").unwrap();
        let sixth = scope.spawn(|| ana.fail(&stage));
        stage.await_lock_wait();
        let fifth =
            "UPDATE sign_in_throttle SET failures = 5, blocked_until = '2026-11-22T09:00:30Z'; COMMIT";
        other.batch_execute(fifth).unwrap();
        assert_eq!(sixth.join().unwrap(), Some(30));
    });
}

#[test]
fn the_brakes_outlive_the_process_and_hold_no_address_in_clear() {
    let stage = Stage::set();
    let ana = Attempt::on("ana@example.org").from("192.0.2.7");
    (1..=5).for_each(|_| assert_eq!(ana.fail(&stage), None));
    let other = stage.another_store();
    assert!(matches!(other.admit(&ana.keys(), stage.now()), Err(Error::RateLimited { .. })));
    let clear =
        "SELECT count(*) FROM sign_in_throttle t WHERE t::text LIKE '%ana%' OR t::text LIKE '%192.0%'";
    assert_eq!(stage.number(clear), 0);
    assert_eq!(
        stage.number("SELECT count(*) FROM sign_in_throttle"),
        4,
        "account, address, network and practice"
    );
}

/// B8: what strangers get wrong does not hold up a device that the account knows, nor does its success forgive them.
#[test]
fn a_known_device_has_a_count_of_its_own() {
    let stage = Stage::set();
    let (strangers, owner) = (Attempt::on("ana@example.org"), Attempt::on("ana@example.org").on_device(7));
    (1..=5).for_each(|_| assert_eq!(strangers.fail(&stage), None));
    assert_eq!(strangers.fail(&stage), Some(30));
    assert_eq!(owner.succeed(&stage), None);
    assert_eq!(strangers.fail(&stage), Some(30), "the owner's success gives no further guesses");
    (1..=5).for_each(|_| assert_eq!(owner.fail(&stage), None));
    assert_eq!(owner.succeed(&stage), Some(30));
    assert_eq!(Attempt::on("ana@example.org").on_device(8).succeed(&stage), None);
}

#[test]
fn an_address_asks_thirty_times_a_minute_and_an_e_mail_gets_four_mails() {
    let stage = Stage::set();
    let ana = Phi::new("ana@example.org");
    let ask = |address: &str, email| {
        let address = Some(address.parse().unwrap());
        let request = SlowedRequest { audience: Audience::Portal, tenant: Some(RIVERSIDE), email, address };
        stage.store.admit_request(&request, stage.now()).map(|wait| wait.is_none())
    };
    let asked: Vec<bool> = (0..30).map(|_| ask("192.0.2.7", Some(&ana)).unwrap()).collect();
    assert_eq!(asked.iter().filter(|may_mail| **may_mail).count(), 4);
    let refused = ask("192.0.2.7", None);
    assert!(
        matches!(refused, Err(Error::RateLimited { retry_after }) if retry_after == Duration::minutes(1))
    );
    assert!(ask("192.0.2.8", Some(&ana)).unwrap(), "whoever asks from elsewhere still gets one");
    let many = (10..30).map(|host| ask(&format!("192.0.2.{host}"), Some(&ana)).unwrap());
    assert_eq!(many.filter(|may_mail| *may_mail).count(), 20);
    let flood: Vec<bool> =
        (30..90).map(|host| ask(&format!("192.0.2.{host}"), Some(&ana)).unwrap()).collect();
    assert_eq!(flood.iter().filter(|may_mail| **may_mail).count(), 40 - 25, "but for a flood of them");
    stage.clock.advance(Duration::minutes(15));
    assert!(ask("192.0.2.7", Some(&ana)).unwrap());
}
