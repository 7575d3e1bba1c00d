//! Conversations that are over, were taken up again, or were put away.

use crate::demo::moments::{ago, day};
use crate::demo::story::Who::{Admin, Assistant, Billing, FrontDesk, Nurse, Provider, Provider2};
use crate::demo::story::{Story, story};
use threadwell_domain::thread::Category::{
    Appointment, Billing as Bills, General, Medical, Other, Prescription,
};
use threadwell_domain::thread::Priority::{Low, Normal};

pub(super) fn stories() -> Vec<Story> {
    vec![
        gel_too_strong(),
        insurance_card(),
        mole_check(),
        shingles(),
        shingles_again(),
        reopened_by_patient(),
        reopened_by_staff(),
        yearly_check(),
        results_from_provider(),
        records_request(),
        complaint(),
        moved_between_teams(),
        given_back(),
        itchy_arms(),
    ]
}

fn gel_too_strong() -> Story {
    story("ana-gel", "ana.silva", Prescription, "Acne: is the gel too strong?")
        .patient(day(51, 19, 10), "Since I use the adapalene gel every night my chin is peeling and it burns when I wash my face. Is it too strong for me?")
        .take(day(50, 9, 3), Nurse)
        .reply(day(50, 9, 15), Nurse, "That happens to many people in the first weeks, Ana. Please use it every third night for two weeks, then every second night, and put the moisturizer on first.")
        .patient(day(36, 20, 2), "Much better now, every second night works well.")
        .reply(day(35, 8, 40), Nurse, "Wonderful. Stay with that, and write to us any time.")
        .opened_by_patient(day(35, 12, 0))
        .close_because(day(30, 10, 0), Nurse, "Tolerates every second night.")
}

fn insurance_card() -> Story {
    story("ana-card", "ana.silva", Bills, "Insurance card, new plan")
        .patient(day(118, 13, 7), "My insurance changes on the first of the month. What do you need from me?")
        .take(day(117, 9, 0), Billing)
        .reply(day(117, 9, 6), Billing, "Thank you for telling us early. Please bring the new card to your next visit, or read us the member number and the group number over the phone.")
        .opened_by_patient(day(117, 18, 0))
        .close(day(110, 9, 0), Billing)
}

fn mole_check() -> Story {
    story("ana-mole", "ana.silva", General, "Mole check, follow-up")
        .patient(
            day(198, 10, 45),
            "At the mole check you said every twelve months. Will you write to me, or should I call?",
        )
        .take(day(197, 8, 30), FrontDesk)
        .reply(
            day(197, 8, 33),
            FrontDesk,
            "We will write to you here about six weeks before it is due. You do not need to do anything.",
        )
        .opened_by_patient(day(196, 9, 0))
        .close(day(190, 9, 0), FrontDesk)
        .archive(day(100, 2, 0))
}

fn shingles() -> Story {
    story("shingles", "grace.mcallister", Medical, "Burning stripe on my right side")
        .patient(day(47, 7, 20), "I have a burning stripe of little blisters from my back to my belly, only on the right. It started two days ago. My neighbor says it is shingles.")
        .take(day(47, 8, 5), Nurse)
        .note(day(47, 8, 7), Nurse, "Day 2, dermatomal, right T10 by description, immunocompetent. Inside the antiviral window. @Dr. Amara Okafor", &[Provider])
        .reply(day(47, 8, 40), Provider, "Your neighbor may well be right. I have sent an antiviral to your pharmacy; please start it today. Can you come at 1:15 PM so that I can look at it?")
        .patient(day(47, 9, 2), "Yes. I will be there. Thank you for being so quick.")
        .reply(day(40, 10, 0), Nurse, "Good morning, Mrs. McAllister. How is the skin, a week on?")
        .patient(day(40, 15, 30), "The blisters have dried. It still stings a little at night.")
        .reply(day(39, 9, 15), Nurse, "That is the usual course. If the pain is not clearly less in two weeks, please write again.")
        .opened_by_patient(day(39, 10, 0))
        .close_because(day(32, 9, 0), Nurse, "Healed, mild pain left.")
}

fn shingles_again() -> Story {
    story("shingles-pain", "grace.mcallister", Medical, "Burning stripe on my right side")
        .goes_on_from("shingles")
        .patient(ago(510), "I am writing again because the stinging on my right side has not gone away. It wakes me up around three every night. The skin itself looks fine.")
        .opened(ago(170), Nurse)
}

fn reopened_by_patient() -> Story {
    story("sunscreen", "priscilla.tan", General, "Which sunscreen did you recommend?")
        .patient(day(11, 12, 11), "At the visit you named a sunscreen without fragrance, and I lost the paper. Which one was it?")
        .take(day(11, 13, 20), Assistant)
        .reply(day(11, 13, 25), Assistant, "Any mineral sunscreen of SPF 50 that says “fragrance free” on the front. Zinc oxide should be the first active ingredient.")
        .opened_by_patient(day(11, 17, 0))
        .close(day(10, 9, 0), Assistant)
        .patient(ago(605), "I bought one like that, and it leaves a white film. Is there a tinted one that is as good?")
}

fn reopened_by_staff() -> Story {
    story("allergy-test", "umar.farouk", Medical, "Patch test on my back")
        .patient(day(15, 9, 2), "The patches for the allergy test are on since this morning. One corner is coming loose already. Does that ruin the test?")
        .take(day(15, 9, 40), Assistant)
        .reply(day(15, 9, 44), Assistant, "No. Please press it down and put a strip of medical tape across. No shower and no sports until Wednesday.")
        .patient(day(15, 10, 1), "Taped it. Thanks!")
        .close(day(12, 16, 30), Assistant)
        .reopen(day(3, 8, 40), Nurse)
        .assign(day(3, 8, 41), Nurse)
        .note(day(3, 8, 44), Nurse, "Late reaction to the fragrance mix came up after the last reading. Took this up again to tell him. @Jordan Lee", &[Assistant])
        .reply(day(3, 8, 52), Nurse, "Good morning, Umar. When we looked again at the photos of your back we saw a late reaction to fragrance. We would like to explain what that means in everyday life. Could you come by this week?")
        .opened_by_patient(day(2, 7, 15))
}

fn yearly_check() -> Story {
    story("yearly-check", "bjorn.akesson", Appointment, "Time for your yearly skin check")
        .reply(day(5, 10, 10), FrontDesk, "Dear Mr. Åkesson, it is almost a year since your last full skin check. Dr. Reyes has times on Mondays and Thursdays. When may we expect you?")
        .opened_by_patient(day(4, 21, 9))
}

fn results_from_provider() -> Story {
    story("benign", "ingrid.johansson", Medical, "Your biopsy result is good news")
        .reply(day(8, 16, 20), Provider2, "Dear Ms. Johansson, the spot that I removed from your calf is a seborrheic keratosis. It is benign, and nothing more needs to be done. Please keep the wound covered for three more days.")
        .opened_by_patient(day(8, 16, 58))
        .patient(day(8, 17, 4), "What a relief. Thank you for writing the same day!")
        .opened(day(7, 8, 10), Provider2)
        .close(day(7, 8, 12), Provider2)
}

fn records_request() -> Story {
    story("records", "katarzyna.brandt", Other, "Copy of my records for a new doctor")
        .patient(day(4, 14, 50), "I am moving to Portland at the end of the month. How do I get my records to the new dermatologist?")
        .take(day(4, 15, 30), Admin)
        .reply(day(4, 15, 41), Admin, "We are sorry to see you go. Please sign the release form at the front desk, or tell us the name of the new practice and we will send the form for signing by mail. It takes up to ten days.")
        .patient(day(2, 11, 8), "I will come by on Thursday and sign it. The practice is called Rose City Skin Clinic.")
        .opened(day(2, 12, 0), Admin)
}

fn complaint() -> Story {
    story("waiting-room", "samir.goldberg", Other, "Waited an hour and ten minutes")
        .patient(day(3, 18, 26), "My appointment was at 2:00 and I was called at 3:10. Nobody told us why. I had to leave work early for this, so I am quite disappointed.")
        .take(day(2, 8, 45), Admin)
        .note(day(2, 8, 50), Admin, "Emergency add-on at 1:30 that day pushed everybody back. The desk did not announce it. @Tomás Rivera please tell the room next time when we run more than 20 minutes late.", &[FrontDesk])
        .reply(day(2, 9, 5), Admin, "Dear Mr. Goldberg, you are right to be disappointed, and I apologize. An emergency came in, and we should have told everybody who was waiting. From now on the desk says so when we run late.")
        .opened_by_patient(day(2, 9, 40))
        .patient(day(2, 9, 44), "Thank you for the honest answer. That is all I wanted.")
        .opened(day(2, 10, 0), Admin)
        .close(day(2, 10, 1), Admin)
}

fn moved_between_teams() -> Story {
    story("copay", "noor.haddad", Bills, "Charged twice for one visit")
        .patient(day(2, 15, 3), "My card statement shows your copay twice on the same day. I was there only once.")
        .team(day(2, 15, 30), "Billing")
        .priority(day(2, 15, 31), Normal)
        .opened(day(1, 9, 30), Billing)
        .note(day(1, 9, 34), Billing, "Terminal shows one void and one charge; the void has not settled with the bank yet. Should be gone within 3 business days.", &[])
}

fn given_back() -> Story {
    story("tattoo", "zoe.venkataraman", General, "Do you remove tattoos?")
        .patient(day(4, 22, 14), "Do you remove tattoos, and what would a small one on the ankle cost, about the size of a coin?")
        .take(day(3, 9, 10), FrontDesk)
        .unassign(day(3, 9, 40))
        .priority(day(3, 9, 41), Low)
        .note(day(3, 9, 42), FrontDesk, "We refer laser work out, but I do not have the current list of places. Giving this back so that somebody who knows can answer. @Margaret Sullivan-Pierce", &[Admin])
}

fn itchy_arms() -> Story {
    story("picazon", "mg.hernandez.villanueva", Medical, "Picazón en los brazos")
        .patient(day(101, 17, 45), "Tengo mucha picazón en los brazos desde que cambié de jabón. ¿Qué crema me puedo poner?")
        .take(day(100, 8, 30), Nurse)
        .reply(day(100, 8, 39), Nurse, "Buenos días. Vuelva por favor al jabón de antes y póngase la crema hidratante dos veces al día. Si en una semana no mejora, escríbanos.")
        .patient(day(96, 9, 12), "Ya no me pica. ¡Era el jabón!")
        .opened(day(96, 10, 0), Nurse)
        .close(day(95, 9, 0), Nurse)
}
