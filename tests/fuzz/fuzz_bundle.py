"""Fuzz what reads a stranger's file, guided by coverage.

atheris is no requirement of the program nor of its tests; install it beside them:

    python3.11 -m venv fuzzvenv
    fuzzvenv/bin/pip install --no-deps --require-hashes -r requirements-dev.txt
    fuzzvenv/bin/pip install atheris==3.0.0

    fuzzvenv/bin/python -m tests.fuzz.fuzz_bundle zip found/zip tests/corpus/bundles/zip \\
        -dict=tests/fuzz/words.dict -max_total_time=600 -rss_limit_mb=2048 -timeout=20

The targets are zip, lies, envelope, line, manifest, chain, bundle, fold and made (see targets.py).
New inputs go into the first folder; minimise.py keeps the fewest that reach as far.
What is kept in tests/corpus/bundles is replayed by every run of the tests.
"""

import sys

import atheris

with atheris.instrument_imports(include=["models"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Hand the target's bytes over to libFuzzer."""
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
