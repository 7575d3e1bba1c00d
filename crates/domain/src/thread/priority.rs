//! How soon a thread wants an answer.

use super::Category;

/// The priority of a thread, lowest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Priority {
    /// When there is time.
    Low,
    /// In turn.
    Normal,
    /// Before the others.
    High,
    /// Now.
    Urgent,
}

impl Priority {
    /// All of them, lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority of that exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.name() == name)
    }

    /// A stable small number for storage; orders as the priorities do.
    pub const fn code(self) -> i16 {
        match self {
            Self::Low => 0,
            Self::Normal => 1,
            Self::High => 2,
            Self::Urgent => 3,
        }
    }

    /// The priority of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.code() == code)
    }
}

/// The priority that a thread gets when a patient starts it, for each category (tenant-editable).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AutoPriority([Priority; 6]);

impl AutoPriority {
    /// Priorities in the order of [`Category::ALL`].
    pub const fn new(priorities: [Priority; 6]) -> Self {
        Self(priorities)
    }

    /// The priority for a category.
    pub const fn for_category(self, category: Category) -> Priority {
        let [general, prescription, appointment, billing, medical, other] = self.0;
        match category {
            Category::General => general,
            Category::Prescription => prescription,
            Category::Appointment => appointment,
            Category::Billing => billing,
            Category::Medical => medical,
            Category::Other => other,
        }
    }
}

impl Default for AutoPriority {
    /// The defaults of product.md "Thread".
    fn default() -> Self {
        use Priority::{High, Low, Normal};
        Self([Low, Normal, Normal, Low, High, Normal])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_those_of_the_product() {
        let expected = [
            (Category::General, Priority::Low),
            (Category::Prescription, Priority::Normal),
            (Category::Appointment, Priority::Normal),
            (Category::Billing, Priority::Low),
            (Category::Medical, Priority::High),
            (Category::Other, Priority::Normal),
        ];
        for (category, priority) in expected {
            assert_eq!(AutoPriority::default().for_category(category), priority, "{category:?}");
        }
    }

    #[test]
    fn names_and_codes_round_trip_and_keep_the_order() {
        for pair in Priority::ALL.windows(2) {
            assert!(pair[0] < pair[1] && pair[0].code() < pair[1].code());
        }
        for priority in Priority::ALL {
            assert_eq!(Priority::from_name(priority.name()), Some(priority));
            assert_eq!(Priority::from_code(priority.code()), Some(priority));
        }
        assert_eq!(Priority::from_name("URGENT"), None);
    }
}
