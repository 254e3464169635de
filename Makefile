.PHONY: help run test check bench fix
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.installed

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --editable '.[dev]'
	@touch $@

test: $(STAMP) ## run the tests
	$(VENV)/bin/pytest

check: $(STAMP) ## lint, format, types, import rules, tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/pytest

fix: $(STAMP) ## format and mend what the linter can
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .
