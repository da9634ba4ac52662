from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problems import Problem
from models.records.reading import narrow, read_day, read_number, read_time, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  灭火器 ", "灭火器"),
        ("一\r\n二\r三\v四", "一\n二\n三\n四"),
        ("甲\t乙", "甲 乙"),
        ("坏\x00\x07\x1b掉\x7f", "坏掉"),
        ("半\ud83d个\udc00", "半个"),
        ("<b>&", "<b>&"),
        ("=1+1", "=1+1"),
        ("👍🏽家👨‍👩‍👧", "👍🏽家👨‍👩‍👧"),
        ("赵𬱖", "赵𬱖"),
        ("长" * 10_000, "长" * 10_000),
    ],
)
def test_text_keeps_what_can_be_seen(typed, kept):
    assert tidy(typed) == kept


@given(st.text())
def test_tidy_text_is_tidy_and_can_be_written_everywhere(text):
    once = tidy(text)
    assert tidy(once) == once
    once.encode("utf-8")


def test_full_width_signs_become_plain_ones():
    assert narrow("１２：３０　－５") == "12:30 -5"
    assert narrow("\N{MINUS SIGN}3") == "-3"


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("１２３", "", "123"),
        ("1,234,567", "", "1234567"),
        ("12 元", "元", "12"),
        ("12.50", "元", "12.50"),
        ("-3", "", "-3"),
        ("\N{MINUS SIGN}3", "", "-3"),
        (".5", "", "0.5"),
        ("5.", "", "5"),
    ],
)
def test_numbers_are_read(typed, unit, number):
    assert read_number(typed, unit) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "十二",
        "1e9",
        "1e999999999",
        "NaN",
        "Infinity",
        "1_0",
        "=1+1",
        "--1",
        "9" * 10_000,
        "1" * 16,
    ],
)
def test_what_is_no_number_is_told_and_never_computed(typed):
    with pytest.raises(Problem, match="不是数字"):
        read_number(typed, "")


def test_a_problem_quotes_no_more_than_twenty_characters():
    with pytest.raises(Problem) as told:
        read_number("字" * 10_000, "")
    assert "字" * 20 + "…" in str(told.value)
    assert len(str(told.value)) < 60


@pytest.mark.parametrize(
    "typed",
    [
        "2026-3-5",
        "2026-03-05",
        "2026年3月5日",
        "2026.3.5",
        "2026/3/5",
        "20260305",
        "２０２６年３月５日",
        "2026 年 3 月 5",
    ],
)
def test_days_are_read(typed):
    assert read_day(typed) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026年2月30日", "2026年2月没有30日"),
        ("2026-13-1", "没有 13 月"),
        ("2026-0-1", "没有 0 月"),
        ("0026-1-1", "年份 26 不在"),
        ("2100-1-1", "年份 2100 不在"),
        ("明天", "“明天”不是日期"),
        ("", "不是日期"),
        ("2025-2-29", "没有29日"),
    ],
)
def test_a_day_that_is_not_one_is_told(typed, words):
    with pytest.raises(Problem, match=words):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("8:20", time(8, 20)),
        ("8：20", time(8, 20)),
        ("8点20分", time(8, 20)),
        ("8点20", time(8, 20)),
        ("8时20分", time(8, 20)),
        ("0820", time(8, 20)),
        ("８．２０", time(8, 20)),
        ("8点", time(8, 0)),
        ("下午2:30", time(14, 30)),
        ("晚上 9点", time(21, 0)),
        ("下午12:30", time(12, 30)),
        ("上午8:20", time(8, 20)),
        ("23:59", time(23, 59)),
    ],
)
def test_times_are_read(typed, wanted):
    assert read_time(typed) == wanted


@pytest.mark.parametrize("typed", ["24:00", "8:60", "25点"])
def test_a_time_that_no_clock_shows_is_told(typed):
    with pytest.raises(Problem, match="这个时间"):
        read_time(typed)


@pytest.mark.parametrize("typed", ["", "早", "8", "8:2:1", "一点"])
def test_what_is_no_time_is_told(typed):
    with pytest.raises(Problem, match="不是时间"):
        read_time(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_told_never_a_crash(text):
    for read in (read_day, read_time, lambda typed: read_number(typed, "元")):
        try:
            read(text)
        except Problem as problem:
            assert str(problem).endswith(("。", "。请只填数字，例如 12。"))  # noqa: PT017


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_from_each_way_of_writing_it(day):
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        assert read_day(text) == day


@given(st.times())
def test_every_minute_is_read(moment):
    minute = moment.replace(second=0, microsecond=0)
    assert read_time(f"{minute:%H:%M}") == minute
    assert read_time(f"{minute.hour}点{minute.minute}分") == minute
