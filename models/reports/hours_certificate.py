"""学时证明 of one person for one year: a letter with a seal, and the sessions it adds up."""

from dataclasses import replace
from datetime import date

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.records.training import MODULES, PersonTotal, mode_of
from models.reports.paper.faces import Faces
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Style
from models.reports.report import Report, SigningBlock, paragraph, printed_on
from models.reports.training_words import module_words, rules_of, section, session_table

TITLE = "培训学时证明"
PAGE = official_page()


def hours_certificate(
    unit: str, year: int, day: date, total: PersonTotal, *, faces: Faces
) -> Report:
    """What a person attended in a year, and the hours that came of it."""
    body = Style(faces.body, 16, 29, 2)
    small = Style(faces.body, 10.5, 16, align="L", before=6)
    signed = Style(faces.body, 14, 26, align="L")
    story: list[Flowable] = [
        paragraph(TITLE, Style(faces.title, 22, 36, align="C", after=10)),
        paragraph(_words(unit, year, total), body),
        paragraph("特此证明。", body),
        KeepTogether([SigningBlock(["经办人："], f"{unit}（盖章）", printed_on(day), signed)]),
        *section("附：培训活动明细", faces),
        session_table(total, faces=faces, width=PAGE.text_width),
        paragraph(rules_of([total]), small),
    ]
    return Report(TITLE, PAGE, story)


def _words(unit: str, year: int, total: PersonTotal) -> str:
    person = total.person
    post = f"（职务：{person.post}）" if person.post else ""
    offline, online = (total.hours_of(mode=mode) for mode in ("offline", "online"))
    words = (
        f"兹证明{unit}{person.name}{post}于{year}年度参加培训活动{len(total.attended)}次，"
        f"计{total.total_minutes}分钟，折合{total.total}学时，"
        f"其中线下{offline}学时、线上{online}学时"
    )
    unknown = [pair for pair in total.marks if not mode_of(pair[0])]
    if unsorted := replace(total, marks=unknown).total:
        words += f"、未注明方式{unsorted}学时"
    modules = module_words(total, [*MODULES.items()])
    return f"{words}。按模块分：{modules}。" if modules else f"{words}。"
