//! The staff's roles.

use crate::thread::{Category, CategorySet};

/// What a member of the staff is to the practice (product.md "People").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Runs the practice's installation; may do everything.
    Admin,
    /// A physician or another who may approve.
    Provider,
    /// A nurse.
    Nurse,
    /// A medical assistant.
    MedicalAssistant,
    /// The reception.
    FrontDesk,
    /// The billing department.
    Billing,
    /// Reads the audit and reports, never a message.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Admin,
        Self::Provider,
        Self::Nurse,
        Self::MedicalAssistant,
        Self::FrontDesk,
        Self::Billing,
        Self::Auditor,
    ];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Provider => "provider",
            Self::Nurse => "nurse",
            Self::MedicalAssistant => "medical_assistant",
            Self::FrontDesk => "front_desk",
            Self::Billing => "billing",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::Admin => 0,
            Self::Provider => 1,
            Self::Nurse => 2,
            Self::MedicalAssistant => 3,
            Self::FrontDesk => 4,
            Self::Billing => 5,
            Self::Auditor => 6,
        }
    }

    /// The role of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The categories whose threads the role sees unless the practice decided otherwise.
    pub const fn default_categories(self) -> CategorySet {
        match self {
            Self::Admin | Self::Provider | Self::Nurse | Self::MedicalAssistant => CategorySet::ALL,
            Self::FrontDesk => CategorySet::of(&[Category::Appointment, Category::General, Category::Other]),
            Self::Billing => CategorySet::of(&[Category::Billing]),
            Self::Auditor => CategorySet::NONE,
        }
    }

    /// Whether the role answers what waits for a provider.
    pub const fn may_approve(self) -> bool {
        matches!(self, Self::Admin | Self::Provider)
    }

    /// Whether the role may ask a provider.
    pub const fn may_send_for_review(self) -> bool {
        matches!(self, Self::Admin | Self::Provider | Self::Nurse | Self::MedicalAssistant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_round_trip() {
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.name()), Some(role));
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_name("Admin"), None);
    }
}
