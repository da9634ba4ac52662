import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.keys import (
    Keys,
    fingerprint,
    groups,
    is_recipient,
    same_digits,
    verify,
)
from models.exchange.sealing import seal, unseal

KEYS = Keys.of_seed(bytes(range(32)))
OTHER = Keys.of_seed(bytes(32))
seeds = st.binary(min_size=32, max_size=32)
digits = st.from_regex(r"[0-9]{24}", fullmatch=True)


@given(seeds)
def test_a_seed_always_makes_the_same_keys(seed):
    assert Keys.of_seed(seed) == Keys.of_seed(seed)


def test_a_seed_makes_the_keys_it_made_when_it_was_printed():
    """A sheet in a safe outlives every program."""
    assert KEYS.sign_public.hex().startswith("72d13637121f64e4")
    assert KEYS.age_recipient == "age10lv2fp8nkfjgejm0hu70lsfrkqes4pedp53fp7hf5c8h32k4hs7qv72ype"


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_seed_has_32_bytes(length):
    with pytest.raises(ValueError, match="32"):
        Keys.of_seed(bytes(length))


def test_made_keys_are_nobody_elses():
    assert Keys.make() != Keys.make()


@given(seeds)
def test_what_is_sealed_to_a_seeds_address_opens_with_its_identity(seed):
    keys = Keys.of_seed(seed)
    assert unseal(seal(b"x", [keys.age_recipient]), [keys.age_identity]) == b"x"


@given(seeds)
def test_keys_are_kept_as_bytes_and_come_back(seed):
    keys = Keys.of_seed(seed)
    assert Keys.of_secret_bytes(keys.secret_bytes()) == keys


@given(st.binary(max_size=120))
def test_other_bytes_are_no_keys(data):
    with pytest.raises(ValueError, match="no keys"):
        Keys.of_secret_bytes(data)


@given(st.data())
def test_a_flipped_letter_of_the_identity_is_seen(data):
    secret = bytearray(KEYS.secret_bytes())
    at = data.draw(st.integers(32, len(secret) - 1))
    secret[at] ^= data.draw(st.integers(1, 255).filter(lambda flip: flip != 0x20))
    with pytest.raises(ValueError, match="no keys"):
        Keys.of_secret_bytes(bytes(secret))


@given(st.binary(max_size=200))
def test_a_signature_is_checked_by_the_public_half(data):
    assert verify(KEYS.sign_public, KEYS.sign(data), data)


@given(st.binary(max_size=50), st.integers(0, 511))
def test_a_flipped_bit_is_no_signature(data, bit):
    signature = bytearray(KEYS.sign(data))
    signature[bit // 8] ^= 1 << bit % 8
    assert not verify(KEYS.sign_public, bytes(signature), data)


def test_anothers_signature_is_none():
    assert not verify(KEYS.sign_public, OTHER.sign(b"x"), b"x")
    assert not verify(KEYS.sign_public, KEYS.sign(b"x"), b"y")


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(32), b"\xff" * 32, bytes(33)])
@pytest.mark.parametrize("signature", [b"", bytes(64), bytes(63), bytes(65)])
def test_what_is_no_key_has_signed_nothing(public, signature):
    assert not verify(public, signature, b"x")


def test_an_address_is_known_by_its_check():
    assert is_recipient(KEYS.age_recipient)
    assert not is_recipient(KEYS.age_recipient[:-1] + "q" * (KEYS.age_recipient[-1] != "q"))
    assert not is_recipient(KEYS.age_identity)
    assert not is_recipient("")


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{!r:>1}".format])
def test_keys_show_no_secret(show):
    shown = show(KEYS)
    assert KEYS.age_identity not in shown
    assert "AGE-SECRET" not in shown
    assert KEYS.secret_bytes()[:32].hex() not in shown


def test_an_error_about_keys_shows_nothing_of_them():
    secret = KEYS.secret_bytes()[:-1] + b"\xff"
    with pytest.raises(ValueError, match="no keys") as caught:
        Keys.of_secret_bytes(secret)
    assert "AGE" not in f"{caught.value!r}{caught.value.__context__!r}".upper()


# ---- digits ------------------------------------------------------------------------------------


@given(st.lists(st.one_of(st.text(), st.binary()), max_size=4))
def test_a_fingerprint_is_24_digits(parts):
    parts = [part for part in parts if isinstance(part, bytes) or part.isprintable()]
    made = fingerprint(*parts)
    assert len(made) == 24
    assert made.isdecimal()
    assert made == fingerprint(*parts)


def test_parts_do_not_run_into_each_other():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("a") != fingerprint("a", "")


def test_a_fingerprint_stays_what_was_printed_in_a_notice():
    assert fingerprint("office", "1", b"\x01") == "500263683109116458120631"


def test_digits_are_read_out_in_groups_of_four():
    assert groups("123456789012345678901234") == "1234 5678 9012 3456 7890 1234"


@given(digits, st.sampled_from(["{}", " {} ", "{}\n"]), st.booleans(), st.sampled_from(" -　－–—−"))
def test_people_type_digits_as_they_like(right, frame, full_width, between):
    typed = frame.format(groups(right).replace(" ", between))
    if full_width:
        typed = typed.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789"})
    assert same_digits(typed, right)


@given(digits, digits)
def test_other_digits_are_not_the_same(right, other):
    assert same_digits(other, right) == (other == right)


@pytest.mark.parametrize("typed", ["", "1234", "x" * 24, "\ud800" * 24, "١" * 24, "0" * 25])
def test_what_is_no_number_is_not_the_same(typed):
    assert not same_digits(typed, "1" * 24)
