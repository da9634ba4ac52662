"""月报, 学期报告 and the bi-monthly review: an official letter from the figures of a period."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from reportlab.platypus.flowables import Flowable, KeepTogether, Spacer

from models.finding_charts import by_category, by_standing, standings, trend
from models.records.fields import show_day
from models.reports.paper.chart_piece import ChartPiece
from models.reports.paper.faces import Faces
from models.reports.paper.page import Page, official_page
from models.reports.paper.paragraph import Style
from models.reports.paper.photos import Photo, photo_rows
from models.reports.period_tables import figures_table, open_table
from models.reports.period_words import (
    PeriodReview,
    distribution,
    intentions,
    problems,
    rectification,
    situation,
)
from models.reports.report import Report, SigningBlock, paragraph

PAGE = official_page(numbering="—X—")
# GB/T 9704: 28 characters of 16 pt a line, 22 lines a sheet.
SIZE, LEADING = 16.0, PAGE.text_height / 22
TRACKING = PAGE.text_width / 28 - SIZE
PHOTO = 140.0  # high: three pairs a sheet
MOST_LISTED = 300  # open findings in the list; the ledger has them all


class Pair(NamedTuple):
    """What a finding looked like before and after."""

    words: str
    before: Photo
    after: Photo


def period_report(review: PeriodReview, pairs: Sequence[Pair], *, faces: Faces) -> Report:
    """The letter, then what is open and the photos as its attachments."""
    body = Style(faces.body, SIZE, LEADING, 2, tracking=TRACKING)
    head = replace(body, face=faces.hei, keep_with_next=True)
    title = Style(faces.title, 22, 36, align="C", tracking=0)
    attached = [*_attachments(review, pairs, faces)]
    story: list[Flowable | Page] = [
        paragraph("\n".join((review.unit, *_titles(review, title))), title),
        Spacer(1, LEADING),
        *_addressed(review, body),
        paragraph(f"现将{review.name}（{_days(review)}）安全隐患排查治理情况报告如下。", body),
        *_sections(review, faces, head, body),
        KeepTogether(
            [
                *_list_of(attached, body),
                SigningBlock(
                    ["填报人：", "审核人：", "主要负责人："],
                    f"{review.unit}（盖章）",
                    show_day(review.day),
                    replace(body, size=14, leading=28, indent=0, align="L", tracking=0),
                ),
            ]
        ),
    ]
    for number, (name, flowables) in enumerate(attached, 1):
        story += [
            PAGE,
            paragraph(f"附件{number}", replace(head, indent=0)),
            paragraph(name, replace(title, size=18, leading=30, after=6)),
            *flowables,
        ]
    return Report(f"{review.name}{review.matter}", PAGE, story)


def _titles(review: PeriodReview, style: Style) -> list[str]:
    """When and what, on one line where both have room."""
    both = review.name + review.matter
    fits = style.face.width(both, style.size) <= PAGE.text_width
    return [both] if fits else [review.name, review.matter]


def _days(review: PeriodReview) -> str:
    """The days it tells of; of a period that is not over, as of which day."""
    days = review.period.show()
    return days if review.day >= review.period.end else f"{days}，截至{show_day(review.day)}"


def _addressed(review: PeriodReview, body: Style) -> list[Flowable]:
    """To whom, where that is known."""
    return [paragraph(f"{review.addressee}：", replace(body, indent=0))] if review.addressee else []


def _sections(review: PeriodReview, faces: Faces, head: Style, body: Style) -> list[Flowable]:
    figures, width = review.figures, PAGE.text_width
    small = replace(body, face=faces.table, size=9, leading=15, indent=0, tracking=0, before=4)
    rows = {
        name: standings((c.standing.state, c.is_overdue) for c in courses)
        for name, courses in review.groups.items()
    }
    chart = by_category(f"各{review.grouping}隐患及其整改情况", "项", rows)
    shares = by_standing("期末办理情况", "项", rows.values())
    story: list[Flowable] = [
        paragraph("一、基本情况", head),
        *(paragraph(text, body) for text in situation(review)),
        paragraph("二、隐患分布", head),
        paragraph(distribution(review), replace(body, after=4)),
        figures_table(review, faces, width),
        paragraph(f"期初＋新增－销号＝期末。新增包括新排查和反弹的隐患。{review.note}", small),
    ]
    if chart.groups:
        story.append(ChartPiece(chart, faces))
    return [
        *story,
        paragraph("三、整改情况", head),
        paragraph(rectification(figures), body),
        *([ChartPiece(shares, faces)] if chart.groups else []),
        ChartPiece(trend("各月发现与销号", "项", review.months), faces),
        paragraph("四、存在的问题", head),
        paragraph(problems(review.open), body),
        paragraph("五、下一步打算", head),
        paragraph(intentions(review.open), body),
    ]


def _list_of(attached: Sequence[tuple[str, Sequence[Flowable]]], body: Style) -> list[Flowable]:
    """附件：1. … under each other, as the letter names what comes with it."""
    texts = [f"{number}. {name}" for number, (name, _flowables) in enumerate(attached, 1)]
    if not texts:
        return []
    room = replace(body, indent=0, left=5 * SIZE, align="L")
    first = paragraph(f"附件：{texts[0]}", replace(body, before=LEADING))
    return [first, *(paragraph(text, room) for text in texts[1:])]


def _attachments(
    review: PeriodReview, pairs: Sequence[Pair], faces: Faces
) -> list[tuple[str, list[Flowable]]]:
    attached: list[tuple[str, list[Flowable]]] = []
    small = Style(faces.table, 9, 15, before=4)
    if still := review.open:
        listed = still[:MOST_LISTED]
        day = min(review.period.end, review.day)
        table = open_table(listed, day, review.names, faces=faces, width=PAGE.text_width)
        flowables: list[Flowable] = [table]
        if rest := len(still) - len(listed):
            flowables.append(paragraph(f"其余{rest}项见隐患排查治理台账。", small))
        attached.append(("期末未销号隐患清单", flowables))
    if pairs:
        shown = [
            KeepTogether(
                [
                    paragraph(f"{number}. {pair.words}", small),
                    *photo_rows([pair.before, pair.after], faces=faces, height=PHOTO),
                ]
            )
            for number, pair in enumerate(pairs, 1)
        ]
        attached.append(("整改前后对照照片", shown))
    return attached
