//! What strangers get wrong at a door of a practice, all together.

use super::Attempt;
use crate::stage::{HILLSIDE, Stage};
use chrono::Duration;

/// A network that is nobody else's.
fn network(number: usize) -> String {
    format!("198.{}.{}.7", 18 + number / 250, number % 250)
}

/// Somebody's failure, from a network of a number.
fn failure(account: usize, number: usize) -> Attempt {
    Attempt::on(&format!("{account}@example.org")).from(&network(number))
}

/// Uses up what is left of the two hundred failures: forty from each of five networks, slowly enough for their addresses.
fn spend(stage: &Stage, left: usize) {
    for round in 0..2 {
        for attempt in 0..(left - round * 100).min(100) {
            assert_eq!(failure(round * 100 + attempt, attempt % 5).fail(stage), None, "{round} {attempt}");
        }
        stage.clock.advance(Duration::minutes(1));
    }
}

/// The seconds that are left of the window.
const LEFT: Option<i64> = Some(8 * 60);

#[test]
fn a_network_that_failed_waits_once_the_door_has_failed_two_hundred_times() {
    let stage = Stage::set();
    let (before, typo) = (failure(900, 6), failure(901, 7));
    assert_eq!(typo.fail(&stage), None);
    assert_eq!(before.succeed(&stage), None);
    spend(&stage, 199);
    assert_eq!(failure(902, 0).succeed(&stage), LEFT, "who flooded");
    assert_eq!(typo.succeed(&stage), LEFT, "who failed once");
    for clean in [before, failure(903, 8)] {
        assert_eq!(clean.succeed(&stage), None, "who has not failed");
        assert_eq!(clean.succeed(&stage), None, "nor fails");
        assert_eq!(clean.fail(&stage), None);
        assert_eq!(clean.succeed(&stage), LEFT, "but has one try, not two");
    }
    let elsewhere = Attempt { tenant: Some(HILLSIDE), ..failure(904, 0) };
    assert_eq!(elsewhere.succeed(&stage), None);
    assert_eq!(failure(905, 0).on_device(7).succeed(&stage), None, "a known device passes");
    stage.clock.advance(Duration::minutes(8));
    assert_eq!(failure(906, 0).succeed(&stage), None);
}

#[test]
fn one_network_cannot_spend_what_a_practice_has() {
    let stage = Stage::set();
    let mut admitted = 0;
    for minute in 0..9 {
        for attempt in 0..30 {
            let account = format!("{minute}-{attempt}@example.org");
            admitted += usize::from(Attempt::on(&account).from("192.0.2.7").fail(&stage).is_none());
        }
        stage.clock.advance(Duration::minutes(1));
    }
    assert_eq!(admitted, 40);
    for attempt in 0..60 {
        let from_site = Attempt::on(&format!("{attempt}@example.org"));
        let admits = from_site.from(&format!("2001:db8:1:{attempt:x}::1")).fail(&stage).is_none();
        assert_eq!(admits, attempt < 40, "all networks of a site are one: {attempt}");
    }
    let typo = failure(1, 1);
    assert_eq!(typo.fail(&stage), None);
    assert_eq!(typo.succeed(&stage), None, "nobody else waits");
}

/// However many networks somebody has, a door takes five hundred wrong passwords of strangers in ten minutes.
#[test]
fn strangers_together_get_five_hundred_tries() {
    let stage = Stage::set();
    spend(&stage, 200);
    let admitted =
        (0..400).filter(|number| failure(1_000 + number, 10 + number).fail(&stage).is_none()).count();
    assert_eq!(admitted, 300);
    assert_eq!(failure(2_000, 600).succeed(&stage), LEFT);
    assert_eq!(failure(2_001, 601).on_device(7).succeed(&stage), None);
    stage.clock.advance(Duration::minutes(8));
    assert_eq!(failure(2_002, 600).succeed(&stage), None);
}

/// Names of practices that there are none of do not multiply what may be tried.
#[test]
fn practices_that_there_are_none_of_count_as_one() {
    let stage = Stage::set();
    let nowhere = |number| Attempt { tenant: None, ..failure(number, number) };
    let admitted = (0..600).filter(|number| nowhere(*number).fail(&stage).is_none()).count();
    assert_eq!(admitted, 500);
    assert_eq!(failure(1, 601).succeed(&stage), None, "no practice that there is is held up");
}

/// Right passwords take their count back, also where a second factor is still due.
#[test]
fn what_was_right_does_not_count() {
    let stage = Stage::set();
    for attempt in 0..100 {
        assert_eq!(failure(attempt, attempt % 5).succeed(&stage), None);
        assert_eq!(failure(attempt, attempt % 5).halfway(&stage), None);
    }
    assert_eq!(stage.number("SELECT max(failures) FROM sign_in_throttle"), 0);
}
