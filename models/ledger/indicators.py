"""The list of indicators as the user brings it, and the scores people give themselves.

The 42 indicators of the seed are not public: the program brings an empty list to fill.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.ledger.same_person import everyone_of, standing
from models.problems import Problem
from models.records.development import Indicator, SelfAssessment
from models.records.figures import rounded
from models.records.record import fields_of, problems_of

HEADINGS = {"类别": "section", "序号": "number", "指标": "name", "满分": "full_marks"}
_ORDER = tuple(HEADINGS.values())
FULL_MARKS = 10
MOST_INDICATORS = 500
FEWEST_AXES = 3
TOO_MANY = f"一份清单最多 {MOST_INDICATORS} 项，多出的没有读入。请检查粘贴的内容。"


def template() -> bytes:
    """An empty list for Excel: CSV with the mark by which it knows UTF-8."""
    return ("\ufeff" + ",".join(HEADINGS) + "\r\n").encode()


@dataclass(frozen=True, slots=True)
class ReadList:
    """What was read from a list: indicators, and the problem of each line that gave none."""

    indicators: Sequence[Indicator]
    problems: Mapping[int, str]


def read_indicators(text: str) -> ReadList:
    """Read CSV, or rows copied from Excel: 类别, 序号, 指标, 满分, in this order or as headed."""
    tabbed = "\t" in text
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter="\t" if tabbed else ",")
    found: dict[tuple[str | None, str | None], Indicator] = {}
    problems: dict[int, str] = {}
    order: Sequence[str] = _ORDER
    section = ""
    for number, cells in enumerate(_safe(rows), 1):
        bare = ["".join(cell.split()) for cell in cells]
        if "指标" in bare:
            order = [HEADINGS.get(heading, "") for heading in bare]
        elif any(bare):
            given = dict(zip(order, cells, strict=False))
            # a merged cell of Excel stands in its first row only
            section = given["section"] = (given.get("section") or "").strip() or section
            try:
                one = _indicator(given, len(found) + 1)
                found.setdefault((one.section, one.name), one)
            except Problem as problem:
                problems[number] = str(problem)
        if len(found) > MOST_INDICATORS:
            return ReadList([*found.values()][:MOST_INDICATORS], {**problems, number: TOO_MANY})
    return ReadList([*found.values()], problems)


def _safe(rows: "csv._reader") -> list[list[str]]:  # type: ignore[name-defined]
    try:
        return [*rows]
    except csv.Error:
        raise Problem("这份清单读不出来。请从 Excel 里重新复制，或另存为 CSV 后再试。") from None


def _indicator(given: Mapping[str, str], number: int) -> Indicator:
    kinds = fields_of(Indicator)
    answers: dict[str, Any] = {
        name: kinds[name].parse(text) if (text := given.get(name, "").strip()) else None
        for name in _ORDER
    }
    answers["number"] = answers["number"] or number
    answers["full_marks"] = answers["full_marks"] or FULL_MARKS
    one = Indicator(**answers, state="used")
    if wrong := problems_of(one):
        raise next(iter(wrong.values()))
    return one


class Change(NamedTuple):
    """What taking a list in would do."""

    new: Sequence[Indicator]
    changed: Sequence[tuple[Indicator, Indicator]]  # as it will be, as it is
    retired: Sequence[Indicator]

    def words(self) -> str:
        """In a sentence, before anything is done."""
        parts = [f"新增 {len(self.new)} 项", f"更新 {len(self.changed)} 项"]
        if self.retired:
            parts.append(f"停用清单里没有的 {len(self.retired)} 项（得分保留）")
        return "，".join(parts) + "。"


def change_of(ledger: Ledger, listed: Sequence[Indicator]) -> Change:
    """The list takes the place of the one that stands: same category and words, same indicator."""
    every = ledger.all(Indicator, unit=ledger.unit)
    twins = _twins(every)
    here = {(one.section, one.name): one for one in every if twins[one.id] == one.id}
    new = [one for one in listed if (one.section, one.name) not in here]
    pairs = [(one, here[key]) for one in listed if (key := (one.section, one.name)) in here]
    joined = [(replace(one, id=old.id, unit=old.unit), old) for one, old in pairs]
    kept = {old.id for _one, old in joined}
    gone = [one for one in every if twins[one.id] not in kept and one.state != "retired"]
    return Change(new, [(one, old) for one, old in joined if one != old], gone)


def take_list(ledger: Ledger, listed: Sequence[Indicator]) -> Change:
    """Take the list in, in one transaction."""
    with ledger.transaction():
        change = change_of(ledger, listed)
        for one in change.new:
            ledger.save(one)
        for one, old in change.changed:
            ledger.save(one, old)
        for old in change.retired:
            ledger.save(replace(old, state="retired"), old)
    return change


def indicators(ledger: Ledger) -> list[Indicator]:
    """Those in use, by category as first listed, then by number."""
    every = ledger.all(Indicator, unit=ledger.unit)
    twins = _twins(every)
    used = [one for one in every if one.state != "retired" and twins[one.id] == one.id]
    sections = {one.section: at for at, one in reversed([*enumerate(used)])}
    return sorted(used, key=lambda one: (sections[one.section], one.number or 0))


def _twins(every: Sequence[Indicator]) -> dict[str, str]:
    """Which indicator stands for each: two PCs that take one list in apart enter each of it twice.

    One in use goes before one that is not, then the smaller id, so that every PC says the same.
    """
    first: dict[tuple[str | None, str | None], str] = {}
    for one in sorted(every, key=lambda one: (one.state == "retired", one.id)):
        first.setdefault((one.section, one.name), one.id)
    return {one.id: first[one.section, one.name] for one in every}


def scores(ledger: Ledger, person: str, period: str) -> dict[str, SelfAssessment]:
    """What a person was given in a period, by the indicator's id.

    Also what whoever was merged into them was given; their own goes before it.
    """
    twins = _twins(ledger.all(Indicator, unit=ledger.unit))
    found: dict[str, SelfAssessment] = {}
    for one in reversed(everyone_of(ledger, person)):
        given = ledger.all(SelfAssessment, person=one, period=period)
        stands = [(twins.get(mark.indicator or "", mark.indicator or ""), mark) for mark in given]
        found |= sorted(stands, key=lambda pair: pair[0] == pair[1].indicator)
    return found


def periods_of(ledger: Ledger) -> list[str]:
    """The periods for which there are scores, the last first."""
    rows = ledger.rows(
        "SELECT DISTINCT period FROM self_assessment WHERE NOT deleted AND unit = ?", (ledger.unit,)
    )
    return sorted((str(period) for (period,) in rows if period), reverse=True)


def assessed(ledger: Ledger) -> list[tuple[str, str]]:
    """(person, period) of everybody who has scores, the last period first."""
    rows = ledger.rows(
        "SELECT DISTINCT person, period FROM self_assessment"
        " WHERE NOT deleted AND unit = ? ORDER BY period DESC",
        (ledger.unit,),
    )
    stands = standing(ledger)
    return [*dict.fromkeys((stands.get(person, person), str(period)) for person, period in rows)]


def score(
    ledger: Ledger, indicator: Indicator, person: str, period: str, **answers: object
) -> SelfAssessment:
    """Keep answers of one line of the sheet; raises the Problem of a score above the full marks."""
    key = (person, period, indicator.id)
    seen = ledger.get(SelfAssessment, natural_id(ledger.unit, SelfAssessment.table, key))
    shown = seen or scores(ledger, person, period).get(indicator.id, SelfAssessment())
    known = seen or replace(
        shown, id="", unit="", person=person, period=period, indicator=indicator.id
    )
    typed = replace(known, **answers)  # type: ignore[arg-type]
    most = indicator.full_marks or 100
    if any(mark is not None and mark > most for mark in (typed.own_score, typed.peer_score)):
        raise Problem(f"这一项满分 {most} 分，得分不能更高，请检查。")
    if wrong := problems_of(typed):
        raise next(iter(wrong.values()))
    return ledger.save(typed, seen)


class Part(NamedTuple):
    """A category in percent of its full marks; None where nothing was scored."""

    name: str
    own: int | None
    peer: int | None


def parts_of(listed: Sequence[Indicator], given: Mapping[str, SelfAssessment]) -> list[Part]:
    """The categories that were scored; with fewer than three of them, the indicators themselves."""
    sections = [*dict.fromkeys(one.section or "" for one in listed)]
    groups = {name: [one for one in listed if one.section == name] for name in sections}
    if len(sections) < FEWEST_AXES:
        groups = {f"{one.number}. {one.name}": [one] for one in listed}
    parts = [
        Part(name, _percent(ones, given, "own_score"), _percent(ones, given, "peer_score"))
        for name, ones in groups.items()
    ]
    return [part for part in parts if part.own is not None or part.peer is not None]


def _percent(
    ones: Sequence[Indicator], given: Mapping[str, SelfAssessment], kind: str
) -> int | None:
    """The marks of those that were scored, of their full marks."""
    marks = [(getattr(given[one.id], kind), one.full_marks) for one in ones if one.id in given]
    counted = [(Decimal(mark), full or FULL_MARKS) for mark, full in marks if mark is not None]
    whole = sum(full for _mark, full in counted)
    if not whole:
        return None
    return int(rounded(sum((mark for mark, _ in counted), Decimal(0)) * 100 / whole, 0))
