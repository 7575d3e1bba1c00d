use std::sync::Arc;

use threadwell_application::ports::{FileInspector, InspectionFailure};
use threadwell_inspection::corpus::{self, Specimen};

use crate::{inspector, stream};

/// How many are tried; `make proof` tries more.
fn how_many() -> u32 {
    std::env::var("INSPECTION_MUTATIONS").map_or(1_000, |count| count.parse().unwrap())
}

/// Valid files, small enough that a mutation hits something.
fn seeds() -> Vec<Specimen> {
    let mut seeds = corpus::ordinary();
    seeds.extend(corpus::polyglots());
    seeds.retain(|seed| seed.bytes.len() < 60_000);
    assert!(seeds.len() > 40, "{}", seeds.len());
    seeds
}

/// Changes a file in one to eight places: bits, bytes, numbers, pieces cut, doubled or moved.
fn mutated(bytes: &[u8], seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below.max(1)
    };
    let mut bytes = bytes.to_vec();
    for _ in 0..=random(7) {
        let at = random(bytes.len());
        let length = random(64).min(bytes.len() - at);
        match random(6) {
            0 => bytes[at] ^= 1 << random(8),
            1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, b'<'][random(6)],
            2 => bytes[at..at + length].fill(0xff),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let piece = bytes[at..at + length].to_vec();
                let to = random(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => bytes.truncate(at.max(1)),
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mutation_of_a_file_gets_an_answer() {
    let (seeds, inspector, mutations) = (seeds(), Arc::new(inspector()), how_many());
    let mut under_way = tokio::task::JoinSet::new();
    for round in 0..mutations {
        let seed = &seeds[round as usize % seeds.len()];
        let (kind, bytes) = (seed.kind, mutated(&seed.bytes, round));
        let inspector = Arc::clone(&inspector);
        under_way.spawn(async move {
            let outcome = if kind.is_picture() {
                inspector.clean(kind, stream(&bytes)).await.map(|_| ())
            } else {
                inspector.inspect(kind, stream(&bytes)).await
            };
            (round, outcome)
        });
    }
    let mut refused = 0;
    while let Some(ended) = under_way.join_next().await {
        let (round, outcome) = ended.unwrap();
        match outcome {
            Ok(()) => {}
            Err(InspectionFailure::Refused(_)) => refused += 1,
            Err(other) => panic!("mutation {round}: {other:?}"),
        }
    }
    assert!((mutations / 10..mutations).contains(&refused), "{refused} refused");
}
