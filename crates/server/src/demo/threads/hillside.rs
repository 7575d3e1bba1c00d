//! Hillside's conversations.

use crate::demo::moments::{ago, day};
use crate::demo::story::Who::{Assistant, Billing, FrontDesk, Nurse, Provider};
use crate::demo::story::{Story, story};
use threadwell_domain::thread::Category::{Appointment, Billing as Bills, General, Medical, Prescription};
use threadwell_domain::thread::Priority::Urgent;

pub(super) fn stories() -> Vec<Story> {
    vec![
        dora_rosacea(),
        leo_cream(),
        emil_bleeding(),
        harriet_directions(),
        gustavo_bill(),
        rosa_second_opinion(),
    ]
}

fn dora_rosacea() -> Story {
    story("dora-rosacea", "dora.klein", Medical, "Rosacea: cheeks burn after the new gel")
        .patient(day(1, 8, 15), "The new gel for the rosacea makes my cheeks burn for an hour after I put it on. Should I keep going or stop?")
        .take(ago(260), Nurse)
        .reply(ago(250), Nurse, "Good morning, Ms. Klein. Please pause it for two days, then use it every other evening over the moisturizer. Is there any swelling?")
        .opened_by_patient(ago(120))
        .patient(ago(95), "No swelling. I will do that, thank you.")
}

fn leo_cream() -> Story {
    story("leo-cream", "leo.klein", Prescription, "Refill of Leo’s cream")
        .proxy(day(3, 19, 50), "dora.klein", "Leo’s tacrolimus cream is nearly empty. Could you send a refill to Oak Hill Drugs?")
        .take(day(2, 9, 5), Assistant)
        .reply(day(2, 9, 11), Assistant, "Your prescription refill has been approved and sent to your pharmacy. Please allow 24-48 hours for the pharmacy to have it ready for pickup.")
}

fn emil_bleeding() -> Story {
    story("emil-bleeding", "emil.hartmann", Medical, "Wound from yesterday keeps bleeding")
        .patient(ago(55), "The place on my scalp where you took the sample yesterday bled through two bandages this morning. I take a blood thinner.")
        .priority(ago(48), Urgent)
        .opened(ago(48), Nurse)
        .assign(ago(48), Nurse)
        .note(ago(46), Nurse, "On apixaban. @Dr. Karin Lindgren asking him to press for 20 minutes and come in if it goes on.", &[Provider])
}

fn harriet_directions() -> Story {
    story("harriet-bus", "harriet.stone", General, "Which bus stops near you?")
        .patient(day(2, 10, 0), "I no longer drive. Which bus stops near your office, and is there a bench?")
        .take(day(2, 11, 30), FrontDesk)
        .reply(day(2, 11, 34), FrontDesk, "Bus 12 stops right in front of the building, Mrs. Stone, every twenty minutes, and there is a bench with a roof.")
        .opened_by_patient(day(2, 14, 0))
        .close(day(1, 9, 0), FrontDesk)
}

fn gustavo_bill() -> Story {
    story("gustavo-factura", "gustavo.paz", Bills, "No entiendo la factura")
        .patient(
            ago(380),
            "Buenos días. En la factura dice «pathology 88305». ¿Qué es eso y por qué no lo paga el seguro?",
        )
        .team(ago(300), "Billing")
        .opened(ago(300), Billing)
}

fn rosa_second_opinion() -> Story {
    story("rosa-opinion", "rosa.xu", Appointment, "Second opinion before surgery")
        .patient(day(1, 7, 5), "Another practice advised surgery for a cyst on my neck. I would like a second opinion with Dr. Lindgren. What should I bring?")
}
