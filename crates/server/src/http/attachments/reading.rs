//! What is read of a part with a file: its name, its first bytes, and the rest of them into the storage.

use super::form::Form;
use super::stop::Stop;
use crate::http::code::Code;
use crate::http::error::ApiError;
use actix_multipart::Field;
use aws_lc_rs::digest::{Context, SHA256};
use bytes::{Bytes, BytesMut};
use threadwell_application::FieldProblem;
use threadwell_domain::MessageId;
use threadwell_domain::attachment::{ContentRefusal, FileKind, FileName, FileNameRefusal, SIGNATURE_BYTES};
use tokio::sync::mpsc::Sender;

/// What an upload says, to tell a repeated one from another: the file's name, its content, and the message.
#[derive(Clone)]
pub(super) struct Fingerprint(Context);

impl Fingerprint {
    /// Begins with the name.
    pub(super) fn of(name: &FileName) -> Self {
        let mut context = Context::new(&SHA256);
        let name = name.as_phi().expose();
        context.update(&(name.len() as u64).to_be_bytes());
        context.update(name.as_bytes());
        Self(context)
    }

    fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Ends with the message, if there is one.
    pub(super) fn with(&self, message: Option<MessageId>) -> [u8; 32] {
        let mut context = self.0.clone();
        message.iter().for_each(|message| context.update(message.uuid().as_bytes()));
        context.update(&[u8::from(message.is_some())]);
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
        bytes
    }
}

/// The name of a file, whose kind the declared type must agree with.
pub(super) fn name_of(field: &Field) -> Result<FileName, Stop> {
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
pub(super) async fn first_bytes(form: &mut Form, field: &mut Field) -> Result<Bytes, Stop> {
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
pub(super) async fn pour(
    form: &mut Form,
    mut field: Field,
    (first, fingerprint): (Bytes, &mut Fingerprint),
    pieces: Sender<Option<Bytes>>,
    limit: u64,
) -> Result<(), Stop> {
    let (mut piece, mut poured) = (Some(first), 0);
    while let Some(bytes) = piece {
        poured += bytes.len() as u64;
        if poured > limit {
            return Err(Code::FileTooLarge.into());
        }
        fingerprint.add(&bytes);
        if pieces.send(Some(bytes)).await.is_err() {
            return Ok(());
        }
        piece = form.more(&mut field).await?;
    }
    // A closed channel means that the storage has failed and says so.
    drop(pieces.send(None).await);
    Ok(())
}
