//! Values that an installation has stored, from fixed keys. What fails here would make stored data unreadable or
//! unfindable: it needs a new format version or scope, and a migration, not a new expectation.

use threadwell_crypto::{
    BlindIndex, Place, Purpose, RootKey, Scope, TenantKey,
    access_tokens::AccessTokenSigner,
    blob::{Identity, Opener},
    envelope,
    passwords::{Password, Passwords},
    refresh::RefreshToken,
};
use uuid::Uuid;

use crate::tenant;

fn stored_key(purpose: Purpose) -> TenantKey {
    TenantKey::from_material(tenant(1), purpose, 1, &[0x11; 32])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn a_stored_field_still_opens() {
    let place = Place { tenant: tenant(1), table: "message", column: "body", row: Uuid::from_u128(42) };
    let opened = envelope::open(&stored_key(Purpose::Fields), &place, &unhex("010001447076b14a06b522ce6c59d13338a65ab948d283d7c63e2fc437dc6ab2a43dba1565655f213dfc8f35d0a0c60ef2")).unwrap();
    assert_eq!(opened, b"acne since May");
}

#[test]
fn stored_files_still_open() {
    let identity = Identity { tenant: tenant(1), attachment: Uuid::from_u128(42), name: [0x33; 16] };
    let stored: [(&str, &[u8]); 2] = [
        (
            "01000102030405060708090a0b0c0d0e0f94b83f0f6b59a0c2523ac9c7eda0722aa78a1300e093179e98eaa6de111b",
            b"acne since May",
        ),
        ("01000102030405060708090a0b0c0d0e0fc36f7d243141df580f36fbe5768f0fdb", b""),
    ];
    for (sealed, plain) in stored {
        let size = plain.len() as u64;
        let mut opener = Opener::new(&[0x11; 32], &identity, size, 0..size).unwrap();
        let mut opened = Vec::new();
        opener.push(&unhex(sealed), &mut opened).unwrap();
        opener.finish().unwrap();
        assert_eq!(opened, plain);
    }
}

#[test]
fn a_stored_wrapped_key_still_opens() {
    let root = RootKey::from_bytes(&[0x22; 32]);
    let key = root.unwrap(tenant(1), Purpose::Fields, 1, &unhex("0139dd95cb1f54e005f04e79d5569bf98629dc05a1a0e5117dae860dcb34eb1c7598adb0b20813f5a51fb6597b233ebd4d23ef0408a330544a74ebcde7c9eeeff0e6e491f9050af149")).unwrap();
    assert_eq!(key.material(), &[0x11; 32]);
}

#[test]
fn stored_hashes_are_still_found() {
    let index = BlindIndex::new(&stored_key(Purpose::Search)).unwrap();
    let hash = hex(&index.hash(Scope::PORTAL_EMAIL, "ana.silva@example.org"));
    assert_eq!(hash, "30d076aefb21065ce1aa6e50ea064737c8b6a22436c9ed8e9007c2ae32be5a24");
    assert_eq!(index.token(Scope::THREAD_SUBJECT, "refill"), 5815686849095905245);
}

#[test]
fn stored_refresh_tokens_are_still_found() {
    let key = stored_key(Purpose::Tokens);
    let text = format!("v1.{}.{}", tenant(1), "A".repeat(43));
    let token = RefreshToken::parse(&text).unwrap();
    assert_eq!(
        hex(&token.stored_hash(&key).unwrap()),
        "f1517233f2250d20d22a0339c83f049eef7b324b7b52c085f5c1d9e4ca521aa4"
    );
    let successor = token.successor(&key).unwrap().expose();
    assert_eq!(successor.rsplit('.').next(), Some("r8ZvIGcnTf6b8j_SxtpPldKhTglN6ri7YBUeYf2mhbE"));
}

#[test]
fn stored_passwords_still_verify() {
    let passwords = Passwords::from_root(&RootKey::from_bytes(&[0x22; 32]), 4);
    let password = Password::parse("threadwell-demo-2026").unwrap();
    assert!(
        passwords.verify(&password, Some("$2b$04$gLD9yhZ.9/vW0Ar.ImkNN.MhLGjLFaomyrwZwgmKrueU2QIXee8i."))
    );
}

#[test]
fn tokens_of_the_other_node_still_verify() {
    let signer = AccessTokenSigner::new(&RootKey::from_bytes(&[0x22; 32]), "https://x.example").unwrap();
    assert!(format!("{signer:?}").contains("f0e6df122ee2a871"), "{signer:?}");
}
