"""培训学时汇总表 of a year: hours by module and by mode, from minutes and stated rules."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from reportlab.platypus.flowables import Flowable

from models.records.growth import Growth
from models.records.quotas import Quota
from models.records.training import ATTENDANCE, MODULES, PersonTotal, mode_of
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.page import ledger_page
from models.reports.report import Report, printed_on
from models.reports.table_paper import TablePaper
from models.reports.training_words import NOTHING, rules_of

TITLE = "培训学时汇总表"
SIZE = 8.5
PAGE = ledger_page()
COLUMNS = (
    Column("序号", 24, "C"),
    Column("姓名", 46, "C"),
    Column("单位", 70),
    Column("职务", 48),
    Column("应修\n学时", 38, "R"),
    Column("线下\n学时", 40, "R"),
    Column("线上\n学时", 40, "R"),
    Column("合计\n学时", 42, "R"),
    *(Column(f"{name[:2]}\n{name[2:]}", 40, "R") for name in MODULES.values()),
    Column("微分享\n（次）", 36, "R"),
    Column("心得\n（篇/字）", 54, "R"),
    Column("跟岗\n（天）", 34, "R"),
    Column("项目\n（项）", 34, "R"),
    Column("达标", 30, "C"),
    Column("备注", 62),
)


def texts_of(
    total: PersonTotal, unit: str, number: int, growth: Growth = NOTHING, due: Quota | None = None
) -> tuple[str, ...]:
    """What stands in the columns; without hours that are due nobody is judged."""
    return (
        str(number),
        total.person.name or "",
        unit,
        total.person.post or "",
        "" if due is None else str(due.hours),
        str(total.hours_of(mode="offline")),
        str(total.hours_of(mode="online")),
        str(total.total),
        *(str(total.hours_of(module)) for module in MODULES),
        str(len(growth.talks)),
        f"{len(growth.reflections)}/{growth.characters}",
        str(growth.days),
        str(len(growth.projects)),
        "" if due is None else "是" if not due.missing(total.total) else "否",
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
    unit: str,
    year: int,
    day: date,
    totals: Sequence[PersonTotal],
    growths: Mapping[str, Growth] | None = None,
    due: Mapping[str, Quota] | None = None,
    *,
    faces: Faces,
) -> Report:
    """The hours of everybody in a year, and what they did beside them.

    `growths` and `due` (the confirmed quota of one year that binds a person) are by person's id.
    """
    done, owed = growths or {}, due or {}
    title = f"{year}年{TITLE}"
    paper = TablePaper(PAGE, faces)
    rows = [
        texts_of(total, unit, number, done.get(total.person.id, NOTHING), owed.get(total.person.id))
        for number, total in enumerate(totals, 1)
    ]
    signers = ("填表人", "审核人", f"单位（盖章）：{unit}")
    story: list[Flowable] = [
        *paper.head(title, [f"单位：{unit}", printed_on(day, "填表日期：")]),
        fast_table(COLUMNS, rows, faces=faces, width=PAGE.text_width, size=SIZE),
        paper.foot([rules_of(totals), _bases(totals, owed)], signers=signers),
    ]
    return Report(title, PAGE, story)


def _bases(totals: Sequence[PersonTotal], owed: Mapping[str, Quota]) -> str:
    """By which rule somebody is judged, and why somebody is not."""
    bases = dict.fromkeys(f"{quota.name}，{quota.basis}" for quota in owed.values())
    words = f"应修学时依据：{'；'.join(bases)}。" if bases else ""
    if any(total.person.id not in owed for total in totals):
        words += "没有登记年度应修学时的人员，“应修学时”和“达标”两栏留空，由单位按规定填写。"
    return words
