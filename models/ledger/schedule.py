"""What is due by the schedule, and what shows that it was done; four queries, whatever there is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from models.ledger.compact import pack
from models.ledger.history import moment
from models.ledger.ledger import Ledger
from models.records.organisation import Organisation
from models.records.periods import Period
from models.records.routines import ROUTINES, Deed, routines_of
from models.records.schedule import Due, due
from models.records.school_days import VACATIONS, SchoolDays, Vacations, usual_vacation

# Enough to see last year's stretch of what is due once a year.
LOOKED_BACK = timedelta(days=731)
SWAPPED = "vacation.swapped"
_ITEMS = sorted({routine.item for routine in ROUTINES if routine.item})


def schedule(ledger: Ledger, today: date) -> list[Due]:
    """All that this school has to do again and again, as it stands today; none of an office."""
    routines = routines_of(ledger.organisation or Organisation())
    if not routines:
        return []
    found = deeds(ledger, today - LOOKED_BACK)
    return due(routines, found, today, school_days(ledger, today.year), founded(ledger))


def deeds(ledger: Ledger, since: date) -> list[Deed]:
    """The inspections that ended, the drills and the lessons of this school since a day."""
    args = (ledger.unit, since.isoformat())
    return [*_inspections(ledger, args), *_drills(ledger, args), *_lessons(ledger, args)]


def founded(ledger: Ledger) -> date:
    """The day on which this unit began to use the program, by its first person."""
    ((first,),) = ledger.rows("SELECT min(c_t) FROM person WHERE unit = ?", (ledger.unit,))
    return moment(first or 0).astimezone().date()


def _inspections(ledger: Ledger, args: Sequence[str]) -> list[Deed]:
    rows = ledger.rows(
        "SELECT id, kind, started, categories FROM inspection"
        " WHERE unit = ? AND deleted = 0 AND ended IS NOT NULL AND started >= ?",
        args,
    )
    passed = _passed(ledger, args)
    found = []
    for record, kind, started, categories in rows:
        if day := _day(started):
            scope = frozenset(str(categories or "").split(",")) - {""}
            items = frozenset(passed.get(record, ()))
            deed = Deed(record="inspection", kind=kind, day=day, scope=scope, items=items)
            found.append(deed)
    return found


def _passed(ledger: Ledger, args: Sequence[str]) -> dict[str, list[str]]:
    """Which of the items that a routine asks about passed, by inspection."""
    rows = ledger.rows(
        "SELECT inspection, item FROM inspection_answer WHERE result = 'passed' AND deleted = 0"
        " AND item IN (SELECT value FROM json_each(?)) AND inspection IN (SELECT id FROM inspection"
        " WHERE unit = ? AND started >= ?)",
        (pack(_ITEMS), *args),
    )
    by_inspection: dict[str, list[str]] = {}
    for inspection, item in rows:
        by_inspection.setdefault(inspection, []).append(item)
    return by_inspection


def _drills(ledger: Ledger, args: Sequence[str]) -> list[Deed]:
    """A drill of whatever kind in which the evacuation was measured is one of evacuation too."""
    rows = ledger.rows(
        "SELECT kind, held, evacuation_seconds FROM drill"
        " WHERE unit = ? AND deleted = 0 AND held >= ?",
        args,
    )
    found = []
    for kind, held, seconds in rows:
        kinds = {kind, "evacuation"} if seconds else {kind}
        if day := _day(held):
            found += [Deed(record="drill", kind=one, day=day) for one in kinds]
    return found


def _lessons(ledger: Ledger, args: Sequence[str]) -> list[Deed]:
    rows = ledger.rows(
        "SELECT form, held_on, category FROM safety_lesson"
        " WHERE unit = ? AND deleted = 0 AND held_on >= ?",
        args,
    )
    return [
        Deed(record="safety_lesson", kind=form, day=day, scope=frozenset({category} - {None}))
        for form, held, category in rows
        if (day := _day(held))
    ]


def _day(plain: Any) -> date | None:
    """The day of a moment; None where a stranger's bundle wrote what is none."""
    try:
        return date.fromisoformat(str(plain)[:10])
    except ValueError:
        return None


# ---- vacations -------------------------------------------------------------------------------


def school_days(ledger: Ledger, year: int) -> SchoolDays:
    """The days of school of a year and its neighbours, with the vacations that were said."""
    said = {}
    for season in VACATIONS:
        for about in range(year - 2, year + 2):
            first, _, last = ledger.setting(_name(season, about)).partition("/")
            start, end = _day(first), _day(last)
            if start and end:
                said[season, about] = Period(start, end)
    swapped = map(_day, ledger.setting(SWAPPED).split(","))
    return SchoolDays(said, frozenset(day for day in swapped if day))


def vacations(ledger: Ledger, year: int) -> Vacations:
    """The vacations of a year, as they were said or as they usually are."""
    days = school_days(ledger, year)
    winter, summer = (days.vacation(season, year) for season in VACATIONS)
    return Vacations(
        winter_start=winter.start,
        winter_end=winter.end,
        summer_start=summer.start,
        summer_end=summer.end,
        swapped=days.swapped or None,
    )


def set_vacations(ledger: Ledger, said: Vacations) -> None:
    """Keep them on this PC; a vacation that is as usual is not kept."""
    with ledger.transaction():
        for season, vacation in said.by_season.items():
            year = vacation.start.year
            usual = vacation == usual_vacation(season, year)
            words = "" if usual else f"{vacation.start.isoformat()}/{vacation.end.isoformat()}"
            ledger.set_setting(_name(season, year), words)
        ledger.set_setting(SWAPPED, ",".join(map(date.isoformat, sorted(said.swapped or ()))))


def _name(season: str, year: int) -> str:
    return f"vacation.{season}.{year}"
