"""Programmes (班次): their rosters, and how far each module has come against its plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.ledger.people import Taken, same, take_in
from models.ledger.same_person import everyone_of, standing, standing_people
from models.ledger.training import marks_of, trainees
from models.problems import AppError
from models.records.figures import credit_hours, rounded
from models.records.person import Person, some_names
from models.records.programme import Programme, Trainee
from models.records.quotas import LEAVE_BASIS, LEAVE_SHARE
from models.records.record import is_empty, numbered
from models.records.training import MODULES, PersonTotal, TrainingSession, counted_minutes


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module: hours that are planned, that were held, and that a trainee has on average."""

    module: str
    planned: int
    held: Decimal
    average: Decimal


class Enrolment(NamedTuple):
    """What became of a pasted roster."""

    taken: Taken
    enrolled: int
    unclear: Sequence[str]  # names that more than one person bears

    def words(self) -> str:
        """In sentences."""
        words = f"{self.taken.words()}加入班次 {self.enrolled} 人。"
        if self.unclear:
            words += f"{'、'.join(self.unclear)}有重名，没有加入；请在姓名后写上职务或部门再粘贴。"
        return words


def programmes(ledger: Ledger) -> list[Programme]:
    """The programmes of this unit, the one that began last first."""
    return arranged(ledger.all(Programme, unit=ledger.unit))


def arranged(found: Iterable[Programme]) -> list[Programme]:
    """The one that began last first; those without a day stand last."""
    return sorted(found, key=lambda one: (one.begins is not None, one.begins), reverse=True)


def sessions_of(ledger: Ledger, programme: str) -> list[TrainingSession]:
    """The sessions of a programme, in the order of their entry."""
    return ledger.all(TrainingSession, unit=ledger.unit, programme=programme)


def totals_of(ledger: Ledger, programme: str) -> list[PersonTotal]:
    """Everybody of the roster with their marks in the programme."""
    marked = marks_of(ledger, sessions_of(ledger, programme))
    return [
        PersonTotal(person, marked.get(person.id, ())) for _t, person in trainees(ledger, programme)
    ]


def progress(
    ledger: Ledger, programme: Programme, totals: Sequence[PersonTotal]
) -> list[ModuleProgress]:
    """Every module of a programme, in their order; `totals` are those of its trainees."""
    held = sessions_of(ledger, programme.id)
    found = []
    for module in MODULES:
        minutes: Counter[str] = Counter()
        for session in held:
            if session.module == module:
                minutes[session.hour_rule or ""] += counted_minutes(session, session.minutes)
        hours = sum((total.hours_of(module) for total in totals), Decimal(0))
        average = rounded(hours / len(totals), 2) if totals else Decimal("0.00")
        planned = programme.plan_of(module)
        found.append(ModuleProgress(module, planned, credit_hours(minutes), average))
    return found


def leave_words(programme: Programme, held: Decimal, totals: Sequence[PersonTotal]) -> str:
    """Whose leave is beyond the limit of the programme's hours; empty where nobody's is.

    Measured by the planned hours, or by those `held` where none are planned.
    """
    whole = Decimal(programme.plan) or held
    beyond = [
        f"{one.person.name}（{one.leave} 学时）"
        for one in totals
        if one.leave * LEAVE_SHARE > whole
    ]
    if not beyond:
        return ""
    limit = rounded(whole / LEAVE_SHARE, 2)
    return f"{some_names(beyond)}请假超过上限 {limit} 学时。{LEAVE_BASIS}。"


def enrol(
    ledger: Ledger, programme: str, newcomers: Sequence[Person], roles: frozenset[str]
) -> Enrolment:
    """Take a pasted list in, and put its people on the roster; who is on it stays as they are."""
    named = Counter(person.name for person in standing_people(ledger))
    bare = [p for p in newcomers if named[p.name] > 1 and not (p.post or p.department)]
    clear = [person for person in newcomers if person not in bare]
    with ledger.transaction():
        taken = take_in(ledger, clear, roles)
        wanted: dict[str | None, list[Person]] = {}
        for newcomer in clear:
            wanted.setdefault(newcomer.name, []).append(newcomer)
        stands = standing(ledger)
        enrolled = (one.person or "" for one in ledger.all(Trainee, programme=programme))
        on_it = {stands.get(one, one) for one in enrolled}
        entries: dict[str, list[Person]] = {}  # as they were entered: a list may name any of them
        for one in ledger.all(Person, unit=ledger.unit):
            entries.setdefault(stands.get(one.id, one.id), []).append(one)
        added = [
            person
            for person in standing_people(ledger)
            if person.id not in on_it
            and any(
                same(entry, newcomer)
                for entry in (person, *entries[person.id])
                for newcomer in wanted.get(entry.name, ())
            )
        ]
        for person in added:
            _enter(ledger, Trainee(programme=programme, person=person.id, standing="selected"))
    return Enrolment(taken, len(added), [person.name or "" for person in bare])


def put_on(ledger: Ledger, typed: Trainee) -> Trainee:
    """Put somebody on a roster; who was taken off comes back with their dates and their number.

    Raises AppError where they stand on it already: one key is one record, and would be overwritten.
    """
    programme, person = typed.programme or "", typed.person or ""
    ends = standing(ledger)
    for one in everyone_of(ledger, ends.get(person, person)):
        if ledger.get(Trainee, _roster_id(ledger, programme, one)):
            raise AppError("这个人已经在班次里，没有再添加。请在名单里选中他来修改。")
    return _enter(ledger, typed)


def _enter(ledger: Ledger, typed: Trainee) -> Trainee:
    old = ledger.find(Trainee, _roster_id(ledger, typed.programme or "", typed.person or ""))
    if old is None:
        return ledger.save(typed)
    given = {name: value for name, value in vars(typed).items() if not is_empty(value)}
    with ledger.transaction():
        saved = ledger.save(replace(old, **given), old)
        ledger.restore(saved)
    return saved


def _roster_id(ledger: Ledger, programme: str, person: str) -> str:
    return natural_id(ledger.unit, Trainee.table, (programme, person))


def programme_words(ledger: Ledger) -> dict[str, str]:
    """The programmes as one chooses them: id → name, no two alike; the last begun first."""
    return numbered({one.id: one.name or "" for one in programmes(ledger)})
