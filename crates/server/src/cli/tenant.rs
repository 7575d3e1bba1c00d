//! `threadwell tenant`

use super::user::{newcomer, say_link};
use super::{Failure, output};
use crate::config::Config;
use crate::links;
use crate::wiring::Wiring;
use clap::{Args, Subcommand};
use threadwell_application::access::{Access, Action, Caller, Credential, RequestContext};
use threadwell_application::admin::users::add_invited;
use threadwell_application::ports::{NewPractice, PracticeFace, PracticePage, PracticeSummary, Store};
use threadwell_domain::TenantId;
use threadwell_domain::access::Role;
use threadwell_domain::practice::TimeZone;
use uuid::Uuid;

const LONGEST_SLUG: usize = 63;

/// Practices.
#[derive(Subcommand)]
pub(super) enum Tenant {
    /// Founds a practice, with its keys, teams, automatic replies and prepared answers.
    Create(Create),
}

/// A practice to be founded.
#[derive(Args)]
pub(super) struct Create {
    /// The public code, as in /portal/riverside.
    #[arg(long)]
    slug: String,
    /// The name.
    #[arg(long)]
    name: String,
    /// The office's telephone number.
    #[arg(long)]
    phone: String,
    /// What patients are told about emergencies.
    #[arg(long, default_value = "If this is an emergency, call 911.")]
    emergency: String,
    /// Office hours in words.
    #[arg(long, default_value = "")]
    hours: String,
    /// What patients are told about nights and weekends.
    #[arg(long, default_value = "")]
    after_hours: String,
    /// Days within which a message opens a closed thread again.
    #[arg(long, default_value_t = 14)]
    reopen_days: i32,
    /// The IANA time zone.
    #[arg(long, default_value = "America/New_York")]
    time_zone: String,
    /// Lets staff sign in with the password alone.
    #[arg(long)]
    no_second_factor: bool,
    /// The work e-mail of the first administrator, who chooses a password by a link.
    #[arg(long, requires = "admin_name")]
    admin_email: Option<String>,
    /// The name of the first administrator.
    #[arg(long, requires = "admin_email")]
    admin_name: Option<String>,
}

impl Tenant {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Create(create) => create.run(),
        }
    }
}

impl Create {
    fn run(self) -> Result<(), Failure> {
        let is_slug = (1..=LONGEST_SLUG).contains(&self.slug.len())
            && self.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !is_slug {
            return Err(Failure::Usage("A code has lower-case letters, digits and dashes alone.".to_owned()));
        }
        if TimeZone::parse(&self.time_zone).is_none() {
            return Err(Failure::Usage("There is no such time zone.".to_owned()));
        }
        let admin = match (&self.admin_email, &self.admin_name) {
            (Some(email), Some(name)) => Some(newcomer(email, name, None, Role::Admin)?),
            _ => None,
        };
        let wiring = operating()?;
        let id = TenantId::new(Uuid::now_v7());
        let practice = NewPractice {
            page: PracticePage {
                summary: PracticeSummary { id, slug: self.slug, name: self.name },
                phone: self.phone,
                emergency_text: self.emergency,
                hours: self.hours,
                after_hours_text: self.after_hours,
                answer_times: Vec::new(),
                reopen_window_days: self.reopen_days,
                face: PracticeFace::default(),
            },
            time_zone: self.time_zone,
            needs_second_factor: !self.no_second_factor,
        };
        let link = operate(&wiring, (id, Action::OperatorCreatePractice), |tx| {
            tx.provisioning().add_practice(&practice)?;
            let added =
                admin.map(|admin| add_invited(tx, &admin, &links::hashes(&wiring.keys, id))).transpose()?;
            Ok(added.map(|(_, link)| link))
        })?;
        output::say(&id.to_string());
        link.map_or(Ok(()), |link| say_link(&wiring, id, link))
    }
}

/// An installation as the command line reaches it: with the owner's address besides the others.
pub(super) fn operating() -> Result<Wiring, Failure> {
    let variables = |name: &str| std::env::var(name).ok();
    // A process that serves must not hold the owner's address; this one must, and is told apart by that alone.
    let without_owner =
        |name: &str| if name == "THREADWELL_DATABASE_OWNER_URL" { None } else { variables(name) };
    let mut config = Config::read(&without_owner)?;
    let mut reader = crate::config::Reader::new(&variables);
    let owner = reader.secret("THREADWELL_DATABASE_OWNER_URL");
    config.database.owner_url = Some(reader.finish(owner)?);
    Ok(Wiring::new(config)?)
}

/// Does something for a practice with the owner's rights.
pub(super) fn operate<T>(
    wiring: &Wiring,
    (tenant, action): (TenantId, Action),
    work: impl FnOnce(&mut dyn threadwell_application::ports::Tx) -> threadwell_application::Result<T>,
) -> Result<T, Failure> {
    let operator = Caller {
        credential: Credential::Operator(tenant),
        request: RequestContext {
            request_id: Uuid::now_v7(),
            ip: None,
            is_activity: false,
            tenant_assertion: None,
        },
    };
    let store: &dyn Store = &*wiring.store;
    Ok(store.transact(&Access::to(&operator, action), work)?)
}

/// The practice with this code.
pub(super) fn find(wiring: &Wiring, slug: &str) -> Result<TenantId, Failure> {
    let found = wiring.store.practices()?.into_iter().find(|practice| practice.slug == slug);
    found.map(|practice| practice.id).ok_or_else(|| Failure::Usage(format!("There is no practice {slug}.")))
}
