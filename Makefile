# Everything that a stranger needs: `make run` to see it, `make test` to trust it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

.DEFAULT_GOAL := help
.PHONY: help setup run test bench proof screenshots format clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Install what is missing for running and testing
	@scripts/setup.sh test

run: ## Build and start everything on http://localhost:4000 (RESET=1 starts over)
	@scripts/run.sh $(if $(filter-out 0 no,$(RESET)),--reset)

test: ## Run every check and every test
	@scripts/test.sh

bench: ## Measure the speed against the floor; writes bench/results
	@scripts/setup.sh bench
	@. scripts/lib.sh; bench/run.sh $(BENCH_ARGS)

proof: ## Run the checks that take long: many random cases, advisories and licences by cargo-deny
	@scripts/proof.sh

screenshots: ## Take the pictures of docs/screenshots anew
	@scripts/screenshots.sh

format: ## Format the Rust code
	@. scripts/lib.sh; cargo fmt --all

clean: ## Remove everything that was built; the demo's data stays (make run RESET=1 drops it)
	@rm -rf target web/dist web/node_modules
