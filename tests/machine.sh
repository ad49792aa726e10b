#!/bin/bash
# What the tests need from the machine. On Debian as root it is installed by apt; elsewhere it is named, and we stop.
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=("Chromium (chromium)")
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=("PostgreSQL's server, 15 or newer (initdb)")
command -v mvn >/dev/null || missing+=("Maven with Java 11 or newer (mvn)")
command -v java >/dev/null || missing+=("Java 11 or newer (java)")
[ -n "$(fc-list 'Noto Sans Arabic' 2>/dev/null || true)" ] || missing+=("the Noto fonts (fonts-noto-core)")
command -v npm >/dev/null || missing+=("Node.js 20 or newer with npm")
command -v go >/dev/null || command -v livekit-server >/dev/null || missing+=("Go 1.24 or newer, or livekit-server on the PATH")

[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "· Debian packages for the tests: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" fontconfig >/dev/null
  [ "${EVENHAND_MACHINE_TRIED:-}" = 1 ] || EVENHAND_MACHINE_TRIED=1 exec bash "$0" "$@"
fi

echo "The tests need these, and they were not found:" >&2
printf '  - %s\n' "${missing[@]}" >&2
echo "On Debian: apt-get install $*   (Go and Node.js 20+ from their own makers)" >&2
exit 1
