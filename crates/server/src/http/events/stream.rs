//! The body of a stream: what waits, a heartbeat on a fixed beat, and an end.

use super::frames::{Frames, HEARTBEAT};
use crate::http::state::State;
use crate::live::Subscription;
use actix_web::web;
use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::time::Duration;
use threadwell_application::ports::FeedPlace;
use tokio::time::{Instant, Interval, interval_at};

const BEAT: Duration = Duration::from_secs(15);

struct Body {
    state: web::Data<State>,
    subscription: Subscription,
    frames: Frames,
    first: Option<(FeedPlace, bool)>,
    beat: Interval,
    is_over: bool,
}

/// Everything that a reader is sent, from the first event to the last.
pub(super) fn body(
    state: web::Data<State>,
    frames: Frames,
    subscription: Subscription,
    first: (FeedPlace, bool),
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let beat = interval_at(Instant::now() + BEAT, BEAT);
    let body = Body { state, subscription, frames, first: Some(first), beat, is_over: false };
    unfold(body, |mut body| async move {
        let piece = body.next().await?;
        Some((Ok(Bytes::from(piece)), body))
    })
}

impl Body {
    async fn next(&mut self) -> Option<String> {
        if self.is_over {
            return None;
        }
        if let Some((place, is_resumed)) = self.first.take() {
            return Some(self.frames.ready(&self.state.event_ids, place, is_resumed));
        }
        loop {
            let (items, closing) = self.subscription.take();
            let mut text = self.frames.items(&self.state.event_ids, &items);
            if let Some(why) = closing {
                self.is_over = true;
                text.push_str(&self.frames.closing(&self.state.event_ids, why));
            }
            if !text.is_empty() {
                return Some(text);
            }
            tokio::select! {
                () = self.subscription.wait() => {}
                _ = self.beat.tick() => return Some(HEARTBEAT.to_owned()),
            }
        }
    }
}
