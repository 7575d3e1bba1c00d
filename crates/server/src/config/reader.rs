//! Reads variables and collects what is wrong with them.

use super::Environment;
use crate::secrets::Secret;
use std::fmt;
use std::str::FromStr;

/// What is wrong with one setting. Never holds its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The variable.
    pub setting: String,
    /// What is wrong, as the end of a sentence that begins with the variable.
    pub reason: String,
}

/// Everything that is wrong.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The configuration cannot be used:")?;
        self.0.iter().try_for_each(|fault| writeln!(f, "  {} {}", fault.setting, fault.reason))
    }
}

impl std::error::Error for Faults {}

/// Reads variables.
pub struct Reader<'a> {
    variables: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<Fault>,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("faults", &self.faults).finish_non_exhaustive()
    }
}

impl<'a> Reader<'a> {
    /// Reads from a source of variables.
    #[must_use]
    pub const fn new(variables: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { variables, faults: Vec::new() }
    }

    /// Notes a fault.
    pub fn fault(&mut self, setting: &str, reason: impl Into<String>) {
        self.faults.push(Fault { setting: setting.to_owned(), reason: reason.into() });
    }

    /// The configuration, if nothing was wrong.
    ///
    /// # Errors
    /// What was.
    pub fn finish<T>(self, config: T) -> Result<T, Faults> {
        if self.faults.is_empty() { Ok(config) } else { Err(Faults(self.faults)) }
    }

    /// A variable that may be left out; an empty one is left out.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<String> {
        (self.variables)(name).filter(|text| !text.trim().is_empty())
    }

    /// A variable that must be there.
    pub fn required(&mut self, name: &str) -> String {
        self.optional(name).unwrap_or_else(|| {
            self.fault(name, "must be set");
            String::new()
        })
    }

    /// A secret that must be there.
    pub fn secret(&mut self, name: &str) -> Secret {
        Secret::new(self.required(name))
    }

    /// A variable of a form, with what stands for it when it is left out.
    pub fn parsed<T: FromStr>(&mut self, name: &str, form: &str, otherwise: T) -> T {
        match self.optional(name) {
            None => otherwise,
            Some(text) => text.trim().parse().unwrap_or_else(|_| {
                self.fault(name, format!("must be {form}"));
                otherwise
            }),
        }
    }

    /// One word of a list.
    pub fn one_of(&mut self, name: &str, words: &[&str], otherwise: &str) -> String {
        let given = self.optional(name).unwrap_or_else(|| otherwise.to_owned());
        if !words.contains(&given.as_str()) {
            self.fault(name, format!("must be one of {}", words.join(", ")));
        }
        given
    }

    /// What the installation is for. Production unless said: whoever forgets to say so gets the strict one.
    pub fn environment(&mut self) -> Environment {
        match self.one_of("THREADWELL_ENV", &["production", "development", "demo"], "production").as_str() {
            "development" => Environment::Development,
            "demo" => Environment::Demo,
            _ => Environment::Production,
        }
    }
}
