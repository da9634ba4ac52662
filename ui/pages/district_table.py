"""The schools as rows: when each last reported, what is missing, refused, to be decided."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from models.ledger.district import UnitRow
from models.records.figures import Rate
from ui.colours import Tone
from ui.moments import local_time
from ui.table.row_table import Cell, Column, Row, number_cell

LATE_DAYS = 30  # 迟报: no bundle for more days than this
COLUMNS = (
    Column("学校"),
    Column("最近数据包", 140, spare=4),
    Column("距今", 92, right=True, tip=f"最近一个数据包到今天的天数；超过 {LATE_DAYS} 天为迟报"),
    Column("本月零报告", 92, tip="本月报过数据，没有新登记的隐患"),
    Column("缺数据", 70, right=True, tip="中间缺了数据包，后面的先存着；请向学校再要一次"),
    Column("退回", 60, right=True, spare=1, tip="没有采用的修改条数"),
    Column("要决定的", 80, right=True, tip="两边都改过、要人来定的处数"),
    Column("隐患", 60, right=True, spare=2, tip="登记的隐患处数"),
    Column("未销号", 66, right=True),
    Column("逾期", 60, right=True),
    Column("重大", 60, right=True, spare=3, tip="未销号的重大隐患处数"),
    Column("整改率", 76, right=True, spare=5),
    Column("记录", 70, right=True, spare=8, tip="已收到的记录条数"),
    Column("五项自查", 80, right=True, spare=7, tip="已填写的自查表份数"),
    Column("培训活动", 80, right=True, spare=6),
)


def unit_rows(units: Sequence[UnitRow], decisions: Counter[str], today: date) -> list[Row]:
    """One row for each school; who has not reported for longest stands first."""
    ordered = sorted(units, key=lambda row: (row.last_bundle, row.name))
    return [_row(row, decisions[row.unit], today) for row in ordered]


def days_since(row: UnitRow, today: date) -> int | None:
    """Days since the last bundle came in; None where none ever came."""
    if not row.last_bundle:
        return None
    return max(0, (today - _day(row.last_bundle)).days)


def is_late(row: UnitRow, today: date) -> bool:
    """迟报: nothing for too long, or never anything."""
    days = days_since(row, today)
    return days is None or days > LATE_DAYS


def zero_report(row: UnitRow, today: date) -> bool:
    """本月零报告: reported this month, and no finding of this month."""
    if not row.last_bundle or row.found_now:
        return False
    last = _day(row.last_bundle)
    return (last.year, last.month) == (today.year, today.month)


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone().date()


def _row(row: UnitRow, decisions: int, today: date) -> Row:
    counts = row.counts
    rate = Rate(counts.rectified, counts.total)
    cells = (
        Cell(row.name),
        Cell(local_time(row.last_bundle), row.last_bundle),
        _since(row, today),
        Cell("零报告" if zero_report(row, today) else "—"),
        Cell(
            f"{row.missing} 段" if row.missing else "—",
            row.missing,
            Tone.ORANGE if row.missing else None,
        ),
        _warning(row.refused, Tone.ORANGE),
        _warning(decisions, Tone.ORANGE),
        number_cell(counts.total),
        number_cell(counts.open),
        _warning(counts.late, Tone.RED),
        _warning(counts.major, Tone.RED),
        Cell(rate.percent(1), rate.part / rate.whole if rate.whole else -1.0),
        number_cell(row.lines),
        number_cell(row.checklists),
        number_cell(row.sessions),
    )
    return Row(row.unit, cells)


def _since(row: UnitRow, today: date) -> Cell:
    days = days_since(row, today)
    if days is None:
        return Cell("没有报过", 100_000, Tone.RED)
    if is_late(row, today):
        return Cell(f"迟报 {days} 天", days, Tone.RED)
    return Cell("今天" if not days else f"{days} 天", days)


def _warning(number: int, tone: Tone) -> Cell:
    return number_cell(number, tone=tone if number else None)
