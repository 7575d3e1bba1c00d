//! The conversations that were written by hand.

mod families;
mod hillside;
mod languages;
mod long;
mod past;
mod photos;
mod today;

use super::story::Story;

/// Riverside's, in the order of their telling: what goes on from another comes after it.
pub(super) fn riverside() -> Vec<Story> {
    [
        today::stories(),
        families::stories(),
        languages::stories(),
        long::stories(),
        past::stories(),
        photos::stories(),
    ]
    .concat()
}

/// Hillside's.
pub(super) fn hillside() -> Vec<Story> {
    hillside::stories()
}
