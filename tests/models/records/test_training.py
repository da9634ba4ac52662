from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from models.records.figures import HOUR_RULES
from models.records.record import problems_of
from models.records.training import (
    Attendance,
    TrainingSession,
    attended_minutes,
    minutes_by_module,
)

START = datetime(2026, 11, 23, 8, 30)
SESSION = TrainingSession(
    id="s.1",
    topic="校园安全管理",
    module="professional_growth",
    form="lecture",
    starts=START,
    ends=START + timedelta(hours=3),
    break_minutes=15,
    hour_rule="m45",
)


def attended(status, **more):
    return Attendance(session="s.1", person="p.1", status=status, **more)


def test_minutes_are_from_start_to_end_less_the_breaks():
    assert SESSION.minutes == 165
    assert replace(SESSION, break_minutes=None).minutes == 180
    assert replace(SESSION, ends=None).minutes == 0
    assert replace(SESSION, starts=None).minutes == 0
    assert replace(SESSION, ends=START).minutes == 0
    assert problems_of(SESSION) == {}


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"ends": START}, "ends", "晚于开始"),
        ({"ends": START + timedelta(hours=14, minutes=1)}, "ends", "14 小时"),
        ({"break_minutes": 180}, "break_minutes", "比活动时间还长"),
    ],
)
def test_times_that_cannot_be_are_told(changes, name, words):
    assert words in str(problems_of(replace(SESSION, **changes))[name])


def test_a_session_without_its_times_is_asked_for_them_only():
    assert set(problems_of(replace(SESSION, starts=None, ends=None))) == {"starts", "ends"}
    assert list(replace(SESSION, starts=None).rules()) == []


@pytest.mark.parametrize(
    ("attendance", "minutes"),
    [
        (attended("present"), 165),
        (attended("late"), 165),
        (attended("absent"), 0),
        (attended("leave"), 0),
        (attended("leave", leave_minutes=60), 105),
        (attended("leave", leave_minutes=600), 0),
    ],
)
def test_a_leave_takes_its_minutes_off_or_the_whole_session(attendance, minutes):
    assert attended_minutes(SESSION, attendance) == minutes


def test_minutes_are_summed_by_person_module_and_rule():
    sessions = {"s.1": SESSION, "s.2": replace(SESSION, id="s.2", module="party_spirit")}
    attendances = [
        attended("present"),
        attended("late"),
        replace(attended("present"), session="s.2"),
        replace(attended("present"), session="not here yet"),
        Attendance(status="present"),
    ]
    assert minutes_by_module(sessions, attendances) == {
        ("p.1", "professional_growth", "m45"): 330,
        ("p.1", "party_spirit", "m45"): 165,
    }


def test_a_record_with_gaps_still_counts_somewhere():
    bare = TrainingSession(id="s.3")
    assert minutes_by_module({"s.3": bare}, [Attendance(session="s.3")]) == {("", "", ""): 0}


def test_thirty_three_and_a_half_hours_make_the_hours_of_the_rule():
    minutes = int(Decimal("33.5") * 60)
    assert str(HOUR_RULES["m45"].credit_hours(minutes)) == "44.67"
    assert str(HOUR_RULES["m60"].credit_hours(minutes)) == "33.50"
