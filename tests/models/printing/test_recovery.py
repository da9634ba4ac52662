import re
from pathlib import Path

import pytest

from models.exchange.recovery import join, seed_of
from models.ledger.ledger import Ledger
from models.printing.recovery import print_recovery_sheets
from models.problems import AppError
from models.reports.paper.faces import Faces
from tests.models.exchange.enrolling import enrol
from tests.models.reports.paper.conftest import texts_of


def typed_from(path: Path) -> bytes:
    """The seed as somebody types it from the sheet."""
    text = " ".join("".join(texts_of(path)).split())
    return seed_of("\n".join(re.findall(r"第 \d 行 (\w{4} \w{4})\b", text)))


def test_the_recovery_page_brings_the_key_back(
    office: Ledger, faces: Faces, tmp_path: Path
) -> None:
    enrol(office)
    seed = bytes(range(32))
    (path,) = print_recovery_sheets(office, seed, faces, tmp_path / "paper", split=False)
    assert path.name == "密钥恢复页.pdf"
    assert typed_from(path) == seed


def test_two_recovery_pages_bring_it_back_together_only(
    office: Ledger, faces: Faces, tmp_path: Path
) -> None:
    enrol(office)
    seed = bytes(range(32))
    paths = print_recovery_sheets(office, seed, faces, tmp_path / "paper", split=True)
    assert [path.name for path in paths] == ["密钥恢复页-第一份.pdf", "密钥恢复页-第二份.pdf"]
    one, other = map(typed_from, paths)
    assert seed not in (one, other)
    assert join(one, other) == seed


def test_without_a_key_there_is_no_recovery_page(
    ledger: Ledger, faces: Faces, tmp_path: Path
) -> None:
    with pytest.raises(AppError, match="还没有密钥"):
        print_recovery_sheets(ledger, bytes(32), faces, tmp_path, split=False)
