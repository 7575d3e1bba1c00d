//! Handing a file out: as an attachment, never as something that a browser would run.

use super::leaving::leaving;
use super::{disposition, range};
use crate::http::error::ApiResult;
use crate::http::state::State;
use actix_web::body::SizedStream;
use actix_web::http::header::{self, ContentEncoding, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_core::Stream;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};
use threadwell_application::Error;
use threadwell_application::access::{Audience, Caller};
use threadwell_application::attachments::{OpenedFile, Rendition, open_attachment};
use threadwell_application::ports::{FileStream, StorageFailure};
use threadwell_domain::AttachmentId;
use threadwell_domain::attachment::FileName;

const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// Finds out whether the caller may have the file, and answers with it or a part of it.
pub(crate) async fn hand_out(
    request: &HttpRequest,
    state: &State,
    (caller, audience): (Caller, Audience),
    id: AttachmentId,
    rendition: Rendition,
) -> ApiResult<HttpResponse> {
    let opened = state.run_for(audience, move |store| open_attachment(store, &caller, id, rendition)).await?;
    let size = opened.object.bytes;
    let part = range::asked(request, size)?;
    let bytes = part.clone().unwrap_or(0..size);
    let content = match *request.method() {
        Method::HEAD => None,
        _ => Some(open(state, &opened, bytes.clone()).await?),
    };
    let mut answer = HttpResponse::build(match part {
        Some(_) => StatusCode::PARTIAL_CONTENT,
        None => StatusCode::OK,
    });
    if let Some(part) = part {
        let range = format!("bytes {}-{}/{size}", part.start, part.end.saturating_sub(1));
        answer.insert_header((header::CONTENT_RANGE, range));
    }
    answer
        .insert_header((header::CONTENT_TYPE, opened.object.kind.media_type()))
        .insert_header((header::CONTENT_DISPOSITION, disposition::attachment(&name_of(&opened, rendition))))
        .insert_header((header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)))
        .insert_header((HeaderName::from_static("x-download-options"), "noopen"))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        // Compressing what is compressed already would only lose the size.
        .insert_header(ContentEncoding::Identity);
    Ok(answer.body(SizedStream::new(bytes.end - bytes.start, Body(content))))
}

async fn open(state: &State, opened: &OpenedFile, part: Range<u64>) -> ApiResult<FileStream> {
    let object = &opened.object;
    let content = state.files.storage.open(&object.blob, object.bytes, part).await;
    Ok(leaving(content.map_err(Error::unavailable)?))
}

fn name_of(opened: &OpenedFile, rendition: Rendition) -> String {
    let kind = opened.object.kind;
    let extension = kind.extensions().first().copied().unwrap_or_default();
    match (rendition, opened.filename.text()) {
        (Rendition::Whole, Some(name)) => name.expose().to_owned(),
        (Rendition::Whole, None) => format!("file.{extension}"),
        (Rendition::Thumbnail, name) => {
            name.and_then(|name| FileName::parse(name.expose()).ok()).map_or_else(
                || format!("thumbnail.{extension}"),
                |name| name.for_kind(kind).as_phi().expose().to_owned(),
            )
        }
    }
}

/// The bytes; none of them for a HEAD.
struct Body(Option<FileStream>);

impl Stream for Body {
    type Item = Result<web::Bytes, StorageFailure>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Some(content) => content.as_mut().poll_next(cx),
            None => Poll::Ready(None),
        }
    }
}
