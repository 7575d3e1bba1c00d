//! Objects that were tampered with, and downloads that fail on their way.

use std::{fs, time::Duration};

use threadwell_application::ports::{Blob, BlobName, StorageFailure};
use threadwell_devstack_s3::S3Faults;

use crate::{
    blob, file, read_what_comes,
    sites::{Behind, Site},
    store,
};

const HEADER: usize = 17;
const SEALED_CHUNK: usize = 65_552;
const SIZE: usize = 3 * 65_536;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    None,
    Truncated,
    TruncatedAtAChunk,
    Extended,
    BitFlipped,
    Swapped,
    Spliced,
    OldPutBack,
    ChunksExchanged,
    Emptied,
    CutOnItsWay,
    FailedNowAndThen,
    Slow,
}

impl Fault {
    const OF_FILES: [Self; 10] = [
        Self::None,
        Self::Truncated,
        Self::TruncatedAtAChunk,
        Self::Extended,
        Self::BitFlipped,
        Self::Swapped,
        Self::Spliced,
        Self::OldPutBack,
        Self::ChunksExchanged,
        Self::Emptied,
    ];
    const OF_THE_WAY: [Self; 3] = [Self::CutOnItsWay, Self::FailedNowAndThen, Self::Slow];

    /// What is put in the place of a good object.
    fn apply(self, good: &[u8], other: &[u8], old: &[u8], seed: usize) -> Vec<u8> {
        let at = seed % good.len();
        let mut bytes = good.to_vec();
        let chunk = |number: usize| HEADER + number * SEALED_CHUNK..HEADER + (number + 1) * SEALED_CHUNK;
        match self {
            Self::None | Self::CutOnItsWay | Self::FailedNowAndThen | Self::Slow => {}
            Self::Truncated => bytes.truncate(at),
            Self::TruncatedAtAChunk => bytes.truncate(chunk(seed % 3).start),
            Self::Extended => bytes.extend_from_slice(&other[..at + 1]),
            Self::BitFlipped => bytes[at] ^= 1 << (seed % 8),
            Self::Swapped => bytes.copy_from_slice(other),
            Self::Spliced => bytes[chunk(seed % 3)].copy_from_slice(&other[chunk(seed % 3)]),
            Self::OldPutBack => bytes.copy_from_slice(old),
            Self::ChunksExchanged => {
                let first = bytes[chunk(0)].to_vec();
                bytes.copy_within(chunk(1), chunk(0).start);
                bytes[chunk(1)].copy_from_slice(&first);
            }
            Self::Emptied => bytes.clear(),
        }
        bytes
    }

    fn on_the_way(self, seed: usize) -> S3Faults {
        match self {
            Self::CutOnItsWay => {
                S3Faults { cut_downloads_after: Some((seed % (SIZE + 100)) as u64), ..S3Faults::default() }
            }
            Self::FailedNowAndThen => S3Faults { failures_in_ten: 3, ..S3Faults::default() },
            Self::Slow => S3Faults { delay: Duration::from_millis(5), ..S3Faults::default() },
            _ => S3Faults::default(),
        }
    }
}

/// A thousand downloads over both storages: whatever is done to the objects, no wrong byte comes out, and nothing passes
/// for a whole file that is none.
#[tokio::test]
async fn a_thousand_downloads_through_faults_give_no_wrong_byte() {
    let (right, wrong) = (file(SIZE), file(SIZE + 1)[1..].to_vec());
    let mut downloads = 0;
    let mut refused = 0;
    for site in Site::open_ones() {
        // Of the same attachment under the same key, and of the same size.
        let [good, other, old] = [1, 2, 3].map(blob);
        for (blob, bytes) in [(&good, &right), (&other, &wrong), (&old, &wrong)] {
            store(&*site.storage, blob, bytes).await;
        }
        let sealed = [&good, &other, &old].map(|blob| fs::read(site.object_file(blob.name)).unwrap());
        let ways = if let Behind::S3(_) = site.behind { &Fault::OF_THE_WAY[..] } else { &[] };
        let faults: Vec<_> = Fault::OF_FILES.iter().chain(ways).copied().collect();
        for number in 0..500usize {
            let fault = faults[number % faults.len()];
            let seed = number.wrapping_mul(2_654_435_761) >> 3;
            fs::write(site.object_file(good.name), fault.apply(&sealed[0], &sealed[1], &sealed[2], seed))
                .unwrap();
            if let Behind::S3(server) = &site.behind {
                server.set_faults(fault.on_the_way(seed));
            }
            let (given, outcome) = read_what_comes(&*site.storage, &good, SIZE).await;
            downloads += 1;
            refused += usize::from(outcome.is_err());
            assert!(right.starts_with(&given), "{site:?}: {fault:?} gave a wrong byte");
            match fault {
                Fault::None | Fault::Slow | Fault::FailedNowAndThen => {
                    assert!(outcome.is_ok() && given == right, "{site:?}: {fault:?}: {outcome:?}");
                }
                Fault::CutOnItsWay => assert!(outcome.is_err() || given == right, "{site:?}: {fault:?}"),
                _ => assert!(
                    matches!(outcome, Err(StorageFailure::Damaged)),
                    "{site:?}: {fault:?}: {outcome:?}"
                ),
            }
        }
    }
    assert_eq!(downloads, 1_000);
    assert!(refused > 700, "{refused}");
}

#[tokio::test]
async fn an_object_of_another_length_gives_nothing() {
    for site in Site::open_ones() {
        let bytes = file(SIZE);
        store(&*site.storage, &blob(1), &bytes).await;
        let path = site.object_file(blob(1).name);
        let sealed = fs::read(&path).unwrap();
        for changed in [&sealed[..sealed.len() - 1], &[&sealed[..], b"x"].concat(), b""] {
            fs::write(&path, changed).unwrap();
            for part in [0..1, 100_000..100_001, 0..SIZE as u64] {
                let refused = site.storage.open(&blob(1), SIZE as u64, part.clone()).await.err();
                assert!(matches!(refused, Some(StorageFailure::Damaged)), "{site:?}: {part:?}: {refused:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_object_under_another_name_does_not_open() {
    for site in Site::open_ones() {
        store(&*site.storage, &blob(1), b"acne since May").await;
        let moved = Blob { name: BlobName::new([2; 16]), ..blob(1) };
        let path = site.object_file(moved.name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(site.object_file(blob(1).name), path).unwrap();
        let (given, outcome) = read_what_comes(&*site.storage, &moved, 14).await;
        assert!(matches!(outcome, Err(StorageFailure::Damaged)), "{site:?}: {outcome:?}");
        assert_eq!(given, b"");
    }
}

#[tokio::test]
async fn nothing_of_a_file_is_stored_in_clear() {
    let canary = b"PATIENT-CANARY-7f3a ";
    for site in Site::open_ones() {
        store(&*site.storage, &blob(1), &canary.repeat(20_000)).await;
        let sealed = fs::read(site.object_file(blob(1).name)).unwrap();
        assert!(!sealed.windows(8).any(|window| canary.windows(8).any(|clear| clear == window)), "{site:?}");
    }
}
