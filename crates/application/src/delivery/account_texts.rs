//! What mails about accounts say: fixed texts, the practice's name, one link or code, and nothing about any patient.

use super::templates::{Links, is_spanish};
use crate::ports::{AccountMail, MailAddress, MailTo, OutgoingMail, Recipient};
use uuid::Uuid;

/// A mail about an account. `secret` is what it brings: the secret of a link, or the digits of a code.
pub(super) fn account_mail(
    job: Uuid,
    what: AccountMail,
    to: MailTo,
    address: &MailAddress,
    (links, secret): (&Links, Option<&str>),
) -> OutgoingMail {
    let is_spanish = is_spanish(&address.language);
    let (subject, body) = if is_spanish { spanish(what) } else { english(what) };
    let place = place(what, to, address, links);
    let brought = match what {
        AccountMail::ActivationCode => secret.unwrap_or_default().to_owned(),
        _ => secret.map_or_else(|| place.clone(), |secret| format!("{place}#{secret}")),
    };
    let body = body.replace("{practice}", &address.practice_name).replace("{secret}", &brought);
    let (hello, end) = if is_spanish {
        ("Hola,", "Este es un mensaje automático. Por favor, no lo responda.")
    } else {
        ("Hello,", "This is an automated message. Please do not reply.")
    };
    OutgoingMail {
        to: address.email.clone(),
        subject: subject.to_owned(),
        text: format!("{hello}\n\n{body}\n\n{end}\n"),
        message_id: format!("account-{job}"),
    }
}

/// The page that the mail links to.
fn place(what: AccountMail, to: MailTo, address: &MailAddress, links: &Links) -> String {
    let is_staff = matches!(to, MailTo::Person(Recipient::Staff(_)));
    let home = if is_staff {
        links.origin.clone()
    } else {
        format!("{}/portal/{}", links.origin, address.practice_slug)
    };
    let page = match what {
        AccountMail::StaffInvitation
        | AccountMail::PatientInvitation
        | AccountMail::ProxyInvitation
        | AccountMail::ReaderInvitation => "/invitation",
        AccountMail::PasswordReset => "/reset-password",
        AccountMail::ConfirmEmail => "/confirm-email",
        AccountMail::ActivationCode
        | AccountMail::HasAccount
        | AccountMail::EmailChanged
        | AccountMail::PasswordChanged
        | AccountMail::FactorsChanged
        | AccountMail::FactorsRemoved
        | AccountMail::NewDevice
        | AccountMail::RecoveryCodeUsed
        | AccountMail::SessionStolen
        | AccountMail::EmergencyAccess
        | AccountMail::StaffEmailChanged => "/",
    };
    format!("{home}{page}")
}

const fn english(what: AccountMail) -> (&'static str, &'static str) {
    match what {
        AccountMail::StaffInvitation => (
            "You are invited to Threadwell",
            "{practice} has added you to its staff on Threadwell. To choose your password and sign in, open this page \
             within seven days:\n\n{secret}\n\nIf you do not work for {practice}, ignore this e-mail.",
        ),
        AccountMail::PasswordReset => (
            "Choose a new password",
            "Somebody asked for a new password for your account with {practice}. To choose one, open this page within \
             30 minutes:\n\n{secret}\n\nIf it was not you, you need not do anything: your password stays as it is.",
        ),
        AccountMail::PatientInvitation => (
            "Your care team invites you to its patient portal",
            "{practice} invites you to its patient portal, where you can write to your care team. To open your account, \
             open this page within seven days:\n\n{secret}\n\nIf you did not expect this, please call the office.",
        ),
        AccountMail::ProxyInvitation => (
            "You are invited to a patient portal",
            "Somebody has asked that you may write to {practice} for them. To accept, open this page within seven days:\
             \n\n{secret}\n\nIf you did not expect this, ignore this e-mail.",
        ),
        AccountMail::ReaderInvitation => (
            "You are invited to a patient portal",
            "Somebody has asked that you may read their messages with {practice}. To accept, open this page within seven \
             days:\n\n{secret}\n\nIf you did not expect this, ignore this e-mail.",
        ),
        AccountMail::ActivationCode => (
            "Your code for the patient portal",
            "Here is your code for the patient portal of {practice}:\n\n{secret}\n\nType it on the page where you asked \
             for it, within 15 minutes. Nobody from {practice} will ever ask you for it.\n\nIf you did not ask for it, \
             ignore this e-mail.",
        ),
        AccountMail::HasAccount => (
            "You have an account already",
            "Somebody asked to open an account with {practice} for this e-mail address. You have one already. You can \
             sign in, or choose a new password, here:\n\n{secret}\n\nIf it was not you, you need not do anything.",
        ),
        AccountMail::ConfirmEmail => (
            "Confirm your e-mail address",
            "To use this address for your account with {practice}, open this page within one day:\n\n{secret}\n\nIf you \
             did not ask for this, ignore this e-mail.",
        ),
        AccountMail::EmailChanged => (
            "Your e-mail address was changed",
            "The e-mail address of your account with {practice} was changed. Mails go to the new address from now on.\
             \n\nIf it was not you, call the office at once.",
        ),
        AccountMail::PasswordChanged => (
            "Your password was changed",
            "The password of your account with {practice} was changed, and every other device was signed out.\n\nIf it \
             was not you, choose a new password at once:\n\n{secret}",
        ),
        AccountMail::FactorsChanged => (
            "Your second factor was changed",
            "A second factor or the recovery codes of your account with {practice} were changed.\n\nIf it was not you, \
             change your password at once and tell the practice:\n\n{secret}",
        ),
        AccountMail::FactorsRemoved => (
            "Your second factor was removed",
            "{practice} has removed the second factor of your account, because somebody asked for help with signing in. \
             You can set up a new one when you sign in:\n\n{secret}\n\nIf you did not ask for this, tell the practice at \
             once.",
        ),
        AccountMail::NewDevice => (
            "New sign-in to your account",
            "Somebody has signed in to your account with {practice} on a device that we had not seen before.\n\nIf it \
             was you, you need not do anything. If not, sign in, end the other sessions and change your password:\n\n\
             {secret}",
        ),
        AccountMail::RecoveryCodeUsed => (
            "A recovery code was used",
            "A recovery code was used to sign in to your account with {practice}. It will not work again.\n\nIf it was \
             not you, change your password at once and tell the practice:\n\n{secret}",
        ),
        AccountMail::SessionStolen => (
            "A session of yours was ended",
            "We ended a session of your account with {practice}, because a copy of it was used from somewhere else. \
             Sign in again, look at your other sessions and change your password:\n\n{secret}",
        ),
        AccountMail::EmergencyAccess => (
            "Emergency access was used",
            "A member of the staff of {practice} has begun emergency access and can see every category for an hour. \
             Please look at it and close the review:\n\n{secret}",
        ),
        AccountMail::StaffEmailChanged => (
            "Your e-mail address was changed",
            "{practice} has changed the e-mail address of your account on Threadwell. You sign in with the new address \
             from now on, and mails go there.\n\nIf you did not ask for this, tell an administrator of {practice} at \
             once.",
        ),
    }
}

const fn spanish(what: AccountMail) -> (&'static str, &'static str) {
    match what {
        AccountMail::StaffInvitation => (
            "Le invitamos a Threadwell",
            "{practice} le ha añadido a su personal en Threadwell. Para elegir su contraseña y entrar, abra esta página \
             en los próximos siete días:\n\n{secret}\n\nSi no trabaja en {practice}, no haga caso de este correo.",
        ),
        AccountMail::PasswordReset => (
            "Elija una contraseña nueva",
            "Alguien ha pedido una contraseña nueva para su cuenta con {practice}. Para elegirla, abra esta página en \
             los próximos 30 minutos:\n\n{secret}\n\nSi no fue usted, no tiene que hacer nada: su contraseña sigue \
             siendo la misma.",
        ),
        AccountMail::PatientInvitation => (
            "Su equipo médico le invita al portal del paciente",
            "{practice} le invita a su portal del paciente, donde puede escribir a su equipo médico. Para abrir su \
             cuenta, abra esta página en los próximos siete días:\n\n{secret}\n\nSi no lo esperaba, llame al \
             consultorio.",
        ),
        AccountMail::ProxyInvitation => (
            "Le invitamos a un portal del paciente",
            "Alguien ha pedido que usted pueda escribir a {practice} en su nombre. Para aceptar, abra esta página en \
             los próximos siete días:\n\n{secret}\n\nSi no lo esperaba, no haga caso de este correo.",
        ),
        AccountMail::ReaderInvitation => (
            "Le invitamos a un portal del paciente",
            "Alguien ha pedido que usted pueda leer sus mensajes con {practice}. Para aceptar, abra esta página en los \
             próximos siete días:\n\n{secret}\n\nSi no lo esperaba, no haga caso de este correo.",
        ),
        AccountMail::ActivationCode => (
            "Su código para el portal del paciente",
            "Este es su código para el portal del paciente de {practice}:\n\n{secret}\n\nEscríbalo en la página donde \
             lo pidió, en los próximos 15 minutos. Nadie de {practice} se lo pedirá nunca.\n\nSi no lo ha pedido, no \
             haga caso de este correo.",
        ),
        AccountMail::HasAccount => (
            "Ya tiene una cuenta",
            "Alguien ha pedido abrir una cuenta con {practice} para esta dirección. Ya tiene una. Puede entrar, o \
             elegir una contraseña nueva, aquí:\n\n{secret}\n\nSi no fue usted, no tiene que hacer nada.",
        ),
        AccountMail::ConfirmEmail => (
            "Confirme su dirección de correo",
            "Para usar esta dirección en su cuenta con {practice}, abra esta página en el plazo de un día:\n\n{secret}\
             \n\nSi no lo ha pedido, no haga caso de este correo.",
        ),
        AccountMail::EmailChanged => (
            "Su dirección de correo ha cambiado",
            "La dirección de correo de su cuenta con {practice} ha cambiado. Los correos van desde ahora a la nueva.\
             \n\nSi no fue usted, llame enseguida al consultorio.",
        ),
        AccountMail::PasswordChanged => (
            "Su contraseña ha cambiado",
            "La contraseña de su cuenta con {practice} ha cambiado, y se ha cerrado la sesión en los demás \
             dispositivos.\n\nSi no fue usted, elija enseguida una contraseña nueva:\n\n{secret}",
        ),
        AccountMail::FactorsChanged => (
            "Su segundo factor ha cambiado",
            "Un segundo factor o los códigos de recuperación de su cuenta con {practice} han cambiado.\n\nSi no fue \
             usted, cambie enseguida su contraseña y avise al consultorio:\n\n{secret}",
        ),
        AccountMail::FactorsRemoved => (
            "Hemos quitado su segundo factor",
            "{practice} ha quitado el segundo factor de su cuenta, porque alguien pidió ayuda para entrar. Puede \
             configurar uno nuevo al entrar:\n\n{secret}\n\nSi no lo ha pedido, avise enseguida al consultorio.",
        ),
        AccountMail::NewDevice => (
            "Nuevo inicio de sesión en su cuenta",
            "Alguien ha entrado en su cuenta con {practice} desde un dispositivo que no conocíamos.\n\nSi fue usted, \
             no tiene que hacer nada. Si no, entre, cierre las demás sesiones y cambie su contraseña:\n\n{secret}",
        ),
        AccountMail::RecoveryCodeUsed => (
            "Se ha usado un código de recuperación",
            "Se ha usado un código de recuperación para entrar en su cuenta con {practice}. No volverá a servir.\n\nSi \
             no fue usted, cambie enseguida su contraseña y avise al consultorio:\n\n{secret}",
        ),
        AccountMail::SessionStolen => (
            "Hemos cerrado una de sus sesiones",
            "Hemos cerrado una sesión de su cuenta con {practice}, porque una copia se usó desde otro lugar. Entre de \
             nuevo, revise sus demás sesiones y cambie su contraseña:\n\n{secret}",
        ),
        AccountMail::EmergencyAccess => (
            "Se ha usado el acceso de emergencia",
            "Una persona del personal de {practice} ha iniciado el acceso de emergencia y puede ver todas las \
             categorías durante una hora. Revíselo, por favor:\n\n{secret}",
        ),
        AccountMail::StaffEmailChanged => (
            "Su dirección de correo ha cambiado",
            "{practice} ha cambiado la dirección de correo de su cuenta en Threadwell. Desde ahora usted entra con la \
             nueva, y los correos van a ella.\n\nSi no lo ha pedido, avise enseguida a la administración de {practice}.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use threadwell_domain::{AccountId, Phi, StaffId};

    fn address(language: &str) -> MailAddress {
        MailAddress {
            email: Phi::new("canary@example.org"),
            language: language.to_owned(),
            practice_slug: "riverside".to_owned(),
            practice_name: "Riverside Dermatology".to_owned(),
            first_name: Some(Phi::new("Canary")),
        }
    }

    fn mail(what: AccountMail, to: MailTo, language: &str, secret: Option<&str>) -> OutgoingMail {
        let links = Links { origin: "https://messages.example.org".to_owned() };
        account_mail(Uuid::nil(), what, to, &address(language), (&links, secret))
    }

    const ACCOUNT: MailTo = MailTo::Person(Recipient::Account(AccountId::new(Uuid::nil())));
    const STAFF: MailTo = MailTo::Person(Recipient::Staff(StaffId::new(Uuid::nil())));

    #[test]
    fn no_mail_names_its_reader_or_leaves_a_blank_open() {
        for what in AccountMail::ALL {
            for (to, language) in [(ACCOUNT, "en"), (ACCOUNT, "es-MX"), (STAFF, "en"), (STAFF, "es")] {
                let mail = mail(what, to, language, Some("l1.x.y"));
                assert!(!mail.text.to_lowercase().contains("canary"), "{what:?}");
                assert!(!mail.text.contains('{') && !mail.subject.contains('{'), "{what:?}");
                assert!(mail.text.ends_with("\n") && !mail.subject.is_empty(), "{what:?}");
            }
        }
    }

    #[test]
    fn a_link_carries_its_secret_behind_the_hash() {
        let staff = mail(AccountMail::StaffInvitation, STAFF, "en", Some("l1.a.b"));
        assert!(staff.text.contains("https://messages.example.org/invitation#l1.a.b\n"));
        let patient = mail(AccountMail::PasswordReset, ACCOUNT, "es", Some("l1.a.b"));
        assert!(
            patient.text.contains("https://messages.example.org/portal/riverside/reset-password#l1.a.b\n")
        );
    }

    #[test]
    fn an_invitation_promises_what_the_grant_gives() {
        for (language, write) in [("en", "write"), ("es", "escribir")] {
            let text = |what| mail(what, ACCOUNT, language, Some("l1.a.b")).text;
            assert!(text(AccountMail::ProxyInvitation).contains(write), "{language}");
            assert!(!text(AccountMail::ReaderInvitation).contains(write), "{language}");
            assert!(text(AccountMail::ReaderInvitation).contains("/portal/riverside/invitation#l1.a.b\n"));
        }
    }

    #[test]
    fn a_code_stands_alone() {
        let mail = mail(AccountMail::ActivationCode, ACCOUNT, "en", Some("01234567"));
        assert!(mail.text.contains("\n\n01234567\n\n") && !mail.text.contains('#'));
    }

    #[test]
    fn codes_of_mails_round_trip() {
        for what in AccountMail::ALL {
            assert_eq!(AccountMail::from_code(what.code()), Some(what));
        }
        assert_eq!(AccountMail::from_code(17), None);
    }
}
