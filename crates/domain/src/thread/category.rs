//! What a thread is about.

/// The category that a patient or the staff chose (product.md "Thread").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Category {
    /// Anything without a category of its own that the front desk can answer.
    General,
    /// Refills and questions about a prescription.
    Prescription,
    /// Making, moving or cancelling an appointment.
    Appointment,
    /// Bills and insurance.
    Billing,
    /// A health question.
    Medical,
    /// Everything else.
    Other,
}

impl Category {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::General, Self::Prescription, Self::Appointment, Self::Billing, Self::Medical, Self::Other];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Prescription => "prescription",
            Self::Appointment => "appointment",
            Self::Billing => "billing",
            Self::Medical => "medical",
            Self::Other => "other",
        }
    }

    /// The category of that exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }

    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::General => 0,
            Self::Prescription => 1,
            Self::Appointment => 2,
            Self::Billing => 3,
            Self::Medical => 4,
            Self::Other => 5,
        }
    }

    /// The category of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }
}

/// A set of categories: what a role sees, what a team answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct CategorySet(u8);

impl CategorySet {
    /// No category at all.
    pub const NONE: Self = Self(0);
    /// Every category.
    pub const ALL: Self = Self(0b11_1111);

    /// The set of exactly these.
    pub const fn of(categories: &[Category]) -> Self {
        let mut bits = 0;
        let mut rest = categories;
        while let [first, tail @ ..] = rest {
            bits |= 1 << first.code();
            rest = tail;
        }
        Self(bits)
    }

    /// Whether the category is in the set.
    pub const fn contains(self, category: Category) -> bool {
        self.0 & (1 << category.code()) != 0
    }

    /// What is in both.
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members, in display order.
    pub fn iter(self) -> impl Iterator<Item = Category> {
        Category::ALL.into_iter().filter(move |category| self.contains(*category))
    }

    /// The set as bits for storage; bit n stands for the category with code n.
    pub const fn bits(self) -> i16 {
        self.0 as i16
    }

    /// The set that these bits stand for; unknown bits are an error of storage and give `None`.
    pub fn from_bits(bits: i16) -> Option<Self> {
        u8::try_from(bits).ok().filter(|bits| bits & !Self::ALL.0 == 0).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_unique_and_round_trip() {
        for category in Category::ALL {
            assert_eq!(Category::from_name(category.name()), Some(category));
            assert_eq!(Category::from_code(category.code()), Some(category));
        }
        assert_eq!(Category::from_name("Billing"), None);
        assert_eq!(Category::from_code(6), None);
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set = CategorySet::of(&[Category::Billing, Category::Other]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Category::Billing, Category::Other]);
        assert_eq!(CategorySet::from_bits(set.bits()), Some(set));
        assert_eq!(CategorySet::from_bits(64), None);
        assert_eq!(CategorySet::ALL.iter().count(), 6);
        assert!(CategorySet::NONE.is_empty());
    }
}
