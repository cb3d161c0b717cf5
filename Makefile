# Setting up is done by crm/bootstrap.py, which needs nothing but Python and says in plain words what is missing.
#   PYTHON=python3.12 make demo    with another Python (3.11, 3.12 or 3.13)
#   PORT=8080 make demo            on another port
#   ARGS="tests/actors -x" make test
export PORT
# Every process of a check would translate all modules anew, and every worker all tests.
unexport PYTHONDONTWRITEBYTECODE
PYTHONS = $(or $(PYTHON),python3 python3.13 python3.12 python3.11)
SUPPORTED = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
BOOTSTRAP = @for python in $(PYTHONS); do \
		if $$python -c '$(SUPPORTED)' 2>/dev/null; then exec $$python -I crm/bootstrap.py $(1); fi; \
	done; \
	echo "Python 3.11, 3.12 or 3.13 is needed, and this machine has none (looked for: $(PYTHONS))." >&2; \
	echo "Debian, Ubuntu: sudo apt install python3 python3-venv. Elsewhere: PYTHON=/path/to/python3.12 make $@" >&2; \
	exit 1
VENV_PYTHON = .venv/bin/python
# What differs by database: rules of the models, services, imports, search, locks, jobs, sign-in limits; and some pages.
ENGINE_TESTS = $(wildcard $(addprefix tests/,core/imports */test_models*.py */test_services*.py */test_import*.py \
		*/test_filtersets.py core/accounts/test_attempts.py core/accounts/test_new_passwords.py core/accounts/test_sign_in.py \
		contacts/emails contacts/test_attention.py contacts/test_concern_numbers.py contacts/test_feeds.py \
		actors/test_groups.py actors/test_hints.py actors/test_holders.py contacts/test_known_to_one.py \
		actors/test_names.py core/test_fields.py core/test_undoing.py crm/test_api.py crm/test_concurrency*.py \
		crm/test_demo_data.py crm/test_fetch_emails.py crm/test_home.py crm/test_hostile_text.py crm/test_migrate.py \
		crm/test_permission_matrix.py crm/test_search.py crm/test_stored_choices.py crm/test_stored_once.py \
		crm/test_timeline*.py crm/test_unavailable.py crm/test_undo_pages.py events/test_attendance.py \
		events/test_consultation*.py events/test_still_to_come.py reports/test_frames.py reports/test_saving.py \
		reports/builders/continuity/test_report.py reports/builders/activity/test_measures.py \
		reports/builders/records/test_opened_figures.py \
		browser/test_imports.py browser/test_participations.py browser/test_quick_note.py browser/test_undo.py \
		test_postgres.py))
# Few tests are handed out at a time, or one worker gets all those with a browser.
PYTEST = -m pytest --numprocesses auto --maxprocesses 4 --maxschedchunk 24
UV_COMPILE = $(VENV_PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"

.PHONY: help demo setup test test-quick test-postgres lint format bench mutants messages lock clean

help:           ## say what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo:           ## set everything up and start the site with demo data on http://127.0.0.1:8000
	$(call BOOTSTRAP,demo)

setup:          ## set up what tests and checks need
	$(call BOOTSTRAP,tests)

test: setup     ## run all tests on SQLite, browser tests included
	env -u DATABASE_URL $(VENV_PYTHON) $(PYTEST) $(ARGS)

test-quick: setup ## run what a change touches, without a browser (ARGS=main: everything since that revision)
	env -u DATABASE_URL $(VENV_PYTHON) -m tests.quick $(ARGS)

test-postgres: setup ## run what differs by database on a PostgreSQL server made for it (ARGS=tests for everything)
	$(VENV_PYTHON) -m tests.postgres -- $(VENV_PYTHON) $(PYTEST) $(or $(ARGS),$(ENGINE_TESTS))

lint: setup     ## check style, types, imports, scripts, migrations, translations, API schema and settings
	$(VENV_PYTHON) -m tests.checks

format: setup   ## put imports and lines in order, of Python and of the scripts
	$(VENV_PYTHON) -m ruff check --fix-only --quiet . && $(VENV_PYTHON) -m ruff format .
	PATH="$$PATH:.venv/bin" node_modules/.bin/biome check --write

bench: setup    ## measure response times and memory on generated registers (takes minutes)
	$(VENV_PYTHON) -m tests.bench $(ARGS)

mutants: setup  ## tell which faults in a module its tests overlook: make mutants ARGS=actors/models/particulars.py
	$(VENV_PYTHON) -m tests.mutants $(ARGS)

messages: setup ## bring the German texts up to date with code and templates
	LOCAL_DEMO=1 $(VENV_PYTHON) manage.py catalogue update

lock: setup     ## write requirements*.txt anew from requirements*.in (ARGS=--upgrade for newer versions)
	$(UV_COMPILE) $(ARGS) requirements.in -o requirements.txt
	$(UV_COMPILE) $(ARGS) requirements-dev.in -o requirements-dev.txt
	$(UV_COMPILE) $(ARGS) requirements-node.in -o requirements-node.txt

clean:          ## delete all that was made here, the demo database included; db.sqlite3 and media stay
	rm -rf .venv node_modules build staticfiles frontend/dist test-results \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
