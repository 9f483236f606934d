# Everything the project does from a terminal; each target calls one thing.
.DEFAULT_GOAL := help

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
install: ## make .venv, and an .env with its own SECRET_KEY
	@bin/install --env
demo: ## run a demo firm on http://localhost:8000 (PORT=… to move it)
	@bin/demo
serve: ## run it for a real firm, which begins empty, with a link for its first admin
	@bin/serve
test: ## run the tests on SQLite, and on TEST_DATABASE_URL + TEST_REDIS_URL
	@bin/test
lint: ## check format, style, templates, types and migrations
	@bin/lint
lock: ## make the two lock files anew from the .in files
	@bin/lock
bench: dev ## measure pages over HTTP (PostgreSQL; LEADS=1000000 for a million)
	@.venv/bin/python -m bench.pages --leads $(or $(LEADS),100000)
bench-imports: dev ## measure the import of ROWS=100000 generated leads (PostgreSQL)
	@.venv/bin/python -m bench.imports --rows $(or $(ROWS),100000)
bench-exports: dev ## measure the export of LEADS=100000 leads: time and memory (PostgreSQL)
	@.venv/bin/python -m bench.exports --leads $(or $(LEADS),100000)
shots: dev ## photograph every page of a running demo into var/shots/
	@.venv/bin/python -m bin.shots
permissions: dev ## write docs/permissions.md anew from the access matrix
	@.venv/bin/python -m bin.permissions
fault-drill: dev ## kill worker, broker and supervisor in the middle of work
	@.venv/bin/python bin/fault_drill.py
dev:
	@bin/install --dev

.PHONY: help install demo serve test lint lock bench bench-imports bench-exports shots permissions fault-drill dev
