import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from models.ledger import findings
from models.problems import AppError
from models.records.finding import Finding
from models.records.person import Person
from models.records.risk import Duty, RiskPoint
from tests.conftest import a_finding
from tests.models.ledger.test_risks import a_point
from tests.ui.pages.findings_acts import press, texts, type_in
from ui.colours import PALETTE
from ui.pages.risks import RisksPage


@pytest.fixture
def page(make_page, ledger):
    return make_page(RisksPage, ledger)


@pytest.fixture
def points(ledger):
    stairs = a_point(name="东楼梯", place="教学楼", category="crowd", colour="yellow")
    return ledger.save_all([stairs, a_point()])


def shown(panel, column=1):
    model = panel.list.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def find(panel, qtbot, words):
    panel.search.setText(words)
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)


def test_an_empty_register_says_what_it_is_for_and_offers_the_first(page, ledger):
    panel = page.points
    assert panel.left.currentWidget() is panel.nothing
    assert "管控措施" in " ".join(texts(panel.nothing))
    panel.nothing.button.click()
    assert panel.panel.form.entry("name").hasFocus()
    assert not panel.remove_button.isVisible()


def test_a_risk_point_is_typed_and_saved_by_keyboard(page, ledger, qtbot):
    page.points.add_button.click()
    type_in(
        page.points.panel,
        name="食堂燃气间",
        category="elec",
        accident="燃气泄漏",
        colour="red",
        measures="每日关阀",
    )
    name = page.points.panel.form.entry("name")
    qtbot.keyClick(name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (point,) = ledger.all(RiskPoint)
    assert (point.name, point.colour, point.unit) == ("食堂燃气间", "red", ledger.unit)
    assert page.points.notice.text() == "已保存：食堂燃气间。"
    assert shown(page.points) == ["食堂燃气间"]


def test_what_is_missing_is_said_beside_its_field(page, ledger):
    page.points.add_button.click()
    page.points.panel.save_button.click()
    rows = page.points.panel.form.rows
    assert rows["measures"].complaint.text() == "请填写“管控措施”。"
    assert rows["colour"].complaint.text() == "请填写“风险等级”。"
    assert ledger.all(RiskPoint) == []


def test_they_are_listed_by_category_with_colour_as_mark_and_in_words(page, points):
    page.refresh()
    panel = page.points
    assert shown(panel) == ["食堂燃气间", "东楼梯"]
    assert shown(panel, 2) == ["红（重大风险）", "黄（一般风险）"]
    model = panel.list.model()
    marks = [model.index(row, 2).data(Qt.ItemDataRole.DecorationRole) for row in (0, 1)]
    assert marks == [QColor(PALETTE.red), QColor(PALETTE.yellow)]
    assert model.index(0, 1).data(Qt.ItemDataRole.DecorationRole) is None
    panel.list.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert shown(panel) == ["东楼梯", "食堂燃气间"]


def test_they_are_found_by_words_initials_and_colour(page, points, qtbot):
    page.refresh()
    panel = page.points
    find(panel, qtbot, "dlt")
    assert shown(panel) == ["东楼梯"]
    find(panel, qtbot, "泳池")
    assert panel.left.currentWidget() is panel.none_found
    find(panel, qtbot, "")
    panel.chips.chip("red").click()
    assert shown(panel) == ["食堂燃气间"]
    panel.chips.chip("red").click()
    panel.chips.chip("blue").click()
    assert panel.left.currentWidget() is panel.none_found


def test_the_list_in_front_is_printed(page, points, qtbot):
    for tab, key in ((0, "risk_list"), (1, "duty_list")):
        page.tabs.setCurrentIndex(tab)
        with qtbot.waitSignal(page.open_asked) as asked:
            page.print_button.click()
        assert asked.args == ["reports", f"{key}:now"]


def test_from_a_risk_point_one_sees_and_opens_its_findings(page, ledger, points, qtbot):
    kitchen = points[1]
    finding = findings.register(ledger, a_finding(risk_point=kitchen.id))
    findings.register(ledger, a_finding())
    page.refresh()
    panel = page.points
    assert shown(panel, 5) == ["1", "—"]
    panel.list.select(kitchen.id)
    assert panel.heading.text().startswith("指向它的隐患 1 条")
    panel.findings.select(finding.id)
    with qtbot.waitSignal(page.open_asked) as asked:
        qtbot.keyClick(panel.findings, Qt.Key.Key_Return)
    assert asked.args == ["findings", finding.id]
    panel.list.select(points[0].id)
    assert not panel.findings.isVisible()


def test_a_deleted_one_can_be_taken_back(page, ledger, points):
    page.refresh()
    panel = page.points
    panel.list.select(points[0].id)
    panel.remove_button.click()
    assert shown(panel) == ["食堂燃气间"]
    assert panel.right.currentWidget() is panel.hint
    assert panel.notice.text() == "已删除：东楼梯。"
    press(page, "撤销")
    assert shown(panel) == ["食堂燃气间", "东楼梯"]
    assert panel.list.current() == points[0].id


def test_one_that_cannot_be_deleted_stays_and_is_told(page, ledger, points, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    page.refresh()
    page.points.list.select(points[0].id)
    monkeypatch.setattr(ledger, "remove", full)
    page.points.remove_button.click()
    assert "磁盘已满" in page.points.notice.text()
    assert page.points.panel.isVisible()
    assert len(ledger.all(RiskPoint)) == 2


def test_what_was_typed_for_one_waits_while_another_is_looked_at(page, points):
    page.refresh()
    panel = page.points
    panel.list.select(points[0].id)
    type_in(panel.panel, measures="上下课专人疏导")
    panel.list.select(points[1].id)
    assert panel.panel.form.entry("measures").raw() == points[1].measures
    panel.list.select(points[0].id)
    assert panel.panel.form.entry("measures").raw() == "上下课专人疏导"


def test_the_history_of_one_is_read_when_it_is_unfolded(page, ledger, points):
    page.refresh()
    page.points.list.select(points[0].id)
    type_in(page.points.panel, measures="上下课专人疏导")
    page.points.panel.save()
    page.points.list.select(points[0].id)
    page.points.history.button.click()
    assert "上下课专人疏导" in page.points.history.changes.item(0, 3).text()


def test_enter_on_a_line_goes_to_its_form_and_esc_leaves_it(page, points, qtbot):
    page.refresh()
    panel = page.points
    panel.list.select(points[0].id)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.panel.form.entry("name").hasFocus()
    qtbot.keyClick(panel.panel.form.entry("name"), Qt.Key.Key_Escape)
    assert panel.right.currentWidget() is panel.hint


def test_words_and_people_known_are_offered(page, ledger, points):
    ledger.save(Person(name="张㛃", state="active"))
    page.refresh()
    page.points.add()
    form = page.points.panel.form
    assert form.entry("place").offered() == ["教学楼", "食堂一楼"]
    assert "张㛃" in form.entry("responsible").offered()


def test_duties_are_the_second_tab(page, ledger):
    page.tabs.setCurrentIndex(1)
    page.open_record("")
    type_in(page.duties.panel, post="校长", duties="对学校安全\n全面负责", frequency="每月")
    page.duties.panel.save()
    (duty,) = ledger.all(Duty)
    assert shown(page.duties, 2) == ["对学校安全 全面负责"]
    page.tabs.setCurrentIndex(0)
    page.open_record(duty.id)
    assert page.tabs.currentIndex() == 1
    assert page.duties.panel.form.entry("post").raw() == "校长"


def test_a_record_that_is_gone_is_told(page, points):
    page.open_record("no such")
    assert "可能已经删除" in page.points.notice.text()
    page.open_record(points[1].id)
    assert page.points.panel.title.text() == "食堂燃气间"


def test_the_page_follows_the_ledger(page, qtbot):
    page.session.write(lambda ledger: ledger.save(a_point()), "risk_point")
    qtbot.waitUntil(lambda: shown(page.points) == ["食堂燃气间"])
    (point,) = page.session.ledger.all(RiskPoint)
    page.points.list.select(point.id)
    page.session.write(
        lambda ledger: findings.register(ledger, a_finding(risk_point=point.id)), "finding"
    )
    qtbot.waitUntil(lambda: page.points.findings.isVisible())


def test_a_finding_points_to_a_risk_point_by_its_words(make_findings_page, ledger, points):
    page = make_findings_page()
    page.open_record("")
    page.form.more.click()
    type_in(page.form, description="报警器失灵", place="食堂", risk_point="食堂燃")
    page.form.save()
    assert "请从列表中选择一项" in page.form.form.rows["risk_point"].complaint.text()
    type_in(page.form, risk_point="食堂燃气间 · 食堂一楼", category="elec")
    page.form.save()
    (finding,) = ledger.all(Finding)
    assert finding.risk_point == points[1].id
    assert "食堂燃气间，红（重大风险）" in texts(page.detail.facts)
    ledger.remove(points[1])
    page.refresh()
    assert "食堂燃气间，红（重大风险）" in texts(page.detail.facts)
