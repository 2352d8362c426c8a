# Two commands matter: `make demo` shows the program, `make test` proves it.

VENV := .venv
BIN  := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
MINUTES := 60

.PHONY: help setup dev system demo test lint api-search fuzz soak bench train evaluate pictures reference lock clean docs changelog release

help:
	@echo 'make demo      show Anlass with an example mailbox in the browser'
	@echo 'make setup     install the program into .venv (then: .venv/bin/anlass --help)'
	@echo 'make test      run all tests; installs what they need as root, or says so'
	@echo 'make lint      formatting, types, contracts between the rooms, dependencies'
	@echo 'make soak     let faults come upon a house for an hour (MINUTES=60 SEED=1)'
	@echo 'make fuzz      look for input that breaks a parser, for an hour (MINUTES=60 TARGET=name)'
	@echo 'make bench     measure speed against peers, as ratios in one run'
	@echo 'make docs      the documents as a site, in build/site'
	@echo 'make evaluate  measure the litmus test; make train trains it again'
	@echo 'make release   build wheel, sdist, bills of materials and checksums into dist/'
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

# The fuzzer is large and only used by `make fuzz`.
$(VENV)/fuzz.stamp: requirements/fuzz.lock $(VENV)/dev.stamp
	@echo 'Installing the fuzzer into $(VENV) ...'
	@$(INSTALL) --require-hashes -r requirements/fuzz.lock
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
EXAMPLES := 100
api-search: dev
	ANLASS_API_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest tests/integration/test_api_schema.py -q

# `make test` hands each parser its samples; this looks for input that breaks one, led by coverage. TARGET names some of them.
fuzz: dev $(VENV)/fuzz.stamp
	$(BIN)/python -m tests.fuzz.guided --minutes $(MINUTES) --target '$(TARGET)' --folder artefacts/fuzz

# `make test` lets a few faults come upon a house; this goes on: kills, restarts, cut wires, full disks, clocks.
SEED := 1
soak: dev
	$(BIN)/python -m tests.chaos --minutes $(MINUTES) --seed $(SEED) --logs artefacts/soak

bench: dev
	$(BIN)/python -m bench --write docs/figures.md

train: dev
	$(BIN)/python -m training.train

evaluate: dev
	$(BIN)/python -m training.evaluate --write docs/figures.md

pictures: dev
	$(BIN)/python -m scripts.pictures

reference: dev
	$(BIN)/python scripts/reference.py

# The documents as a site, in build/site; a broken link, a lost anchor or a missing translation fails it.
docs: dev
	$(BIN)/python -m scripts.site

changelog: dev
	$(BIN)/python scripts/release.py changelog

# What is built is installed once elsewhere, exactly as locked, and tried.
release: dev
	$(BIN)/python scripts/release.py build
	$(BIN)/python scripts/release.py check

# The locks hold names, versions and hashes for every platform, and no address.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
lock:
	$(LOCK) pyproject.toml --extra dev -o requirements/dev.lock
	$(LOCK) pyproject.toml -c requirements/dev.lock -o requirements/anlass.lock
	$(LOCK) pyproject.toml --extra postgres --extra networks -c requirements/dev.lock -o requirements/server.lock
	$(LOCK) --group build -c requirements/dev.lock -o requirements/build.lock
	$(LOCK) --group fuzz -c requirements/dev.lock -o requirements/fuzz.lock
	$(LOCK) --group servers -c requirements/dev.lock -o requirements/servers.lock

clean:
	rm -rf $(VENV) build dist artefacts .pytest_cache .mypy_cache .ruff_cache
