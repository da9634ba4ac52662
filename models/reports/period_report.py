"""月报, 学期报告 and the bi-monthly review: an official letter from the figures of a period."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.finding_charts import by_category, by_standing, standings, trend
from models.records.fields import show_day
from models.reports.letter import PAGE, SIGNERS, WIDE, Attachment, Letter
from models.reports.paper.chart_piece import ChartPiece
from models.reports.paper.faces import Faces
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
from models.reports.report import Report, printed_on

PHOTO = 140.0  # high: three pairs a sheet
MOST_LISTED = 300  # open findings in the list; the ledger has them all


class Pair(NamedTuple):
    """What a finding looked like before and after."""

    words: str
    before: Photo
    after: Photo


def period_report(review: PeriodReview, pairs: Sequence[Pair], *, faces: Faces) -> Report:
    """The letter, then what is open and the photos as its attachments."""
    letter = Letter(faces)
    attached = [*_attachments(review, pairs, letter)]
    signed = letter.signed(review.unit, printed_on(review.day), SIGNERS)
    story = [
        *letter.opening("\n".join((review.unit, *_titles(review, letter))), review.addressee),
        letter.words(f"现将{review.name}（{_days(review)}）安全隐患排查治理情况报告如下。"),
        *_sections(review, letter),
        KeepTogether([*letter.attached([one.name for one in attached]), signed]),
        *letter.attachments(attached),
    ]
    return Report(f"{review.name}{review.matter}", PAGE, story)


def _titles(review: PeriodReview, letter: Letter) -> list[str]:
    """When and what, on one line where both have room."""
    both = review.name + review.matter
    fits = letter.title.face.width(both, letter.title.size) <= PAGE.text_width
    return [both] if fits else [review.name, review.matter]


def _days(review: PeriodReview) -> str:
    """The days it tells of; of a period that is not over, as of which day."""
    days = review.period.show()
    return days if review.day >= review.period.end else f"{days}，截至{show_day(review.day)}"


def _sections(review: PeriodReview, letter: Letter) -> list[Flowable]:
    figures, width = review.figures, PAGE.text_width
    rows = {
        name: standings((c.standing.state, c.is_overdue) for c in courses)
        for name, courses in review.groups.items()
    }
    chart = by_category(f"各{review.grouping}隐患及其整改情况", "项", rows)
    shares = by_standing("期末办理情况", "项", rows.values())
    return [
        *map(letter.words, ("一、基本情况", *situation(review), "二、隐患分布")),
        letter.words(distribution(review)),
        figures_table(review, letter.faces, width),
        letter.note(f"期初＋新增－销号＝期末。新增包括新排查和反弹的隐患。{review.note}"),
        *([ChartPiece(chart, letter.faces)] if chart.groups else []),
        *map(letter.words, ("三、整改情况", rectification(figures))),
        *([ChartPiece(shares, letter.faces)] if chart.groups else []),
        ChartPiece(trend("各月发现与销号", "项", review.months), letter.faces),
        *map(letter.words, ("四、存在的问题", problems(review.open))),
        *map(letter.words, ("五、下一步打算", intentions(review.open))),
    ]


def _attachments(
    review: PeriodReview, pairs: Sequence[Pair], letter: Letter
) -> Iterator[Attachment]:
    faces = letter.faces
    if still := review.open:
        listed = still[:MOST_LISTED]
        day = min(review.period.end, review.day)
        table = open_table(listed, day, review.names, faces=faces, width=WIDE.text_width)
        rest = len(still) - len(listed)
        more = [letter.note(f"其余{rest}项见隐患排查治理台账。")] if rest else []
        yield Attachment("期末未销号隐患清单", [table, *more], WIDE)
    if pairs:
        shown = [
            KeepTogether(
                [
                    letter.note(f"{number}. {pair.words}"),
                    *photo_rows([pair.before, pair.after], faces=faces, height=PHOTO),
                ]
            )
            for number, pair in enumerate(pairs, 1)
        ]
        yield Attachment("整改前后对照照片", shown)
