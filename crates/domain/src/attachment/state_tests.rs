use super::*;
use chrono::{TimeZone, Utc};
use proptest::prelude::*;

type Step = fn(AttachmentState) -> Result<AttachmentState, IllegalStep>;

const STEPS: [(&str, Step); 9] = [
    ("received", AttachmentState::received),
    ("accepted", AttachmentState::accepted),
    ("picture passed", |state| state.passed(FileKind::Png)),
    ("document passed", |state| state.passed(FileKind::Pdf)),
    ("cleaned", AttachmentState::cleaned),
    ("rejected", |state| state.rejected(ContentRefusal::Malware)),
    ("failed", AttachmentState::failed),
    ("retried", AttachmentState::retried),
    ("swept", AttachmentState::swept),
];

#[test]
fn each_state_has_these_steps_and_no_others() {
    let rejected = AttachmentState::Rejected(ContentRefusal::Malware);
    let table: [(AttachmentState, &[(&str, AttachmentState)]); 8] = [
        (
            AttachmentState::Reserved,
            &[
                ("received", AttachmentState::Received),
                ("rejected", rejected),
                ("swept", AttachmentState::Swept),
            ],
        ),
        (
            AttachmentState::Received,
            &[
                ("accepted", AttachmentState::Scanning),
                ("rejected", rejected),
                ("swept", AttachmentState::Swept),
            ],
        ),
        (
            AttachmentState::Scanning,
            &[
                ("picture passed", AttachmentState::Processing),
                ("document passed", AttachmentState::Available),
                ("rejected", rejected),
                ("failed", AttachmentState::Failed),
                ("swept", AttachmentState::Swept),
            ],
        ),
        (
            AttachmentState::Processing,
            &[
                ("cleaned", AttachmentState::Available),
                ("rejected", rejected),
                ("failed", AttachmentState::Failed),
                ("swept", AttachmentState::Swept),
            ],
        ),
        (AttachmentState::Available, &[("swept", AttachmentState::Swept)]),
        (rejected, &[("swept", AttachmentState::Swept)]),
        (
            AttachmentState::Failed,
            &[("retried", AttachmentState::Scanning), ("swept", AttachmentState::Swept)],
        ),
        (AttachmentState::Swept, &[]),
    ];
    for (state, allowed) in table {
        for (name, step) in STEPS {
            let expected = allowed.iter().find(|(known, _)| *known == name).map(|(_, to)| *to);
            assert_eq!(step(state).ok(), expected, "{state:?} {name}");
        }
    }
}

#[test]
fn codes_lead_back_and_only_the_rejected_have_a_reason() {
    for state in AttachmentState::all() {
        assert_eq!(AttachmentState::from_code(state.code(), state.refusal()), Some(state));
        let swapped = match state.refusal() {
            Some(_) => None,
            None => Some(ContentRefusal::Encrypted),
        };
        assert_eq!(AttachmentState::from_code(state.code(), swapped), None, "{state:?}");
    }
    assert_eq!(AttachmentState::from_code(8, None), None);
}

#[test]
fn whatever_is_not_at_rest_comes_due() {
    let at = Utc.timestamp_opt(1_780_000_000, 0).unwrap();
    for state in AttachmentState::all() {
        let (unclaimed, claimed) = (state.due(at, false), state.due(at, true));
        match state {
            AttachmentState::Swept => assert_eq!((unclaimed, claimed), (None, None)),
            AttachmentState::Available | AttachmentState::Rejected(_) => {
                assert_eq!((unclaimed, claimed), (Some(at + UNCLAIMED_FOR), None));
            }
            AttachmentState::Reserved | AttachmentState::Received => {
                assert_eq!(unclaimed, Some(at + RECEIVED_WITHIN));
            }
            AttachmentState::Scanning | AttachmentState::Processing | AttachmentState::Failed => {
                assert_eq!((unclaimed, claimed), (Some(at), Some(at)));
            }
        }
    }
}

#[test]
fn what_nobody_took_along_is_forsaken_wherever_it_stands() {
    let at = Utc.timestamp_opt(1_780_000_000, 0).unwrap();
    let (before, after) = (at + UNCLAIMED_FOR - Duration::seconds(1), at + UNCLAIMED_FOR);
    for state in AttachmentState::all() {
        assert_eq!(state.is_forsaken(at, false, after), state != AttachmentState::Swept, "{state:?}");
        assert!(!state.is_forsaken(at, false, before) && !state.is_forsaken(at, true, after), "{state:?}");
    }
}

proptest! {
    /// Whatever happens in whatever order: a file becomes available only through the scan, a picture only by being
    /// written anew, and what was refused or swept never comes back.
    #[test]
    fn nothing_becomes_available_unscanned(steps in proptest::collection::vec(0..STEPS.len(), 0..40)) {
        let (mut state, mut was_scanned, mut was_refused) = (AttachmentState::Reserved, false, false);
        for number in steps {
            let Some((name, step)) = STEPS.get(number) else { continue };
            let Ok(next) = step(state) else { continue };
            was_scanned |= name.ends_with("passed");
            was_refused |= matches!(next, AttachmentState::Rejected(_) | AttachmentState::Swept);
            if next == AttachmentState::Available {
                prop_assert!(was_scanned && !was_refused);
                prop_assert!(*name == "document passed" || *name == "cleaned");
            }
            if next == AttachmentState::Scanning && *name == "retried" {
                was_scanned = false;
            }
            state = next;
        }
    }
}
