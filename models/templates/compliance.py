"""Whether answers are 达标, and the rate of an area.

domain B.4: 达标率 = 达标题数 ÷ (应答题数 − 不适用题数), over mandatory items whose rules the school
keeps and were in force on the day. Items that several stages answer apart count once, and are 达标
when each answer is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from models.records.figures import Rate
from models.records.five_management import in_force
from models.templates.five_management import Line, Rule


class Verdict(Enum):
    """What an answer comes to."""

    COMPLIANT = "达标"
    NONCOMPLIANT = "不达标"
    NOT_APPLICABLE = "不适用"
    UNANSWERED = "未答"
    NOT_COUNTED = "不计"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is judged: its value (None where missing) and what was written beside it."""

    value: object = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Both numbers of an area's rate, and how many items still want an answer."""

    rate: Rate
    unanswered: int


def judge(
    line: Line, given: Mapping[str, Given], rule_sets: Iterable[str], checked_on: date
) -> Verdict:
    """The verdict of one line by the rules that were in force on the day of the check.

    `given` holds the answers of the sheet by line id.
    """
    chosen = in_force(rule_sets, checked_on)
    rules = [rule for rule in line.item.rules if rule.rule_set in chosen]
    if not line.item.counts or not rules:
        return Verdict.NOT_COUNTED
    mine = given.get(line.id, Given())
    if mine.value is None:
        return Verdict.UNANSWERED
    if mine.value == "na":
        return Verdict.NOT_APPLICABLE
    if line.item.detail and mine.value == "yes" and not mine.detail:
        return Verdict.NONCOMPLIANT
    held = [_holds(rule, line, mine.value, given, checked_on) for rule in rules]
    if None in held:
        return Verdict.UNANSWERED
    return Verdict.COMPLIANT if all(held) else Verdict.NONCOMPLIANT


def figures(
    lines: Iterable[Line], given: Mapping[str, Given], rule_sets: Iterable[str], checked_on: date
) -> dict[str, AreaFigures]:
    """The figures of each area that has lines."""
    chosen = frozenset(rule_sets)
    by_item: dict[tuple[str, str], list[Verdict]] = {}
    for line in lines:
        verdict = judge(line, given, chosen, checked_on)
        by_item.setdefault((line.item.area, line.item.id), []).append(verdict)
    tallies: dict[str, list[Verdict]] = {}
    for (area, _item), verdicts in by_item.items():
        tallies.setdefault(area, []).append(_together(verdicts))
    return {area: _figures(verdicts) for area, verdicts in tallies.items()}


def rate_of(line: Line, given: Mapping[str, Given]) -> Rate | None:
    """What the counts of an answer come to, such as 超时 of 抽测; None where one is missing.

    A part that is more than its whole is a mistake (`models.templates.doubts`), and no rate.
    """
    value = given.get(line.id, Given()).value
    if not line.item.rate or value is None:
        return None
    if isinstance(value, tuple):
        whole, part = value
    else:
        ((_other, whole),) = others_of(line, given)
        part = value
    return Rate(part, whole) if whole is not None and part <= whole else None


def others_of(line: Line, given: Mapping[str, Given]) -> list[tuple[str, Any]]:
    """(line, its value) of each other answer that this one is to equal; None where missing."""
    others = [rule.value for rule in line.item.rules if rule.op == "eq_item"]
    return [(other, given.get(other, Given()).value) for other in others]


def _figures(verdicts: list[Verdict]) -> AreaFigures:
    compliant = verdicts.count(Verdict.COMPLIANT)
    unanswered = verdicts.count(Verdict.UNANSWERED)
    asked = compliant + unanswered + verdicts.count(Verdict.NONCOMPLIANT)
    return AreaFigures(Rate(compliant, asked), unanswered)


def _together(verdicts: list[Verdict]) -> Verdict:
    """The verdict of an item over the stages that answered it apart: the worst of them."""
    order = (Verdict.NONCOMPLIANT, Verdict.UNANSWERED, Verdict.COMPLIANT, Verdict.NOT_APPLICABLE)
    return next((verdict for verdict in order if verdict in verdicts), Verdict.NOT_COUNTED)


def _holds(
    rule: Rule, line: Line, value: object, given: Mapping[str, Given], checked_on: date
) -> bool | None:
    """Whether the rule holds; None where it asks for another answer that is missing."""
    if rule.op == "within_days":
        assert isinstance(value, date)
        return 0 <= (checked_on - value).days <= int(rule.value)
    if rule.op == "eq_item":
        other = given.get(rule.value, Given()).value
        return None if other is None else value == other
    wanted = rule.wants(line.stages[0])
    if isinstance(value, time):
        wanted = time.fromisoformat(wanted)
    elif isinstance(value, int | Decimal):
        wanted = Decimal(str(wanted))
    if rule.op == "eq":
        return bool(value == wanted)
    return bool(value >= wanted if rule.op == "ge" else value <= wanted)
