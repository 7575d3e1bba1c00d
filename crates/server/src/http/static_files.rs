//! The two apps: their files as built, and their page for every other address that a person could open.

use super::code::Code;
use super::error::ApiResult;
use super::state::State;
use actix_files::NamedFile;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use std::path::{Component, Path, PathBuf};

const FOREVER: &str = "public, max-age=31536000, immutable";

/// Answers whatever no endpoint took: files and pages of the apps; a 405 where only the method is wrong; else 404.
pub(crate) async fn fall_back(request: HttpRequest, state: web::Data<State>) -> ApiResult<HttpResponse> {
    let path = request.path().to_owned();
    if is_endpoint_space(&path) || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(super::routes_table::refusal(&path));
    }
    let settings = &state.settings;
    let (app, inside) = match path.strip_prefix("/portal") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            (settings.portal_app.clone(), rest.to_owned())
        }
        Some(_) | None => (settings.staff_app.clone(), path),
    };
    let inside = relative(&inside).ok_or(Code::NotFound)?;
    if inside.starts_with("assets") {
        let mut file = open(app.join(&inside)).await?.into_response(&request);
        file.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(FOREVER));
        return Ok(file);
    }
    if inside.components().count() == 1 && inside.extension().is_some() {
        return Ok(open(app.join(&inside)).await?.into_response(&request));
    }
    Ok(open(app.join("index.html")).await?.into_response(&request))
}

/// Addresses that belong to the API and its neighbours, where an app's page would be a wrong answer.
fn is_endpoint_space(path: &str) -> bool {
    ["/api", "/demo", "/metrics"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// A path that stays inside the directory it is joined to. What is escaped in the address stays so and names no file.
fn relative(path: &str) -> Option<PathBuf> {
    let inside = Path::new(path.trim_start_matches('/'));
    let stays = inside.components().all(|part| matches!(part, Component::Normal(_)));
    (stays && !path.contains(['\\', '\0', '%'])).then(|| inside.to_path_buf())
}

async fn open(path: PathBuf) -> ApiResult<NamedFile> {
    let opened = tokio::task::spawn_blocking(move || NamedFile::open(path)).await;
    let file = opened.map_err(|_| Code::InternalError)?.map_err(|_| Code::NotFound)?;
    Ok(file.use_last_modified(true).prefer_utf8(true).disable_content_disposition())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_out_of_an_app() {
        assert_eq!(relative("/assets/a.js"), Some(PathBuf::from("assets/a.js")));
        assert_eq!(relative("/"), Some(PathBuf::new()));
        for path in ["/../x", "/a/../../x", "/%2e%2e/x", "/a\\..\\x", "/a\0b"] {
            assert_eq!(relative(path), None, "{path}");
        }
    }
}
