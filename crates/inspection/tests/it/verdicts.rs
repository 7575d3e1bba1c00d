use std::time::{Duration, Instant};

use threadwell_application::ports::{CleanPicture, FileInspector};
use threadwell_domain::attachment::FileKind;
use threadwell_inspection::corpus::{self, Fate, Specimen};

use crate::{inspector, refusal, stream};

/// Looks into a file, and cleans it if it is a picture that passed; gives what is wrong with the outcome.
async fn complaint(specimen: &Specimen) -> Option<String> {
    let inspector = inspector();
    let started = Instant::now();
    let mut refused = refusal(inspector.inspect(specimen.kind, stream(&specimen.bytes)).await);
    let mut kept = None;
    if refused.is_none() && specimen.kind.is_picture() {
        match inspector.clean(specimen.kind, stream(&specimen.bytes)).await {
            Ok(cleaned) => kept = Some(cleaned),
            other => refused = refusal(other),
        }
    }
    let is_right = match specimen.fate {
        Fate::Accepted => refused.is_none(),
        Fate::Refused(why) => refused == Some(why),
        Fate::Either(why) => refused.is_none_or(|refused| refused == why),
    };
    let name = &specimen.name;
    if !is_right {
        return Some(format!("{name}: {:?}, and not {refused:?}", specimen.fate));
    }
    if started.elapsed() > Duration::from_secs(60) {
        return Some(format!("{name}: {:?}", started.elapsed()));
    }
    kept.and_then(|kept| trace(specimen, &kept))
        .map(|trace| format!("{name}: {trace} of the payload is kept"))
}

/// Sixteen bytes of the payload in what is kept.
fn trace(specimen: &Specimen, kept: &CleanPicture) -> Option<String> {
    let runs = specimen.payload.as_deref()?.windows(16);
    let mut kept = [&kept.picture, &kept.thumbnail].into_iter();
    kept.find_map(|kept| runs.clone().find(|run| kept.windows(16).any(|window| window == *run)))
        .map(|run| run.escape_ascii().to_string())
}

async fn check(specimens: Vec<Specimen>, at_least: usize) {
    assert!(specimens.len() >= at_least, "{}", specimens.len());
    let mut complaints = Vec::new();
    for specimen in &specimens {
        complaints.extend(complaint(specimen).await);
    }
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), specimens.len(), complaints.join("\n"));
}

#[tokio::test]
async fn ordinary_files_pass() {
    check(corpus::ordinary(), 50).await;
}

#[tokio::test]
async fn only_five_kinds_pass_and_polyglots_lose_their_second_half() {
    check(corpus::confused(), 150).await;
}

#[tokio::test]
async fn no_bomb_goes_off() {
    check(corpus::bombs(), 20).await;
}

#[tokio::test]
async fn active_encrypted_and_broken_pdfs_are_refused() {
    check(corpus::pdf::attacks(), 100).await;
}

#[tokio::test]
async fn a_docx_that_is_active_leads_out_or_lies_is_refused() {
    check(corpus::docx::attacks(), 50).await;
}

#[tokio::test]
async fn a_document_is_not_cleaned() {
    for kind in [FileKind::Pdf, FileKind::Docx] {
        let bytes = if kind == FileKind::Pdf { corpus::pdf::minimal() } else { corpus::docx::minimal() };
        assert!(refusal(inspector().clean(kind, stream(&bytes)).await).is_some());
    }
}
