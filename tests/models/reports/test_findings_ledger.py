from dataclasses import replace
from datetime import date

from models.records.finding import FindingStep
from models.reports.findings_ledger import COLUMNS, findings_ledger
from models.reports.ledger_line import LedgerLine
from models.reports.paper.faces import Faces
from tests.conftest import TODAY, a_finding, a_step
from tests.models.reports.conftest import NASTY, SEEN, Print

SCHOOL = "示例县实验小学"
NOVEMBER = {day: date(2026, 11, day) for day in range(1, 31)}


def cells(line: LedgerLine) -> dict[str, str]:
    titles = [column.title.replace("\n", "") for column in COLUMNS]
    return dict(zip(titles, line.texts(1), strict=True))


def rectified(*more: FindingStep) -> list[FindingStep]:
    return [
        a_step("graded", taken_on=NOVEMBER[2]),
        a_step("rectifying", taken_on=NOVEMBER[3]),
        a_step("submitted", taken_on=NOVEMBER[9], cost=480),
        *more,
    ]


def test_the_twenty_columns_stand_in_the_order_of_the_form() -> None:
    assert " ".join(column.title.replace("\n", "") for column in COLUMNS) == (
        "序号 排查时间 隐患部位 隐患描述 类别 等级 排查人 整改措施 整改责任部门 责任人 "
        "整改资金（元） 整改时限 临时防范措施/预案 完成时间 复查人 复查时间 复查结果 是否销号 "
        "销号时间 备注"
    )


def test_a_finding_that_was_only_registered_leaves_its_later_columns_empty() -> None:
    row = cells(LedgerLine.of(a_finding(), []))
    assert row["排查时间"] == "2026年\n11月23日"
    assert row["类别"] == "消防安全"
    assert row["是否销号"] == "否"
    empty = "等级 整改资金（元） 整改时限 完成时间 复查人 复查时间 复查结果 销号时间 备注"
    assert not any(row[title] for title in empty.split(" "))


def test_an_empty_finding_prints_empty_cells() -> None:
    bare = a_finding(description=None, place=None, category=None, found_on=None, finder=None)
    assert "".join(LedgerLine.of(bare, []).texts(1)) == "1否"


def test_a_closed_finding_tells_who_rechecked_it_when_and_with_what_result() -> None:
    steps = rectified(
        a_step("recheck_passed", taken_on=NOVEMBER[12], person="张㛃"),
        a_step("closed", taken_on=NOVEMBER[15]),
    )
    row = cells(LedgerLine.of(a_finding(level="major"), steps))
    assert row["等级"] == "一般"  # as graded, not as first supposed
    assert row["完成时间"] == "2026年\n11月9日"
    assert (row["复查人"], row["复查时间"]) == ("张㛃", "2026年\n11月12日")
    assert row["复查结果"] == "合格"
    assert (row["是否销号"], row["销号时间"]) == ("是", "2026年\n11月15日")
    assert row["整改资金（元）"] == "480"


def test_what_waits_for_its_recheck_says_so_also_the_second_time() -> None:
    failed = a_step("recheck_failed", taken_on=NOVEMBER[12], person="张㛃")
    assert cells(LedgerLine.of(a_finding(), rectified()))["复查结果"] == "待复查"
    row = cells(LedgerLine.of(a_finding(note="已停用"), rectified(failed)))
    assert (row["复查结果"], row["复查人"], row["完成时间"]) == ("不合格", "张㛃", "")
    again = rectified(failed, a_step("submitted", taken_on=NOVEMBER[20], cost=20))
    row = cells(LedgerLine.of(a_finding(note="已停用"), again))
    assert (row["复查结果"], row["复查人"]) == ("待复查", "")
    assert row["备注"] == "已停用\n复查不合格1次"
    assert row["整改资金（元）"] == "500"


def test_the_note_tells_what_has_no_column() -> None:
    steps = [
        a_step("graded"),
        a_step("supervised", taken_on=NOVEMBER[9]),
        a_step("taken_out_of_use", taken_on=NOVEMBER[9]),
        a_step("rectifying", taken_on=NOVEMBER[9]),
        a_step("extended", taken_on=NOVEMBER[12], deadline=date(2027, 3, 1)),
    ]
    note = cells(LedgerLine.of(a_finding(note="先围挡"), steps))["备注"]
    assert note == "先围挡\n延期1次\n示例县教育局挂牌督办\n已停用"


def test_planned_money_is_called_planned_until_it_is_spent() -> None:
    assert cells(LedgerLine.of(a_finding(funding=900), []))["整改资金（元）"] == "900\n（计划）"
    assert cells(LedgerLine.of(a_finding(funding=900), rectified()))["整改资金（元）"] == "480"


def test_a_step_out_of_turn_changes_nothing() -> None:
    early = a_step("recheck_passed", person="张㛃", cost=9)
    row = cells(LedgerLine.of(a_finding(), [early]))
    assert (row["复查人"], row["整改资金（元）"]) == ("", "")


def test_interim_measures_and_contingency_share_a_column() -> None:
    row = cells(LedgerLine.of(a_finding(interim="先停用", contingency="启动预案"), []))
    assert row["临时防范措施/预案"] == "先停用\n启动预案"


def test_the_header_is_on_every_sheet_and_the_signatures_on_the_last(
    on_paper: Print, faces: Faces
) -> None:
    lines = [LedgerLine.of(a_finding(responsible="赵𬱖", finder="张㛃"), [])] * 60
    paper = on_paper(findings_ledger(SCHOOL, 2026, TODAY, lines, faces=faces))
    total = len(paper.pages)
    assert total > 1
    for number, page in enumerate(paper.pages, 1):
        assert "排查时间" in page
        assert "临时防范措施" in page
        assert f"第{number}页共{total}页" in page
        assert ("校长签字：" in page) is (number == total)
    assert "2026年隐患排查治理台账" in paper.pages[0]
    assert "填报单位（盖章）：示例县实验小学" in paper.pages[0]
    assert "填报日期：2026年11月23日" in paper.pages[0]
    assert paper.text.count("赵𬱖") == paper.text.count("张㛃") == 60
    assert not paper.result.missing


def test_the_summary_gives_the_golden_rate(on_paper: Print, faces: Faces) -> None:
    finding = a_finding(deadline=NOVEMBER[1], found_on=NOVEMBER[1])
    open_line, done = LedgerLine.of(finding, []), LedgerLine.of(finding, rectified())
    lines = [done] * 3402 + [open_line] * 819
    report = findings_ledger(SCHOOL, 2026, TODAY, lines, faces=faces)
    last = on_paper(report).pages[-1]
    assert "本年排查隐患4221项：已整改3402项，整改中819项，整改率80.60%" in last
    assert "已销号0项，销号率0.00%；逾期未整改819项。" in last


def test_what_earlier_years_left_open_stands_apart_and_is_counted_apart(
    on_paper: Print, faces: Faces
) -> None:
    old = a_finding(found_on=date(2025, 12, 20), place="旧楼梯间")
    closed = rectified(a_step("recheck_passed"), a_step("closed"))
    lines = [LedgerLine.of(a_finding(), []), LedgerLine.of(old, closed), LedgerLine.of(old, [])]
    text = on_paper(findings_ledger(SCHOOL, 2026, TODAY, lines, faces=faces)).text
    assert text.index("以前年度结转的隐患，共2项") < text.index("旧楼梯间")
    assert text.index("旧楼梯间") < text.index("2026年排查的隐患，共1项")
    assert "本年排查隐患1项" in text
    assert "以前年度结转2项，其中已销号1项。" in text


def test_an_empty_ledger_prints_its_head_and_no_rate(on_paper: Print, faces: Faces) -> None:
    text = on_paper(findings_ledger(SCHOOL, 2026, TODAY, [], faces=faces)).text
    assert "排查时间" in text
    assert "整改率—" in text


def test_whatever_people_type_prints_whole_and_as_typed(on_paper: Print, faces: Faces) -> None:
    nasty = LedgerLine.of(a_finding(description=NASTY), [])
    long = LedgerLine.of(a_finding(description="鑫" * 10_000), [])
    paper = on_paper(findings_ledger(SCHOOL, 2026, TODAY, [nasty, long], faces=faces))
    assert SEEN in paper.text
    assert paper.text.count("鑫") == 10_000
    assert paper.result.missing == ("😀",)


def test_a_long_name_of_the_unit_is_printed_whole(on_paper: Print, faces: Faces) -> None:
    name = "示例县" * 20
    line = LedgerLine.of(replace(a_finding(), level="general"), [])
    assert name in on_paper(findings_ledger(name, 2026, TODAY, [line], faces=faces)).text


def test_after_its_end_a_year_tells_what_went_on_into_the_next(
    on_paper: Print, faces: Faces
) -> None:
    closed = rectified(
        a_step("recheck_passed", taken_on=NOVEMBER[12], person="张㛃"),
        a_step("closed", taken_on=NOVEMBER[15]),
    )
    older = a_finding(found_on=date(2025, 12, 3), deadline=date(2027, 1, 3))
    lines = [LedgerLine.of(older, []), LedgerLine.of(a_finding(), closed)]
    lines.append(LedgerLine.of(a_finding(note="已停用"), []))
    text = on_paper(findings_ledger(SCHOOL, 2026, date(2027, 1, 8), lines, faces=faces)).text
    assert text.count("结转2027年") == 2 + 1  # two lines, one of the summary
    assert "已停用结转2027年" in text
    assert "逾期未整改0项。以前年度结转1项，其中已销号0项。" in text
    assert "年末未销号2项，已结转2027年台账。" in text
    running = findings_ledger(SCHOOL, 2026, date(2026, 12, 31), lines, faces=faces)
    assert "结转2027年" not in on_paper(running).text
