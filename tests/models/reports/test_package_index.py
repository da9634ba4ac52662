from dataclasses import replace
from datetime import timedelta

from models.reports.package_index import Contents, Listed, package_index
from models.reports.paper.faces import Faces
from tests.conftest import TODAY
from tests.models.reports.cases import SCHOOL
from tests.models.reports.conftest import NASTY, SEEN, Print

PERIOD = "2025—2026学年第二学期"
LEDGER = Listed(1, "01-隐患排查", "2026年隐患排查治理台账", 12)
SLIP = Listed(2, "01-隐患排查", "销号单-2026-0001", 1)
LETTER = Listed(
    3, "02-五项管理", "2026年3月五项管理自查报告", why="2026年3月没有填写五项管理自查表。"
)
SHEET = Listed(4, "02-五项管理", "2026年4月五项管理自查表", 3, tuple("甲乙丙丁戊己庚辛壬癸子丑寅"))


def contents(*listed: Listed, **words: object) -> Contents:
    return Contents(SCHOOL, PERIOD, TODAY, listed, **words)  # type: ignore[arg-type]


def test_papers_stand_below_their_folders_with_number_and_pages(
    on_paper: Print, faces: Faces
) -> None:
    paper = on_paper(package_index(contents(LEDGER, SLIP, SHEET), faces=faces))
    assert f"迎检材料目录{PERIOD}单位：{SCHOOL}生成日期：2026年11月23日" in paper.text
    assert "01-隐患排查（2份）001" + LEDGER.name + "12002" + SLIP.name + "1" in paper.text
    assert "02-五项管理（1份）004" in paper.text
    assert "共3份，16页。" in paper.text
    assert len(paper.pages) == 1
    for heading in ("没有生成", "没有记录", "说明"):
        assert heading not in paper.text


def test_the_same_papers_have_the_same_code_on_another_day(on_paper: Print, faces: Faces) -> None:
    today = contents(LEDGER, SLIP)
    tomorrow = replace(today, day=TODAY + timedelta(days=1))
    first, second = (on_paper(package_index(one, faces=faces)) for one in (today, tomorrow))
    assert first.text != second.text
    assert first.result.code == second.result.code


def test_what_was_not_made_stands_apart_with_the_reason(on_paper: Print, faces: Faces) -> None:
    text = on_paper(package_index(contents(LEDGER, LETTER), faces=faces)).text
    assert "共1份，12页。另有1份没有生成，原因见后。" in text
    assert f"没有生成的原因003{LETTER.name}{LETTER.why}" in text
    assert "02-五项管理" not in text


def test_gaps_and_why_it_ended_early_are_told(on_paper: Print, faces: Faces) -> None:
    told = contents(LEDGER, gaps=["销号单：没有记录。"], notes=["按人打印。"], stopped="磁盘已满。")
    text = on_paper(package_index(told, faces=faces)).text
    assert text.index("磁盘已满。") < text.index(LEDGER.name)
    assert "没有记录的材料销号单：没有记录。说明按人打印。" in text


def test_characters_drawn_as_boxes_are_named_of_many_the_first(
    on_paper: Print, faces: Faces
) -> None:
    text = on_paper(package_index(contents(SHEET), faces=faces)).text
    assert "戊U+620A己U+5DF1等13个" in text


def test_names_are_never_read_as_markup(on_paper: Print, faces: Faces) -> None:
    text = on_paper(package_index(contents(Listed(1, NASTY, NASTY, 1)), faces=faces)).text
    assert text.count(SEEN) == 2


def test_many_papers_flow_over_pages(on_paper: Print, faces: Faces) -> None:
    many = [Listed(at, "01-隐患排查", f"销号单-2026-{at:04}", 1) for at in range(1, 301)]
    assert len(on_paper(package_index(contents(*many), faces=faces)).pages) > 5
