//! What goes over the wire, event by event.

use super::event_ids::{EventIds, Reader};
use crate::http::wire::{
    Closed, NotificationEvent, PortalThreadEvent, PresenceEvent, Ready, StaffThreadEvent,
};
use crate::live::{Closing, Item};
use serde::Serialize;
use std::fmt::Write;
use threadwell_application::live::{OpenedStream, Sight, Told};
use threadwell_application::ports::FeedPlace;

/// Writes events for one reader.
#[derive(Debug)]
pub(super) struct Frames {
    sight: Sight,
    reader: Reader,
}

/// A comment that keeps the connection alive.
pub(super) const HEARTBEAT: &str = ":\n\n";

impl Frames {
    pub(super) fn of(opened: &OpenedStream) -> Self {
        Self { sight: opened.sight, reader: Reader::of(opened) }
    }

    pub(super) const fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The first event.
    pub(super) fn ready(&self, ids: &EventIds, place: FeedPlace, is_resumed: bool) -> String {
        self.frame(ids, Some(place), "ready", &Ready { resumed: is_resumed })
    }

    /// What waits.
    pub(super) fn items(&self, ids: &EventIds, items: &[Item]) -> String {
        items.iter().map(|item| self.item(ids, item)).collect()
    }

    /// The last event.
    pub(super) fn closing(&self, ids: &EventIds, why: Closing) -> String {
        self.frame(ids, None, "closing", &Closed { reason: why.name() })
    }

    fn item(&self, ids: &EventIds, item: &Item) -> String {
        match item {
            Item::Told(place, told) => self.told(ids, *place, told),
            Item::Reset(place) => self.frame(ids, Some(*place), "reset", &serde_json::Map::new()),
            Item::Present(viewers) => match self.sight {
                Sight::Staff { staff, .. } => {
                    self.frame(ids, None, "presence", &PresenceEvent::of(viewers, staff))
                }
                Sight::Portal { .. } => String::new(),
            },
        }
    }

    fn told(&self, ids: &EventIds, place: FeedPlace, told: &Told) -> String {
        match (told, self.sight) {
            (Told::Thread { kind, thread, message, by }, Sight::Staff { .. }) => {
                let event = StaffThreadEvent::of(*kind, *thread, *message, *by);
                self.frame(ids, Some(place), "thread", &event)
            }
            (Told::Thread { kind, thread, message, .. }, Sight::Portal { .. }) => {
                let event = PortalThreadEvent::of(*kind, *thread, *message);
                self.frame(ids, Some(place), "thread", &event)
            }
            (Told::Notification { id, thread }, _) => {
                self.frame(ids, Some(place), "notification", &NotificationEvent::of(*id, *thread))
            }
            (Told::Practice, _) => self.frame(ids, Some(place), "practice", &serde_json::Map::new()),
        }
    }

    fn frame(&self, ids: &EventIds, place: Option<FeedPlace>, name: &str, event: &impl Serialize) -> String {
        let mut text = String::with_capacity(256);
        // Where no id can be made, a stream that is cut here begins anew.
        if let Some(id) = place.and_then(|place| ids.seal(&self.reader, place).ok()) {
            let _ = writeln!(text, "id: {id}");
        }
        let data = serde_json::to_string(event).unwrap_or_else(|_| "{}".to_owned());
        let _ = write!(text, "event: {name}\ndata: {data}\n\n");
        text
    }
}
