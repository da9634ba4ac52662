from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problems import Problem
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Choice, Day, Flags, Moment, Number, Text
from models.records.finding import Finding
from models.records.record import (
    Record,
    answer,
    check_answer,
    fields_of,
    is_empty,
    plain_of,
    problems_of,
    show_answer,
)
from tests.conftest import a_finding, a_school


@dataclass(frozen=True, kw_only=True)
class Note(Record):
    table: ClassVar[str] = "note"
    title: ClassVar[str] = "便条"
    words: str | None = answer(Text(label="内容", required=True, longest=5))
    day: date | None = answer(Day(label="日期"))  # noqa: RUF009


def value_of(field):
    if isinstance(field, Choice):
        return st.sampled_from(sorted(field.options))
    if isinstance(field, Flags):
        return st.frozensets(st.sampled_from(sorted(field.options)), min_size=1)
    if isinstance(field, Day):
        return st.dates()
    if isinstance(field, Moment):
        return st.datetimes(datetime(1990, 1, 1)).map(lambda d: d.replace(second=0, microsecond=0))
    if isinstance(field, Number):
        return st.integers(int(field.low), int(field.high))
    return st.text(min_size=1, max_size=20)


def records(kind):
    answers = {name: st.none() | value_of(field) for name, field in fields_of(kind).items()}
    return st.builds(kind, id=st.just("a.1"), unit=st.just("u"), **answers)


@pytest.mark.parametrize("table", RECORD_TYPES)
@given(data=st.data())
def test_the_plain_form_of_every_record_gives_the_record_back(table, data):
    record = data.draw(records(RECORD_TYPES[table]))
    plain = plain_of(record)
    assert all(value is None or isinstance(value, str | int) for value in plain.values())
    assert type(record).of_plain(plain, id=record.id, unit=record.unit) == record


@pytest.mark.parametrize("table", RECORD_TYPES)
@given(data=st.data())
def test_plain_values_that_no_program_of_ours_wrote_are_read_as_missing_not_as_a_crash(table, data):
    kind = RECORD_TYPES[table]
    strange = st.none() | st.text(max_size=8) | st.integers(-(2**53), 2**53)
    plain = {name: data.draw(strange) for name in fields_of(kind)}
    record = kind.of_plain(plain, id="a.1", unit="u")
    problems_of(record)
    plain_of(record)
    for name in fields_of(kind):
        assert isinstance(show_answer(record, name), str)


def test_fields_are_told_in_the_order_of_their_declaration():
    assert list(fields_of(Note)) == ["words", "day"]


@pytest.mark.parametrize(
    ("value", "empty"), [(None, True), ("", True), (frozenset(), True), (0, False), ("no", False)]
)
def test_zero_and_no_are_answers(value, empty):
    assert is_empty(value) is empty


def test_a_required_answer_is_asked_for_by_its_label():
    with pytest.raises(Problem, match="请填写“内容”"):
        check_answer(fields_of(Note)["words"], "")
    check_answer(fields_of(Note)["day"], None)
    assert problems_of(Note(words="好")) == {}


def test_every_wrong_answer_is_told_at_once():
    problems = problems_of(Finding(place="长" * 61))
    assert {"description", "place", "category", "found_on", "finder"} == set(problems)


def test_rules_between_answers_are_judged_only_when_each_answer_is_right():
    early = a_finding(deadline=date(2020, 1, 1))
    assert "早于排查日期" in str(problems_of(early)["deadline"])
    assert set(problems_of(replace(early, place=""))) == {"place"}


def test_an_answer_is_shown_as_people_read_it():
    assert show_answer(a_finding(), "found_on") == "2026年11月23日"
    assert show_answer(a_finding(), "deadline") == ""
    assert show_answer(a_school(), "features") == "自办或委托食堂"
