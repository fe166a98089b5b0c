# make demo     check and annotate the example letter
# make test     lint, types and tests
# make format   put the code in shape
# make docs     write the pages of the rules again

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LETTER := examples/lettres/radiation-domiciliation.docx

.PHONY: install dev demo test format docs

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/installed: $(BIN)/python pyproject.toml
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/developer: $(VENV)/installed
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

install: $(VENV)/installed

dev: $(VENV)/developer

demo: install
	$(BIN)/falc check --exit-zero $(LETTER)
	$(BIN)/falc annotate $(LETTER) -o out/radiation-domiciliation.annote.docx

test: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

format: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: dev
	$(BIN)/python docs/fabriquer.py
