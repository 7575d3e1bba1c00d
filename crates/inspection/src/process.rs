use std::{io, process::Stdio, sync::Once, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use threadwell_application::ports::{CleanPicture, FileInspector, FileStream, InspectionFailure};
use threadwell_domain::attachment::{FileKind, MAX_FILE_BYTES};
use tokio::{
    io::AsyncWriteExt,
    process::{Child, ChildStdin, Command},
    sync::Semaphore,
    time::timeout,
};

use crate::{
    InspectorSettings,
    child::{
        confinement::Confinement,
        frame::{self, Answer, Task},
    },
    hearing::{self, Heard, Outcome},
    inspect::when_it_breaks,
};

/// Looks into each file in a process of its own, which has nothing but the file: no environment, no files, no network,
/// little memory, little time.
///
/// The process is believed when it refuses and when it gives a picture; one that was taken over by the file could say
/// either falsely, but could do nothing else.
#[derive(Debug)]
pub struct InspectorProcess {
    settings: InspectorSettings,
    room: Semaphore,
    unsealed: Once,
}

impl InspectorProcess {
    /// Prepares the inspector; starts nothing yet.
    pub fn new(settings: InspectorSettings) -> Self {
        let room = Semaphore::new(settings.at_once.get());
        Self { settings, room, unsealed: Once::new() }
    }

    /// Whether a process can be started and answers, and how far this system can confine it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn ready(&self) -> Result<Confinement, InspectionFailure> {
        let dot = Bytes::from_static(b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");
        match self.ask(Task::Inspect, FileKind::Gif, Box::pin(Dot(Some(dot)))).await? {
            (Answer::Accepted, confinement) => Ok(confinement),
            _ => Err(unavailable("the inspector refuses a picture of one dot")),
        }
    }

    async fn ask(
        &self,
        task: Task,
        kind: FileKind,
        content: FileStream,
    ) -> Result<(Answer, Confinement), InspectionFailure> {
        let _room = self.room.acquire().await.map_err(unavailable)?;
        let mut child = self.start().map_err(unavailable)?;
        let outcome = self.talk(&mut child, task, kind, content).await;
        // Dropping a child kills it too, but leaves it to be collected later.
        let _ended = child.kill().await;
        let (answer, confinement) = outcome?.verdict(when_it_breaks(kind))?;
        if confinement == Confinement::Limited {
            self.unsealed.call_once(|| {
                tracing::warn!(
                    "this system cannot filter system calls: files are inspected under limits alone"
                );
            });
        }
        Ok((answer, confinement))
    }

    fn start(&self) -> io::Result<Child> {
        Command::new(&self.settings.program)
            .args(&self.settings.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }

    async fn talk(
        &self,
        child: &mut Child,
        task: Task,
        kind: FileKind,
        content: FileStream,
    ) -> Result<Outcome, InspectionFailure> {
        let limit = self.settings.time_limit;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(unavailable(io::Error::from(io::ErrorKind::BrokenPipe)));
        };
        hand_over(input, [task.code(), frame::kind_code(kind)], content, limit).await?;
        let mut heard = Heard::default();
        let listening = async {
            let answer = hearing::listen(output, &mut heard).await;
            (answer, child.wait().await)
        };
        // Time on a processor is the child's own limit. That none was to be had is never the file's fault.
        let (answer, status) = timeout(limit, listening).await.map_err(unavailable)?;
        Ok(Outcome { heard, answer, status: status.map_err(unavailable)? })
    }
}

/// Gives the child its question and the file. A child that stops reading has made up its mind, or is gone.
async fn hand_over(
    mut input: ChildStdin,
    question: [u8; 2],
    mut content: FileStream,
    limit: Duration,
) -> Result<(), InspectionFailure> {
    let mut room = MAX_FILE_BYTES + 1;
    let mut piece = Bytes::copy_from_slice(&question);
    loop {
        // The child reads before it works: it is never the file's fault when this takes long.
        match timeout(limit, input.write_all(&piece)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Ok(()),
            Err(late) => return Err(unavailable(late)),
        }
        // While a file does not come, others wait for its place.
        let next = timeout(limit, std::future::poll_fn(|context| content.as_mut().poll_next(context)));
        match next.await.map_err(unavailable)? {
            Some(next) if room > 0 => piece = next.map_err(InspectionFailure::Content)?,
            _ => return Ok(()),
        }
        room = room.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
    }
}

pub(crate) fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> InspectionFailure {
    InspectionFailure::Unavailable(cause.into())
}

#[async_trait]
impl FileInspector for InspectorProcess {
    async fn inspect(&self, kind: FileKind, content: FileStream) -> Result<(), InspectionFailure> {
        match self.ask(Task::Inspect, kind, content).await?.0 {
            Answer::Accepted => Ok(()),
            Answer::Refused(refusal) => Err(InspectionFailure::Refused(refusal)),
            Answer::Picture(_) => Err(InspectionFailure::Refused(when_it_breaks(kind))),
        }
    }

    async fn clean(&self, kind: FileKind, content: FileStream) -> Result<CleanPicture, InspectionFailure> {
        match self.ask(Task::Clean, kind, content).await?.0 {
            Answer::Picture(cleaned) => Ok(CleanPicture {
                picture: cleaned.picture.into(),
                kind: cleaned.kind,
                thumbnail: cleaned.thumbnail.into(),
                thumbnail_kind: cleaned.thumbnail_kind,
                width: cleaned.width,
                height: cleaned.height,
            }),
            Answer::Refused(refusal) => Err(InspectionFailure::Refused(refusal)),
            Answer::Accepted => Err(InspectionFailure::Refused(when_it_breaks(kind))),
        }
    }
}

/// A stream of one piece.
struct Dot(Option<Bytes>);

impl futures_core::Stream for Dot {
    type Item = Result<Bytes, threadwell_application::ports::StorageFailure>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}
