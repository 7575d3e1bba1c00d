//! Random queries, as they are typed and as the model takes them.

use super::model::{Asked, Model, Narrowing, Passes, words};
use super::{CATEGORIES, Dice, WORDS};
use threadwell_application::ports::Clock;
use threadwell_domain::Moment;
use threadwell_testkit::{RIVERSIDE, TestApp};

/// A random filter. Those of the nurse serve the nurse alone.
pub(super) fn narrowing(app: &TestApp, dice: &mut Dice, is_nurse: bool) -> Narrowing {
    let (text, passes): (String, Passes) = match dice.below(if is_nurse { 13 } else { 11 }) {
        0 => ("in:notes".to_owned(), Box::new(|message, _| message.is_note)),
        1 => ("in:messages".to_owned(), Box::new(|message, _| !message.is_note)),
        2 => ("from:patient".to_owned(), Box::new(|message, _| message.by_patient)),
        3 => ("from:staff".to_owned(), Box::new(|message, _| !message.by_patient)),
        4 => ("has:attachment".to_owned(), Box::new(|message, _| message.has_files)),
        5 => ("is:archived".to_owned(), Box::new(|_, thread| thread.is_archived)),
        6 => ("assigned:none".to_owned(), Box::new(|_, thread| !thread.is_nurses)),
        7 => {
            let category = dice.pick(&CATEGORIES).to_owned();
            (format!("category:{category}"), Box::new(move |_, thread| thread.category == category))
        }
        8 => {
            let status = dice.pick(&["open", "in-progress", "waiting-patient", "closed"]).to_owned();
            (format!("status:{status}"), Box::new(move |_, thread| thread.status == status))
        }
        side @ 9..=10 => {
            let day = (app.clock().now() - chrono::Duration::days(1 + dice.below(300) as i64)).date_naive();
            let start = app.text_of(&format!(
                "SELECT to_json('{day}'::timestamp AT TIME ZONE time_zone)#>>'{{}}' FROM tenant WHERE id = '{RIVERSIDE}'"
            ));
            let start: Moment = start.parse().unwrap();
            match side {
                9 => (format!("before:{day}"), Box::new(move |message, _| message.sent_at < start)),
                _ => (format!("after:{day}"), Box::new(move |message, _| message.sent_at >= start)),
            }
        }
        11 => ("from:me".to_owned(), Box::new(|message, _| !message.by_patient)),
        _ => ("assigned:me".to_owned(), Box::new(|_, thread| thread.is_nurses)),
    };
    let of_messages = ["in:", "from:", "has:", "before:", "after:"];
    let is_of_messages = of_messages.iter().any(|name| text.starts_with(name));
    Narrowing { text, passes, is_of_messages }
}

/// A random query: its text, and what it asks for.
pub(super) fn query(
    app: &TestApp,
    dice: &mut Dice,
    model: &Model,
    is_nurse: bool,
) -> (String, Vec<Asked>, Vec<Narrowing>) {
    let mut filters: Vec<Narrowing> = (0..dice.below(3)).map(|_| narrowing(app, dice, is_nurse)).collect();
    // Two of a kind widen each other; that is said by a test of its own.
    filters.dedup_by_key(|filter| filter.text.split(':').next().unwrap_or("").to_owned());
    let (mut text, mut asked) = (String::new(), Vec::new());
    filters.iter().for_each(|filter| text.push_str(&format!("{} ", filter.text)));
    let count = 1 + dice.below(3);
    for n in 0..count {
        let is_last = n + 1 == count;
        let kind = dice.below(10);
        let source = &model.messages[dice.below(model.messages.len())].text;
        let all: Vec<&str> = source.split(' ').collect();
        let at = dice.below(all.len());
        let (piece, is_excluded, is_open) = match kind {
            0 => (format!("\"{}\"", all[at..all.len().min(at + 2)].join(" ")), false, false),
            1 if n > 0 => (format!("-{}", dice.pick(&WORDS)), true, false),
            2 => (
                dice.pick(&["silva", "sil", "王小", "oka", "refi", "cita", "arm"]).to_owned(),
                false,
                is_last,
            ),
            3 => (all[at].chars().take(1 + dice.below(5)).collect(), false, is_last),
            _ => (all[at].to_owned(), false, is_last),
        };
        let words = words(&piece);
        text.push_str(&piece);
        if !is_last {
            text.push(' ');
        }
        if !words.is_empty() {
            asked.push(Asked { words, is_excluded, is_open });
        }
    }
    (text, asked, filters)
}
