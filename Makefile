# Perisai: needs Python 3.11 or newer; everything else is installed into this folder.
PYTHON ?= python3
PORT   ?= 8000
SCALE  ?= report

RUN := .venv/bin/python -m
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check fmt generate messages bench bench-national seed lock setup setup-dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## everything set up and loaded, then served on http://127.0.0.1:8000 (PORT=, SCALE=small)
	@$(RUN) perisai.site demo --port $(PORT) --scale $(SCALE)

demo-reset: setup ## delete the demo's data, then as demo
	@$(RUN) perisai.site demo --reset --port $(PORT) --scale $(SCALE)

test: setup-dev ## every check and every test
	@.venv/bin/python scripts/test.py

check: setup-dev ## the checks that run nothing: format, lint, layers, types, translations
	@.venv/bin/python scripts/test.py --checks-only

fmt: setup-dev ## format the code
	@$(RUN) ruff format
	@$(RUN) ruff check --fix

generate: setup-dev ## write what the frontend takes from the server: tables, vectors, types
	@.venv/bin/python scripts/generate.py

messages: setup-dev ## bring the translation file up to date with the screens
	@.venv/bin/python scripts/messages.py update

bench: setup-dev ## measure; each benchmark ends with a line of JSON
	@.venv/bin/python -m bench

bench-national: setup-dev ## the month of 24 million members, on data made on the spot (72 GiB of disk, an hour)
	@.venv/bin/python -m bench.month --members 24000000

seed: setup ## only the synthetic register (SCALE=report or small)
	@$(RUN) perisai.site seed --scale $(SCALE)

lock: ## choose package versions anew (needs uv)
	@uv pip compile $(LOCK) --extra build pyproject.toml -o requirements/app.lock
	@uv pip compile $(LOCK) --extra build --extra dev pyproject.toml -o requirements/dev.lock
	@uv pip compile $(LOCK) --group pyproject.toml:node -o requirements/node.lock

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

setup:
	@$(PYTHON) scripts/setup.py

setup-dev:
	@$(PYTHON) scripts/setup.py --dev
