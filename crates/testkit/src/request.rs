//! A client that sends exactly what it is told: tests also say what no decent client would.

use crate::answer::Answer;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);

/// A request on its way.
#[derive(Clone, Debug)]
#[must_use]
pub struct Request {
    address: SocketAddr,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Request {
    /// A request without headers of its own.
    pub fn to(address: SocketAddr, method: &str, path: &str) -> Self {
        Self { address, method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: None }
    }

    /// Adds a header; one name may come several times.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a bearer token.
    pub fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    /// Sends JSON.
    pub fn json(self, body: &Value) -> Self {
        self.text("application/json", &body.to_string())
    }

    /// Sends some text.
    pub fn text(self, content_type: &str, body: &str) -> Self {
        self.bytes(content_type, body.as_bytes())
    }

    /// Sends bytes.
    pub fn bytes(mut self, content_type: &str, body: &[u8]) -> Self {
        self.body = Some(body.to_vec());
        self.header("Content-Type", content_type)
    }

    /// Sends a form with a file, and what else is given.
    pub fn upload(self, upload: &Upload<'_>) -> Self {
        let (content_type, body) = upload.body();
        self.bytes(&content_type, &body)
    }

    /// Sends the request and takes the answer.
    pub fn send(&self) -> Answer {
        raw_exchange(self.address, &self.written())
            .unwrap_or_else(|| panic!("no answer to {} {}", self.method, self.path))
    }

    /// Sends the request and leaves the answer to be read.
    pub(crate) fn connect(&self) -> std::io::Result<TcpStream> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_write_timeout(Some(LIMIT))?;
        stream.write_all(&self.written())?;
        Ok(stream)
    }

    fn written(&self) -> Vec<u8> {
        let mut head = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.method, self.path, self.address
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if let Some(body) = &self.body {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(self.body.as_deref().unwrap_or_default());
        bytes
    }
}

/// Sends bytes and takes whatever comes back; nothing, if the server just closes.
pub fn raw_exchange(address: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream.set_write_timeout(Some(LIMIT)).unwrap();
    // A server that has refused already may close before it has read everything.
    drop(stream.write_all(bytes));
    let answer = read_answer(&mut stream);
    Answer::parse(&answer)
}

/// Reads to the end; of a stream of events, which has none, up to its first event.
fn read_answer(stream: &mut TcpStream) -> Vec<u8> {
    let (mut answer, mut piece) = (Vec::new(), [0; 16_384]);
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&answer[..answer.len().min(4_096)]).into_owned();
        if text.contains("content-type: text/event-stream") && text.contains("event: ready") {
            break;
        }
    }
    answer
}

/// A file to be uploaded.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its declared type.
    pub media_type: &'a str,
    /// Its bytes.
    pub content: &'a [u8],
    /// The message that takes it, as old clients say.
    pub message: Option<&'a str>,
}

impl Upload<'_> {
    /// The type and the bytes of the form.
    pub fn body(&self) -> (String, Vec<u8>) {
        const BOUNDARY: &str = "----testkit-7d1a";
        let mut body = Vec::new();
        if let Some(message) = self.message {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"messageId\"\r\n\r\n{message}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let name = self.name.replace('"', "%22");
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {}\r\n\r\n",
            self.media_type
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(self.content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }
}
