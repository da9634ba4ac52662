"""The office's side of the ceremony: invitations, requests with their digits, lost PCs."""

import pytest

from models.exchange.enrolment import make_request, own_request, read_invitation
from models.exchange.members import chain_of, pinned_office
from models.exchange.receive import FileResult
from models.problems import AppError
from tests.conftest import a_ledger, a_school
from tests.models.exchange.enrolling import enrol, hand_over, store_of
from ui.pages import district_requests
from ui.pages.district import ENROLMENT, DistrictPage


@pytest.fixture
def page(make_page, office):
    enrol(office)
    page = make_page(DistrictPage, office)
    page.tabs.setCurrentIndex(ENROLMENT)
    return page


@pytest.fixture
def request_file(ledger, tmp_path):
    return make_request(ledger, store_of(ledger), tmp_path / "U盘")


def digits_of(ledger):
    return own_request(ledger, store_of(ledger)).digits


def members(page):
    model = page.enrolment.members.table.model()
    return [
        [model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())
    ]


def only_card(page):
    (card,) = page.enrolment.requests.cards.values()
    return card


def words_of(card):
    return "".join(label.text() for label in card.findChildren(type(card.digits.problem)))


def type_in(card, digits):
    card.digits.entry.setText(digits)
    card.digits.button.click()


def test_an_invitation_for_all_and_one_for_a_school(page, office):
    invite = page.enrolment.invite
    invite.make.click()
    (path,) = invite.files.paths
    assert "各学校" in path.name
    assert read_invitation(path).office == pinned_office(office)
    invite.name.setText(" 示例县第三小学 ")
    invite.make.click()
    (path,) = invite.files.paths
    assert read_invitation(path).school == {"name": "示例县第三小学"}
    assert page.notice.text() == "给示例县第三小学的邀请已生成。"


def test_a_request_says_who_asks_and_never_its_digits(page, request_file, ledger):
    page.enrolment.drop.offer([request_file])
    card = only_card(page)
    assert card.accessibleName() == "示例县实验小学 申请入网"
    shown = words_of(card)
    assert ledger.unit in shown
    assert "李安全" in shown
    assert "已经入网" not in shown
    assert digits_of(ledger)[:4] not in shown.replace(ledger.unit, "")
    assert page.tabs.tabText(ENROLMENT) == "入网（1）"
    assert card.digits.entry.hasFocus()


def test_the_right_digits_enrol_the_pc(page, request_file, ledger, office):
    page.enrolment.drop.offer([request_file])
    type_in(only_card(page), digits_of(ledger))
    assert ledger.setting("device") in chain_of(office, ledger.unit).members
    assert page.enrolment.requests.cards == {}
    assert page.tabs.tabText(ENROLMENT) == "入网"
    assert "示例县实验小学的电脑已登记" in page.notice.text()


def test_wrong_digits_enrol_nobody(page, request_file, ledger, office):
    page.enrolment.drop.offer([request_file])
    type_in(only_card(page), "1" * 24)
    assert "数字对不上" in only_card(page).digits.problem.text()
    assert chain_of(office, ledger.unit).members == {}


def test_a_request_can_be_left_for_later_and_opened_twice(page, request_file):
    page.enrolment.drop.offer([request_file])
    page.enrolment.drop.offer([request_file])
    card = only_card(page)
    card.left.emit()
    assert page.enrolment.requests.cards == {}
    assert not page.enrolment.requests.isVisible()


def test_a_bad_request_stops_only_itself(page, request_file, tmp_path):
    bad = tmp_path / "坏.aqr"
    bad.write_bytes(request_file.read_bytes()[:-9])
    page.enrolment.drop.offer([bad, request_file])
    assert "没有读入 坏.aqr" in page.notice.text()
    assert only_card(page).isVisible()


def test_another_kind_of_file_is_refused_in_words(page, tmp_path):
    (tmp_path / "a.docx").write_text("")
    page.enrolment.drop.offer([tmp_path / "a.docx"])
    assert "这不是入网申请" in page.notice.text()


def test_a_name_that_does_not_fit_the_code_is_pointed_out(page, office, ledger, tmp_path, clock):
    enrol(office, ledger)
    hand_over(ledger, office, tmp_path)
    other = a_ledger(tmp_path / "fake", a_school(name="冒名小学"), clock=clock)
    page.enrolment.requests.read([make_request(other, store_of(other), tmp_path)])
    other.close()
    assert "在本局的名称是示例县实验小学" in words_of(only_card(page))


def test_a_pc_that_is_enrolled_already_is_named_before_it_is_approved(
    page, office, ledger, tmp_path
):
    enrol(office, ledger)
    hand_over(ledger, office, tmp_path)
    old = store_of(ledger)
    page.enrolment.requests.read([make_request(ledger, old, tmp_path / "旧")])
    assert "密钥没有变" in words_of(only_card(page))
    old.renew()
    page.enrolment.requests.read([make_request(ledger, store_of(ledger), tmp_path / "新")])
    name = chain_of(office, ledger.unit).members[ledger.setting("device")].pc
    assert f"登记为示例县实验小学的“{name}”，使用人 李安全" in words_of(only_card(page))
    assert "批准后改用新密钥" in words_of(only_card(page))


def test_bundles_that_came_too_early_are_read_after_the_approval(
    page, request_file, ledger, monkeypatch, tmp_path
):
    kept = [
        FileResult(tmp_path, "a", True, "好", ledger.unit),
        FileResult(tmp_path, "b", False, "还不认识对方"),
    ]
    monkeypatch.setattr(district_requests, "retry_kept", lambda _ledger, _store: kept)
    page.enrolment.drop.offer([request_file])
    type_in(only_card(page), digits_of(ledger))
    assert "先存着的 1 个数据包已读入。" in page.notice.text()


def test_what_was_kept_and_cannot_be_read_does_not_undo_the_approval(
    page, request_file, ledger, office, monkeypatch
):
    def broken(_ledger, _store):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(district_requests, "retry_kept", broken)
    page.enrolment.drop.offer([request_file])
    type_in(only_card(page), digits_of(ledger))
    assert "的电脑已登记" in page.notice.text()
    assert ledger.setting("device") in chain_of(office, ledger.unit).members


def test_the_enrolled_are_listed_school_by_school(page, office, ledger):
    assert [row[0] for row in members(page)] == ["示例县教育局"]
    enrol(office, ledger)
    page.refresh()
    names = [(row[2], row[3]) for row in members(page)]
    assert names == [("李安全", "学校"), ("王局安", "教育局")]


def test_a_lost_pc_is_closed_after_a_second_press(page, office, ledger):
    enrol(office, ledger)
    page.refresh()
    part, device = page.enrolment.members, ledger.setting("device")
    part.table.select(device)
    part.stop.click()
    assert "丢失或送人" in part.question.text()
    assert device in chain_of(office, ledger.unit).members
    part.question.acted.emit()
    assert device not in chain_of(office, ledger.unit).members
    assert "已停用" in page.notice.text()
    assert len(members(page)) == 1


def test_another_row_forgets_the_question(page, office, ledger):
    enrol(office, ledger)
    page.refresh()
    part = page.enrolment.members
    part.table.select(ledger.setting("device"))
    part.stop.click()
    part.table.select(office.setting("device"))
    assert part.question.text() == ""
    part.question.acted.emit()
    assert ledger.setting("device") in chain_of(office, ledger.unit).members


def test_the_pc_in_use_does_not_close_itself(page, office):
    part = page.enrolment.members
    part.table.select(office.setting("device"))
    part.stop.click()
    part.question.acted.emit()
    assert "不能在这里停用它自己" in part.question.text()
    assert office.setting("device") in chain_of(office, office.unit).members


def test_receipt_codes_are_read_out_for_a_unit(page, office, ledger, tmp_path):
    enrol(office, ledger)
    page.refresh()
    part = page.enrolment.members
    part.table.select(ledger.setting("device"))
    part.read_out.click()
    assert "没有回执码可读" in part.codes.text()
    hand_over(ledger, office, tmp_path)
    page.refresh()
    part.read_out.click()
    first, code = part.codes.text().splitlines()
    assert first == "示例县实验小学的回执码，请在电话里读给对方："
    assert len(code.partition("：")[2].replace(" ", "")) == 14


def test_without_the_office_key_the_words_say_where_it_is(page, office, request_file, ledger):
    for key in (office.home / "keys").glob("office-*.key"):
        key.unlink()
    page.enrolment.drop.offer([request_file])
    type_in(only_card(page), digits_of(ledger))
    assert "密钥不在这台电脑上" in page.notice.text()
    page.enrolment.invite.make.click()
    assert "密钥不在这台电脑上" in page.notice.text()
