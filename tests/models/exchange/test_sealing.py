import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange import sealing
from models.exchange.format import BadBundle
from models.exchange.keys import Keys
from models.exchange.sealing import seal, unseal
from models.problems import AppError

SCHOOL, OFFICE, STRANGER = (Keys.of_seed(bytes([number]) * 32) for number in range(3))
DATA = b"what was written" * 20
SEALED = seal(DATA, [SCHOOL.age_recipient, OFFICE.age_recipient])


@given(st.binary(max_size=2000))
def test_each_who_is_addressed_opens_it(data):
    sealed = seal(data, [SCHOOL.age_recipient, OFFICE.age_recipient, OFFICE.age_recipient])
    assert unseal(sealed, [SCHOOL.age_identity]) == data
    assert unseal(sealed, [STRANGER.age_identity, OFFICE.age_identity]) == data


@pytest.mark.parametrize("identities", [[STRANGER.age_identity], []])
def test_nobody_else_opens_it(identities):
    with pytest.raises(BadBundle, match="不是给这台电脑的"):
        unseal(SEALED, identities)


def test_it_is_never_sealed_to_nobody():
    with pytest.raises(pyrage.EncryptError):
        seal(DATA, [])


def test_it_says_nothing_of_what_is_in_it():
    assert b"what was written" not in SEALED
    assert SCHOOL.age_recipient.encode() not in SEALED


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_a_changed_byte_is_seen(at, flip):
    changed = bytearray(SEALED)
    changed[at] ^= flip
    with pytest.raises(BadBundle):
        unseal(bytes(changed), [SCHOOL.age_identity])


@given(st.integers(0, len(SEALED) - 1))
def test_a_file_that_was_cut_off_is_seen(length):
    with pytest.raises(BadBundle):
        unseal(SEALED[:length], [SCHOOL.age_identity])


def test_what_hangs_on_behind_is_seen():
    with pytest.raises(BadBundle):
        unseal(SEALED + b"x", [SCHOOL.age_identity])


@pytest.mark.parametrize("foreign", [b"", b"PK\3\4", b"-----BEGIN AGE", b"\0" * 100])
def test_a_foreign_file_is_no_bundle(foreign):
    with pytest.raises(BadBundle, match="不是校园安全台账的数据包"):
        unseal(foreign, [SCHOOL.age_identity])


@given(st.binary(max_size=300))
def test_anything_behind_the_header_is_told_in_words(rest):
    with pytest.raises(BadBundle):
        unseal(b"age-encryption.org/v1\n" + rest, [SCHOOL.age_identity])


def test_what_is_locked_by_a_password_is_not_for_us():
    with pytest.raises(BadBundle):
        unseal(pyrage.passphrase.encrypt(DATA, "password"), [SCHOOL.age_identity])


def test_what_is_too_large_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(sealing, "MOST_SEALED", len(SEALED) - 1)
    with pytest.raises(BadBundle, match="大得不正常"):
        unseal(SEALED, [SCHOOL.age_identity])


def test_more_addresses_than_a_reader_goes_through_are_told(monkeypatch):
    monkeypatch.setattr(sealing, "MOST_RECIPIENTS", 1)
    seal(DATA, [SCHOOL.age_recipient] * 3)
    with pytest.raises(AppError, match="要给 2 台电脑，最多 1 台"):
        seal(DATA, [SCHOOL.age_recipient, Keys.of_seed(bytes([9]) * 32).age_recipient])


def test_as_many_addresses_as_we_write_have_room_in_a_head():
    people = [Keys.make() for _ in range(sealing.MOST_RECIPIENTS)]
    sealed = seal(DATA, [keys.age_recipient for keys in people])
    assert unseal(sealed, [people[-1].age_identity]) == DATA
