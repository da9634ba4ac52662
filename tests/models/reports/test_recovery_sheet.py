import pytest

from models.reports.paper.faces import Faces
from models.reports.recovery_sheet import FIRST, SECOND, WHOLE, RecoveryPage, recovery_sheet
from tests.models.reports.conftest import NASTY, SEEN, Print

LINES = [f"{number}G2G C1W{number}" for number in range(1, 9)]
DIGITS = "1234 5678 9012 3456 7890 1234"


def a_page(which: str = WHOLE, office: str = "示例县教育局") -> RecoveryPage:
    return RecoveryPage(office, which, LINES, DIGITS, "2026年11月23日")


@pytest.mark.parametrize("which", [WHOLE, FIRST, SECOND])
def test_one_sheet_holds_all_lines_in_turn(on_paper: Print, faces: Faces, which: str) -> None:
    paper = on_paper(recovery_sheet(a_page(which), faces=faces))
    assert len(paper.pages) == 1
    for number, line in enumerate(LINES, start=1):
        assert f"第{number}行{line.replace(' ', '')}" in paper.text
    assert not paper.result.missing
    for words in (which, "示例县教育局", "2026年11月23日", DIGITS.replace(" ", ""), "保管人签字"):
        assert words in paper.text


def test_the_whole_key_is_locked_away_and_halves_are_kept_apart(
    on_paper: Print, faces: Faces
) -> None:
    whole = on_paper(recovery_sheet(a_page(), faces=faces)).text
    half = on_paper(recovery_sheet(a_page(FIRST), faces=faces)).text
    assert "锁进保险柜" in whole
    assert "缺一份就不能恢复" in half
    assert "缺一份就不能恢复" not in whole


def test_whatever_the_office_is_called_it_stays_one_sheet(on_paper: Print, faces: Faces) -> None:
    paper = on_paper(recovery_sheet(a_page(SECOND, NASTY + "局" * 90), faces=faces))
    assert SEEN in paper.text
    assert len(paper.pages) == 1
