//! A client of event streams, as a browser reads them.

use crate::people::Person;
use crate::process::Process;
use crate::request::Request;
use serde_json::Value;
use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(30);
/// The state of a connection that is open both ways.
const ESTABLISHED: &str = "01";

/// An event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Where it stands, sealed; events that cannot be resumed after have none.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its data.
    pub data: Value,
}

/// An open stream. Dropping it cuts the connection.
#[derive(Debug)]
pub struct Events {
    stream: TcpStream,
    raw: Vec<u8>,
    text: String,
    head: String,
    sent: String,
    is_ended: bool,
    /// The id of the last event that had one.
    pub last_id: Option<String>,
}

impl Person {
    /// The same person at another server of the same data.
    #[must_use]
    pub fn at(&self, server: &Process) -> Self {
        self.at_address(server.address())
    }

    /// Opens this side's stream, from where another one was cut.
    pub fn events(&self, last_id: Option<&str>) -> Events {
        self.try_events(last_id).unwrap_or_else(|status| panic!("the stream was refused: {status}"))
    }

    /// Opens it from an address, as the proxy says.
    pub fn events_from(&self, address: &str) -> Events {
        let request = self.asking_for_events().header("X-Forwarded-For", address);
        Events::over(request.connect().unwrap()).unwrap_or_else(|status| panic!("refused: {status}"))
    }

    /// Opens it, if it may; else the status of the refusal, 0 where there was no answer.
    pub fn try_events(&self, last_id: Option<&str>) -> Result<Events, u16> {
        let request = self.asking_for_events();
        let request = match last_id {
            Some(id) => request.header("Last-Event-ID", id),
            None => request,
        };
        Events::over(request.connect().map_err(|_| 0_u16)?)
    }

    fn asking_for_events(&self) -> Request {
        let path = if self.patient.is_some() { "/api/patient-portal/events" } else { "/api/events" };
        self.request("GET", path).header("Accept-Encoding", "gzip")
    }
}

impl Events {
    fn over(stream: TcpStream) -> Result<Self, u16> {
        let mut events = Self {
            stream,
            raw: Vec::new(),
            text: String::new(),
            head: String::new(),
            sent: String::new(),
            is_ended: false,
            last_id: None,
        };
        let started = Instant::now();
        while events.head.is_empty() {
            if events.is_ended || started.elapsed() > LIMIT {
                return Err(0);
            }
            events.read(Duration::from_millis(100));
        }
        let status = events.head.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
        if status == 200 { Ok(events) } else { Err(status) }
    }

    /// The head of the answer, in small letters.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether the server still holds its end of the connection, by the system's own table (proc(5)).
    pub fn is_held(&self) -> bool {
        let ports =
            (self.stream.peer_addr().map(|peer| peer.port()), self.stream.local_addr().map(|own| own.port()));
        let (Ok(server), Ok(client)) = ports else { return false };
        let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
        let port_of =
            |address: &str| address.split(':').nth(1).and_then(|port| u16::from_str_radix(port, 16).ok());
        table.lines().skip(1).any(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            port_of(fields[1]) == Some(server)
                && port_of(fields[2]) == Some(client)
                && fields[3] == ESTABLISHED
        })
    }

    /// Everything that was sent so far, byte for byte, comments included.
    pub fn sent(&self) -> &str {
        &self.sent
    }

    /// Everything that is waiting to be read, comments included.
    pub fn waiting_text(&self) -> &str {
        &self.text
    }

    /// The next event, if one comes in time.
    pub fn next(&mut self, within: Duration) -> Option<Event> {
        let started = Instant::now();
        loop {
            if let Some(event) = self.parse() {
                return Some(event);
            }
            let left = within.saturating_sub(started.elapsed());
            if left.is_zero() || self.is_ended {
                return None;
            }
            self.read(left.min(Duration::from_millis(50)));
        }
    }

    /// The next event of that name; others before it are passed over.
    #[track_caller]
    pub fn expect(&mut self, name: &str) -> Value {
        let started = Instant::now();
        while started.elapsed() < LIMIT {
            match self.next(Duration::from_millis(200)) {
                Some(event) if event.name == name => return event.data,
                Some(_) => {}
                None => assert!(!self.is_ended, "the stream ended before {name}"),
            }
        }
        panic!("{name} did not come");
    }

    /// All events until one satisfies the condition, that one included.
    #[track_caller]
    pub fn until(&mut self, is_last: impl Fn(&Event) -> bool) -> Vec<Event> {
        let started = Instant::now();
        let mut all = Vec::new();
        while started.elapsed() < LIMIT {
            let Some(event) = self.next(Duration::from_millis(200)) else {
                assert!(!self.is_ended, "the stream ended: {all:?}");
                continue;
            };
            all.push(event);
            if all.last().is_some_and(&is_last) {
                return all;
            }
        }
        panic!("it did not come: {all:?}");
    }

    /// Whether the server ended the stream, waiting so long for it.
    pub fn ends(&mut self, within: Duration) -> bool {
        let started = Instant::now();
        while !self.is_ended && started.elapsed() < within {
            self.read(Duration::from_millis(50));
        }
        self.is_ended
    }

    fn read(&mut self, within: Duration) {
        self.stream.set_read_timeout(Some(within.max(Duration::from_millis(1)))).unwrap();
        let mut piece = [0; 16_384];
        match self.stream.read(&mut piece) {
            Ok(0) => self.is_ended = true,
            Ok(count) => self.raw.extend_from_slice(&piece[..count]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => self.is_ended = true,
        }
        if self.head.is_empty()
            && let Some(end) = self.raw.windows(4).position(|window| window == b"\r\n\r\n")
        {
            self.head = String::from_utf8_lossy(&self.raw[..end]).to_lowercase();
            self.raw.drain(..end + 4);
        }
        if !self.head.is_empty() {
            self.unchunk();
        }
    }

    fn unchunk(&mut self) {
        while let Some(line) = self.raw.windows(2).position(|window| window == b"\r\n") {
            let size = String::from_utf8_lossy(&self.raw[..line]).into_owned();
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
            if self.raw.len() < line + size + 4 {
                return;
            }
            let piece = String::from_utf8_lossy(&self.raw[line + 2..line + 2 + size]).into_owned();
            self.text.push_str(&piece);
            self.sent.push_str(&piece);
            self.raw.drain(..line + size + 4);
            if size == 0 {
                self.is_ended = true;
                return;
            }
        }
    }

    fn parse(&mut self) -> Option<Event> {
        loop {
            let end = self.text.find("\n\n")?;
            let block: String = self.text.drain(..end + 2).collect();
            let field = |name: &str| {
                let prefix = format!("{name}: ");
                block.lines().find_map(|line| line.strip_prefix(&prefix)).map(str::to_owned)
            };
            let (id, Some(name)) = (field("id"), field("event")) else { continue };
            let data = serde_json::from_str(&field("data").unwrap_or_default()).unwrap();
            self.last_id = id.clone().or(self.last_id.take());
            return Some(Event { id, name, data });
        }
    }
}
