#!/bin/sh
# Builds the server as it is shipped and measures it; docs/performance.md says how to read the results.
#   bench/run.sh             everything, about twenty minutes on two cores
#   bench/run.sh --quick     a smoke test; its figures mean nothing
#   bench/run.sh --huge      with a practice of a million threads
#   bench/run.sh --only send one kind of work
set -eu
cd "$(dirname "$0")/.."
for program in wrk pgbench psql; do
    command -v "$program" >/dev/null || { echo "$program is missing (Debian: wrk, postgresql)" >&2; exit 1; }
done
cargo build --release -p threadwell-server -p threadwell-bench
target="${CARGO_TARGET_DIR:-target}"
exec "$target/release/bench" --server "$target/release/threadwell" "$@"
