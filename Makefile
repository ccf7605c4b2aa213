# `make demo` shows a province at work; `make test` passes every gate and test; `make env` only sets up.
PY := .venv/bin/python
UV := .venv/bin/uv
STAMP := .venv/.stamp

.PHONY: env demo test check fast bench docs lock clean

env: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@sh scripts/env.sh
	@touch $@

lock:
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
	  --group dev pyproject.toml -o requirements.lock
