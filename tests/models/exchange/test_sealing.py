import base64
import time

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange import sealing
from models.exchange.format import BadBundle
from models.exchange.keys import Keys
from models.exchange.sealing import MOST_HEAD, MOST_RECIPIENTS, seal, unseal
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


def made(number):
    return Keys.of_seed(number.to_bytes(32, "big"))


def test_as_many_as_may_be_addressed_can_open_it():
    keys = [made(number) for number in range(MOST_RECIPIENTS)]
    sealed = seal(DATA, [one.age_recipient for one in keys])
    assert sealed.index(b"\n--- ") < MOST_HEAD - 1000  # age adds a line of nonsense of its own
    assert unseal(sealed, [keys[-1].age_identity]) == DATA
    with pytest.raises(AppError, match="要给 151 台电脑，最多 150 台"):
        seal(DATA, [*(one.age_recipient for one in keys), OFFICE.age_recipient])


@pytest.mark.parametrize("first", [b"", b"--- \n", b"-> X25519 a\n--- \n", b"--- AAAA\n"])
def test_a_head_of_thousands_of_addresses_keeps_no_reader_busy(first):
    """Each of them is looked through again for each; 20,000 would take hours."""
    word = base64.b64encode(bytes(32)).rstrip(b"=")
    address = b"-> X25519 " + word + b"\n" + word + b"\n"
    began = time.monotonic()
    with pytest.raises(BadBundle):
        unseal(b"age-encryption.org/v1\n" + first + address * 20_000 + b"--- " + word + b"\n",
               [SCHOOL.age_identity])  # fmt: skip
    assert time.monotonic() - began < 10


def test_a_head_of_one_endless_address_keeps_no_reader_busy():
    line = b"A" * 64 + b"\n"
    began = time.monotonic()
    with pytest.raises(BadBundle):
        unseal(b"age-encryption.org/v1\n-> X25519 a\n" + line * 50_000, [SCHOOL.age_identity])
    assert time.monotonic() - began < 10
