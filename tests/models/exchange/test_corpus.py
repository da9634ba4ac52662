"""What the fuzzer found worth keeping (tests/fuzz), replayed: it is answered in words, no more."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fuzz.targets import TARGETS

CORPUS = ROOT / "tests/corpus/bundles"


def inputs(target: str) -> list[Path]:
    return sorted((CORPUS / target).iterdir())


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_that_was_found_is_more_than_refused(target):
    found = inputs(target)
    assert found, "no inputs: the corpus was not brought along"
    for path in found:
        TARGETS[target](path.read_bytes())


def test_the_corpus_stays_small():
    files = [path for target in TARGETS for path in inputs(target)]
    assert len(files) <= 500
    assert sum(path.stat().st_size for path in files) < 300_000
