from collections import Counter
from dataclasses import replace
from datetime import time

import pytest

from models.records.fields import Choice, Day, Number, Pair, Text, TimeOfDay
from models.records.organisation import STAGES, Organisation, usual_grades
from models.templates.five_management import AREAS, field_of

PRIMARY = {"primary_low", "primary_mid", "primary_high"}
ALL = {*PRIMARY, "junior", "senior"}


def test_all_76_items_load_in_their_five_areas(five):
    assert len(five.items) == 76
    assert len({item.id for item in five.items}) == 76
    counts = Counter(item.area for item in five.items)
    assert {AREAS[area]: n for area, n in counts.items()} == {
        "作业管理": 15,
        "睡眠管理": 14,
        "手机管理": 15,
        "读物管理": 14,
        "体质管理": 18,
    }


def test_every_item_names_its_source_stages_and_when_it_is_met(five):
    for item in five.items:
        assert item.source, item.id
        assert item.stages, item.id
        assert set(item.stages) <= STAGES.keys(), item.id
        assert item.compliant_when, item.id


def test_every_field_can_read_and_judge_the_thresholds_of_its_rules(five):
    for item in five.items:
        field = field_of(item)
        if isinstance(field, Pair):
            assert not item.counts  # a target is of the rate, not of its two counts
            continue
        for rule in item.rules:
            for stage in item.stages:
                wanted = rule.wants(stage)
                if rule.op not in ("eq_item", "within_days"):
                    field.check(field.parse(str(wanted)))


def test_every_kind_of_answer_has_its_field(five):
    kinds = {type(field_of(item)) for item in five.items}
    assert kinds == {Choice, Number, Pair, TimeOfDay, Day}
    wordy = replace(five.items[0], answer={"type": "text"})
    assert type(field_of(wordy)) is Text


def test_bounds_and_units_come_with_the_field(five):
    items = {item.id: item for item in five.items}
    sleep = field_of(items["fm.sl.05"])
    assert (sleep.unit, sleep.decimals) == ("小时", 1)
    assert field_of(items["fm.sl.01"]).high == time(11, 0)
    assert len(field_of(items["fm.hw.15"]).names) == 2


@pytest.mark.parametrize("item_id", ["fm.hw.07", "fm.hw.08", "fm.sl.03", "fm.rd.06", "fm.pe.02"])
def test_reverse_items_are_met_by_no(five, item_id):
    item = next(item for item in five.items if item.id == item_id)
    assert [rule.value for rule in item.rules] == ["no"]
    assert "反向" in item.compliant_when


def test_items_of_the_bureau_and_statistics_never_count_against_a_school(five):
    idle = {item.id for item in five.items if not item.counts}
    assert "fm.sl.11" in idle  # 督查表标明“学校不填”
    assert "fm.ph.12" in idle
    assert len(idle) == 13


def test_a_sheet_is_read_as_its_version_asked(five):
    old = {item.id: item for item in five.as_of("2026.1").items}
    now = {item.id: item for item in five.items}
    assert (field_of(old["fm.pe.10"]).unit, old["fm.pe.10"].question[:3]) == ("%", "近视率")
    assert field_of(now["fm.pe.10"]).names == ("筛查", "近视")
    assert old["fm.pe.10"].rate == ""  # it was typed in, there are no counts
    assert {name for name in now if now[name].answer != old[name].answer} == {
        "fm.pe.10",
        "fm.pe.12",
    }
    assert five.as_of("2026.1").version == "2026.1"
    assert five.as_of(five.version) == five
    assert five.as_of("2099.1").items == five.items


def test_only_a_school_with_boarders_is_asked_when_they_rise(five):
    assert "fm.sl.14" not in {line.id for line in five.lines(PRIMARY)}
    assert "fm.sl.14" in {line.id for line in five.lines({*PRIMARY, "boarding"})}


def test_counts_have_the_rates_that_are_reported(five):
    assert {item.id: item.rate for item in five.items if item.rate} == {
        "fm.hw.15": "超时率",
        "fm.ph.13": "保管率",
        "fm.pe.10": "近视率",
        "fm.pe.12": "优良率",
    }


def test_the_sixth_grade_of_a_five_four_school_has_the_terms_of_the_junior_stage(five):
    """五四学制: a junior school's grade 6 may have 90 minutes of homework and sleeps 9 hours."""
    school = Organisation(system="five_four", grades=usual_grades("junior", "five_four"))
    other = Organisation(system="six_three", grades=frozenset({"6"}))
    assert "6" in school.grades
    juniors = {line.id: line for line in five.lines(school.scopes)}
    primary = {line.id: line for line in five.lines(other.scopes)}
    assert (juniors["fm.hw.03"].item.rules[0].value, "fm.hw.02" in juniors) == (90, False)
    assert (primary["fm.hw.02"].item.rules[0].value, "fm.hw.03" in primary) == (60, False)
    assert {"fm.sl.02", "fm.sl.05@junior", "fm.sl.07@junior"} <= juniors.keys()
    assert {"fm.sl.01", "fm.sl.05@primary_high", "fm.sl.07@primary_high"} <= primary.keys()


def test_a_primary_school_answers_lines_in_the_order_of_the_areas(five):
    lines = five.lines(PRIMARY)
    areas = [line.item.area for line in lines]
    assert list(dict.fromkeys(areas)) == list(AREAS)
    assert areas == sorted(areas, key=list(AREAS).index)
    assert len({line.id for line in lines}) == len(lines)
    assert all(set(line.stages) <= PRIMARY for line in lines)


def test_what_does_not_apply_is_absent(five):
    assert five.lines({"kindergarten"}) == []
    seniors = {line.item.id for line in five.lines({"senior"})}
    assert "fm.hw.04" in seniors
    assert "fm.hw.01" not in seniors


def test_stages_with_other_thresholds_answer_apart_and_are_named(five):
    lines = {line.id: line for line in five.lines(ALL)}
    sleep = [line for line in lines.values() if line.item.id == "fm.sl.05"]
    assert [line.stages for line in sleep] == [
        ("primary_low", "primary_mid", "primary_high"),
        ("junior",),
        ("senior",),
    ]
    assert sleep[0].label.endswith("（小学）")
    assert sleep[1].label.endswith("（初中）")
    classes = [line for line in lines.values() if line.item.id == "fm.pe.01"]
    assert classes[1].label.endswith("（小学中段、小学高段、初中）")


def test_a_line_keeps_its_id_however_many_stages_a_school_has(five):
    juniors = {line.id for line in five.lines({"junior"})}
    everyone = {line.id for line in five.lines(ALL)}
    assert "fm.sl.05@junior" in juniors & everyone
    lone = next(line for line in five.lines({"junior"}) if line.id == "fm.sl.05@junior")
    assert lone.label == lone.item.question
    assert (type(lone.field), lone.field.label) == (Number, lone.item.question)


def test_a_threshold_is_that_of_the_stage(five):
    rule = next(item for item in five.items if item.id == "fm.sl.07").rules[0]
    assert rule.wants("junior") == "22:00"
    assert rule.wants("senior") == "23:00"


def test_the_one_answer_that_asks_for_words_beside_it(five):
    assert [item.detail for item in five.items if item.detail] == ["责任人"]
