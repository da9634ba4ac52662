"""《“五项管理”实地督查要点》 (domain B.2): the school's answers, and the inspector's column."""

from collections.abc import Mapping, Sequence
from datetime import date

from reportlab.platypus.flowables import Flowable

from models.records.fields import show_day
from models.reports.filled_sheet import FilledSheet, answer_words
from models.reports.five_management_sheet import PAGE
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.report import BLANK, BLANK_DAY, Report
from models.reports.table_paper import TablePaper
from models.templates.inspection_points import Point, points_of

TITLE = "“五项管理”实地督查要点"
SIZE = 9.0
COLUMNS = (
    Column("项目\n(A)", 40, "C", merged=True),
    Column("内容\n(B)", 76, merged=True),
    Column("要点\n(C)", 146),
    Column("自评\n（是否有，提供佐证材料）", 146),
    Column("督评", 86),
)
NOT_BY_SCHOOL = "（学校不填）"
NOTES = (
    "带C编号的要点按已见到的督查要点文字列出，C6至C8只见到编号，文字取自本程序的检查项；"
    "其余要点的编号和原文没有见到，按所属“内容”列出本程序的检查项，不编号。"
    "B9至B20的编号按各项标题的顺序推算。",
    "标“建议”的要点，依据尚未完全核实，仅供参考。学校另有的自查项见五项管理自查表。",
)


def inspection_points_form(
    school: str,
    sheet: FilledSheet,
    reviews: Mapping[str, tuple[str, str]],
    *,
    inspector: str = "",
    day: date | None = None,
    faces: Faces,
) -> Report:
    """The form of a month; `reviews` holds (words of the result, note) by line id.

    Inspector and day are left to the hand where they are not known.
    """
    year, month = (sheet.checklist.period or "").split("-")
    paper = TablePaper(PAGE, faces)
    head = [
        f"学校（印章）：{school}",
        f"责任督学：{inspector or BLANK}",
        show_day(day) if day else BLANK_DAY,
    ]
    story: list[Flowable] = [
        *paper.head(f"{TITLE}\n（{year}年{int(month)}月）", head),
        fast_table(COLUMNS, _rows(sheet, reviews), faces=faces, width=PAGE.text_width, size=SIZE),
        paper.foot(notes=NOTES, signers=("校长签字", "责任督学签字", BLANK_DAY)),
    ]
    return Report(f"{year}年{int(month)}月{TITLE}", PAGE, story)


def _rows(
    sheet: FilledSheet, reviews: Mapping[str, tuple[str, str]]
) -> list[Sequence[str] | Group]:
    return [
        (
            point.project,
            point.content,
            point.words,
            _own(sheet, point),
            "\n".join(_review(line.label, reviews.get(line.id), point) for line in point.lines),
        )
        for point in points_of(sheet.lines)
    ]


def _own(sheet: FilledSheet, point: Point) -> str:
    """The answers below a point; where several stand there, each behind its question."""
    texts = []
    for line in point.lines:
        if line.item.filled_by == "bureau":
            return NOT_BY_SCHOOL
        words = answer_words(sheet, line)
        texts.append(f"{line.label}：{words}" if words and len(point.lines) > 1 else words)
    return "\n".join(filter(None, texts))


def _review(label: str, review: tuple[str, str] | None, point: Point) -> str:
    if review is None:
        return ""
    words = "\n".join(filter(None, review))
    return f"{label}：{words}" if len(point.lines) > 1 else words
