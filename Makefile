# `make serve` shows the handbook, `make test` proves it; `make help` lists the rest.
# Each target first makes a virtual environment in .venv, and renews it when pyproject.toml or
# constraints.txt change. Written for GNU make 3.81 and later.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV ?= .venv
PORT ?= 8000
ARGS ?=
# Another index for torch alone, such as PyTorch's own of small CPU builds.
TORCH_INDEX ?=

# Material for MkDocs would print a notice about the next MkDocs at each start.
export NO_MKDOCS_2_WARNING := 1

BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check
TORCH := $(shell sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)
TORCH_VERSION := $(patsubst torch==%,%,$(TORCH))
# 3.11 first: only there does `make update` write outputs.
PYTHONS := $(if $(PYTHON),$(PYTHON),python3.11 python3.12 python3.13 python3.14 python3 python)
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))

.PHONY: help serve test build update lint bench clean web same-python

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	  while IFS='|' read -r target text; do printf '  make %-8s %s\n' "$$target" "$$text"; done
	@echo
	@echo "  PORT=8001            another port for serve"
	@echo "  ARGS='-k cat'        further arguments for serve, test, build, update and bench"
	@echo "  PYTHON=python3.12    the Python that .venv is made of (3.11 to 3.14)"
	@echo "  TORCH_INDEX=address  the package index to take torch from, and torch alone"

serve: $(INSTALLED) ## Show the handbook at http://127.0.0.1:8000, renewed at each edit
	$(BIN)/python -m mkdocs serve --dev-addr 127.0.0.1:$(PORT) $(ARGS)

test: $(INSTALLED) web ## Run every test (installs what is missing first, then needs no network)
	$(BIN)/python -m pytest -n 2 $(ARGS)

build: $(INSTALLED) ## Build the site into site/, strictly: any warning fails
	$(BIN)/python -m mkdocs build --strict $(ARGS)

update: $(INSTALLED) ## Run the snippets on torch and write down what they print
	$(BIN)/python -m press update $(ARGS)

lint: $(INSTALLED) ## Check style and format of the Python, and types of the JavaScript
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	@node=`$(BIN)/python -c "$$WEB"` && cd web && set -x && "$$node" node_modules/typescript/bin/tsc

bench: $(INSTALLED) web ## Measure speed, side by side in one run
	$(BIN)/python -m benchmarks $(ARGS)

web: $(INSTALLED) ## Install what the browser's files are built with (the others do so themselves)
	@$(BIN)/python -c "$$WEB" >/dev/null

# Installs, and prints which node to use.
define WEB
import pathlib, sys
from press import Problem, assets
try:
    print(assets.install(pathlib.Path.cwd()))
except Problem as problem:
    sys.exit(str(problem))
endef
export WEB

clean: ## Remove all that was built; .venv stays
	rm -rf site .cache build dist test-results .pytest_cache .ruff_cache .hypothesis *.egg-info
	find press reference_impl tests benchmarks -name __pycache__ -exec rm -rf {} +

# ---- The environment -----------------------------------------------------------------------

$(INSTALLED): pyproject.toml constraints.txt
	@$(BIN)/python -c '$(SUPPORTED)' 2>/dev/null || { $(find-python) && $(make-venv); }
	@$(PIP) show torch 2>/dev/null | grep -q '^Version: $(TORCH_VERSION)' || { $(get-torch); }
	@$(has-node) && extra= || extra='[node]'; \
	  $(PIP) install --constraint constraints.txt --editable ".$$extra"
	@touch $@

define find-python
for python in $(PYTHONS); do \
    $$python -c '$(SUPPORTED)' >/dev/null 2>&1 && break; \
    python=; \
  done; \
  test -n "$$python" || { \
    echo 'No Python from 3.11 to 3.14 here (tried: $(PYTHONS)): install one,' \
         'or say where it is: make PYTHON=...' >&2; exit 1; }
endef

define make-venv
$$python -c 'import ensurepip, venv' 2>/dev/null || { \
    echo "$$python has no venv module: install it (Debian, Ubuntu: apt-get install python3-venv)" \
         >&2; exit 1; }; \
  echo "Making $(VENV) with $$python (`$$python --version`)"; \
  $$python -m venv --clear $(VENV)
endef

# pip's own index has for Linux a build of torch with CUDA; say so before gigabytes come.
define get-torch
if [ -n '$(TORCH_INDEX)' ]; then \
    $(PIP) install --no-deps --index-url '$(TORCH_INDEX)' $(TORCH); \
  elif [ "`uname -s`" = Linux ]; then \
    echo 'Asking pip which build of torch it would take:'; \
    $(PIP) install --dry-run --no-deps --report $(VENV)/torch.json $(TORCH) && \
    if grep -q '"nvidia-' $(VENV)/torch.json; then \
      echo 'About to download the CUDA build of torch: some 3 GB.'; \
      echo 'The CPU build, 0.2 GB, is all the handbook needs. To take it, press Ctrl-C and say'; \
      echo '    make TORCH_INDEX=https://download.pytorch.org/whl/cpu $(MAKECMDGOALS)'; \
    fi; \
  fi
endef

define has-node
npm --version >/dev/null 2>&1 && \
  node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null
endef

# A PYTHON named outright must not be passed over because a .venv of another is there already.
ifneq ($(PYTHON),)
$(INSTALLED): | same-python
endif
same-python:
	@version='import sys; print("%d.%d" % sys.version_info[:2])'; \
	wanted=`$(PYTHON) -c "$$version" 2>/dev/null` || exit 0; \
	has=`$(BIN)/python -c "$$version" 2>/dev/null` || exit 0; \
	test "$$has" = "$$wanted" || { \
	  echo "$(VENV) is Python $$has, $(PYTHON) is $$wanted:" \
	       "remove $(VENV), or name another one: VENV=.venv-$$wanted" >&2; exit 1; }
