//! The two apps: their files as built, and their page for every other address that a person could open.

use super::code::Code;
use super::error::ApiResult;
use super::state::State;
use actix_files::NamedFile;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, HeaderValue, IF_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, web};
use std::io;
use std::path::{Component, Path, PathBuf};

const FOREVER: &str = "public, max-age=31536000, immutable";

/// Takes away what a file could only refuse: ranges, and conditions other than those of caches. The apps' files are
/// small and nobody edits them through here.
pub(crate) async fn whole_files<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    for name in [RANGE, IF_RANGE, IF_MATCH, IF_UNMODIFIED_SINCE] {
        request.headers_mut().remove(name);
    }
    let mut response = next.call(request).await?;
    response.headers_mut().remove(ACCEPT_RANGES);
    Ok(response)
}

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
    let opened = tokio::task::spawn_blocking(move || open_file(&path)).await;
    let file = opened.map_err(|_| Code::InternalError)?.map_err(|_| Code::NotFound)?;
    Ok(file.use_last_modified(true).prefer_utf8(true).disable_content_disposition())
}

/// A directory can be opened as well, but there is nothing to read in it.
fn open_file(path: &Path) -> io::Result<NamedFile> {
    let file = NamedFile::open(path)?;
    if file.metadata().is_file() { Ok(file) } else { Err(io::ErrorKind::NotFound.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_no_file() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(open_file(&here.join("Cargo.toml")).is_ok());
        for path in ["src", "src/", "absent"] {
            assert!(open_file(&here.join(path)).is_err(), "{path}");
        }
    }

    #[test]
    fn no_address_leads_out_of_an_app() {
        assert_eq!(relative("/assets/a.js"), Some(PathBuf::from("assets/a.js")));
        assert_eq!(relative("/"), Some(PathBuf::new()));
        for path in ["/../x", "/a/../../x", "/%2e%2e/x", "/a\\..\\x", "/a\0b"] {
            assert_eq!(relative(path), None, "{path}");
        }
    }
}
