//! The form of an upload: `multipart/form-data` with one part `file`, and `messageId` of old clients.

use super::metered::Metered;
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::wire::Id;
use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::{HttpRequest, web};
use bytes::Bytes;
use futures_core::Stream;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::time::Duration;
use threadwell_application::FieldProblem;
use threadwell_domain::MessageId;
use tokio::time::{Instant, sleep_until, timeout_at};
use utoipa::ToSchema;

/// What boundaries, headers and further parts may add to a file.
const AROUND: u64 = 64 * 1024;
/// In each such stretch of time...
const STRETCH: Duration = Duration::from_secs(10);
/// ...so many bytes must come, or the upload is given up: a trickle holds nothing for long.
const LEAST_BYTES: u64 = 10 * 1024;
/// However it comes, an upload that is not here by then is given up, long before it would be swept.
const WHOLE_WITHIN: Duration = Duration::from_secs(30 * 60);
/// How long what follows a refusal is read, so that the client hears the answer.
const DRAINED_FOR: Duration = Duration::from_secs(5);
const HELD_FOR: Duration = Duration::from_secs(2);
const LONGEST_ID: usize = 64;
const LONGEST_NAME: usize = 64;

/// A file to be uploaded.
#[derive(ToSchema)]
#[schema(as = NewUpload)]
#[expect(dead_code, reason = "the document's shape of a body that is read part by part")]
pub(crate) struct UploadForm {
    /// The file, with its name and media type. At most 10 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// For clients that send first and upload afterwards: a message of the uploader's own that takes the file.
    #[schema(rename = "messageId", nullable = false)]
    message_id: Option<Id>,
}

/// A part of the form.
pub(super) enum Part {
    /// The file, to be read on.
    File(Box<Field>),
    /// The message that takes it.
    Message(MessageId),
}

/// The parts of a request, as they come in.
pub(super) struct Form {
    parts: Multipart,
    body: Rc<RefCell<Payload>>,
    pace: Pace,
    limit: u64,
}

impl Form {
    /// Looks at the head of a request. A body that says it is too large is refused before it is read.
    pub(super) fn open(request: &HttpRequest, payload: web::Payload, file_bytes: u64) -> ApiResult<Self> {
        check_media_type(request)?;
        let limit = file_bytes + AROUND;
        if announced(request).is_some_and(|length| length > limit) {
            return Err(Code::FileTooLarge.into());
        }
        let body = Rc::new(RefCell::new(payload.into_inner()));
        let (metered, seen) = Metered::new(body.clone(), limit);
        Ok(Self {
            parts: Multipart::new(request.headers(), metered),
            body,
            pace: Pace::new(seen, WHOLE_WITHIN),
            limit,
        })
    }

    /// The next part; none after the last boundary.
    pub(super) async fn next(&mut self) -> ApiResult<Option<Part>> {
        let next = poll_fn(|cx| Pin::new(&mut self.parts).poll_next(cx));
        let Some(field) = self.pace.keep(next).await? else { return Ok(None) };
        let field = field.map_err(|error| self.refusal(&error))?;
        match field.name() {
            Some("file") => Ok(Some(Part::File(Box::new(field)))),
            Some("messageId") => self.message(field).await.map(|id| Some(Part::Message(id))),
            other => {
                let name: String = other.unwrap_or_default().chars().take(LONGEST_NAME).collect();
                Err(ApiError::unknown_field(format!("/{name}")))
            }
        }
    }

    /// The next bytes of a part; none after its last.
    pub(super) async fn more(&mut self, field: &mut Field) -> ApiResult<Option<Bytes>> {
        let next = poll_fn(|cx| Pin::new(&mut *field).poll_next(cx));
        self.pace.keep(next).await?.transpose().map_err(|error| self.refusal(&error))
    }

    /// Reads on without keeping anything, for a while: many clients read no answer before they have sent everything.
    /// `false` if there is more than anybody waits for.
    pub(super) async fn drain(&mut self) -> bool {
        let end = Instant::now() + DRAINED_FOR;
        loop {
            let next = poll_fn(|cx| Pin::new(&mut self.parts).poll_next(cx));
            match timeout_at(end, next).await {
                Ok(Some(Ok(_))) => {}
                Ok(Some(Err(MultipartError::Payload(PayloadError::Overflow)))) | Err(_) => return false,
                Ok(Some(Err(_)) | None) => return true,
            }
        }
    }

    /// Keeps the body until the refusal is on its way, unless its end is near. A body that is let go before would be
    /// read to its end by the server, and an endless one has none; one that is still held makes it close the
    /// connection. What was read of it goes at once: a thousand refusals hold next to nothing.
    pub(super) async fn hold(self) {
        let Self { parts, body, .. } = self;
        drop(parts);
        let until = Instant::now() + HELD_FOR;
        let mut room = AROUND;
        while room > 0 {
            let next = poll_fn(|cx| Pin::new(&mut *body.borrow_mut()).poll_next(cx));
            match timeout_at(until, next).await {
                Ok(Some(Ok(bytes))) => room = room.saturating_sub(bytes.len() as u64),
                Ok(Some(Err(_)) | None) | Err(_) => return,
            }
        }
        sleep_until(until).await;
    }

    /// A body may be too large; so may the head of a part, of which no more is kept than has room.
    fn refusal(&self, error: &MultipartError) -> ApiError {
        match error {
            MultipartError::Payload(PayloadError::Overflow) if self.pace.seen.get() > self.limit => {
                Code::FileTooLarge.into()
            }
            _ => Code::MalformedRequest.into(),
        }
    }

    async fn message(&mut self, mut field: Field) -> ApiResult<MessageId> {
        let wrong = || ApiError::field("/messageId", FieldProblem::Invalid);
        let mut text = Vec::new();
        while let Some(bytes) = self.more(&mut field).await? {
            text.extend_from_slice(&bytes);
            if text.len() > LONGEST_ID {
                return Err(wrong());
            }
        }
        let text = String::from_utf8(text).map_err(|_| wrong())?;
        Id::parse(&text).map(|id| MessageId::new(id.0)).ok_or_else(wrong)
    }
}

/// What the request's head says of the size of its body.
pub(super) fn announced(request: &HttpRequest) -> Option<u64> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn check_media_type(request: &HttpRequest) -> ApiResult<()> {
    let declared = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let bare = declared.and_then(|text| text.split(';').next()).unwrap_or_default().trim();
    let is_plain = !request.headers().contains_key(CONTENT_ENCODING);
    if bare.eq_ignore_ascii_case("multipart/form-data") && is_plain {
        Ok(())
    } else {
        Err(Code::UnsupportedMediaType.into())
    }
}

/// Sees that the body keeps coming, and that it comes to an end. Time that is spent on what came counts for the latter
/// alone.
struct Pace {
    seen: Rc<Cell<u64>>,
    before: u64,
    until: Instant,
    end: Instant,
}

impl Pace {
    fn new(seen: Rc<Cell<u64>>, within: Duration) -> Self {
        let now = Instant::now();
        Self { seen, before: 0, until: now + STRETCH, end: now + within }
    }

    async fn keep<T>(&mut self, next: impl Future<Output = T>) -> ApiResult<T> {
        let mut next = pin!(next);
        if Instant::now() >= self.until {
            self.begin();
        }
        loop {
            if Instant::now() >= self.end {
                return Err(Code::RequestTimeout.into());
            }
            if let Ok(came) = timeout_at(self.until.min(self.end), &mut next).await {
                return Ok(came);
            }
            if Instant::now() >= self.until {
                if self.seen.get() - self.before < LEAST_BYTES {
                    return Err(Code::RequestTimeout.into());
                }
                self.begin();
            }
        }
    }

    fn begin(&mut self) {
        self.before = self.seen.get();
        self.until = Instant::now() + STRETCH;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;

    #[actix_web::test]
    async fn an_upload_has_an_end_however_steadily_it_comes() {
        let started = Instant::now();
        let mut pace = Pace::new(Rc::new(Cell::new(0)), Duration::from_millis(100));
        let mut pieces = 0;
        let refused = loop {
            let piece = tokio::time::sleep(Duration::from_millis(20));
            match pace.keep(piece).await {
                Ok(()) => pieces += 1,
                Err(refused) => break refused,
            }
        };
        assert_eq!(refused.code(), Code::RequestTimeout);
        assert!((1..=5).contains(&pieces), "{pieces}");
        // Nor does it wait for the end of a stretch when nothing comes at all.
        let mut pace = Pace::new(Rc::new(Cell::new(0)), Duration::from_millis(100));
        assert_eq!(pace.keep(pending::<()>()).await.unwrap_err().code(), Code::RequestTimeout);
        assert!(started.elapsed() < STRETCH);
    }
}
