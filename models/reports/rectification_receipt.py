"""安全隐患整改回执: what was done about each finding of a notice, with photos before and after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.records.finding import STATES
from models.reports.case import Case, named
from models.reports.case_photos import photo_pairs
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.page import Page, official_page
from models.reports.paper.paragraph import Style
from models.reports.report import (
    BLANK,
    Report,
    SigningBlock,
    day_or_blank,
    headed,
    paragraph,
    short_day,
)

TITLE = "安全隐患整改回执"
PAGE = official_page()
SIZE = 14.0
COLUMNS = (
    Column("序号", 26, "C"),
    Column("问题"),
    Column("整改措施"),
    Column("完成情况"),
    Column("完成时间", 54, "C"),
    Column("责任人", 44, "C"),
    Column("资金\n（元）", 42, "R"),
)


def rectification_receipt(unit: str, issuer: str, cases: Sequence[Case], *, faces: Faces) -> Report:
    """What a unit answers to the issuer of the notice; within a unit, a department to the unit."""
    sender = named(case.finding.department for case in cases) if issuer == unit else unit
    body = Style(faces.body, SIZE, 24, indent=2, after=2)
    number = cases[0].number
    about = f"你单位《安全隐患整改通知书》（{number}）收悉。" if number else ""
    done = sum(case.report is not None for case in cases)
    rows = [_line(number, case) for number, case in enumerate(cases, 1)]
    story: list[Flowable | Page] = [
        *headed(TITLE, f"通知书编号：{number}" if number else "", faces),
        paragraph(f"{issuer}：", replace(body, indent=0)),
        paragraph(
            f"{about}共{len(cases)}项隐患，已完成整改{done}项，未完成{len(cases) - done}项。"
            "现将整改情况报告如下：",
            body,
        ),
        fast_table(COLUMNS, rows, faces=faces, width=PAGE.text_width, size=10),
        KeepTogether(
            [
                *_unfinished(cases, body, faces),
                SigningBlock(
                    ["填报人：", "整改单位负责人签字：", BLANK],
                    f"{sender or unit}（盖章）",
                    day_or_blank(_last_day(cases)),
                    Style(faces.body, SIZE, 28, align="L"),
                ),
            ]
        ),
        *photo_pairs(cases, faces),
    ]
    return Report(TITLE, PAGE, story)


def _line(number: int, case: Case) -> tuple[str, ...]:
    finding, report = case.finding, case.report
    return (
        str(number),
        "：".join(filter(None, (finding.place, finding.description))),
        case.measures,
        (report.opinion or "已完成") if report else "未完成",
        short_day(report.taken_on) if report else "",
        finding.responsible or (report.person or "" if report else ""),
        case.cost,
    )


def _last_day(cases: Sequence[Case]) -> date | None:
    days = [case.report.taken_on for case in cases if case.report and case.report.taken_on]
    return max(days, default=None)


def _unfinished(cases: Sequence[Case], body: Style, faces: Faces) -> list[Flowable]:
    """Why some are not done, and what keeps people safe meanwhile."""
    lines = []
    for number, case in enumerate(cases, 1):
        if case.report is None:
            reason = case.last(["recheck_failed", "extended", "rectifying"])
            state = STATES[case.standing.state]
            why = (reason.opinion if reason else "") or BLANK
            lines.append(
                f"第{number}项（{state}）原因：{why}；防范措施：{case.finding.interim or ''}"
            )
    if not lines:
        return []
    head = replace(body, face=faces.hei, before=8)
    return [paragraph("未完成的原因与防范措施：", head), *(paragraph(t, body) for t in lines)]
