"""安全风险清单 and 安全责任清单 (domain C.5 form 7), of the records as they stand."""

from collections.abc import Sequence
from datetime import date

from reportlab.platypus.flowables import Flowable

from models.records.record import show_answer
from models.records.risk import COLOURS, Duty, RiskPoint
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import ledger_page
from models.reports.report import Report, printed_on, short_day
from models.reports.table_paper import TablePaper

RISKS, DUTIES = "安全风险清单", "安全责任清单"
PAGE = ledger_page()
SIZE = 9.0
RISK_COLUMNS = (
    Column("序号", 28, "C"),
    Column("风险点", 130),
    Column("可能事故", 120),
    Column("风险等级\n（色）", 78, "C"),
    Column("管控措施"),
    Column("责任部门", 70),
    Column("责任人", 60, "C"),
    Column("评估日期", 64, "C"),
)
DUTY_COLUMNS = (
    Column("序号", 28, "C"),
    Column("岗位", 110),
    Column("责任人", 80, "C"),
    Column("安全职责"),
    Column("履职频次", 90),
    Column("履职记录", 130),
)


def risk_list(unit: str, day: date, points: Sequence[RiskPoint], *, faces: Faces) -> Report:
    """The risk points in the given order, a heading before each category."""
    rows: list[Sequence[str] | Group] = []
    category = None
    for number, point in enumerate(points, 1):
        if point.category != category:
            category = point.category
            rows.append(Group(show_answer(point, "category")))
        rows.append(_risk(number, point))
    counts = {word: sum(p.colour == code for p in points) for code, word in COLOURS.items()}
    counted = "，".join(f"{word}{count}个" for word, count in counts.items())
    summary = f"共{len(points)}个风险点：{counted}。"
    return register(unit, day, RISKS, RISK_COLUMNS, rows, summary, faces)


def duty_list(unit: str, day: date, duties: Sequence[Duty], *, faces: Faces) -> Report:
    """Who does what for safety, how often, and what shows it."""
    rows = [_duty(number, duty) for number, duty in enumerate(duties, 1)]
    return register(unit, day, DUTIES, DUTY_COLUMNS, rows, f"共{len(duties)}条职责。", faces)


def register(
    unit: str,
    day: date,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str] | Group],
    summary: str,
    faces: Faces,
) -> Report:
    """A register on a lying page: its table, a line that sums it up, and who signs."""
    paper = TablePaper(PAGE, faces)
    story: list[Flowable] = [
        *paper.head(title, [f"学校（盖章）：{unit}", printed_on(day, "填报日期：")]),
        fast_table(columns, rows, faces=faces, width=PAGE.text_width, size=SIZE),
        paper.foot([summary]),
    ]
    return Report(title, PAGE, story)


def _risk(number: int, point: RiskPoint) -> tuple[str, ...]:
    return (
        str(number),
        "\n".join(filter(None, (point.name, point.place))),
        point.accident or "",
        show_answer(point, "colour"),
        point.measures or "",
        point.department or "",
        point.responsible or "",
        short_day(point.reviewed_on),
    )


def _duty(number: int, duty: Duty) -> tuple[str, ...]:
    return (
        str(number),
        duty.post or "",
        duty.person or "",
        duty.duties or "",
        duty.frequency or "",
        duty.evidence or "",
    )
