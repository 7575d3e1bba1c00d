use std::{env, fs, process::Command};

use threadwell_application::ports::FileInspector;
use threadwell_domain::attachment::FileKind;
use threadwell_inspection::corpus;

use crate::{inspector, stream};

/// The most memory that this process ever held, in kibibytes, since `forget`.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn forget() {
    fs::write("/proc/self/clear_refs", "5").unwrap();
}

#[test]
#[ignore = "measures its process: run alone by the test below"]
fn bombs_alone() {
    let mut specimens = corpus::bombs();
    specimens.push(corpus::Specimen::accepted("photo", FileKind::Jpeg, corpus::photos::phone_photo()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let inspector = inspector();
    runtime.block_on(inspector.ready()).unwrap();
    forget();
    let before = peak();
    for specimen in &specimens {
        let _inspected = runtime.block_on(inspector.inspect(specimen.kind, stream(&specimen.bytes)));
        if specimen.kind.is_picture() {
            let _cleaned = runtime.block_on(inspector.clean(specimen.kind, stream(&specimen.bytes)));
        }
    }
    let grown = peak().saturating_sub(before) / 1024;
    assert!(grown < 64, "{grown} MiB");
}

#[test]
fn bombs_cost_the_parent_less_than_64_mebibytes() {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "memory::bombs_alone", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
