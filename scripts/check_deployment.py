#!/usr/bin/env python3
"""Checks the deployment files against each other, and by Docker Compose itself where it is installed.

Without an engine nothing can be started here; what can be known from the text is: every variable stands in
.env.example, no secret has a default, every image has a version, the server's own settings are all passed on, and the
malware scanner takes the largest file and admits what it did not finish.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECRET = re.compile(r"PASSWORD|SECRET|_KEY$|PEPPER")
# Optional where the site's mail server asks for no sign-in.
MAY_BE_EMPTY = {"THREADWELL_SMTP_USERNAME", "THREADWELL_SMTP_PASSWORD"}
# The largest file is 10 MiB; crates/clamav waits 100 s at most, and clamd must not call a file clean before.
LEAST_STREAM_MIB, LEAST_SCAN_MILLISECONDS = 12, 110_000


def example_variables() -> set[str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return {match[1] for line in lines if (match := re.match(r"#?\s*([A-Z][A-Z0-9_]*)=", line))}


def check_variables(compose: str) -> list[str]:
    known = example_variables()
    found = []
    for name, rule in re.findall(r"\$\{([A-Z0-9_]+)(:[-?][^}]*)?\}", compose):
        if name not in known:
            found.append(f"docker-compose.yml asks for {name}, which .env.example does not name")
        if SECRET.search(name) and not rule.startswith(":?") and name not in MAY_BE_EMPTY:
            found.append(f"{name} is a secret: docker-compose.yml must refuse to start without it")
    return found


def check_images(texts: dict[str, str]) -> list[str]:
    found = []
    for file, text in texts.items():
        images = re.findall(r"^\s*(?:image:|FROM)\s+(\S+)", text, re.MULTILINE)
        for image in images:
            if image.startswith("threadwell:"):
                continue
            if not re.search(r":[^:]*\d", image):
                found.append(f"{file}: {image} has no version")
    return found


def check_scanner(compose: str) -> list[str]:
    section = re.search(r"^  clamd:\n((?: {4}.*\n|\n)+)", compose, re.MULTILINE)
    if section is None:
        return ["docker-compose.yml has no clamd"]
    settings = dict(re.findall(r'^ +CLAMD_CONF_(\w+): "?([^"\n]+)"?$', section[1], re.MULTILINE))
    found = []
    if int(settings.get("StreamMaxLength", "0M").removesuffix("M")) < LEAST_STREAM_MIB:
        found.append(f"clamd must take files of {LEAST_STREAM_MIB} MiB (StreamMaxLength)")
    if settings.get("AlertExceedsMax") != "yes":
        found.append("clamd must not call clean what it gave up on (AlertExceedsMax)")
    if int(settings.get("MaxScanTime", "0")) < LEAST_SCAN_MILLISECONDS:
        found.append(f"clamd must have {LEAST_SCAN_MILLISECONDS} ms for a scan (MaxScanTime)")
    if not re.search(r"^ +THREADWELL_SCANNER: clamd:3310$", compose, re.MULTILINE):
        found.append("THREADWELL_SCANNER must lead to clamd")
    return found


def compose_command() -> list[str] | None:
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) is None:
            continue
        answer = subprocess.run([*command, "version", "--short"], capture_output=True, text=True)
        version = re.match(r"v?(\d+)\.(\d+)", answer.stdout)
        if answer.returncode == 0 and version and (int(version[1]), int(version[2])) >= (2, 24):
            return command
    return None


def check_by_compose(compose: str) -> list[str]:
    command = compose_command()
    if command is None:
        print("deployment: no Docker Compose 2.24 or newer here, so its own check is left out")
        return []
    names = {name for name, _ in re.findall(r"\$\{([A-Z0-9_]+)(:[-?][^}]*)?\}", compose)}
    # A name of its own for each value: the real ones must not be needed to check the file.
    with tempfile.NamedTemporaryFile("w", suffix=".env") as values:
        ports = {"THREADWELL_SMTP_PORT": "587", "THREADWELL_TRUSTED_PROXY_HOPS": "1", "THREADWELL_BIND": "127.0.0.1"}
        values.write("".join(f"{name}={ports.get(name, name.lower())}\n" for name in sorted(names)))
        values.flush()
        given = ["--env-file", values.name, "--file", str(ROOT / "docker-compose.yml")]
        clean = {name: value for name, value in os.environ.items() if name not in names}
        answer = subprocess.run(
            [*command, *given, "--profile", "trial", "--profile", "admin", "config", "--quiet"], capture_output=True, text=True, env=clean
        )
    return [] if answer.returncode == 0 else [f"docker compose config: {answer.stderr.strip()}"]


def main() -> int:
    compose = (ROOT / "docker-compose.yml").read_text()
    texts = {"docker-compose.yml": compose, "Dockerfile": (ROOT / "Dockerfile").read_text()}
    found = check_variables(compose) + check_images(texts) + check_scanner(compose) + check_by_compose(compose)
    for line in sorted(set(found)):
        print(line)
    print(f"deployment: {'refused' if found else 'the files agree'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
