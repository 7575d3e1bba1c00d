//! Private S3 servers for tests: two implementations that know nothing of each other, both of which check signatures.
//!
//! Apart from `devstack`, because the product's binary links that one and must never link a server for tests. [`S3Server`]
//! is s3s, in this process and with faults on demand; [`S3rver`] is a program for Node.js that `scripts/setup.sh test`
//! installs. Both listen on 127.0.0.1 alone, hold one bucket in a directory of their own, and are gone with their value.

mod error;
mod faults;
mod front;
mod s3rver;
mod server;

pub use error::S3StackError;
pub use faults::S3Faults;
pub use s3rver::S3rver;
pub use server::S3Server;

use uuid::Uuid;

/// The bucket that every server here holds.
const BUCKET: &str = "threadwell-attachments";

/// How a private server is reached.
#[derive(Debug, Clone)]
pub struct S3Access {
    /// Its address, such as `http://127.0.0.1:9000`.
    pub endpoint: String,
    /// The region that it expects in signatures.
    pub region: String,
    /// Its bucket.
    pub bucket: String,
    /// The only key that it knows.
    pub access_key_id: String,
    /// That key. Of no worth when the server is gone.
    pub secret_access_key: String,
}

impl S3Access {
    fn on(port: u16, secret_access_key: String) -> Self {
        Self {
            endpoint: format!("http://127.0.0.1:{port}"),
            region: "us-east-1".to_owned(),
            bucket: BUCKET.to_owned(),
            access_key_id: "threadwell".to_owned(),
            secret_access_key,
        }
    }
}

fn new_secret() -> String {
    Uuid::new_v4().simple().to_string()
}
