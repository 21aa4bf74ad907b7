# The two commands of the README, and what the checks run. Each needs only Python 3, make and git.
.DEFAULT_GOAL := help
.PHONY: help up test bench lint lint-code lint-types lint-templates lint-dependencies lint-site format

# Many processes start here: what one has compiled serves the others, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

UV := $(shell command -v uv || echo var/uv/bin/uv)
SYNC := $(UV) sync --quiet --frozen --all-extras
RUN := .venv/bin/python
FIND_UV = command -v $(UV) >/dev/null || { \
	echo "uv is missing: bringing it into var/uv."; \
	mkdir -p -m 711 var && python3 -m venv var/uv && var/uv/bin/pip install --quiet uv; } || { \
	echo "uv could not be brought: install it from https://docs.astral.sh/uv/ and try again."; exit 1; }

# What a public site would be given; the checks start nothing and keep nothing.
PUBLIC := SECRET_KEY=a-key-for-checks-only-that-is-as-long-as-a-real-one-would-be \
	SITE_URL=https://advisory.example EMAIL_URL=smtp://mail.example FIRM_LEGAL_NAME="Example Pty Ltd" \
	FIRM_ABN="00 000 000 000" FIRM_AGENTS="Example Person, MARN 0000000" FIRM_PHONE="+61 2 5550 0000"
RULES := enquiries/guardian.py,enquiries/slots.py,enquiries/transitions.py,enquiries/working_time.py,enquiries/resumes/*,occupations/catalogue/rows.py,occupations/catalogue/changes.py,occupations/assessment.py,occupations/packaging.py,occupations/points.py

help:
	@echo "make up      run the site on this machine (PORT=8000)"
	@echo "make test    run every test"
	@echo "make bench   crawl every address, then measure; prints figures, asserts no time"
	@echo "make lint    run every other check"
	@echo "make format  write the code as the checks want it"

up:
	@$(FIND_UV)
	@$(SYNC) --inexact --no-default-groups --group dev
	@MAKE_PID=$$PPID exec $(RUN) manage.py up

test:
	@$(FIND_UV)
	@$(SYNC)
	$(RUN) -m pytest --numprocesses 3 --dist worksteal -m "not slow" --cov --cov-report term-missing:skip-covered $(ARGS)
	$(RUN) -m coverage report --include '$(RULES)' --fail-under 100

bench:
	@$(FIND_UV)
	@$(SYNC)
	$(RUN) -m pytest --numprocesses 2 -m slow $(ARGS)
	$(RUN) -m tests.benchmarks

lint:
	@$(FIND_UV)
	@$(SYNC)
	@$(MAKE) --no-print-directory --jobs 2 $(filter --%,$(patsubst output-sync,--output-sync=target,$(.FEATURES))) \
		lint-types lint-code lint-templates lint-dependencies lint-site

lint-types:
	$(PUBLIC) .venv/bin/mypy .

lint-code:
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/lint-imports
	git ls-files -z -- '*.py' | xargs -0 .venv/bin/django-upgrade --target-version 6.1 --check

lint-templates:
	git ls-files -z -- 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 6.1 --check
	.venv/bin/djlint --quiet --lint templates

lint-dependencies:
	.venv/bin/deptry .
	$(UV) lock --check

lint-site:
	$(PUBLIC) $(RUN) -m tests.with_postgres sh -ec '\
		$(RUN) manage.py makemigrations --check; \
		$(RUN) manage.py check --deploy --database default --fail-level WARNING; \
		$(RUN) manage.py collectstatic --no-input --verbosity 0'

format:
	@$(FIND_UV)
	@$(SYNC)
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	git ls-files -z -- 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 6.1
