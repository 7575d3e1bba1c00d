//! What patients write in Spanish.

use super::Topic;
use crate::demo::story::Who::{self, Assistant, Billing as Clerk, FrontDesk, Nurse};
use threadwell_domain::thread::Category::{self, Appointment, Billing, General, Medical, Prescription};

const fn topic(category: Category, who: Who, texts: [&'static str; 6]) -> Topic {
    let [subject, opening, note, reply, follow_up, answer] = texts;
    Topic { category, who, language: "es", subject, opening, note, reply, follow_up, answer }
}

#[rustfmt::skip]
pub(super) static TOPICS: [Topic; 6] = [
    topic(Medical, Nurse, ["Pregunta sobre la crema",
        "Buenos días. ¿Puedo usar la crema nueva también en la cara de mi hijo? Tiene la piel muy seca en las mejillas.",
        "Not on the child's face: potent steroid. Offered a visit for the boy.",
        "Buenos días, {first}. Esa crema es demasiado fuerte para la cara de un niño. Use por favor solo la crema hidratante, y con gusto lo vemos en una cita.",
        "Menos mal que pregunté. Muchas gracias.",
        "Hizo muy bien en preguntar. Estamos para servirle."]),
    topic(Medical, Nurse, ["Me salió una mancha en la cara",
        "Desde hace {days} semanas tengo una mancha café en la mejilla que se hace más oscura con el sol. ¿Es melasma? ¿Qué me puedo poner?",
        "Probable melasma. Sunscreen first, visit for the rest.",
        "Buenos días, {first}. Puede ser. Lo más importante es el protector solar cada mañana, también con nubes. ¿Está embarazada o toma anticonceptivos?",
        "Tomo anticonceptivos desde hace un año.",
        "Gracias, eso ayuda. La doctora le explica las opciones en la próxima cita."]),
    topic(Prescription, Assistant, ["Receta del ungüento",
        "Hola, se me acaba el ungüento en {days} días. ¿Me pueden mandar la receta a la misma farmacia de siempre?",
        "Refill allowed by protocol.",
        "Buenos días, {first}. La receta ya está en su farmacia. Por lo general está lista en 24 a 48 horas.",
        "Ya la recogí, gracias.",
        "Con gusto."]),
    topic(Appointment, FrontDesk, ["Cambiar mi cita",
        "Buenas tardes, no puedo ir el día de mi cita porque me cambiaron el turno. ¿Tienen algo por la tarde la semana siguiente?",
        "Prefers afternoons.",
        "Claro que sí, {first}. Tenemos el jueves a las {time}. ¿Le viene bien?",
        "Sí, perfecto.",
        "Queda apuntada la cita. Por favor llegue 15 minutos antes."]),
    topic(Billing, Clerk, ["No reconozco este cobro",
        "En mi estado de cuenta aparece un cobro de $25 que no reconozco. ¿Me pueden decir de qué es?",
        "Copay of the follow-up visit. Explained.",
        "Buenos días, {first}. Es el copago de su última visita. Su seguro pagó el resto.",
        "Ah, ya entendí. Gracias por la explicación.",
        "Para eso estamos."]),
    topic(General, FrontDesk, ["¿Hay alguien que hable español?",
        "Mi papá tiene cita el viernes y no habla inglés. ¿Hay alguien que hable español en la consulta?",
        "A Spanish speaker is at the desk that day; phone interpreter as a fallback.",
        "Sí, {first}. Varias personas del equipo hablamos español, y también tenemos intérprete por teléfono sin costo.",
        "Qué bueno, se va a sentir más tranquilo.",
        "Los esperamos."]),
];
