#!/usr/bin/env bash
# Installs what the named task needs and the machine lacks; asks for nothing when all is there.
#
#   scripts/setup.sh run      build and run the demo
#   scripts/setup.sh test     the same, and what the tests need
#   scripts/setup.sh bench    the same as run, and the load generator
#
# What is missing is found by looking for the program or file itself, not for a package: a compiler or a
# PostgreSQL from elsewhere is as good as Debian's.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

readonly task="${1:-run}"
readonly least_node="20.19.0" least_postgres=15
missing=()

need() { # need PACKAGE TEST...: the package is missing when the test fails
  local package="$1"
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

has_program() { command -v "$1"; }

has_postgres() {
  local directory version
  for directory in "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin; do
    [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ] || continue
    version="$("$directory/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')"
    [ "$version" -ge "$least_postgres" ] && return 0
  done
  return 1
}

has_libpq() { [ -e /usr/include/postgresql/libpq-fe.h ] || pkg-config --exists libpq; }

has_clamd() { has_program clamd || [ -x /usr/sbin/clamd ]; }

has_aiosmtpd() { /usr/bin/python3 -c 'import importlib.util as u, sys; sys.exit(u.find_spec("aiosmtpd") is None)'; }

has_browser() { [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; }

find_missing() {
  need build-essential has_program cc
  need build-essential has_program c++
  need pkg-config has_program pkg-config
  need libpq-dev has_libpq
  need postgresql has_postgres
  need util-linux has_program setpriv
  need ca-certificates test -s /etc/ssl/certs/ca-certificates.crt
  if [ "$task" = test ]; then
    need python3 test -x /usr/bin/python3
    need python3-aiosmtpd has_aiosmtpd
    need clamav-daemon has_clamd
    need chromium has_browser
  elif [ "$task" = bench ]; then
    need wrk has_program wrk
  fi
  mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u | sed '/^$/d')
}

# Root installs by itself; anybody else needs sudo. Says what to run by hand where neither is to be had.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

may_install() {
  command -v apt-get >/dev/null || fail "these are missing, and this is not Debian: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null ||
    fail "these Debian packages are missing and there is no sudo here. As root:
  apt-get install --no-install-recommends ${missing[*]}"
}

# Debian starts a cluster of its own when the server's package is installed. Threadwell brings its own
# private ones, so that cluster is not made; a cluster that exists is never touched.
readonly cluster_setting=/etc/postgresql-common/createcluster.d/zz-threadwell.conf

without_system_cluster() {
  as_root mkdir -p "$(dirname "$cluster_setting")"
  echo "create_main_cluster = false" | as_root tee "$cluster_setting" >/dev/null
  trap 'as_root rm -f "$cluster_setting"' EXIT
  "$@"
  as_root rm -f "$cluster_setting"
  trap - EXIT
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Debian starts what it installs: here clamd and freshclam, which fetches a few hundred megabytes. Threadwell starts
# private ones that need no downloads, so neither is started, now or at the next boot; a service that was installed
# before stays as it is.
readonly service_policy=/usr/sbin/policy-rc.d
readonly kept_policy=$service_policy.before-threadwell

without_services() {
  [ ! -e "$service_policy" ] || [ -e "$kept_policy" ] || as_root mv "$service_policy" "$kept_policy"
  trap restore_policy EXIT
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$service_policy" >/dev/null
  as_root chmod 755 "$service_policy"
  "$@"
  restore_policy
  trap - EXIT
}

restore_policy() {
  as_root rm -f "$service_policy"
  [ ! -e "$kept_policy" ] || as_root mv "$kept_policy" "$service_policy"
}

is_installed() { [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_clamd() {
  local service new=()
  for service in clamav-daemon clamav-freshclam; do
    is_installed "$service" || new+=("$service")
  done
  without_services apt_install clamav-daemon
  for service in "${new[@]}"; do
    as_root update-rc.d "$service" disable
  done
}

install_missing() {
  may_install
  say "installing ${missing[*]}"
  as_root apt-get update -qq
  local package others=()
  for package in "${missing[@]}"; do
    case "$package" in
      postgresql)
        # The common package first: it brings the directory that the setting goes into.
        apt_install postgresql-common
        without_system_cluster apt_install postgresql
        ;;
      clamav-daemon) install_clamd ;;
      *) others+=("$package") ;;
    esac
  done
  [ "${#others[@]}" -eq 0 ] || apt_install "${others[@]}"
}

check_toolchains() {
  command -v cargo >/dev/null ||
    fail "Rust is missing: install it by rustup (https://rustup.rs), then run this again"
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail "Node.js is missing: install version $least_node or newer with npm, then run this again"
  local node_version
  node_version="$(node --version | sed s/^v//)"
  is_at_least "$node_version" "$least_node" ||
    fail "Node.js $node_version is too old: version $least_node or newer is needed"
}

# A tree that another user built is not half-usable: say so before cargo and npm do, less clearly.
check_ownership() {
  local directory
  for directory in . target web/node_modules web/dist .data; do
    [ ! -e "$directory" ] || [ -w "$directory" ] ||
      fail "$(readlink -f "$directory") is not writable for $(id -un): remove it, or run as its owner"
  done
}

install_npm_packages() { # install_npm_packages DIRECTORY WHAT
  local wanted stamp="$1/node_modules/.threadwell-lock"
  wanted="$(sha256sum "$1/package-lock.json" | cut -d' ' -f1) node-$(node --version)"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
  say "installing $2"
  # No package of ours needs an install script, so none runs.
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  echo "$wanted" >"$stamp"
}

case "$task" in run | test | bench) ;; *) fail "unknown task '$task': run, test or bench" ;; esac
find_missing
[ "${#missing[@]}" -eq 0 ] || install_missing
check_toolchains
check_ownership
install_npm_packages web "the web packages"
[ "$task" != test ] || install_npm_packages crates/devstack-s3/s3rver "the S3 server of the tests"
