"""What of a sheet wants a second look: contradictions to mend, oddities to mend or explain.

逻辑校验 holds answers against each other. 经验校验 holds an answer against the last period's and
against the bounds of its field; its limits are ours, a suggestion and no rule of any paper.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from models.records.fields import Number, Pair, TimeOfDay
from models.templates.compliance import Given, others_of, rate_of
from models.templates.five_management import Line

# By how much an answer may differ from the last one before it is asked about, by its unit.
USUAL_STEPS = {"%": Decimal(10), "小时": Decimal(1), "分钟": Decimal(15), "节": Decimal(1)}
USUAL_MINUTES = 30  # of a time of day
USUAL_SHARE, FEWEST = Decimal("0.5"), 5  # of what is counted: by half, and by more than five
# What may well be none at all.
COUNTED = frozenset({"部", "次", "人", "册", "种"})


class Doubt(NamedTuple):
    """What is strange about an answer, in words; a contradiction is to be mended."""

    words: str
    is_contradiction: bool = False


def doubts(
    lines: Iterable[Line],
    given: Mapping[str, Given],
    before: Mapping[str, Given],
    checked_on: date,
) -> dict[str, Doubt]:
    """The doubts of a sheet by line; `before` holds the answers of the last period."""
    known = {line.id: line for line in lines}
    found: dict[str, Doubt] = {}
    for line in known.values():
        if line.id in given and line.item.filled_by == "school":
            words = "；".join(_contradictions(line, given, known, checked_on))
            odd = "；".join(_oddities(line, given, before))
            if words or odd:
                found[line.id] = Doubt(words or odd, bool(words))
    return found


def _contradictions(
    line: Line, given: Mapping[str, Given], known: Mapping[str, Line], checked_on: date
) -> Iterator[str]:
    value = given[line.id].value
    if isinstance(value, date) and value > checked_on:
        yield "日期晚于填表日期"
    for other, whole in others_of(line, given):
        if isinstance(value, int) and isinstance(whole, int) and value > whole:
            yield f"填了 {value}，比“{known[other].label}”的 {whole} 还多"


def _oddities(line: Line, given: Mapping[str, Given], before: Mapping[str, Given]) -> Iterator[str]:
    if line.id in before and _is_sharp(line, given, before):
        field, old = line.field, before[line.id].value
        yield f"和上期（{field.show(old)}）相差较大"
    if _is_at_the_edge(line, given[line.id].value):
        yield "填的是可填范围的边界值"


def _is_sharp(line: Line, given: Mapping[str, Given], before: Mapping[str, Given]) -> bool:
    now, then = _amount(line, given), _amount(line, before)
    if now is None or then is None:
        return False
    step = abs(now - then)
    field = line.field
    if isinstance(field, TimeOfDay):
        return step > USUAL_MINUTES
    unit = field.unit if isinstance(field, Number) else "%"
    if unit in USUAL_STEPS:
        return step > USUAL_STEPS[unit]
    return step > FEWEST and step > then * USUAL_SHARE


def _amount(line: Line, given: Mapping[str, Given]) -> Decimal | None:
    """An answer as a number: minutes of a time, percent of a pair; None where it is none."""
    value = given[line.id].value
    if isinstance(value, time):
        return Decimal(value.hour * 60 + value.minute)
    if isinstance(value, int | Decimal):
        return Decimal(value)
    rate = rate_of(line, given) if isinstance(line.field, Pair) else None
    return Decimal(rate.part * 100) / rate.whole if rate and rate.whole else None


def _is_at_the_edge(line: Line, value: object) -> bool:
    """Whether it is the least or the most that can be answered, and not what is asked for."""
    field = line.field
    if isinstance(field, Pair) and isinstance(value, tuple):
        return bool(value[0] and value[0] == value[1])
    if not isinstance(field, Number | TimeOfDay):
        return False
    wanted = any(rule.op == "eq" and value == rule.value for rule in line.item.rules)
    none = isinstance(field, Number) and field.unit in COUNTED and value == 0
    return value in (field.low, field.high) and not wanted and not none
