//! What is shown of a text that was found: the surroundings of its first hit, and where the hits are.

use std::ops::Range;
use threadwell_application::ports::TextPart;
use threadwell_domain::Phi;

/// How much of a text is shown, in characters.
const SHOWN: usize = 200;
/// How much of that stands before the first hit.
const BEFORE: usize = 60;
const ELLIPSIS: &str = "…";

/// The surroundings of the first hit, or the beginning where there is none.
pub(super) fn snippet(text: &str, hits: &[Range<usize>]) -> Vec<TextPart> {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let first = hits.first().map_or(0, |hit| hit.start);
    let at = bounds.partition_point(|bound| *bound < first);
    let mut from = at.saturating_sub(BEFORE);
    if bounds.len() - 1 <= SHOWN {
        from = 0;
    } else if from > 0 {
        from = after_blank(text, &bounds, from, at);
    }
    let to = (from + SHOWN).min(bounds.len() - 1);
    let window = bound(&bounds, from)..bound(&bounds, to);
    let mut shown = parts(text, window.clone(), hits);
    if window.start > 0 {
        shown.insert(0, plain(ELLIPSIS));
    }
    if window.end < text.len() {
        shown.push(plain(ELLIPSIS));
    }
    shown
}

/// The whole of a short text.
pub(super) fn whole(text: &str, hits: &[Range<usize>]) -> Vec<TextPart> {
    parts(text, 0..text.len(), hits)
}

/// A window begins with a word where one begins soon.
fn after_blank(text: &str, bounds: &[usize], from: usize, at: usize) -> usize {
    let blank = text
        .get(bound(bounds, from)..bound(bounds, at))
        .and_then(|head| head.chars().take(BEFORE / 2).position(char::is_whitespace));
    blank.map_or(from, |blank| from + blank + 1)
}

fn bound(bounds: &[usize], place: usize) -> usize {
    bounds.get(place).or(bounds.last()).copied().unwrap_or(0)
}

/// Cuts a window at its hits; hits that touch or overlap become one.
fn parts(text: &str, window: Range<usize>, hits: &[Range<usize>]) -> Vec<TextPart> {
    let mut parts = Vec::new();
    let mut at = window.start;
    let mut add = |range: Range<usize>, is_hit: bool| {
        if let Some(piece) = text.get(range).filter(|piece| !piece.is_empty()) {
            parts.push(TextPart { text: Phi::new(piece), is_hit });
        }
    };
    for hit in merged(hits) {
        let (start, end) = (hit.start.max(at), hit.end.min(window.end));
        if start < end {
            add(at..start, false);
            add(start..end, true);
            at = end;
        }
    }
    add(at..window.end, false);
    parts
}

fn merged(hits: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(hits.len());
    for hit in hits {
        match merged.last_mut() {
            Some(last) if hit.start <= last.end => last.end = last.end.max(hit.end),
            _ => merged.push(hit.clone()),
        }
    }
    merged
}

fn plain(text: &str) -> TextPart {
    TextPart { text: Phi::new(text), is_hit: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(parts: &[TextPart]) -> String {
        let mark = |part: &TextPart| {
            let text = part.text.expose();
            if part.is_hit { format!("[{text}]") } else { text.to_owned() }
        };
        parts.iter().map(mark).collect()
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(written(&snippet("My left arm itches", &[3..7, 8..11])), "My [left] [arm] itches");
        assert_eq!(written(&snippet("ábc", &[0..2, 1..3])), "[áb]c", "overlapping hits are one");
        assert_eq!(written(&snippet("", &[])), "");
    }

    #[test]
    fn a_long_text_is_shown_around_its_first_hit() {
        let text = format!("{}needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let shown = written(&snippet(&text, std::slice::from_ref(&(400..406))));
        assert!(shown.starts_with("…hay ") && shown.ends_with('…'), "{shown}");
        assert!(shown.contains(" [needle] straw"));
        assert!(shown.chars().count() <= SHOWN + 4);
    }

    #[test]
    fn a_window_never_cuts_a_character() {
        let text = "皮膚がかゆい。".repeat(60);
        let start = text.char_indices().nth(300).unwrap().0;
        let shown = written(&snippet(&text, std::slice::from_ref(&(start..start + 6))));
        assert!(shown.contains('[') && shown.contains('皮'));
    }
}
