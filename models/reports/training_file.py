"""培训档案: everything of one person, from the recommendation to the certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus.flowables import Flowable

from models.records.growth import Growth
from models.records.programme import RECOMMENDATION, Programme, Trainee
from models.records.record import fields_of, show_answer
from models.records.training import PersonTotal
from models.reports.paper.faces import Faces
from models.reports.paper.grid_form import FormRow, grid_form, pair_row, wide_row
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Style
from models.reports.report import Report, SigningBlock, paragraph, printed_on
from models.reports.training_words import beside_table, counts_of, rules_of, section, session_table

TITLE = "培训档案"
PAGE = official_page()
COLUMNS = (1.1, 2, 1.1, 2)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person's years: the programmes they were in, all marks, all they did beside."""

    total: PersonTotal
    growth: Growth
    enrolled: Sequence[tuple[Programme, Trainee]] = ()


def training_file(unit: str, day: date, dossier: Dossier, *, faces: Faces) -> Report:
    """The file of a person as it stands today."""
    plain = Style(faces.body, 12, 22, align="L", after=4)
    small = Style(faces.body, 10.5, 16, align="L", before=4)
    width, total = PAGE.text_width, dossier.total
    story: list[Flowable] = [
        paragraph(TITLE, Style(faces.title, 22, 34, align="C", after=6)),
        grid_form(COLUMNS, _person_rows(unit, total), faces=faces, width=width),
    ]
    for programme, trainee in dossier.enrolled:
        rows = _programme_rows(programme, trainee)
        story += [
            *section(f"班次：{programme.name}", faces),
            grid_form(COLUMNS, rows, faces=faces, width=width),
        ]
    story += [
        *section("培训活动与考勤", faces),
        session_table(total, faces=faces, width=width),
        paragraph(rules_of([total]), small),
        *section("分享、心得、跟岗与项目", faces),
        paragraph(f"共{counts_of(dossier.growth)}。", plain),
        beside_table(dossier.growth, faces=faces, width=width),
        SigningBlock(["填表人：", "审核人："], f"{unit}（盖章）", printed_on(day), plain),
    ]
    return Report(TITLE, PAGE, story)


def _person_rows(unit: str, total: PersonTotal) -> list[FormRow]:
    person = total.person
    offline, online = (total.hours_of(mode=mode) for mode in ("offline", "online"))
    return [
        pair_row("姓名", person.name or "", "单位", unit),
        pair_row("职务", person.post or "", "部门", person.department or ""),
        pair_row("累计学时", str(total.total), "参加活动", f"{len(total.attended)}次"),
        pair_row("线下学时", str(offline), "线上学时", str(online)),
    ]


def _programme_rows(programme: Programme, trainee: Trainee) -> list[FormRow]:
    """Where the person stands, and the five steps as far as they were taken."""
    period = f"{show_answer(programme, 'begins')}至{show_answer(programme, 'ends')}"
    kinds = fields_of(Trainee)
    steps = [
        f"{kinds[name].label}：{show_answer(trainee, name)}"
        for name in RECOMMENDATION
        if getattr(trainee, name)
    ]
    return [
        pair_row("主办单位", programme.organiser or "", "起止日期", period),
        pair_row("小组", trainee.team or "", "培养状态", show_answer(trainee, "standing")),
        wide_row("推荐程序", "；".join(steps)),
        pair_row("证书编号", trainee.certificate or "", "备注", trainee.note or ""),
    ]
