# Everything a newcomer needs: `make run`, `make test`. Only Python 3.11 or later and make have to be there.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
WANTED := pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test fuzz torture week systemd snapshots check format bench clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1	\2/' | expand -t 20

run: $(VENV)/run  ## set everything up and start watcher in the foreground (Ctrl-C ends it)
	@exec $(BIN)/watcher run

test: $(VENV)/test  ## set everything up and run the tests
	@$(BIN)/python -m pytest

fuzz: $(VENV)/test  ## 100,000 mutated feeds, then the property tests on texts and rules nobody has thought of
	@$(BIN)/python -m tests.fuzz.feeds
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest tests/core tests/test_config.py

torture: $(VENV)/test  ## kill the daemon 500 times and end it 200 times while alerts flow: none is lost; kill whoever migrates, backs up or prunes; and catch two programs that lose some
	@$(BIN)/python -m tests.torture
	@$(BIN)/python -m tests.torture.upkeep

week: $(VENV)/test  ## a week of 500 feeds in minutes: no poll is lost, all is told once, and memory and database stay small
	@$(BIN)/python -m tests.week

systemd: $(VENV)/test  ## as root: the service under a real systemd, in a machine made of namespaces
	@$(BIN)/python -m tests.under_systemd

snapshots: $(VENV)/test  ## what messages look like, for tests and docs (needs chromium and pngquant)
	@$(BIN)/python -m tools.make_snapshots && $(BIN)/python -m tools.make_pictures

check: $(VENV)/check $(VENV)/test  ## style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/check  ## put the code into its style
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(VENV)/run  ## measure, side by side in one run
	@for each in bench/bench_*.py; do $(BIN)/python $$each || exit 1; done

clean:  ## remove the environment and all caches; the database stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .fuzz

# One environment; a stamp for each set of packages that was put into it.
$(BIN)/python:
	@echo "setting up $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "watcher needs Python 3.11 or later")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run: $(BIN)/python $(WANTED)
	@$(PIP) --editable . && touch $@

$(VENV)/test $(VENV)/check: $(VENV)/%: $(BIN)/python $(WANTED)
	@$(PIP) --editable '.[$*]' && touch $@
