import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problems import Problem
from models.records.codes import (
    UnitCode,
    check_uscc,
    doubts_about,
    read_unit_code,
    uscc_check_character,
)

# domain E.2
VALID = (
    "91350100M000100Y43",
    "11370000004502323D",
    "91110000101623741K",
    "123701031000001550",  # remainder 0, which many published versions reject
    "12370103100000032Y",
    "12370103100000219X",
)
INVALID = ("91310115MA1H8R7C6D", "91350100M000100Y4A")


@pytest.mark.parametrize("code", VALID)
def test_valid_codes_are_taken(code):
    assert read_unit_code(code) == code


@pytest.mark.parametrize("code", INVALID)
def test_a_wrong_check_character_is_told(code):
    with pytest.raises(Problem, match="校验位"):
        read_unit_code(code)


def test_the_check_character_of_the_printed_example_should_be_7():
    assert uscc_check_character("91310115MA1H8R7C6") == "7"


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_do_not_occur_are_told(letter):
    with pytest.raises(Problem, match="不含 I、O、S、V、Z"):
        check_uscc("1137000000450232" + letter + "D")


@pytest.mark.parametrize("typed", ["２１３７０００００１", " 2137-0000 01\n", "2137000001"])
def test_a_school_code_is_read_as_people_type_it(typed):
    assert read_unit_code(typed) == "2137000001"


def test_a_small_letter_is_the_capital():
    assert read_unit_code("11370000004502323d") == "11370000004502323D"


@pytest.mark.parametrize("typed", ["", "213700000", "21370000011", "٢١٣٧٠٠٠٠٠١", "a" * 10_000])
def test_a_code_of_another_length_or_of_other_digits_is_no_code(typed):
    with pytest.raises(Problem, match="10 位数字"):
        read_unit_code(typed)


def test_an_unusual_category_is_doubted_but_not_refused():
    assert doubts_about(read_unit_code("9937000001")) != ""
    assert doubts_about("2137000001") == ""
    assert doubts_about("11370000004502323D") == ""


@given(
    st.sampled_from(VALID), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY")
)
def test_any_single_wrong_character_is_noticed(code, at, other):
    mistyped = code[:at] + other + code[at + 1 :]
    if mistyped != code:
        with pytest.raises(Problem):
            check_uscc(mistyped)


TYPED = ["２１３７０００００１", "21-3700-0001", " 2137000001", "11370000004502323d"]


@pytest.mark.parametrize("typed", TYPED)
def test_a_unit_code_is_read_as_people_write_it_and_kept_as_it_is_compared(typed):
    field = UnitCode(label="单位代码")
    value = field.parse(typed)
    field.check(value)
    assert value in ("2137000001", "11370000004502323D")
    with pytest.raises(Problem, match="半角"):
        field.check(typed)


@pytest.mark.parametrize(("code", "words"), [("213700", "现在有 6 位"), ("1" * 18, "校验位")])
def test_a_code_that_cannot_be_is_no_value_of_the_field(code, words):
    with pytest.raises(Problem, match=words):
        UnitCode(label="单位代码").check(code)
