use std::time::Instant;

use threadwell_crypto::{
    RootKey,
    passwords::{Password, PasswordRefusal, Passwords},
};

const COST: u32 = 4;

fn passwords() -> Passwords {
    Passwords::from_root(&RootKey::from_bytes(&[5; 32]), COST)
}

fn password(typed: &str) -> Password {
    Password::parse(typed).unwrap()
}

#[test]
fn a_password_verifies_against_its_own_hash() {
    let passwords = passwords();
    let hash = passwords.hash(&password("threadwell-demo-2026")).unwrap();
    assert!(hash.starts_with("$2b$04$"), "{hash}");
    assert!(passwords.verify(&password("threadwell-demo-2026"), Some(&hash)));
    assert!(!passwords.verify(&password("threadwell-demo-2027"), Some(&hash)));
    assert_ne!(hash, passwords.hash(&password("threadwell-demo-2026")).unwrap(), "salts differ");
}

#[test]
fn nothing_of_a_long_password_is_cut() {
    let passwords = passwords();
    let typed: Vec<char> = "é".repeat(128).chars().collect();
    let hash = passwords.hash(&password(&typed.iter().collect::<String>())).unwrap();
    for at in 0..typed.len() {
        let mut other = typed.clone();
        other[at] = 'e';
        assert!(
            !passwords.verify(&password(&other.iter().collect::<String>()), Some(&hash)),
            "character {at}"
        );
    }
}

#[test]
fn composed_and_decomposed_forms_are_one_password() {
    let passwords = passwords();
    for (set, typed) in [("Zoë-schlüssel", "Zoe\u{308}-schlu\u{308}ssel"), ("ﬁne ２０２６", "fine 2026")]
    {
        let hash = passwords.hash(&password(set)).unwrap();
        assert!(passwords.verify(&password(typed), Some(&hash)), "{set}");
    }
}

#[test]
fn limits_are_checked_before_hashing() {
    let refusal = |typed: &str| Password::parse(typed).map(|_| ()).unwrap_err();
    let started = Instant::now();
    assert_eq!(refusal(""), PasswordRefusal::Empty);
    assert_eq!(refusal(&"a".repeat(129)), PasswordRefusal::TooLong);
    assert_eq!(refusal(&"a".repeat(1 << 20)), PasswordRefusal::TooLong);
    assert_eq!(refusal("good\0evil"), PasswordRefusal::HoldsNul);
    assert!(started.elapsed().as_millis() < 50);
    assert!(Password::parse(&"𝒂".repeat(128)).is_ok(), "code points, not bytes");
    assert_eq!(format!("{:?}", password("secret")), "Password(…)");
}

#[test]
fn another_pepper_verifies_nothing() {
    let hash = passwords().hash(&password("correct horse")).unwrap();
    let other = Passwords::with_pepper(&[6; 32], COST);
    assert!(!other.verify(&password("correct horse"), Some(&hash)));
}

#[test]
fn an_unknown_account_costs_what_a_known_one_does() {
    let passwords = Passwords::from_root(&RootKey::from_bytes(&[5; 32]), 10);
    let hash = passwords.hash(&password("correct horse")).unwrap();
    let median_micros = |stored: Option<&str>| {
        let mut times: Vec<_> = (0..9)
            .map(|_| {
                let started = Instant::now();
                assert!(!passwords.verify(&password("wrong horse"), stored));
                started.elapsed().as_micros()
            })
            .collect();
        times.sort_unstable();
        times[4]
    };
    let (known, unknown) = (median_micros(Some(&hash)), median_micros(None));
    // Loose, since tests share the machine; the class of work is what is asserted: without the dummy it is near zero.
    assert!(unknown * 2 > known && known * 2 > unknown, "known {known} µs, unknown {unknown} µs");
}

#[test]
fn damaged_hashes_verify_nothing() {
    let passwords = passwords();
    for stored in [
        "",
        "x",
        "$2b$31$",
        "$2b$04$short",
        "$1$abc$def",
        &"$".repeat(60),
        &format!("$2b$31${}", ".".repeat(53)),
    ] {
        assert!(!passwords.verify(&password("x"), Some(stored)), "{stored}");
    }
}

#[test]
fn a_change_of_cost_asks_for_a_new_hash() {
    let hash = passwords().hash(&password("x")).unwrap();
    assert!(!passwords().needs_rehash(&hash));
    assert!(Passwords::with_pepper(&[1; 32], 5).needs_rehash(&hash));
    assert!(passwords().needs_rehash("damaged"));
}

/// A guess costs whoever has a hash as much as it costs the server: long enough for that, and short enough to sign in.
#[test]
fn a_hash_of_the_default_cost_takes_forty_to_two_hundred_and_fifty_milliseconds() {
    let passwords = Passwords::from_root(&RootKey::from_bytes(&[5; 32]), 12);
    let password = Password::parse("correct horse battery staple").unwrap();
    let time = || {
        let begun = Instant::now();
        passwords.hash(&password).unwrap();
        begun.elapsed()
    };
    // Whatever else the machine does only adds to it: the shortest of several is the hash's own.
    let shortest = (0..7).map(|_| time()).min().unwrap();
    assert!((40..=250).contains(&shortest.as_millis()), "{shortest:?}");
}
