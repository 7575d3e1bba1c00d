use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use tempfile::TempDir;
use threadwell_devstack::{PostgresOptions, PostgresServer, StackError};

use crate::{ends_within, own_program_in, runs};

/// A home that the server's account may enter.
fn home() -> (TempDir, PathBuf) {
    let parent = TempDir::with_prefix_in("threadwell-test-", "/tmp").unwrap();
    fs::set_permissions(parent.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
    let home = parent.path().join("pg");
    (parent, home)
}

fn psql(url: &str, sql: &str) -> Result<String, String> {
    let answer = Command::new("psql").args([url, "-XAtqc", sql]).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if answer.status.success() { Ok(text(&answer.stdout)) } else { Err(text(&answer.stderr)) }
}

#[test]
fn an_ephemeral_server_answers_and_leaves_nothing() {
    let server = PostgresServer::ephemeral(&PostgresOptions::disposable()).unwrap();
    let url = server.superuser_url("postgres");
    let settings = "SELECT current_setting('server_encoding'), current_setting('fsync'), current_setting('TimeZone'),
        current_setting('listen_addresses'), (SELECT datcollate FROM pg_database WHERE datname = 'template1')";
    assert_eq!(psql(&url, settings).unwrap(), "UTF8|off|UTC|127.0.0.1|C.UTF-8");
    let socket = format!(
        "host={} port={} user=postgres password={} dbname=postgres",
        server.socket_directory().display(),
        server.port(),
        server.superuser_password()
    );
    assert_eq!(psql(&socket, "SELECT 1").unwrap(), "1");
    let (pid, home) = (server.pid(), server.socket_directory().parent().unwrap().to_path_buf());
    assert_ne!(fs::metadata(home.join("data")).unwrap().uid(), 0, "postgres refuses root");
    drop(server);
    assert!(!runs(pid) && !home.exists());
}

#[test]
fn a_wrong_password_is_refused_on_every_way_in() {
    let server = PostgresServer::ephemeral(&PostgresOptions::disposable()).unwrap();
    let refused = psql(&server.url("postgres", "wrong", "postgres"), "SELECT 1").unwrap_err();
    assert!(refused.contains("password authentication failed"), "{refused}");
    let socket = format!(
        "host={} port={} user=postgres password=wrong dbname=postgres",
        server.socket_directory().display(),
        server.port()
    );
    assert!(psql(&socket, "SELECT 1").is_err());
    let methods = "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules";
    assert_eq!(psql(&server.superuser_url("postgres"), methods).unwrap(), "scram-sha-256");
}

#[test]
fn data_and_password_survive_a_restart() {
    let (_parent, home) = home();
    let first = PostgresServer::start(&home, &PostgresOptions::disposable()).unwrap();
    let password = first.superuser_password().to_owned();
    psql(&first.superuser_url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer").unwrap();
    drop(first);
    assert!(!home.join("data/postmaster.pid").exists());
    let second = PostgresServer::start(&home, &PostgresOptions::disposable()).unwrap();
    assert_eq!(second.superuser_password(), password);
    assert_eq!(psql(&second.superuser_url("postgres"), "SELECT answer FROM kept").unwrap(), "42");
    let mode = fs::metadata(home.join("password")).unwrap().mode() & 0o777;
    assert_eq!(mode, 0o600);
}

#[test]
fn two_owners_cannot_share_a_home() {
    let (_parent, home) = home();
    let _first = PostgresServer::start(&home, &PostgresOptions::disposable()).unwrap();
    let second = PostgresServer::start(&home, &PostgresOptions::disposable());
    assert!(matches!(second, Err(StackError::InUse { .. })), "{second:?}");
}

#[test]
fn a_stale_pid_file_is_cleared() {
    let (_parent, home) = home();
    drop(PostgresServer::start(&home, &PostgresOptions::disposable()).unwrap());
    // The id of a living process that is no server: this test's own.
    let stale = format!("{}\n{}\n", std::process::id(), home.join("data").display());
    fs::write(home.join("data/postmaster.pid"), stale).unwrap();
    let server = PostgresServer::start(&home, &PostgresOptions::disposable()).unwrap();
    assert_eq!(psql(&server.superuser_url("postgres"), "SELECT 1").unwrap(), "1");
}

#[test]
fn a_killed_server_recovers_its_data() {
    let (_parent, home) = home();
    let durable = PostgresOptions::default();
    let first = PostgresServer::start(&home, &durable).unwrap();
    let url = first.superuser_url("postgres");
    assert_eq!(psql(&url, "SHOW fsync").unwrap(), "on");
    psql(&url, "CREATE TABLE kept AS SELECT 42 AS answer").unwrap();
    let pid = i32::try_from(first.pid()).unwrap();
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::SIGKILL).unwrap();
    drop(first);
    let second = PostgresServer::start(&home, &durable).unwrap();
    assert_eq!(psql(&second.superuser_url("postgres"), "SELECT answer FROM kept").unwrap(), "42");
}

#[test]
fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let options = PostgresOptions { port: Some(port), ..PostgresOptions::disposable() };
    let refused = PostgresServer::ephemeral(&options).unwrap_err();
    assert_eq!(refused.to_string(), format!("port {port} of 127.0.0.1 is in use by another program"));
}

#[test]
fn missing_programs_are_named_with_their_package() {
    let options = PostgresOptions { binaries: Some("/nonexistent".into()), ..PostgresOptions::disposable() };
    let refused = PostgresServer::ephemeral(&options).unwrap_err().to_string();
    assert!(refused.contains("apt-get install postgresql"), "{refused}");
}

#[test]
fn data_of_another_version_is_left_alone() {
    let (_parent, home) = home();
    fs::create_dir_all(home.join("data")).unwrap();
    fs::write(home.join("data/PG_VERSION"), "9\n").unwrap();
    let refused = PostgresServer::start(&home, &PostgresOptions::disposable()).unwrap_err().to_string();
    assert!(refused.contains(&home.join("data").display().to_string()), "{refused}");
    assert!(refused.contains("postgresql-9"), "{refused}");
}

#[test]
fn a_bad_setting_shows_what_the_server_said() {
    let settings = vec![("shared_buffers".to_owned(), "nonsense".to_owned())];
    let options = PostgresOptions { settings, ..PostgresOptions::disposable() };
    let refused = PostgresServer::ephemeral(&options).unwrap_err().to_string();
    assert!(refused.contains("shared_buffers"), "{refused}");
}

/// Runs when asked for by [`a_killed_owner_leaves_nothing`]: starts a server, says where, and waits to be killed.
#[test]
#[ignore = "the victim of another test"]
fn victim() {
    let server = match std::env::var_os("THREADWELL_TEST_HOME") {
        Some(home) => PostgresServer::start(Path::new(&home), &PostgresOptions::disposable()).unwrap(),
        None => PostgresServer::ephemeral(&PostgresOptions::disposable()).unwrap(),
    };
    let report = std::env::var_os("THREADWELL_TEST_REPORT").unwrap();
    let home = server.socket_directory().parent().unwrap();
    let staged = Path::new(&report).with_extension("part");
    fs::write(&staged, format!("{} {}", server.pid(), home.display())).unwrap();
    fs::rename(staged, report).unwrap();
    sleep(Duration::from_secs(60));
}

/// Starts [`victim`] in a process of its own; returns it with the server's pid and home.
fn start_victim(home: Option<&Path>, account: Option<(u32, u32)>) -> (std::process::Child, u32, PathBuf) {
    use std::os::unix::process::CommandExt;
    let reports = TempDir::with_prefix_in("threadwell-report-", "/tmp").unwrap();
    fs::set_permissions(reports.path(), std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
    let report = reports.path().join("report");
    let mut command = Command::new(own_program_in(reports.path()));
    command.args(["postgres::victim", "--ignored", "--exact"]).env("THREADWELL_TEST_REPORT", &report);
    command.current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(home) = home {
        command.env("THREADWELL_TEST_HOME", home);
    }
    if let Some((uid, gid)) = account {
        command.uid(uid).gid(gid);
    }
    let victim = command.spawn().unwrap();
    assert!(ends_within(30, || report.exists()), "the victim started no server");
    let text = fs::read_to_string(&report).unwrap();
    let (pid, home) = text.split_once(' ').unwrap();
    (victim, pid.parse().unwrap(), PathBuf::from(home))
}

#[test]
fn a_killed_owner_leaves_nothing() {
    let (mut victim, server, home) = start_victim(None, None);
    assert!(runs(server) && home.exists());
    victim.kill().unwrap();
    victim.wait().unwrap();
    assert!(ends_within(10, || !runs(server)), "the server outlived its owner");
    assert!(ends_within(10, || !home.exists()), "the data outlived its owner");
}

#[test]
fn an_interrupted_owner_stops_its_server_and_keeps_its_data() {
    let (_parent, home) = home();
    let (mut victim, server, _) = start_victim(Some(&home), None);
    let pid = i32::try_from(victim.id()).unwrap();
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::SIGINT).unwrap();
    victim.wait().unwrap();
    // A new owner may come while the old server is still on its way out.
    let again = PostgresServer::start(&home, &PostgresOptions::disposable()).unwrap();
    assert!(!runs(server));
    assert_eq!(psql(&again.superuser_url("postgres"), "SELECT 1").unwrap(), "1");
}

#[test]
fn an_ordinary_user_runs_the_server_itself() {
    if !nix::unistd::Uid::effective().is_root() {
        // Then every other test here already showed it.
        return;
    }
    let nobody = nix::unistd::User::from_name("nobody").unwrap().unwrap();
    let account = (nobody.uid.as_raw(), nobody.gid.as_raw());
    let (mut victim, server, home) = start_victim(None, Some(account));
    assert_eq!(fs::metadata(format!("/proc/{server}")).unwrap().uid(), account.0);
    assert_eq!(fs::metadata(home.join("data")).unwrap().uid(), account.0);
    victim.kill().unwrap();
    victim.wait().unwrap();
    assert!(ends_within(10, || !runs(server) && !home.exists()));
}
