# Everything here works with Python 3.11 and make alone; the environment is made in .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
KINDS := medical_support modification uninsured_claim medical_support_notice
EXAMPLES := $(KINDS:%=out/%/record.asice)
# The examples are filed and served from the project's own folder, not from the user's.
export OCSE_STATE_DIR ?= $(CURDIR)/var

.PHONY: help run test lint check fix bench soak templates clean
help: ## what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(EXAMPLES) ## file one example of each kind into out/, then serve with the examples loaded
	$(BIN)/ocse-filings serve

test: $(INSTALLED) ## run the tests
	$(BIN)/pytest

lint: $(INSTALLED) ## lint, format, types, import rules, templates in step with their manuscripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m templates.authoring --check

check: lint test ## everything a change must pass

fix: $(INSTALLED) ## format, and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(INSTALLED) ## measure us and the alternative in one run
	$(BIN)/python -m benchmarks

soak: $(INSTALLED) ## try 5,000 changes to bundles: each must be found and named
	BUNDLE_CHANGES=4000 $(BIN)/pytest tests/signing/test_changes.py
	BUNDLE_CHANGES_OF_LEVELS=1000 $(BIN)/pytest tests/signing/levels/test_changes_of_levels.py

templates: $(INSTALLED) ## build the Word templates from their manuscripts
	$(BIN)/python -m templates.authoring

clean: ## remove what was made, the filed examples included
	rm -rf $(VENV) out var

$(INSTALLED): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make an environment; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

out/%/record.asice: examples/%/facts.json | $(INSTALLED)
	$(BIN)/ocse-filings file $< --exhibits examples/$*/exhibits --out out/$* --replace
