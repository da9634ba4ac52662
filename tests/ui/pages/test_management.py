from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from models.problems import AppError
from models.records.measure import AreaPlan, Measure, MeasureAction
from models.records.person import Person
from models.records.spot_check import SpotCheck
from tests.models.ledger.test_checklist_months import fill
from tests.models.records.test_spot_check import a_check
from tests.ui.pages.findings_acts import press, type_in
from ui.pages.management import TABS, ManagementPage
from ui.pages.reports_choices import CHOICES

PLAN = AreaPlan(area="homework", school_year="2026", name="作业管理方案", file_note="3号盒")


@pytest.fixture
def page(make_page, ledger):
    return make_page(ManagementPage, ledger)


def part(page, key):
    page.open_record(key)
    return page.parts[key]


def shown(panel, column):
    model = panel.list.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def printed(page, qtbot):
    with qtbot.waitSignal(page.open_asked) as asked:
        page.print_button.click()
    return asked.args


# ---- plans ------------------------------------------------------------------------------------


def test_plans_are_counted_and_the_missing_ones_named(page, ledger):
    ledger.save_all(
        [
            replace(PLAN, school_year="2025"),
            replace(PLAN, area="fitness", document="示小〔2026〕5号"),
            replace(PLAN, approved_on=date(2026, 9, 3)),
        ]
    )
    panel = part(page, "plans")
    page.refresh()
    assert panel.tally.text() == ("2026—2027学年方案 2/5，还没有登记：睡眠管理、手机管理、读物管理")
    assert shown(panel, 1) == ["作业管理", "体质管理", "作业管理"]
    assert shown(panel, 0)[2] == "2025—2026学年"
    assert shown(panel, 4) == ["2026-09-03", "", ""]


@pytest.mark.parametrize("year", [1999, 2060])
def test_a_wrong_clock_hides_neither_plans_nor_their_paper(page, ledger, clock, year):
    ledger.save(PLAN)
    clock.at = datetime(year, 3, 1, 8, tzinfo=UTC)
    panel = part(page, "plans")
    page.refresh()
    assert panel.tally.text().startswith(f"{year - 1}—{year}学年方案 0/5")
    assert shown(panel, 2) == ["作业管理方案"]
    first = next(iter(CHOICES["school_year"].offers(page.session)))
    assert first == (str(year - 1), f"{year - 1}—{year}学年")


def test_the_next_missing_plan_is_asked_for_and_typed_by_keyboard(page, ledger, qtbot):
    ledger.save(PLAN)
    page.refresh()
    panel = part(page, "plans")
    panel.add_button.click()
    type_in(panel.panel, name="睡眠管理方案", approved_on="2026.9.3")
    name = panel.panel.form.entry("name")
    qtbot.keyClick(name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert {plan.area: plan.school_year for plan in ledger.all(AreaPlan)} == {
        "homework": "2026",
        "sleep": "2026",
    }


def test_five_plans_are_all_and_no_more_is_suggested(page, ledger):
    ledger.save_all(
        [replace(PLAN, area=area) for area in ("homework", "sleep", "phone", "reading", "fitness")]
    )
    panel = part(page, "plans")
    page.refresh()
    assert panel.tally.text() == "2026—2027学年方案 5/5，齐全"
    panel.add_button.click()
    assert panel.panel.form.entry("area").raw() == ""


# ---- measures and actions ---------------------------------------------------------------------


def test_ten_measures_are_listed_at_once_and_then_filled_in(page, ledger, qtbot):
    panel = part(page, "measures")
    assert panel.left.currentWidget() is panel.nothing
    panel.nothing.button.click()
    assert shown(panel, 0)[:2] + shown(panel, 0)[-1:] == ["第一项", "第二项", "第十项"]
    assert shown(panel, 1)[4:6] == ["心理健康", "（名称待填）"]
    assert "其余请按收到的文件填写" in panel.notice.text()
    sixth = next(one for one in ledger.all(Measure) if one.number == "6")
    page.open_record(sixth.id)
    type_in(panel.panel, name="课后服务", text="按文件要求\n开展")
    panel.panel.save()
    assert shown(panel, 2)[5] == "按文件要求 开展"
    panel.add_button.click()
    assert panel.notice.text() == "十项举措都已列出，请在左边选一项修改。"


def test_none_of_the_ten_can_be_taken_away(page, ledger):
    panel = part(page, "measures")
    panel.add()
    page.open_record(ledger.all(Measure)[0].id)
    assert panel.panel.isVisible()
    assert not panel.remove_button.isVisible()


def test_measures_that_cannot_be_saved_are_told(page, ledger, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    monkeypatch.setattr(ledger, "save", full)
    panel = part(page, "measures")
    panel.add()
    assert panel.notice.text() == "磁盘已满，这一次没有保存。"


def test_actions_say_what_is_late_and_measures_how_much_is_done(page, ledger):
    action = MeasureAction(number="2", what="致家长信", person="张㛃", due=date(2026, 11, 1))
    ledger.save_all(
        [
            replace(action, done_on=date(2026, 10, 30)),
            replace(action, due=date(2026, 12, 1)),
            action,
        ]
    )
    ledger.save(Person(name="张㛃", state="active"))
    panel = part(page, "actions")
    page.refresh()
    assert shown(panel, 3) == ["2026-11-01", "2026-12-01", "2026-11-01"]
    assert shown(panel, 4) == ["逾期未完成", "未完成", "完成 10-30"]
    panel.add()
    assert panel.panel.form.entry("number").raw() == "2"
    assert "张㛃" in panel.panel.form.entry("person").completer().offered()
    measures = part(page, "measures")
    measures.add()
    assert shown(measures, 3)[:3] == ["—", "1/3", "—"]


def test_the_first_action_is_for_the_first_measure(page):
    panel = part(page, "actions")
    panel.add()
    assert panel.panel.form.entry("number").raw() == "1"


def test_codes_of_a_newer_program_stand_last(page):
    plans = [replace(PLAN, area="art"), PLAN]
    assert [plan.area for plan in page.parts["plans"].arranged(plans)] == ["homework", "art"]
    measures = [Measure(number="11"), Measure(number="10")]
    panel = page.parts["measures"]
    assert [measure.number for measure in panel.arranged(measures)] == ["10", "11"]
    assert panel.cells(measures[0])[0].text == "11"


# ---- spot checks ------------------------------------------------------------------------------


def test_spot_checks_are_typed_class_by_class_and_added_up(page, ledger):
    panel = part(page, "spots")
    panel.add()
    type_in(panel.panel, kind="sleep", grade="3", class_name="1班", asked="42", beyond="12")
    panel.panel.save()
    panel.add()
    form = panel.panel.form
    assert [form.entry(name).raw() for name in ("kind", "grade", "held_on")] == [
        "sleep",
        "3",
        "2026-11-23",
    ]
    type_in(panel.panel, class_name="2班", asked="45", beyond="46")
    panel.panel.save()
    assert "比抽测人数还多" in form.rows["beyond"].complaint.text()
    type_in(panel.panel, beyond="17")
    panel.panel.save()
    assert len(ledger.all(SpotCheck)) == 2
    assert panel.tally.text() == (
        "本月　睡眠时间：抽测2个班、87人，睡眠不足29人，睡眠不足率33.33%。"
    )
    assert shown(panel, 2) == ["三年级1班", "三年级2班"]
    assert shown(panel, 5) == ["28.57%", "37.78%"]


def test_a_month_without_checks_has_no_totals(page, ledger):
    ledger.save(a_check(held_on=date(2026, 10, 1)))
    panel = part(page, "spots")
    page.refresh()
    assert not panel.tally.isVisible()
    assert shown(panel, 0) == ["2026-10-01"]


# ---- trend ------------------------------------------------------------------------------------


def test_the_trend_of_a_term_is_drawn_and_said(page, ledger):
    template = page.session.checklist
    fill(ledger, template, "2026-10", fm_hw_01="no")
    fill(ledger, template, "2026-11", fm_hw_01="yes", fm_pe_10="1000/413")
    panel = part(page, "trend")
    page.refresh()
    assert panel.stack.currentIndex() == 0
    assert panel.figures.text() == "11月：近视率 41.30%，体质健康优良率 —"
    assert panel.areas.accessibleDescription().startswith("10月：作业 0，")
    assert panel.health.accessibleDescription() == "10月：近视率 —；11月：近视率 41.3"
    panel.choice.setCurrentIndex(1)
    panel.choice.activated.emit(1)
    assert panel.stack.currentWidget() is panel.empty


# ---- the page ---------------------------------------------------------------------------------


def test_what_is_in_front_is_printed(page, ledger, qtbot):
    for key in ("plans", "measures", "actions"):
        page.open_record(key)
        assert printed(page, qtbot) == ["reports", "measures:2026"]
    page.open_record("spots")
    assert printed(page, qtbot) == ["reports", "homework_spot:2026-11"]
    ledger.save(a_check(kind="sleep", held_on=date(2026, 10, 1)))
    page.refresh()
    assert printed(page, qtbot) == ["reports", "sleep_spot:2026-10"]
    page.open_record("trend")
    assert printed(page, qtbot) == ["reports", "five_term:2026-1"]


def test_a_record_is_shown_in_its_tab_and_one_that_is_gone_nowhere(page, ledger):
    check = ledger.save(a_check())
    page.open_record(check.id)
    assert list(TABS)[page.tabs.currentIndex()] == "spots"
    assert page.spots.panel.form.entry("asked").raw() == "45"
    page.open_record("gone")
    assert list(TABS)[page.tabs.currentIndex()] == "spots"


def test_from_here_one_goes_back_to_the_sheet(page, qtbot):
    with qtbot.waitSignal(page.open_asked) as asked:
        press(page, "自查表")
    assert asked.args == ["five_management", ""]
