use std::{
    env, fs,
    io::{self, Read},
    net::{TcpListener, TcpStream, UdpSocket},
    process::{Command, Stdio},
    thread,
};

use threadwell_inspection::run_child;

/// Reads a file by trying everything that a file could try that has taken the process over.
struct Intruder {
    address: String,
}

impl Read for Intruder {
    #[expect(clippy::print_stdout, reason = "the other process reads it")]
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        let tries: [(&str, bool); 8] = [
            ("read a file", fs::read("/etc/hostname").is_ok()),
            ("write a file", fs::write("/tmp/threadwell-intruder", "x").is_ok()),
            ("connect", TcpStream::connect(&self.address).is_ok()),
            ("open a socket", UdpSocket::bind("127.0.0.1:0").is_ok()),
            ("start a program", Command::new("/bin/true").status().is_ok()),
            ("start a thread", thread::Builder::new().spawn(|| {}).is_ok()),
            ("use what was left open", nix::unistd::close(9).is_ok()),
            ("take a gigabyte", Vec::<u8>::new().try_reserve_exact(1 << 30).is_ok()),
        ];
        for (what, worked) in tries {
            println!("{what}: {worked}");
        }
        println!("all tried");
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[test]
#[ignore = "confines its process for good: run by the test below"]
fn intrude() {
    let address = env::var("INTRUDER_ADDRESS").unwrap();
    let _code = run_child(Intruder { address }, io::sink());
}

#[test]
fn a_process_that_is_taken_over_can_do_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let output = Command::new("/bin/sh")
        .args(["-c", "exec 9</dev/null; exec \"$0\" --exact confinement::intrude --ignored --nocapture"])
        .arg(env::current_exe().unwrap())
        .env("INTRUDER_ADDRESS", listener.local_addr().unwrap().to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("all tried"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains(": true"), "{said}");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err());
}

#[test]
fn a_process_leaves_processors_to_all_others() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_inspect-file"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut greeting = [0; 3];
    child.stdout.take().unwrap().read_exact(&mut greeting).unwrap();
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    // Behind the name, which may hold anything, niceness is the seventeenth field.
    let niceness = stat.rsplit_once(") ").and_then(|(_, fields)| fields.split(' ').nth(16));
    assert_eq!(niceness, Some("10"), "{stat}");
    drop(child.stdin.take());
    child.wait().unwrap();
}
