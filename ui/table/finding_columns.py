"""The columns of the list of findings, and which of them a table of some width has room for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from models.ledger.findings import FindingRow
from models.records.finding import CATEGORIES
from ui.colours import Tone
from ui.table.finding_words import SHORT_LEVELS, days_left, level_tone, short_state, state_tone

LEAST_WORDS, MANY_WORDS = 120, 260  # what the description keeps beside a column
UNIT_WIDTH = 140


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, words and tone of a row.

    A `spare` column is left out where the description would keep less than `leaves` pixels
    beside it, the most spare one first.
    """

    title: str
    width: int
    words: Callable[[FindingRow, date], str]
    tone: Callable[[FindingRow, date], Tone | None] = lambda _row, _today: None
    pill: bool = False
    spare: int = 0
    leaves: int = LEAST_WORDS


def _due_tone(row: FindingRow, today: date) -> Tone | None:
    tone = days_left(row.deadline, row.state, today)[1]
    return None if tone is Tone.GREY else tone


def _due_words(row: FindingRow, today: date) -> str:
    """The days left where they are few or negative, else the day itself."""
    if row.deadline is None:
        return ""
    words, tone = days_left(row.deadline, row.state, today)
    return words if tone is not Tone.GREY else row.deadline.isoformat()


COLUMNS = (
    Column("编号", 94, lambda row, _: row.number),
    Column("日期", 98, lambda row, _: row.found_on.isoformat(), spare=6, leaves=MANY_WORDS),
    Column("部位", 108, lambda row, _: row.place, spare=4),
    Column("隐患描述", 0, lambda row, _: row.description.replace("\n", " ")),
    Column(
        "类别",
        108,
        lambda row, _: CATEGORIES.get(row.category, row.category),
        spare=8,
        leaves=MANY_WORDS,
    ),
    Column(
        "等级",
        60,
        lambda row, _: SHORT_LEVELS.get(row.level, row.level) or "未定",
        lambda row, _: level_tone(row.level),
        pill=True,
        spare=5,
    ),
    Column(
        "状态",
        98,
        lambda row, _: short_state(row.state),
        lambda row, _: state_tone(row.state),
        pill=True,
        spare=3,
    ),
    Column("时限", 102, _due_words, _due_tone, spare=2),
    Column("责任人", 84, lambda row, _: row.responsible, spare=7, leaves=MANY_WORDS),
)


def shown_columns(columns: Sequence[Column], width: int) -> list[Column]:
    """The columns for which a table of this width has room."""
    shown = [column for column in columns if not column.spare]
    for column in sorted(columns, key=lambda column: column.spare):
        if column.spare:
            if sum(c.width for c in (*shown, column)) + column.leaves > width:
                break
            shown.append(column)
    return shown
