#!/usr/bin/env bash
# The checks that take too long for every change: property tests with many cases, many mutated files, and cargo-deny itself.
set -uo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

readonly cases="${PROPTEST_CASES:-20000}"
readonly tools=target/tools
failed=()

prove() { # prove NAME COMMAND...
  local name="$1"
  shift
  printf '\n== %s\n' "$name"
  "$@" || failed+=("$name")
}

cargo_deny() {
  if ! command -v cargo-deny >/dev/null; then
    PATH="$PWD/$tools/bin:$PATH"
    command -v cargo-deny >/dev/null ||
      cargo install --locked --quiet --root "$tools" cargo-deny || return 1
  fi
  cargo deny --offline check bans licenses sources
}

# The database of advisories comes from outside; without it there is nothing to say, and that is said.
advisories() {
  cargo deny fetch db 2>/dev/null || {
    say "the advisory database cannot be fetched here: not checked"
    return 0
  }
  cargo deny check advisories
}

# The search against a plain matcher, of so many messages that the index and not the newest ones decide.
many_messages() {
  THREADWELL_SEARCH_MESSAGES="${THREADWELL_SEARCH_MESSAGES:-100000}" cargo test --release --locked --quiet \
    --package threadwell-server --test it search_oracle
}

many_cases() {
  PROPTEST_CASES="$cases" cargo test --release --locked --quiet \
    --package threadwell-domain --package threadwell-crypto
}

many_mutations() {
  INSPECTION_MUTATIONS="$cases" cargo test --release --locked --quiet \
    --package threadwell-inspection --test it mutations
}

# Acts of many people at random, against a plain model of every badge; BADGE_SEED tries others.
many_acts() {
  BADGE_ACTS="${BADGE_ACTS:-10000}" cargo test --release --locked --quiet \
    --package threadwell-server --test it badges
}

# A thousand clients that only look on.
many_streams() {
  THREADWELL_IDLE_PEOPLE=84 cargo test --release --locked --quiet \
    --package threadwell-server --test it idle_streams
}

# Refreshes with lost answers and races, and the time of answers about known and unknown people.
many_refreshes() {
  THREADWELL_REFRESHES=10000 cargo test --release --locked --quiet \
    --package threadwell-server --test it lost_answers_and_races &&
  THREADWELL_REPLAYS=1000 cargo test --release --locked --quiet \
    --package threadwell-server --test it b31_every_consumed_token
}

# Whatever ends a session, at one of two servers; a request and a stream at the other.
many_revocations() {
  THREADWELL_REVOCATIONS=1000 cargo test --release --locked --quiet \
    --package threadwell-server --test it b2_whatever_ends
}

many_guesses() {
  THREADWELL_GUESSES=10000 cargo test --release --locked --quiet \
    --package threadwell-server --test it b08_strangers &&
  THREADWELL_CODES=10000 cargo test --release --locked --quiet \
    --package threadwell-server --test it b09_a_password &&
  THREADWELL_REPLAYS=1000 cargo test --release --locked --quiet \
    --package threadwell-server --test it b10_a_used_code
}

# Passwords cost here what they cost at a site.
many_questions() {
  THREADWELL_TEST_BCRYPT_COST=12 THREADWELL_TIMED_REQUESTS=2000 cargo test --release --locked --quiet \
    --package threadwell-server --test it b7_answers_and_times
}

# Each of two hundred attempts at markup in what a practice or a person has only one of, in real Chromium.
many_texts() {
  scripts/build-web.sh &&
    cargo build --locked --quiet --package threadwell-server --bin threadwell &&
    (cd web && HOSTILE_ROUNDS=200 npx --no-install vitest run --config e2e/vitest.config.ts \
      e2e/hostileTexts.test.ts --testNamePattern "only one of")
}

scripts/setup.sh test || exit 1
prove "the edges of the architecture, licences and sources" cargo_deny
prove "advisories" advisories
prove "properties, $cases cases each" many_cases
prove "search of many messages" many_messages
prove "files mutated, $cases of them" many_mutations
prove "every badge after 10,000 acts" many_acts
prove "a thousand idle streams" many_streams
prove "10,000 refreshes, 1,000 consumed tokens" many_refreshes
prove "1,000 ends of sessions at two servers" many_revocations
prove "10,000 guesses at one account, 1,000 used codes" many_guesses
prove "2,000 questions who has an account" many_questions
prove "two hundred texts in every single field" many_texts

[ "${#failed[@]}" -eq 0 ] || fail "not proven: ${failed[*]}"
say "all proven"
