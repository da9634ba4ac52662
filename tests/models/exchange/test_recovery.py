import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.keys import Keys
from models.exchange.members import pin_office
from models.exchange.recovery import (
    ALPHABET,
    LINES,
    join,
    lines_of,
    new_seed,
    restore_office_key,
    seed_of,
    split,
)
from models.exchange.registry import Office
from models.problems import AppError, Problem
from tests.models.exchange.enrolling import enrol, store_of

SEED = bytes(range(32))
seeds = st.binary(min_size=32, max_size=32)


@given(seeds)
def test_what_is_printed_can_be_typed_again(seed):
    assert seed_of("\n".join(lines_of(seed))) == seed


def test_the_lines_stand_as_they_were_first_printed():
    """A sheet in a safe outlives every program."""
    assert lines_of(SEED)[:2] == ["000G 40SG", "0G2G C1TB"]


@pytest.mark.parametrize(
    "typed",
    [
        "\n\n".join(lines_of(SEED)).lower(),
        "".join(lines_of(SEED)).replace(" ", ""),
        "\n".join(f"　{line.replace(' ', '－')}\t" for line in lines_of(SEED)),
        "\n".join(lines_of(SEED)).translate({c: c + 0xFEE0 for c in range(0x30, 0x5B)}),
        "\n".join(lines_of(SEED)).replace("0", "o").replace("1", "l"),
        "\n".join(lines_of(SEED)).replace(" ", "—"),
        "\n".join(lines_of(SEED)).replace("0", "Ｏ").replace("1", "I"),
    ],
)
def test_people_type_as_they_like(typed):
    assert seed_of(typed) == SEED


def wrong_in(number, line):
    """What is said of a seed with this line in the place of its own."""
    lines = lines_of(SEED)
    lines[number] = "".join(line)
    with pytest.raises(Problem) as problem:
        seed_of("\n".join(lines))
    return str(problem.value)


@pytest.mark.parametrize("number", range(LINES))
def test_a_wrong_sign_is_always_named_by_its_line(number):
    """All of them: whether an error is seen does not hang on the seed (the check is linear)."""
    right = lines_of(SEED)[number].replace(" ", "")
    for place, sign in itertools.product(range(8), ALPHABET):
        if right[place] != sign:
            line = [*right[:place], sign, *right[place + 1 :]]
            assert wrong_in(number, line).startswith(f"第 {number + 1} 行不对")


@given(seeds, st.integers(0, LINES - 1), st.integers(0, 7), st.integers(0, 7))
def test_two_signs_that_changed_places_are_always_seen(seed, number, one, other):
    lines = [line.replace(" ", "") for line in lines_of(seed)]
    line = list(lines[number])
    line[one], line[other] = line[other], line[one]
    if "".join(line) != lines[number]:
        lines[number] = "".join(line)
        with pytest.raises(Problem, match=f"^第 {number + 1} 行不对"):
            seed_of("\n".join(lines))


def test_every_wrong_line_is_named():
    lines = lines_of(SEED)
    lines[2], lines[6] = "ABCD", "ABCD EFG?"
    with pytest.raises(Problem, match=r"^第 3、7 行不对"):
        seed_of("\n".join(lines))


@given(seeds, st.integers(0, LINES - 1), st.integers(0, LINES - 1))
def test_two_lines_cannot_change_places(seed, one, other):
    lines = lines_of(seed)
    lines[one], lines[other] = lines[other], lines[one]
    if lines != lines_of(seed):
        first, second = sorted((one + 1, other + 1))
        with pytest.raises(Problem, match=f"^第 {first}、{second} 行不对"):
            seed_of("\n".join(lines))


@pytest.mark.parametrize(("many", "said"), [(7, 7), (0, 0)])
def test_a_missing_line_is_told(many, said):
    with pytest.raises(Problem, match=f"恢复页有 8 行，现在输入了 {said} 行"):
        seed_of("\n".join(lines_of(SEED)[:many]))


def test_a_seed_is_32_bytes():
    assert len(new_seed()) == 32
    assert new_seed() != new_seed()
    with pytest.raises(ValueError, match="32"):
        lines_of(b"short")


@given(seeds)
def test_two_halves_are_the_seed_and_one_is_not(seed):
    one, other = split(seed)
    assert join(one, other) == join(other, one) == seed
    assert seed not in (one, other)
    assert split(seed) != (one, other)


@pytest.fixture
def lost(office):
    """An office whose PC has lost the key; and the seed on paper."""
    enrol(office)
    seed = store_of(office).office_seed()
    for file in (office.home / "keys").glob("office*"):
        file.unlink()
    assert store_of(office).office() is None
    return office, seed


def typed(seed):
    return "\n".join(lines_of(seed))


def test_the_key_comes_back_from_its_sheet(lost):
    office, seed = lost
    restore_office_key(office, store_of(office), [typed(seed)])
    assert store_of(office).office_seed() == seed


def test_the_key_comes_back_from_both_halves(lost):
    office, seed = lost
    restore_office_key(office, store_of(office), [typed(half) for half in split(seed)])
    assert store_of(office).office_seed() == seed


def test_one_half_is_not_the_key(lost):
    office, seed = lost
    with pytest.raises(Problem, match="不是本教育局现在的密钥"):
        restore_office_key(office, store_of(office), [typed(split(seed)[0])])
    assert store_of(office).office() is None


def test_without_an_office_there_is_no_key_to_restore(ledger):
    with pytest.raises(AppError, match="入网邀请"):
        restore_office_key(ledger, store_of(ledger), [typed(SEED)])


def test_before_the_registry_came_the_trusted_key_alone_counts(ledger):
    keys = Keys.of_seed(SEED)
    pin_office(ledger, Office("1", "示例县教育局", keys.sign_public, keys.age_recipient))
    restore_office_key(ledger, store_of(ledger), [typed(SEED)])
    assert store_of(ledger).office_seed() == SEED
