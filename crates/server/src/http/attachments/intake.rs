//! Receiving an upload: from the request straight into the storage, looked into there, and handed to the worker.
//!
//! It runs in a task of its own. A client that goes away in the middle ends the body, not the task: whatever was
//! begun is either finished or given up.

use super::arriving::arriving;
use super::form::{Form, Part, announced};
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult, code_of_refusal};
use crate::http::state::State;
use actix_multipart::Field;
use actix_web::{HttpRequest, web};
use bytes::{Bytes, BytesMut};
use std::future::Future;
use threadwell_application::FieldProblem;
use threadwell_application::access::{Audience, Caller};
use threadwell_application::attachments::{
    abandon_upload, begin_upload, finish_upload, receive_upload, refuse_upload,
};
use threadwell_application::ports::{AttachmentView, Blob, InspectionFailure, StorageFailure, Store};
use threadwell_domain::MessageId;
use threadwell_domain::attachment::{ContentRefusal, FileKind, FileName, FileNameRefusal, SIGNATURE_BYTES};
use tokio::sync::mpsc::Sender;
use tracing::{Instrument, Span};

/// Receives the upload of a request.
pub(crate) async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    caller: Caller,
    audience: Audience,
    state: web::Data<State>,
) -> ApiResult<AttachmentView> {
    let mut form = Form::open(request, payload, state.settings.upload_limits.file_bytes)?;
    let intake = Intake { state, caller, audience, announced: announced(request) };
    let work = async move {
        let received = intake.run(&mut form).await;
        match received {
            Ok(view) => Ok(view),
            Err(error) if is_final(&error) => {
                actix_web::rt::spawn(form.hold());
                Err(error)
            }
            Err(error) => Err(form.drain().await.err().unwrap_or(error)),
        }
    };
    let task = actix_web::rt::spawn(work.instrument(Span::current()));
    task.await.map_err(|_| Code::InternalError)?
}

/// Whether nothing more is read from the client.
fn is_final(error: &ApiError) -> bool {
    matches!(error.code(), Code::FileTooLarge | Code::RequestTimeout | Code::MalformedRequest)
}

struct Intake {
    state: web::Data<State>,
    caller: Caller,
    audience: Audience,
    announced: Option<u64>,
}

/// Why an upload is not kept.
enum Stop {
    /// For its content.
    Refused(ContentRefusal),
    /// For another reason.
    Other(ApiError),
}

impl From<ApiError> for Stop {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl From<Code> for Stop {
    fn from(code: Code) -> Self {
        Self::Other(code.into())
    }
}

/// A file that is stored.
struct Received {
    blob: Blob,
    kind: FileKind,
    bytes: u64,
}

impl Intake {
    async fn run(&self, form: &mut Form) -> ApiResult<AttachmentView> {
        let (mut file, mut message) = (None, None);
        let read = self.read(form, &mut file, &mut message).await;
        let Some(received) = file else { return Err(read.err().map_or_else(no_file, stopped)) };
        let kept = match read {
            Ok(()) => self.keep(&received, message).await,
            Err(stop) => Err(stop),
        };
        match kept {
            Ok(view) => Ok(view),
            Err(stop) => {
                self.give_up(&received.blob, &stop).await;
                Err(stopped(stop))
            }
        }
    }

    /// Reads the parts; the file is stored on the way.
    async fn read(
        &self,
        form: &mut Form,
        file: &mut Option<Received>,
        message: &mut Option<MessageId>,
    ) -> Result<(), Stop> {
        while let Some(part) = form.next().await? {
            match part {
                Part::Message(id) if message.is_none() => *message = Some(id),
                Part::File(field) if file.is_none() => *file = Some(self.store(form, *field).await?),
                Part::Message(_) => return Err(ApiError::field("/messageId", FieldProblem::Conflict).into()),
                Part::File(_) => return Err(ApiError::field("/file", FieldProblem::Conflict).into()),
            }
        }
        Ok(())
    }

    /// Name, declared type and first bytes must agree before anything is kept.
    async fn store(&self, form: &mut Form, mut field: Field) -> Result<Received, Stop> {
        let name = name_of(&field)?;
        let first = first_bytes(form, &mut field).await?;
        if !name.kind().begins(&first) {
            return Err(Stop::Refused(ContentRefusal::KindMismatch));
        }
        let kind = name.kind();
        let (announced, limits) = (self.announced, self.state.settings.upload_limits);
        let caller = self.caller.clone();
        let begin = move |store: &dyn Store| begin_upload(store, &caller, &name, announced, &limits);
        let blob = self.in_transaction(begin).await?;
        let (pieces, content) = arriving();
        let pour = pour(form, field, first, pieces, limits.file_bytes);
        let (poured, stored) = tokio::join!(pour, self.state.files.storage.store(&blob, content));
        match (poured, stored) {
            (Ok(()), Ok(bytes)) => Ok(Received { blob, kind, bytes }),
            (Err(stop), _) => self.failed(&blob, stop).await,
            (Ok(()), Err(failure)) => self.failed(&blob, storage_stop(failure)).await,
        }
    }

    async fn failed(&self, blob: &Blob, stop: Stop) -> Result<Received, Stop> {
        self.give_up(blob, &stop).await;
        Err(stop)
    }

    /// Looks into what was stored, and hands it on.
    async fn keep(&self, file: &Received, message: Option<MessageId>) -> Result<AttachmentView, Stop> {
        let (id, bytes, caller) = (file.blob.attachment, file.bytes, self.caller.clone());
        self.in_transaction(move |store| receive_upload(store, &caller, id, bytes)).await?;
        self.inspect(file).await?;
        let (caller, limits) = (self.caller.clone(), self.state.settings.upload_limits);
        let finish = move |store: &dyn Store| finish_upload(store, &caller, id, message, &limits);
        Ok(self.in_transaction(finish).await?)
    }

    async fn inspect(&self, file: &Received) -> Result<(), Stop> {
        let _turn = self.state.inspecting.acquire().await.map_err(|_| Code::InternalError)?;
        let content = self.state.files.storage.open(&file.blob, file.bytes, 0..file.bytes).await;
        let content = content.map_err(storage_stop)?;
        match self.state.files.inspector.inspect(file.kind, content).await {
            Ok(()) => Ok(()),
            Err(InspectionFailure::Refused(refusal)) => Err(Stop::Refused(refusal)),
            Err(InspectionFailure::Content(failure)) => Err(storage_stop(failure)),
            Err(failure @ InspectionFailure::Unavailable(_)) => Err(unavailable(failure)),
        }
    }

    /// The row says that the object goes; the worker removes it. Should even this fail, the sweeper finds the row.
    async fn give_up(&self, blob: &Blob, stop: &Stop) {
        let (id, caller) = (blob.attachment, self.caller.clone());
        let refusal = match stop {
            Stop::Refused(refusal) => Some(*refusal),
            Stop::Other(_) => None,
        };
        let noted = self.in_transaction(move |store| match refusal {
            Some(refusal) => refuse_upload(store, &caller, id, refusal),
            None => abandon_upload(store, &caller, id),
        });
        if let Err(error) = noted.await {
            tracing::warn!(file = %id, %error, "an upload could not be given up; it will be swept");
        }
    }

    fn in_transaction<T, F>(&self, work: F) -> impl Future<Output = ApiResult<T>>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Store) -> threadwell_application::Result<T> + Send + 'static,
    {
        self.state.run_for(self.audience, work)
    }
}

fn stopped(stop: Stop) -> ApiError {
    match stop {
        Stop::Refused(refusal) => code_of_refusal(refusal).into(),
        Stop::Other(error) => error,
    }
}

fn no_file() -> ApiError {
    ApiError::field("/file", FieldProblem::Required)
}

fn storage_stop(failure: StorageFailure) -> Stop {
    match failure {
        StorageFailure::TooLarge => Code::FileTooLarge.into(),
        StorageFailure::BrokeOff => Code::MalformedRequest.into(),
        StorageFailure::Missing | StorageFailure::Damaged | StorageFailure::Unavailable(_) => {
            unavailable(failure)
        }
    }
}

fn unavailable(failure: impl std::error::Error + Send + Sync + 'static) -> Stop {
    Stop::Other(threadwell_application::Error::unavailable(failure).into())
}

fn name_of(field: &Field) -> Result<FileName, Stop> {
    let given = field.content_disposition().and_then(|head| head.get_filename());
    let given = given.ok_or_else(|| Stop::Other(ApiError::field("/file", FieldProblem::Required)))?;
    let wrong = |problem| Stop::Other(ApiError::field("/file", problem));
    let name = FileName::parse(given).map_err(|refusal| match refusal {
        FileNameRefusal::KindNotAllowed => Stop::Refused(ContentRefusal::KindNotAllowed),
        FileNameRefusal::Empty => wrong(FieldProblem::Empty),
        FileNameRefusal::TooLong => wrong(FieldProblem::TooLong(FileName::LIMIT)),
        FileNameRefusal::ControlCharacter => wrong(FieldProblem::ControlCharacter),
    })?;
    match field.content_type().map(|declared| declared.essence_str()) {
        // What a system knows no type of is sent without one, or as just some bytes.
        None | Some("application/octet-stream") => Ok(name),
        Some(declared) if FileKind::from_media_type(declared) == Some(name.kind()) => Ok(name),
        Some(_) => Err(Stop::Refused(ContentRefusal::KindMismatch)),
    }
}

/// As many bytes as tell the kinds apart, or all that there are.
async fn first_bytes(form: &mut Form, field: &mut Field) -> Result<Bytes, Stop> {
    let mut first = BytesMut::new();
    while first.len() < SIGNATURE_BYTES {
        match form.more(field).await? {
            Some(bytes) => first.extend_from_slice(&bytes),
            None => break,
        }
    }
    Ok(first.freeze())
}

/// Gives the bytes to the storage as they come. If it wants no more, it says why itself.
async fn pour(
    form: &mut Form,
    mut field: Field,
    first: Bytes,
    pieces: Sender<Option<Bytes>>,
    limit: u64,
) -> Result<(), Stop> {
    let (mut piece, mut poured) = (Some(first), 0);
    while let Some(bytes) = piece {
        poured += bytes.len() as u64;
        if poured > limit {
            return Err(Code::FileTooLarge.into());
        }
        if pieces.send(Some(bytes)).await.is_err() {
            return Ok(());
        }
        piece = form.more(&mut field).await?;
    }
    // A closed channel means that the storage has failed and says so.
    drop(pieces.send(None).await);
    Ok(())
}
