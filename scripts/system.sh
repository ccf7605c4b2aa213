#!/bin/sh
# Install what some tests want from the system (PostgreSQL, Chromium, fonts, Pango, Tesseract), when it is missing and we may.
# Never fails: what cannot be installed is said aloud here, and the tests that need it are skipped aloud.
set -u

want=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || want="$want postgresql"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
  command -v google-chrome >/dev/null 2>&1 || want="$want chromium"
ls /usr/share/fonts/truetype/liberation*/LiberationSerif-Regular.ttf >/dev/null 2>&1 || want="$want fonts-liberation2"
ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || want="$want libpango-1.0-0 libpangoft2-1.0-0"
tesseract --list-langs 2>/dev/null | grep -qx vie || want="$want tesseract-ocr tesseract-ocr-vie"
[ -n "$want" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "SKIPPED ALOUD: not installed:$want (to have them: sudo apt install$want)" >&2
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
quietly() { timeout 300 apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=60 -o Acquire::Retries=2 "$@" </dev/null >/dev/null 2>&1; }

echo "installing from the system's packages:$want"
quietly update || echo "apt-get update failed; trying with what is known" >&2
# Debian's package would start a cluster of its own, on a port somebody may want: the tests bring their own.
drop=/etc/postgresql-common/createcluster.d/kycuong-tests.conf
case "$want" in *postgresql*) mkdir -p "${drop%/*}" && echo "create_main_cluster = false" >"$drop" ;; esac
for package in $want; do
  quietly install --no-install-recommends -y "$package" ||
    echo "SKIPPED ALOUD: $package could not be installed; the tests that need it are skipped" >&2
done
rm -f "$drop"
exit 0
