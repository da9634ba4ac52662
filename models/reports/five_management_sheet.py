"""五项管理自查表 of a month: what the school answered, and an empty column for the inspector."""

from dataclasses import replace
from datetime import date
from itertools import groupby

from reportlab.platypus.flowables import Flowable

from models.records.fields import show_day
from models.records.figures import Rate
from models.records.five_management import RULE_SETS
from models.reports.filled_sheet import FilledSheet, answer_words
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Sum, TableRow, fast_table
from models.reports.paper.page import MM, official_page
from models.reports.report import BLANK, Report, printed_on
from models.reports.table_paper import TablePaper
from models.templates.compliance import AreaFigures, figures
from models.templates.five_management import AREAS, OBLIGATIONS, Line
from models.templates.headings import AREA_CODES, HEADINGS, groups

SIZE = 9.0
PAGE = replace(official_page(), top=20 * MM, bottom=20 * MM, left=18 * MM, right=18 * MM)
BY_BUREAU = "（教育局填）"
COLUMNS = (
    Column("项目\n(A)", 42, "C", merged=True),
    Column("内容\n(B)", 66, merged=True),
    Column("要点\n(C)", 160),
    Column("自评\n（佐证材料）", 128),
    Column("达标", 52, "C"),
    Column("督评", 45),
)


def five_management_sheet(school: str, sheet: FilledSheet, day: date, *, faces: Faces) -> Report:
    """The form as the school hands it to its inspector; `day` stands in for a missing one."""
    checklist = sheet.checklist
    filled = checklist.filled_on
    written = show_day(filled) if filled else printed_on(day)
    day = filled or day
    year, month = (checklist.period or "").split("-")
    title = f"{year}年{int(month)}月五项管理自查表"
    paper = TablePaper(PAGE, faces)
    filler = checklist.filled_by or BLANK
    head = [f"学校（印章）：{school}", f"责任督学：{BLANK}", written]
    signers = (f"填表人：{filler}", "校长签字", "责任督学签字")
    story: list[Flowable] = [
        *paper.head(title, head),
        fast_table(COLUMNS, _rows(sheet, day), faces=faces, width=PAGE.text_width, size=SIZE),
        paper.foot(notes=_notes(sheet), signers=signers),
    ]
    return Report(title, PAGE, story)


def _rows(sheet: FilledSheet, day: date) -> list[TableRow]:
    """The lines by area and heading, and the figures below each area."""
    totals = figures(sheet.lines, sheet.given, sheet.rule_sets(), day)
    rows: list[TableRow] = []
    for area, lines in groupby(sheet.lines, key=lambda line: line.item.area):
        code = f"{AREA_CODES[area]} {AREAS[area].removesuffix('管理')}"
        for heading, under in groups(lines):
            rows += [_row(sheet, line, code, heading, day) for line in under]
        rows.append(Sum(f"{code}：{_figures(totals[area])}"))
    rate = sum((area.rate for area in totals.values()), Rate(0, 0))
    unanswered = sum(area.unanswered for area in totals.values())
    rows.append(Sum(f"五项合计：{_figures(AreaFigures(rate, unanswered))}"))
    return rows


def _row(
    sheet: FilledSheet, line: Line, area: str, heading: str, day: date
) -> tuple[str, str, str, str, str, str]:
    item = line.item
    point = "" if item.point == heading else item.point
    content = f"{heading} {HEADINGS[heading]}" if heading else ""
    asked = f"{point} {line.label}".strip()
    advice = "" if item.is_confirmed else "（建议）"
    verdict = sheet.verdict(line, day)
    word = OBLIGATIONS.get(item.obligation)
    mark = f"{word}，不计" if word else verdict.value
    mine = BY_BUREAU if item.filled_by == "bureau" else answer_words(sheet, line)
    return area, content, asked + advice, mine, mark, ""


def _figures(area: AreaFigures) -> str:
    return f"达标 {area.rate.counts()}（{area.rate.percent()}），未答 {area.unanswered}"


def _notes(sheet: FilledSheet) -> list[str]:
    names = "、".join(RULE_SETS[code] for code in sheet.rule_sets()) or "未选择"
    return [
        f"执行标准：{names}。检查项模板版本：{sheet.checklist.version or '—'}。",
        "达标率＝达标题数÷应答题数（不适用的不算，未答的算作应答）；统计、鼓励、目标项不计。"
        "标“建议”的要点，依据尚未完全核实，仅供参考。",
    ]
