use super::*;
use std::collections::BTreeMap;

const ROOT: &str = "U5yCJC+C6sJiqWBVT4iwtL48/Q815bBaUHTtDycw2aA=";
const PEPPER: &str = "r2qYrC5NwXmYP5qTFkuLB+muZBuUgJX31oQ9oGCEMuM=";

/// Settings that a production installation may have.
fn sound() -> BTreeMap<&'static str, String> {
    let url = |role: &str| {
        format!("postgres://threadwell_{role}:a-long-password-of-{role}@10.0.0.5:5432/threadwell")
    };
    BTreeMap::from([
        ("THREADWELL_ENV", "production".to_owned()),
        ("THREADWELL_PUBLIC_ORIGIN", "https://messages.riverside-derm.com".to_owned()),
        ("THREADWELL_ROOT_KEY", ROOT.to_owned()),
        ("THREADWELL_PASSWORD_PEPPER", PEPPER.to_owned()),
        ("THREADWELL_DATABASE_STAFF_URL", url("staff")),
        ("THREADWELL_DATABASE_PORTAL_URL", url("portal")),
        ("THREADWELL_DATABASE_WORKER_URL", url("worker")),
        ("THREADWELL_SMTP_HOST", "smtp.riverside-derm.com".to_owned()),
        ("THREADWELL_MAIL_FROM", "no-reply@riverside-derm.com".to_owned()),
        ("THREADWELL_S3_ENDPOINT", "https://objects.riverside-derm.com".to_owned()),
        ("THREADWELL_S3_BUCKET", "threadwell-attachments".to_owned()),
        ("THREADWELL_S3_ACCESS_KEY", "threadwell".to_owned()),
        ("THREADWELL_S3_SECRET_KEY", "a-long-secret-of-the-store".to_owned()),
        ("THREADWELL_SCANNER", "10.0.0.6:3310".to_owned()),
    ])
}

fn read(settings: &BTreeMap<&'static str, String>) -> Result<Config, Faults> {
    Config::read(&|name| settings.get(name).cloned())
}

#[test]
fn sound_settings_are_taken() {
    assert!(read(&sound()).is_ok(), "{:?}", read(&sound()).err());
}

#[test]
fn f06_each_insecure_production_setting_is_refused_by_name() {
    let same_role = "postgres://threadwell_staff:another-long-password@10.0.0.5/threadwell";
    let same_password = "postgres://threadwell_portal:a-long-password-of-staff@10.0.0.5/threadwell";
    for (setting, value) in [
        ("THREADWELL_ENV", "prod"),
        ("THREADWELL_PUBLIC_ORIGIN", ""),
        ("THREADWELL_PUBLIC_ORIGIN", "http://messages.riverside-derm.com"),
        ("THREADWELL_PUBLIC_ORIGIN", "https://localhost"),
        ("THREADWELL_PUBLIC_ORIGIN", "https://127.0.0.1:4000"),
        ("THREADWELL_PUBLIC_ORIGIN", "https://messages.example.org"),
        ("THREADWELL_PUBLIC_ORIGIN", "https://messages.riverside-derm.com/app"),
        ("THREADWELL_PUBLIC_ORIGIN", "https://user@messages.riverside-derm.com"),
        ("THREADWELL_ROOT_KEY", ""),
        ("THREADWELL_ROOT_KEY", "c2hvcnQ="),
        ("THREADWELL_ROOT_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        ("THREADWELL_ROOT_KEY_FILE", "/nowhere/root.key"),
        ("THREADWELL_PASSWORD_PEPPER", ""),
        ("THREADWELL_PASSWORD_PEPPER", "pepper"),
        ("THREADWELL_PASSWORD_PEPPER", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        ("THREADWELL_PASSWORD_PEPPER", ROOT),
        ("THREADWELL_BCRYPT_COST", "10"),
        ("THREADWELL_BCRYPT_COST", "3"),
        ("THREADWELL_DATABASE_STAFF_URL", ""),
        ("THREADWELL_DATABASE_STAFF_URL", "mysql://threadwell_staff@10.0.0.5/threadwell"),
        (
            "THREADWELL_DATABASE_STAFF_URL",
            "postgres://postgres:a-long-superuser-password@10.0.0.5/threadwell",
        ),
        (
            "THREADWELL_DATABASE_STAFF_URL",
            "postgres://threadwell_owner:a-long-owners-password@10.0.0.5/threadwell",
        ),
        ("THREADWELL_DATABASE_STAFF_URL", "postgres://threadwell_staff:threadwell@10.0.0.5/threadwell"),
        ("THREADWELL_DATABASE_STAFF_URL", "postgres://threadwell_staff@10.0.0.5/threadwell"),
        (
            "THREADWELL_DATABASE_STAFF_URL",
            "postgres://threadwell_staff:a-long-password-of-staff@db.cloud.net/threadwell",
        ),
        (
            "THREADWELL_DATABASE_STAFF_URL",
            "postgres://threadwell_staff:a-long-password-of-staff@8.8.8.8/threadwell",
        ),
        ("THREADWELL_DATABASE_PORTAL_URL", same_role),
        ("THREADWELL_DATABASE_PORTAL_URL", same_password),
        ("THREADWELL_DATABASE_WORKER_URL", same_role),
        (
            "THREADWELL_DATABASE_OWNER_URL",
            "postgres://threadwell_owner:a-long-owners-password@10.0.0.5/threadwell",
        ),
        (
            "THREADWELL_DATABASE_SUPERUSER_URL",
            "postgres://postgres:a-long-password-indeed@10.0.0.5/threadwell",
        ),
        ("THREADWELL_DATABASE_POOL_SIZE", "0"),
        ("THREADWELL_DATABASE_TIMEOUT_SECONDS", "0"),
        ("THREADWELL_MAILBOX_DIR", "/var/mailbox"),
        ("THREADWELL_SMTP_HOST", ""),
        ("THREADWELL_SMTP_TLS", "none"),
        ("THREADWELL_SMTP_PORT", "25"),
        ("THREADWELL_SMTP_PASSWORD", "alone-without-user"),
        ("THREADWELL_MAIL_FROM", ""),
        ("THREADWELL_MAIL_FROM", "Threadwell <no-reply@example.org>"),
        ("THREADWELL_REQUESTS_PER_MINUTE", "0"),
        ("THREADWELL_REQUESTS_PER_MINUTE", "1000000"),
        ("THREADWELL_WRITES_PER_MINUTE", "0"),
        ("THREADWELL_WRITES_PER_MINUTE", "100000"),
        ("THREADWELL_TRUSTED_PROXY_HOPS", "50"),
        ("THREADWELL_THREADS", "0"),
        ("THREADWELL_S3_ENDPOINT", ""),
        ("THREADWELL_S3_ENDPOINT", "http://objects.riverside-derm.com"),
        ("THREADWELL_S3_ENDPOINT", "http://8.8.8.8:9000"),
        ("THREADWELL_S3_ENDPOINT", "objects.riverside-derm.com"),
        ("THREADWELL_S3_BUCKET", ""),
        ("THREADWELL_S3_ACCESS_KEY", ""),
        ("THREADWELL_S3_SECRET_KEY", "short"),
        ("THREADWELL_FILES_DIR", "/var/lib/threadwell/files"),
        ("THREADWELL_SCANNER", ""),
        ("THREADWELL_SCANNER", "eicar"),
        ("THREADWELL_PRACTICE_UPLOADS_GIB_A_DAY", "0"),
        ("THREADWELL_PRACTICE_UPLOADS_GIB_A_DAY", "plenty"),
        ("THREADWELL_LISTEN", "everywhere"),
        ("THREADWELL_LOG", "trace"),
    ] {
        let mut settings = sound();
        settings.insert(setting, value.to_owned());
        let faults = read(&settings).expect_err(&format!("{setting}={value}"));
        let names = |fault: &Fault| fault.setting == setting || fault.reason.contains(setting);
        assert!(faults.0.iter().any(names), "{setting}={value}: {faults}");
        assert!(value.len() < 24 || !faults.to_string().contains(value), "{faults}");
    }
}

#[test]
fn every_reason_is_listed_at_once() {
    let mut settings = sound();
    settings.insert("THREADWELL_PUBLIC_ORIGIN", "http://localhost:4000".to_owned());
    settings.insert("THREADWELL_BCRYPT_COST", "4".to_owned());
    settings.insert("THREADWELL_ROOT_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned());
    settings.remove("THREADWELL_SMTP_HOST");
    let faults = read(&settings).unwrap_err();
    assert_eq!(faults.0.len(), 5, "{faults}");
}

#[test]
fn a_programmer_may_be_weak() {
    let mut settings = sound();
    settings.insert("THREADWELL_ENV", "development".to_owned());
    settings.insert("THREADWELL_PUBLIC_ORIGIN", "http://localhost:4000".to_owned());
    settings.insert("THREADWELL_BCRYPT_COST", "4".to_owned());
    settings.insert("THREADWELL_MAILBOX_DIR", "/tmp/mail".to_owned());
    settings.insert("THREADWELL_S3_ENDPOINT", "http://10.0.0.9:8333".to_owned());
    settings.remove("THREADWELL_SCANNER");
    assert!(read(&settings).is_ok());
}

#[test]
fn secrets_are_not_printed() {
    let printed = format!("{:?}", read(&sound()).unwrap());
    for secret in [ROOT, PEPPER, "a-long-password", "a-long-secret"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

#[test]
fn a_directory_of_files_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let directory = std::env::temp_dir().join(format!("threadwell-files-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let mut settings = sound();
    settings.remove("THREADWELL_S3_ENDPOINT");
    settings.insert("THREADWELL_FILES_DIR", directory.to_str().unwrap().to_owned());
    let set_mode = |mode| {
        std::fs::set_permissions(&directory, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set_mode(0o700);
    assert!(read(&settings).is_ok(), "{:?}", read(&settings).err());
    for open in [0o755, 0o750, 0o701] {
        set_mode(open);
        let faults = read(&settings).unwrap_err();
        assert_eq!(faults.0[0].setting, "THREADWELL_FILES_DIR", "{open:o}");
    }
    std::fs::remove_dir(&directory).unwrap();
    settings.insert("THREADWELL_FILES_DIR", "files".to_owned());
    assert!(read(&settings).is_err());
}
