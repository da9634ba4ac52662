"""Who is marked for two sessions held at the same time: told, never forbidden."""

from models.ledger.ledger import Ledger
from models.ledger.training import attendance_of, marks_of, sessions
from models.records.person import Person, some_names
from models.records.training import TrainingSession, attended_minutes


def together(ledger: Ledger, session: TrainingSession) -> list[TrainingSession]:
    """The other sessions of which some part lies in this one's time."""
    starts, ends = session.starts, session.ends
    if not starts or not ends:
        return []
    return [
        other
        for other in sessions(ledger)
        if other.id != session.id
        and other.starts
        and other.ends
        and other.starts < ends
        and starts < other.ends
    ]


def overlap_words(ledger: Ledger, session: TrainingSession) -> str:
    """Who counts twice, in a sentence; empty where nobody does."""
    others = together(ledger, session)
    if not others:
        return ""
    here = attendance_of(ledger, session)
    twice = {
        person: other
        for person, marked in marks_of(ledger, others).items()
        for other, mark in marked
        if person in here
        and attended_minutes(other, mark)
        and attended_minutes(session, here[person])
    }
    if not twice:
        return ""
    people = (ledger.find(Person, person) for person in twice)
    names = some_names([person.name or "" for person in people if person])
    topics = "、".join(dict.fromkeys(f"“{other.topic}”" for other in twice.values()))
    return f"{names}同时还登记了{topics}，时间有重叠，两场都会计入学时，请核对。"
