//! Times what one phone photo costs, in this process and in one of its own.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints its figures and may stop")]

use std::{hint::black_box, time::Instant};

use threadwell_application::ports::FileInspector;
use threadwell_domain::attachment::FileKind;
use threadwell_inspection::{InspectorProcess, InspectorSettings, clean, corpus, inspect};

const ROUNDS: u32 = 20;

fn report(name: &str, mut round: impl FnMut()) {
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            round();
            started.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    println!("{name}: {median:.1} ms, at best {:.1} ms", times.first().copied().unwrap_or_default());
}

fn main() {
    let photo = corpus::photos::phone_photo();
    let cleaned = clean(FileKind::Jpeg, &photo).unwrap();
    println!(
        "photo {} bytes, cleaned {}, thumbnail {}",
        photo.len(),
        cleaned.picture.len(),
        cleaned.thumbnail.len()
    );
    report("inspect, here", || inspect(FileKind::Jpeg, black_box(&photo)).unwrap());
    report("clean, here", || drop(black_box(clean(FileKind::Jpeg, black_box(&photo)).unwrap())));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let program = env!("CARGO_BIN_EXE_inspect-file").into();
    let inspector = InspectorProcess::new(InspectorSettings {
        program,
        arguments: Vec::new(),
        ..InspectorSettings::default()
    });
    report("start a process", || {
        runtime.block_on(inspector.ready()).unwrap();
    });
    report("clean, in a process", || {
        let content =
            Box::pin(Pieces(photo.chunks(65_536).map(<[u8]>::to_vec).collect::<Vec<_>>().into_iter()));
        drop(runtime.block_on(inspector.clean(FileKind::Jpeg, content)).unwrap());
    });
}

struct Pieces(std::vec::IntoIter<Vec<u8>>);

impl futures_core::Stream for Pieces {
    type Item = Result<bytes::Bytes, threadwell_application::ports::StorageFailure>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next().map(|piece| Ok(piece.into())))
    }
}
