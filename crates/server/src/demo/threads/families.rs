//! What Carla Mendes writes for her two children, and what caregivers write.

use crate::demo::moments::{ago, day};
use crate::demo::story::Who::{Assistant, Billing, FrontDesk, Nurse, Provider};
use crate::demo::story::{Story, story};
use threadwell_domain::thread::Category::{
    Appointment, Billing as Bills, General, Medical, Other, Prescription,
};

pub(super) fn stories() -> Vec<Story> {
    vec![
        eczema_flare(),
        swimming(),
        april_appointment(),
        ointment_refill(),
        mateo_school_form(),
        mateo_molluscum(),
        brother_asks(),
    ]
}

fn eczema_flare() -> Story {
    story("sofia-eczema", "sofia.mendes", Medical, "Sofia’s eczema flare")
        .patient(day(3, 19, 42), "The creases behind both of Sofia’s knees are red and weeping again since the weekend. She scratches at night and wakes up twice. We ran out of the ointment on Friday.")
        .take(day(2, 8, 12), Nurse)
        .reply(day(2, 8, 20), Nurse, "Good morning, Carla. I am sorry Sofia is not sleeping. Does she have a fever, or any yellow crust or pus on the skin?")
        .patient(day(2, 8, 58), "No fever and no pus. Abuela put some cold towels on it, «le calmó bastante», and she slept until six.")
        .opened(day(2, 9, 5), Nurse)
        .note(day(2, 9, 8), Nurse, "No sign of infection by history. Ran out of the ointment on Friday, so the gap explains the flare. @Dr. Amara Okafor OK to restart for 7 days?", &[Provider])
        .reply(ago(78), Provider, "Thank you for describing it so well, Carla. The skin sounds irritated, but I see no sign of infection.\n\nPlease start the ointment again tonight. Put a thin layer on the red skin two times a day for 7 days. Use the plain moisturizer after every bath.")
        .reply(ago(60), Nurse, "I sent the refill to your pharmacy. It should be ready tomorrow. Please write to us on Monday and tell us how she is.")
}

fn swimming() -> Story {
    story("sofia-swimming", "sofia.mendes", General, "¿Puede nadar con la crema nueva?")
        .patient(
            day(1, 9, 20),
            "Hola, Sofía tiene clase de natación el sábado. ¿Se puede meter a la piscina con la crema?",
        )
        .patient(day(1, 9, 22), "Es una piscina cubierta, con bastante cloro. La clase dura media hora.")
        .opened(ago(230), Assistant)
}

fn april_appointment() -> Story {
    story("sofia-appointment", "sofia.mendes", Appointment, "Move Sofia’s next appointment")
        .patient(day(6, 17, 31), "Sofia’s check is on a school trip day. Could we come a few days later?")
        .take(day(5, 8, 15), FrontDesk)
        .reply(day(5, 8, 22), FrontDesk, "Of course. Do mornings or afternoons suit you better?")
        .patient(day(5, 12, 4), "Mornings before school, or right after three.")
        .reply(
            day(4, 9, 10),
            FrontDesk,
            "We have Friday at 8:30 AM or the Tuesday after at 3:15 PM. Which one works for you?",
        )
        .opened_by_patient(day(4, 19, 0))
}

fn ointment_refill() -> Story {
    story("sofia-refill", "sofia.mendes", Prescription, "Hydrocortisone ointment refill")
        .patient(day(26, 20, 8), "We have about a week left of the hydrocortisone ointment. Could you send a refill to the same pharmacy?")
        .take(day(25, 9, 40), Assistant)
        .reply(day(25, 9, 44), Assistant, "Your prescription refill has been approved and sent to your pharmacy. Please allow 24-48 hours for the pharmacy to have it ready for pickup.")
        .opened_by_patient(day(25, 12, 30))
        .close(day(24, 16, 0), Assistant)
}

fn mateo_school_form() -> Story {
    story("mateo-form", "mateo.mendes", Other, "School form for Mateo’s sunscreen")
        .patient(day(9, 18, 15), "Mateo’s school only lets him use sunscreen and his cream at lunch with a signed form. Can you fill it in? I can bring it by.")
        .take(day(8, 9, 0), FrontDesk)
        .reply(day(8, 9, 12), FrontDesk, "Yes. We have the district’s form here, so there is no need to bring one. Which cream does he use at school?")
        .patient(day(8, 15, 44), "The tacrolimus 0.03%, once at lunch. Thank you!")
        .reply(day(7, 10, 5), FrontDesk, "The form is signed and at the front desk. Anybody who is on Mateo’s list may pick it up.")
        .opened_by_patient(day(7, 18, 22))
        .patient(day(6, 8, 3), "Picked it up this morning. Thank you so much.")
        .close_because(day(6, 9, 30), FrontDesk, "Form handed out at the front desk.")
}

fn mateo_molluscum() -> Story {
    story("mateo-bumps", "mateo.mendes", Medical, "Small bumps under Mateo’s arm")
        .patient(ago(305), "Mateo has about ten small skin-colored bumps with a dimple in the middle under his right arm. They do not bother him, but his wrestling coach asked about them. Can he go to practice?")
        .team(ago(240), "Triage")
        .opened(ago(240), Assistant)
}

fn brother_asks() -> Story {
    story("dorothy-statement", "dorothy.kowalczyk", Bills, "Copy of last year’s statements")
        .patient(day(17, 11, 20), "My son Peter helps me with the papers now. Could you send me copies of the statements of last year? He can read your answer here.")
        .take(day(16, 13, 0), Billing)
        .reply(day(16, 13, 30), Billing, "Certainly, Mrs. Kowalczyk. Peter’s access is for reading only, which is enough for this. I have put copies of all four statements of last year in the mail to you today.")
        .opened_by_patient(day(15, 10, 0))
        .close(day(12, 9, 0), Billing)
}
