# The commands of the portal. `make help` lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
FRONTEND_PORT ?= 8001
BIND ?= 127.0.0.1
PYTHON ?=
PYTEST_ARGS ?=
BENCH_ARGS ?=
DEMO_ARGS ?=
# A test process per core; PYTEST_WORKERS=0 runs all in one. "load" keeps each process to the order of collection
# (tests/ordering.py), in which tests that empty the database come last; by file they would not.
PYTEST_WORKERS ?= auto

VENV := .venv
BIN := $(VENV)/bin
export PORT BIND PYTHON

.PHONY: help run demo frontend test acceptance lint bench requirements messages install install-dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {sub(/\$$\(PORT\)/, ENVIRON["PORT"], $$2); printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## install, migrate, seed and serve on http://localhost:$(PORT)
	@PORTAL_ENV=$${PORTAL_ENV:-development} exec $(BIN)/python -m scripts.serve

demo: install ## a portal of invented cases, for trying the desks, in a database of its own (DEMO_ARGS=--fresh makes it anew)
	@exec $(BIN)/python -m scripts.demo $(DEMO_ARGS)

frontend: ## the example of a separate front end, on http://localhost:8001 (FRONTEND_PORT= changes it), beside `make run`
	@exec python3 -m http.server $(FRONTEND_PORT) --bind 127.0.0.1 --directory examples/frontend

test: install-dev ## the tests (DATABASE_URL chooses the database, PYTEST_ARGS is passed on)
	@$(BIN)/python -m pytest -q -n $(PYTEST_WORKERS) --dist load $(PYTEST_ARGS)

acceptance: install-dev ## the long tests: races, large data, load
	@$(BIN)/python -m pytest -q -m acceptance $(PYTEST_ARGS)

lint: install-dev ## style, types, import rules, missing migrations, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	PORTAL_ENV=test $(BIN)/python manage.py makemigrations --check --dry-run
	PORTAL_ENV=test $(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python -m scripts.check_catalogues

bench: install-dev ## measure reading, search and the module API, and write docs/ (BENCH_ARGS="--quick", "--only search"; search needs ELASTICSEARCH_URL)
	@$(BIN)/python -m scripts.bench.run $(BENCH_ARGS)

requirements: ## compile the pinned lists from the hand-written ones (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes -c requirements.txt \
	    requirements-dev.in -o requirements-dev.txt

messages: install-dev ## bring the catalogues up to date with the code, and compile them (needs gettext)
	$(BIN)/python -m scripts.check_catalogues --update

install:
	@scripts/install requirements.txt

install-dev:
	@scripts/install requirements-dev.txt
