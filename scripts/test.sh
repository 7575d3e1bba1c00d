#!/usr/bin/env bash
# Runs every check and every test, all of them whatever fails, and closes with a table and the counts.
#
#   scripts/test.sh               everything
#   scripts/test.sh web e2e       the steps whose names begin so
set -uo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

readonly logs=target/test-logs
passed=0
failed=0
table=()

# step NAME COMMAND...: runs it, keeps its output, counts what its runner counted.
step() {
  local name="$1" started=$SECONDS verdict=ok
  shift
  is_wanted "$name" || return 0
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$logs/$name.log" || verdict=FAILED
  count "$logs/$name.log" "$verdict"
  table+=("$(printf '%-20s %-7s %5d s' "$name" "$verdict" $((SECONDS - started)))")
}

is_wanted() {
  local wish
  [ "${#wishes[@]}" -gt 0 ] || return 0
  for wish in "${wishes[@]}"; do
    case "$1" in "$wish"*) return 0 ;; esac
  done
  return 1
}

# cargo says "test result: ok. 12 passed; 0 failed", vitest "Tests  1 failed | 12 passed (13)".
# A check without a count of its own is one test; so is a runner that broke before it counted a failure.
count() {
  local log="$1" verdict="$2" ok bad
  ok="$(tally "$log" passed)"
  bad="$(tally "$log" failed)"
  [ "$verdict" = ok ] && [ $((ok + bad)) -eq 0 ] && ok=1
  [ "$verdict" != ok ] && [ "$bad" -eq 0 ] && bad=1
  passed=$((passed + ok))
  failed=$((failed + bad))
}

tally() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E '^test result: | +Tests +[0-9]' |
    grep -oE "[0-9]+ $2" | awk '{ sum += $1 } END { print sum + 0 }'
}

in_web() { (cd web && "$@"); }

syntax_of_scripts() {
  local script
  for script in scripts/*.sh .ci/run; do bash -n "$script" || return 1; done
}

in_browser() { in_web npx --no-install vitest run --config "e2e/$1"; }

browser_scenarios() {
  cargo build --locked --quiet --package threadwell-server --bin threadwell && in_browser vitest.config.ts
}

python_check() { /usr/bin/python3 "$@"; }

readonly wishes=("$@")
scripts/setup.sh test || exit 1
mkdir -p "$logs"

step scripts syntax_of_scripts
step dependencies python_check scripts/check_dependencies.py
step deployment python_check scripts/check_deployment.py
step rust-format cargo fmt --all --check
step rust-lints cargo clippy --workspace --all-targets --locked --quiet -- -D warnings
step rust-tests cargo test --workspace --locked --no-fail-fast --quiet
step web-types in_web npm run --silent typecheck
step web-lints in_web npm run --silent lint
step web-tests in_web npm run --silent test
step web-build scripts/build-web.sh
step smooth in_browser vitest.smooth.config.ts
step e2e browser_scenarios

[ "${#table[@]}" -gt 0 ] || fail "no step is named so: ${wishes[*]}"
printf '\n%s\n' "== summary"
printf '%s\n' "${table[@]}"
printf 'whole run            %13d s\n\n' "$SECONDS"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
