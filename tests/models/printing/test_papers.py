"""The papers of a notice and of single findings, from the ledger to the words on paper."""

import time
from dataclasses import replace
from datetime import date

import pytest

from models.exchange.members import pin_office
from models.ledger import findings
from models.ledger.ledger import Ledger
from models.printing.papers import number_of
from models.problems import AppError
from models.records.finding import Finding, Photo
from tests.conftest import TODAY, a_finding, a_step
from tests.models.exchange.enrolling import enrol
from tests.models.printing.conftest import Print
from tests.models.printing.test_printing import a_picture

NUMBER = "〔2026〕12号"
TO_NOTICE = ("graded", "notice_issued")
TO_REPORT = (*TO_NOTICE, "submitted")
TO_CLOSING = (*TO_REPORT, "recheck_passed", "closed")


def walk(ledger: Ledger, finding: Finding, *kinds: str) -> Finding:
    """Take the finding through these steps, issued with our number."""
    for kind in kinds:
        person = "张㛃" if kind.startswith("recheck") else "赵𬱖"
        step = a_step(kind, person=person)
        if kind == "notice_issued":
            step = replace(step, document=NUMBER)
        findings.take_step(ledger, finding, step)
    return finding


def a_case(ledger: Ledger, *kinds: str, **changes: object) -> Finding:
    return walk(ledger, findings.register(ledger, a_finding(**changes)), *kinds)


@pytest.mark.parametrize("asked", [NUMBER, "finding"])
def test_a_notice_has_all_findings_of_its_number(
    ledger: Ledger, printed: Print, asked: str
) -> None:
    first = a_case(ledger, *TO_NOTICE, place="食堂")
    a_case(ledger, *TO_REPORT, place="宿舍")
    a_case(ledger, "graded", place="操场")
    text = printed("rectification_notice", first.id if asked == "finding" else asked)
    assert "发现下列2项隐患：1.部位：食堂" in text
    assert "2.部位：宿舍" in text
    assert "操场" not in text


def test_a_finding_without_a_notice_has_one_with_blanks(ledger: Ledger, printed: Print) -> None:
    finding = a_case(ledger, "graded", place="操场")
    assert "〔〕号" in printed("rectification_notice", finding.id)


def test_what_came_back_stays_in_its_old_notice_and_has_left_it(
    ledger: Ledger, printed: Print
) -> None:
    """The old papers can be printed as they were; the present ones are about the new round."""
    back = a_case(ledger, *TO_CLOSING, "reopened", place="食堂")
    a_case(ledger, *TO_CLOSING, place="宿舍")
    text = printed("rectification_notice", NUMBER)
    assert "发现下列2项隐患：1.部位：食堂" in text
    assert "未完成0项" in printed("rectification_receipt", NUMBER)
    assert "〔〕号" in printed("rectification_notice", back.id)
    with pytest.raises(AppError, match="还没有复查"):
        printed("recheck_opinion", back.id)


def test_each_round_has_papers_of_its_own_that_say_which_it_is(
    ledger: Ledger, printed: Print
) -> None:
    once = a_case(ledger, *TO_CLOSING)
    assert "轮" not in printed("closing_slip", once.id)
    finding = walk(ledger, a_case(ledger, *TO_CLOSING, level="general"), "reopened")
    with pytest.raises(AppError, match="还没有销号"):
        printed("closing_slip", finding.id)
    assert "2026-0002第1轮整改" in printed("closing_slip", f"{finding.id}@1")
    assert f"通知书编号：{NUMBER}" in printed("recheck_opinion", f"{finding.id}@1")
    walk(ledger, finding, *TO_CLOSING)
    assert "2026-0002第2轮整改" in printed("closing_slip", finding.id)
    for strange in ("@0", "@3", "@x9"):
        text = f"{finding.id}{strange}"
        if strange == "@x9":
            assert "第2轮整改" in printed("closing_slip", text)
            continue
        with pytest.raises(AppError, match="不在台账里"):
            printed("closing_slip", text)


def test_a_photo_of_a_later_round_is_not_in_the_papers_of_an_earlier_one(
    ledger: Ledger, printed: Print
) -> None:
    finding = a_case(ledger, *TO_CLOSING, "reopened")
    sha256 = ledger.attach(a_picture())
    for day in (TODAY, TODAY.replace(day=24)):
        caption = f"拍于{day.day}日"
        ledger.save(
            Photo(finding=finding.id, stage="after", sha256=sha256, taken_on=day, caption=caption)
        )
    text = printed("rectification_receipt", NUMBER)
    assert "拍于23日" in text
    assert "拍于24日" not in text


def test_a_photo_without_a_known_stage_is_printed_under_a_heading_of_its_own(
    ledger: Ledger, printed: Print
) -> None:
    """Only a bundle of another program brings one: ours asks for the stage."""
    finding = a_case(ledger, *TO_REPORT)
    sha256 = ledger.attach(a_picture())
    known = ledger.save(Photo(finding=finding.id, stage="before", sha256=sha256, caption="走廊"))
    for key in ("rectification_notice", "rectification_receipt"):
        assert "附：其他照片" not in printed(key, NUMBER)
    with ledger.transaction() as db:
        db.execute("UPDATE photo SET stage = 'during' WHERE id = ?", (known.id,))
    for key in ("rectification_notice", "rectification_receipt"):
        text = printed(key, NUMBER)
        assert "附：其他照片（没有注明整改前或整改后）走廊" in text
        assert "附：整改" not in text


def test_a_number_that_nobody_gave_is_told(printed: Print) -> None:
    with pytest.raises(AppError, match="没有找到编号为“〔2026〕99号”的整改通知书"):
        printed("rectification_notice", "〔2026〕99号")


def test_a_deleted_finding_has_no_paper(ledger: Ledger, printed: Print) -> None:
    finding = a_case(ledger, *TO_CLOSING)
    ledger.remove(finding)
    for key in ("rectification_receipt", "closing_slip", "major_plan"):
        with pytest.raises(AppError, match="这条隐患不在台账里，可能已经删除"):
            printed(key, finding.id)


@pytest.mark.parametrize(
    ("key", "kinds", "words"),
    [
        ("rectification_receipt", TO_NOTICE, "这条隐患还没有报告整改完成，没有可打印的内容。"),
        ("recheck_opinion", TO_REPORT, "这条隐患还没有复查，没有可打印的内容。"),
        ("closing_slip", (*TO_REPORT, "recheck_passed"), "这条隐患还没有销号，"),
        ("major_plan", TO_NOTICE, "这条隐患没有定为重大隐患，"),
    ],
)
def test_a_paper_that_is_too_early_says_why(
    ledger: Ledger, printed: Print, key: str, kinds: tuple[str, ...], words: str
) -> None:
    finding = a_case(ledger, *kinds)
    with pytest.raises(AppError, match=words):
        printed(key, finding.id)


def test_of_many_findings_none_of_which_is_ready_the_reason_is_said_once(
    ledger: Ledger, printed: Print
) -> None:
    for place in ("食堂", "宿舍"):
        a_case(ledger, *TO_REPORT, place=place)
    with pytest.raises(AppError, match=r"^这些隐患还没有复查，没有可打印的内容。$"):
        printed("recheck_opinion", NUMBER)


def test_a_receipt_has_photos_before_and_after(ledger: Ledger, printed: Print) -> None:
    finding = a_case(ledger, *TO_REPORT)
    sha256 = ledger.attach(a_picture())
    for stage in ("before", "after"):
        ledger.save(Photo(finding=finding.id, stage=stage, sha256=sha256, taken_on=TODAY))
    text = printed("rectification_receipt", NUMBER)
    assert "整改前2026年11月23日" in text
    assert "整改后2026年11月23日" in text


def test_more_photos_than_a_small_pc_can_bear_are_counted_not_printed(
    ledger: Ledger, printed: Print, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.printing.papers.MOST_PHOTOS", 3)
    sha256 = ledger.attach(a_picture())
    for number, count in enumerate((2, 2, 1)):
        finding = a_case(ledger, *TO_REPORT, place=f"{number}号楼")
        for photo in range(count):
            caption = f"照片{number}{photo}"
            ledger.save(Photo(finding=finding.id, stage="before", sha256=sha256, caption=caption))
    ledger.save(Photo(finding=finding.id, stage="drill", sha256=sha256))  # of no paper here
    for key in ("rectification_notice", "rectification_receipt"):
        text = printed(key, NUMBER)
        assert [f"照片{name}" in text for name in ("00", "01", "10", "11", "20")] == [
            True,
            True,
            False,
            False,
            True,
        ]
        assert "另有2张照片没有打印，请在程序的“隐患排查”里查看。" in text


def test_a_receipt_within_a_school_goes_from_the_department_to_the_school(
    ledger: Ledger, printed: Print
) -> None:
    a_case(ledger, *TO_REPORT, department="总务处")
    text = printed("rectification_receipt", NUMBER)
    assert "示例县实验小学：你单位《安全隐患整改通知书》" in text
    assert "总务处（盖章）" in text


def test_a_receipt_goes_to_the_office_that_found_it_or_supervises_it(
    ledger: Ledger, office: Ledger, printed: Print
) -> None:
    found = a_case(ledger, *TO_REPORT, source="supervision")
    assert "示例县实验小学：你单位" in printed("rectification_receipt", found.id)
    enrol(office)
    from models.exchange.members import pinned_office

    known = pinned_office(office)
    assert known is not None
    pin_office(ledger, known)
    text = printed("rectification_receipt", found.id)
    assert "示例县教育局：你单位" in text
    assert "示例县实验小学（盖章）" in text


def test_a_receipt_of_a_supervised_finding_goes_to_its_supervisor(
    ledger: Ledger, printed: Print
) -> None:
    kinds = ("graded", "supervised", "notice_issued", "submitted")
    finding = a_case(ledger, *kinds)
    assert "示例县教育局：" in printed("rectification_receipt", finding.id)


def test_a_recheck_and_a_closing_are_printed_of_what_was_said(
    ledger: Ledger, printed: Print
) -> None:
    finding = a_case(ledger, *TO_CLOSING)
    assert "同意销号。已办理" in printed("recheck_opinion", NUMBER)
    assert "安全隐患销号单2026-0001" in printed("closing_slip", finding.id)


def test_a_major_finding_has_a_plan(ledger: Ledger, printed: Print) -> None:
    finding = findings.register(ledger, a_finding(level="major", funding=18_000))
    assert "18000元" in printed("major_plan", finding.id)


def test_the_number_of_a_finding_is_that_of_its_present_notice(ledger: Ledger) -> None:
    assert number_of(ledger, a_case(ledger, *TO_NOTICE).id) == NUMBER
    assert number_of(ledger, a_case(ledger, "graded").id) == ""
    assert number_of(ledger, "gone.1") == ""


def test_a_notice_may_have_five_hundred_findings(ledger: Ledger, printed: Print) -> None:
    with ledger.transaction():
        for number in range(500):
            a_case(ledger, *TO_NOTICE, place=f"第{number}间", found_on=date(2026, 11, 1))
    begun = time.perf_counter()
    text = printed("rectification_notice", NUMBER)
    assert time.perf_counter() - begun < 20  # a second or two; a loop over the ledger takes minutes
    assert "发现下列500项隐患" in text
    assert "500.部位：第499间" in text
    assert text.count("第499间") == 2  # in both copies
