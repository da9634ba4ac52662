"""Findings as people work with them: registered with a number, taken through steps, listed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from models.ledger.compact import unpack
from models.ledger.derived import steps_of, steps_of_all
from models.ledger.finding_filter import FindingFilter
from models.ledger.finding_list import AllFindings
from models.ledger.ledger import Ledger
from models.ledger.sides import THIS_SIDE, office_name, refusal, this_side
from models.problems import Problem
from models.records.finding import Finding, FindingStep, Photo
from models.records.periods import latest
from models.records.workflow import (
    AWAITING_RECHECK,
    RECTIFIED_STATES,
    Standing,
    is_due_soon,
    is_overdue,
    state_of,
    step_problems,
)

_DOCUMENT = re.compile(r"(.*)〔(\d{4})〕(\d{1,9})号")
# A list of hits is cut here; a filter looks through more of them.
MOST_HITS, MOST_SEARCHED = 500, 5000


class FindingRow(NamedTuple):
    """One line of the list: what the columns show, but for what the steps came to."""

    id: str
    number: str
    found_on: date
    place: str
    description: str
    category: str
    level: str
    state: str
    deadline: date | None
    responsible: str
    unit: str
    finder: str
    department: str
    measures: str
    funding: str
    interim: str
    contingency: str
    rectified_on: date | None
    closed_on: date | None
    note: str


_NOW = {
    "level": "now_level",
    "state": "now_state",
    "deadline": "now_deadline",
    "rectified_on": "now_rectified",
    "closed_on": "now_closed",
}
_DAYS = frozenset({"found_on", "deadline", "rectified_on", "closed_on"})
_COLUMNS = ", ".join(_NOW.get(name, name) for name in FindingRow._fields)


class Counts(NamedTuple):
    """The figures of the day page; `rectified` as domain C.6 counts it."""

    total: int
    open: int
    late: int
    due: int
    recheck: int
    closed: int
    rectified: int
    major: int


NONE = Counts(*[0] * 8)
Group = tuple[str, str, str | None, str | None, int]


def register(ledger: Ledger, finding: Finding) -> Finding:
    """Save a new finding under the next number of its year."""
    with ledger.transaction():
        year = finding.found_on.year if finding.found_on else ledger.clock().year
        unit = finding.unit or ledger.unit
        numbered = replace(finding, number=finding.number or _next_number(ledger, unit, year))
        return ledger.save(numbered)


def _next_number(ledger: Ledger, unit: str, year: int) -> str:
    """2026-0012. A name for people, not identity: two PCs may give the same one."""
    between = (unit, f"{year}-", f"{year}.")
    where = "FROM finding WHERE unit = ? AND number >= ? AND number < ?"
    last = ledger.rows(f"SELECT max(number) {where}", between)[0][0] or ""
    if len(last) != len("2026-0012") or last.endswith("9999"):  # text and number differ in order
        last = ledger.rows(f"SELECT max(CAST(substr(number, 6) AS INTEGER)) {where}", between)[0][0]
    else:
        last = int(last[5:]) if last[5:].isdecimal() else 0
    return f"{year}-{(last or 0) + 1:04}"


def next_document_number(ledger: Ledger, kind: str, year: int) -> str:
    """〔2026〕12号: the next number of a kind of step's document, without leading zeros.

    What stood before the year last time, such as 示教安改, stands there again. A school and its
    office each have a series of their own; that of the office runs through all schools.
    """
    rows = ledger.rows(
        "SELECT t.document FROM finding_step t JOIN log l ON l.log_no = t.c_log"
        " WHERE t.unit IN (SELECT unit FROM log) AND t.kind = :kind"
        " AND t.document IS NOT NULL AND t.document LIKE '%〔____〕%号'"
        f" AND {THIS_SIDE} ORDER BY +t.no",  # few of many steps: by the index of documents
        {"kind": kind, **this_side(ledger)},
    )
    known = [match.groups() for (text,) in rows if (match := _DOCUMENT.fullmatch(str(text)))]
    name = known[-1][0] if known else ""
    numbers = [int(number) for one, of, number in known if (one, of) == (name, str(year))]
    return f"{name}〔{year}〕{max(numbers, default=0) + 1}号"


def supervisors(ledger: Ledger) -> list[str]:
    """The offices that supervised a finding of this unit, by name."""
    rows = ledger.rows(
        "SELECT DISTINCT office FROM finding_step WHERE unit = ? AND kind = 'supervised'"
        " AND document IS NOT NULL AND office IS NOT NULL ORDER BY office",
        (ledger.unit,),
    )
    return [str(office) for (office,) in rows]


def steps(ledger: Ledger, finding: Finding) -> list[FindingStep]:
    """The steps of a finding, each behind the one its author saw."""
    with ledger.reading() as db:
        return steps_of(db, finding.id)


def standing(ledger: Ledger, finding: Finding) -> Standing:
    """Where the finding stands now."""
    return state_of(finding, steps(ledger, finding))


def take_step(ledger: Ledger, finding: Finding, step: FindingStep) -> FindingStep:
    """Take a step that the rules allow; what they do not allow is a bug of the caller here.

    A step of an office bears its name, on paper and wherever it travels.
    """
    with ledger.transaction():
        taken = steps(ledger, finding)
        if problems := step_problems(finding, taken, step):
            raise ValueError(f"unchecked step: {problems}")
        after = taken[-1].id if taken else None
        step = replace(step, office=step.office or office_name(ledger))
        return ledger.save(replace(step, finding=finding.id, after=after, unit=finding.unit))


def problems_here(ledger: Ledger, finding: Finding, step: FindingStep) -> dict[str, Problem]:
    """Why this step may not be taken now, or not by this side: field → Problem."""
    taken = steps(ledger, finding)
    refused = refusal(ledger, finding, state_of(finding, taken), step.kind)
    return refused or step_problems(finding, taken, step)


def photos(ledger: Ledger, finding: Finding) -> list[Photo]:
    """The photos of a finding, before and after, oldest first."""
    return ledger.all(Photo, finding=finding.id)


def counts(ledger: Ledger, today: date) -> Counts:
    """The figures of today, of all units in this ledger."""
    return _sum(_groups(ledger), today)


def counts_by_unit(ledger: Ledger, today: date) -> dict[str, Counts]:
    """The figures of each unit that has findings here, in one reading of the table."""
    by_unit: dict[str, list[Group]] = {}
    for row in _groups(ledger):
        by_unit.setdefault(row[0], []).append(row)
    return {unit: _sum(rows, today) for unit, rows in by_unit.items()}


def _groups(ledger: Ledger) -> list[Group]:
    """(unit, state, level, deadline, how many): grouped as the index lies, so never sorted."""
    return ledger.rows(
        "SELECT unit, now_state, now_level, now_deadline, count(*) FROM finding"
        " INDEXED BY finding_state WHERE deleted = 0"
        " GROUP BY now_state, now_level, now_deadline, unit"
    )


def _sum(groups: Iterable[Group], today: date) -> Counts:
    found = dict.fromkeys(("total", "open", "late", "due", "recheck", "closed", "done", "major"), 0)
    for _unit, state, level, deadline, count in groups:
        is_open, day = state != "closed", _day(str(deadline))
        found["total"] += count
        found["open"] += count * is_open
        found["late"] += count * is_overdue(state, day, today)
        found["due"] += count * is_due_soon(state, day, today)
        found["recheck"] += count * (state in AWAITING_RECHECK)
        found["closed"] += count * (not is_open)
        found["done"] += count * (state in RECTIFIED_STATES)
        found["major"] += count * (is_open and level == "major")
    return Counts(*found.values())


def by_month(ledger: Ledger, today: date, months: int = 6) -> list[tuple[str, int, int]]:
    """(2026-11, found, closed) for the last months, oldest first."""
    names = latest(today, months)[::-1]
    found, closed = (
        dict(
            ledger.rows(
                f"SELECT substr({column}, 1, 7), count(*) FROM finding"
                f" WHERE deleted = 0 AND {column} >= ? GROUP BY 1",
                (names[0],),
            )
        )
        for column in ("found_on", "now_closed")
    )
    return [(name, found.get(name, 0), closed.get(name, 0)) for name in names]


def numbers(
    ledger: Ledger, wanted: FindingFilter | str, today: date, words: str = ""
) -> Sequence[int]:
    """Row numbers of what a filter or the view of this name shows; with words, of the newest
    matches."""
    chosen = wanted if isinstance(wanted, FindingFilter) else FindingFilter(view=wanted)
    if chosen.is_plain and not chosen.order and not words.strip():
        return AllFindings(ledger)
    source, args = listed(ledger, chosen, today, words)
    sql = f"SELECT no FROM {source} ORDER BY {chosen.order_by()}"
    # as one text: 100,000 rows fetched one by one would take three times as long
    ((text,),) = ledger.rows(f"SELECT json_group_array(no) FROM ({sql})", args)
    found: list[int] = unpack(text)
    return found


def listed(
    ledger: Ledger, chosen: FindingFilter, today: date, words: str = ""
) -> tuple[str, dict[str, str]]:
    """The table and the WHERE of what a filter shows, and the arguments of both."""
    if not words.strip():
        return f"{chosen.table()} WHERE {chosen.where()}", chosen.args(today)
    most = MOST_HITS if chosen.is_plain else MOST_SEARCHED
    matches = ", ".join(map(str, ledger.hits("finding", words, most))) or "NULL"
    # few rows, found by their numbers
    source = f"finding NOT INDEXED WHERE {chosen.where()} AND no IN ({matches})"
    return source, chosen.args(today)


def newest(ledger: Ledger, most: int) -> list[FindingRow]:
    """The newest findings, as the list shows them."""
    return page(ledger, AllFindings(ledger)[:most])


def number_of(ledger: Ledger, finding_id: str) -> int | None:
    """The row number of a finding, None where it is not here."""
    rows = ledger.rows("SELECT no FROM finding WHERE id = ? AND deleted = 0", (finding_id,))
    return rows[0][0] if rows else None


def page(ledger: Ledger, row_numbers: Sequence[int]) -> list[FindingRow]:
    """The rows of these numbers, in their order."""
    wanted = ", ".join(map(str, row_numbers))
    rows = ledger.rows(f"SELECT no, {_COLUMNS} FROM finding WHERE no IN ({wanted})")
    by_no = {row[0]: _row(row[1:]) for row in rows}
    return [by_no[no] for no in row_numbers if no in by_no]


def steps_of_many(ledger: Ledger, ids: Sequence[str]) -> dict[str, list[FindingStep]]:
    """The steps of these findings by the finding's id, in few queries."""
    with ledger.reading() as db:
        return steps_of_all(db, ids)


def _row(values: Sequence[str | None]) -> FindingRow:
    named = zip(FindingRow._fields, values, strict=True)
    given: dict[str, Any] = {
        name: _day(str(value)) if name in _DAYS else "" if value is None else str(value)
        for name, value in named
    }
    given["found_on"] = given["found_on"] or date(1990, 1, 1)
    given["state"] = given["state"] or "registered"
    return FindingRow(**given)


def _day(plain: str) -> date | None:
    """The day; None where there is none, or where a stranger's bundle wrote what is no day."""
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return None
