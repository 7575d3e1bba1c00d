//! Asking for a password.

use super::Failure;
use crate::secrets::Secret;
use crate::wiring::stored_password;
use std::io::{BufRead, IsTerminal, stdin};
use threadwell_crypto::passwords::Passwords;

const SHORTEST: usize = 15;

/// Asks at the terminal, twice; or takes the first line of standard input. Gives the stored form.
pub(super) fn ask(passwords: &Passwords) -> Result<String, Failure> {
    let typed = Secret::new(if stdin().is_terminal() { prompted()? } else { piped()? });
    if typed.expose().chars().count() < SHORTEST {
        return Err(Failure::Usage(format!("A password has at least {SHORTEST} characters.")));
    }
    stored_password(passwords, &typed).map_err(|reason| Failure::Usage(format!("The password {reason}.")))
}

fn prompted() -> Result<String, Failure> {
    let first = rpassword::prompt_password("Password: ")?;
    if first != rpassword::prompt_password("Again: ")? {
        return Err(Failure::Usage("The two are not the same.".to_owned()));
    }
    Ok(first)
}

fn piped() -> Result<String, Failure> {
    let mut line = String::new();
    stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
