"""Reports of a period, from the ledger to the words on paper."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.exchange.members import pin_office
from models.ledger import findings
from models.ledger.ledger import Ledger
from models.printing_periods import PAIRS_SETTING, gather
from models.problems import AppError
from models.records.finding import Photo
from models.reports.paper.faces import Faces, find_faces
from models.reports.paper.pdf_file import write_pdf
from tests.conftest import RESOURCES, Clock, a_finding, a_ledger, an_office
from tests.models.exchange.enrolling import enrol
from tests.models.ledger.conftest import Writer
from tests.models.ledger.test_findings import WAY, walk
from tests.models.ledger.test_period import an_inspection
from tests.models.reports.paper.conftest import texts_of
from tests.models.test_printing import a_picture

Print = Callable[..., str]
OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 5)


@pytest.fixture(scope="module")
def faces() -> Faces:
    return find_faces(RESOURCES / "fonts")


@pytest.fixture
def printed(ledger: Ledger, faces: Faces, tmp_path: Path) -> Print:
    def print_it(kind: str, parameter: str, of: Ledger = ledger) -> str:
        report = gather(of, faces, kind, parameter)
        path = tmp_path / "report.pdf"
        options = {"title": report.title, "author": "", "created": datetime.now(UTC)}
        write_pdf(path, report.story, faces=faces, page=report.page, **options)
        return re.sub(r"\s", "", "".join(texts_of(path)))

    return print_it


def found(ledger: Ledger, day: date, *kinds: str, on: date = NOVEMBER, **changes: object):
    finding = findings.register(ledger, a_finding(found_on=day, **changes))
    walk(ledger, finding, *kinds, taken_on=on, deadline=None)
    return finding


def test_a_month_report_counts_what_came_and_went(ledger: Ledger, printed: Print) -> None:
    found(ledger, OCTOBER, place="旧楼")
    found(ledger, NOVEMBER, *WAY, category="elec")
    stranger = Writer()
    stranger.create("finding", found_on="2026-11-05", category="nonsense", place="门口")
    ledger.receive([stranger.segment()])
    ledger.save(an_inspection(datetime(2026, 11, 3, 8, 0)))
    text = printed("month", "2026-11")
    assert "示例县实验小学2026年11月安全隐患排查治理月报现将" in text
    assert "本期共开展安全检查1次（日常巡查1次）。" in text
    assert "期初未销号隐患1项，本期新增2项，本期销号1项，期末未销号2项。" in text
    assert "用电用气与取暖0110" in text
    assert "未分类0101" in text
    assert [month for month in ("6月", "7月", "11月") if month in text] == ["6月", "7月", "11月"]
    assert text.index("旧楼") < text.index("门口")
    assert "2026年11月23日" in text  # the month is not over: as of today


def test_a_term_report_shows_the_months_of_the_term_so_far(ledger: Ledger, printed: Print) -> None:
    found(ledger, date(2026, 9, 1), *WAY)
    found(ledger, date(2027, 2, 1))
    text = printed("term", "2026-1")
    assert "2026—2027学年第一学期安全隐患排查治理报告" in text
    assert "（2026年9月1日至2027年1月31日，截至2026年11月23日）" in text
    assert "本期新增1项，本期销号1项，期末未销号0项。" in text
    chart = text[text.index("各月发现与销号") :]
    assert "6月" in chart
    assert "12月" not in chart


def test_the_months_of_a_long_term_are_all_shown(
    ledger: Ledger, printed: Print, clock: Clock
) -> None:
    clock.at = datetime(2027, 8, 20, 8, 0, tzinfo=UTC)
    found(ledger, date(2027, 2, 3))
    text = printed("term", "2026-2")
    chart = text[text.index("各月发现与销号") :]
    assert all(f"{month}月" in chart for month in range(2, 9))


def test_the_review_sorts_by_the_nine_fields_and_says_by_whose_rule(
    ledger: Ledger, printed: Print
) -> None:
    found(ledger, OCTOBER, category="elec", item="sf.elec.05")
    found(ledger, NOVEMBER, category="elec")
    text = printed("two_months", "2026-10")
    assert "2026年10月至11月双月督查点评情况报告" in text
    assert "食堂燃气0101" in text
    assert "消防用电0101" in text
    assert "欺凌0000" in text  # also what has nothing to tell
    assert "其他0" not in text
    assert "九个方面见《山东省校园安全双月督查点评工作方案》" in text
    found(ledger, NOVEMBER, category="psy")
    assert "其他0101" in printed("two_months", "2026-10")


def test_a_report_that_does_not_balance_is_refused_and_says_what_to_mend(
    ledger: Ledger, printed: Print
) -> None:
    wrong = [found(ledger, NOVEMBER, *WAY) for _ in range(7)]
    assert "本期销号7项" in printed("month", "2026-11")
    ledger.save(replace(wrong[0], found_on=date(2026, 12, 5)), wrong[0])
    with pytest.raises(AppError) as refused:
        printed("month", "2026-11")
    assert str(refused.value) == (
        "“期初＋新增－销号＝期末”不平衡，没有生成报告。隐患 2026-0001的排查日期与办理日期前后矛盾。"
        "请在“隐患排查”里改正排查日期，再生成报告。"
    )
    for finding in wrong[1:]:
        ledger.save(replace(finding, found_on=date(2026, 12, 5), number=None), finding)
    with pytest.raises(AppError, match="无编号、无编号等7项的排查日期"):
        printed("month", "2026-11")


def test_a_month_without_anything_has_nothing_to_print_but_a_quiet_one_has(
    ledger: Ledger, printed: Print
) -> None:
    with pytest.raises(AppError, match=r"^2026年11月没有隐患，也没有检查记录，没有可打印的内容。$"):
        printed("month", "2026-11")
    ledger.save(an_inspection(datetime(2026, 11, 3, 8, 0)))
    assert "本期没有排查出新的隐患。" in printed("month", "2026-11")


def test_an_enrolled_school_writes_to_its_office(
    ledger: Ledger, office: Ledger, printed: Print
) -> None:
    from models.exchange.members import pinned_office

    enrol(office)
    pinned = pinned_office(office)
    assert pinned
    pin_office(ledger, pinned)
    found(ledger, NOVEMBER)
    assert "示例县教育局：现将" in printed("month", "2026-11")


def test_an_office_reports_about_all_its_schools(
    tmp_path: Path, clock: Clock, printed: Print
) -> None:
    ledger = a_ledger(tmp_path / "all", an_office(), clock=clock)
    for unit in ("2137000001", "2137000002"):
        theirs = Writer(log_id=f"s{unit}", unit=unit)
        theirs.create("finding", description="灭火器过期", found_on="2026-11-05", place="食堂")
        ledger.receive([theirs.segment()])
    ledger.save(replace(an_inspection(datetime(2026, 11, 3, 8, 0)), unit="2137000003"))
    text = printed("month", "2026-11", ledger)
    ledger.close()
    assert "检查学校3所，其中发现隐患的2所，占66.67%。" in text
    assert "2137000002食堂" in text


def with_photos(ledger: Ledger, *stages: str, taken_on: date | None = NOVEMBER) -> None:
    finding = found(ledger, NOVEMBER, "fixed_on_site", place="食堂")
    for stage in stages:
        sha256 = ledger.attach(a_picture()) if stage == "before" else "0" * 64
        photo = Photo(finding=finding.id, stage=stage, sha256=sha256, taken_on=taken_on)
        ledger.save(photo)


def test_pairs_of_photos_have_place_and_day_and_at_most_so_many_are_printed(
    ledger: Ledger, printed: Print
) -> None:
    with_photos(ledger, "before")
    with_photos(ledger, "before", "after")
    with_photos(ledger, "after", "before", taken_on=None)
    text = printed("month", "2026-11")
    assert "1.2026-0002食堂三楼东侧灭火器压力不足" in text
    assert "整改前食堂2026年11月5日" in text
    assert "整改后食堂（照片未收到）" in text
    assert "2.2026-0003" in text
    for most, count in (("1", 1), ("0", 0), ("nonsense", 2)):
        ledger.set_setting(PAIRS_SETTING, most)
        assert printed("month", "2026-11").count("整改后食堂") == count


def test_many_findings_take_no_more_queries_than_few(ledger: Ledger, printed: Print) -> None:
    asked: list[str] = []
    with ledger.reading() as db:
        db.set_trace_callback(asked.append)
    counts = []
    for number in (1, 9):
        for _ in range(number):
            found(ledger, NOVEMBER, *WAY)
        asked.clear()
        printed("month", "2026-11")
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0
