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

BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check
TORCH := $(shell sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)
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

bench: $(INSTALLED) web ## Measure speed, side by side in one run
	$(BIN)/python -m benchmarks $(ARGS)

web: $(INSTALLED) ## Build what runs cells in the browser (serve, build and test do so themselves)
	@$(BIN)/python -m press.assets

clean: ## Remove all that was built; .venv stays
	rm -rf site .cache build dist test-results .pytest_cache .ruff_cache .hypothesis *.egg-info
	find press reference_impl tests benchmarks -name __pycache__ -exec rm -rf {} +

# ---- The environment ---------------------------------------------------------------------------

$(INSTALLED): pyproject.toml constraints.txt
	@$(BIN)/python -c '$(SUPPORTED)' 2>/dev/null || { \
	  for python in $(PYTHONS); do \
	    if $$python -c '$(SUPPORTED)' >/dev/null 2>&1; then found=$$python; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "No Python from 3.11 to 3.14 here (tried: $(PYTHONS)). Install one, or name it: make PYTHON=path" >&2; exit 1; \
	  fi; \
	  if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$found has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	  fi; \
	  echo "Making $(VENV) of `$$found --version` ($$found)"; \
	  $$found -m venv --clear $(VENV); }
	@$(PIP) show torch 2>/dev/null | grep -q "^Version: $(TORCH:torch==%=%)" || \
	  if [ -n "$(TORCH_INDEX)" ]; then \
	    $(PIP) install --no-deps --index-url "$(TORCH_INDEX)" "$(TORCH)"; \
	  elif [ "`uname -s`" = Linux ] && ! $(PIP) index versions torch 2>/dev/null | grep -qF "$(TORCH:torch==%=%)+cpu"; then \
	    echo "About to download $(TORCH) as your package index has it: for Linux usually the CUDA build, about 3 GB."; \
	    echo "The CPU build (0.2 GB) is all the handbook needs. To take it, stop this (Ctrl-C) and say once:"; \
	    echo "    make TORCH_INDEX=https://download.pytorch.org/whl/cpu $(MAKECMDGOALS)"; \
	  fi
	@if command -v node >/dev/null && command -v npm >/dev/null; then extra=; else extra='[node]'; fi; \
	  set -x; $(PIP) install -c constraints.txt -e ".$$extra"
	@touch $@

# A PYTHON that is named outright must not be passed over because .venv is there already.
ifneq ($(PYTHON),)
$(INSTALLED): | same-python
endif
same-python:
	@version='import sys; print("%d.%d" % sys.version_info[:2])'; \
	wanted=`$(PYTHON) -c "$$version"` && has=`$(BIN)/python -c "$$version" 2>/dev/null || echo none`; \
	if [ "$$has" != none ] && [ "$$has" != "$$wanted" ]; then \
	  echo "$(VENV) is of Python $$has, but $(PYTHON) is Python $$wanted: remove $(VENV), or make VENV=.venv-$$wanted" >&2; exit 1; \
	fi
