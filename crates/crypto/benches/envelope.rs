//! Times what a page of a hundred rows does: opening two hundred short fields.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints its figures and may stop")]

use std::{hint::black_box, time::Instant};

use threadwell_crypto::{
    BlindIndex, Place, Purpose, RootKey, Scope, TenantKey,
    access_tokens::{AccessTokenSigner, Audience, Subject},
    envelope,
};
use uuid::Uuid;

/// Prints the median of many rounds, in microseconds for one round.
fn report(name: &str, mut round: impl FnMut()) {
    let mut times: Vec<_> = (0..501)
        .map(|_| {
            let started = Instant::now();
            round();
            started.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    println!("{name}: {:.1} µs", times.get(250).copied().unwrap_or(0) as f64 / 1000.0);
}

fn main() {
    let tenant = Uuid::from_u128(1);
    let key = TenantKey::generate(tenant, Purpose::Fields, 1).unwrap();
    let place = Place { tenant, table: "thread", column: "last_message_preview", row: Uuid::from_u128(2) };
    for length in [40, 200] {
        let plaintext = vec![b'a'; length];
        let sealed = envelope::seal(&key, &place, &plaintext).unwrap();
        report(&format!("open 200 fields of {length} bytes"), || {
            for _ in 0..200 {
                black_box(envelope::open(&key, black_box(&place), black_box(&sealed)).unwrap());
            }
        });
        report(&format!("seal 200 fields of {length} bytes"), || {
            for _ in 0..200 {
                black_box(envelope::seal(&key, black_box(&place), black_box(&plaintext)).unwrap());
            }
        });
    }
    let index = BlindIndex::new(&TenantKey::generate(tenant, Purpose::Search, 1).unwrap()).unwrap();
    report("tokens of one subject", || {
        black_box(index.text_tokens(Scope::THREAD_SUBJECT, "Question about my tretinoin prescription"));
    });
    let signer = AccessTokenSigner::new(&RootKey::from_bytes(&[1; 32]), "https://x.example").unwrap();
    let subject =
        Subject { audience: Audience::Staff, account: tenant, tenant, session: tenant, acting_for: None };
    let token = signer.issue(&subject, 1_794_000_000, 600).unwrap();
    let verifier = signer.verifier();
    report("verify one access token", || {
        black_box(verifier.verify(black_box(&token), Audience::Staff, 1_794_000_001).unwrap());
    });
}
