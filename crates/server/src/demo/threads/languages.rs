//! Conversations in Spanish and Chinese, and a private one.

use crate::demo::moments::{ago, day};
use crate::demo::story::Who::{Assistant, FrontDesk, Nurse, Provider, Provider2};
use crate::demo::story::{Story, story};
use threadwell_domain::thread::Category::{Appointment, General, Medical, Prescription};
use threadwell_domain::thread::Priority::High;

pub(super) fn stories() -> Vec<Story> {
    vec![
        biopsy(),
        stitches_appointment(),
        private(),
        psoriasis(),
        eczema_chinese(),
        refill_chinese(),
        thanks_chinese(),
    ]
}

fn biopsy() -> Story {
    story("biopsia", "mg.hernandez.villanueva", Medical, "Resultado de la biopsia del lunar")
        .patient(day(1, 7, 51), "Buenas tardes. La herida de la espalda va bien, pero me preocupa el lunar. ¿Cuándo me dan el resultado de la biopsia?")
        .take(ago(150), Assistant)
        .assign(ago(149), Nurse)
        .patient(ago(22), "Buenos días, ¿ya llegó el resultado? Me dijeron que tardaba una semana y hoy se cumple.")
        .note(ago(16), Assistant, "Pathology report came in half an hour ago: benign, margins clear. Dr. Okafor has not signed it yet. Patient writes in Spanish. @Dr. Amara Okafor @Priya Raman-Whitfield", &[Provider, Nurse])
}

fn stitches_appointment() -> Story {
    story("puntos", "mg.hernandez.villanueva", Appointment, "Cita para quitar los puntos")
        .proxy(day(7, 10, 3), "lucia.hernandez", "Buenos días, soy Lucía, la hija. ¿Cuándo tiene que ir mi mamá a que le quiten los puntos de la espalda? Yo la llevo en coche, así que prefiero por la tarde.")
        .take(day(6, 9, 20), FrontDesk)
        .reply(day(6, 9, 31), FrontDesk, "Buenos días, Lucía. Los puntos se quitan a los diez o doce días. Tenemos el jueves a las 2:40 PM o el viernes a las 4:00 PM. ¿Cuál les viene mejor?")
        .opened_by_patient(day(6, 20, 10))
}

fn private() -> Story {
    story("privado", "mg.hernandez.villanueva", General, "Prefiero que esto quede entre nosotros")
        .confidential()
        .patient(day(4, 21, 5), "Buenas noches. Le agradezco mucho a mi hija lo que hace, pero no quiero que lea este mensaje. No me estoy poniendo la crema todos los días porque me cuesta alcanzarme la espalda y no quiero preocuparla. ¿Qué puedo hacer?")
        .take(day(3, 8, 30), Nurse)
        .reply(day(3, 8, 41), Nurse, "Gracias por su confianza, señora Hernández. Esta conversación es privada: solo usted y el equipo médico la ven. Hay un aplicador de mango largo que venden en la farmacia y que ayuda mucho. ¿Quiere que le preparemos uno para su próxima visita?")
        .patient(day(3, 18, 16), "Sí, por favor. Muchas gracias, de verdad.")
        .opened(day(2, 9, 0), Nurse)
        .note(day(2, 9, 4), Nurse, "Set an applicator aside for the stitches visit. Confidential: hand it over in the room, not at the desk.", &[Assistant])
}

fn psoriasis() -> Story {
    story("psoriasis", "luis.rodriguez", Medical, "La psoriasis me está llegando a las uñas")
        .patient(day(2, 20, 33), "Buenas noches doctora. Las uñas de las dos manos se me están separando y me duelen las articulaciones de los dedos por la mañana, como media hora. ¿Tiene que ver con la psoriasis?")
        .take(day(1, 8, 20), Nurse)
        .priority(day(1, 8, 21), High)
        .note(day(1, 8, 25), Nurse, "Nail involvement plus morning stiffness over 30 minutes: psoriatic arthritis? @Dr. Daniel Reyes should we refer to rheumatology before the visit?", &[Provider2])
        .ask_provider(day(1, 8, 26), Nurse)
        .assign(day(1, 8, 26), Provider2)
}

fn eczema_chinese() -> Story {
    story("shizhen", "wang.fang", Medical, "手上的湿疹又复发了")
        .patient(ago(400), "医生您好，上周开始手指又起了小水泡，很痒，洗碗以后更严重。之前的药膏已经用完了。请问需要再来一次门诊吗？")
        .opened(ago(180), Assistant)
        .assign(ago(180), Assistant)
        .note(ago(176), Assistant, "Dyshidrotic eczema again, worse after washing dishes, ointment used up. She reads English well but writes in Chinese. @Dr. Amara Okafor refill or visit?", &[Provider])
}

fn refill_chinese() -> Story {
    story("xuyao", "meiling.chen", Prescription, "续开他克莫司软膏")
        .patient(day(5, 9, 14), "您好，我的他克莫司软膏快用完了，可以续开一支吗？药房还是原来那家。谢谢！")
        .take(day(5, 10, 0), Assistant)
        .reply(day(5, 10, 12), Assistant, "Your prescription refill has been approved and sent to your pharmacy. Please allow 24-48 hours for the pharmacy to have it ready for pickup.")
        .opened_by_patient(day(5, 12, 40))
        .patient(day(5, 12, 41), "收到，谢谢你们！")
        .close(day(4, 8, 30), Assistant)
}

fn thanks_chinese() -> Story {
    story("yuyue", "wang.fang", Appointment, "能改到周六吗？")
        .patient(day(21, 20, 5), "我平时上班走不开，请问周六上午有门诊吗？如果没有，最早几点可以来？")
        .take(day(20, 9, 0), FrontDesk)
        .reply(day(20, 9, 15), FrontDesk, "您好！We are closed on Saturdays. The first visit of the day is at 8:00 AM, Monday to Friday. Would next Tuesday at 8:00 AM work for you?")
        .patient(day(20, 12, 1), "可以的，周二早上八点。谢谢！")
        .reply(day(20, 13, 30), FrontDesk, "Booked: Tuesday, 8:00 AM, with Dr. Okafor. See you then!")
        .opened_by_patient(day(20, 18, 30))
        .close_because(day(13, 9, 0), FrontDesk, "Came on Tuesday.")
}
