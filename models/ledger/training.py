"""Training as the office works with it: sessions, who attended, and everybody's credit hours."""

from dataclasses import dataclass
from decimal import Decimal

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.ledger.rows import read
from models.records.figures import credit_hours
from models.records.person import Person
from models.records.training import Attendance, PersonTotal, TrainingSession, check_leave

MOST_SESSIONS = 10_000


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people are marked for a session, and how many of them came."""

    marked: int = 0
    came: int = 0


def session_hours(session: TrainingSession) -> Decimal:
    """Credit hours of the whole session."""
    return credit_hours({session.hour_rule or "": session.minutes})


def sessions(ledger: Ledger, year: int | None = None) -> list[TrainingSession]:
    """The sessions that began in this year, or all of them, newest first."""
    every = ledger.all(TrainingSession, unit=ledger.unit)
    dated = [(s.starts, s) for s in every if s.starts and year in (None, s.starts.year)]
    return [session for _starts, session in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def find_sessions(ledger: Ledger, words: str) -> list[TrainingSession]:
    """The sessions whose topic, place or speaker the words find, or all of them, newest first."""
    if not words.strip():
        return sessions(ledger)
    listed = ", ".join(map(str, ledger.hits("training_session", words, MOST_SESSIONS)))
    rows = ledger.rows(f"SELECT id FROM training_session WHERE no IN ({listed})")
    found = {row[0] for row in rows}
    return [session for session in sessions(ledger) if session.id in found]


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
    old = ledger.get(
        Attendance, natural_id(session.unit, Attendance.table, (session.id, person.id))
    )
    if not status:
        if old is not None:
            ledger.remove(old)
        return None
    minutes = leave_minutes if status == "leave" else None
    if minutes is not None:
        check_leave(session, minutes)
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


def totals(ledger: Ledger, year: int) -> list[PersonTotal]:
    """Everybody's marks of a year: the trainees, then who attended and has left since."""
    marked = marks(ledger, year)
    listed = {person.id: person for person in roster(ledger)}
    gone = [ledger.get(Person, other) for other in marked if other not in listed]
    everybody = [*listed.values(), *(person for person in gone if person is not None)]
    return [PersonTotal(person, marked.get(person.id, ())) for person in everybody]


def marks(ledger: Ledger, year: int) -> dict[str, list[tuple[TrainingSession, Attendance]]]:
    """Who is marked for the sessions of a year, by the person's id."""
    held = {session.id: session for session in sessions(ledger, year)}
    with ledger.reading() as db:
        written = read(
            db,
            Attendance,
            "WHERE t.session IN (SELECT value FROM json_each(?)) AND NOT t.deleted ORDER BY t.no",
            (pack(list(held)),),
        )
    found: dict[str, list[tuple[TrainingSession, Attendance]]] = {}
    for mark in written:
        if mark.status:
            found.setdefault(mark.person or "", []).append((held[mark.session or ""], mark))
    return found


def attended(ledger: Ledger, person: Person, year: int) -> list[tuple[TrainingSession, Attendance]]:
    """The sessions of a year for which a person is marked, newest first."""
    marks = {m.session: m for m in ledger.all(Attendance, person=person.id) if m.status}
    return [(s, marks[s.id]) for s in sessions(ledger, year) if s.id in marks]
