# Everything Evenhand needs is installed by these targets, into this folder only (and by apt where the tests need it).
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= 1
# What the tests need from Debian: a browser, the database server, fonts of many scripts, Java with Maven for veraPDF.
DEBIAN := chromium postgresql fonts-noto-core maven default-jre-headless

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

# --- setting up ------------------------------------------------------------------------------------------------
$(VENV)/.runtime: requirements.txt
	@echo "· Python packages into $(VENV), by hash"
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.tests: requirements-dev.txt $(VENV)/.runtime
	@echo "· Python packages of the tests, by hash"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

pages/browser/node_modules/.ready: pages/browser/package-lock.json
	@echo "· browser packages by npm ci"
	@command -v npm >/dev/null || { echo "npm was not found: install Node.js 20 or newer, with npm"; exit 1; }
	@npm --prefix pages/browser ci --silent --no-audit --no-fund
	@touch $@

SHEETS := $(shell find pages/browser -path pages/browser/node_modules -prune -o -type f \( -name '*.ts' -o -name '*.tsx' -o -name '*.scss' -o -name '*.css' -o -name '*.mjs' -o -name '*.svg' -o -name 'package.json' \) -print)
pages/static/manifest.json: pages/browser/node_modules/.ready $(SHEETS)
	@echo "· styles and browser code"
	@npm --prefix pages/browser run --silent build
	@touch $@

venv: $(VENV)/.tests ## the virtual environment with everything the tests need
browser: pages/static/manifest.json ## styles and browser code, built

# --- running ---------------------------------------------------------------------------------------------------
run: $(VENV)/.runtime pages/static/manifest.json ## start everything on this machine (DEMO=0: empty)
	@exec $(BIN)/python app.py try $(if $(filter 0,$(DEMO)),--empty,)

# --- testing ---------------------------------------------------------------------------------------------------
machine: ## what the tests need from the machine
	@bash tests/machine.sh $(DEBIAN)

.tools/verapdf/.ready: tests/verapdf/pom.xml
	@echo "· veraPDF by Maven"
	@mvn -q -B -f tests/verapdf/pom.xml dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/.tools/verapdf
	@touch $@

check: $(VENV)/.tests pages/static/manifest.json ## formatting, lint, types (Python and browser)
	@echo "· ruff, mypy, tsc"
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy .
	@npm --prefix pages/browser run --silent check
	@npm --prefix pages/browser run --silent test

test: machine $(VENV)/.tests pages/static/manifest.json .tools/verapdf/.ready check ## the whole suite
	@$(BIN)/python -m pytest

journey: machine $(VENV)/.tests pages/static/manifest.json ## the whole way in real browsers, into build/journey/
	@$(BIN)/python -m pytest tests/flows -q -s

faults: machine $(VENV)/.tests pages/static/manifest.json ## the fault tests at their full numbers
	@FAULTS=full $(BIN)/python -m pytest tests/faults -q -s

bench: machine $(VENV)/.tests pages/static/manifest.json ## the measurements, into build/bench.json
	@$(BIN)/python -m bench

# --- keeping ---------------------------------------------------------------------------------------------------
lock: ## write both lock files again from pyproject.toml (needs uv)
	uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-annotate pyproject.toml -o requirements.txt
	uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.txt

tidy: $(VENV)/.tests ## format and mend what can be mended by itself
	@$(BIN)/ruff format --quiet . ; $(BIN)/ruff check --fix --quiet .

clean: ## forget everything built or kept, the demonstration's data too
	rm -rf build data pages/static $(VENV) pages/browser/node_modules

.PHONY: help venv browser run machine check test journey faults bench lock tidy clean
