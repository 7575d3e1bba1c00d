//! Live updates: how long after a reply was sent at one server clients of another one know of it.
//!
//! Both servers run on the measured machine. A reply counts from the first byte of its request to the event at the client,
//! so that the time of the send itself is in it.

use crate::Outcome;
use crate::ids;
use crate::size::Practice;
use crate::stack::Server;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const SENDS_PER_SECOND: u64 = 200;
const SENDERS: u64 = 8;
const CLIENTS: usize = 20;
/// How long clients look on after the last reply.
const LAST_WAIT: Duration = Duration::from_secs(3);
const MESSAGE: &str = "\"messageId\":\"";
const ID_LEN: usize = 36;

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    /// Replies a second.
    pub(crate) sends: f64,
    /// Events that clients should have had, and had.
    pub(crate) events: (usize, usize),
    /// From the request to the event: the median and the slowest of a hundred.
    pub(crate) told_ms: (f64, f64),
}

/// Sends at one server for some seconds while clients look on at another.
///
/// # Errors
/// A reply was refused, or a stream was.
pub(crate) fn measure(
    server: &Server,
    practice: &Practice,
    tokens: &[String],
    seconds: u64,
) -> Outcome<Told> {
    let (other, address) = server.start_another()?;
    let (is_over, next) = (AtomicBool::new(false), AtomicU64::new(0));
    let outcome = thread::scope(|scope| -> Outcome<Told> {
        let clients: Vec<_> = tokens
            .iter()
            .take(CLIENTS)
            .map(|token| Client::open(address, token))
            .collect::<Outcome<Vec<_>>>()?
            .into_iter()
            .map(|client| scope.spawn(|| client.look(&is_over)))
            .collect();
        let began = Instant::now();
        let senders: Vec<_> = (0..SENDERS)
            .map(|_| scope.spawn(|| send_for(server.address(), practice, tokens, &next, seconds)))
            .collect();
        let mut sent = HashMap::new();
        for sender in senders {
            sent.extend(sender.join().map_err(|_| "a sender failed")??);
        }
        let sends = sent.len() as f64 / began.elapsed().as_secs_f64();
        thread::sleep(LAST_WAIT);
        is_over.store(true, Ordering::Relaxed);
        let mut times = Vec::new();
        for client in clients {
            let told = client.join().map_err(|_| "a client failed")?;
            times.extend(told.iter().filter_map(|(id, at)| Some((*at - *sent.get(id)?).as_secs_f64() * 1e3)));
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN);
        Ok(Told { sends, events: (sent.len() * CLIENTS, times.len()), told_ms: (at(0.5), at(0.99)) })
    });
    drop(other);
    outcome
}

/// Sends at an even pace; gives when the request of each message began.
fn send_for(
    address: SocketAddr,
    practice: &Practice,
    tokens: &[String],
    next: &AtomicU64,
    seconds: u64,
) -> Outcome<HashMap<String, Instant>> {
    let began = Instant::now();
    let mut sent = HashMap::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= SENDS_PER_SECOND * seconds {
            return Ok(sent);
        }
        let due = Duration::from_secs_f64(number as f64 / SENDS_PER_SECOND as f64);
        thread::sleep(due.saturating_sub(began.elapsed()));
        let token = tokens.get(number as usize % tokens.len().max(1)).ok_or("nobody is signed in")?;
        // Only threads that are not closed take a reply: 43 of each hundred.
        let place = number * 7_919 % (practice.threads / 100).max(1) * 100 + number % 43;
        let thread = ids::thread(practice.number, practice.threads, place);
        let at = Instant::now();
        sent.insert(send(address, token, &thread.to_string())?, at);
    }
}

fn send(address: SocketAddr, token: &str, thread: &str) -> Outcome<String> {
    let body = "{\"messageText\":\"Please keep the area dry until tomorrow evening.\"}";
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let request = format!(
        "POST /api/patient-messages/threads/{thread}/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    named(&answer).ok_or_else(|| format!("a reply was refused: {answer}").into())
}

/// The first message that a text names.
fn named(text: &str) -> Option<String> {
    let (_, from) = text.split_once(MESSAGE)?;
    from.get(..ID_LEN).map(str::to_owned)
}

/// Somebody who looks on.
struct Client(TcpStream);

impl Client {
    fn open(address: SocketAddr, token: &str) -> Outcome<Self> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_millis(50)))?;
        write!(stream, "GET /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n")?;
        let (mut head, began) = (String::new(), Instant::now());
        while !head.contains("event: ready") {
            if began.elapsed() > Duration::from_secs(10) {
                return Err(format!("a stream was refused: {head}").into());
            }
            head.push_str(&read(&mut stream));
        }
        Ok(Self(stream))
    }

    /// When each message was told first.
    fn look(mut self, is_over: &AtomicBool) -> HashMap<String, Instant> {
        let (mut told, mut text) = (HashMap::new(), String::new());
        while !is_over.load(Ordering::Relaxed) {
            text.push_str(&read(&mut self.0));
            let now = Instant::now();
            while let Some(end) = text.find("\n\n") {
                let event: String = text.drain(..end + 2).collect();
                if let Some(id) = named(&event) {
                    told.entry(id).or_insert(now);
                }
            }
        }
        told
    }
}

fn read(stream: &mut TcpStream) -> String {
    let mut piece = [0; 16_384];
    let count = stream.read(&mut piece).unwrap_or(0);
    piece.get(..count).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}
