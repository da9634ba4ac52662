"""培训学时汇总表 of a year: hours by module and by mode, from minutes and stated rules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.records.fields import show_day
from models.records.figures import HOUR_RULES
from models.records.training import ATTENDANCE, MODULES, PersonTotal, mode_of
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.page import ledger_page
from models.reports.paper.paragraph import Style
from models.reports.report import BLANK, Report, paragraph, spread

TITLE = "培训学时汇总表"
SIZE = 9.0
PAGE = ledger_page()
COLUMNS = (
    Column("序号", 30, "C"),
    Column("姓名", 58, "C"),
    Column("单位", 100),
    Column("职务", 64),
    *(Column(f"{name}\n（学时）", 50, "R") for name in MODULES.values()),
    Column("线下\n（学时）", 48, "R"),
    Column("线上\n（学时）", 48, "R"),
    Column("合计\n学时", 48, "R"),
    Column("合计\n分钟", 44, "R"),
    Column("活动\n次数", 34, "R"),
    Column("备注", 88),
)


def texts_of(total: PersonTotal, unit: str, number: int) -> tuple[str, ...]:
    """What stands in the columns."""
    return (
        str(number),
        total.person.name or "",
        unit,
        total.person.post or "",
        *(str(total.hours_of(module)) for module in MODULES),
        str(total.hours_of(mode="offline")),
        str(total.hours_of(mode="online")),
        str(total.total),
        str(total.total_minutes),
        str(len(total.attended)),
        _note(total),
    )


def _note(total: PersonTotal) -> str:
    """What the figures do not tell: who was away, and what could not be sorted."""
    away = Counter(mark.status for _, mark in total.marks)
    notes = [f"{ATTENDANCE[kind]}{away[kind]}次" for kind in ("leave", "absent") if away[kind]]
    if unsorted := sum(not mode_of(session) for session in total.attended):
        notes.append(f"{unsorted}次活动未注明线上线下")
    if total.person.state == "left":
        notes.append("已离岗")
    return "；".join(notes)


def training_summary(
    unit: str, year: int, day: date, totals: Sequence[PersonTotal], *, faces: Faces
) -> Report:
    """The hours of everybody in a year."""
    title = f"{year}年{TITLE}"
    width = PAGE.text_width
    plain = Style(faces.body, 10.5, 16, align="L", after=3)
    signed = replace(plain, before=10, after=0)
    rows = [texts_of(total, unit, number) for number, total in enumerate(totals, 1)]
    signatures = [f"填表人：{BLANK}", f"审核人：{BLANK}", f"单位（盖章）：{unit}"]
    story: list[Flowable] = [
        paragraph(title, Style(faces.title, 18, 26, align="C", after=4)),
        *spread([f"单位：{unit}", f"填表日期：{show_day(day)}"], plain, width),
        fast_table(COLUMNS, rows, faces=faces, width=width, size=SIZE),
        KeepTogether(
            [
                paragraph(_rules(totals), replace(plain, before=6)),
                *spread(signatures, signed, width),
            ]
        ),
    ]
    return Report(title, PAGE, story)


def _rules(totals: Sequence[PersonTotal]) -> str:
    """How minutes became hours."""
    used = {session.hour_rule for total in totals for session, _ in total.marks}
    names = [rule.name for rule in HOUR_RULES.values() if rule.id in used]
    text = f"折算规则：{'、'.join(names) or '—'}。学时由分钟折算，四舍五入到两位小数；"
    text += "合计按总分钟折算，可能与各栏之和相差0.01。"
    if used - HOUR_RULES.keys():
        text += "有的活动用了本程序没有的折算规则，只计分钟，不计学时；请更新程序后再打印。"
    return text
