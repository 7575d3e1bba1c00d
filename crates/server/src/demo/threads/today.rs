//! What stands at the top of Riverside's inbox.

use crate::demo::files;
use crate::demo::moments::{ago, day};
use crate::demo::story::Who::{Assistant, Billing, FrontDesk, Nurse, Provider, Provider2};
use crate::demo::story::{Story, story};
use threadwell_domain::thread::Category::{Appointment, Billing as Bills, General, Medical, Prescription};
use threadwell_domain::thread::Priority::{High, Normal, Urgent};

pub(super) fn stories() -> Vec<Story> {
    vec![
        eyelid(),
        isotretinoin(),
        mohs(),
        march_bill(),
        phototherapy_itch(),
        tretinoin_approval(),
        wart_bandage(),
        night_rash(),
        stitches(),
        suspicious_mole(),
        parking(),
    ]
}

fn eyelid() -> Story {
    story("eyelid", "ana.silva", Medical, "Eyelid swelling after new cream")
        .patient(day(1, 6, 14), "Hi, I started the hydrocortisone 1% you gave me for the rash on my face on Monday. It helped at first, but tonight the skin around my left eye is red and itchy. Should I keep using it?")
        .take(ago(110), Nurse)
        .priority(ago(109), Urgent)
        .reply(ago(102), Nurse, "Good morning, Ana. Thank you for telling us. Please stop the cream near your eye for now and rinse with cool water. Is your vision blurry, or does it hurt to move your eye?")
        .opened_by_patient(ago(21))
        .patient(ago(10), "My left eyelid is puffy this morning and it’s hard to open all the way. Vision is fine and no pain when I move it. My mother keeps telling me «si te arde, no te pongas nada más», so I stopped everything.")
        .note(ago(8), Nurse, "@Dr. Amara Okafor eyelid swelling, no vision change, no pain on movement. Contact dermatitis from the cream? You have 11:30 free today. OK to offer it?", &[Provider])
}

fn isotretinoin() -> Story {
    story("isotretinoin", "li.wei", Prescription, "Isotretinoin refill, month 3")
        .patient(day(3, 12, 20), "Hello, I am starting month 3 of isotretinoin next week. Do I need new labs before you can send the refill?")
        .take(day(3, 13, 5), Assistant)
        .reply(day(3, 13, 10), Assistant, "Yes, please. The lab order is at the front desk. No appointment is needed, and please do not eat for eight hours before.")
        .opened_by_patient(day(3, 18, 40))
        .patient(day(2, 19, 2), "Thank you. I will go tomorrow before work.")
        .opened(day(1, 9, 0), Assistant)
        .note(day(1, 9, 2), Assistant, "Labs are back: lipids and liver enzymes in range. Needs your confirmation in the registry before the pharmacy can dispense. @Dr. Amara Okafor", &[Provider])
        .ask_provider(day(1, 9, 3), Assistant)
        .assign(day(1, 9, 3), Provider)
        .patient(ago(41), "Labs were drawn Monday. I have four capsules left, so I will run out this week. Is there anything else you need from me?")
}

fn mohs() -> Story {
    story("mohs", "james.whitfield", Appointment, "Move my Mohs surgery?")
        .patient(day(2, 10, 31), "I am on the schedule for the Mohs surgery on my nose next Thursday, but my daughter cannot drive me that day. Can we move it?")
        .team(day(2, 11, 15), "Front desk")
        .reply(day(2, 11, 20), FrontDesk, "Of course, Mr. Whitfield. The surgery takes most of a morning. Which days in the two weeks after would your daughter be free?")
        .opened_by_patient(day(1, 7, 55))
        .patient(ago(92), "I can do any morning in the week after that one, except Wednesday.")
}

fn march_bill() -> Story {
    story("visit-bill", "dorothy.kowalczyk", Bills, "Bill for my last visit")
        .patient(day(2, 9, 12), "I have a bill for $84 for the visit three weeks ago. My insurance letter says I owe nothing. Which one is right?")
        .take(day(2, 14, 0), Billing)
        .reply(day(1, 11, 47), Billing, "Thank you for your billing question, Mrs. Kowalczyk. The bill crossed with your insurer’s payment. Please do not pay it; a corrected statement with a balance of $0 is on its way.")
}

fn phototherapy_itch() -> Story {
    story("phototherapy-itch", "thanhhang.nguyen", Medical, "Itching after phototherapy, session 6")
        .patient(day(3, 8, 44), "After session 6 my arms have been itching all night. The skin is pink but does not hurt. Is that normal?")
        .take(day(3, 9, 10), Nurse)
        .reply(day(3, 9, 30), Nurse, "Good morning. Pink and itchy for a day is common. Does it feel hot to the touch, and are there any blisters?")
        .patient(day(3, 12, 18), "No blisters and only a little warm. It is mostly the itching that keeps me awake.")
        .note(day(3, 12, 40), Nurse, "Grade 1 erythema at 24 h. Will hold the dose at the next session instead of raising it by 10 %. FYI @Dr. Daniel Reyes", &[Provider2])
        .reply(day(1, 10, 5), Nurse, "Please use the plain moisturizer twice a day and send us a message on the morning of the next session. We will keep the dose as it is and not raise it.")
        .opened_by_patient(day(1, 10, 52))
}

fn tretinoin_approval() -> Story {
    story("tretinoin-approval", "oluwaseun.adebayo", Prescription, "Pharmacy says tretinoin needs approval")
        .patient(day(1, 6, 36), "The pharmacy says my insurance wants an approval from you before they fill the tretinoin. They faxed the form on Friday. Has it come in?")
}

fn wart_bandage() -> Story {
    story("wart-bandage", "george.papadopoulos", General, "Wart treatment: how long to keep the bandage on?")
        .patient(day(2, 8, 2), "You froze the wart on my thumb yesterday. How long does the bandage stay on?")
        .take(day(2, 8, 50), Assistant)
        .reply(day(2, 8, 55), Assistant, "Until tomorrow evening, Mr. Papadopoulos. A blister is normal. Please leave it closed.")
        .patient(day(2, 17, 10), "Can I shower with it?")
        .reply(day(1, 9, 2), Assistant, "You can take it off tomorrow evening. Keep the skin dry until then; a plastic glove in the shower works well.")
        .opened_by_patient(day(1, 11, 40))
}

fn night_rash() -> Story {
    story("night-rash", "deshawn.carter", Medical, "Rash spreading fast, lips feel swollen")
        .patient(day(1, 2, 47), "I took the first dose of the new antibiotic at dinner. Now there are red welts all over my chest and arms, they itch like crazy, and my lips feel swollen. I can breathe okay. Do I go to the hospital or wait until you open?")
        .priority(day(1, 7, 58), Urgent)
        .opened(day(1, 7, 58), Nurse)
        .assign(day(1, 7, 58), Nurse)
        .reply(day(1, 8, 1), Nurse, "Deshawn, please stop the antibiotic now. Swollen lips after a new medicine need to be seen at once: call 911 or go to the nearest emergency room, even if you can breathe well. Tell them the name of the antibiotic. I am also calling the number we have for you.")
        .note(day(1, 8, 6), Nurse, "Wrote after hours at night, seen at opening. Called twice, no answer; left a message without details. @Dr. Amara Okafor", &[Provider])
        .patient(ago(190), "I went to the ER right after I wrote. They gave me a shot and prednisone, and the welts are almost gone. They said no more amoxicillin ever. Do I still need to come in?")
}

fn stitches() -> Story {
    story("stitches", "olga.petrenko", General, "Stitches: when do they come out?")
        .patient(ago(320), "It has been nine days since you removed the cyst on my back, and the skin looks closed. When do the stitches come out? I cannot see them well in the mirror.")
}

fn suspicious_mole() -> Story {
    story("mole", "jamal.delacroix", Medical, "Mole looks darker")
        .patient(ago(265), "The mole on my left shoulder that you measured in spring looks darker on one side, and the edge is not smooth any more. It does not hurt or bleed.")
        .with(files::MOLE)
        .priority(ago(200), High)
        .opened(ago(200), Assistant)
        .assign(ago(200), Assistant)
        .note(ago(196), Assistant, "Baseline photo on file: 5 mm, even border. Patient reports a change in colour and border. @Dr. Daniel Reyes do you want him in this week?", &[Provider2])
        .ask_provider(ago(195), Assistant)
        .assign(ago(195), Provider2)
}

fn parking() -> Story {
    story("parking", "aoife.nibhraonain", General, "Is there parking behind the building?")
        .patient(ago(148), "I am coming on crutches next week. Is there parking close to the door, or should I ask my sister to drop me off?")
        .priority(ago(130), Normal)
}
