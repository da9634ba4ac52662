"""Training as the office works with it: sessions, who attended, and everybody's credit hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.ledger.ledger import Ledger
from models.problems import Problem
from models.records.figures import credit_hours
from models.records.person import Person
from models.records.training import Attendance, TrainingSession, minutes_by_module


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people are marked for a session, and how many of them came."""

    marked: int = 0
    came: int = 0


@dataclass(frozen=True, slots=True)
class PersonTotal:
    """What one person attended in a year; `minutes` is by (module, hour rule)."""

    person: Person
    minutes: Mapping[tuple[str, str], int]

    def minutes_of(self, module: str) -> int:
        """Minutes in one module, by whatever rule."""
        return sum(count for (name, _rule), count in self.minutes.items() if name == module)

    def hours_of(self, module: str) -> Decimal:
        """Credit hours in one module."""
        return credit_hours({rule: m for (name, rule), m in self.minutes.items() if name == module})

    @property
    def total_minutes(self) -> int:
        """All minutes of the year."""
        return sum(self.minutes.values())

    @property
    def total(self) -> Decimal:
        """All credit hours: rounded once, so 2010 minutes are 44.67 in however many modules."""
        by_rule: dict[str, int] = {}
        for (_module, rule), count in self.minutes.items():
            by_rule[rule] = by_rule.get(rule, 0) + count
        return credit_hours(by_rule)


def session_hours(session: TrainingSession) -> Decimal:
    """Credit hours of the whole session."""
    return credit_hours({session.hour_rule or "": session.minutes})


def sessions(ledger: Ledger, year: int | None = None) -> list[TrainingSession]:
    """The sessions that began in this year, or all of them, newest first."""
    every = ledger.all(TrainingSession, unit=ledger.unit)
    dated = [(s.starts, s) for s in every if s.starts and year in (None, s.starts.year)]
    return [session for _starts, session in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def roster(ledger: Ledger) -> list[Person]:
    """The trainees who are still here, in the order in which they were entered."""
    everybody = ledger.all(Person, unit=ledger.unit)
    return [p for p in everybody if "trainee" in (p.roles or ()) and p.state != "left"]


def attendance_of(ledger: Ledger, session: TrainingSession) -> dict[str, Attendance]:
    """Who is marked for a session, by the person's id."""
    marks = ledger.all(Attendance, session=session.id)
    return {mark.person: mark for mark in marks if mark.person and mark.status}


def sheet(ledger: Ledger, session: TrainingSession) -> list[Person]:
    """Whom the attendance sheet of a session lists: the trainees, and who was marked before."""
    listed = {person.id: person for person in roster(ledger)}
    for marked in attendance_of(ledger, session):
        person = None if marked in listed else ledger.get(Person, marked)
        if person is not None:
            listed[marked] = person
    return list(listed.values())


def turnouts(ledger: Ledger) -> dict[str, Turnout]:
    """The turnout of every session that has one, by its id."""
    rows = ledger.rows(
        "SELECT session, count(*), sum(status IN ('present', 'late')) FROM attendance"
        " WHERE NOT deleted AND status IS NOT NULL GROUP BY session"
    )
    return {session: Turnout(marked, came) for session, marked, came in rows}


def mark_attendance(
    ledger: Ledger,
    session: TrainingSession,
    person: Person,
    status: str,
    leave_minutes: int | None = None,
    reason: str | None = None,
) -> Attendance | None:
    """Write how a person attended; an empty status takes the mark back.

    Raises the Problem of leave minutes that cannot be. Only a leave keeps its minutes.
    """
    old = attendance_of(ledger, session).get(person.id)
    if not status:
        if old is not None:
            ledger.remove(old)
        return None
    minutes = leave_minutes if status == "leave" else None
    if minutes is not None:
        _check_leave(session, minutes)
    mark = Attendance(
        id=old.id if old else "",
        unit=session.unit,
        session=session.id,
        person=person.id,
        status=status,
        leave_minutes=minutes,
        reason=reason,
    )
    with ledger.transaction():
        saved = ledger.save(mark, old)
        ledger.restore(saved)  # the mark may have been taken back before; else this does nothing
    return saved


def _check_leave(session: TrainingSession, minutes: int) -> None:
    if minutes <= 0:
        raise Problem("请假时长应大于 0 分钟；没有请假的，请登记为“出勤”。")
    if minutes > session.minutes:
        raise Problem(f"请假 {minutes} 分钟，比活动的 {session.minutes} 分钟还长，请检查。")


def totals(ledger: Ledger, year: int) -> list[PersonTotal]:
    """Everybody's minutes of a year: the trainees, then who attended and has left since."""
    held = {session.id: session for session in sessions(ledger, year)}
    marks = [m for session in held.values() for m in attendance_of(ledger, session).values()]
    minutes: dict[str, dict[tuple[str, str], int]] = {}
    for (person, module, rule), count in minutes_by_module(held, marks).items():
        minutes.setdefault(person, {})[module, rule] = count
    listed = {person.id: person for person in roster(ledger)}
    gone = [ledger.get(Person, other) for other in minutes if other not in listed]
    everybody = [*listed.values(), *(person for person in gone if person is not None)]
    return [PersonTotal(person, minutes.get(person.id, {})) for person in everybody]


def attended(ledger: Ledger, person: Person, year: int) -> list[tuple[TrainingSession, Attendance]]:
    """The sessions of a year for which a person is marked, newest first."""
    marks = {m.session: m for m in ledger.all(Attendance, person=person.id) if m.status}
    return [(s, marks[s.id]) for s in sessions(ledger, year) if s.id in marks]
