# Setting up is done by crm/bootstrap.py, which needs nothing but Python and says in plain words what is missing.
#   PYTHON=python3.12 make demo    with another Python (3.11, 3.12 or 3.13)
#   PORT=8080 make demo            on another port
#   ARGS="tests/actors -x" make test
export PORT
PYTHONS = $(or $(PYTHON),python3 python3.13 python3.12 python3.11)
SUPPORTED = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
BOOTSTRAP = @for python in $(PYTHONS); do \
		if $$python -c '$(SUPPORTED)' 2>/dev/null; then exec $$python -I crm/bootstrap.py $(1); fi; \
	done; \
	echo "Python 3.11, 3.12 or 3.13 is needed, and this machine has none (looked for: $(PYTHONS))." >&2; \
	echo "Debian, Ubuntu: sudo apt install python3 python3-venv. Elsewhere: PYTHON=/path/to/python3.12 make $@" >&2; \
	exit 1
VENV_PYTHON = .venv/bin/python
PYTEST = -m pytest --numprocesses auto --maxprocesses 4
UV_COMPILE = $(VENV_PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"

.PHONY: help demo setup test test-postgres lint format bench messages lock clean

help:           ## say what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo:           ## set everything up and start the site with demo data on http://127.0.0.1:8000
	$(call BOOTSTRAP,demo)

setup:          ## set up what tests and checks need
	$(call BOOTSTRAP,tests)

test: setup     ## run all tests on SQLite, browser tests included
	env -u DATABASE_URL $(VENV_PYTHON) $(PYTEST) $(ARGS)

test-postgres: setup ## run all tests on a PostgreSQL server made for them
	$(VENV_PYTHON) -m tests.postgres -- $(VENV_PYTHON) $(PYTEST) $(ARGS)

lint: setup     ## check style, types, imports, migrations, translations, API schema and settings
	$(VENV_PYTHON) -m tests.checks

format: setup   ## put imports and lines in order
	$(VENV_PYTHON) -m ruff check --fix-only --quiet . && $(VENV_PYTHON) -m ruff format .

bench: setup    ## measure response times and memory on generated registers (takes minutes)
	$(VENV_PYTHON) -m tests.bench $(ARGS)

messages: setup ## bring the German texts up to date with code and templates
	LOCAL_DEMO=1 $(VENV_PYTHON) manage.py catalogue update

lock: setup     ## write requirements*.txt anew from requirements*.in (ARGS=--upgrade for newer versions)
	$(UV_COMPILE) $(ARGS) requirements.in -o requirements.txt
	$(UV_COMPILE) $(ARGS) requirements-dev.in -o requirements-dev.txt
	$(UV_COMPILE) $(ARGS) requirements-node.in -o requirements-node.txt

clean:          ## delete all that was made here, the demo database included; db.sqlite3 and media stay
	rm -rf .venv node_modules build staticfiles frontend/dist test-results \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
