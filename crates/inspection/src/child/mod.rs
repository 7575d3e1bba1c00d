//! The process that looks into one file and ends.

pub(crate) mod confinement;
pub(crate) mod frame;

use std::{
    io::{self, Read, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use threadwell_domain::attachment::{FileKind, MAX_FILE_BYTES};

use crate::{
    cleaning,
    inspect::{inspect, when_it_breaks},
};
use confinement::Confinement;
use frame::{Answer, Task};

/// Confines this process, reads one file from `input`, and answers on `output`.
///
/// To be called on the main thread before any other was started: confinement holds for the thread that asks for it and
/// for what it starts. Nothing else can be done by the process afterwards.
pub fn run_child(mut input: impl Read, mut output: impl Write) -> ExitCode {
    let Ok(confinement) = confinement::confine() else { return ExitCode::from(CANNOT_START) };
    match greet(confinement, &mut output).and_then(|()| serve(&mut input, &mut output)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(CANNOT_SPEAK),
    }
}

/// The limits could not be lowered.
const CANNOT_START: u8 = 70;
/// The parent is gone, or says what no parent says.
const CANNOT_SPEAK: u8 = 74;

fn greet(confinement: Confinement, output: &mut impl Write) -> io::Result<()> {
    let last = match confinement {
        Confinement::Sealed => frame::SEALED,
        Confinement::Limited => frame::LIMITED,
    };
    output.write_all(&frame::GREETING)?;
    output.write_all(&[last])?;
    output.flush()
}

fn serve(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let mut question = [0; 2];
    input.read_exact(&mut question)?;
    let [task, kind] = question;
    let (Some(task), Some(kind)) = (Task::from_code(task), frame::kind_from_code(kind)) else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let mut file = Vec::new();
    input.take(MAX_FILE_BYTES + 1).read_to_end(&mut file)?;
    let answer = catch_unwind(AssertUnwindSafe(|| answer(task, kind, &file)));
    frame::write(&answer.unwrap_or(Answer::Refused(when_it_breaks(kind))), output)
}

fn answer(task: Task, kind: FileKind, file: &[u8]) -> Answer {
    let outcome = inspect(kind, file).and_then(|()| match task {
        Task::Inspect => Ok(Answer::Accepted),
        Task::Clean => cleaning::clean(kind, file).map(|cleaned| Answer::Picture(Box::new(cleaned))),
    });
    outcome.unwrap_or_else(Answer::Refused)
}
