from dataclasses import replace

import pytest

from models.exchange import enrolment
from models.exchange.enrolment import (
    accept_invitation,
    approve,
    close_device,
    found_office,
    known_as,
    make_invitation,
    make_request,
    own_request,
    read_invitation,
    read_request,
    renew_pc,
    rotate_office,
)
from models.exchange.enrolment_files import Invitation
from models.exchange.keys import Keys, groups
from models.exchange.members import chain_of, pin_office, pinned_office, take_chain
from models.exchange.registry import read_chain, read_chains
from models.ledger.ledger import Ledger
from models.problems import AppError, Problem
from tests.conftest import a_finding
from tests.models.exchange.enrolling import enrol, store_of

SEED, NEXT = bytes(32), bytes(range(32))
WRONG = "0" * 24


@pytest.fixture(autouse=True)
def ended(monkeypatch):
    """The streams that were ended."""
    found = {}
    monkeypatch.setattr(
        Ledger, "close_stream", lambda _ledger, log, last: found.update({log: last}), raising=False
    )
    return found


@pytest.fixture
def bureau(office):
    """An office that has its key."""
    found_office(office, store_of(office), SEED)
    return office


def invitation_of(office):
    return Invitation(pinned_office(office), {})


def request_of(ledger, **changes):
    return replace(own_request(ledger, store_of(ledger)), **changes)


def asks(office, request):
    """The request is approved with the right digits."""
    approve(office, store_of(office), request, request.digits)


def members(office, unit):
    return set(chain_of(office, unit).members)


def device(ledger):
    return ledger.setting("device")


# ---- founding ----------------------------------------------------------------------------------


def test_an_office_begins_with_its_key_and_its_own_pc(bureau):
    assert pinned_office(bureau).sign == Keys.of_seed(SEED).sign_public
    member = chain_of(bureau, bureau.unit).members[device(bureau)]
    assert (member.role, member.sign) == ("office", store_of(bureau).device().sign_public)


def test_an_office_is_founded_once(bureau):
    with pytest.raises(AppError, match="已经有了"):
        found_office(bureau, store_of(bureau), NEXT)
    assert store_of(bureau).office_seed() == SEED


def test_founding_that_broke_off_can_be_done_again(office, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(enrolment, "register", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            found_office(office, store_of(office), SEED)
    assert pinned_office(office) is None
    found_office(office, store_of(office), NEXT)
    asks(office, request_of(office))


# ---- the ceremony ------------------------------------------------------------------------------


def test_two_files_and_two_calls_make_a_member(bureau, ledger, tmp_path):
    path = make_invitation(bureau, store_of(bureau), tmp_path, {"name": "示例县实验小学"})
    assert path.name == "入网邀请-示例县教育局-示例县实验小学.aqi"
    invitation = read_invitation(path)
    accept_invitation(ledger, invitation, groups(pinned_office(bureau).digits))
    request = read_request(make_request(ledger, store_of(ledger), tmp_path))
    assert known_as(bureau, request) is None
    approve(bureau, store_of(bureau), request, groups(request_of(ledger).digits))
    assert members(bureau, ledger.unit) == {device(ledger)}
    assert known_as(bureau, request).person == "李安全"


def test_with_wrong_digits_no_office_is_trusted(bureau, ledger):
    with pytest.raises(Problem, match="数字对不上"):
        accept_invitation(ledger, invitation_of(bureau), WRONG)
    assert pinned_office(ledger) is None


def test_with_wrong_digits_no_pc_is_enrolled(bureau, ledger):
    with pytest.raises(Problem, match="数字对不上"):
        approve(bureau, store_of(bureau), request_of(ledger), WRONG)
    assert not members(bureau, ledger.unit)


def test_keys_that_were_swapped_on_the_way_have_other_digits(bureau, ledger):
    swapped = request_of(ledger, sign=Keys.make().sign_public)
    with pytest.raises(Problem, match="数字对不上"):
        approve(bureau, store_of(bureau), swapped, request_of(ledger).digits)


def test_no_message_shows_the_digits_that_are_to_be_typed(bureau, ledger):
    request = request_of(ledger)
    with pytest.raises(Problem) as caught:
        approve(bureau, store_of(bureau), request, WRONG)
    assert request.digits[:4] not in str(caught.value)


def test_an_invitation_can_be_accepted_again_and_brings_a_new_name(bureau, ledger):
    invitation = invitation_of(bureau)
    accept_invitation(ledger, invitation, invitation.office.digits)
    renamed = invitation.office._replace(name="示例市教育局")
    accept_invitation(ledger, Invitation(renamed, {}), renamed.digits)
    assert pinned_office(ledger).name == "示例市教育局"


def test_a_school_does_not_change_its_office_by_a_file(bureau, ledger):
    invitation = invitation_of(bureau)
    accept_invitation(ledger, invitation, invitation.office.digits)
    other = invitation.office._replace(unit="2137000009", sign=Keys.make().sign_public)
    with pytest.raises(Problem, match="已经加入示例县教育局"):
        accept_invitation(ledger, Invitation(other, {}), other.digits)


def test_before_the_first_answer_a_newer_invitation_takes_the_place(bureau, ledger):
    old = invitation_of(bureau)
    accept_invitation(ledger, old, old.office.digits)
    new = Invitation(rotate_office(bureau, store_of(bureau), NEXT), {})
    accept_invitation(ledger, new, new.office.digits)
    assert pinned_office(ledger) == new.office


def test_after_it_another_key_comes_by_hand_over_only(allied):
    school, office = allied
    other = pinned_office(office)._replace(sign=Keys.make().sign_public)
    with pytest.raises(Problem, match="已经加入"):
        accept_invitation(school, Invitation(other, {}), other.digits)


def test_only_who_holds_the_key_can_invite_and_approve(ledger, bureau, tmp_path):
    pin_office(ledger, pinned_office(bureau))
    for act in (
        lambda: make_invitation(ledger, store_of(ledger), tmp_path),
        lambda: approve(ledger, store_of(ledger), request_of(ledger), WRONG),
    ):
        with pytest.raises(AppError, match="不在这台电脑上"):
            act()


def test_who_has_no_office_cannot_invite(ledger, tmp_path):
    with pytest.raises(AppError, match="不在这台电脑上"):
        make_invitation(ledger, store_of(ledger), tmp_path)


# ---- approving ---------------------------------------------------------------------------------


def test_the_same_request_again_changes_nothing(bureau, ledger):
    asks(bureau, request_of(ledger))
    before = chain_of(bureau, ledger.unit).lines
    asks(bureau, request_of(ledger))
    assert chain_of(bureau, ledger.unit).lines == before


def test_new_keys_of_a_pc_take_the_place_of_the_old_and_both_vouch(bureau, ledger):
    asks(bureau, request_of(ledger))
    old, new = store_of(ledger).device(), store_of(ledger).renew()
    asks(bureau, request_of(ledger))
    chain = chain_of(bureau, ledger.unit)
    assert chain.members[device(ledger)].sign == new.sign_public
    assert chain.keys[device(ledger)] == [old.sign_public, new.sign_public]


def test_where_the_office_key_lies_new_keys_are_enrolled_at_once(bureau):
    old = store_of(bureau).device()
    assert renew_pc(bureau, store_of(bureau))
    new = store_of(bureau).device()
    assert new.sign_public != old.sign_public
    assert chain_of(bureau, bureau.unit).members[device(bureau)].sign == new.sign_public


def test_elsewhere_new_keys_wait_for_the_office(bureau, ledger):
    asks(bureau, request_of(ledger))
    old = store_of(ledger).device()
    assert not renew_pc(ledger, store_of(ledger))
    assert store_of(ledger).device().sign_public != old.sign_public
    assert chain_of(bureau, ledger.unit).members[device(ledger)].sign == old.sign_public


def test_an_office_pc_without_the_office_key_waits_too(bureau):
    for key in (bureau.home / "keys").glob("office-*.key"):
        key.unlink()
    assert not renew_pc(bureau, store_of(bureau))


def test_a_pc_cannot_take_the_name_of_another_units_pc(bureau, ledger):
    asks(bureau, request_of(ledger))
    for name in (device(ledger), device(bureau)):
        with pytest.raises(AppError, match="属于另一个单位"):
            asks(bureau, request_of(ledger, unit="2137000002", device=name))
    assert not members(bureau, "2137000002")


def test_a_second_pc_of_the_office_is_one_of_the_office(bureau, ledger):
    asks(bureau, request_of(ledger, unit=bureau.unit))
    assert chain_of(bureau, bureau.unit).members[device(ledger)].role == "office"


def test_names_that_no_entry_takes_are_tidied(bureau, ledger, monkeypatch):
    monkeypatch.setattr(enrolment.platform, "node", lambda: "办公室\u202e" + "x" * 200)
    request = request_of(ledger)
    assert request.pc == "办公室" + "x" * 97
    asks(bureau, request)


def test_what_the_registry_does_not_take_is_told_in_words(bureau, ledger):
    with pytest.raises(AppError, match=r"登记表的格式不对.*没有变化"):
        asks(bureau, request_of(ledger, pc="x" * 101))


# ---- closing -----------------------------------------------------------------------------------


def test_a_lost_pc_ends_at_what_the_office_holds(allied):
    school, office = allied
    asks(office, request_of(school))
    close_device(office, store_of(office), school.unit, device(school))
    chain = chain_of(office, school.unit)
    assert not chain.members
    assert chain.closed == {device(school): {}}


def test_a_closed_pc_does_not_come_back(allied):
    school, office = allied
    close_device(office, store_of(office), school.unit, device(school))
    with pytest.raises(AppError, match="停用后不能恢复"):
        asks(office, request_of(school))


def test_the_pc_with_the_key_does_not_close_itself(bureau):
    with pytest.raises(AppError, match="不能停用自己"):
        close_device(bureau, store_of(bureau), bureau.unit, device(bureau))


def test_a_pc_that_is_not_registered_cannot_be_closed(bureau):
    with pytest.raises(AppError, match="没有登记的电脑"):
        close_device(bureau, store_of(bureau), bureau.unit, "nobody")


def test_a_pc_with_many_streams_is_closed_by_several_entries(bureau, ledger, monkeypatch, ended):
    asks(bureau, request_of(ledger))
    held = {f"s{number}": (number, "ab" * 32) for number in range(1201)}
    monkeypatch.setattr(enrolment, "positions", lambda *_: held)
    close_device(bureau, store_of(bureau), ledger.unit, device(ledger))
    chain = chain_of(bureau, ledger.unit)
    assert len(chain.closed[device(ledger)]) == 1201
    assert max(map(len, chain.lines)) < 64 << 10


# ---- another key for the office ----------------------------------------------------------------


def test_every_chain_can_be_read_by_who_trusts_the_old_key_and_by_who_trusts_the_new(allied):
    school, office = allied
    old = pinned_office(office)
    new = rotate_office(office, store_of(office), NEXT)
    for unit in (office.unit, school.unit):
        for office_then in (old, new):
            read_chain(unit, chain_of(office, unit).lines, office_then.sign)


def test_a_school_that_accepted_before_and_was_enrolled_after_the_change_gets_in(bureau, ledger):
    accept_invitation(ledger, invitation_of(bureau), pinned_office(bureau).digits)
    new = rotate_office(bureau, store_of(bureau), NEXT)
    asks(bureau, request_of(ledger))
    bodies = {unit: chain_of(bureau, unit).lines for unit in (ledger.unit, bureau.unit)}
    for chain in read_chains(bodies, pinned_office(ledger).sign).values():
        take_chain(ledger, chain)
    assert pinned_office(ledger) == new
    assert device(ledger) in members(ledger, ledger.unit)


def test_after_the_change_the_new_key_signs(allied, second):
    school, office = allied
    rotate_office(office, store_of(office), NEXT)
    enrol(office, second)
    assert members(office, school.unit) == {device(school), device(second)}


@pytest.mark.parametrize("place", ["take_chain", "pin_office"])
def test_a_change_that_broke_off_leaves_the_old_key_in_its_place(allied, monkeypatch, place):
    school, office = allied
    old = pinned_office(office)
    with monkeypatch.context() as broken:
        broken.setattr(enrolment, place, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rotate_office(office, store_of(office), NEXT)
    assert pinned_office(office) == old
    close_device(office, store_of(office), school.unit, device(school))
    rotate_office(office, store_of(office), bytes([7]) * 32)
    assert chain_of(office, school.unit).succession[0] == old.sign


def test_a_change_whose_key_cannot_be_kept_changes_nothing(allied, monkeypatch):
    _school, office = allied
    store, old = store_of(office), pinned_office(office)
    monkeypatch.setattr(store, "save_office", lambda _seed: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rotate_office(office, store, NEXT)
    assert pinned_office(office) == old
    assert chain_of(office, office.unit).office == old


def test_an_office_that_has_not_said_its_name_has_an_empty_one(office):
    office.remove(office.organisation)
    assert found_office(office, store_of(office), SEED).name == ""


def test_what_the_office_holds_of_a_pc_stays_valid(bureau, ended):
    bureau.save(a_finding())
    stream = bureau.setting(f"stream:{bureau.unit}")
    held = enrolment.positions(bureau, device(bureau))
    assert held[stream][0] >= 3
