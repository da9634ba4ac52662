"""安全隐患整改复查意见书: what a recheck found of each finding of a notice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.records.finding import RECHECKS, FindingStep
from models.reports.case import Case, named
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.grid_form import grid_form, pair_row, wide_row
from models.reports.paper.page import Page, official_page
from models.reports.paper.paragraph import Style
from models.reports.report import (
    BLANK,
    BLANK_DAY,
    Report,
    SigningBlock,
    day_or_blank,
    headed,
    paragraph,
    short_day,
)

TITLE = "安全隐患整改复查意见书"
PAGE = official_page()
SIZE = 14.0
OBJECTION = "☐无异议\n☐有异议，理由："  # to tick by hand
COLUMNS = (
    Column("序号", 26, "C"),
    Column("隐患", 120),
    Column("复查日期", 58, "C"),
    Column("复查人", 48, "C"),
    Column("复查结果", 50, "C"),
    Column("复查意见"),
)


def recheck_opinion(
    unit: str, cases: Sequence[Case], *, faces: Faces, receiver: str = ""
) -> Report:
    """The opinion on all findings of the notice; those not rechecked yet are named as such.

    `unit` rechecked its own department, or as an office a school, the `receiver`.
    """
    number = cases[0].number
    rechecks = [case.recheck for case in cases]
    body = Style(faces.body, SIZE, 24, indent=2, after=2)
    days = sorted({step.taken_on for step in rechecks if step and step.taken_on})
    when = "至".join(dict.fromkeys(day_or_blank(day) for day in (*days[:1], *days[-1:])))
    who = named(step.person for step in rechecks if step)
    about = f"《安全隐患整改通知书》（{number}）所列" if number else "下列"
    rows = [_line(at, case) for at, case in enumerate(cases, 1)]
    story: list[Flowable | Page] = [
        *headed(TITLE, f"通知书编号：{number}" if number else "", faces),
        paragraph(f"{receiver or named(_addressees(cases)) or BLANK}：", replace(body, indent=0)),
        paragraph(f"{when}，由{who}对{about}隐患的整改情况进行了复查，意见如下：", body),
        fast_table(COLUMNS, rows, faces=faces, width=PAGE.text_width, size=10),
        paragraph(_conclusion(rechecks), replace(body, before=8)),
        KeepTogether([_hands(faces), _seal(unit, days[-1:], faces)]),
    ]
    return Report(TITLE, PAGE, story)


def _addressees(cases: Sequence[Case]) -> list[str | None]:
    return [case.finding.department or case.finding.responsible for case in cases]


def _line(at: int, case: Case) -> tuple[str, ...]:
    finding, step = case.finding, case.recheck
    what = "：".join(filter(None, (finding.place, finding.description)))
    if step is None:
        return (str(at), what, "", "", "未复查", "")
    return (
        str(at),
        what,
        short_day(step.taken_on),
        step.person or "",
        RECHECKS[step.kind or ""],
        _opinion(step),
    )


def _opinion(step: FindingStep) -> str:
    """What follows from it, and what was said."""
    follows = "同意销号"
    if step.kind == "recheck_failed":
        follows = f"继续整改至{day_or_blank(step.deadline)}"
    return "。".join(filter(None, (follows, step.opinion)))


def _conclusion(rechecks: Sequence[FindingStep | None]) -> str:
    kinds = [step.kind if step else "" for step in rechecks]
    passed, failed = kinds.count("recheck_passed"), kinds.count("recheck_failed")
    waiting = len(kinds) - passed - failed
    text = f"共{len(kinds)}项：合格{passed}项，同意销号；不合格{failed}项"
    text += "，请继续整改" if failed else ""
    return text + (f"；未复查{waiting}项。" if waiting else "。")


def _hands(faces: Faces) -> Flowable:
    """Where both sides sign by hand."""
    rows = [
        wide_row("被复查单位\n意见", OBJECTION, height=64),
        pair_row("被复查单位\n负责人", "", "复查人员\n签字", "", height=56, closing=BLANK_DAY),
    ]
    return grid_form([1.1, 2, 1.1, 2], rows, faces=faces, width=PAGE.text_width)


def _seal(unit: str, days: Sequence[date], faces: Faces) -> Flowable:
    style = Style(faces.body, SIZE, 28, align="L")
    return SigningBlock(["", ""], f"{unit}（盖章）", day_or_blank(days[0] if days else None), style)
