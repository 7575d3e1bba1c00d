//! Joins the use cases of factors to what they work with.

use crate::http::error::ApiResult;
use crate::http::state::State;
use actix_web::web;
use threadwell_application::Result;
use threadwell_application::access::Audience;
use threadwell_application::accounts::factors::FactorTools;
use threadwell_application::ports::Passkeys;

/// Runs a use case off the async threads.
pub(super) async fn run<T, F>(state: &web::Data<State>, audience: Audience, work: F) -> ApiResult<T>
where
    T: Send + 'static,
    F: FnOnce(&FactorTools<'_>) -> Result<T> + Send + 'static,
{
    let with = state.clone();
    let work = move |store: &dyn threadwell_application::ports::Store| {
        work(&FactorTools {
            store,
            throttle: &*with.throttle,
            secrets: &*with.keys,
            passkeys: with.passkeys.as_ref().map(|passkeys| passkeys as &dyn Passkeys),
        })
    };
    state.run_for(audience, work).await
}
