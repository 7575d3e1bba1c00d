#!/usr/bin/env bash
# Takes the pictures of docs/screenshots from the running demo data, in real Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

scripts/setup.sh test
scripts/build-web.sh
cargo build --locked --quiet --package threadwell-server --bin threadwell
cd web
npx --no-install vitest run --config e2e/vitest.screenshots.config.ts
