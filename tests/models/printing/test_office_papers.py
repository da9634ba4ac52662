"""The papers of what an office found in a school: the office issues them, the school gets them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.ledger import findings
from models.ledger.ledger import Ledger
from models.printing import file_name
from models.problems import AppError
from models.records.finding import Finding
from models.reports.paper.faces import Faces
from tests.conftest import SCHOOL_CODE, a_finding, a_step
from tests.models.ledger.conftest import give
from tests.models.printing.conftest import Print, printer

OURS = "示教安督〔2026〕1号"


@pytest.fixture
def printed_by(faces: Faces, tmp_path: Path) -> Callable[[Ledger], Print]:
    return lambda ledger: printer(ledger, faces, tmp_path)


@pytest.fixture
def found(ledger: Ledger, office: Ledger) -> Finding:
    """A finding that the office issued a notice for, as both have it."""
    give(ledger, office)
    finding = findings.register(
        office, a_finding(unit=SCHOOL_CODE, source="supervision", department="总务处")
    )
    findings.take_step(office, finding, a_step("graded", person="王局安"))
    findings.take_step(office, finding, a_step("notice_issued", person="王局安", document=OURS))
    give(office, ledger)
    return finding


@pytest.mark.parametrize("asked", ["finding", "number"])
def test_the_notice_goes_from_the_office_to_the_school(
    office: Ledger, found: Finding, printed_by: Callable[[Ledger], Print], asked: str
) -> None:
    parameter = found.id if asked == "finding" else OURS
    text = printed_by(office)("rectification_notice", parameter)
    for words in (
        f"送达联：交示例县实验小学安全隐患整改通知书{OURS}示例县实验小学：",
        "示例县教育局（盖章）2026年11月23日",
        "受文单位示例县实验小学",
        "发出单位示例县教育局",
    ):
        assert words in text


def test_the_school_prints_the_same_notice_and_answers_the_office(
    office: Ledger, ledger: Ledger, found: Finding, printed_by: Callable[[Ledger], Print]
) -> None:
    of_office = printed_by(office)("rectification_notice", found.id)
    assert printed_by(ledger)("rectification_notice", found.id) == of_office
    findings.take_step(ledger, found, a_step("submitted"))
    text = printed_by(ledger)("rectification_receipt", found.id)
    assert f"示例县教育局：你单位《安全隐患整改通知书》（{OURS}）收悉" in text
    assert "示例县实验小学（盖章）" in text


def test_the_opinion_on_a_recheck_bears_the_name_of_who_rechecked(
    office: Ledger, ledger: Ledger, found: Finding, printed_by: Callable[[Ledger], Print]
) -> None:
    findings.take_step(ledger, found, a_step("submitted"))
    give(ledger, office)
    findings.take_step(office, found, a_step("recheck_passed", person="王局安"))
    text = printed_by(office)("recheck_opinion", found.id)
    assert f"通知书编号：{OURS}示例县实验小学：" in text
    assert "示例县教育局（盖章）" in text


def test_a_school_that_rechecks_itself_signs_itself(
    ledger: Ledger, found: Finding, printed_by: Callable[[Ledger], Print]
) -> None:
    findings.take_step(ledger, found, a_step("submitted"))
    findings.take_step(ledger, found, a_step("recheck_passed", person="张㛃"))
    text = printed_by(ledger)("recheck_opinion", found.id)
    assert f"通知书编号：{OURS}总务处：" in text
    assert "示例县实验小学（盖章）" in text


def test_a_supervised_finding_names_both(
    office: Ledger, found: Finding, printed_by: Callable[[Ledger], Print]
) -> None:
    findings.take_step(office, found, a_step("supervised", document="示教督〔2026〕3号"))
    office.save(a_finding(id=found.id, unit=SCHOOL_CODE, level="major", number=found.number))
    with pytest.raises(AppError, match="没有定为重大隐患"):  # it was graded as a common one
        printed_by(office)("major_plan", found.id)
    major = findings.register(office, a_finding(unit=SCHOOL_CODE, level="major"))
    for kind in ("graded", "supervised"):
        findings.take_step(office, major, a_step(kind, level="major"))
    text = printed_by(office)("major_plan", major.id)
    assert "被督办单位示例县实验小学" in text
    assert "督办单位示例县教育局督办文号〔2026〕1号" in text


def test_the_same_number_of_a_school_and_its_office_are_two_notices(
    office: Ledger, ledger: Ledger, found: Finding, printed_by: Callable[[Ledger], Print]
) -> None:
    own = findings.register(ledger, a_finding(place="操场"))
    findings.take_step(ledger, own, a_step("graded"))
    findings.take_step(ledger, own, a_step("notice_issued", document=OURS))
    give(ledger, office)
    for pc in (ledger, office):
        assert "操场" not in printed_by(pc)("rectification_notice", found.id)
        text = printed_by(pc)("rectification_notice", own.id)
        assert "操场" in text
        assert "教学楼三楼" not in text
    assert "操场" in printed_by(ledger)("rectification_notice", OURS)
    assert "操场" not in printed_by(office)("rectification_notice", OURS)
    with pytest.raises(AppError, match="没有找到编号"):
        printed_by(office)("rectification_notice", "〔2026〕99号")


def test_the_file_of_an_earlier_round_is_called_after_its_finding(
    ledger: Ledger, found: Finding
) -> None:
    assert file_name(ledger, "closing_slip", f"{found.id}@1") == (
        "示例县实验小学-销号单-2026-0001.pdf"
    )
    assert "整改通知书-2026-0001" in file_name(ledger, "rectification_notice", f"{found.id}@1")
