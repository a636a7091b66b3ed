# `make graph` builds the seeds into exports/; `make test` proves everything. Both set up what they need.
# Works with GNU make 3.81 (macOS) and later.

VENV ?= .venv
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
RUN = $(VENV)/bin/python -m

.PHONY: graph test check browser format lock clean
.DEFAULT_GOAL := graph

graph: $(VENV)/.ready
	@$(RUN) kg build seeds --out exports
	@echo "打开图谱页面 · open the page:  $(CURDIR)/exports/graph.html"

test: $(VENV)/.ready browser check
	@$(RUN) pytest

check: $(VENV)/.ready
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy --strict kg

browser:
	@sh tests/find_browser.sh --install >/dev/null

format: $(VENV)/.ready
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format .

# The stamp is younger than the lock once everything in the lock stands.
$(VENV)/.ready: requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Install Python 3.11 or newer (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python), then run make again." >&2; exit 2; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "Install python3-venv (Debian, Ubuntu: apt-get install python3-venv), then run make again." >&2; exit 2; }
	@echo "准备环境 · setting up $(VENV) …"
	@$(RUN) pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	@$(RUN) pip install -qq --constraint requirements.lock hatchling setuptools wheel
	@$(RUN) pip install -qq --no-build-isolation --requirement requirements.lock
	@$(RUN) pip install -qq --no-build-isolation --no-deps --editable .
	@touch $@

# Newest versions that fit pyproject.toml, written down; run `make test` before committing the result.
lock:
	@rm -rf build/lock && $(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install -qq --upgrade hatchling setuptools wheel
	@build/lock/bin/python -m pip install -qq --no-build-isolation '.[dev]'
	@sed -n '/^#/p' requirements.lock > build/lock.txt
	@build/lock/bin/python -m pip freeze --all --exclude govkg --exclude pip >> build/lock.txt
	@mv build/lock.txt requirements.lock && rm -rf build/lock

clean:
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
