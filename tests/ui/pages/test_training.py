from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from models.ledger.training import attendance_of, mark_attendance, roster, sessions, totals
from models.problems import AppError
from models.records.person import Person
from models.records.record import plain_of
from models.records.training import TrainingSession
from tests.models.ledger.conftest import Writer
from tests.ui.pages.training_acts import (
    ATTENDANCE,
    PEOPLE,
    SESSIONS,
    SUMMARY,
    a_session,
    press,
    texts,
    type_cell,
    type_into,
)
from ui.pages.training_sheet import LEAVE, STATUS
from ui.session import Session

SIXTY = "\n".join(f"学员{n:02}\t干事\t办公室" for n in range(1, 61))
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def page(training_page):
    return training_page


@pytest.fixture
def three(trainees):
    return trainees


def test_a_clerk_gets_from_a_pasted_list_to_a_persons_hours_by_module(page, ledger, qtbot):
    """Journey J6."""
    page.sessions_tab.no_people.button.click()
    assert page.tabs.currentIndex() == PEOPLE
    page.people_tab.paste.text.setPlainText(SIXTY)
    page.people_tab.paste.add_button.click()
    assert len(roster(ledger)) == 60

    page.new_button.click()
    form = page.sessions_tab.form.panel.form
    type_into(form.entry("topic"), "校园安全管理")
    form.entry("module").set_value("development")
    form.entry("form").set_value("lecture")
    type_into(form.entry("starts"), "2026-11-23 8：30")
    type_into(form.entry("ends"), form.entry("ends").text() + "10：45")
    assert page.sessions_tab.form.length.text() == "时长 135 分钟，折 3.00 学时"
    page.sessions_tab.form.panel.save_button.click()
    (held,) = sessions(ledger)
    assert (held.starts, held.minutes) == (datetime(2026, 11, 23, 8, 30), 135)
    assert texts(page.sessions_tab.list, 0)[-1] == "未登记"

    page.sessions_tab.form.attendance.click()
    assert page.tabs.currentIndex() == ATTENDANCE
    page.attendance_tab.fill_button.click()
    page.attendance_tab.view.go(4, STATUS)
    press(qtbot, page, Qt.Key.Key_3)
    assert page.attendance_tab.view.currentIndex().column() == LEAVE
    type_cell(qtbot, page, 4, LEAVE, "45")
    assert page.attendance_tab.counts.text().split() == [
        *("应到", "60", "实到", "59", "迟到", "0"),
        *("请假", "1", "缺勤", "0", "未登记", "0"),
    ]
    assert attendance_of(ledger, held)[roster(ledger)[4].id].leave_minutes == 45

    page.tabs.setCurrentIndex(SUMMARY)
    summary = page.summary_tab
    assert texts(summary.list, 4)[:4] == ["学员05", "干事", "办公室", "—"]
    assert texts(summary.list, 4)[-2] == "2.00"
    assert summary.list.model().index(4, 4).data(TIP) == "90 分钟"
    assert texts(summary.list, 0)[-2] == "3.00"
    summary.list.select(roster(ledger)[4].id)
    assert texts(summary.details, 0)[1:] == [
        *("校园安全管理", "聚焦发展", "请假 45 分钟", "90", "2.00"),
    ]


# ---- first steps -----------------------------------------------------------------------------


def test_each_tab_says_what_to_do_first(page, three):
    page.refresh()
    assert page.sessions_tab.stack.currentWidget() is page.sessions_tab.no_sessions
    page.tabs.setCurrentIndex(ATTENDANCE)
    page.attendance_tab.no_sessions.button.click()
    assert page.tabs.currentIndex() == SESSIONS
    assert page.sessions_tab.right.currentWidget() is page.sessions_tab.form


def test_a_session_without_trainees_leads_to_the_list_of_names(page, ledger):
    ledger.save(a_session())
    page.tabs.setCurrentIndex(ATTENDANCE)
    page.attendance_tab.no_people.button.click()
    assert page.tabs.currentIndex() == PEOPLE
    assert page.people_tab.right.currentWidget() is page.people_tab.paste


def test_the_people_tab_begins_with_the_trainees(page, ledger, three):
    page.tabs.setCurrentIndex(PEOPLE)
    people = page.people_tab
    assert [texts(people.list, row)[0] for row in range(3)] == ["赵𬱖", "张㛃", "王平安"]
    for person in three:
        ledger.remove(person)
    people.refresh()
    assert people.empty.accessibleName() == "还没有培训学员"
    people.chips.chip("trainee").click()
    assert texts(people.list, 0)[0] == "李安全"


def test_an_empty_summary_leads_to_the_first_step(page, three, ledger):
    page.tabs.setCurrentIndex(SUMMARY)
    assert page.summary_tab.stack.currentWidget() is page.summary_tab.no_sessions
    for person in three:
        ledger.remove(person)
    page.refresh()
    page.summary_tab.no_people.button.click()
    assert page.tabs.currentIndex() == PEOPLE


# ---- sessions --------------------------------------------------------------------------------


def test_open_record_shows_a_session_and_an_empty_id_starts_one(page, ledger):
    old, new = ledger.save(a_session(topic="旧")), ledger.save(a_session(topic="新"))
    page.tabs.setCurrentIndex(SUMMARY)
    page.open_record(old.id)
    topic = page.sessions_tab.form.panel.form.entry("topic")
    assert (page.tabs.currentIndex(), topic.text()) == (SESSIONS, "旧")
    page.open_record(new.id)
    assert topic.text() == "新"
    page.open_record("")
    assert topic.text() == ""
    page.open_record("x.404")
    assert "没有找到" in page.sessions_tab.notice.text()


def test_a_new_session_begins_like_the_last_one_today(page, ledger):
    ledger.save(a_session(hour_rule="m60", module="project", organiser="示例县教育局"))
    page.new_button.click()
    form = page.sessions_tab.form.panel.form
    assert form.entry("hour_rule").value() == "m60"
    assert form.entry("module").value() == "project"
    assert form.entry("organiser").text() == "示例县教育局"
    assert form.entry("starts").text() == form.entry("ends").text() == "2026-11-23 "


def test_the_end_follows_the_day_of_the_start_until_its_time_is_typed(page):
    page.new_button.click()
    form = page.sessions_tab.form.panel.form
    type_into(form.entry("starts"), "2026-11-25 8:30")
    assert form.entry("ends").text() == "2026-11-25 "
    type_into(form.entry("ends"), "2026-11-25 10:00")
    type_into(form.entry("starts"), "2026-11-24 8:30")
    assert form.entry("ends").text() == "2026-11-25 10:00"


@pytest.mark.parametrize(
    ("ends", "words"),
    [("2026-11-23 8:30", "晚于"), ("2026-11-24 8:30", "14 小时"), ("2026-11-23", "日期和时间")],
)
def test_a_wrong_end_is_told_beside_its_field(page, ledger, ends, words):
    page.new_button.click()
    form = page.sessions_tab.form.panel.form
    type_into(form.entry("topic"), "校园安全")
    form.entry("module").set_value("project")
    form.entry("form").set_value("project")
    type_into(form.entry("starts"), "2026-11-23 8:30")
    type_into(form.entry("ends"), ends)
    assert "填好起止时间" in page.sessions_tab.form.length.text()
    page.sessions_tab.form.panel.save_button.click()
    assert words in form.rows["ends"].complaint.text()
    assert sessions(ledger) == []


def test_editing_writes_only_what_was_changed(page, ledger):
    held = ledger.save(a_session(place="报告厅"))
    page.open_record(held.id)
    form = page.sessions_tab.form.panel.form
    type_into(form.entry("topic"), "防汛演练")
    elsewhere = ledger.save(a_session(id=held.id, unit=held.unit, place="操场"), held)
    page.sessions_tab.form.panel.save_button.click()
    (now,) = sessions(ledger)
    assert (now.topic, now.place) == ("防汛演练", elsewhere.place)


def test_a_removed_session_can_be_brought_back(page, ledger, three):
    held = ledger.save(a_session())
    mark_attendance(ledger, held, three[0], "present")
    page.open_record(held.id)
    page.sessions_tab.form.remove_button.click()
    assert sessions(ledger) == []
    assert totals(ledger, 2026)[0].total == 0
    assert "已删除活动“校园安全”" in page.sessions_tab.notice.text()
    page.sessions_tab.notice.acted.emit()
    assert sessions(ledger) == [held]
    assert totals(ledger, 2026)[0].total_minutes == 135


def test_a_disk_that_takes_nothing_is_told_and_nothing_is_lost(page, ledger, monkeypatch):
    held = ledger.save(a_session())
    page.open_record(held.id)

    def full(*_):
        raise AppError("磁盘已满，这一次没有保存。")

    monkeypatch.setattr(Session, "write", full)
    page.sessions_tab.form.remove_button.click()
    assert "磁盘已满" in page.sessions_tab.form.panel.notice.text()
    page.sessions_tab.notice.acted.emit()
    assert "磁盘已满" in page.sessions_tab.notice.text()
    assert sessions(ledger) == [held]


def test_closing_a_session_lets_it_be_opened_again(page, ledger):
    held = ledger.save(a_session())
    page.open_record(held.id)
    page.sessions_tab.form.panel.close_form()
    assert page.sessions_tab.right.currentWidget() is page.sessions_tab.hint
    page.sessions_tab.list.select(held.id)
    assert page.sessions_tab.right.currentWidget() is page.sessions_tab.form


def test_a_narrow_list_leaves_the_form_out_before_the_topic(page, ledger):
    ledger.save(a_session())
    page.refresh()
    view = page.sessions_tab.list
    view.resize(560, 400)
    assert [view.isColumnHidden(section) for section in (2, 3, 4)] == [False, True, False]
    view.resize(360, 400)
    assert [view.isColumnHidden(section) for section in (2, 3, 4)] == [True, True, True]
    view.resize(900, 400)
    assert [view.isColumnHidden(section) for section in (2, 3, 4)] == [False, False, False]


def test_the_width_of_the_list_is_remembered(page, ledger, qtbot):
    ledger.save(a_session())
    page.refresh()
    page.sessions_tab.split.moveSplitter(500, 1)
    qtbot.waitUntil(lambda: ledger.setting("training.splitter").startswith("500,"))


# ---- finding a session, and what was done to it ----------------------------------------------


def find(page, qtbot, words):
    page.sessions_tab.search.setText(words)
    qtbot.keyClick(page.sessions_tab.search, Qt.Key.Key_Return)


def topics(page):
    view = page.sessions_tab.list
    return [texts(view, row)[1] for row in range(view.model().rowCount())]


def test_sessions_are_searched_by_words_and_initials(page, ledger, qtbot):
    ledger.save(a_session(topic="防汛演练", place="操场"))
    ledger.save(a_session(topic="消防培训", speaker="赵𬱖"))
    page.refresh()
    for words in ("操场", "fxyl"):
        find(page, qtbot, words)
        assert topics(page) == ["防汛演练"]
    find(page, qtbot, "没有这样的活动")
    assert page.sessions_tab.left.currentWidget() is page.sessions_tab.nothing
    assert page.sessions_tab.stack.currentWidget() is page.sessions_tab.split
    find(page, qtbot, "")
    assert len(topics(page)) == 2


def test_a_search_leaves_the_form_in_hand_alone(page, ledger, qtbot):
    held = ledger.save(a_session(topic="防汛演练"))
    page.open_record(held.id)
    topic = page.sessions_tab.form.panel.form.entry("topic")
    type_into(topic, "防汛大演练")
    find(page, qtbot, "没有这样的活动")
    assert topic.text() == "防汛大演练"
    assert page.sessions_tab.right.currentWidget() is page.sessions_tab.form


def test_a_session_that_is_asked_for_is_shown_in_spite_of_a_search(page, ledger, qtbot):
    held = ledger.save(a_session(topic="防汛演练"))
    find(page, qtbot, "消防")
    page.open_record(held.id)
    assert page.sessions_tab.form.opened == held
    assert topics(page) == ["防汛演练"]


def test_a_new_session_begins_like_the_last_one_even_while_searching(page, ledger, qtbot):
    ledger.save(a_session(organiser="示例县教育局"))
    find(page, qtbot, "没有这样的活动")
    page.new_button.click()
    assert page.sessions_tab.form.panel.form.entry("organiser").text() == "示例县教育局"


def test_the_history_of_a_session_unfolds_below_its_form(page, ledger):
    held = ledger.save(a_session(place="报告厅"))
    page.open_record(held.id)
    form = page.sessions_tab.form
    form.history.button.click()
    before = form.history.changes.rowCount()
    type_into(form.panel.form.entry("place"), "操场")
    form.panel.save_button.click()
    assert form.history.changes.rowCount() == before + 1
    assert form.history.changes.item(0, 3).text() == "地点：报告厅 → 操场"
    page.new_button.click()
    assert not form.history.isVisible()


# ---- summary ---------------------------------------------------------------------------------


def test_the_summary_is_of_one_year_and_prints_it(page, ledger, three, qtbot):
    old = ledger.save(a_session(starts=datetime(2025, 3, 1, 8, 0)))
    mark_attendance(ledger, old, three[0], "present")
    page.tabs.setCurrentIndex(SUMMARY)
    summary = page.summary_tab
    assert [summary.years.itemText(n) for n in range(2)] == ["2026 年", "2025 年"]
    assert texts(summary.list, 0)[-2] == "—"
    summary.years.setCurrentIndex(1)
    summary.years.activated.emit(1)
    assert texts(summary.list, 0)[-2] == "3.00"
    assert summary.facts.text() == "3 人　1 场活动"
    with qtbot.waitSignal(page.open_asked) as asked:
        summary.print_button.click()
    assert asked.args == ["reports", "training_summary:2025"]


def test_a_session_of_a_person_opens_from_the_summary(page, ledger, three, qtbot):
    held = ledger.save(a_session())
    mark_attendance(ledger, held, three[0], "present")
    page.tabs.setCurrentIndex(SUMMARY)
    page.summary_tab.list.select(three[0].id)
    assert page.summary_tab.card.isVisible()
    page.summary_tab.details.select(held.id)
    qtbot.keyClick(page.summary_tab.details, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == SESSIONS
    assert page.sessions_tab.form.opened == held


def test_people_that_others_write_appear_by_themselves(page, three, qtbot):
    page.tabs.setCurrentIndex(PEOPLE)
    given = {"roles": frozenset({"trainee"}), "state": "active"}
    page.session.save(Person(name="从别处来", **given))
    people = page.people_tab.list
    qtbot.waitUntil(lambda: people.model().rowCount() == 4)
    assert texts(people, 3)[0] == "从别处来"


def test_a_hidden_page_waits_until_it_is_shown(page, qapp):
    page.hide()
    page.session.save(a_session(topic="从别处来"))
    qapp.processEvents()
    assert page.sessions_tab.list.model().rowCount() == 0
    page.refresh()
    assert page.sessions_tab.list.model().rowCount() == 1


def test_what_others_write_appears_by_itself(page, ledger, three, qtbot):
    page.session.save(a_session(topic="从别处来"))
    qtbot.waitUntil(lambda: page.sessions_tab.list.model().rowCount() == 1)
    assert texts(page.sessions_tab.list, 0)[1] == "从别处来"


def test_hours_in_a_module_of_a_newer_program_are_told_beside_the_total(page, ledger, trainees):
    newer, plain = Writer(), plain_of(a_session())
    made = newer.create("training_session", **{**plain, "module": "newer"})
    ledger.receive([newer.segment()])
    held = ledger.get(TrainingSession, made)
    mark_attendance(ledger, held, trainees[0], "present")
    page.tabs.setCurrentIndex(SUMMARY)
    model = page.summary_tab.list.model()
    tip = model.index(0, model.columnCount() - 2).data(TIP)
    assert tip == "135 分钟，其中 135 分钟的模块是新版程序登记的，请升级后查看"
