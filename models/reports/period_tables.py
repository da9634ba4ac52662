"""The tables of a period report: its figures by group, level, state, source; what is open."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from models.records.finding import LEVELS, SOURCES, STATES
from models.records.period_figures import Course, tally
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, Sum, TableRow, fast_table
from models.reports.paper.grid import Grid
from models.reports.period_words import PeriodReview
from models.reports.report import short_day

SIZE = 9.0
FIGURES = (
    Column("项目", 112),
    *(Column(title, 34, "R") for title in ("期初", "新增", "销号", "期末")),
    Column("新排查", 40, "R"),
    Column("已整改", 40, "R"),
    Column("整改率", 52, "R"),
    Column("逾期", 34, "R"),
)
OPEN = (
    Column("序号", 28, "C"),
    Column("编号", 54, "C"),
    Column("部位", 76),
    Column("隐患"),
    Column("等级", 30, "C"),
    Column("责任人", 46, "C"),
    Column("时限", 54, "C"),
    Column("情况", 60, "C"),
)
UNGRADED, UNTOLD = "未定级", "未注明"


def figures_table(review: PeriodReview, faces: Faces, width: float) -> Grid:
    """Opening, new, closed and closing of each group; every block has the same sum."""
    rows: list[TableRow] = []
    blocks = (
        (f"按{review.grouping}", review.groups),
        ("按等级", sorted_by(review.courses, _level, (*LEVELS.values(), UNGRADED))),
        ("按期末状态", sorted_by(review.courses, _state, [*STATES.values()])),
        ("按检查类型", sorted_by(review.courses, _source, (*SOURCES.values(), UNTOLD))),
    )
    for title, groups in blocks:
        rows.append(Group(title))
        rows += [(name, *_figures(courses)) for name, courses in groups.items()]
    rows.append(Sum("合计", _figures(review.courses)))
    return fast_table(FIGURES, rows, faces=faces, width=width, size=SIZE)


def sorted_by(
    courses: Iterable[Course], name_of: Callable[[Course], str], names: Sequence[str]
) -> Mapping[str, list[Course]]:
    """The courses under their names, in the order of the names; what has none is left out."""
    found: dict[str, list[Course]] = {name: [] for name in names}
    for course in courses:
        found[name_of(course)].append(course)
    return {name: group for name, group in found.items() if group}


def _level(course: Course) -> str:
    return LEVELS.get(course.standing.level or "", UNGRADED)


def _state(course: Course) -> str:
    return STATES[course.standing.state]


def _source(course: Course) -> str:
    return SOURCES.get(course.finding.source or "", UNTOLD)


def _figures(courses: Sequence[Course]) -> tuple[str, ...]:
    counts = tally(courses)
    numbers = (counts.opening, counts.new, counts.closed, counts.closing, counts.found)
    return (
        *map(str, numbers),
        str(counts.rectified),
        counts.rectification.percent(),
        str(counts.overdue),
    )


def open_table(
    still: Sequence[Course],
    day: date,
    names: Mapping[str, str] | None,
    *,
    faces: Faces,
    width: float,
) -> Grid:
    """What is open, with the days it is late; the unit beside the place where there are several."""
    rows = [
        (
            str(number),
            course.finding.number or "",
            "\n".join(filter(None, (_unit(course, names), course.finding.place))),
            course.finding.description or "",
            _level(course).removesuffix("隐患"),
            course.finding.responsible or "",
            short_day(course.standing.deadline),
            _where(course, day),
        )
        for number, course in enumerate(still, 1)
    ]
    return fast_table(OPEN, rows, faces=faces, width=width, size=SIZE)


def _unit(course: Course, names: Mapping[str, str] | None) -> str:
    return names.get(course.finding.unit, course.finding.unit) if names else ""


def _where(course: Course, day: date) -> str:
    deadline = course.standing.deadline
    late = f"\n逾期{(day - deadline).days}天" if course.is_overdue and deadline else ""
    return STATES[course.standing.state] + late
