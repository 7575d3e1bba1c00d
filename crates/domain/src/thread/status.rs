//! The status table of product.md "Thread": what each event makes of each status.

use crate::access::Role;

/// Where a thread stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// Waits for somebody of the staff to take it.
    Open,
    /// Somebody of the staff works on it.
    InProgress,
    /// Staff answered; the patient is next.
    WaitingPatient,
    /// A provider is asked to answer or approve.
    WaitingProvider,
    /// Finished.
    Closed,
}

/// Why a status may not become another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StatusRefusal {
    /// The table has no such step.
    #[error("the thread cannot go from {} to {}", .from.name(), .to.name())]
    Illegal {
        /// Where the thread stands.
        from: Status,
        /// Where it was to go.
        to: Status,
    },
    /// The step exists, but not for this role.
    #[error("this step needs a right that the role does not have")]
    NotForRole,
}

impl Status {
    /// All of them, in the order of a thread's life.
    pub const ALL: [Self; 5] =
        [Self::Open, Self::InProgress, Self::WaitingPatient, Self::WaitingProvider, Self::Closed];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in-progress",
            Self::WaitingPatient => "waiting-patient",
            Self::WaitingProvider => "waiting-provider",
            Self::Closed => "closed",
        }
    }

    /// The status of that exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::Open => 0,
            Self::InProgress => 1,
            Self::WaitingPatient => 2,
            Self::WaitingProvider => 3,
            Self::Closed => 4,
        }
    }

    /// The status of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// After somebody (a person or a team) was assigned.
    #[must_use]
    pub const fn after_assignment(self) -> Self {
        match self {
            Self::Open => Self::InProgress,
            Self::InProgress | Self::WaitingPatient | Self::WaitingProvider | Self::Closed => self,
        }
    }

    /// After a public reply by staff. What waits for a provider moves on only when an approver wrote.
    ///
    /// # Errors
    /// A closed thread takes no reply.
    pub const fn after_staff_reply(self, role: Role) -> Result<Self, StatusRefusal> {
        match self {
            Self::Open | Self::InProgress | Self::WaitingPatient => Ok(Self::WaitingPatient),
            Self::WaitingProvider if role.may_approve() => Ok(Self::WaitingPatient),
            Self::WaitingProvider => Ok(Self::WaitingProvider),
            Self::Closed => Err(StatusRefusal::Illegal { from: self, to: Self::WaitingPatient }),
        }
    }

    /// After a message of the patient to a thread that is not closed.
    #[must_use]
    pub const fn after_patient_reply(self) -> Self {
        match self {
            Self::WaitingPatient => Self::InProgress,
            Self::Open | Self::InProgress | Self::WaitingProvider | Self::Closed => self,
        }
    }

    /// After staff set `to` by hand. The same status again changes nothing.
    ///
    /// # Errors
    /// Into and out of closed are acts of their own; approving and sending for review need the right.
    pub const fn set_by_hand(self, to: Self, role: Role) -> Result<Self, StatusRefusal> {
        match (self, to) {
            (Self::Closed, _) | (_, Self::Closed) => Err(StatusRefusal::Illegal { from: self, to }),
            (Self::WaitingProvider, Self::WaitingPatient) if !role.may_approve() => {
                Err(StatusRefusal::NotForRole)
            }
            (Self::Open | Self::InProgress | Self::WaitingPatient, Self::WaitingProvider)
                if !role.may_send_for_review() =>
            {
                Err(StatusRefusal::NotForRole)
            }
            _ => Ok(to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Status::{Closed, InProgress, Open, WaitingPatient, WaitingProvider};
    use super::*;

    #[test]
    fn names_and_codes_round_trip() {
        for status in Status::ALL {
            assert_eq!(Status::from_name(status.name()), Some(status));
            assert_eq!(Status::from_code(status.code()), Some(status));
        }
        for name in ["Closed", "OPEN ", "", "in_progress"] {
            assert_eq!(Status::from_name(name), None, "{name:?}");
        }
    }

    #[test]
    fn assignment_takes_an_open_thread_into_progress_and_moves_no_other() {
        for (from, to) in [
            (Open, InProgress),
            (InProgress, InProgress),
            (WaitingPatient, WaitingPatient),
            (WaitingProvider, WaitingProvider),
            (Closed, Closed),
        ] {
            assert_eq!(from.after_assignment(), to);
        }
    }

    #[test]
    fn a_staff_reply_waits_for_the_patient_unless_a_provider_is_asked() {
        for role in Role::ALL {
            for from in [Open, InProgress, WaitingPatient] {
                assert_eq!(from.after_staff_reply(role), Ok(WaitingPatient), "{from:?} {role:?}");
            }
            let expected =
                if matches!(role, Role::Admin | Role::Provider) { WaitingPatient } else { WaitingProvider };
            assert_eq!(WaitingProvider.after_staff_reply(role), Ok(expected), "{role:?}");
            assert!(matches!(Closed.after_staff_reply(role), Err(StatusRefusal::Illegal { .. })));
        }
    }

    #[test]
    fn a_patient_reply_moves_only_what_waited_for_the_patient() {
        for (from, to) in [
            (Open, Open),
            (InProgress, InProgress),
            (WaitingPatient, InProgress),
            (WaitingProvider, WaitingProvider),
        ] {
            assert_eq!(from.after_patient_reply(), to);
        }
    }

    #[test]
    fn setting_by_hand_follows_the_table_for_every_role() {
        for role in Role::ALL {
            for from in Status::ALL {
                for to in Status::ALL {
                    let approver = matches!(role, Role::Admin | Role::Provider);
                    let reviewer = approver || matches!(role, Role::Nurse | Role::MedicalAssistant);
                    let expected = if from == Closed || to == Closed {
                        Err(StatusRefusal::Illegal { from, to })
                    } else if (from, to) == (WaitingProvider, WaitingPatient) && !approver
                        || from != WaitingProvider && to == WaitingProvider && !reviewer
                    {
                        Err(StatusRefusal::NotForRole)
                    } else {
                        Ok(to)
                    };
                    assert_eq!(from.set_by_hand(to, role), expected, "{role:?}: {from:?} to {to:?}");
                }
            }
        }
    }
}
