//! Photographs: uploaded, looked into, scanned, written anew with a small picture, sealed and stored.
//!
//! A photograph counts when it can be downloaded. Server and worker run as at a site, with the scanner of the demo: a
//! clamd's time depends on its signatures, not on Threadwell.

use crate::stack::{Database, Server};
use crate::{Outcome, machine, sql};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use threadwell_inspection::corpus::photos;

const CLIENTS: usize = 8;
/// A person may upload 200 MiB a day.
const BY_ONE_PERSON: usize = 80;
const LONGEST_WAIT: Duration = Duration::from_secs(900);

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Uploaded {
    /// The size of the photograph.
    pub(crate) mib: f64,
    /// Photographs that became available, for each second from the first upload to the last that was ready.
    pub(crate) per_second: f64,
    /// Answers to uploads: the median and the slowest of a hundred.
    pub(crate) answer_ms: (f64, f64),
    /// The most memory that server, worker and the processes that looked into files had together.
    pub(crate) peak_mib: f64,
}

/// Uploads for some seconds and waits until everything is ready.
///
/// # Errors
/// An upload was refused, or a photograph did not become available.
pub(crate) fn measure(
    server: &Server,
    database: &Database,
    tokens: &[String],
    seconds: u64,
) -> Outcome<Uploaded> {
    let photo = photos::phone_photo();
    let body = form(&photo);
    let _worker = server.start_worker()?;
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let began = Instant::now();
    let (mut answers, peak_mib) = thread::scope(|scope| -> Outcome<(Vec<f64>, f64)> {
        let watching = scope.spawn(|| watch(server.pid(), &is_over));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(|| {
                    let mut times = Vec::new();
                    while began.elapsed() < Duration::from_secs(seconds) {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let token = tokens
                            .get(number / BY_ONE_PERSON)
                            .ok_or("too few people for so many photographs")?;
                        times.push(upload(server, token, &body)?);
                    }
                    Outcome::Ok(times)
                })
            })
            .collect();
        let mut answers = Vec::new();
        for client in clients {
            answers.extend(client.join().map_err(|_| "a client failed")??);
        }
        let ready = wait_for_all(database, answers.len());
        is_over.store(true, Ordering::Relaxed);
        let peak = watching.join().map_err(|_| "nobody watched the memory")?;
        ready.map(|()| (answers, peak))
    })?;
    let per_second = answers.len() as f64 / began.elapsed().as_secs_f64();
    answers.sort_by(f64::total_cmp);
    let at = |share: f64| answers.get((answers.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
    let mib = photo.len() as f64 / 1_048_576.0;
    Ok(Uploaded { mib, per_second, answer_ms: (at(0.5), at(0.99)), peak_mib })
}

fn form(photo: &[u8]) -> Vec<u8> {
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
    [head.as_bytes(), photo, b"\r\n--b--\r\n"].concat()
}

/// Uploads once; gives the milliseconds until the answer.
fn upload(server: &Server, token: &str, body: &[u8]) -> Outcome<f64> {
    let began = Instant::now();
    let mut stream = TcpStream::connect(server.address())?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(
        stream,
        "POST /api/patient-messages/attachments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.starts_with("HTTP/1.1 201") {
        Ok(began.elapsed().as_secs_f64() * 1e3)
    } else {
        Err(format!("an upload was refused: {answer}").into())
    }
}

fn wait_for_all(database: &Database, expected: usize) -> Outcome<()> {
    let began = Instant::now();
    loop {
        let ready = sql::run(&database.superuser_url(), "SELECT count(*) FROM attachment WHERE state = 4")?;
        let ready: usize = ready.trim().parse()?;
        if ready >= expected {
            return Ok(());
        }
        if began.elapsed() > LONGEST_WAIT {
            return Err(format!("{ready} of {expected} photographs became available").into());
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The most memory that a process, its sibling and all their children had at one time.
fn watch(server: u32, is_over: &AtomicBool) -> f64 {
    let mut peak = 0.0_f64;
    while !is_over.load(Ordering::Relaxed) {
        peak = peak.max(machine::program_mib(server));
        thread::sleep(Duration::from_millis(20));
    }
    peak
}
