# `make demo` shows a province at work; `make test` passes every gate and test; `make env` only sets up.
PY := .venv/bin/python
UV := .venv/bin/uv
STAMP := .venv/.stamp

FLOORS := $(wildcard tests/core tests/reader tests/services tests/queries)

.NOTPARALLEL:
.PHONY: env demo test system check fast bench bundle docs lock clean

env: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@sh scripts/env.sh
	@touch $@

lock:
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
	  --group dev pyproject.toml -o requirements.lock

demo: env
	@.venv/bin/kycuong demo

# Everything the continuous integration asks: the gates, the suite on SQLite, the suite again on PostgreSQL.
test: env system check
	@$(PY) scripts/test.py

system:
	@sh scripts/system.sh

check: env
	@$(PY) scripts/check.py

# While writing: the gates and the quick floors on SQLite in memory.
fast: check
	@$(PY) -m pytest -n 2 $(FLOORS)

# Everything for an installation without the Internet, in one file under dist/.
bundle: env
	@$(PY) scripts/bundle.py --check

bench: env
	@$(PY) scripts/bench.py

docs: env
	@$(PY) scripts/docs.py

clean:
	rm -rf var dist .mypy_cache .ruff_cache .hypothesis .import_linter_cache
