from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problems import Problem
from models.records.figures import HOUR_RULES
from models.records.person import Person
from models.records.record import problems_of
from models.records.training import (
    MODULES,
    Attendance,
    PersonTotal,
    TrainingSession,
    attended_minutes,
    check_leave,
    mode_of,
    session_hours,
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


def test_minutes_in_a_module_of_a_newer_program_are_told_apart():
    newer = replace(SESSION, module="newer")
    total = PersonTotal(ZHAO, [(SESSION, attended("present")), (newer, attended("late"))])
    assert (total.minutes_elsewhere, total.total_minutes) == (165, 330)
    assert PersonTotal(ZHAO, total.marks[:1]).minutes_elsewhere == 0


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


# ---- conversion schemes, days and years ------------------------------------------------------


def test_2010_minutes_are_44_67_or_33_5_hours():
    held = replace(SESSION, ends=START + timedelta(minutes=2010), break_minutes=None)
    assert str(session_hours(held)) == "44.67"
    assert str(session_hours(replace(held, hour_rule="m60"))) == "33.50"


def stated(days="12", rule="day_7_5", length=12):
    return replace(
        SESSION,
        ends=START + timedelta(days=length - 1, hours=1),
        break_minutes=None,
        hour_rule=rule,
        days=Decimal(days) if days else None,
    )


@pytest.mark.parametrize(
    ("days", "rule", "hours"),
    [
        ("12", "day_7_5", "90.00"),
        ("0.5", "day_7_5", "3.75"),
        ("1", "day_6", "6.00"),
        ("0.5", "day_6", "3.00"),
        ("1.5", "day_8", "12.00"),
    ],
)
def test_stated_days_count_by_their_scheme(days, rule, hours):
    held = stated(days, rule)
    assert problems_of(held) == {}
    assert str(session_hours(held)) == hours


@pytest.mark.parametrize(
    ("held", "name", "words"),
    [
        (stated(None), "days", "请填写天数"),
        (stated("12", length=3), "days", "之间的 3 天还多"),
        (stated("12", length=62), "ends", "超过 60 天"),
        (replace(SESSION, days=Decimal(1)), "days", "不按天数"),
    ],
)
def test_days_that_cannot_be_are_told(held, name, words):
    assert words in str(problems_of(held)[name])


@pytest.mark.parametrize(
    ("minutes", "hours"), [(45, "1.00"), (30, "1.00"), (20, "0.50"), (15, "0.25"), (1, "0.25")]
)
def test_an_online_course_counts_by_steps(minutes, hours):
    course = replace(SESSION, hour_rule="online", break_minutes=None)
    assert str(session_hours(course, minutes)) == hours
    held = replace(course, ends=START + timedelta(minutes=minutes))
    total = PersonTotal(ZHAO, [(held, attended("present"))] * 2)
    assert total.total == 2 * Decimal(hours)


def test_an_online_course_that_nobody_saw_counts_nothing():
    assert str(session_hours(replace(SESSION, hour_rule="online"), 0)) == "0.00"


NEW_YEAR = replace(
    SESSION,
    starts=datetime(2026, 12, 31, 22, 30),
    ends=datetime(2027, 1, 1, 1, 30),
    break_minutes=None,
)


def test_a_session_over_midnight_is_split_at_new_year():
    assert problems_of(NEW_YEAR) == {}
    assert NEW_YEAR.years == (2026, 2027)
    marks = [(NEW_YEAR, attended("present"))]
    hours = {year: str(PersonTotal(ZHAO, marks, year).total) for year in (2025, 2026, 2027, None)}
    assert hours == {2025: "0.00", 2026: "2.00", 2027: "2.00", None: "4.00"}
    assert [str(session_hours(NEW_YEAR, 90, year)) for year in (2026, 2027)] == ["1.00", "1.00"]


def test_the_last_moment_of_a_year_is_no_part_of_the_next():
    assert replace(NEW_YEAR, ends=datetime(2027, 1, 1)).years == (2026,)
    assert replace(NEW_YEAR, ends=None).years == (2026,)
    assert TrainingSession().years == ()


def test_leave_is_counted_in_hours_of_its_own():
    marks = [
        (SESSION, attended("leave", leave_minutes=45)),
        (SESSION, attended("leave")),
        (SESSION, attended("absent")),
    ]
    assert str(PersonTotal(ZHAO, marks).leave) == "4.67"


def test_leave_and_hours_of_an_online_course_make_its_hours():
    course = replace(SESSION, hour_rule="online", break_minutes=None)
    total = PersonTotal(ZHAO, [(course, attended("leave", leave_minutes=160))])
    assert (str(total.total), str(total.leave)) == ("0.50", "0.50")


MARKS = st.lists(
    st.builds(
        lambda minutes, module, status, hour: (
            replace(
                NEW_YEAR,
                module=module,
                ends=NEW_YEAR.starts + timedelta(minutes=minutes),
                starts=NEW_YEAR.starts - timedelta(hours=hour),
            ),
            attended(status),
        ),
        st.integers(1, 700),
        st.sampled_from([*MODULES]),
        st.sampled_from(["present", "late", "absent", "leave"]),
        st.integers(0, 2),
    ),
    max_size=12,
)


@given(MARKS)
def test_modules_and_years_sum_to_the_total(marks):
    whole = PersonTotal(ZHAO, marks)
    assert sum(whole.minutes_of(module) for module in MODULES) == whole.total_minutes
    hours = sum(whole.hours_of(module) for module in MODULES)
    assert abs(hours - whole.total) <= Decimal("0.005") * (len(MODULES) + 1)  # rounded once
    years = [PersonTotal(ZHAO, marks, year).total_minutes for year in (2026, 2027)]
    assert sum(years) == whole.total_minutes
