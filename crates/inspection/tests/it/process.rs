use std::{
    ffi::OsString,
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use bytes::Bytes;
use threadwell_application::ports::{FileInspector, InspectionFailure, StorageFailure};
use threadwell_domain::attachment::{ContentRefusal, FileKind};
use threadwell_inspection::{Confinement, InspectorProcess, InspectorSettings, corpus};

use crate::{Never, Pieces, inspector, refusal, stream};

/// An inspector whose program is a line of shell.
fn shell(line: &str) -> InspectorProcess {
    InspectorProcess::new(InspectorSettings {
        program: "/bin/sh".into(),
        arguments: vec!["-c".into(), line.into()],
        time_limit: Duration::from_secs(3),
        at_once: NonZeroUsize::MIN,
    })
}

async fn outcome(line: &str, kind: FileKind) -> Result<(), InspectionFailure> {
    shell(line).inspect(kind, stream(b"a file")).await
}

fn is_unavailable(outcome: &Result<(), InspectionFailure>) -> bool {
    matches!(outcome, Err(InspectionFailure::Unavailable(_)))
}

#[tokio::test]
async fn the_inspector_is_ready() {
    assert_eq!(inspector().ready().await.unwrap(), Confinement::Sealed);
    let ready = shell("cat >/dev/null; printf TWLA").ready().await;
    assert_eq!(ready.unwrap(), Confinement::Limited);
    for line in ["exit 70", "cat >/dev/null; printf 'TWSR\\1'", "cat >/dev/null; printf TWS; kill -SEGV $$"] {
        let ready = shell(line).ready().await;
        assert!(matches!(ready, Err(InspectionFailure::Unavailable(_))), "{line}: {ready:?}");
    }
}

#[tokio::test]
async fn what_was_not_started_is_nobodys_fault() {
    let missing = InspectorProcess::new(InspectorSettings {
        program: "/nonexistent/inspector".into(),
        arguments: Vec::<OsString>::new(),
        ..InspectorSettings::default()
    });
    assert!(is_unavailable(&missing.inspect(FileKind::Pdf, stream(b"a file")).await));
    for line in ["exit 0", "exit 70", "cat", "echo hello", "kill -SEGV $$", "sleep 60"] {
        assert!(is_unavailable(&outcome(line, FileKind::Pdf).await), "{line}");
    }
}

#[tokio::test]
async fn what_breaks_on_a_file_refuses_it() {
    for line in [
        "cat >/dev/null; printf TWS; exit 101",
        "cat >/dev/null; printf TWS; kill -SEGV $$",
        "cat >/dev/null; printf TWS; kill -ABRT $$",
        "cat >/dev/null; printf TWS; kill -XCPU $$",
        "cat >/dev/null; printf TWSxyz",
        "cat >/dev/null; printf TWSAA",
        "cat >/dev/null; printf 'TWSR\\377'",
        "cat >/dev/null; printf TWS; cat /dev/zero",
        "cat >/dev/null; printf TWSP; cat /dev/zero",
    ] {
        assert_eq!(
            refusal(outcome(line, FileKind::Pdf).await),
            Some(ContentRefusal::ArchiveRejected),
            "{line}"
        );
        assert_eq!(refusal(outcome(line, FileKind::Png).await), Some(ContentRefusal::KindMismatch), "{line}");
    }
}

#[tokio::test]
async fn what_the_machine_ends_is_tried_again() {
    for end in ["kill -KILL $$", "kill -TERM $$", "kill -INT $$", "kill -HUP $$", "exit 74"] {
        let line = &format!("cat >/dev/null; printf TWS; {end}");
        assert!(is_unavailable(&outcome(line, FileKind::Pdf).await), "{line}");
    }
}

#[tokio::test]
async fn an_answer_of_a_failed_process_does_not_count() {
    let line = "cat >/dev/null; printf TWSA; exit 101";
    assert_eq!(refusal(outcome(line, FileKind::Pdf).await), Some(ContentRefusal::ArchiveRejected));
    outcome("cat >/dev/null; printf TWSA", FileKind::Pdf).await.unwrap();
}

#[tokio::test]
async fn what_does_not_end_is_ended() {
    let directory = tempfile::tempdir().unwrap();
    let mark = directory.path().join("pid");
    let started = Instant::now();
    let line = format!("cat >/dev/null; echo $$ >{}; printf TWS; while :; do :; done", mark.display());
    // Nobody knows how much of a processor others left it.
    assert!(is_unavailable(&outcome(&line, FileKind::Gif).await));
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    let pid: u32 = std::fs::read_to_string(mark).unwrap().trim().parse().unwrap();
    assert!(!std::path::Path::new(&format!("/proc/{pid}")).exists());
}

#[tokio::test]
async fn what_is_at_work_too_long_is_refused() {
    let patient = InspectorProcess::new(InspectorSettings {
        program: "/bin/sh".into(),
        arguments: vec!["-c".into(), "ulimit -St 1; cat >/dev/null; printf TWS; while :; do :; done".into()],
        ..InspectorSettings::default()
    });
    let outcome = patient.inspect(FileKind::Gif, stream(b"a file")).await;
    assert_eq!(refusal(outcome), Some(ContentRefusal::KindMismatch));
}

#[tokio::test]
async fn what_was_given_no_time_is_tried_again() {
    assert!(is_unavailable(&outcome("cat >/dev/null; printf TWS; exec sleep 60", FileKind::Pdf).await));
}

#[tokio::test]
async fn who_gives_up_leaves_nothing_running() {
    let directory = tempfile::tempdir().unwrap();
    let mark = directory.path().join("pid");
    let inspector = shell(&format!("echo $$ >{0}.new; mv {0}.new {0}; exec sleep 60", mark.display()));
    let written = async {
        while !mark.exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        outcome = inspector.inspect(FileKind::Pdf, stream(b"a file")) => panic!("{outcome:?}"),
        () = written => {}
    }
    let pid: u32 = std::fs::read_to_string(mark).unwrap().trim().parse().unwrap();
    let place = format!("/proc/{pid}");
    // The runtime collects it when it is told of its end.
    while std::path::Path::new(&place).exists() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_file_that_does_not_come_makes_room_for_others() {
    let outcome = shell("cat >/dev/null; printf TWSA").inspect(FileKind::Pdf, Box::pin(Never)).await;
    assert!(is_unavailable(&outcome), "{outcome:?}");
}

#[tokio::test]
async fn a_picture_that_no_file_can_be_is_not_believed() {
    let claimed = |width: &str| {
        let signature = r"\211PNG\r\n\032\n";
        let sizes = format!(r"\0\0{width}\0\0\0\1\0\0\0\10\0\0\0\10");
        shell(&format!(r"cat >/dev/null; printf 'TWSP\1\1{sizes}{signature}{signature}'"))
    };
    claimed(r"\56\340").clean(FileKind::Png, stream(b"a file")).await.unwrap();
    let outcome = claimed(r"\56\341").clean(FileKind::Png, stream(b"a file")).await;
    assert_eq!(refusal(outcome), Some(ContentRefusal::KindMismatch));
}

#[tokio::test]
async fn a_program_that_stops_reading_does_not_hold_the_file_up() {
    let large = vec![7; 5 << 20];
    let shut = shell("exec <&-; printf TWSA").inspect(FileKind::Pdf, stream(&large)).await;
    shut.unwrap();
    let deaf = shell("printf TWS; sleep 60").inspect(FileKind::Pdf, stream(&large)).await;
    assert!(is_unavailable(&deaf));
}

#[tokio::test]
async fn no_environment_and_no_directory_are_passed_on() {
    // The shell sets these four itself.
    let line = r#"cat >/dev/null
        [ "$(env | grep -vc -e ^PWD= -e ^SHLVL= -e ^_= -e ^OLDPWD=)" = 0 ] || exit 1
        [ "$(pwd)" = / ] || exit 1
        printf TWSA"#;
    outcome(line, FileKind::Pdf).await.unwrap();
}

#[tokio::test]
async fn a_file_that_cannot_be_had_is_its_own_failure() {
    let pieces = vec![Ok(Bytes::from_static(b"%PDF-1.4")), Err(StorageFailure::Damaged)];
    let outcome = inspector().inspect(FileKind::Pdf, Box::pin(Pieces(pieces.into_iter()))).await;
    assert!(matches!(outcome, Err(InspectionFailure::Content(StorageFailure::Damaged))), "{outcome:?}");
}

#[tokio::test]
async fn more_than_a_file_may_have_is_refused() {
    let mut large = corpus::pdf::minimal();
    large.resize((10 << 20) + 1, b'\n');
    assert!(refusal(inspector().inspect(FileKind::Pdf, stream(&large)).await).is_some());
    large.pop();
    assert_eq!(refusal(inspector().inspect(FileKind::Pdf, stream(&large)).await), None);
}

#[tokio::test]
async fn only_so_many_run_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let lock = directory.path().join("lock");
    // Whoever finds the directory there meets another at work.
    let line = format!("cat >/dev/null; mkdir {0} && sleep 0.05 && rmdir {0} && printf TWSA", lock.display());
    let inspector = shell(&line);
    let (one, two, three) = tokio::join!(
        inspector.inspect(FileKind::Pdf, stream(b"1")),
        inspector.inspect(FileKind::Pdf, stream(b"2")),
        inspector.inspect(FileKind::Pdf, stream(b"3")),
    );
    one.and(two).and(three).unwrap();
}
