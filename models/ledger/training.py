"""Training as the office works with it: sessions, who attended, and everybody's credit hours."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.ledger.rows import read
from models.records.person import Person
from models.records.programme import Trainee
from models.records.training import Attendance, PersonTotal, TrainingSession, check_leave

MOST_SESSIONS = 10_000


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people are marked for a session, and how many of them came."""

    marked: int = 0
    came: int = 0


def sessions(ledger: Ledger, year: int | None = None) -> list[TrainingSession]:
    """The sessions that were held in this year, in part or whole, or all of them, newest first."""
    every = ledger.all(TrainingSession, unit=ledger.unit)
    dated = [(s.starts, s) for s in every if s.starts and (year is None or year in s.years)]
    return [session for _starts, session in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def of_programme(every: Sequence[TrainingSession], programme: str) -> list[TrainingSession]:
    """Those of a programme; all of them where none is named."""
    return [session for session in every if not programme or session.programme == programme]


def find_sessions(ledger: Ledger, words: str) -> list[TrainingSession]:
    """The sessions whose topic, place or speaker the words find, or all of them, newest first."""
    if not words.strip():
        return sessions(ledger)
    listed = ", ".join(map(str, ledger.hits("training_session", words, MOST_SESSIONS)))
    rows = ledger.rows(f"SELECT id FROM training_session WHERE no IN ({listed})")
    found = {row[0] for row in rows}
    return [session for session in sessions(ledger) if session.id in found]


def roster(ledger: Ledger, programme: str = "") -> list[Person]:
    """The trainees of a programme, or all who are still here, in the order of their entry."""
    if programme:
        return [person for _trainee, person in trainees(ledger, programme)]
    everybody = ledger.all(Person, unit=ledger.unit)
    return [p for p in everybody if "trainee" in (p.roles or ()) and p.state != "left"]


def trainees(ledger: Ledger, programme: str) -> list[tuple[Trainee, Person]]:
    """The roster of a programme: who has withdrawn is not expected any more."""
    here = {person.id: person for person in ledger.all(Person)}
    enrolled = ledger.all(Trainee, unit=ledger.unit, programme=programme)
    return [
        (trainee, here[trainee.person])
        for trainee in enrolled
        if trainee.person in here and trainee.standing != "withdrawn"
    ]


def attendance_of(ledger: Ledger, session: TrainingSession) -> dict[str, Attendance]:
    """Who is marked for a session, by the person's id."""
    marks = ledger.all(Attendance, session=session.id)
    return {mark.person: mark for mark in marks if mark.person and mark.status}


def sheet(ledger: Ledger, session: TrainingSession) -> list[Person]:
    """Whom the attendance sheet of a session lists: the trainees, and who was marked before."""
    listed = {person.id: person for person in roster(ledger, session.programme or "")}
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
    return [PersonTotal(person, marked.get(person.id, ()), year) for person in everybody]


def marks(ledger: Ledger, year: int) -> dict[str, list[tuple[TrainingSession, Attendance]]]:
    """Who is marked for the sessions of a year, by the person's id."""
    return marks_of(ledger, sessions(ledger, year))


def marks_of(
    ledger: Ledger, held_sessions: Sequence[TrainingSession]
) -> dict[str, list[tuple[TrainingSession, Attendance]]]:
    """Who is marked for these sessions, by the person's id."""
    held = {session.id: session for session in held_sessions}
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


def attended(
    ledger: Ledger, person: Person, held: Sequence[TrainingSession]
) -> list[tuple[TrainingSession, Attendance]]:
    """Those of these sessions for which a person is marked, in the same order."""
    marks = {m.session: m for m in ledger.all(Attendance, person=person.id) if m.status}
    return [(s, marks[s.id]) for s in held if s.id in marks]
