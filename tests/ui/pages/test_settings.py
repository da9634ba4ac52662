from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from models.ledger.backups import backups_of
from models.ledger.history import history_of
from models.ledger.schedule import school_days
from models.problems import AppError
from models.records.person import Person
from tests.conftest import RESOURCES, a_finding
from tests.models.exchange.enrolling import enrol, hand_over
from ui.pages import settings
from ui.pages.settings import TABS, SettingsPage
from ui.session import Session


@pytest.fixture
def make(qtbot, icons, tasks):
    def do(ledger):
        page = SettingsPage(Session(ledger, RESOURCES), icons, tasks)
        qtbot.addWidget(page)
        page.resize(1080, 760)
        page.show()
        page.refresh()
        return page

    return do


@pytest.fixture
def page(make, ledger):
    return make(ledger)


def button(page, text):
    return next(b for b in page.findChildren(QPushButton) if b.text() == text)


def test_the_unit_stands_in_the_form_from_the_first_look(page):
    assert page.unit.form.raw()["name"] == "示例县实验小学"
    assert page.unit.form.raw()["grades"] == "1,2,3,4,5,6"
    assert not page.unit.close_button.isVisible()


def test_places_are_read_when_their_tab_is_looked_at(page, ledger):
    ledger.save(a_finding(number="1"))
    page.open_record("words")
    assert page.words.left.currentWidget() is page.words.list
    ledger.save(a_finding(number="2", place="操场"))
    page.refresh()
    assert page.words.list.model().rowCount() == 2


def test_of_two_with_one_name_the_user_is_chosen_by_department(page, ledger):
    for department in ("教务处", "德育处"):
        ledger.save(Person(name="张伟", department=department, post="干事", state="active"))
    page.refresh()
    page.persons.setCurrentText("张伟（德育处，干事）")
    button(page, "换成这个人").click()
    assert ledger.user == "张伟（德育处，干事）"


def test_an_office_is_asked_for_its_name_only(make, office):
    assert list(make(office).unit.form.rows) == ["name"]


def test_a_new_name_is_saved_and_the_old_one_stays_in_the_history(page, ledger):
    page.unit.form.entry("name").set_raw("示例县第二小学")
    page.unit.save()
    assert ledger.organisation.name == "示例县第二小学"
    assert page.notice.text() == "单位资料已保存。"
    changes = history_of(ledger, "organisation", ledger.organisation.id)
    assert ("示例县实验小学", "示例县第二小学") in {(c.old, c.new) for c in changes}
    assert ledger.organisation.features == {"canteen"}


def test_a_bad_name_is_told_beside_it(page, ledger):
    page.unit.form.entry("name").set_raw("\x07")
    page.unit.save()
    assert page.unit.form.rows["name"].complaint.text() == "请填写“单位名称”。"
    assert ledger.organisation.name == "示例县实验小学"


def test_reading_anew_keeps_what_is_being_typed(page):
    entry = page.unit.form.entry("name")
    entry.setText("还没写完")
    entry.textEdited.emit("还没写完")
    page.refresh()
    assert page.unit.form.raw()["name"] == "还没写完"


def test_a_name_that_arrives_from_elsewhere_is_shown(page, ledger):
    ledger.save(replace(ledger.organisation, name="示例县第三小学"))
    page.refresh()
    assert page.unit.form.raw()["name"] == "示例县第三小学"


def test_another_person_takes_over_and_is_in_every_later_line(page, ledger, session):
    ledger.save(Person(name="赵𬱖", state="active"))
    ledger.save(Person(name="老同事", state="left"))
    page.refresh()
    names = [page.persons.itemText(n) for n in range(page.persons.count())]
    assert names == ["李安全", "赵𬱖"]
    page.persons.setCurrentText("赵𬱖")
    button(page, "换成这个人").click()
    assert page.notice.text() == "现在由赵𬱖使用。"
    saved = ledger.save(a_finding())
    assert {change.who for change in history_of(ledger, "finding", saved.id)} == {"赵𬱖"}


def test_a_change_of_person_that_fails_is_told(page, ledger, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(ledger, "set_setting", full)
    button(page, "换成这个人").click()
    assert page.notice.text() == "磁盘已满。"


def test_an_office_offers_its_own_people_only(make, office, ledger, tmp_path):
    enrol(office, ledger)
    hand_over(ledger, office, tmp_path)
    page = make(office)
    assert [page.persons.itemText(n) for n in range(page.persons.count())] == ["王局安"]


def test_the_people_are_listed(page):
    assert page.people.list.model().rowCount() == 1


def test_a_copy_is_made_and_told_and_not_made_twice(page, ledger, finish):
    assert page.copies.count() == 0
    finish(button(page, "现在备份").click)
    (copy,) = backups_of(ledger.home)
    assert page.notice.text() == f"备份已做好：{copy.name}"
    assert page.copies.currentText() == copy.name
    finish(button(page, "现在备份").click)
    assert "不用再备份" in page.notice.text()


def test_a_damaged_ledger_is_not_copied(page, ledger, finish, monkeypatch):
    monkeypatch.setattr(settings, "check_integrity", lambda _home: "row 7 missing")
    finish(button(page, "现在备份").click)
    assert "有损坏，没有备份" in page.notice.text()
    assert backups_of(ledger.home) == []


def test_the_check_says_that_all_is_well_and_changes_nothing(page, ledger, finish):
    saved = ledger.save(a_finding())
    finish(button(page, "检查台账").click)
    assert "台账完好" in page.notice.text()
    assert ledger.get(type(saved), saved.id) == saved


def test_the_check_tells_of_damage(page, finish, monkeypatch):
    monkeypatch.setattr(settings, "check_integrity", lambda _home: "row 7 missing")
    finish(button(page, "检查台账").click)
    assert "有损坏：row 7 missing" in page.notice.text()


def test_the_folder_is_opened(page, ledger, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    button(page, "打开文件夹").click()
    assert opened == [QUrl.fromLocalFile(str(ledger.home))]
    assert str(ledger.home) in page.where.text()


def test_each_tab_can_be_asked_for_by_name(page):
    for number, name in enumerate(TABS):
        page.open_record(name)
        assert page.tabs.currentIndex() == number
    page.open_record("nonsense")
    assert page.tabs.currentIndex() == len(TABS) - 1


def test_a_restore_is_explained_and_needs_a_second_press(page, ledger, finish):
    button(page, "从备份恢复…").click()
    assert "还没有备份" in page.notice.text()
    finish(button(page, "现在备份").click)
    (copy,) = backups_of(ledger.home)
    button(page, "从备份恢复…").click()
    assert copy.name in page.notice.text()
    assert page.session.restore_wanted is None
    page.copies.insertItem(0, "another", "another.db")
    page.copies.setCurrentIndex(0)
    page.notice.acted.emit()
    assert page.session.restore_wanted == copy


# ---- vacations -----------------------------------------------------------------------------------


def test_the_vacations_that_come_are_offered_as_they_usually_are(page):
    assert page.vacations.hint.text().startswith("2027年的寒假和暑假")
    assert page.vacations.panel.form.raw()["winter_start"] == "2027-01-20"


def test_vacations_are_saved_and_the_schedule_knows_them(page, ledger):
    page.open_record("vacations")
    page.vacations.panel.form.entry("winter_start").set_raw("2027-01-11")
    page.vacations.panel.save()
    assert date(2027, 1, 12) not in school_days(ledger, 2026)
    assert "假期已保存" in page.vacations.panel.notice.text()
    page.refresh()
    assert page.vacations.panel.form.raw()["winter_start"] == "2027-01-11"


def test_weekends_that_are_days_of_school_are_saved_with_them(page, ledger):
    page.open_record("vacations")
    page.vacations.panel.form.entry("swapped").set_raw("2027-2-20、2027-2-27")
    page.vacations.panel.save()
    assert {date(2027, 2, 20), date(2027, 2, 27)} == school_days(ledger, 2026).swapped
    assert page.vacations.panel.form.raw()["swapped"] == "2027年2月20日、2027年2月27日"


def test_a_vacation_that_cannot_be_is_told_beside_its_field(page, ledger):
    page.vacations.panel.form.entry("winter_end").set_raw("2027-01-01")
    page.vacations.panel.save()
    complaint = page.vacations.panel.form.rows["winter_end"].complaint
    assert "寒假的结束日期早于开始日期" in complaint.text()
    assert school_days(ledger, 2026).vacations == {}


def test_an_office_has_no_vacations_to_tell(make, office):
    assert not make(office).tabs.isTabVisible(TABS.index("vacations"))
