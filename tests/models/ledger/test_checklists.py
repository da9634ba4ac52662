from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.ledger import checklists
from models.ledger.lines import natural_id
from models.records.figures import Rate
from models.records.five_management import Checklist, ChecklistAnswer
from models.templates.compliance import Given
from tests.conftest import TODAY
from tests.models.ledger.conftest import MONTH, Writer


def given(lines, **answers):
    found = {
        line: ChecklistAnswer(line=line, response=response) for line, response in answers.items()
    }
    return checklists.given_of(lines.values(), found)


def test_a_new_sheet_knows_its_template_its_day_and_who_fills_it(blank, template):
    assert (blank.template, blank.version) == (template.id, template.version)
    assert (blank.filled_on, blank.filled_by) == (TODAY, "李安全")
    assert blank.rule_sets == {"national", "shandong_2025"}


def test_a_sheet_nobody_answered_is_not_in_the_ledger(ledger, blank):
    assert checklists.sheet(ledger, MONTH) is None
    assert checklists.answers(ledger, blank) == {}


def test_a_ledger_where_nobody_works_yet_leaves_the_name_open(ledger, template):
    ledger.set_setting("user", "")
    assert checklists.new_sheet(ledger, template, MONTH).filled_by is None


def test_the_first_answer_makes_the_sheet(ledger, blank):
    checklists.save_answer(ledger, blank, ChecklistAnswer(line="fm.hw.01", response="yes"))
    sheet = checklists.sheet(ledger, MONTH)
    assert sheet is not None
    assert sheet.rule_sets == blank.rule_sets
    assert checklists.answers(ledger, sheet)["fm.hw.01"].response == "yes"


def test_the_second_answer_stands_in_the_same_sheet(ledger, blank):
    for line in ("fm.hw.01", "fm.hw.02"):
        checklists.save_answer(ledger, blank, ChecklistAnswer(line=line, response="yes"))
    assert len(ledger.all(Checklist)) == 1
    assert set(checklists.answers(ledger, checklists.sheet(ledger, MONTH))) == {
        "fm.hw.01",
        "fm.hw.02",
    }


def test_an_answer_changes_only_what_the_person_changed(ledger, blank):
    first = checklists.save_answer(ledger, blank, ChecklistAnswer(line="a", response="yes"))
    ledger.save(replace(first, note="由另一台电脑补充"), first)
    checklists.save_answer(ledger, blank, replace(first, response="no"), first)
    saved = checklists.answers(ledger, checklists.sheet(ledger, MONTH))["a"]
    assert (saved.response, saved.note) == ("no", "由另一台电脑补充")


def test_the_sheet_of_another_unit_is_found_by_its_unit(ledger, blank):
    writer = Writer(unit="other")
    sheet = natural_id("other", "checklist", (blank.template, blank.period))
    writer.update(
        "checklist",
        sheet,
        template=[None, blank.template, 0, "0.0"],
        period=[None, blank.period, 0, "0.0"],
    )
    ledger.receive([writer.segment()])
    assert checklists.sheet(ledger, MONTH) is None
    assert checklists.sheet(ledger, MONTH, "other").unit == "other"


@pytest.mark.parametrize("before", [date(2026, 11, 3), None])
def test_the_day_of_filling_moves_along_while_the_month_runs(ledger, blank, before):
    ledger.save(replace(blank, filled_on=before))
    checklists.save_answer(ledger, blank, ChecklistAnswer(line="a", response="yes"))
    assert checklists.sheet(ledger, MONTH).filled_on == TODAY


def test_the_day_of_filling_stays_once_the_month_is_over(ledger, blank, clock):
    ledger.save(replace(blank, filled_on=date(2026, 11, 3)))
    clock.at = datetime(2026, 12, 5, 8, 0, tzinfo=UTC)
    checklists.save_answer(ledger, blank, ChecklistAnswer(line="a", response="yes"))
    assert checklists.sheet(ledger, MONTH).filled_on == date(2026, 11, 3)


def test_a_day_of_filling_still_to_come_stays(ledger, blank):
    ledger.save(replace(blank, filled_on=date(2026, 11, 30)))
    checklists.save_answer(ledger, blank, ChecklistAnswer(line="a", response="yes"))
    assert checklists.sheet(ledger, MONTH).filled_on == date(2026, 11, 30)


def test_the_time_before_is_the_last_month_that_was_filled(ledger, template):
    for period, response in (("2026-05", "no"), ("2026-06", "yes"), ("2026-12", "na")):
        sheet = checklists.new_sheet(ledger, template, period)
        checklists.save_answer(ledger, sheet, ChecklistAnswer(line="a", response=response))
    period, answers = checklists.previous_answers(ledger, "2026-09")
    assert (period, answers["a"].response) == ("2026-06", "yes")


def test_before_the_first_sheet_there_is_nothing_to_take_over(ledger):
    assert checklists.previous_answers(ledger, MONTH) == ("", {})


def test_answers_are_judged_by_their_values(lines):
    found = given(lines, **{"fm.hw.01": "yes", "fm.hw.02": "45"})
    assert found == {"fm.hw.01": Given("yes"), "fm.hw.02": Given(45)}


def test_what_is_written_beside_an_answer_is_judged_with_it(lines):
    answers = {"fm.ph.04": ChecklistAnswer(line="fm.ph.04", response="yes", detail="张㛃")}
    assert checklists.given_of(lines.values(), answers) == {"fm.ph.04": Given("yes", "张㛃")}


@pytest.mark.parametrize(
    ("line", "response"),
    [
        ("fm.hw.01", "maybe"),
        ("fm.hw.02", "五十"),
        ("fm.hw.02", "301"),
        ("fm.hw.13", "x"),
        ("fm.hw.15", "12"),
        ("fm.sl.01", "25:00"),
        ("fm.hw.01", None),
    ],
)
def test_what_cannot_be_read_any_more_counts_as_unanswered(lines, line, response):
    assert given(lines, **{line: response}) == {}


def test_every_kind_of_answer_comes_back_as_it_was_typed(ledger, blank, lines):
    typed = {
        "fm.hw.01": "不适用",
        "fm.hw.02": "４５分钟",
        "fm.hw.13": "97.5",
        "fm.hw.15": "12/3",
        "fm.sl.01": "8：20",
        "fm.rd.10": "2026年11月2日",
    }
    values = {line: lines[line].field.parse(text) for line, text in typed.items()}
    for line, value in values.items():
        plain = str(lines[line].field.to_plain(value))
        checklists.save_answer(ledger, blank, ChecklistAnswer(line=line, response=plain))
    saved = checklists.answers(ledger, checklists.sheet(ledger, MONTH))
    found = checklists.given_of(lines.values(), saved)
    assert {line: given.value for line, given in found.items()} == values


def test_how_far_a_month_is_filled_counts_what_can_be_read_and_is_asked(ledger, blank, template):
    lines = template.lines(ledger.organisation.stages)
    assert checklists.progress(ledger, lines, blank.period) == Rate(0, len(lines))
    for line, response in (("fm.hw.01", "yes"), ("fm.hw.02", "nonsense"), ("gone", "yes")):
        checklists.save_answer(ledger, blank, ChecklistAnswer(line=line, response=response))
    assert checklists.progress(ledger, lines, blank.period) == Rate(1, len(lines))


def test_the_rules_that_were_chosen_last_are_chosen_again(ledger, blank, template):
    checklists.save_answer(
        ledger,
        replace(blank, rule_sets=frozenset({"national"})),
        ChecklistAnswer(line="a", response="yes"),
    )
    assert checklists.new_sheet(ledger, template, "2026-12").rule_sets == {"national"}


def test_a_term_has_a_sheet_of_its_own(ledger, template, clock):
    for period in ("2026-10", "2025-2"):
        old = checklists.new_sheet(ledger, template, period)
        checklists.save_answer(ledger, old, ChecklistAnswer(line="a", response=period))
    term = checklists.new_sheet(ledger, template, "2026-1")
    checklists.save_answer(ledger, term, ChecklistAnswer(line="a", response="yes"))
    found = {period: checklists.previous_answers(ledger, period)[0] for period in (MONTH, "2026-1")}
    assert found == {MONTH: "2026-10", "2026-1": "2025-2"}
    clock.at = datetime(2027, 1, 31, 8, tzinfo=UTC)  # it still runs, and the day moves along
    checklists.save_answer(ledger, term, ChecklistAnswer(line="b", response="yes"))
    assert checklists.sheet(ledger, "2026-1").filled_on == date(2027, 1, 31)
