"""Training as the office works with it: sessions, who attended, and everybody's credit hours."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.ledger.rows import read
from models.ledger.same_person import everyone_of, standing, standing_people, standing_person
from models.records.person import Person
from models.records.programme import Trainee
from models.records.training import (
    Attendance,
    PersonTotal,
    TrainingSession,
    best_mark,
    check_leave,
)

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
    everybody = standing_people(ledger)
    return [p for p in everybody if "trainee" in (p.roles or ()) and p.state != "left"]


def trainees(ledger: Ledger, programme: str) -> list[tuple[Trainee, Person]]:
    """The roster of a programme: who has withdrawn is not expected any more."""
    stands = standing(ledger)
    enrolled: dict[str, Trainee] = {}  # who was merged is enrolled once, by what bears a number
    for trainee in ledger.all(Trainee, unit=ledger.unit, programme=programme):
        if trainee.person and trainee.standing != "withdrawn":
            who = stands.get(trainee.person, trainee.person)
            known = enrolled.setdefault(who, trainee)
            if trainee.certificate and not known.certificate:
                enrolled[who] = trainee
    people = [(trainee, standing_person(ledger, one)) for one, trainee in enrolled.items()]
    return [(trainee, person) for trainee, person in people if person is not None]


def attendance_of(ledger: Ledger, session: TrainingSession) -> dict[str, Attendance]:
    """Who is marked for a session, by the id of the person; who was merged counts once."""
    stands = standing(ledger)
    marked: dict[str, list[Attendance]] = {}
    for mark in ledger.all(Attendance, session=session.id):
        if mark.person and mark.status:
            marked.setdefault(stands.get(mark.person, mark.person), []).append(mark)
    return {person: best_mark(session, marks) for person, marks in marked.items()}


def sheet(ledger: Ledger, session: TrainingSession) -> list[Person]:
    """Whom the attendance sheet of a session lists: the trainees, and who was marked before."""
    listed = {person.id: person for person in roster(ledger, session.programme or "")}
    for marked in attendance_of(ledger, session):
        person = None if marked in listed else standing_person(ledger, marked)
        if person is not None:
            listed[marked] = person
    return list(listed.values())


def turnouts(ledger: Ledger) -> dict[str, Turnout]:
    """The turnout of every session that has one, by its id."""
    rows = ledger.rows(
        "SELECT session, count(*), sum(came) FROM (SELECT session,"
        " max(status IN ('present', 'late')) came FROM attendance"
        " LEFT JOIN json_each(?) merged ON merged.key = person"
        " WHERE NOT deleted AND status IS NOT NULL GROUP BY session, ifnull(merged.value, person))"
        " GROUP BY session",
        (pack(standing(ledger)),),
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

    Raises the Problem of leave minutes that cannot be. Only a leave keeps its minutes. What was
    said of whoever was merged into the person gives way: this is said of both.
    """
    old = ledger.get(
        Attendance, natural_id(session.unit, Attendance.table, (session.id, person.id))
    )
    merged = _marks_of(ledger, session, everyone_of(ledger, person.id)[1:])
    if not status:
        with ledger.transaction():
            for gone in [*merged, *([old] if old else [])]:
                ledger.remove(gone)
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
        for gone in merged:
            ledger.remove(gone)
    return saved


def _marks_of(ledger: Ledger, session: TrainingSession, people: Sequence[str]) -> list[Attendance]:
    """How these people are marked for a session."""
    natural = (natural_id(session.unit, Attendance.table, (session.id, one)) for one in people)
    found = (ledger.get(Attendance, mark) for mark in natural)
    return [mark for mark in found if mark is not None]


def totals(ledger: Ledger, year: int) -> list[PersonTotal]:
    """Everybody's marks of a year: the trainees, then who attended and has left since."""
    marked = marks(ledger, year)
    listed = {person.id: person for person in roster(ledger)}
    gone = [standing_person(ledger, other) for other in marked if other not in listed]
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
    stands = standing(ledger)
    found: dict[str, list[tuple[TrainingSession, Attendance]]] = {}
    for mark in written:
        if mark.status:
            person = stands.get(mark.person or "", mark.person or "")
            found.setdefault(person, []).append((held[mark.session or ""], mark))
    merged = {*stands.values()}
    return {who: _once(pairs) if who in merged else pairs for who, pairs in found.items()}


def _once(
    pairs: Sequence[tuple[TrainingSession, Attendance]],
) -> list[tuple[TrainingSession, Attendance]]:
    """Each session with the mark that counts, where a person was marked under two names."""
    marked: dict[str, list[Attendance]] = {}
    for session, mark in pairs:
        marked.setdefault(session.id, []).append(mark)
    held = {session.id: session for session, _mark in pairs}
    return [(held[one], best_mark(held[one], marks)) for one, marks in marked.items()]


def attended(
    ledger: Ledger, everyone: Sequence[str], held: Sequence[TrainingSession]
) -> list[tuple[TrainingSession, Attendance]]:
    """Those of these sessions for which a person is marked, in the same order.

    `everyone` are the ids under which the person was entered (`same_person.everyone_of`).
    """
    marked: dict[str | None, list[Attendance]] = {}
    for one in everyone:
        for mark in ledger.all(Attendance, person=one):
            if mark.status:
                marked.setdefault(mark.session, []).append(mark)
    return [(s, best_mark(s, marked[s.id])) for s in held if s.id in marked]
