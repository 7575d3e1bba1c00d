//! Texts of about the length that patients and staff write.

/// SplitMix64: the same data on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) const fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }

    fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let place = usize::try_from(self.below(words.len() as u64)).unwrap_or(0);
        words.get(place).copied().unwrap_or("skin")
    }
}

const WORDS: [&str; 64] = [
    "the",
    "rash",
    "on",
    "my",
    "arm",
    "started",
    "after",
    "new",
    "cream",
    "and",
    "it",
    "itches",
    "at",
    "night",
    "could",
    "you",
    "send",
    "a",
    "refill",
    "to",
    "pharmacy",
    "please",
    "appointment",
    "next",
    "week",
    "morning",
    "insurance",
    "says",
    "that",
    "bill",
    "is",
    "not",
    "paid",
    "yet",
    "doctor",
    "looked",
    "mole",
    "back",
    "larger",
    "than",
    "before",
    "no",
    "fever",
    "but",
    "red",
    "around",
    "edge",
    "bandage",
    "stays",
    "dry",
    "until",
    "tomorrow",
    "thank",
    "for",
    "quick",
    "answer",
    "we",
    "will",
    "see",
    "in",
    "two",
    "days",
    "ointment",
    "twice",
];

const TOPICS: [&str; 24] = [
    "refill",
    "rash",
    "appointment",
    "billing",
    "biopsy",
    "eczema",
    "acne",
    "mole",
    "itching",
    "cream",
    "insurance",
    "results",
    "stitches",
    "sunscreen",
    "psoriasis",
    "allergy",
    "wound",
    "injection",
    "form",
    "question",
    "visit",
    "tablets",
    "referral",
    "scalp",
];

const FIRST: [&str; 32] = [
    "Ana",
    "Ben",
    "Carla",
    "Dora",
    "Emil",
    "Fatima",
    "George",
    "Hiroshi",
    "Ingrid",
    "Jamal",
    "Katarzyna",
    "Luis",
    "Mabel",
    "Noor",
    "Olga",
    "Pedro",
    "Quinn",
    "Rosa",
    "Samir",
    "Tanisha",
    "Umar",
    "Valentina",
    "Wei",
    "Ximena",
    "Yusuf",
    "Zoe",
    "Aoife",
    "Kwame",
    "Priya",
    "Jordan",
    "Helen",
    "Amara",
];

const LAST: [&str; 32] = [
    "Silva",
    "Okafor",
    "Mendes",
    "Klein",
    "Hartmann",
    "Haddad",
    "Papadopoulos",
    "Lindqvist",
    "Johansson",
    "Delacroix",
    "Brandt",
    "Rodriguez",
    "Thornton",
    "Farouk",
    "Petrenko",
    "Fitzgerald",
    "OSullivan",
    "Xu",
    "Goldberg",
    "Brooks",
    "Demir",
    "Castellanos",
    "Wang",
    "Zimmermann",
    "Rahimi",
    "Venkataraman",
    "Nakamura",
    "Asante",
    "Whitfield",
    "Lee",
    "Zhou",
    "Quispe",
];

/// Words beside the common ones.
const RANKS: f64 = 20_000.0;
/// Of a hundred words of a message, so many are of these.
const RANKED_OF_100: u64 = 30;
const SYLLABLES: [&str; 16] =
    ["ba", "ke", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "to", "vu", "za"];

/// The word of a rank: as rank grows, ever fewer messages hold it (rank 20 one in twenty, rank 2,000 one in 2,000).
pub(crate) fn ranked(rank: u64) -> String {
    // An odd factor makes of each number another one, so that neighbours do not begin alike.
    let mixed = (rank.wrapping_mul(40_503)) & 0xFFFF;
    let syllable = |shift: u64| {
        let place = usize::try_from(mixed >> shift & 0xF).unwrap_or(0);
        SYLLABLES.get(place).copied().unwrap_or("ba")
    };
    [12, 8, 4, 0].map(syllable).concat() + "x"
}

/// A message of about 200 characters.
pub(crate) fn body(dice: &mut Dice) -> String {
    let length = 120 + usize::try_from(dice.below(160)).unwrap_or(0);
    let mut text = String::with_capacity(length + 16);
    while text.len() < length {
        if !text.is_empty() {
            text.push(' ');
        }
        if dice.below(100) < RANKED_OF_100 {
            let share = dice.below(1 << 30) as f64 / f64::from(1_u32 << 30);
            text.push_str(&ranked((share * RANKS.ln()).exp() as u64));
        } else {
            text.push_str(dice.word(&WORDS));
        }
    }
    text.push('.');
    text
}

/// A subject of three words.
pub(crate) fn subject(dice: &mut Dice) -> String {
    format!("{} {} {}", dice.word(&TOPICS), dice.word(&WORDS), dice.word(&TOPICS))
}

/// A name.
pub(crate) fn name(dice: &mut Dice) -> String {
    format!("{} {}-{}", dice.word(&FIRST), dice.word(&LAST), dice.word(&LAST))
}
