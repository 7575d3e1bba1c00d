//! Receiving an upload: from the request straight into the storage, looked into there, and handed to the worker.
//!
//! It runs in a task of its own. A client that goes away in the middle ends the body, not the task: whatever was
//! begun is either finished or given up.

use super::arriving::arriving;
use super::form::{Form, Part, announced};
use super::reading::{Fingerprint, first_bytes, name_of, pour};
use super::stop::{Stop, no_file, storage_stop, unavailable};
use crate::http::code::Code;
use crate::http::error::{ApiError, ApiResult};
use crate::http::headers::IdempotencyHeader;
use crate::http::identity::{PortalCaller, StaffCaller};
use crate::http::limits::Person;
use crate::http::state::State;
use actix_multipart::Field;
use actix_web::{HttpRequest, web};
use std::future::Future;
use threadwell_application::FieldProblem;
use threadwell_application::access::{Audience, Caller};
use threadwell_application::attachments::{
    abandon_upload, begin_upload, finish_upload, receive_upload, refuse_upload,
};
use threadwell_application::ports::{AttachmentView, Blob, InspectionFailure, Receipt, Store};
use threadwell_domain::MessageId;
use threadwell_domain::attachment::{ContentRefusal, FileKind};
use tracing::{Instrument, Span};

/// Receives the upload of a request.
pub(crate) async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    by: Uploader,
    key: IdempotencyHeader,
    state: web::Data<State>,
) -> ApiResult<(Receipt, AttachmentView)> {
    let mut form = Form::open(request, payload, state.settings.upload_limits.file_bytes)?;
    let intake = Intake { state, by, key, announced: announced(request) };
    let work = async move {
        let received = intake.run(&mut form).await;
        match received {
            Ok(kept) => Ok(kept),
            Err(error) if is_final(&error) => {
                actix_web::rt::spawn(form.hold());
                Err(error)
            }
            Err(error) => {
                if !form.drain().await {
                    actix_web::rt::spawn(form.hold());
                }
                Err(error)
            }
        }
    };
    let task = actix_web::rt::spawn(work.instrument(Span::current()));
    task.await.map_err(|_| Code::InternalError)?
}

/// Whether nothing more is read from the client.
fn is_final(error: &ApiError) -> bool {
    matches!(error.code(), Code::FileTooLarge | Code::RequestTimeout | Code::MalformedRequest)
}

/// Who uploads.
pub(crate) struct Uploader {
    caller: Caller,
    person: Person,
    audience: Audience,
}

impl From<StaffCaller> for Uploader {
    fn from(caller: StaffCaller) -> Self {
        Self { person: caller.person(), caller: caller.caller, audience: Audience::Staff }
    }
}

impl From<PortalCaller> for Uploader {
    fn from(caller: PortalCaller) -> Self {
        Self { person: caller.person(), caller: caller.caller, audience: Audience::Portal }
    }
}

struct Intake {
    state: web::Data<State>,
    by: Uploader,
    key: IdempotencyHeader,
    announced: Option<u64>,
}

/// A file that is stored.
struct Received {
    blob: Blob,
    kind: FileKind,
    bytes: u64,
    fingerprint: Fingerprint,
}

impl Intake {
    async fn run(&self, form: &mut Form) -> ApiResult<(Receipt, AttachmentView)> {
        let (mut file, mut message) = (None, None);
        let read = self.read(form, &mut file, &mut message).await;
        let Some(received) = file else { return Err(read.err().map_or_else(no_file, Stop::into_error)) };
        let kept = match read {
            Ok(()) => self.keep(&received, message).await,
            Err(stop) => Err(stop),
        };
        match kept {
            Ok(kept) => Ok(kept),
            Err(stop) => {
                self.give_up(&received.blob, &stop).await;
                Err(stop.into_error())
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
        let (caller, mut fingerprint) = (self.by.caller.clone(), Fingerprint::of(&name));
        let begin = move |store: &dyn Store| begin_upload(store, &caller, &name, announced, &limits);
        let blob = self.in_transaction(begin).await?;
        let (pieces, content) = arriving();
        let pour = pour(form, field, (first, &mut fingerprint), pieces, limits.file_bytes);
        let (poured, stored) = tokio::join!(pour, self.state.files.storage.store(&blob, content));
        match (poured, stored) {
            (Ok(()), Ok(bytes)) => Ok(Received { blob, kind, bytes, fingerprint }),
            (Err(stop), _) => self.failed(&blob, stop).await,
            (Ok(()), Err(failure)) => self.failed(&blob, storage_stop(failure)).await,
        }
    }

    async fn failed(&self, blob: &Blob, stop: Stop) -> Result<Received, Stop> {
        self.give_up(blob, &stop).await;
        Err(stop)
    }

    /// Looks into what was stored, and hands it on.
    async fn keep(
        &self,
        file: &Received,
        message: Option<MessageId>,
    ) -> Result<(Receipt, AttachmentView), Stop> {
        let (id, bytes, caller) = (file.blob.attachment, file.bytes, self.by.caller.clone());
        self.in_transaction(move |store| receive_upload(store, &caller, id, bytes)).await?;
        self.inspect(file).await?;
        let (caller, limits) = (self.by.caller.clone(), self.state.settings.upload_limits);
        let key = self.key.clone().with(file.fingerprint.with(message));
        let finish =
            move |store: &dyn Store| finish_upload(store, &caller, id, message, &limits, key.as_ref());
        Ok(self.in_transaction(finish).await?)
    }

    async fn inspect(&self, file: &Received) -> Result<(), Stop> {
        let _turn = self.state.inspecting.wait(self.by.person).await?;
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
        let (id, caller) = (blob.attachment, self.by.caller.clone());
        let stays_counted = stop.is_of_the_form();
        let refusal = match stop {
            Stop::Refused(refusal) => Some(*refusal),
            Stop::Other(_) => None,
        };
        let noted = self.in_transaction(move |store| match refusal {
            Some(refusal) => refuse_upload(store, &caller, id, refusal),
            None => abandon_upload(store, &caller, id, stays_counted),
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
        self.state.run_for(self.by.audience, work)
    }
}
