from dataclasses import replace
from datetime import date

import pytest

from models.records.programme import Trainee
from tests.models.ledger.growing import a_programme, a_reflection, a_trainee, enrol_all
from tests.ui.pages.test_risks import shown
from tests.ui.pages.training_acts import PAPERS
from ui.pages.training import TrainingPage
from ui.table.row_table import ID_ROLE


@pytest.fixture
def page(make_page, ledger):
    return make_page(TrainingPage, ledger)


@pytest.fixture
def course(ledger):
    course = ledger.save(a_programme())
    people = [ledger.save(a_trainee(name)) for name in ("赵𬱖", "张㛃")]
    enrol_all(ledger, course, *people)
    ledger.save(a_reflection(people[0], programme=course.id))
    return course


@pytest.fixture
def tab(page, course):
    page.tabs.setCurrentIndex(PAPERS)
    page.choose_programme(course.id)
    return page.development.papers


def test_without_a_programme_the_tab_says_what_to_do_first(page):
    page.tabs.setCurrentIndex(PAPERS)
    tab = page.development.papers
    assert tab.nothing.isVisible()
    assert not any(button.isEnabled() for button in (*tab.buttons.values(), tab.number_button))
    tab.number()
    assert tab.notice.text() == ""


def test_everybody_is_listed_with_what_they_did(tab):
    assert shown(tab, 0) == ["赵𬱖", "张㛃"]
    assert shown(tab, 7) == ["500", "—"]
    assert not tab.buttons["certificates"].isEnabled()
    assert not tab.buttons["hours_proof"].isEnabled()


def test_numbers_are_given_once_with_the_prefix_as_typed(tab, ledger):
    assert tab.prefix.text() == "2026-"
    tab.prefix.setText("示例〔2026〕")
    tab.number_button.click()
    assert shown(tab, 10) == ["示例〔2026〕001", "示例〔2026〕002"]
    assert tab.notice.text() == "已编号 2 人：示例〔2026〕001 至 示例〔2026〕002。"
    assert tab.buttons["certificates"].isEnabled()
    tab.number_button.click()
    assert "没有等待编号" in tab.notice.text()


def test_a_number_that_two_pcs_gave_apart_is_told(tab, ledger):
    for one in ledger.all(Trainee):
        ledger.save(replace(one, certificate="2026-001"), one)
    tab.refresh()
    assert "2026-001 给了不止一个人" in tab.notice.text()


def test_what_nobody_can_see_is_no_part_of_a_prefix(tab):
    tab.prefix.setText("甲\x01\ud800-")
    tab.number_button.click()
    assert shown(tab, 10) == ["甲-001", "甲-002"]


def test_who_has_withdrawn_is_not_listed(tab, ledger):
    first = ledger.all(Trainee)[0]
    ledger.save(replace(first, standing="withdrawn"), first)
    tab.refresh()
    assert shown(tab, 0) == ["张㛃"]


def test_without_a_programme_everybody_has_a_file(tab, page):
    page.choose_programme("")
    assert shown(tab, 0) == ["赵𬱖", "张㛃"]
    assert "请先在上面选择班次" in tab.hint.text()
    assert not tab.number_button.isEnabled()
    tab.list.select(tab.list.model().index(0, 0).data(ID_ROLE))
    assert tab.buttons["training_file"].isEnabled()
    assert not tab.buttons["programme_report"].isEnabled()


def test_each_paper_opens_in_the_reports(tab, page, ledger, course, qtbot):
    tab.number()
    (person, *_rest) = [one.person for one in ledger.all(Trainee)]
    tab.list.select(person)
    wanted = {
        "certificates": course.id,
        "programme_report": course.id,
        "hours_proof": f"{person}@2026",
        "training_file": person,
    }
    for key, parameter in wanted.items():
        with qtbot.waitSignal(page.open_asked) as asked:
            tab.buttons[key].click()
        assert asked.args == ["reports", f"{key}:{parameter}"]


def test_another_programme_is_chosen(tab, page, ledger):
    other = ledger.save(a_programme(name="第二期"))
    page.choose_programme(other.id)
    assert tab.nothing.isVisible()
    assert not tab.list.isVisible()


def test_the_prefix_is_of_the_programme_that_is_chosen_unless_it_was_typed(tab, page, ledger):
    other = ledger.save(a_programme(name="第二期", ends=date(2027, 6, 30)))
    page.choose_programme(other.id)
    assert tab.prefix.text() == "2027-"
    tab.prefix.setText("甲-")
    page.choose_programme("")
    page.choose_programme(other.id)
    assert tab.prefix.text() == "甲-"
