# `make help` lists the targets. Only Python 3.11, git and make are needed beforehand (Debian 12; Windows: see README.md).
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PYTHONUTF8 := 1

PYTHON := .venv/bin/python
# Under a locale without UTF-8 Qt warns, and a warning fails a test. One time zone: a day of UTC is another day elsewhere.
OFFSCREEN := LC_ALL=C.UTF-8 TZ=UTC0 QT_QPA_PLATFORM=offscreen

.PHONY: help setup run demo test lint format bench pdfa fonts pinyin exe frozen windows deb pins clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: ## make .venv and the system libraries ready (every target does this first)
	@.ci/setup

run: setup ## open the program; without a screen, write demo-output/ instead
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(PYTHON) main.py; \
	else \
		echo "No screen here (DISPLAY and WAYLAND_DISPLAY are empty): running the demo into demo-output/ instead."; \
		$(OFFSCREEN) $(PYTHON) main.py demo; \
	fi

demo: setup ## write sample files into demo-output/
	@$(OFFSCREEN) $(PYTHON) main.py demo

test: setup ## run the tests with branch coverage of models/ (make test ARGS="-k name")
	@$(OFFSCREEN) $(PYTHON) -m pytest --cov=models --cov-branch --cov-report=term-missing:skip-covered $(ARGS)

lint: setup ## ruff check, ruff format --check, mypy
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

format: setup ## format and mend what ruff can mend
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench: setup ## run tests/bench/*.py one after another
	@set -e; for script in tests/bench/[!_]*.py; do \
		echo "== $$script"; $(OFFSCREEN) PYTHONPATH=. $(PYTHON) "$$script"; \
	done

pdfa: setup ## ask veraPDF whether the program's PDFs keep PDF/A-2b (needs a JDK)
	@$(OFFSCREEN) .ci/pdfa

fonts: setup ## build resources/fonts/ anew
	@$(PYTHON) resources/fonts/build.py

pinyin: setup ## build resources/pinyin/initials.txt anew
	@$(PYTHON) resources/pinyin/build.py

exe: ## build the program folder dist/CampusLedger/
	@.ci/setup freeze
	@$(PYTHON) -m PyInstaller --noconfirm --clean --log-level ERROR build.spec

ELSEWHERE := build/试 用/校园 台账
frozen: exe ## build it and run its self-check from a path with Chinese and blanks
	@rm -rf "$(ELSEWHERE)" && mkdir -p "$(ELSEWHERE)" && cp -a dist/CampusLedger/. "$(ELSEWHERE)"
	@env -i HOME="$$HOME" TMPDIR="$$TMPDIR" PATH=/usr/bin:/bin $(OFFSCREEN) timeout 300 "$(ELSEWHERE)/CampusLedger" self-check >build/self-check.txt || \
		{ cat build/self-check.txt; echo "frozen: the self-check of the frozen program failed; its words stand above."; exit 1; }
	@rm -rf "$(ELSEWHERE)"
	@echo "frozen: self-check passed, $$(du -sh dist/CampusLedger | cut -f1)"

windows: setup ## build and try the Windows program under Wine: dist/*-setup.exe, *-portable.zip (root)
	@.ci/windows/build

deb: exe ## build and try the .deb for x86-64 Linux desktops: dist/*.deb (root)
	@.ci/debian/build

# Keeps the versions that still fit; add PINS=--upgrade to move them all.
PINS :=
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make pins" uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url $(PINS)
pins: ## write requirements*.txt anew (needs uv)
	@$(COMPILE) pyproject.toml -o requirements.txt
	@$(COMPILE) -c requirements.txt pyproject.toml requirements-dev.in -o requirements-dev.txt
	@$(COMPILE) -c requirements-dev.txt requirements-build.in -o requirements-build.txt

clean: ## delete what the other targets made, except .venv
	@rm -rf build dist demo-output htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
