from datetime import date, datetime

from models.ledger.drills import (
    blank_drill,
    blank_lesson,
    drill_choices,
    drill_photos,
    newest_first,
    save_drill_photos,
)
from models.records.drill import Drill
from models.records.finding import Photo
from tests.conftest import TODAY
from tests.models.ledger.test_schedule import a_drill

HASHES = ["a" * 64, "b" * 64]


def test_the_newest_stands_first_and_one_without_a_day_last():
    old, new, none = a_drill(held=datetime(2026, 1, 1)), a_drill(), Drill(topic="未定")
    assert newest_first([none, old, new]) == [new, old, none]


def test_drills_are_offered_by_day_and_topic(ledger):
    drill = ledger.save(a_drill())
    assert drill_choices(ledger) == [(drill.id, "2026年11月23日 8:00　秋季消防疏散")]


def test_a_new_drill_knows_what_the_last_one_of_its_kind_said(ledger):
    assert blank_drill(ledger) == Drill()
    assert blank_drill(ledger, "fire") == Drill(kind="fire")
    ledger.save(a_drill(storeys=4, commander="李安全", participants=612))
    ledger.save(a_drill(kind="fire", held=datetime(2026, 11, 24, 9), place="操场"))
    again = blank_drill(ledger, "evacuation")
    assert (again.place, again.commander, again.participants, again.storeys) == (
        "教学楼",
        "李安全",
        612,
        4,
    )
    assert (again.topic, again.held, again.evacuation_seconds) == (None, None, None)
    newest = blank_drill(ledger)
    assert (newest.kind, newest.place, newest.storeys) == ("fire", "操场", 4)


def test_a_new_lesson_is_of_today_by_who_works_here(ledger):
    lesson = blank_lesson(ledger, "bully")
    assert (lesson.category, lesson.form) == ("bully", "class_meeting")
    assert (lesson.held_on, lesson.teacher) == (TODAY, "李安全")
    assert blank_lesson(ledger).form == "course"


def test_photos_belong_to_their_drill_are_of_its_day_and_stand_once(ledger):
    drill, other = ledger.save(a_drill()), ledger.save(a_drill())
    save_drill_photos(ledger, drill, HASHES)
    save_drill_photos(ledger, drill, [HASHES[1], HASHES[1]])
    save_drill_photos(ledger, other, [HASHES[0]])
    photos = drill_photos(ledger, drill)
    assert [photo.sha256 for photo in photos] == HASHES
    assert {(p.stage, p.taken_on, p.unit) for p in photos} == {
        ("drill", date(2026, 11, 23), drill.unit)
    }
    assert len(ledger.all(Photo)) == 3


def test_a_drill_without_a_day_has_photos_without_one(ledger):
    drill = ledger.save(a_drill())
    save_drill_photos(ledger, Drill(id=drill.id, unit=drill.unit), HASHES[:1])
    assert [photo.taken_on for photo in drill_photos(ledger, drill)] == [None]
