//! What mails say: fixed texts with one link, and nothing about any patient.

use crate::ports::{MailAddress, OutgoingMail, Recipient};
use uuid::Uuid;

/// The public addresses that mails link to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Links {
    /// The origin of the installation, such as `https://messages.example.org`, without a slash at the end.
    pub origin: String,
}

const PATIENT_SUBJECT_EN: &str = "You have a new message from your healthcare provider";
const PATIENT_SUBJECT_ES: &str = "Tiene un nuevo mensaje de su equipo médico";
const STAFF_SUBJECT: &str = "New Patient Message - Action Required";

/// The mail that tells somebody that a message waits.
pub(super) fn notice(job: Uuid, recipient: Recipient, address: &MailAddress, links: &Links) -> OutgoingMail {
    let (subject, text) = match recipient {
        Recipient::Staff(_) => (STAFF_SUBJECT, staff_text(links)),
        Recipient::Account(_) if is_spanish(&address.language) => {
            (PATIENT_SUBJECT_ES, spanish_text(address, links))
        }
        Recipient::Account(_) => (PATIENT_SUBJECT_EN, english_text(address, links)),
    };
    OutgoingMail {
        to: address.email.clone(),
        subject: subject.to_owned(),
        text,
        message_id: format!("notice-{job}"),
    }
}

pub(super) fn is_spanish(language: &str) -> bool {
    language == "es" || language.starts_with("es-")
}

fn greeting(hello: &str, address: &MailAddress) -> String {
    match &address.first_name {
        Some(name) => format!("{hello} {},", name.expose()),
        None => format!("{hello},"),
    }
}

fn english_text(address: &MailAddress, links: &Links) -> String {
    let hello = greeting("Hello", address);
    let portal = portal_link(address, links);
    format!(
        "{hello}\n\n\
         Your care team has sent you a message. To read it, sign in to the patient portal:\n\n\
         {portal}\n\n\
         To protect your privacy, we never put the content of messages in an e-mail.\n\n\
         If you did not expect this e-mail, do not reply to it. Call your care team's office instead.\n\n\
         To stop these e-mails, or to start them again, tell your care team in the portal or by phone.\n\n\
         This is an automated message. Please do not reply.\n"
    )
}

fn spanish_text(address: &MailAddress, links: &Links) -> String {
    let hello = greeting("Hola", address);
    let portal = portal_link(address, links);
    format!(
        "{hello}\n\n\
         Su equipo médico le ha enviado un mensaje. Para leerlo, entre en el portal del paciente:\n\n\
         {portal}\n\n\
         Para proteger su privacidad, nunca ponemos el contenido de los mensajes en un correo electrónico.\n\n\
         Si no esperaba este correo, no lo responda. Llame al consultorio de su equipo médico.\n\n\
         Para dejar de recibir estos correos, o volver a recibirlos, dígaselo a su equipo médico en el portal o por \
         teléfono.\n\n\
         Este es un mensaje automático. Por favor, no lo responda.\n"
    )
}

fn staff_text(links: &Links) -> String {
    let origin = &links.origin;
    format!(
        "A patient message is waiting for you or your team. To read it, sign in to the inbox:\n\n\
         {origin}/\n\n\
         For privacy, this e-mail does not say who wrote or what about.\n\n\
         To stop these e-mails, or to start them again, tell your administrator.\n\n\
         This is an automated message. Please do not reply.\n"
    )
}

fn portal_link(address: &MailAddress, links: &Links) -> String {
    format!("{}/portal/{}", links.origin, address.practice_slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use threadwell_domain::{AccountId, Phi, StaffId};

    fn address(language: &str, first_name: Option<&str>) -> MailAddress {
        MailAddress {
            email: Phi::new("canary@example.org"),
            language: language.to_owned(),
            practice_slug: "riverside".to_owned(),
            practice_name: "Riverside".to_owned(),
            first_name: first_name.map(Phi::new),
        }
    }

    fn links() -> Links {
        Links { origin: "https://messages.example.org".to_owned() }
    }

    #[test]
    fn a_patient_mail_holds_the_link_to_the_practice_and_no_name() {
        let account = Recipient::Account(AccountId::new(Uuid::nil()));
        let mail = notice(Uuid::nil(), account, &address("en", None), &links());
        assert_eq!(mail.subject, "You have a new message from your healthcare provider");
        assert!(mail.text.starts_with("Hello,\n"));
        assert!(mail.text.contains("https://messages.example.org/portal/riverside\n"));
        assert!(!mail.text.contains("canary"));
        assert!(mail.text.contains("do not reply"));
    }

    #[test]
    fn the_first_name_appears_only_where_the_practice_wants_it() {
        let account = Recipient::Account(AccountId::new(Uuid::nil()));
        let mail = notice(Uuid::nil(), account, &address("es-MX", Some("Ana")), &links());
        assert_eq!(mail.subject, PATIENT_SUBJECT_ES);
        assert!(mail.text.starts_with("Hola Ana,\n"));
    }

    #[test]
    fn a_staff_mail_links_to_the_inbox_and_names_nobody() {
        let staff = Recipient::Staff(StaffId::new(Uuid::nil()));
        let mail = notice(Uuid::nil(), staff, &address("en", Some("Ana")), &links());
        assert_eq!(mail.subject, "New Patient Message - Action Required");
        assert!(mail.text.contains("https://messages.example.org/\n"));
        assert!(!mail.text.contains("Ana") && !mail.text.contains("riverside"));
    }

    #[test]
    fn the_message_id_derives_from_the_job() {
        let staff = Recipient::Staff(StaffId::new(Uuid::nil()));
        let job = Uuid::from_u128(7);
        let first = notice(job, staff, &address("en", None), &links());
        assert_eq!(first.message_id, notice(job, staff, &address("en", None), &links()).message_id);
        assert_eq!(first.message_id, format!("notice-{job}"));
    }
}
