"""班次总结报告: the measures of a programme as seed 000 tells them, in a letter with tables."""

from dataclasses import replace
from datetime import date

from reportlab.platypus.flowables import CondPageBreak, Flowable, KeepTogether, Spacer

from models.records.fields import show_day
from models.records.training import PersonTotal
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Style
from models.reports.programme_words import Course, basics, beside, sessions
from models.reports.report import Report, SigningBlock, paragraph
from models.reports.training_words import NOTHING, ROOM, rules_of

TITLE = "培训情况报告"
PAGE = official_page(numbering="—X—")
PEOPLE = (
    Column("序号", 28, "C"),
    Column("姓名", 60, "C"),
    Column("职务"),
    Column("学时", 50, "R"),
    Column("微分享\n（次）", 46, "R"),
    Column("心得\n（篇/字）", 72, "R"),
    Column("跟岗\n（天）", 40, "R"),
    Column("项目\n（项）", 40, "R"),
)


def programme_report(unit: str, day: date, course: Course, *, faces: Faces) -> Report:
    """What came of a programme so far."""
    body = Style(faces.body, 16, 29, 2)
    head = replace(body, face=faces.hei, keep_with_next=True)
    small = replace(body, size=10.5, leading=16, indent=0, align="L", before=4)
    name, programme = f"{course.programme.name}{TITLE}", course.programme
    title = Style(faces.title, 22, 34, align="C", after=10)
    signed = replace(body, size=14, leading=28, indent=0, align="L")
    rows = [_row(number, total, course) for number, total in enumerate(course.totals, 1)]
    story: list[Flowable] = [
        paragraph(f"{programme.name}\n{TITLE}", title),
        paragraph("一、基本情况", head),
        paragraph(basics(course), body),
        paragraph("二、集中学习", head),
        paragraph(sessions(course), body),
        paragraph("三、分享、心得、跟岗与项目", head),
        *(paragraph(words, body) for words in beside(course)),
        CondPageBreak(ROOM),
        paragraph("四、学员情况", replace(head, keep_with_next=False)),
        fast_table(PEOPLE, rows, faces=faces, width=PAGE.text_width, size=10),
        paragraph(rules_of(course.totals), small),
        Spacer(1, 10),
        KeepTogether(
            [SigningBlock(["填表人：", "审核人："], f"{unit}（盖章）", show_day(day), signed)]
        ),
    ]
    return Report(name, PAGE, story)


def _row(number: int, total: PersonTotal, course: Course) -> tuple[str, ...]:
    growth = course.growths.get(total.person.id, NOTHING)
    return (
        str(number),
        total.person.name or "",
        total.person.post or "",
        str(total.total),
        str(len(growth.talks)),
        f"{len(growth.reflections)}/{growth.characters}",
        str(growth.days),
        str(len(growth.projects)),
    )
