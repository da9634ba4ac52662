"""Drills with their photos, and what the next one may begin with."""

from collections.abc import Sequence
from datetime import datetime

from models.ledger.ledger import Ledger
from models.records.drill import Drill, SafetyLesson
from models.records.finding import Photo
from models.records.record import show_answer


def newest_first(drills: Sequence[Drill]) -> list[Drill]:
    """By the day they were held; one without a day stands last."""
    return sorted(drills, key=lambda drill: drill.held or datetime.min, reverse=True)


def drill_choices(ledger: Ledger) -> list[tuple[str, str]]:
    """The drills of this unit, newest first: (id, day and topic)."""
    held = newest_first(ledger.all(Drill, unit=ledger.unit))
    return [(drill.id, f"{show_answer(drill, 'held')}\u3000{drill.topic}") for drill in held]


def blank_drill(ledger: Ledger, kind: str | None = None) -> Drill:
    """A drill as its form opens: what is mostly the same as last time stands there already."""
    earlier = newest_first(ledger.all(Drill, unit=ledger.unit))
    last = next((drill for drill in earlier if kind in (None, drill.kind)), Drill())
    return Drill(
        kind=kind or last.kind,
        place=last.place,
        commander=last.commander,
        participants=last.participants,
        storeys=last.storeys or next((d.storeys for d in earlier if d.storeys), None),
    )


def blank_lesson(ledger: Ledger, category: str | None = None) -> SafetyLesson:
    """A lesson as its form opens: today, by who works here."""
    form = "class_meeting" if category else "course"
    today = ledger.clock().astimezone().date()
    return SafetyLesson(form=form, category=category, held_on=today, teacher=ledger.user or None)


def drill_photos(ledger: Ledger, drill: Drill) -> list[Photo]:
    """The photos of a drill, oldest first."""
    return ledger.all(Photo, drill=drill.id)


def save_drill_photos(ledger: Ledger, drill: Drill, hashes: Sequence[str]) -> None:
    """Keep the records of photos whose pictures are kept already; the same one only once."""
    with ledger.transaction():
        known = {photo.sha256 for photo in drill_photos(ledger, drill)}
        taken = drill.held.date() if drill.held else None
        ledger.save_all(
            [
                Photo(drill=drill.id, stage="drill", sha256=name, taken_on=taken, unit=drill.unit)
                for name in dict.fromkeys(hashes)
                if name not in known
            ]
        )
