//! Closed sets of words, each tied to the domain's enum in both directions.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use threadwell_application::accounts::factors;
use threadwell_application::{admin, ports};
use threadwell_domain::{access, attachment, message, practice, thread};
use utoipa::ToSchema;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident = $domain:ty { $($variant:ident $word:tt),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
        pub(crate) enum $name {
            $(#[serde(rename = $word)] $variant,)*
        }

        // Written out, because the derived one would also take an object with the word as its only member.
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match Cow::<str>::deserialize(deserializer)?.as_ref() {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(D::Error::custom("not one of the words")),
                }
            }
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                match value {
                    $(<$domain>::$variant => Self::$variant,)*
                }
            }
        }

        impl From<$name> for $domain {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => Self::$variant,)*
                }
            }
        }
    };
}

words! {
    /// Where a thread stands.
    Status = thread::Status {
        Open "open",
        InProgress "in-progress",
        WaitingPatient "waiting-patient",
        WaitingProvider "waiting-provider",
        Closed "closed",
    }
}

words! {
    /// A kind of second factor.
    FactorKind = ports::FactorKind { OneTimeCode "totp", Passkey "passkey" }
}

words! {
    /// How a second factor is proved.
    ProofMethod = factors::ProofMethod { OneTimeCode "totp", Passkey "passkey", RecoveryCode "recovery_code" }
}

words! {
    /// How somebody signed in steps up.
    StepUpMethod = factors::StepUpMethod { OneTimeCode "totp", Passkey "passkey", Password "password" }
}

words! {
    /// How soon a thread wants an answer.
    Priority = thread::Priority { Low "low", Normal "normal", High "high", Urgent "urgent" }
}

words! {
    /// What a thread is about.
    Category = thread::Category {
        General "general",
        Prescription "prescription",
        Appointment "appointment",
        Billing "billing",
        Medical "medical",
        Other "other",
    }
}

words! {
    /// What follows a reply in the same breath.
    Afterwards = thread::Afterwards { Close "close", WaitForProvider "wait-for-provider" }
}

words! {
    /// What the words of a draft are to become.
    DraftKind = message::DraftKind { Reply "reply", Note "note" }
}

words! {
    /// What a member of the staff is to the practice.
    Role = access::Role {
        Admin "admin",
        Provider "provider",
        Nurse "nurse",
        MedicalAssistant "medical_assistant",
        FrontDesk "front_desk",
        Billing "billing",
        Auditor "auditor",
    }
}

words! {
    /// Which side a message comes from.
    SenderType = message::SenderKind { Patient "patient", Staff "staff", System "system" }
}

words! {
    /// What the holder of an account is to the patient.
    Relationship = access::Relationship { Myself "self", Guardian "guardian", Caregiver "caregiver" }
}

words! {
    /// How far a grant goes.
    Scope = access::GrantScope { Read "read", ReadWrite "write" }
}

words! {
    /// Where a member of the staff stands.
    UserState = ports::UserState { Active "active", Invited "invited", Deactivated "deactivated" }
}

words! {
    /// Whether a patient has a way into the portal.
    PortalAccess = ports::PortalAccess { None "none", Invited "invited", Active "active" }
}

words! {
    /// The colour of the portal.
    Accent = practice::Accent { Violet "violet", Blue "blue", Teal "teal", Green "green", Slate "slate" }
}

words! {
    /// What becomes of a line of invitations.
    InvitationOutcome = admin::bulk_invitations::Outcome {
        Invite "invite",
        AlreadyHasAccount "already_has_account",
        AlreadyInvited "already_invited",
        NoSuchPatient "no_such_patient",
        NoEmail "no_email",
        AddressOfAnother "address_of_another",
        Duplicate "duplicate",
        Malformed "malformed",
    }
}

words! {
    /// What a role allows; apps leave out what is not in the list.
    Operation = access::Operation {
        ReadSelf "read_self",
        ListThreads "list_threads",
        ReadThread "read_thread",
        StartThread "start_thread",
        Reply "reply",
        Note "note",
        Assign "assign",
        SetStatus "set_status",
        SendForReview "send_for_review",
        Approve "approve",
        SetPriority "set_priority",
        EditThread "edit_thread",
        Close "close",
        Reopen "reopen",
        Archive "archive",
        UseCanned "use_canned",
        ManageCanned "manage_canned",
        SearchPatients "search_patients",
        Search "search",
        ReadSearchSettings "read_search_settings",
        ManageSearch "manage_search",
        ListStaff "list_staff",
        ManageTeams "manage_teams",
        KeepViews "keep_views",
        ReadAutoReplies "read_auto_replies",
        ManageAutoReplies "manage_auto_replies",
        ManageUsers "manage_users",
        ManagePatients "manage_patients",
        ManagePractice "manage_practice",
        BreakGlass "break_glass",
        ReviewEmergencyAccess "review_emergency_access",
    }
}

words! {
    /// Why a file was refused.
    FileRefusal = attachment::ContentRefusal {
        KindNotAllowed "file_type_not_allowed",
        KindMismatch "file_type_mismatch",
        ActiveContent "active_content",
        Encrypted "encrypted_file",
        PictureTooLarge "image_too_large",
        ArchiveRejected "archive_rejected",
        Malware "malware_detected",
    }
}

/// Whether the encrypted texts were readable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Integrity {
    /// All of them.
    Ok,
    /// At least one was altered, moved or sealed with another key.
    Failed,
}

impl Integrity {
    /// Sums up several texts.
    pub(crate) const fn of(all_intact: bool) -> Self {
        if all_intact { Self::Ok } else { Self::Failed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_and_the_domain_use_the_same_words() {
        let word = |value: &dyn erased::Word| value.word();
        for status in thread::Status::ALL {
            assert_eq!(word(&Status::from(status)), status.name());
        }
        for category in thread::Category::ALL {
            assert_eq!(word(&Category::from(category)), category.name());
        }
        for priority in thread::Priority::ALL {
            assert_eq!(word(&Priority::from(priority)), priority.name());
        }
        for role in access::Role::ALL {
            assert_eq!(word(&Role::from(role)), role.name());
        }
        for operation in access::Operation::ALL.iter().copied() {
            assert_eq!(word(&Operation::from(operation)), operation.name());
        }
        for relationship in access::Relationship::ALL {
            assert_eq!(word(&Relationship::from(relationship)), relationship.name());
        }
        for refusal in attachment::ContentRefusal::ALL {
            assert_eq!(word(&FileRefusal::from(refusal)), refusal.name());
        }
        for accent in practice::Accent::ALL {
            assert_eq!(word(&Accent::from(accent)), accent.name());
        }
        for kind in message::SenderKind::ALL {
            assert_eq!(word(&SenderType::from(kind)), kind.name());
        }
    }

    mod erased {
        pub(super) trait Word {
            fn word(&self) -> String;
        }

        impl<T: serde::Serialize> Word for T {
            fn word(&self) -> String {
                serde_json::to_value(self).unwrap().as_str().unwrap().to_owned()
            }
        }
    }
}
