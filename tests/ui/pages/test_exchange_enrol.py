"""The ceremony, as a school goes through it: within the page, with files and a telephone."""

import pytest

from models.exchange.enrolment import approve, make_invitation, read_request
from models.exchange.members import pinned_office
from tests.models.exchange.enrolling import enrol, send, store_of
from ui.pages.exchange import ExchangePage
from ui.pages.exchange_standing import Standing, standing_of


@pytest.fixture
def invitation(office, tmp_path):
    enrol(office)
    return make_invitation(office, store_of(office), tmp_path / "U盘")


@pytest.fixture
def page(make_page, ledger):
    return make_page(ExchangePage, ledger)


def accept(page, office):
    page.enrol.digits.entry.setText(pinned_office(office).digits)
    page.enrol.digits.button.click()


def shown(page):
    return [step.isVisible() for step in page.enrol.steps]


def test_a_new_pc_is_asked_for_an_invitation_and_nothing_else(page):
    assert page.stack.currentIndex() == 0
    assert shown(page) == [True, False, False]
    assert not page.enrol.reply.isVisible()
    assert not page.office.isVisible()


def test_the_invitation_says_whose_it_is_and_never_its_digits(page, invitation, office):
    page.enrol.drop.offer([invitation])
    assert shown(page) == [False, True, False]
    assert page.enrol.whose.text() == "邀请来自：示例县教育局"
    assert page.enrol.digits.entry.code() == ""
    assert pinned_office(page.session.ledger) is None


def test_wrong_digits_trust_nobody(page, invitation):
    page.enrol.open_invitation(invitation)
    page.enrol.digits.entry.setText("1" * 24)
    page.enrol.digits.button.click()
    assert "数字对不上" in page.enrol.digits.problem.text()
    assert pinned_office(page.session.ledger) is None
    assert shown(page) == [False, True, False]


def test_another_invitation_can_be_opened_instead(page, invitation):
    page.enrol.open_invitation(invitation)
    page.enrol.start_again()
    assert shown(page) == [True, False, False]


@pytest.mark.parametrize(("name", "words"), [("坏.aqi", "没有读入 坏.aqi"), ("a.docx", "没有打开")])
def test_a_file_that_is_no_invitation_is_told(page, tmp_path, name, words):
    file = tmp_path / name
    file.write_bytes(b"{}")
    page.enrol.drop.offer([file])
    assert words in page.notice.text()
    assert shown(page) == [True, False, False]


def test_the_whole_ceremony_ends_at_the_cards(page, invitation, office, ledger, finish, tmp_path):
    page.enrol.open_invitation(invitation)
    accept(page, office)
    assert shown(page) == [False, False, True]
    assert page.enrol.trusted.text() == "要加入的教育局：示例县教育局"
    assert not page.enrol.read_out.isVisible()
    page.enrol.make.click()
    (path,) = page.enrol.files.paths
    assert path.suffix == ".aqr"
    request = read_request(path)
    assert page.enrol.own.text().replace(" ", "") == request.digits
    assert standing_of(page.session) is Standing.ASKING
    approve(office, store_of(office), request, page.enrol.own.text())
    reply = send(office, tmp_path / "回执", ledger.unit).path
    finish(page.enrol.reply.drop.offer, [reply])
    assert "入网办好了" in page.notice.text()
    assert page.stack.currentIndex() == 1
    assert standing_of(page.session) is Standing.MEMBER


def test_a_program_started_again_goes_on_where_it_was(make_page, page, invitation, office, ledger):
    page.enrol.open_invitation(invitation)
    accept(page, office)
    page.enrol.make.click()
    again = make_page(ExchangePage, ledger)
    assert shown(again) == [False, False, True]
    assert again.enrol.files.paths == page.enrol.files.paths
    assert again.enrol.own.text() == page.enrol.own.text()


def test_a_request_that_cannot_be_written_is_told(page, invitation, office, ledger):
    page.enrol.open_invitation(invitation)
    accept(page, office)
    (ledger.home / "入网").write_text("no folder")
    page.enrol.make.click()
    assert "不能写入" in page.notice.text()


def test_the_first_pc_of_an_office_is_led_to_its_own_page(make_page, office, qtbot):
    page = make_page(ExchangePage, office)
    assert page.office.isVisible()
    button = page.office.findChildren(type(page.enrol.make))[0]
    with qtbot.waitSignal(page.open_asked) as asked:
        button.click()
    assert asked.args == ["district", ""]


def test_a_request_of_older_keys_is_not_offered(page, invitation, office, ledger, make_page):
    page.enrol.open_invitation(invitation)
    accept(page, office)
    page.enrol.make.click()
    (old,) = page.enrol.files.paths
    old.with_name("0 坏.aqr").write_bytes(b"{}")
    store_of(ledger).renew()
    again = make_page(ExchangePage, ledger)
    assert again.enrol.files.paths == ()
    assert not again.enrol.read_out.isVisible()
