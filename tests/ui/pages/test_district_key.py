"""The office's key on paper, and back from it."""

import pytest
from PySide6.QtGui import QDesktopServices

from models.exchange.members import chain_of, pinned_office
from models.exchange.recovery import lines_of, split
from models.problems import AppError
from tests.models.exchange.enrolling import enrol, hand_back, store_of
from ui.pages import district_key
from ui.pages.district import ENROLMENT, DistrictPage


@pytest.fixture
def opened(monkeypatch):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    return asked


@pytest.fixture
def page(make_page, office, opened):
    enrol(office)
    page = make_page(DistrictPage, office)
    page.tabs.setCurrentIndex(ENROLMENT)
    return page


@pytest.fixture
def card(page):
    return page.enrolment.key


@pytest.fixture
def seed(office, page):
    """The seed, which is on paper only from now on."""
    seed = store_of(office).office_seed()
    for file in (office.home / "keys").glob("office-*.key"):
        file.unlink()
    page.refresh()
    return seed


def sheet(seed):
    return "\n".join(lines_of(seed))


@pytest.mark.parametrize(("button", "count"), [("print", 1), ("halves", 2)])
def test_the_sheets_are_opened_and_deleted_when_printed(card, page, office, opened, button, count):
    assert not card.typing.isVisible()
    getattr(card, button).click()
    files = list((office.home / "密钥恢复页").glob("*.pdf"))
    assert sorted(opened) == sorted(str(file) for file in files)
    assert len(files) == count
    assert "谁拿到文件" in page.notice.text()
    card.delete.click()
    assert list((office.home / "密钥恢复页").glob("*")) == []
    assert not card.delete.isVisible()


def test_a_file_that_cannot_be_deleted_is_named(card, page, monkeypatch):
    card.print.click()
    monkeypatch.setattr(type(card._printed[0]), "unlink", lambda *_args, **_more: None)
    card.delete.click()
    assert "没有删掉 密钥恢复页.pdf" in page.notice.text()
    assert card.delete.isVisible()


def test_a_new_key_is_asked_for_twice_and_its_sheet_is_offered(
    card, page, office, ledger, opened, finish, tmp_path
):
    enrol(office, ledger)
    page.enrolment.invite.make.click()
    old, before = pinned_office(office), page.enrolment.invite.digits.text()
    card.rotate.click()
    assert "旧的恢复页作废" in card.question.text()
    assert pinned_office(office) == old
    finish(card.question.acted.emit)
    new = pinned_office(office)
    assert new.sign != old.sign
    assert chain_of(office, ledger.unit).office.sign == new.sign
    assert page.enrolment.invite.digits.text() != before
    assert page.enrolment.invite.files.paths == ()
    assert "请马上打印新的恢复页" in card.question.text()
    card.question.acted.emit()
    assert len(opened) == 1
    assert card.question.text() == ""
    assert pinned_office(office) == new  # the second press printed, and changed nothing
    hand_back(office, ledger, tmp_path)
    assert pinned_office(ledger).sign == new.sign


def test_a_change_that_did_not_succeed_is_told(card, office, finish, monkeypatch):
    old = pinned_office(office)

    def full(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(district_key, "rotate_office", full)
    card.rotate.click()
    finish(card.question.acted.emit)
    assert card.question.text() == "磁盘已满。"
    assert pinned_office(office) == old


def test_without_the_key_it_is_typed_from_one_sheet(card, page, office, seed):
    assert card.typing.isVisible()
    assert not card.paper.isVisible()
    card.first.setPlainText(sheet(seed).lower())
    card.restore()
    assert store_of(office).office_seed() == seed
    assert "已恢复" in page.notice.text()
    assert card.first.toPlainText() == ""
    assert card.paper.isVisible()


def test_or_from_both_halves(card, office, seed):
    one, other = split(seed)
    card.first.setPlainText(sheet(other))
    card.second.setPlainText(sheet(one))
    card.restore()
    assert store_of(office).office_seed() == seed


def test_a_wrong_line_is_named_and_what_was_typed_stays(card, office, seed):
    lines = lines_of(seed)
    lines[2] = "0000 0000"
    card.first.setPlainText("\n".join(lines))
    card.restore()
    assert "第 3 行不对" in card.problem.text()
    assert card.first.toPlainText() == "\n".join(lines)
    assert store_of(office).office_seed() is None


def test_nothing_typed_is_told(card, seed):
    card.restore()
    assert "8 行" in card.problem.text()


def test_behind_a_password_nothing_is_offered_before_it_is_given(make_page, page, office):
    store_of(office).set_password("很长的密码一二三四")
    card = make_page(DistrictPage, office).enrolment.key
    assert "请先在“学校”里输入密码" in card.words.text()
    assert card.paper.isHidden()
    assert card.typing.isHidden()
