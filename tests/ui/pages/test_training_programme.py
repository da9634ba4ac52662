from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from models.ledger.programmes import enrol
from models.ledger.same_person import merge
from models.ledger.training import attendance_of, mark_attendance, roster
from models.records.person import Person
from models.records.programme import Programme, Trainee
from models.records.training import TrainingSession
from tests.ui.pages.training_acts import (
    OVERVIEW,
    PEOPLE,
    SUMMARY,
    a_session,
    press,
    texts,
    type_into,
)
from ui.pages.exchange_records import place_of
from ui.pages.training_sheet import STATUS

TRAINEE = frozenset({"trainee"})
SIXTY = [Person(name=f"学员{n:02}") for n in range(1, 61)]


@pytest.fixture
def page(training_page):
    return training_page


@pytest.fixture
def programme(ledger):
    return ledger.save(
        Programme(
            name="首期培训班",
            organiser="示例县教育和体育局",
            begins=date(2026, 3, 1),
            ends=date(2027, 2, 28),
            planned_hours=7,
            plan_development=6,
        )
    )


@pytest.fixture
def chosen(page, programme):
    page.choose_programme(programme.id)
    return programme


def test_a_programme_is_made_in_the_overview_and_chosen_above_it(page, ledger):
    page.tabs.setCurrentIndex(OVERVIEW)
    register = page.overview_tab.register
    register.nothing.button.click()
    register.panel.form.set_raw(
        {"name": "首期培训班", "begins": "2026-3-1", "ends": "2027-2-28", "planned_hours": "90"}
    )
    register.panel.save_button.click()
    (made,) = ledger.all(Programme)
    page.refresh()
    register.list.opened.emit(made.id)
    assert page.programmes.programme == made
    assert "计划 90 学时" in page.overview_tab.facts.text()
    page.programmes.manage.click()
    assert page.programmes.programme is None
    assert page.overview_tab.stack.currentIndex() == 0


def test_programmes_of_one_name_are_told_apart(page, ledger, programme):
    ledger.save(Programme(name=programme.name, begins=date(2025, 3, 1), ends=date(2026, 2, 28)))
    page.refresh()
    choice = page.programmes.choice
    offered = [choice.itemText(at) for at in range(choice.count())]
    assert offered == ["全部（不分班次）", "首期培训班", "首期培训班（第 2 个）"]


def test_a_pasted_roster_with_blank_rows_and_wide_spaces_joins_the_programme(page, ledger, chosen):
    page.tabs.setCurrentIndex(PEOPLE)
    roster_panel = page.roster_tab.roster
    roster_panel.paste_button.click()
    roster_panel.paste.text.setPlainText("姓名\t职务\n\n李　平\t主任\n　\n王平安\t干事\n")
    roster_panel.paste.add_button.click()
    assert [person.name for person in roster(ledger, chosen.id)] == ["李平", "王平安"]
    assert texts(roster_panel.list, 0) == ["李平", "", "主任", "0/5", "选：已入选"]
    assert "加入班次 2 人" in roster_panel.notice.text()


def test_the_steps_of_recommendation_are_dates_of_the_trainee(page, ledger, chosen):
    enrol(ledger, chosen.id, [Person(name="李平"), Person(name="王平安")], TRAINEE)
    page.tabs.setCurrentIndex(PEOPLE)
    panel = page.roster_tab.roster
    panel.list.select(panel.list.table.rows[0].id)
    panel.panel.form.set_raw({"nominated": "2026-01-05", "reviewed": "2026-01-12"})
    panel.panel.save_button.click()
    assert texts(panel.list, 0)[3] == "2/5，到“资格审查”"
    panel.search.setText("wpa")
    panel.refresh()
    assert [texts(panel.list, row)[0] for row in range(panel.list.model().rowCount())] == ["王平安"]


def test_who_was_merged_is_found_on_the_roster_by_the_kept_name(page, ledger, chosen):
    enrol(ledger, chosen.id, [Person(name="李平")], TRAINEE)
    (known,) = roster(ledger, chosen.id)
    kept = ledger.save(Person(name="李平安"))
    merge(ledger, known, kept)
    page.tabs.setCurrentIndex(PEOPLE)
    panel = page.roster_tab.roster
    panel.search.setText("lpa")
    panel.refresh()
    assert texts(panel.list, 0)[0] == "李平安"


def test_adding_somebody_twice_writes_nothing_over(page, ledger, chosen):
    enrol(ledger, chosen.id, [Person(name="李平")], TRAINEE)
    (trainee,) = ledger.all(Trainee)
    known = ledger.save(replace(trainee, team="一组"), trainee)
    page.tabs.setCurrentIndex(PEOPLE)
    panel = page.roster_tab.roster
    person = panel.panel.form.entry("person")
    panel.list.select(known.id)
    assert not person.isEnabled()  # another person is another line
    panel.add()
    assert person.isEnabled()
    type_into(person, "李平")
    panel.panel.save_button.click()
    assert "已经在班次里" in panel.panel.notice.text()
    assert ledger.all(Trainee) == [known]
    panel.list.select(known.id)
    panel.remove()
    panel.add()
    panel.panel.save_button.click()  # the draft of before
    assert ledger.all(Trainee) == [known]


def test_a_new_session_takes_the_programme_and_only_its_own_are_listed(page, ledger, chosen):
    ledger.save(a_session(topic="别的活动"))
    page.new_button.click()
    form = page.sessions_tab.form.panel.form
    form.set_raw({"topic": "校园安全", "starts": "2026-11-23 8:30", "ends": "2026-11-23 10:00"})
    form.entry("module").set_value("development")
    form.entry("form").set_value("lecture")
    page.sessions_tab.form.panel.save_button.click()
    held = next(one for one in ledger.all(TrainingSession) if one.topic == "校园安全")
    assert (held.programme, held.organiser) == (chosen.id, "示例县教育和体育局")
    assert page.sessions_tab.list.model().rowCount() == 1
    page.choose_programme("")
    assert page.sessions_tab.list.model().rowCount() == 2


def test_a_programme_is_found_from_where_the_exchange_tells_of_its_trainee(page, ledger, programme):
    enrolled = ledger.save(Trainee(programme=programme.id, person="elsewhere.1"))
    place = place_of(ledger, Trainee.table, enrolled.id)
    assert place.title == "班次学员 首期培训班"
    page.open_record(place.record)
    assert page.programmes.programme == programme
    assert page.tabs.currentIndex() == OVERVIEW


def test_a_session_joins_a_programme_later(page, ledger, programme):
    held = ledger.save(a_session())
    page.open_record(held.id)
    panel = page.sessions_tab.form.panel
    type_into(panel.form.entry("programme"), "首期培训班")
    panel.save_button.click()
    assert ledger.get(TrainingSession, held.id).programme == programme.id


def test_modules_and_too_much_leave_stand_in_the_overview(page, ledger, chosen):
    enrol(ledger, chosen.id, [Person(name="李平")], TRAINEE)
    held = ledger.save(a_session(minutes=135, programme=chosen.id))
    (person,) = roster(ledger, chosen.id)
    mark_attendance(ledger, held, person, "leave", 90)
    page.tabs.setCurrentIndex(OVERVIEW)
    assert page.overview_tab.bars.words[1].text() == "人均 1.00 学时，已安排 3.00，计划 6"
    assert page.overview_tab.bars.bars[1].value() == 167
    assert "李平（2.00 学时）请假超过上限 1.00 学时" in page.overview_tab.notice.text()
    page.overview_tab.notice.acted.emit()
    assert page.tabs.currentIndex() == SUMMARY
    assert texts(page.summary_tab.list, 0)[-2] == "1.00"


def test_j6_sixty_attendances_take_at_most_seventy_keys(page, ledger, chosen, qtbot):
    enrol(ledger, chosen.id, SIXTY, TRAINEE)
    held = ledger.save(a_session(programme=chosen.id))
    page.open_attendance(held.id)
    keys = 0
    for row in range(60):
        letter = {7: Qt.Key.Key_L, 20: Qt.Key.Key_A}.get(row, Qt.Key.Key_P)
        if row == 30:  # a leave with its minutes
            press(qtbot, page, Qt.Key.Key_Q, Qt.Key.Key_6)
            editor = page.attendance_tab.view.findChildren(QLineEdit)[-1]
            for key in (Qt.Key.Key_0, Qt.Key.Key_Return):
                qtbot.keyClick(editor, key)
            QApplication.processEvents()
            keys += 4
        else:
            press(qtbot, page, letter)
            keys += 1
    marks = attendance_of(ledger, held)
    assert keys <= 70
    assert len(marks) == 60
    assert [mark.leave_minutes for mark in marks.values() if mark.status == "leave"] == [60]
    assert page.attendance_tab.counts.text().split()[-1] == "0"


def test_ctrl_d_fills_all_chosen_rows_like_the_first(page, ledger, chosen, qtbot):
    enrol(ledger, chosen.id, SIXTY[:5], TRAINEE)
    held = ledger.save(a_session(programme=chosen.id))
    page.open_attendance(held.id)
    view = page.attendance_tab.view
    press(qtbot, page, Qt.Key.Key_L)
    view.go(0, STATUS)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [mark.status for mark in attendance_of(ledger, held).values()] == ["late"] * 4


@pytest.fixture
def listed(page, ledger, chosen):
    enrol(ledger, chosen.id, [Person(name="李平"), Person(name="王平安")], TRAINEE)
    held = ledger.save(a_session(programme=chosen.id))
    page.open_attendance(held.id)
    page.attendance_tab.paste_button.click()
    return page.attendance_tab.listed


def test_a_list_from_word_with_soft_breaks_loses_no_line_that_is_left(page, ledger, listed):
    listed.text.setPlainText("姓名\v王五\t出勤\v李平\t出勤\n赵六\t出勤")
    listed.take_button.click()
    assert listed.text.toPlainText() == "王五\t出勤\n赵六\t出勤"


def test_a_pasted_list_is_taken_and_what_was_not_understood_stays(page, ledger, listed):
    listed.text.setPlainText("姓名\t考勤\n李平\t请假\t45\n\n王五\t出勤")
    assert texts(listed.lines, 0) == ["2", "李平", "请假 45 分钟"]
    assert "学员里没有“王五”" in texts(listed.lines, 1)[2]
    listed.take_button.click()
    assert len(attendance_of(ledger, page.attendance_tab.sheet.training)) == 1
    assert listed.text.toPlainText() == "王五\t出勤"
    assert not listed.take_button.isEnabled()
    listed.text.setPlainText("王平安")
    listed.take_button.click()
    assert page.attendance_tab.card.isHidden()
    assert page.attendance_tab.notice.text() == "已登记 1 人的考勤。"


def test_a_typed_list_waits_for_its_session(page, ledger, listed):
    listed.text.setPlainText("王平安\t迟到")
    listed.closed.emit()
    first = page.attendance_tab.sheet.training.id
    other = ledger.save(a_session())
    page.open_attendance(other.id)
    page.attendance_tab.open_list()
    assert listed.text.toPlainText() == ""
    page.attendance_tab.choose(first)
    page.attendance_tab.open_list()
    assert listed.text.toPlainText() == "王平安\t迟到"
    assert listed.read[0].status == "late"


def test_who_is_in_two_sessions_at_once_is_told_of(page, ledger, chosen, qtbot):
    enrol(ledger, chosen.id, [Person(name="李平")], TRAINEE)
    (person,) = roster(ledger, chosen.id)
    first, second = (ledger.save(a_session(programme=chosen.id, topic=t)) for t in ("甲", "乙"))
    mark_attendance(ledger, first, person, "present")
    page.open_attendance(second.id)
    press(qtbot, page, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: "李平同时还登记了“甲”" in page.attendance_tab.doubts.text())
    page.open_record(second.id)
    page.sessions_tab.form.panel.save_button.click()
    assert "时间有重叠" in page.sessions_tab.form.panel.notice.text()


def test_days_are_asked_only_where_the_rule_goes_by_them(page, trainees):
    page.new_button.click()
    form = page.sessions_tab.form.panel.form
    assert form.rows["days"].isHidden()
    form.entry("hour_rule").set_value("day_7_5")
    form.set_raw({"starts": "2026-11-23 8:30", "ends": "2026-12-04 17:00"})
    type_into(form.entry("days"), "12")
    assert not form.rows["days"].isHidden()
    assert page.sessions_tab.form.length.text() == "时长 5400 分钟，折 90.00 学时"


def test_a_session_over_new_year_shows_what_falls_into_each_year(page, trainees):
    page.new_button.click()
    form = page.sessions_tab.form.panel.form
    form.set_raw({"starts": "2026-12-31 23:15", "ends": "2027-01-01 0:45"})
    form.edited.emit()
    assert page.sessions_tab.form.length.text() == (
        "时长 90 分钟，折 2.00 学时（2026年 1.00，2027年 1.00）"
    )


def test_who_is_short_of_hours_is_told_of_before_the_year_ends(page, ledger):
    ledger.save(Person(name="李平", roles=TRAINEE, quota="cadre_year"))
    ledger.save(a_session(datetime(2026, 5, 4, 8, 30)))
    page.tabs.setCurrentIndex(OVERVIEW)
    assert "李平（差 90.00）的学时还没有达到要求" in page.overview_tab.notice.text()
    page.open_record("summary")
    assert texts(page.summary_tab.list, 0)[-1] == "还差 90.00"


def test_a_trainee_whose_person_is_not_here_has_words_of_its_own(page, ledger, chosen):
    ledger.save(Trainee(programme=chosen.id, person="elsewhere.1"))
    page.tabs.setCurrentIndex(PEOPLE)
    assert texts(page.roster_tab.roster.list, 0)[0] == "（还没有收到的人员）"


def test_one_choice_gives_a_quota_to_all_who_have_none(page, ledger, trainees):
    ledger.save(a_session(datetime(2026, 5, 4, 8, 30)))
    page.tabs.setCurrentIndex(SUMMARY)
    summary = page.summary_tab
    summary.quotas.setCurrentIndex(summary.quotas.findData("cadre_year"))
    summary.quotas.activated.emit(summary.quotas.currentIndex())
    assert "已给 3 人选择" in summary.notice.text()
    assert texts(summary.list, 0)[-1] == "还差 90.00"
    assert summary.quotas.isHidden()
    summary.quotas.activated.emit(0)  # the words that stand in it are no choice
    assert {person.quota for person in ledger.all(Person)} >= {"cadre_year"}


def test_a_quota_binds_whatever_programme_is_chosen(page, ledger, chosen):
    enrol(ledger, chosen.id, [Person(name="李平", quota="cadre_year")], TRAINEE)
    held = ledger.save(a_session(programme=chosen.id))
    (person,) = roster(ledger)
    mark_attendance(ledger, held, person, "present")
    page.tabs.setCurrentIndex(SUMMARY)
    assert texts(page.summary_tab.list, 0)[-2:] == ["3.00", "还差 87.00"]


def test_a_year_that_a_session_reaches_into_is_offered(page, ledger, trainees):
    ledger.save(a_session(datetime(2027, 12, 31, 23, 0), minutes=120))
    page.tabs.setCurrentIndex(SUMMARY)
    years = page.summary_tab.years
    assert [years.itemData(n) for n in range(years.count())] == [2028, 2027, 2026]


@pytest.mark.usefixtures("look")
def test_what_is_missing_is_seen_on_a_small_screen(page, ledger, trainees, qtbot):
    ledger.save(a_session())
    page.tabs.setCurrentIndex(SUMMARY)
    page.resize(780, 500)
    bar = page.summary_tab.list.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)
