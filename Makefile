# Needs python3 >= 3.11 and make; everything else goes into .venv, pinned and hash-checked.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
PYTEST := $(BIN)/pytest -n auto -q
SEED   := corpora/seed/reports/000_97ee47eec622cd46.txt

.DEFAULT_GOAL := help
.PHONY: help demo test check lint unit fix golden eval bench calls baselines train lock clean

help:  ## say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

demo: $(VENV)/.runtime  ## set everything up and audit the seed report
	@$(BIN)/extractor audit $(SEED) || test $$? -eq 1

test: check  ## set everything up and run all checks

check: lint unit  ## style, types, import contracts, knowledge files, tests

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/extractor kb check

unit: $(VENV)/.dev  ## the tests alone
	$(PYTEST)

fix: $(VENV)/.dev  ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(VENV)/.dev  ## rewrite the golden results, to be read in the diff
	-$(PYTEST) --regen
	$(PYTEST)

train: $(VENV)/.runtime  ## train the models anew from corpora/
	$(BIN)/extractor train

eval: $(VENV)/.runtime  ## score against the gold labels, keep the scores in eval/results
	$(BIN)/python -m eval.labelled
	$(BIN)/python -m eval.tables
	$(BIN)/python -m eval.layouts
	$(BIN)/python -m eval.mutations
	$(BIN)/python -m eval.real

bench: $(VENV)/.runtime  ## measure speed and start-up time, keep them in eval/results
	$(BIN)/python -m eval.bench

calls: $(VENV)/.runtime  ## count what an audit runs, fail where it has grown
	$(BIN)/python -m eval.bench.calls --check

baselines: $(VENV)/.runtime  ## compare with the tools that exist, each installed apart, in .baselines
	$(BIN)/python -m eval.baselines
	$(BIN)/python -m eval.baselines corpora/language --split development --name baselines-language

lock: $(VENV)/.dev  ## resolve the pinned versions anew
	$(COMPILE) --output-file requirements-build.lock requirements-build.in
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --extra batch --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:  ## remove everything that was installed or cached
	rm -rf $(VENV) .baselines build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# ---------------------------------------------------------------- installation

$(VENV)/.base: requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements-build.lock
	@touch $@

$(VENV)/.runtime: $(VENV)/.base requirements.lock pyproject.toml
	$(PIP) install --require-hashes --no-build-isolation -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(PIP) install --require-hashes --no-build-isolation -r requirements-dev.lock
	@touch $@
