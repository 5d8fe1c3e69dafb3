# Each target sets up what it needs in .venv by itself, once. PYTHON=... picks an interpreter.
.DEFAULT_GOAL := help
.PHONY: help run test check bench proof truth pictures docs clean

PY := .venv/bin/python
RUN := .venv/installed-run
DEV := .venv/installed-dev
export PYTHON

help: ## say what the targets are
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: $(RUN) ## open qbank (ARGS="--data-dir there" passes arguments on)
	@.venv/bin/qbank $(ARGS)

test: $(DEV) ## run the tests, on two processes (ARGS="tests/block -x" picks)
	@$(PY) -m pytest -n 2 -q $(ARGS)

check: $(DEV) ## format, lint, types, layers, budgets, documents
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo
	@$(PY) -m tools.budgets
	@$(PY) -m tools.docs --check

bench: $(DEV) ## measure, and write the figures into docs/performance.md (ARGS=name measures one)
	@$(PY) -m benchmarks $(ARGS)

proof: $(DEV) ## run the slow proofs: kills, power cuts, many more examples, true claims
	@$(PY) -m pytest -n 2 -q -m proof --hypothesis-profile=proof $(ARGS)
	@$(PY) -m benchmarks.truth

truth: $(DEV) ## simulate learners, and write into docs/statistics.md what they are told
	@$(PY) -m benchmarks.truth --write

pictures: $(DEV) ## draw the kept pictures of the app anew; look at what changed before it is kept
	@QBANK_PICTURES=renew $(PY) -m pytest -q tests/tui/test_pictures.py

docs: $(DEV) ## write the generated documents anew
	@$(PY) -m tools.docs

clean: ## remove .venv, builds and caches (no learner's data)
	@rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): pyproject.toml constraints.txt tools/setup.sh
	@tools/setup.sh run

$(DEV): pyproject.toml constraints.txt tools/setup.sh
	@tools/setup.sh dev
