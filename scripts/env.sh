#!/bin/sh
# Set up .venv from requirements.lock. Needs python3 (3.11 or newer) with its venv module, and nothing else.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kycuong needs Python 3.11 or newer; found $("$python" -V)" >&2; exit 1; }
[ -x .venv/bin/python ] || "$python" -m venv .venv || { rm -rf .venv; echo "The venv module is missing: apt install python3-venv" >&2; exit 1; }
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check "$(grep -o '^uv==[0-9.]*' requirements.lock)"
.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable .
