//! `threadwell openapi`

use super::Failure;
use std::io::Write;

pub(super) fn run() -> Result<(), Failure> {
    Ok(std::io::stdout().write_all(crate::http::openapi::text().as_bytes())?)
}
