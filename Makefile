# Heed. `make run` to try it, `make test` to check it: both set up what they need by themselves,
# in .venv and frontend/node_modules, from git, make and Python 3.11 or newer.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test test-full vectors bench build check clean

BIN := $(CURDIR)/.venv/bin
export PATH := $(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_QUIET := 1
# Every server, clock and command that is started would compile the whole of Heed again.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
FRONTEND := $(shell find frontend/src frontend/plugins frontend/public -type f 2>/dev/null) \
	frontend/index.html frontend/vite.config.ts frontend/vite.inbox.config.ts
# What installers say goes into a file: a missing network is one line, and the rest is there for whoever needs it.
SAID := $(CURDIR)/.venv/install.log
OFFLINE = echo "Heed could not fetch its parts. Is there a network? Then run the same command again (details: .venv/install.log)." >&2

help:
	@echo "make run        set up, build, make a demo partnership and serve it on this machine"
	@echo "make test       every check, the quick form (under half an hour on two cores)"
	@echo "make test-full  every check at full depth, then what a database is asked for on PostgreSQL as well"
	@echo "make bench      figures of speed, each beside something bare timed in the same run"
	@echo "make vectors    only the worked vectors, in Python and TypeScript (HEED_VECTORS=folder adds more)"

run: .venv/run.ready server/phone/app/index.html
	@heed demo > /dev/null
	@exec heed serve

test: .venv/test.ready server/phone/app/index.html
	@python -m tests.provision
	@$(MAKE) --no-print-directory check

test-full: export HEED_DEPTH := full
test-full: test
	HEED_ENGINE=postgresql python -m pytest --numprocesses auto --dist worksteal

check:
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	heed words check
	cd frontend && npm run --silent check
	python -m server.screening frontend/.definitions
	cd frontend && npm run --silent test
	python -m pytest --numprocesses auto --dist worksteal

vectors: .venv/test.ready frontend/node_modules/.ready
	@python -m server.screening frontend/.definitions
	python -m pytest -q tests/screening/test_vectors.py
	cd frontend && npx vitest run tests/screening/vectors.test.ts tests/personal/vectors.test.ts

bench: .venv/test.ready frontend/node_modules/.ready
	@python -m tests.provision
	@python -m tests.load

build: server/phone/app/index.html

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Heed needs Python 3.11 or newer. Install it, or say: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python cannot make a virtual environment here. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }

.venv/run.ready: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing what Heed stands on (once) ..."
	@python -m pip install --require-hashes -r requirements.lock 2> $(SAID) || { $(OFFLINE); exit 1; }
	@python -m pip install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.ready: requirements.test.lock .venv/run.ready
	@echo "Installing what the checks need (once) ..."
	@python -m pip install --require-hashes -r requirements.test.lock 2> $(SAID) || { $(OFFLINE); exit 1; }
	@touch $@

frontend/node_modules/.ready: frontend/package-lock.json frontend/package.json | .venv/run.ready
	@echo "Installing the phone app's parts (once) ..."
	@cd frontend && npm ci --loglevel=error --ignore-scripts > /dev/null 2> $(SAID) || { $(OFFLINE); exit 1; }
	@touch $@

server/phone/app/index.html: $(FRONTEND) frontend/node_modules/.ready
	@echo "Building the phone app ..."
	@cd frontend && npm run --silent build
	@touch $@

clean:
	rm -rf .venv frontend/node_modules server/phone/app server/inbox/static var
