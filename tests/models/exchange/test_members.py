import pytest

from models.exchange.enrolment import close_device, rotate_office
from models.exchange.format import BadBundle
from models.exchange.keys import Keys
from models.exchange.members import (
    Directory,
    chain_of,
    directory,
    office_facts,
    pin_office,
    pinned_office,
    recipients,
    register,
    take_chain,
)
from models.exchange.registry import Office, add, next_entry, read_chain
from models.ledger import registered
from models.ledger.ledger import Ledger
from tests.conftest import a_finding
from tests.models.exchange.enrolling import enrol, store_of

NEXT = bytes(range(32))
OFFICE = Office("2137000001", "示例县教育局", bytes(range(32)), "age1…")


def device(ledger):
    return ledger.setting("device")


@pytest.fixture
def ended(monkeypatch):
    """Stream → last valid line, of the streams that were ended."""
    found = {}
    monkeypatch.setattr(
        Ledger, "close_stream", lambda _ledger, log, last: found.update({log: last}), raising=False
    )
    return found


def longer(chain, *devices):
    """The chain as it stands when these PCs were enrolled too."""
    keys = Keys.make()
    office_key = Keys.of_seed(SEED)
    chain = read_chain(chain.unit, chain.lines, None)
    for name in devices:
        facts = {"device": name, "role": "school", "pc": "", "person": ""}
        facts |= {"sign": keys.sign_public.hex(), "age": keys.age_recipient}
        add(chain, next_entry(chain, office_key, "device", facts))
    return chain


SEED = b"11370000004502323D".ljust(32, b"o")


def test_nobody_is_trusted_before_the_first_digits(ledger):
    assert pinned_office(ledger) is None


def test_the_trusted_office_is_kept(ledger):
    pin_office(ledger, OFFICE)
    assert pinned_office(ledger) == OFFICE


def test_an_enrolled_school_knows_its_pcs_and_the_offices(allied, second):
    school, office = allied
    enrol(office, second)
    take_chain(school, chain_of(office, school.unit))
    known = directory(school, [school.unit, office.unit, "", school.unit])
    assert {known.member(device(pc)).role for pc in (school, second)} == {"school"}
    assert known.member(device(office)).role == "office"
    assert known.of_device(device(second)).unit == school.unit
    assert known.member("nobody") is known.closed("nobody") is known.of_device("nobody") is None


def test_a_school_never_holds_another_units_chain(allied):
    school, office = allied
    assert registered.registered_units(school) == sorted([office.unit, school.unit])


def test_bundles_are_sealed_to_all_pcs_and_to_the_key_on_paper(allied):
    school, office = allied
    units = [school.unit, office.unit, "2137000009"]
    assert recipients(directory(office, units), [*units, "2137000010"]) == [
        store_of(school).device().age_recipient,
        store_of(office).office().age_recipient,
        store_of(office).device().age_recipient,
    ]


# ---- taking a chain ----------------------------------------------------------------------------


def test_the_same_chain_again_is_nothing_new(allied):
    school, office = allied
    assert not take_chain(school, chain_of(office, school.unit))


def test_an_older_chain_that_is_sent_again_takes_nobody_away(allied):
    school, office = allied
    older = read_chain(school.unit, chain_of(office, school.unit).lines[:1], None)
    assert not take_chain(school, older)
    assert device(school) in chain_of(school, school.unit).members


def test_a_chain_that_went_another_way_is_refused(allied):
    school, _office = allied
    chain = chain_of(school, school.unit)
    take_chain(school, longer(chain, "one"))
    with pytest.raises(BadBundle, match="不一致"):
        take_chain(school, longer(chain, "other", "another"))
    assert set(chain_of(school, school.unit).members) == {device(school), "one"}


def test_a_directory_takes_no_two_truths_either(allied):
    school, _office = allied
    chain = chain_of(school, school.unit)
    known = Directory({}, below=Directory({chain.unit: longer(chain, "one")}))
    known.learn([chain])
    assert known.member("one")
    assert list(known.chains) == []
    with pytest.raises(BadBundle, match="不一致"):
        known.learn([longer(chain, "other")])


def test_a_closed_pcs_streams_end_where_the_office_held_them(allied, ended):
    school, office = allied
    ours = school.setting(f"stream:{school.unit}")
    facts = {"device": device(school), "logs": {ours: [2, "ab" * 32], "zzz": [9, "ab" * 32]}}
    register(office, store_of(office).office(), school.unit, "close", facts)
    assert take_chain(school, chain_of(office, school.unit))
    assert ended == {ours: 2}  # what is not here is ended when it comes
    assert directory(school, [school.unit]).closed(device(school)) == {ours: 2, "zzz": 9}


def test_a_stream_the_office_never_saw_ends_before_its_first_line(allied, ended):
    school, office = allied
    school.save(a_finding())
    close_device(office, store_of(office), school.unit, device(school))
    take_chain(school, chain_of(office, school.unit))
    assert ended == {school.setting(f"stream:{school.unit}"): 0}


def test_a_stream_is_ended_once(allied, ended):
    school, office = allied
    close_device(office, store_of(office), school.unit, device(school))
    take_chain(school, chain_of(office, school.unit))
    ended.clear()
    take_chain(school, longer(chain_of(school, school.unit), "new"))
    assert ended == {}


def test_who_trusted_the_old_key_trusts_the_one_it_handed_over_to(allied):
    school, office = allied
    new = rotate_office(office, store_of(office), NEXT)
    for unit in (school.unit, office.unit):
        take_chain(
            school, read_chain(unit, chain_of(office, unit).lines, pinned_office(school).sign)
        )
    assert pinned_office(school) == new


def test_a_chain_is_kept_whole_or_not_at_all(allied, monkeypatch):
    school, office = allied

    def full(_ledger, _log, _last):
        raise OSError("the disk is full")

    monkeypatch.setattr(Ledger, "close_stream", lambda *_: None, raising=False)
    close_device(office, store_of(office), school.unit, device(school))
    monkeypatch.setattr(Ledger, "close_stream", full)
    before = registered.entries(school, school.unit)
    with pytest.raises(OSError, match="full"):
        take_chain(school, chain_of(office, school.unit))
    assert registered.entries(school, school.unit) == before


def test_without_an_office_nothing_is_registered(ledger):
    with pytest.raises(BadBundle, match="还没有密钥"):
        register(ledger, Keys.make(), ledger.unit, "device", {})


def test_an_office_is_written_as_facts():
    assert office_facts(OFFICE) == {
        "office": OFFICE.unit,
        "name": OFFICE.name,
        "sign": OFFICE.sign.hex(),
        "age": OFFICE.age,
    }
