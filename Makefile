# The environment and everything one does with it. `make help` lists the targets.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

UV_VERSION := 0.13.9
UV := .venv-tools/bin/uv
APP := .venv
INSTAP := $(APP)/bin/instap
COMPONENTS := tests/understanding/components
# One more than there are cores: what waits for a process or a clock leaves its core to another. Not for
# the tests of the whole house: an engine that waits for a core misses its deadline.
WORKERS := $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))

# Else every process and every command translates all its modules anew: seconds of each start.
unexport PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE := 1

# The first Python >= 3.11 that really runs (a pyenv shim may say "command not found").
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.PHONY: run
run: setup ## set up what is missing, train when needed, start everything (Ctrl-C stops it)
	@$(INSTAP) run

.PHONY: setup
setup: $(APP)/.ready ## the environment from the locked requirements

$(UV):
	@test -n "$(PYTHON)" || { echo "Instap needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv .venv-tools
	@.venv-tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(APP)/.ready: requirements/app.txt pyproject.toml | $(UV)
	@$(UV) venv --quiet --clear --python $(PYTHON) $(APP)
	@$(UV) pip install --quiet --python $(APP)/bin/python --no-deps --require-hashes -r requirements/app.txt
	@$(UV) pip install --quiet --python $(APP)/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

$(APP)/.ready-dev: requirements/dev.txt $(APP)/.ready
	@$(UV) pip install --quiet --python $(APP)/bin/python --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: components
components: $(APP)/.ready $(APP)/.ready-dev ## the tests of the understanding components, in a process of their own
	@cd $(COMPONENTS) && ../../../$(APP)/bin/python -m pytest --rootdir . --confcutdir .

.PHONY: train
train: setup ## train the model when its data changed
	@$(INSTAP) train

.PHONY: understanding
understanding: setup $(APP)/.ready-dev ## score the evaluation set
	@$(APP)/bin/python -m bench.understanding

.PHONY: visitors
visitors: setup $(APP)/.ready-dev ## play the visitors with a goal, and show where they did not get on
	@$(APP)/bin/python -m bench.visitors

.PHONY: check
check: $(APP)/.ready $(APP)/.ready-dev ## lint, types, import contracts and the tests without the engine
	@$(APP)/bin/ruff check .
	@$(APP)/bin/ruff format --check .
	@$(APP)/bin/mypy
	@$(APP)/bin/lint-imports --no-logo 2>/dev/null || $(APP)/bin/lint-imports
	@$(MAKE) --no-print-directory components
	@$(APP)/bin/python -m pytest -n $(WORKERS) --dist worksteal -m "not engine and not postgres and not redis and not browser"

.PHONY: test
test: setup $(APP)/.ready-dev check train ## what a change must pass
	@$(APP)/bin/python -m bench.understanding
	@$(APP)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "(engine or postgres or redis or browser) and not nightly"

.PHONY: nightly
nightly: export INSTAP_DIALOGUE := all
nightly: test ## all of it: every turn of the dialogue, long storms and talk, kills, clocks, loads
	@$(APP)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m nightly
	@for stage in D1 D2 D8; do $(APP)/bin/python -m bench.load $$stage 60 0 || exit 1; done

.PHONY: dialogue
dialogue: $(APP)/.ready $(APP)/.ready-dev ## every message in every state, with every pair of a question and a wish
	@INSTAP_DIALOGUE=all $(APP)/bin/python -m pytest -n logical --dist worksteal -m "not engine" tests/dialogue

.PHONY: record
record: $(APP)/.ready $(APP)/.ready-dev ## in what conversations differ from how they were recorded (ARGS="sector name", ARGS=--keep)
	@$(APP)/bin/python -m tests.dialogue.record $(ARGS)

.PHONY: talk
talk: setup $(APP)/.ready-dev train ## new random talk with the whole house (INSTAP_RANDOM_TURNS)
	@INSTAP_RANDOM_SEED=$${INSTAP_RANDOM_SEED:-0} $(APP)/bin/python -m pytest -s -m nightly \
		tests/journeys/test_random_talk.py

.PHONY: bench
bench: setup $(APP)/.ready-dev train ## measure, into bench/results/
	@$(APP)/bin/python -m bench

node_modules/.ready: package.json package-lock.json .npmrc
	@command -v npm >/dev/null || { echo "The widget is built and tested with Node.js 18 or newer and npm."; exit 1; }
	@npm ci --silent
	@touch $@

.PHONY: widget
widget: node_modules/.ready ## check and build the widget; prints its size and its SRI hash
	@npm run --silent types
	@npm run --silent build

.PHONY: load
load: setup $(APP)/.ready-dev train ## a load on the whole house: make load STAGE=D2 (SECONDS=60 PLAIN=1)
	@$(APP)/bin/python -m bench.load $(or $(STAGE),D1) $(or $(SECONDS),0) $(or $(PLAIN),0)

.PHONY: sbom
sbom: setup $(APP)/.ready-dev ## what we are made of, as CycloneDX in dist/
	@$(APP)/bin/python -m tools.sbom

.PHONY: audit
audit: $(APP)/.ready $(APP)/.ready-dev ## known flaws of what is locked, against requirements/accepted.yml
	@$(APP)/bin/python -m tools.audit

.PHONY: faults
faults: setup $(APP)/.ready-dev train ## break everything, again and again: make faults N=10000 SEED=1 PLAIN=1000 ON=postgres
	@$(APP)/bin/python -m tests.faults $(or $(N),300) $(or $(SEED),2027) $(or $(PLAIN),0) $(or $(ON),sqlite)

.PHONY: format
format: $(APP)/.ready-dev ## let ruff write the code
	@$(APP)/bin/ruff check --fix-only --quiet .
	@$(APP)/bin/ruff format --quiet .

.PHONY: lock
lock: $(UV) ## work out the locked requirements anew
	@cd requirements && for name in app dev; do \
		../$(UV) pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
			--python-version 3.11 --custom-compile-command "make lock" $$name.in -o $$name.txt || exit 1; \
	done

.PHONY: newest
newest: $(UV) ## does Rasa still run on the newest libraries there are? in an environment that is thrown away
	@made=$$(mktemp -d) && trap 'rm -rf "$$made"' EXIT && cd requirements && \
	grep -hv '^-c' app.in dev.in > $$made/all.in && \
	../$(UV) pip compile --quiet --no-header --no-annotate --generate-hashes --python $(PYTHON) $$made/all.in -o $$made/newest.txt && \
	(diff <(sed -n '/==/s/ .*//p' app.txt | sort) <(sed -n '/==/s/ .*//p' $$made/newest.txt | sort) | grep '^<' || true) && cd .. && \
	$(UV) venv --quiet --python $(PYTHON) $$made/venv && \
	$(UV) pip install --quiet --python $$made/venv/bin/python --no-deps --require-hashes -r $$made/newest.txt && \
	mkdir $$made/models && \
	export INSTAP_MODELS=$$made/models && \
	(cd $(COMPONENTS) && $$made/venv/bin/python -m pytest --rootdir . --confcutdir .) && \
	$$made/venv/bin/python -m pytest -m "engine and not postgres" tests/engine tests/journeys/test_yes.py
