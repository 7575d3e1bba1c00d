//! Conversations with photographs over time.

use crate::demo::files;
use crate::demo::moments::day;
use crate::demo::story::Who::{Nurse, Provider};
use crate::demo::story::{Story, story};
use threadwell_domain::thread::Category::Medical;

pub(super) fn stories() -> Vec<Story> {
    vec![rash_on_forearm()]
}

fn rash_on_forearm() -> Story {
    story("ana-forearm", "ana.silva", Medical, "Rash on my left forearm")
        .patient(day(19, 8, 12), "Since Saturday I have this rash on the inside of my left forearm. It burns a little and itches a lot at night. I wore a new bracelet that day. Here is a photo from this morning.")
        .with(files::FOREARM_RED)
        .take(day(19, 9, 20), Nurse)
        .note(day(19, 9, 24), Nurse, "Well-defined, vesicles at the edge, contact pattern fits the bracelet. No fever. @Dr. Amara Okafor topical steroid?", &[Provider])
        .reply(day(19, 10, 2), Provider, "Thank you, the photo helps. This looks like contact dermatitis. I have sent a steroid cream to your pharmacy: thinly, twice a day for ten days. Please leave the bracelet off, and send us a photo in a week.")
        .reply(day(19, 10, 9), Nurse, "And here is our sheet on caring for irritated skin.")
        .with(files::SKIN_CARE)
        .opened_by_patient(day(19, 12, 40))
        .patient(day(11, 7, 58), "One week of the cream. It burns no more, and the itching is down to the evenings.")
        .with(files::FOREARM_PALER)
        .opened(day(11, 8, 30), Nurse)
        .reply(day(11, 8, 41), Nurse, "That is the way it should go. Three more days of the cream, then only moisturizer, please.")
        .opened_by_patient(day(11, 9, 5))
        .patient(day(1, 18, 20), "Nearly gone! May I wear my old watch again? It is steel as well.")
        .with(files::FOREARM_HEALED)
}
