"""The sessions of a programme, and everybody's marks in them."""

from models.ledger.development import trainees_of
from models.ledger.ledger import Ledger
from models.ledger.training import marks, sessions
from models.records.programme import Programme
from models.records.training import Attendance, PersonTotal, TrainingSession

Marks = dict[str, list[tuple[TrainingSession, Attendance]]]


def programme_sessions(ledger: Ledger, programme: Programme) -> list[TrainingSession]:
    """The sessions of a programme, newest first."""
    return [one for one in sessions(ledger) if one.programme == programme.id]


def programme_totals(ledger: Ledger, programme: Programme) -> list[PersonTotal]:
    """Everybody of the roster with their marks in its sessions, without who has withdrawn."""
    marked = all_marks(ledger, programme.id)
    return [
        PersonTotal(person, marked.get(person.id, ()))
        for trainee, person in trainees_of(ledger, programme.id)
        if trainee.standing != "withdrawn"
    ]


def all_marks(ledger: Ledger, programme: str = "") -> Marks:
    """By the person's id, the marks of all years; of one programme where it is named."""
    found: Marks = {}
    for year in sorted({one.starts.year for one in sessions(ledger) if one.starts}):
        for person, given in marks(ledger, year).items():
            mine = [pair for pair in given if programme in ("", pair[0].programme)]
            if mine:
                found.setdefault(person, []).extend(mine)
    return found


def trainee_years(ledger: Ledger) -> list[tuple[str, int]]:
    """(person, year) of everybody who is marked in a year, the last year first."""
    years = sorted({one.starts.year for one in sessions(ledger) if one.starts}, reverse=True)
    return [(person, year) for year in years for person in marks(ledger, year)]
