"""JSON that can be read in two ways, or that breaks its reader, is not taken."""

import json
import tracemalloc
from contextlib import suppress

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.strict_json import has_control, load_strict

MIB = 1 << 20
typed = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n\t\r\\"/bfu0'))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | typed,
    lambda inner: st.lists(inner) | st.dictionaries(typed, inner),
    max_leaves=20,
)


def load(data, most=MIB):
    return load_strict(data, most)


@given(plain)
def test_what_our_writer_writes_is_read_as_it_was(value):
    assert load(orjson.dumps(value)) == value


@given(plain)
def test_what_is_indented_has_the_blanks_of_our_writer_and_no_others(value):
    data = orjson.dumps(value, option=orjson.OPT_INDENT_2)
    assert load_strict(data, MIB, indented=True) == value
    with pytest.raises(ValueError, match="not as our writer writes"):
        load_strict(data + b"\n", MIB, indented=True)


@given(st.binary(max_size=40))
def test_any_bytes_are_refused_or_are_what_our_writer_writes(data):
    with suppress(ValueError):
        assert orjson.dumps(load(data)) == data


# fmt: off
ATTACKS = {
    "nothing": b"",
    "no JSON": b"hello",
    "a blank": b'{"a": 1}',
    "a line end": b'{"a":1}\n',
    "a mark of byte order": b'\xef\xbb\xbf{"a":1}',
    "another encoding": '{"a":1}'.encode("utf-16"),
    "two values": b"{}{}",
    "a comment": b"{}/**/",
    "a comma too many": b"[1,]",
    "a key twice": b'{"a":1,"a":2}',
    "a key twice far inside": b'[[{"b":{"a":1,"a":1}}]]',
    "a key twice, once in disguise": b'{"a":1,"\\u0061":2}',
    "NaN": b'{"a":NaN}',
    "infinity": b'{"a":Infinity}',
    "minus infinity": b"[-Infinity]",
    "a number that becomes infinite": b"[1e400]",
    "an integer of 70 bits": str(2**70).encode(),
    "an integer of 5,000 digits": b"9" * 5_000,
    "a fraction of 5,000 digits": b"0." + b"9" * 5_000,
    "minus nothing": b"[-0]",
    "a number with a plus": b"[+1]",
    "a number with a zero before it": b"[01]",
    "a number in another notation": b"[1E3]",
    "an escaped sign": b'"\\u4e2d"',
    "an escaped slash": b'"\\/"',
    "half a surrogate pair": b'"\\ud800"',
    "the other half": b'"\\udc00"',
    "a pair the wrong way round": b'"\\udc00\\ud800"',
    "a pair that our writer writes as one sign": b'"\\ud83d\\ude00"',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "overlong UTF-8": b'"\xc0\xaf"',
    "a byte that is no UTF-8": b'"\xff"',
    "UTF-8 that breaks off": b'"\xe4\xb8"',
    "UTF-8 beyond Unicode": b'"\xf4\x90\x80\x80"',
    "NUL": b'"\\u0000"',
    "NUL in a key": b'{"a\\u0000b":1}',
    "NUL as it is": b'"a\0b"',
    "an escape sequence for the screen": b'"\\u001b[2J"',
    "a backspace": b'"admin\\b\\b\\b\\b\\bguest"',
    "a form feed": b'"\\f"',
    "NUL behind backslashes": b'"\\\\\\\\\\u0000"',
    "a million levels of lists": b"[" * 1_000_000,
    "a million levels that close": b"[" * 400_000 + b"]" * 400_000,
    "a thousand levels": b"[" * 1_000 + b"]" * 1_000,
    "255 levels": b"[" * 255 + b"]" * 255,
    "a million levels of objects": b'{"a":' * 150_000,
}
# fmt: on


@pytest.mark.parametrize("data", ATTACKS.values(), ids=ATTACKS)
def test_it_is_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011
        load(data)


@pytest.mark.parametrize(
    "text", ["\n", "\t", "\r\n", "\\", "\\\\", "\\u0000", "\\b", "\\\\f", '"', "\u2028", "\u200d"]
)
def test_what_somebody_may_have_typed_is_read(text):
    assert load(orjson.dumps({text: text})) == {text: text}


@given(st.text(st.sampled_from('\\ubf0a\x00\x08\x0c\x1b\n"')))
def test_control_characters_are_found_whatever_stands_before_them(text):
    found = has_control(orjson.dumps(text))
    assert found == any(sign in text for sign in "\x00\x08\x0c\x1b")
    ours = json.dumps(text, ensure_ascii=False).encode()
    assert has_control(ours) == found


def test_what_is_longer_than_asked_for_is_not_even_parsed():
    data = orjson.dumps("x" * 1_000)
    assert load(data, len(data))
    tracemalloc.start()
    with pytest.raises(ValueError, match="too long"):
        load(data, len(data) - 1)
    assert tracemalloc.get_traced_memory()[1] < 10_000
    tracemalloc.stop()


def test_a_mountain_of_backslashes_takes_no_time():
    load(orjson.dumps("\\" * 5 * MIB), 20 * MIB)
    load(orjson.dumps("\\a" * 3 * MIB), 20 * MIB)
