#!/usr/bin/env bash
# Builds both web apps into web/dist, only when something they are made of has changed since.
set -euo pipefail
cd "$(dirname "$0")/../web"
# shellcheck source=scripts/lib.sh
. ../scripts/lib.sh

readonly stamp=dist/.built

# Directories count too: removing a file changes nothing else.
is_current() {
  [ -f "$stamp" ] && [ -f dist/staff/index.html ] && [ -f dist/portal/index.html ] &&
    [ -z "$(find src staff portal ./*.ts ./*.json node_modules/.threadwell-lock -newer "$stamp" -print -quit)" ]
}

is_current && exit
say "building the web apps"
mkdir -p dist ../target
# Taken before the build: a file that is saved while it runs is newer than the stamp.
touch dist/.building
readonly log=../target/web-build.log
npm run --silent build >"$log" 2>&1 || {
  cat "$log" >&2
  fail "the web apps could not be built"
}
mv dist/.building "$stamp"
