//! Files: reserved, claimed by messages, worked on under a fence, swept; and who sees them on the way.

use crate::scene::{Reader, Scene, outgoing, portal_message};
use crate::stage::{RIVERSIDE, run};
use chrono::Duration;
use threadwell_application::access::{Action, Caller};
use threadwell_application::attachments::{
    Rendition, abandon_upload, begin_upload, discard_attachment, finish_upload, list_attachments,
    open_attachment, read_attachment, receive_upload, refuse_upload,
};
use threadwell_application::portal::PortalMessage;
use threadwell_application::ports::{ClaimedFile, FileMark, PageAt, Receipt, Renditions, Store, Work};
use threadwell_application::threads::OutgoingMessage;
use threadwell_application::{Error, Result, portal, threads};
use threadwell_domain::attachment::{
    AttachmentState, ContentRefusal, FileKind, FileName, UNCLAIMED_FOR, UploadLimits,
};
use threadwell_domain::thread::Category;
use threadwell_domain::{AttachmentId, ThreadId};

const LEASE: Duration = Duration::minutes(2);

/// An upload that was accepted.
pub(crate) fn uploaded(scene: &Scene, caller: &Caller, name: &str) -> AttachmentId {
    let (store, limits) = (scene.store(), UploadLimits::default());
    let name = FileName::parse(name).unwrap();
    let blob = begin_upload(store, caller, &name, Some(1_000), &limits).unwrap();
    receive_upload(store, caller, blob.attachment, 900).unwrap();
    finish_upload(store, caller, blob.attachment, None, &limits, None).unwrap().1.id
}

fn send(scene: &Scene, by: &Reader, thread: ThreadId, files: &[AttachmentId]) -> Result<Receipt> {
    let message = PortalMessage { attachments: files.to_vec(), ..portal_message("Here.") };
    portal::send_message(scene.store(), &by.caller, thread, &message, None)
}

fn note(scene: &Scene, thread: ThreadId, files: &[AttachmentId]) -> Result<Receipt> {
    let note = OutgoingMessage { attachments: files.to_vec(), ..outgoing("For us.", true) };
    threads::send_message(scene.store(), &scene.nurse.caller, thread, &note, None)
}

fn claim_due(scene: &Scene, limit: i64) -> Vec<ClaimedFile> {
    let claim = |tx: &mut dyn threadwell_application::ports::Tx| tx.file_work().claim_due(limit, LEASE);
    run(scene.store(), &Caller::worker_of(RIVERSIDE), Action::WorkFiles, claim).unwrap()
}

fn mark(scene: &Scene, file: &ClaimedFile, state: AttachmentState) -> bool {
    let mark = FileMark { state, due: None, renditions: None };
    run(scene.store(), &Caller::worker_of(RIVERSIDE), Action::WorkFiles, |tx| {
        tx.file_work().mark(file, &mark)
    })
    .unwrap()
}

/// Lets everybody still be signed in.
fn keep_sessions(scene: &Scene) {
    let now = scene.stage.now().to_rfc3339();
    scene.stage.admin(&format!(
        "UPDATE session SET last_activity_at = '{now}', expires_at = '{now}'::timestamptz + interval '1 hour'"
    ));
}

#[test]
fn an_upload_is_its_uploaders_alone_until_a_message_has_it() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ben, Category::Medical, "Mole", "It grew.");
    let file = uploaded(&scene, &scene.ben.caller, "mole.jpg");
    for stranger in [&scene.nurse.caller, &scene.ana.caller, &scene.carla.caller, &scene.dora.caller] {
        assert!(matches!(read_attachment(scene.store(), stranger, file), Err(Error::NotFound)));
        assert!(matches!(discard_attachment(scene.store(), stranger, file), Err(Error::NotFound)));
    }
    assert!(matches!(send(&scene, &scene.carla, thread, &[file]), Err(Error::AttachmentNotFound)));
    assert!(matches!(note(&scene, thread, &[file]), Err(Error::AttachmentNotFound)));
    send(&scene, &scene.ben, thread, &[file]).unwrap();
    for reader in [&scene.ben.caller, &scene.carla.caller, &scene.nurse.caller, &scene.provider.caller] {
        let view = read_attachment(scene.store(), reader, file).unwrap();
        assert_eq!(view.filename.text().unwrap().expose(), "mole.jpg");
        assert_eq!((view.size_bytes, view.state), (900, AttachmentState::Scanning));
        assert_eq!(list_attachments(scene.store(), reader, thread).unwrap().len(), 1);
    }
    for stranger in [&scene.ana.caller, &scene.dora.caller, &scene.other_nurse.caller, &scene.desk.caller] {
        assert!(matches!(read_attachment(scene.store(), stranger, file), Err(Error::NotFound)));
        assert!(matches!(list_attachments(scene.store(), stranger, thread), Err(Error::NotFound)));
    }
    assert!(matches!(discard_attachment(scene.store(), &scene.ben.caller, file), Err(Error::FileSent)));
    assert!(matches!(send(&scene, &scene.ben, thread, &[file]), Err(Error::AttachmentNotFound)));
}

#[test]
fn a_confidential_threads_files_are_hidden_from_proxies() {
    let scene = Scene::set();
    let private = crate::scene::portal_thread(Category::General, "Private", "For you alone.", true);
    let thread =
        portal::start_thread(scene.store(), &scene.ben.caller, &private, None).unwrap().thread.unwrap();
    let file = uploaded(&scene, &scene.ben.caller, "private.pdf");
    send(&scene, &scene.ben, thread, &[file]).unwrap();
    assert!(read_attachment(scene.store(), &scene.ben.caller, file).is_ok());
    for rendition in [Rendition::Whole, Rendition::Thumbnail] {
        let hidden = open_attachment(scene.store(), &scene.carla.caller, file, rendition);
        assert!(matches!(hidden, Err(Error::NotFound)));
    }
    assert!(matches!(list_attachments(scene.store(), &scene.carla.caller, thread), Err(Error::NotFound)));
}

#[test]
fn a_notes_file_does_not_exist_for_the_patient() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let file = uploaded(&scene, &scene.nurse.caller, "finding.pdf");
    note(&scene, thread, &[file]).unwrap();
    assert!(matches!(read_attachment(scene.store(), &scene.ana.caller, file), Err(Error::NotFound)));
    assert_eq!(list_attachments(scene.store(), &scene.ana.caller, thread).unwrap(), []);
    assert_eq!(list_attachments(scene.store(), &scene.nurse.caller, thread).unwrap().len(), 1);
    // Whoever makes the row public in the database gets a key that does not open.
    scene.stage.admin("UPDATE attachment SET is_internal = false, state = 4");
    let opened = open_attachment(scene.store(), &scene.ana.caller, file, Rendition::Whole);
    assert!(matches!(opened, Err(Error::Unavailable(_))));
}

#[test]
fn messages_carry_their_files_and_cost_no_query_without() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let files = [uploaded(&scene, &scene.ana.caller, "a.jpg"), uploaded(&scene, &scene.ana.caller, "b.gif")];
    send(&scene, &scene.ana, thread, &files).unwrap();
    let page =
        portal::read_thread(scene.store(), &scene.ana.caller, thread, 50, PageAt::Newest).unwrap().page;
    let counts: Vec<usize> = page.messages.iter().map(|message| message.attachments.len()).collect();
    assert_eq!(counts.iter().sum::<usize>(), 2);
    assert_eq!(counts.last(), Some(&2));
    assert_eq!(scene.stage.number("SELECT max(attachment_count) FROM message"), 2);
}

#[test]
fn a_message_takes_twenty_files_and_none_twice() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let files: Vec<_> = (0..21).map(|n| uploaded(&scene, &scene.ana.caller, &format!("{n}.jpg"))).collect();
    assert!(matches!(send(&scene, &scene.ana, thread, &files), Err(Error::TooManyFiles)));
    assert!(matches!(send(&scene, &scene.ana, thread, &[files[0], files[0]]), Err(Error::Invalid(_))));
    send(&scene, &scene.ana, thread, &files[..20]).unwrap();
    assert_eq!(scene.stage.number("SELECT count(*) FROM attachment WHERE claimed_at IS NOT NULL"), 20);
}

#[test]
fn a_day_has_a_quota_for_each_person_and_for_the_practice() {
    let scene = Scene::set();
    let limits = UploadLimits {
        person_bytes_a_day: 25_000_000,
        practice_bytes_a_day: 45_000_000,
        ..UploadLimits::default()
    };
    let name = FileName::parse("a.pdf").unwrap();
    let begin = |caller: &Caller, bytes| begin_upload(scene.store(), caller, &name, bytes, &limits);
    let first = begin(&scene.ana.caller, None).unwrap();
    begin(&scene.ana.caller, None).unwrap();
    assert!(matches!(begin(&scene.ana.caller, None), Err(Error::QuotaExceeded)));
    // What came to be less, or to nothing, counts for no more.
    receive_upload(scene.store(), &scene.ana.caller, first.attachment, 1_000).unwrap();
    let third = begin(&scene.ana.caller, None).unwrap();
    abandon_upload(scene.store(), &scene.ana.caller, third.attachment, false).unwrap();
    // Of what was refused, that which came.
    let fourth = begin(&scene.ana.caller, None).unwrap();
    receive_upload(scene.store(), &scene.ana.caller, fourth.attachment, 1_000).unwrap();
    refuse_upload(scene.store(), &scene.ana.caller, fourth.attachment, ContentRefusal::Encrypted).unwrap();
    begin(&scene.nurse.caller, None).unwrap();
    begin(&scene.nurse.caller, None).unwrap();
    begin(&scene.ben.caller, None).unwrap();
    assert!(matches!(begin(&scene.ben.caller, None), Err(Error::QuotaExceeded)), "the practice's is used up");
    assert!(begin(&scene.dora.caller, None).is_ok(), "another practice has its own");
    scene.stage.clock.advance(Duration::hours(15));
    keep_sessions(&scene);
    assert!(begin(&scene.ben.caller, None).is_ok(), "another day");
}

#[test]
fn quotas_hold_under_a_rush() {
    let scene = Scene::set();
    let limits = UploadLimits { person_bytes_a_day: 5_000, ..UploadLimits::default() };
    let name = FileName::parse("a.pdf").unwrap();
    let taken = std::thread::scope(|scope| {
        let begin = || begin_upload(scene.store(), &scene.ana.caller, &name, Some(1_000), &limits).is_ok();
        let running: Vec<_> = (0..12).map(|_| scope.spawn(begin)).collect();
        running.into_iter().map(|one| one.join().unwrap()).filter(|taken| *taken).count()
    });
    assert_eq!(taken, 5);
}

#[test]
fn of_two_workers_the_one_with_the_fence_counts() {
    let scene = Scene::set();
    let file = uploaded(&scene, &scene.ana.caller, "a.pdf");
    let first = claim_due(&scene, 10);
    assert_eq!(first.iter().map(|file| file.id).collect::<Vec<_>>(), [file]);
    assert!(claim_due(&scene, 10).is_empty(), "the lease holds");
    scene.stage.clock.advance(LEASE + Duration::seconds(1));
    let second = claim_due(&scene, 10);
    assert!(!mark(&scene, &first[0], AttachmentState::Rejected(ContentRefusal::Malware)));
    assert!(mark(&scene, &second[0], AttachmentState::Available));
    assert!(!mark(&scene, &second[0], AttachmentState::Failed), "it is no longer where it stood");
    let state = read_attachment(scene.store(), &scene.ana.caller, file).unwrap().state;
    assert_eq!(state, AttachmentState::Available);
}

#[test]
fn renditions_take_the_place_of_the_upload() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let file = uploaded(&scene, &scene.ana.caller, "dance.gif");
    let [claimed] = claim_due(&scene, 1).try_into().unwrap();
    assert!(mark(&scene, &claimed, AttachmentState::Processing));
    scene.stage.admin("UPDATE attachment SET due_at = created_at");
    let [claimed] = claim_due(&scene, 1).try_into().unwrap();
    let worker = Caller::worker_of(RIVERSIDE);
    let plan = run(scene.store(), &worker, Action::WorkFiles, |tx| tx.file_work().plan(&claimed)).unwrap();
    let [picture, thumbnail] = plan.unwrap();
    let stale = "SELECT sum(cardinality(stale_blobs)) FROM attachment";
    assert_eq!(scene.stage.number(stale), 2);
    // A message takes it along in the middle.
    send(&scene, &scene.ana, thread, &[file]).unwrap();
    let renditions = Renditions {
        picture: picture.name,
        kind: FileKind::Png,
        bytes: 77,
        thumbnail: thumbnail.name,
        thumbnail_kind: FileKind::Jpeg,
        thumbnail_bytes: 7,
        extent: (640, 480),
    };
    let done = FileMark { state: AttachmentState::Available, due: None, renditions: Some(renditions) };
    let marked = run(scene.store(), &worker, Action::WorkFiles, |tx| tx.file_work().mark(&claimed, &done));
    assert!(marked.unwrap());
    assert_eq!(scene.stage.number(stale), 1, "the upload's own object");
    let opened = open_attachment(scene.store(), &scene.nurse.caller, file, Rendition::Whole).unwrap();
    assert_eq!((opened.object.blob.name, opened.object.bytes), (picture.name, 77));
    assert_eq!(opened.filename.text().unwrap().expose(), "dance.png");
    let small = open_attachment(scene.store(), &scene.ana.caller, file, Rendition::Thumbnail).unwrap();
    assert_eq!((small.object.blob.name, small.object.kind), (thumbnail.name, FileKind::Jpeg));
    assert_eq!(small.object.blob.key.0, opened.object.blob.key.0);
}

#[test]
fn what_a_message_has_is_not_swept() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::Medical, "Mole", "It grew.");
    let file = uploaded(&scene, &scene.ana.caller, "a.pdf");
    scene.stage.clock.advance(UNCLAIMED_FOR + Duration::minutes(1));
    let [claimed] = claim_due(&scene, 1).try_into().unwrap();
    // Between the worker's look and its mark.
    keep_sessions(&scene);
    send(&scene, &scene.ana, thread, &[file]).unwrap();
    assert!(!mark(&scene, &claimed, AttachmentState::Swept));
    assert!(read_attachment(scene.store(), &scene.nurse.caller, file).is_ok());
}

#[test]
fn a_worker_never_sleeps_over_a_file() {
    let scene = Scene::set();
    let due = || scene.stage.store.practices_with_due_work(Work::Files, scene.stage.now()).unwrap();
    let worker = Caller::worker_of(RIVERSIDE);
    let rest = || run(scene.store(), &worker, Action::WorkFiles, |tx| tx.file_work().rest()).unwrap();
    assert!(due().contains(&RIVERSIDE));
    rest();
    assert!(!due().contains(&RIVERSIDE));
    let file = uploaded(&scene, &scene.ana.caller, "a.pdf");
    assert!(due().contains(&RIVERSIDE));
    let [claimed] = claim_due(&scene, 1).try_into().unwrap();
    assert!(mark(&scene, &claimed, AttachmentState::Available));
    rest();
    assert!(!due().contains(&RIVERSIDE));
    discard_attachment(scene.store(), &scene.ana.caller, file).unwrap();
    assert!(due().contains(&RIVERSIDE), "its object is to be removed");
}
