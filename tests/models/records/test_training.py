from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from models.problems import Problem
from models.records.figures import HOUR_RULES
from models.records.person import Person
from models.records.record import problems_of
from models.records.training import (
    Attendance,
    PersonTotal,
    TrainingSession,
    attended_minutes,
    check_leave,
    mode_of,
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


ZHAO = Person(name="赵𬱖")


def test_a_person_adds_up_by_module_mode_and_rule():
    other = replace(SESSION, id="s.2", module="party_spirit", mode="online", hour_rule="m60")
    marks = [
        (SESSION, attended("present")),
        (SESSION, attended("late")),
        (SESSION, attended("absent")),
        (other, attended("present")),
    ]
    total = PersonTotal(ZHAO, marks)
    assert total.minutes() == {"m45": 330, "m60": 165}
    assert total.minutes_of("professional_growth") == 330
    assert total.minutes(mode="online") == {"m60": 165}
    assert str(total.hours_of("party_spirit")) == str(total.hours_of(mode="online")) == "2.75"
    assert (total.total_minutes, str(total.total)) == (495, "10.08")
    assert total.attended == [SESSION, SESSION, other]


def test_a_record_with_gaps_still_counts_somewhere():
    total = PersonTotal(ZHAO, [(TrainingSession(id="s.3"), Attendance(session="s.3"))])
    assert (total.minutes(), total.total_minutes, total.attended) == ({"": 0}, 0, [])
    assert PersonTotal(ZHAO).total_minutes == 0


@pytest.mark.parametrize(
    ("mode", "form", "found"),
    [
        ("offline", "network", "offline"),
        (None, "network", "online"),
        (None, "lecture", ""),
        ("online", "lecture", "online"),
    ],
)
def test_only_training_by_network_tells_its_mode(mode, form, found):
    assert mode_of(TrainingSession(mode=mode, form=form)) == found


def test_thirty_three_and_a_half_hours_make_the_hours_of_the_rule():
    minutes = int(Decimal("33.5") * 60)
    assert str(HOUR_RULES["m45"].credit_hours(minutes)) == "44.67"
    assert str(HOUR_RULES["m60"].credit_hours(minutes)) == "33.50"


def test_a_leave_may_be_as_long_as_the_session_and_no_longer():
    check_leave(SESSION, 1)
    check_leave(SESSION, SESSION.minutes)
    with pytest.raises(Problem, match="比活动的 165 分钟还长"):
        check_leave(SESSION, 166)


def test_a_leave_of_no_minutes_is_none():
    with pytest.raises(Problem, match="大于 0"):
        check_leave(SESSION, 0)
