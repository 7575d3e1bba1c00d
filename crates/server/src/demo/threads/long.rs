//! The longest conversation and the longest message.

use crate::demo::moments::{At, day};
use crate::demo::story::Who::{Assistant, Nurse, Provider};
use crate::demo::story::{Story, story};
use std::fmt::Write;
use threadwell_domain::thread::Category::{Medical, Other};

pub(super) fn stories() -> Vec<Story> {
    vec![phototherapy_diary(), skin_diary(), three_words()]
}

/// The length of the diary; with its automatic reply the conversation has 120 public messages.
const ENTRIES: u32 = 60;

const HOME: [&str; 10] = [
    "No redness this evening. The plaques on my elbows feel thinner.",
    "A little pink on the chest for an hour, nothing more.",
    "Slept through for the first time in weeks. Hardly any itching.",
    "The knees are dry and flaking, but less red than last week.",
    "Missed my moisturizer yesterday and noticed it at once.",
    "Slight tingling on the shoulders, gone by dinner.",
    "My wife says the patch on my back is half the size that it was.",
    "Forgot the goggles case in the changing room, could you keep it for me?",
    "Skin feels tight today. No burning.",
    "New small spot behind the left ear, I will keep an eye on it.",
];

const DESK: [&str; 9] = [
    "Thank you for the note. We raise the dose by ten percent next time.",
    "Good. Same dose next time, since there was some pink.",
    "That is progress. Please keep moisturizing after each session.",
    "Noted for the doctor. No change of plan.",
    "We keep the dose where it is, to be careful.",
    "Very good. You are ahead of the usual course.",
    "Thank you. Please show us the spot before the next session.",
    "We have it at the desk for you. See you at the next session.",
    "All fine. The next session is as planned.",
];

fn phototherapy_diary() -> Story {
    let opening = "As agreed, I will write a line after each session of the light therapy, so that you can adjust the dose. Session 1 was fine, no redness tonight.";
    let mut diary = story("light-diary", "kwame.asante", Medical, "Light therapy diary")
        .patient(day(142, 18, 5), opening);
    diary = diary.take(day(141, 8, 30), Nurse).reply(
        day(141, 8, 34),
        Nurse,
        "Thank you, Mr. Asante-Mensah, that helps us a lot. Please name the number of the session each time.",
    );
    for (entry, (home, desk)) in (2..ENTRIES).zip(HOME.iter().cycle().zip(DESK.iter().cycle())) {
        let days = 142 - i64::from(entry - 1) * 7 / 3;
        diary = diary.patient(At::Day(days, 18, 2 + entry % 50), format!("Session {entry}. {home}")).reply(
            At::Day(days - 1, 8, 30 + entry % 25),
            Nurse,
            *desk,
        );
        if entry == 24 {
            let note = "Halfway: PASI 14.2 at the start, 6.8 now. Going on with three sessions a week. @Dr. Amara Okafor";
            diary = diary.note(At::Day(days - 1, 9, 0), Nurse, note, &[Provider]);
        }
    }
    diary
        .patient(day(2, 18, 10), "Session 60, the last one on the plan. My skin has not looked like this in ten years. What happens now?")
        .opened(day(1, 9, 15), Nurse)
}

const DAYS: [&str; 12] = [
    "Woke up twice from itching. Inside of the elbows red. Had shrimp and rice the evening before.",
    "Better. Wore the cotton gloves all night. No new food.",
    "Washed the car without gloves, and by evening the fingers had small blisters again.",
    "Long day at the computer, dry air. Neck itchy under the collar of the new shirt.",
    "Rested. Only the usual cream, morning and evening. Hardly any redness.",
    "Ate strawberries and a handful of walnuts. Nothing happened that I could see.",
    "Ran five miles in the heat. The sweat stung on the neck and behind the knees.",
    "Stress at work. Caught myself scratching the wrists in the meeting.",
    "New detergent from my sister’s house, since I stayed there. Itchy all over by night.",
    "Back home, washed everything again with ours. Calmer by the evening.",
    "Tried the oat bath that you mentioned. Felt very good for about four hours.",
    "Skipped the evening cream, too tired. Regretted it in the morning.",
];

fn skin_diary() -> Story {
    let mut text = String::from(
        "Hello Dr. Okafor,\n\nat the last visit you asked me to keep a diary of my skin for eight weeks, with food, work and sleep, so that we can see what sets the eczema off. Here it is in full. I know it is long, so here is the short version: water without gloves and my sister’s detergent are the two things that I am sure of. Food does not seem to matter. Stress does.\n",
    );
    for (number, entry) in (1..=56).zip(DAYS.iter().cycle()) {
        let line = format!("\nDay {number}: {entry}");
        if text.chars().count() + line.chars().count() > 4_780 {
            break;
        }
        // Writing to a string does not fail.
        let _ = text.write_str(&line);
    }
    text.push_str("\n\nThe rest of the days were all good, so I left them out. Should I go on with the diary? And may I try to leave out the evening cream on good days?\n\nThank you for reading all of this,\nTanisha");
    story("skin-diary", "tanisha.brooks", Medical, "My skin diary of the last eight weeks, with everything that I ate and did, as you asked me to keep it at the visit")
        .patient(day(2, 21, 30), text)
        .opened(day(1, 8, 50), Assistant)
        .assign(day(1, 8, 50), Provider)
}

fn three_words() -> Story {
    story("thank-you", "pedro.fitzgerald", Other, "Thank you!")
        .patient(day(6, 19, 0), "Thank you all!")
        .opened(day(5, 8, 0), Assistant)
        .close(day(5, 8, 1), Assistant)
}
