#!/usr/bin/env bash
# Sets up, builds and starts the demo: a private PostgreSQL, the server, the worker and both web apps.
# Arguments go to `threadwell dev`.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

scripts/setup.sh run
scripts/build-web.sh
cargo build --release --locked --quiet --package threadwell-server --bin threadwell
exec "${CARGO_TARGET_DIR:-target}/release/threadwell" dev "$@"
