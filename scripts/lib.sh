# Shared by the scripts of this directory; sourced, not run.

# rustup's own directory, for shells that have not been started since it was installed.
PATH="$PATH:$HOME/.cargo/bin"

say() { printf 'threadwell: %s\n' "$*" >&2; }

fail() {
  printf 'threadwell: %s\n' "$*" >&2
  exit 1
}

# is_at_least HAVE WANT: dotted numbers, compared part by part.
is_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }
