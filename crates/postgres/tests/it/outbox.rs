//! Jobs: written, claimed, fenced, put back, and never slept over.

use crate::stage::{HILLSIDE, RIVERSIDE, Stage, run};
use chrono::Duration;
use diesel::connection::SimpleConnection;
use std::collections::HashSet;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;
use threadwell_application::access::{Action, Caller};
use threadwell_application::ports::{ClaimedJob, JobKind, NoticeAudience, Store, Work};
use threadwell_domain::access::Role;
use threadwell_domain::thread::Category;
use threadwell_domain::{TenantId, ThreadId};

const LEASE: Duration = Duration::minutes(5);

/// A practice with one thread and somebody who writes in it.
struct Office {
    stage: Stage,
    nurse: Caller,
    thread: ThreadId,
}

impl Office {
    fn open() -> Self {
        let stage = Stage::set();
        let nurse = stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
        let patient = stage.add_patient(RIVERSIDE, "Ana Silva", "1");
        let thread = stage.add_thread(RIVERSIDE, patient, Category::Medical);
        let nurse = stage.staff_caller(RIVERSIDE, nurse);
        Self { stage, nurse, thread }
    }

    fn notify(&self) {
        run(&*self.stage.store, &self.nurse, Action::SendReply, |tx| {
            tx.outbox().notify(NoticeAudience::Patient, self.thread)
        })
        .unwrap();
    }

    fn claim(&self, limit: i64) -> Vec<ClaimedJob> {
        self.stage.deliver(RIVERSIDE, |tx| tx.deliveries().claim(limit, LEASE)).unwrap()
    }

    fn rest(&self) {
        self.stage.deliver(RIVERSIDE, |tx| tx.deliveries().rest()).unwrap();
    }

    fn due(&self) -> Vec<TenantId> {
        self.stage.store.practices_with_due_work(Work::Outbox, self.stage.now()).unwrap()
    }

    fn is_due(&self) -> bool {
        self.due().contains(&RIVERSIDE)
    }
}

#[test]
fn a_notice_is_claimed_once_for_the_length_of_its_lease() {
    let office = Office::open();
    office.notify();
    let [claimed] = office.claim(10)[..] else { panic!("one job") };
    assert_eq!(claimed.job.kind, JobKind::Notice(NoticeAudience::Patient, office.thread));
    assert_eq!((claimed.job.attempts, claimed.fence), (0, 1));
    assert_eq!(claimed.job.created_at, office.stage.now());
    assert!(office.claim(10).is_empty());
    office.stage.clock.advance(LEASE);
    let [again] = office.claim(10)[..] else { panic!("one job") };
    assert_eq!((again.job.id, again.job.attempts, again.fence), (claimed.job.id, 1, 2));
}

/// G12: a worker whose lease ran out marks nothing any more.
#[test]
fn a_worker_whose_lease_passed_on_is_fenced_off() {
    let office = Office::open();
    office.notify();
    let slow = office.claim(1)[0];
    office.stage.clock.advance(LEASE);
    let fast = office.claim(1)[0];
    let at = office.stage.now() + Duration::minutes(1);
    office
        .stage
        .deliver(RIVERSIDE, |tx| {
            assert!(!tx.deliveries().done(&slow)?);
            assert!(!tx.deliveries().retry(&slow, at, "late")?);
            assert!(!tx.deliveries().bury(&slow, "late")?);
            assert_eq!(tx.deliveries().expand_notice(&slow, NoticeAudience::Patient, office.thread)?, 0);
            assert!(tx.deliveries().done(&fast)?);
            assert!(!tx.deliveries().done(&fast)?, "an end is an end");
            assert!(!tx.deliveries().retry(&fast, at, "again")?);
            Ok(())
        })
        .unwrap();
    office.stage.clock.advance(Duration::days(1));
    assert!(office.claim(10).is_empty());
    assert_eq!(office.stage.number("SELECT count(*) FROM outbox WHERE done_at IS NOT NULL"), 1);
}

#[test]
fn workers_side_by_side_never_hold_the_same_job() {
    let office = Office::open();
    (0..40).for_each(|_| office.notify());
    let claimed: Vec<ClaimedJob> = thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| (0..3).flat_map(|_| office.claim(3)).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let distinct: HashSet<_> = claimed.iter().map(|one| one.job.id).collect();
    assert_eq!(distinct.len(), claimed.len());
    assert!(claimed.iter().all(|one| one.fence == 1));
    assert_eq!(claimed.len() + office.claim(100).len(), 40);
}

#[test]
fn what_is_put_back_comes_back_at_its_time_with_its_tries_counted() {
    let office = Office::open();
    office.notify();
    let job = office.claim(1)[0];
    let at = office.stage.now() + Duration::seconds(10);
    assert!(
        office
            .stage
            .deliver(RIVERSIDE, |tx| tx.deliveries().retry(&job, at, "4xx é".repeat(100).as_str()))
            .unwrap()
    );
    assert!(office.claim(1).is_empty());
    office.rest();
    assert!(!office.is_due());
    office.stage.clock.advance(Duration::seconds(10));
    assert!(office.is_due(), "rest remembered the time");
    assert_eq!(office.claim(1)[0].job.attempts, 1);
    assert_eq!(office.stage.number("SELECT length(last_reason) FROM outbox"), 200);
}

#[test]
fn what_is_given_up_stays_as_a_dead_letter() {
    let office = Office::open();
    office.notify();
    let job = office.claim(1)[0];
    assert!(office.stage.deliver(RIVERSIDE, |tx| tx.deliveries().bury(&job, "550 no such user")).unwrap());
    office.stage.clock.advance(Duration::days(1));
    assert!(office.claim(1).is_empty());
    assert_eq!(office.stage.number("SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL"), 1);
}

#[test]
fn a_practice_at_rest_is_woken_by_a_job_and_looked_at_again_anyway() {
    let office = Office::open();
    office.rest();
    assert_eq!(office.due(), [HILLSIDE]);
    office.stage.clock.advance(Duration::seconds(30));
    assert!(office.is_due(), "a lost wake-up costs half a minute");
    office.rest();
    office.notify();
    assert!(office.is_due());
}

#[test]
fn a_held_lease_wakes_the_practice_when_it_runs_out() {
    let office = Office::open();
    office.notify();
    office.stage.deliver(RIVERSIDE, |tx| tx.deliveries().claim(1, Duration::seconds(7))).unwrap();
    office.rest();
    office.stage.clock.advance(Duration::seconds(6));
    assert!(!office.is_due());
    office.stage.clock.advance(Duration::seconds(1));
    assert!(office.is_due());
}

#[test]
fn a_busy_practice_has_no_hot_row() {
    let office = Office::open();
    office.rest();
    office.notify();
    let version = "SELECT w.xmin::text FROM work_due w JOIN tenant t ON t.id = w.tenant_id WHERE slug = 'riverside' AND kind = 0";
    let before = office.stage.number(version);
    (0..5).for_each(|_| office.notify());
    assert_eq!(office.stage.number(version), before);
}

/// A message whose transaction began before the worker looked and commits after it.
#[test]
fn a_job_that_commits_late_is_not_slept_over() {
    let office = Office::open();
    let (written, was_written) = mpsc::channel();
    let (commit, may_commit) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let office = &office;
        scope.spawn(move || {
            run(&*office.stage.store, &office.nurse, Action::SendReply, |tx| {
                tx.outbox().notify(NoticeAudience::Patient, office.thread)?;
                written.send(()).unwrap();
                may_commit.recv_timeout(std::time::Duration::from_secs(10)).unwrap();
                Ok(())
            })
            .unwrap();
        });
        was_written.recv().unwrap();
        assert!(office.claim(10).is_empty());
        office.rest();
        commit.send(()).unwrap();
    });
    assert!(office.is_due());
    assert_eq!(office.claim(10).len(), 1);
}

/// A message that has passed the gate, and whose job stands in the table but is not committed yet.
#[test]
fn a_worker_does_not_rest_while_somebody_is_adding_a_job() {
    let office = Office::open();
    let mut blocker = office.stage.raw_admin();
    blocker.batch_execute("BEGIN; SELECT FROM thread FOR UPDATE").unwrap();
    thread::scope(|scope| {
        let office = &office;
        // The job's foreign key waits for the thread's row, behind the gate.
        scope.spawn(|| office.notify());
        let passes = "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database \
            WHERE d.datname = current_database() AND locktype = 'advisory' AND mode = 'ShareLock'";
        let deadline = Instant::now() + std::time::Duration::from_secs(10);
        while office.stage.number(passes) == 0 && Instant::now() < deadline {
            thread::yield_now();
        }
        assert!(office.claim(10).is_empty());
        office.rest();
        assert!(office.is_due(), "somebody is about to add a job");
        blocker.batch_execute("COMMIT").unwrap();
    });
    assert_eq!(office.claim(10).len(), 1);
}

#[test]
fn a_job_goes_with_its_transaction() {
    let office = Office::open();
    office.rest();
    let failed = run(&*office.stage.store, &office.nurse, Action::SendReply, |tx| {
        tx.outbox().notify(NoticeAudience::Patient, office.thread)?;
        Err::<(), _>(threadwell_application::Error::NotFound)
    });
    assert!(failed.is_err());
    assert!(!office.is_due());
    assert_eq!(office.stage.number("SELECT count(*) FROM outbox"), 0);
}

#[test]
fn a_worker_of_one_practice_sees_no_job_of_another() {
    let office = Office::open();
    office.notify();
    let elsewhere = office.stage.deliver(HILLSIDE, |tx| tx.deliveries().claim(10, LEASE)).unwrap();
    assert!(elsewhere.is_empty());
    let job = office.claim(1)[0];
    office
        .stage
        .deliver(HILLSIDE, |tx| {
            assert!(!tx.deliveries().done(&job)?);
            assert!(!tx.deliveries().bury(&job, "mine")?);
            assert_eq!(tx.deliveries().expand_notice(&job, NoticeAudience::Patient, office.thread)?, 0);
            Ok(())
        })
        .unwrap();
    assert!(office.stage.deliver(RIVERSIDE, |tx| tx.deliveries().done(&job)).unwrap());
}

#[test]
fn nobody_notifies_about_another_practices_thread() {
    let office = Office::open();
    let foreign = office.stage.add_staff(HILLSIDE, Role::Nurse, "nurse@hillside.example");
    let foreign = office.stage.staff_caller(HILLSIDE, foreign);
    let crossed = run(&*office.stage.store, &foreign, Action::SendReply, |tx| {
        tx.outbox().notify(NoticeAudience::Patient, office.thread)
    });
    assert!(crossed.is_err());
    assert_eq!(office.stage.number("SELECT count(*) FROM outbox"), 0);
}
