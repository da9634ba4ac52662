"""The password of the keys, and new keys: at the school, and at the office."""

import threading

import pyrage
import pytest

from models.exchange.members import chain_of
from models.exchange.recovery import lines_of
from models.problems import AppError
from tests.models.exchange.enrolling import hand_over, send, store_of
from tests.models.exchange.passwords import Quick
from ui.pages import exchange_key
from ui.pages.district import ENROLMENT, DistrictPage
from ui.pages.exchange import KEYS, ExchangePage
from ui.pages.exchange_standing import Standing, standing_of

PASSWORD, NEXT, WRONG = "很长的密码一二三四", "另一个密码五六七八", "猜的密码一二三四"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(pyrage, "passphrase", Quick)


@pytest.fixture
def school(pair):
    return pair[0]


@pytest.fixture
def bureau(pair):
    return pair[1]


@pytest.fixture
def page(make_page, school):
    page = make_page(ExchangePage, school)
    page.tabs.setCurrentIndex(KEYS)
    return page


@pytest.fixture
def card(page):
    return page.keys


@pytest.fixture
def locked_page(make_page, school):
    store_of(school).set_password(PASSWORD)
    return make_page(ExchangePage, school)


@pytest.fixture
def locked_office(make_page, bureau):
    store_of(bureau).set_password(PASSWORD)
    return make_page(DistrictPage, bureau)


def fill(card, old="", new="", again=None):
    card.old.line.setText(old)
    card.new.line.setText(new)
    card.again.line.setText(new if again is None else again)


def opens(ledger, password):
    store = store_of(ledger)
    store.unlock(password)
    return bool(store.device())


# ---- set, changed, taken away ------------------------------------------------------------------


def test_a_password_is_set_after_its_price_was_said(card, page, school, finish):
    assert not card.form.isVisible()
    card.set.click()
    assert "忘了密码，本机就要换新密钥，请教育局重新办理入网" in card.meaning.text()
    assert not card.old.isVisible()
    fill(card, new=PASSWORD)
    finish(card.save)
    assert store_of(school).is_locked
    assert opens(school, PASSWORD)
    assert "密码已设好" in page.notice.text()
    assert "有密码保护" in card.words.text()
    assert [card.set.isVisible(), card.change.isVisible()] == [False, True]
    assert card.new.text() == ""
    assert page.stack.currentWidget() is page.tabs  # who just set it need not give it


@pytest.mark.parametrize(
    ("new", "again", "field", "words"),
    [
        ("", "", "new", "请输入新密码"),
        (PASSWORD, NEXT, "again", "两次输入的密码不一样"),
    ],
)
def test_what_was_typed_wrongly_is_told_at_its_field(card, school, new, again, field, words):
    card.set.click()
    fill(card, new=new, again=again)
    card.save()
    assert words in getattr(card, field).problem.text()
    assert not store_of(school).has_password


def test_a_short_password_is_told_at_its_field(card, school, finish):
    card.set.click()
    fill(card, new="短")
    finish(card.save)
    assert "密码至少" in card.new.problem.text()
    assert not store_of(school).has_password
    card.new.line.textEdited.emit("短了")
    assert not card.new.problem.isVisible()


def test_a_password_is_changed_by_who_knows_it(card, page, school, finish):
    page.session.store.set_password(PASSWORD)
    card.refresh()
    card.change.click()
    fill(card, old=WRONG, new=NEXT)
    finish(card.save)
    assert "密码不对" in card.old.problem.text()
    assert not page.session.store.is_locked  # a typing error locks nothing that was open
    fill(card, old=PASSWORD, new=NEXT)
    finish(card.save)
    assert opens(school, NEXT)


def test_a_password_is_taken_away_by_who_knows_it(card, page, school, finish):
    page.session.store.set_password(PASSWORD)
    card.refresh()
    card.take_away.click()
    assert [card.old.isVisible(), card.new.isVisible()] == [True, False]
    fill(card, old=WRONG)
    finish(card.save)
    assert "密码不对" in card.old.problem.text()
    fill(card, old=PASSWORD)
    finish(card.save)
    assert not store_of(school).has_password
    assert page.notice.text() == "密码已取消。"


def test_pressing_twice_sets_it_once(card, page, finish, monkeypatch):
    store, tried, pressed = page.session.store, [], threading.Event()

    def slow(password):
        pressed.wait(5)
        tried.append(password)

    monkeypatch.setattr(store, "set_password", slow)
    card.set.click()
    fill(card, new=PASSWORD)
    finish(lambda: (card.save(), card.save(), pressed.set()))
    assert tried == [PASSWORD]


def test_leaving_forgets_what_was_typed(card, school):
    card.set.click()
    fill(card, new=PASSWORD)
    card.leave.click()
    assert not card.form.isVisible()
    assert [entry.text() for entry in (card.old, card.new, card.again)] == ["", "", ""]
    assert not store_of(school).has_password


# ---- asked for ---------------------------------------------------------------------------------


def test_keys_behind_a_password_are_asked_for_first(locked_page, finish):
    unlock = locked_page.enrol.unlock
    assert unlock.isVisible()
    assert not locked_page.enrol.card.isVisible()
    unlock.password.line.setText(WRONG)
    finish(unlock.unlock)
    assert "密码不对" in unlock.password.problem.text()
    unlock.password.line.setText(PASSWORD)
    finish(unlock.unlock)
    assert locked_page.stack.currentIndex() == 1
    assert unlock.password.text() == ""


def test_pressing_twice_tries_once(locked_page, monkeypatch, finish):
    store, tried, pressed = locked_page.session.store, [], threading.Event()

    def slow(password):
        pressed.wait(5)
        tried.append(password)

    monkeypatch.setattr(store, "unlock", slow)
    unlock = locked_page.enrol.unlock
    finish(lambda: (unlock.unlock(), unlock.unlock(), pressed.set()))
    assert len(tried) == 1


def test_an_office_looks_at_its_schools_and_is_asked_before_it_exchanges(locked_office, finish):
    page = locked_office
    needing = (page.receive, page.replies, page.enrolment)
    assert page.stack.currentWidget() is page.tabs
    assert page.unlock.isVisible()
    assert not page.read_button.isVisible()
    assert not any(part.isEnabled() for part in needing)
    assert page.table.isEnabled()
    page.unlock.password.line.setText(PASSWORD)
    finish(page.unlock.unlock)
    assert not page.unlock.isVisible()
    assert page.read_button.isVisible()
    assert all(part.isEnabled() for part in needing)


def test_without_a_password_nothing_is_asked(make_page, bureau):
    page = make_page(DistrictPage, bureau)
    assert not page.unlock.isVisible()
    assert page.receive.isEnabled()


# ---- forgotten ---------------------------------------------------------------------------------


def test_a_school_that_forgot_it_begins_anew_after_a_second_press(locked_page, school):
    unlock = locked_page.enrol.unlock
    unlock.ask()
    assert "重新办理入网" in unlock.question.text()
    assert store_of(school).is_locked
    unlock.question.acted.emit()
    assert not store_of(school).has_password
    assert standing_of(locked_page.session) is Standing.ASKING
    assert locked_page.enrol.card.isVisible()
    assert "请生成入网申请" in locked_page.notice.text()


def test_new_keys_that_cannot_be_written_are_told(locked_page, school, monkeypatch):
    def full(_ledger, _store):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(exchange_key, "renew_pc", full)
    locked_page.enrol.unlock.ask()
    locked_page.enrol.unlock.question.acted.emit()
    assert locked_page.enrol.unlock.question.text() == "磁盘已满。"
    assert store_of(school).is_locked


def test_an_office_that_forgot_it_comes_back_from_its_sheet(make_page, locked_office, bureau):
    before = store_of(bureau)
    before.unlock(PASSWORD)
    seed = before.office_seed()
    page = locked_office
    page.unlock.ask()
    assert "没有恢复页的请不要换" in page.unlock.question.text()
    page.unlock.question.acted.emit()
    page.tabs.setCurrentIndex(ENROLMENT)
    page.enrolment.key.first.setPlainText("\n".join(lines_of(seed)))
    page.enrolment.key.restore()
    assert standing_of(page.session) is Standing.ASKING
    page.enrolment.pc.renew.click()
    page.enrolment.pc.question.acted.emit()
    assert standing_of(page.session) is Standing.MEMBER


# ---- new keys ----------------------------------------------------------------------------------


def test_new_keys_of_a_school_are_asked_for_twice_and_enrolled_again(card, page, school):
    old = store_of(school).device().sign_public
    card.renew.click()
    assert "请先读入" in card.question.text()
    assert store_of(school).device().sign_public == old
    card.question.acted.emit()
    assert store_of(school).device().sign_public != old
    assert page.stack.currentIndex() == 0
    assert "请生成入网申请" in page.notice.text()


def test_new_keys_of_the_office_are_enrolled_at_once(make_page, bureau, tmp_path, school):
    page = make_page(DistrictPage, bureau)
    page.tabs.setCurrentIndex(ENROLMENT)
    page.enrolment.pc.renew.click()
    page.enrolment.pc.question.acted.emit()
    mine = chain_of(bureau, bureau.unit).members[bureau.setting("device")]
    assert mine.sign == store_of(bureau).device().sign_public
    assert "并已登记" in page.notice.text()
    assert send(bureau, tmp_path, school.unit).path.exists()


def test_new_keys_that_could_not_be_made_are_told_beside_the_button(card, school, monkeypatch):
    def full(_ledger, _store):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(exchange_key, "renew_pc", full)
    card.renew.click()
    card.question.acted.emit()
    assert card.question.text() == "磁盘已满。"


def test_keys_that_cannot_be_read_are_made_anew_where_the_words_say(card, page, school):
    (key,) = (school.home / "keys").glob("*.key")
    key.write_bytes(b"torn")
    page.tabs.setCurrentIndex(0)
    assert not page.attempt(page.refresh)
    assert "请在“数据交换”里换一对密钥" in page.notice.text()
    assert page.tabs.currentIndex() == KEYS
    assert [card.renew.isVisible(), card.change.isVisible()] == [True, False]
    card.renew.click()
    card.question.acted.emit()
    assert standing_of(page.session) is Standing.ASKING
    assert page.enrol.card.isVisible()


def test_an_office_whose_keys_cannot_be_read_sees_its_schools(make_page, pair, tmp_path):
    hand_over(*pair, tmp_path)
    page = make_page(DistrictPage, pair[1])
    page.table.show_rows([])
    (pair[1].home / "keys" / f"{pair[1].setting('device')}.key").write_bytes(b"torn")
    assert not page.attempt(page.refresh)
    assert page.table.model().rowCount() == 1
    page.enrolment.pc.renew.click()
    page.enrolment.pc.question.acted.emit()
    assert standing_of(page.session) is Standing.MEMBER
