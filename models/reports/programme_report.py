"""班次总结报告: the measures of a programme as seed 000 tells them, in a letter with tables."""

from datetime import date

from reportlab.platypus.flowables import CondPageBreak, Flowable, KeepTogether

from models.records.training import PersonTotal
from models.reports.letter import PAGE, Letter
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.programme_words import Course, basics, beside, sessions
from models.reports.report import Report, printed_on
from models.reports.training_words import NOTHING, ROOM, rules_of

TITLE = "培训情况报告"
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
    letter = Letter(faces)
    name = f"{course.programme.name}{TITLE}"
    rows = [_row(number, total, course) for number, total in enumerate(course.totals, 1)]
    *table, last = [
        CondPageBreak(ROOM),
        letter.words("四、学员情况"),
        fast_table(PEOPLE, rows, faces=faces, width=PAGE.text_width, size=10),
        letter.note(rules_of(course.totals)),
    ]
    story: list[Flowable] = [
        *letter.opening(f"{course.programme.name}\n{TITLE}"),
        *map(letter.words, ("一、基本情况", basics(course))),
        *map(letter.words, ("二、集中学习", sessions(course))),
        *map(letter.words, ("三、分享、心得、跟岗与项目", *beside(course))),
        *table,
        KeepTogether([last, letter.signed(unit, printed_on(day), ("填表人：", "审核人："))]),
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
