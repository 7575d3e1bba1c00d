use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        net::UnixStream,
        process::CommandExt,
    },
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;
use threadwell_devstack::{ClamdOptions, ClamdServer, StackError, eicar_test_file};

use crate::{ends_within, own_program_in, runs};

fn start() -> ClamdServer {
    ClamdServer::start(&ClamdOptions::default()).unwrap()
}

/// What clamd says of these bytes.
fn scan(mut stream: impl Read + Write, content: &[u8]) -> String {
    stream.write_all(b"zINSTREAM\0").unwrap();
    stream.write_all(&u32::try_from(content.len()).unwrap().to_be_bytes()).unwrap();
    stream.write_all(content).unwrap();
    stream.write_all(&[0; 4]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn connect(server: &ClamdServer) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream
}

#[test]
fn the_test_file_is_found_on_both_ways_in_and_nothing_else_is() {
    let server = start();
    let found = "stream: Eicar-Test-Signature.UNOFFICIAL FOUND\0";
    assert_eq!(scan(connect(&server), &eicar_test_file()), found);
    assert_eq!(scan(UnixStream::connect(server.socket()).unwrap(), &eicar_test_file()), found);
    assert_eq!(scan(connect(&server), b"a letter to the practice"), "stream: OK\0");
}

#[test]
fn a_stopped_server_refuses_and_one_started_again_answers_on_the_same_port() {
    let mut server = start();
    let first = server.pid().unwrap();
    server.stop();
    assert!(server.pid().is_none() && !runs(first));
    assert!(TcpStream::connect(("127.0.0.1", server.port())).is_err());
    server.start_again().unwrap();
    assert_eq!(scan(connect(&server), b"a letter"), "stream: OK\0");
    let second = server.pid();
    server.start_again().unwrap();
    assert_eq!(server.pid(), second, "a server that runs is left alone");
}

#[test]
fn given_settings_replace_the_defaults() {
    let settings = vec![("StreamMaxLength".to_owned(), "1K".to_owned())];
    let server = ClamdServer::start(&ClamdOptions { settings, port: None }).unwrap();
    assert_eq!(scan(connect(&server), &[b'a'; 1025]), "INSTREAM size limit exceeded. ERROR\0");
}

#[test]
fn a_taken_port_and_a_wrong_setting_are_named() {
    let server = start();
    let taken = ClamdServer::start(&ClamdOptions { port: Some(server.port()), settings: Vec::new() });
    assert!(matches!(taken, Err(StackError::PortInUse { .. })), "{taken:?}");
    let settings = vec![("NoSuchSetting".to_owned(), "1".to_owned())];
    match ClamdServer::start(&ClamdOptions { settings, port: None }) {
        Err(StackError::NotReady { program: "clamd", detail }) => {
            assert!(detail.contains("NoSuchSetting"), "{detail}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_dropped_server_leaves_nothing() {
    let mut server = start();
    server.stop();
    server.start_again().unwrap();
    let (pid, home) = (server.pid().unwrap(), server.socket().parent().unwrap().to_path_buf());
    drop(server);
    assert!(!runs(pid) && !home.exists());
}

/// Runs when asked for by [`hold`]: starts a server, says where, and waits to be killed.
#[test]
#[ignore = "the victim of other tests"]
fn victim() {
    let server = start();
    let home = server.socket().parent().unwrap().to_path_buf();
    println!("\nholding {} {}", server.pid().unwrap(), home.display());
    std::thread::sleep(Duration::from_secs(60));
}

/// Starts [`victim`] in a process of its own; returns it with the server's pid and home.
fn hold(account: Option<(u32, u32)>) -> (Child, u32, PathBuf) {
    let place = TempDir::with_prefix_in("threadwell-victim-", "/tmp").unwrap();
    fs::set_permissions(place.path(), Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(own_program_in(place.path()));
    command.args(["clamd::victim", "--ignored", "--exact", "--nocapture"]).current_dir("/");
    if let Some((uid, gid)) = account {
        command.uid(uid).gid(gid);
    }
    let mut victim = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map(Result::unwrap);
    let report = lines.find_map(|line| line.strip_prefix("holding ").map(str::to_owned)).unwrap();
    let (pid, home) = report.split_once(' ').unwrap();
    (victim, pid.parse().unwrap(), PathBuf::from(home))
}

#[test]
fn a_killed_owner_leaves_nothing() {
    let (mut victim, server, home) = hold(None);
    assert!(runs(server) && home.exists());
    victim.kill().unwrap();
    victim.wait().unwrap();
    assert!(ends_within(10, || !runs(server) && !home.exists()));
}

#[test]
fn root_gives_the_server_to_an_account_and_an_ordinary_user_runs_it_itself() {
    let owner = |pid: Option<u32>| fs::metadata(format!("/proc/{}", pid.unwrap())).unwrap().uid();
    let server = start();
    if !nix::unistd::Uid::effective().is_root() {
        assert_eq!(owner(server.pid()), nix::unistd::Uid::effective().as_raw());
        return;
    }
    assert_ne!(owner(server.pid()), 0);
    let nobody = nix::unistd::User::from_name("nobody").unwrap().unwrap();
    let (mut victim, held, home) = hold(Some((nobody.uid.as_raw(), nobody.gid.as_raw())));
    assert_eq!(owner(Some(held)), nobody.uid.as_raw());
    victim.kill().unwrap();
    victim.wait().unwrap();
    assert!(ends_within(10, || !runs(held) && !home.exists()));
}
