//! What a production installation must not be. Each finding is a reason of its own; all are listed at once.

use super::files::is_open_to_others;
use super::{Config, DatabaseConfig, HttpConfig, KeysConfig, MailConfig, Reader, StorageConfig, keys};
use crate::secrets::Secret;
use actix_web::http::Uri;
use std::net::IpAddr;

const LEAST_COST: u32 = 12;
const MOST_REQUESTS: u32 = 6_000;
const MOST_WRITES: u32 = 600;
const MOST_HOPS: usize = 5;
const SHORTEST_PASSWORD: usize = 16;

pub(super) fn collect(config: &Config, reader: &mut Reader<'_>) {
    http(&config.http, reader);
    keys_and_passwords(&config.keys, reader);
    database(&config.database, reader);
    mail(&config.mail, reader);
    storage(&config.files.storage, reader);
    if ["debug", "trace"].contains(&config.log_level.as_str()) {
        reader.fault("THREADWELL_LOG", "must not be as detailed as this: libraries may log what they handle");
    }
}

fn http(http: &HttpConfig, reader: &mut Reader<'_>) {
    let origin = http.public_origin.parse::<Uri>().unwrap_or_default();
    if origin.scheme_str() == Some("http") {
        reader.fault("THREADWELL_PUBLIC_ORIGIN", "must begin with https: cookies and messages need TLS");
    }
    if origin.host().is_some_and(is_this_machine) {
        reader.fault("THREADWELL_PUBLIC_ORIGIN", "names this machine: links in mails would lead nowhere");
    }
    if origin.host().is_some_and(is_example) {
        reader.fault("THREADWELL_PUBLIC_ORIGIN", "is an example");
    }
    if !(1..=MOST_REQUESTS).contains(&http.requests_per_minute) {
        reader.fault("THREADWELL_REQUESTS_PER_MINUTE", format!("must be between 1 and {MOST_REQUESTS}"));
    }
    if !(1..=MOST_WRITES).contains(&http.writes_per_minute) {
        reader.fault("THREADWELL_WRITES_PER_MINUTE", format!("must be between 1 and {MOST_WRITES}"));
    }
    if http.trusted_proxy_hops > MOST_HOPS {
        reader.fault("THREADWELL_TRUSTED_PROXY_HOPS", "believes addresses that clients can write themselves");
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    host == "localhost"
        || host.ends_with(".localhost")
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn is_example(host: &str) -> bool {
    ["example", "example.org", "example.com", "example.net"]
        .iter()
        .any(|name| host == *name || host.ends_with(&format!(".{name}")))
}

fn keys_and_passwords(found: &KeysConfig, reader: &mut Reader<'_>) {
    if keys::is_weak(&found.root_key) {
        reader.fault("THREADWELL_ROOT_KEY", "was not drawn at random (openssl rand -base64 32)");
    }
    if keys::is_weak(&found.pepper) {
        reader.fault("THREADWELL_PASSWORD_PEPPER", "was not drawn at random (openssl rand -base64 32)");
    }
    if !found.pepper.expose().is_empty() && found.root_key.expose().trim() == found.pepper.expose().trim() {
        reader.fault("THREADWELL_PASSWORD_PEPPER", "is the root key: each secret has one use");
    }
    if found.bcrypt_cost < LEAST_COST {
        reader.fault("THREADWELL_BCRYPT_COST", format!("must be at least {LEAST_COST}"));
    }
}

/// What an address of a database says, as far as it matters here.
struct Address {
    user: String,
    password: String,
    host: String,
    is_encrypted: bool,
}

fn address(secret: &Secret) -> Option<Address> {
    let text = secret.expose();
    let rest = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://"))?;
    let (authority, tail) = rest.split_once('/').unwrap_or((rest, ""));
    let (login, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let is_encrypted = ["sslmode=require", "sslmode=verify-ca", "sslmode=verify-full"]
        .iter()
        .any(|mode| tail.contains(mode));
    Some(Address {
        user: user.to_owned(),
        password: password.to_owned(),
        host: host.to_owned(),
        is_encrypted,
    })
}

fn database(found: &DatabaseConfig, reader: &mut Reader<'_>) {
    let sides = [
        ("THREADWELL_DATABASE_STAFF_URL", "threadwell_staff", &found.staff_url),
        ("THREADWELL_DATABASE_PORTAL_URL", "threadwell_portal", &found.portal_url),
        ("THREADWELL_DATABASE_WORKER_URL", "threadwell_worker", &found.worker_url),
    ];
    let mut passwords: Vec<String> = Vec::new();
    for (name, role, url) in sides {
        if url.expose().is_empty() {
            continue;
        }
        let Some(address) = address(url) else {
            reader.fault(name, "must begin with postgres://");
            continue;
        };
        if address.user != role {
            reader.fault(name, format!("must sign in as {role}, which can do no more than its side needs"));
        }
        if address.password.len() < SHORTEST_PASSWORD {
            reader.fault(name, format!("needs a password of at least {SHORTEST_PASSWORD} characters"));
        } else if passwords.contains(&address.password) {
            reader.fault(name, "shares its password with another role");
        }
        if !address.is_encrypted && crosses_networks(&address.host) {
            reader.fault(name, "reaches another network without sslmode=require or stricter");
        }
        passwords.push(address.password);
    }
    if found.owner_url.is_some() {
        reader.fault("THREADWELL_DATABASE_OWNER_URL", "must not be given to a process that serves");
    }
    if found.superuser_url.is_some() {
        reader.fault("THREADWELL_DATABASE_SUPERUSER_URL", "must not be given to a process that serves");
    }
}

/// A name with a dot or a public address; a bare name is a neighbour in a container's network.
fn crosses_networks(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => !(ip.is_loopback() || ip.is_private() || ip.is_link_local()),
        Ok(IpAddr::V6(ip)) => !(ip.is_loopback() || ip.is_unique_local()),
        Err(_) => host.contains('.'),
    }
}

fn mail(mail: &MailConfig, reader: &mut Reader<'_>) {
    let MailConfig::Smtp(smtp) = mail else { return };
    if smtp.port == 25 && smtp.credentials.is_none() {
        reader.fault(
            "THREADWELL_SMTP_PORT",
            "25 without a sign-in is for servers among themselves; use submission (587)",
        );
    }
    let domain = smtp.from.rsplit_once('@').map_or("", |(_, domain)| domain.trim_end_matches('>'));
    if is_example(domain) {
        reader.fault("THREADWELL_MAIL_FROM", "is an example");
    }
    if smtp.credentials.as_ref().is_some_and(|(_, password)| password.expose().len() < 8) {
        reader.fault("THREADWELL_SMTP_PASSWORD", "is too short");
    }
}

/// What is stored is sealed, but a key that anybody could read on the way would let them delete it.
fn storage(storage: &StorageConfig, reader: &mut Reader<'_>) {
    match storage {
        StorageConfig::Directory(directory) => {
            if !directory.as_os_str().is_empty() && !directory.is_absolute() {
                reader.fault("THREADWELL_FILES_DIR", "must be an absolute path");
            }
            if is_open_to_others(directory) {
                reader
                    .fault("THREADWELL_FILES_DIR", "names a directory that others may look into (chmod 700)");
            }
        }
        StorageConfig::S3(s3) => {
            let endpoint = s3.endpoint.parse::<Uri>().unwrap_or_default();
            let is_plain = endpoint.scheme_str() == Some("http");
            if is_plain && endpoint.host().is_some_and(crosses_networks) {
                reader.fault("THREADWELL_S3_ENDPOINT", "reaches another network without https");
            }
            if s3.secret_key.expose().len() < SHORTEST_PASSWORD {
                reader.fault(
                    "THREADWELL_S3_SECRET_KEY",
                    format!("needs at least {SHORTEST_PASSWORD} characters"),
                );
            }
        }
    }
}
