from datetime import datetime

import pytest

from models.problems import Problem
from models.records.attendance_list import read_attendance, read_leave
from models.records.person import Person
from models.records.training import TrainingSession

SESSION = TrainingSession(
    starts=datetime(2026, 11, 23, 8, 30), ends=datetime(2026, 11, 23, 10, 45), hour_rule="m45"
)
PEOPLE = [
    Person(id="a", name="赵𬱖", post="主任", department="办公室"),
    Person(id="b", name="张伟", post="主任", department="教务处"),
    Person(id="c", name="张伟", post="干事", department="教务处"),
    Person(id="d", name="李平", post="干事"),
    Person(id="e", name="Anna Li"),
]


def read(text):
    return read_attendance(text, SESSION, PEOPLE)


def one(text):
    (mark,) = read(text)
    return mark


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("李平\t出勤", ("d", "present", None, None)),
        ("李　平　√", ("d", "present", None, None)),
        ("李平", ("d", "present", None, None)),
        ("ＡＮＮＡ　Ｌｉ\t迟到", ("e", "late", None, None)),
        ("1\t李平\t迟到\t堵车", ("d", "late", None, "堵车")),
        ("2、 李平 q", ("d", "leave", None, None)),
        ("李 平 Q", ("d", "leave", None, None)),
        ("李平\t病假", ("d", "leave", None, "病假")),
        ("李平\t请假\t４５", ("d", "leave", 45, None)),
        ("李平\t请假\t1.5小时\t外出开会", ("d", "leave", 90, "外出开会")),
        ("李平\t45分钟", ("d", "leave", 45, None)),
        ("李平\t干事\t缺勤", ("d", "absent", None, None)),
        ("张伟\t干事\t教务处\t出勤", ("c", "present", None, None)),
    ],
)
def test_a_line_marks_one_person(line, marked):
    mark = one(line)
    assert mark.problem == ""
    assert (mark.person.id, mark.status, mark.leave_minutes, mark.reason) == marked


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("王五\t出勤", "学员里没有“王五”"),
        ("张伟\t出勤", "有 2 位“张伟”"),
        ("张伟\t教务处\t出勤", "有 2 位“张伟”"),
        ("李平\t上课去了", "看不懂“上课去了”"),
        ("李平\t请假\t300", "还长"),
        ("李平\t请假\t99999", "应在 0 到 28800"),
        (f"李平\t请假\t{'长' * 61}", "60"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line, words):
    mark = one(line)
    assert words in mark.problem
    assert mark.person is None


def test_blank_lines_and_headings_are_passed_over_and_lines_keep_their_numbers():
    marks = read("姓　名\t考勤\n\n　　\n李平\t出勤\n王五\n")
    assert [(mark.line, bool(mark.problem)) for mark in marks] == [(4, False), (5, True)]


def test_a_person_is_marked_once():
    first, second = read("李平\t出勤\n李平\t缺勤")
    assert first.status == "present"
    assert second.problem == "与第 1 行是同一个人，请只留一行。"


def test_leave_is_typed_in_minutes_or_hours_also_of_many_days():
    typed = ("45", "45 分钟", "２小时", "1.5 h", "30小时")
    assert [read_leave(text) for text in typed] == [45, 45, 120, 90, 1800]
    with pytest.raises(Problem, match="不是数字"):
        read_leave("半天")
