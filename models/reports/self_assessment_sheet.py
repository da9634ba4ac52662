"""能力自测表 of one person: the picture of the categories, then every indicator with its marks."""

from collections.abc import Mapping, Sequence
from datetime import date

from reportlab.platypus.flowables import Flowable

from models.assessment_chart import ScoredPart, in_words, radar
from models.records.development import Indicator, SelfAssessment
from models.records.person import Person
from models.records.record import show_answer
from models.reports.paper.chart_piece import ChartPiece
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Style
from models.reports.report import Report, SigningBlock, paragraph, printed_on, spread

TITLE = "能力自测表"
PAGE = official_page()
COLUMNS = (
    Column("序号", 28, "C"),
    Column("类别", 76, merged=True),
    Column("指标"),
    Column("满分", 32, "R"),
    Column("自评", 36, "R"),
    Column("互评", 36, "R"),
    Column("提升计划", 110),
)


def self_assessment_sheet(
    unit: str,
    day: date,
    person: Person,
    period: str,
    listed: Sequence[Indicator],
    given: Mapping[str, SelfAssessment],
    parts: Sequence[ScoredPart],
    *,
    faces: Faces,
) -> Report:
    """The scores of a period; `given` by the indicator's id."""
    plain = Style(faces.body, 12, 22, align="L", after=4)
    small = Style(faces.body, 10.5, 16, align="L", after=6)
    width, chart, words = PAGE.text_width, radar(parts), in_words(parts)
    head = [f"姓名：{person.name}", f"职务：{person.post or ''}", f"自测期：{period}"]
    rows = [_row(one, given.get(one.id, SelfAssessment())) for one in listed]
    story: list[Flowable] = [
        paragraph(TITLE, Style(faces.title, 22, 34, align="C", after=6)),
        *spread(head, plain, width),
        *([ChartPiece(chart, faces)] if chart else []),
        *([paragraph(words, small)] if words else []),
        fast_table(COLUMNS, rows, faces=faces, width=width, size=9.5),
        paragraph(_sums(listed, given), Style(faces.body, 12, 22, align="L", before=6)),
        SigningBlock(["本人签字：", "审核人："], f"{unit}（盖章）", printed_on(day), plain),
    ]
    return Report(TITLE, PAGE, story)


def _row(one: Indicator, scores: SelfAssessment) -> tuple[str, ...]:
    return (
        show_answer(one, "number"),
        one.section or "",
        one.name or "",
        show_answer(one, "full_marks"),
        show_answer(scores, "own_score"),
        show_answer(scores, "peer_score"),
        scores.plan or "",
    )


def _sums(listed: Sequence[Indicator], given: Mapping[str, SelfAssessment]) -> str:
    """What was scored, of how much: indicators without a score are not held against anybody."""
    words = []
    for title, name in (("自评", "own_score"), ("互评", "peer_score")):
        marks = [
            (mark, one.full_marks or 0)
            for one in listed
            if one.id in given and (mark := getattr(given[one.id], name)) is not None
        ]
        got, most = sum(mark for mark, _ in marks), sum(full for _, full in marks)
        words.append(
            f"{title}{len(marks)}项，得{got:f}分（满分{most}分）" if marks else f"{title}0项"
        )
    return f"共{len(listed)}项指标：{'；'.join(words)}。"
