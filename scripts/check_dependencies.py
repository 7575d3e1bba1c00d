#!/usr/bin/env python3
"""Checks what the product is made of, without network and without cargo-deny.

Rust: enforces deny.toml's bans (with wrappers), licences and sources over the resolved graph, and the
architecture's inner edges, which deny.toml cannot say: what each crate of the workspace may name at all.
Web: what ships to a browser is permissively licensed; what only builds may be weak copyleft by file.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "threadwell-"

# What each crate may name of the workspace. Adapters never know each other; the domain knows nobody.
INNER_EDGES = {
    "domain": set(),
    "application": {"domain"},
    "crypto": set(),
    "postgres": {"application", "crypto", "domain"},
    "smtp": {"application", "domain"},
    "clamav": {"application"},
    "attachments": {"application", "crypto", "domain"},
    "inspection": {"application", "domain"},
    "passkeys": {"application"},
    "devstack": set(),
    "devstack-s3": set(),
    "server": {
        "application", "attachments", "clamav", "crypto", "devstack", "domain", "inspection", "passkeys", "postgres", "smtp",
    },
    "testkit": {
        "application", "attachments", "clamav", "crypto", "devstack", "domain", "inspection", "postgres", "server", "smtp",
    },
    "bench": {"application", "crypto", "devstack", "domain", "inspection", "postgres", "server"},
}
# Tests may start private servers, and the server's own tests drive it through testkit.
# A crate that names itself asks for a feature that only tests need.
TEST_EDGES = {
    "postgres": {"devstack"},
    "smtp": {"devstack"},
    "clamav": {"devstack", "domain"},
    "attachments": {"devstack-s3"},
    "inspection": {"inspection"},
    "server": {"testkit"},
}

# The rules and the use cases know no I/O and no wire format: these are all that they may name.
PURE = {
    "domain": {"chrono", "chrono-tz", "ipnet", "thiserror", "uuid", "unicode-normalization"},
    "application": {"async-trait", "bytes", "chrono", "futures-core", "thiserror", "tracing", "uuid", "zeroize", "subtle"},
}

# The web applications, and the S3 server that tests run against, which is held to what may be shipped.
WEB_DIRECTORIES = ["web", "crates/devstack-s3/s3rver"]
WEB_SHIPPED = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "OFL-1.1", "Unlicense"}
# Packages whose manifests name their licence in a form from before SPDX; read from the manifests by hand.
WEB_UNSTATED = {"busboy": "MIT", "streamsearch": "MIT", "humanize-number": "MIT", "only": "MIT"}
WEB_BUILD_ONLY = WEB_SHIPPED | {"BlueOak-1.0.0", "CC-BY-4.0", "MPL-2.0", "Python-2.0"}


def satisfies(expression: str, allowed: set[str]) -> bool:
    """Whether an SPDX expression can be met by allowed licences alone; `/` is the old way to write OR."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    position = 0

    def peek() -> str | None:
        return tokens[position] if position < len(tokens) else None

    def take() -> str:
        nonlocal position
        position += 1
        return tokens[position - 1]

    def either() -> bool:
        met = both()
        while peek() == "OR":
            take()
            met = both() or met
        return met

    def both() -> bool:
        met = single()
        while peek() == "AND":
            take()
            met = single() and met
        return met

    def single() -> bool:
        if peek() == "(":
            take()
            met = either()
            take()
            return met
        name = take()
        if peek() == "WITH":
            take()
            name = f"{name} WITH {take()}"
        return name in allowed

    return bool(tokens) and either() and position == len(tokens)


def resolved_graph(target: str) -> tuple[dict, dict]:
    """The packages that the lock file resolves to on the target, and who names whom."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
    output = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    metadata = json.loads(output)
    used = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    packages = {package["id"]: package for package in metadata["packages"] if package["id"] in used}
    return packages, used


def check_bans(packages: dict, nodes: dict, bans: list[dict]) -> list[str]:
    dependents: dict[str, set[str]] = {}
    for identity, node in nodes.items():
        for dependency in node["deps"]:
            name = packages[dependency["pkg"]]["name"]
            dependents.setdefault(name, set()).add(packages[identity]["name"])
    present = {package["name"] for package in packages.values()}
    found = []
    for ban in bans:
        wrappers = set(ban.get("wrappers", []))
        if ban["crate"] not in present:
            continue
        if not wrappers:
            found.append(f"{ban['crate']} is banned: {ban['reason']}")
        for other in sorted(dependents.get(ban["crate"], set()) - wrappers):
            found.append(f"{other} may not depend on {ban['crate']}: {ban['reason']}")
    return found


def check_inner_edges(packages: dict) -> list[str]:
    found = []
    for package in packages.values():
        if package["source"] is not None:
            continue
        crate = package["name"].removeprefix(PREFIX)
        if crate not in INNER_EDGES:
            found.append(f"{package['name']} is not in INNER_EDGES of {Path(__file__).name}: say what it may know")
            continue
        for dependency in package["dependencies"]:
            found += check_edge(crate, dependency)
    return found


def check_edge(crate: str, dependency: dict) -> list[str]:
    name, is_test = dependency["name"], dependency["kind"] == "dev"
    if name.startswith(PREFIX):
        allowed = INNER_EDGES[crate] | (TEST_EDGES.get(crate, set()) if is_test else set())
        if name.removeprefix(PREFIX) not in allowed:
            return [f"crates/{crate} may not know {name}"]
    elif crate in PURE and not is_test and name not in PURE[crate]:
        return [f"crates/{crate} is pure and may not know {name}"]
    return []


def check_provenance(packages: dict, rules: dict) -> list[str]:
    allowed = set(rules["licenses"]["allow"])
    exceptions = {entry["crate"]: set(entry["allow"]) for entry in rules["licenses"].get("exceptions", [])}
    registries = {f"registry+{address}" for address in rules["sources"]["allow-registry"]}
    found = []
    for package in packages.values():
        name = f"{package['name']} {package['version']}"
        if package["source"] is not None and package["source"] not in registries:
            found.append(f"{name} comes from an unknown source")
        if not satisfies(package["license"] or "", allowed | exceptions.get(package["name"], set())):
            found.append(f"{name} has a licence that is not allowed: {package['license']}")
    return found


def check_web(directory: str) -> list[str]:
    lock = json.loads((ROOT / directory / "package-lock.json").read_text())
    found = []
    for path, package in lock["packages"].items():
        if not path:
            continue
        allowed = WEB_BUILD_ONLY if package.get("dev") else WEB_SHIPPED
        licence = package.get("license") or WEB_UNSTATED.get(path.removeprefix("node_modules/"), "")
        if not satisfies(licence, allowed):
            found.append(f"{path} of {directory} has a licence that is not allowed: {licence}")
        address = package.get("resolved")
        if address is not None and not address.startswith("https://registry.npmjs.org/"):
            found.append(f"{path} is locked to another source than the npm registry")
    return found


def main() -> int:
    rules = tomllib.loads((ROOT / "deny.toml").read_text())
    found = [line for directory in WEB_DIRECTORIES for line in check_web(directory)]
    for target in rules["graph"]["targets"]:
        packages, nodes = resolved_graph(target)
        found += check_bans(packages, nodes, rules["bans"]["deny"])
        found += check_inner_edges(packages)
        found += check_provenance(packages, rules)
    for line in sorted(set(found)):
        print(line)
    print(f"dependencies: {len(packages)} crates, {'refused' if found else 'all as deny.toml says'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
