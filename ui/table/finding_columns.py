"""The columns of the list of findings, and which of them a table of some width has room for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.ledger.findings import FindingRow
from models.records.finding import CATEGORIES, RECHECKS, FindingStep
from models.records.rechecks import last_recheck, spent
from ui.colours import Tone
from ui.table.finding_words import SHORT_LEVELS, days_left, level_tone, short_state, state_tone

LEAST_WORDS, MANY_WORDS = 120, 260  # what the description keeps beside a column
UNIT_WIDTH = 140


def _no_tone(_row: FindingRow, _today: date) -> Tone | None:
    return None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key (that of models.ledger.finding_filter.ORDERS where it can be sorted by),
    heading, words and tone of a row; `of_steps` gives the words where the row does not know them.

    A `spare` column is left out where the description would keep less than `leaves` pixels
    beside it, the most spare one first.
    """

    key: str
    title: str
    width: int
    words: Callable[[FindingRow, date], str]
    tone: Callable[[FindingRow, date], Tone | None] = _no_tone
    pill: bool = False
    spare: int = 0
    leaves: int = LEAST_WORDS
    of_steps: Callable[[Sequence[FindingStep]], str] | None = None


def _due_tone(row: FindingRow, today: date) -> Tone | None:
    tone = days_left(row.deadline, row.state, today)[1]
    return None if tone is Tone.GREY else tone


def _due_words(row: FindingRow, today: date) -> str:
    """The days left where they are few or negative, else the day itself."""
    if row.deadline is None:
        return ""
    words, tone = days_left(row.deadline, row.state, today)
    return words if tone is not Tone.GREY else row.deadline.isoformat()


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _guards(row: FindingRow, _today: date) -> str:
    return _line("；".join(filter(None, (row.interim, row.contingency))))


def _rechecked(words: Callable[[FindingStep], str]) -> Callable[[Sequence[FindingStep]], str]:
    def of_steps(steps: Sequence[FindingStep]) -> str:
        recheck = last_recheck(steps)
        return words(recheck) if recheck else ""

    return of_steps


def _spent(steps: Sequence[FindingStep]) -> str:
    cost = spent(steps)
    return "" if cost is None else str(cost)


def _of_steps(
    key: str, title: str, width: int, words: Callable[[Sequence[FindingStep]], str]
) -> Column:
    return Column(key, title, width, lambda _row, _today: "", of_steps=words)


# fmt: off
COLUMNS = (
    Column("number", "编号", 94, lambda row, _: row.number),
    Column(
        "found_on", "日期", 98, lambda row, _: row.found_on.isoformat(),
        spare=6, leaves=MANY_WORDS,
    ),
    Column("place", "部位", 108, lambda row, _: row.place, spare=4),
    Column("description", "隐患描述", 0, lambda row, _: _line(row.description)),
    Column(
        "category", "类别", 108, lambda row, _: CATEGORIES.get(row.category, row.category),
        spare=8, leaves=MANY_WORDS,
    ),
    Column(
        "level", "等级", 60, lambda row, _: SHORT_LEVELS.get(row.level, row.level) or "未定",
        lambda row, _: level_tone(row.level), pill=True, spare=5,
    ),
    Column(
        "state", "状态", 98, lambda row, _: short_state(row.state),
        lambda row, _: state_tone(row.state), pill=True, spare=3,
    ),
    Column("deadline", "时限", 102, _due_words, _due_tone, spare=2),
    Column("responsible", "责任人", 84, lambda row, _: row.responsible, spare=7, leaves=MANY_WORDS),
)
# The rest of the twenty columns of the ledger on paper (domain C.5), for whoever wants them.
MORE_COLUMNS = (
    Column("finder", "排查人", 84, lambda row, _: row.finder),
    Column("department", "责任部门", 108, lambda row, _: row.department),
    Column("measures", "整改措施", 200, lambda row, _: _line(row.measures)),
    Column("funding", "计划资金（元）", 116, lambda row, _: row.funding),
    _of_steps("spent", "实际花费（元）", 116, _spent),
    Column("guards", "临时防范措施/预案", 180, _guards),
    Column("rectified_on", "完成时间", 98, lambda row, _: _day(row.rectified_on)),
    _of_steps("rechecker", "复查人", 84, _rechecked(lambda step: step.person or "")),
    _of_steps("rechecked_on", "复查时间", 98, _rechecked(lambda step: _day(step.taken_on))),
    _of_steps("recheck", "复查结果", 84, _rechecked(lambda step: RECHECKS[step.kind or ""])),
    Column("closed", "是否销号", 84, lambda row, _: "是" if row.state == "closed" else "否"),
    Column("closed_on", "销号时间", 98, lambda row, _: _day(row.closed_on)),
    Column("note", "备注", 160, lambda row, _: _line(row.note)),
)
# fmt: on
USUAL = frozenset(column.key for column in COLUMNS) | {"unit"}


def width_of(column: Column, widths: Mapping[str, int]) -> int:
    """The width the person gave it, or its own; 0 takes what is left over."""
    return widths.get(column.key, column.width) if column.width else 0


def shown_columns(
    columns: Sequence[Column], width: int, widths: Mapping[str, int] | None = None
) -> list[Column]:
    """The columns for which a table of this width has room."""
    given = widths or {}
    shown = [column for column in columns if not column.spare]
    for column in sorted(columns, key=lambda column: column.spare):
        if column.spare:
            taken = sum(width_of(c, given) for c in (*shown, column))
            if taken + column.leaves > width:
                break
            shown.append(column)
    return shown
