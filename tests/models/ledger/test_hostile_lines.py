"""Lines that a stranger may send: each attack is refused as a bad line, and none does more."""

import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger.lines import (
    LONGEST_LINE,
    MOST_FIELDS,
    BadLine,
    dump,
    dump_strict,
    load,
    load_many,
    split_op,
)

BIND = '{"s":1,"t":5,"u":"","o":"b","n":"u","v":{"device":"d"}}'
CREATE = '{"s":3,"t":5,"u":"李","o":"c","e":"finding","n":"u","v":{"place":%s}}'
UPDATE = '{"s":3,"t":5,"u":"李","o":"u","e":"finding","i":"a.1","v":{"place":%s}}'
SEEN = (UPDATE % '["","",0,"a.1"]')[:-1] + ',"k":{"a":%s}}'
MIB = 1 << 20
DEEP = "[" * 1_000_000
LEVELS = "[" * 250 + "]" * 250


def create(value):
    return CREATE % value


def update(value):
    return UPDATE % f'["三楼",{value},0,"a.1"]'


def fields(count):
    return ",".join(f'"f{number}":1' for number in range(count))


def long_fields(count):
    return '"",' + ",".join(f'"f{number}":"{"x" * 2_000}"' for number in range(count))


def many(count):
    return dump([f"b.{number}" for number in range(count)])


# fmt: off
ATTACKS = {
    "nothing": "",
    "a value that is no line": "[]",
    "a kind that is a list": BIND.replace('"b"', "[]"),
    "a kind that is an object": BIND.replace('"b"', "{}"),
    "a kind that is a number": BIND.replace('"b"', "1"),
    "a type that is a list": create(1).replace('"finding"', "[]"),
    "a record that is a list": update(1).replace('"a.1","v"', '[],"v"'),
    "a number that is a list": BIND.replace('"s":1', '"s":[]'),
    "answers that are null": BIND.replace('{"device":"d"}', "null"),
    "a base that is a list": UPDATE % '["","",0,[]]',
    "a base that is an object": UPDATE % '["","",0,{}]',
    "merges of lists": UPDATE % '["","",0,"a.1",[[]]]',
    "merges of objects": UPDATE % '["","",0,"a.1",[{}]]',
    "what was seen, of lists": SEEN % "[]",
    "a million levels": DEEP,
    "a million levels as an answer": create(DEEP),
    "a million levels as a version": update(DEEP),
    "a million levels of objects": create('{"a":' * 1_000_000),
    "250 levels as an answer": create(LEVELS),
    "250 levels as a version": UPDATE % LEVELS,
    "250 levels as what was seen": SEEN % LEVELS,
    "250 levels as the kind": BIND.replace('"b"', LEVELS),
    "a key twice": BIND.replace('"s":1', '"s":1,"s":1'),
    "an answer twice": create('1,"place":2'),
    "an answer twice, once in disguise": create('1,"pl\\u0061ce":2'),
    "NaN": create("NaN"),
    "infinity": update("-Infinity"),
    "a fraction": create("1.5"),
    "a fraction that is whole": create("1.0"),
    "a fraction as a number of a line": BIND.replace('"s":1', '"s":1.0'),
    "an endless fraction": create("1e400"),
    "true": create("true"),
    "deleted: true": (UPDATE % '[0,true,0,"a.1"]').replace("place", "_deleted"),
    "deleted: 1.0": (UPDATE % '[0,1.0,0,"a.1"]').replace("place", "_deleted"),
    "2^53": create(2**53),
    "-2^53": update(-(2**53)),
    "2^63 as a time": BIND.replace('"t":5', f'"t":{2**63}'),
    "2^70": create(2**70),
    "a causal bump beyond all bounds": UPDATE % f'["","",{2**53},"a.1"]',
    "5,000 digits": create("9" * 5_000),
    "5,000 digits as a number of a line": BIND.replace('"s":1', '"s":' + "9" * 5_000),
    "5,000 digits in a base": UPDATE % f'["","",0,"a.{"9" * 5_000}"]',
    "minus nothing": create("-0"),
    "half a surrogate pair, escaped": create('"\\ud800"'),
    "half a surrogate pair, as it is": create('"\ud800"'),
    "half a surrogate pair in a key": create(1).replace("place", "\udfff"),
    "NUL": create('"a\\u0000b"'),
    "NUL in a version": update('"a\\u0000b"'),
    "NUL as it is": create('"a\0b"'),
    "NUL in a name of a field": create(1).replace("place", "place\\u0000"),
    "NUL in the user": BIND.replace('"u":""', '"u":"\\u0000"'),
    "NUL in the unit": BIND.replace('"n":"u"', '"n":"\\u0000"'),
    "an escape sequence for the screen": create('"\\u001b[2J"'),
    "a backspace": create('"\\b"'),
    "a name of a field with a line end": create(1).replace("place", "place\\n"),
    "a name of a field in SQL": create(1).replace("place", "place=1;--"),
    "a name of a field in other digits": create(1).replace("place", "place１"),
    "a name of a field that is empty": create(1).replace("place", ""),
    "a name of a field too long": create(1).replace("place", "p" * 42),
    "a type in SQL": create(1).replace("finding", "finding; DROP TABLE op"),
    "a type with a line end": create(1).replace("finding", "finding\\n"),
    "a record with a line end": update(1).replace('"a.1","v"', '"a.1\\n","v"'),
    "a base in full-width digits": UPDATE % '["","",0,"a.１"]',
    "a base in Arabic digits": UPDATE % '["","",0,"a.١"]',
    "a base with a zero before it": UPDATE % '["","",0,"a.01"]',
    "a base with a line end": UPDATE % '["","",0,"a.1\\n"]',
    "a base with a sign": UPDATE % '["","",0,"a.-1"]',
    "a base with an underscore": UPDATE % '["","",0,"a.1_0"]',
    "a base without a stream": UPDATE % '["","",0,".1"]',
    "the same merge in two spellings": UPDATE % '["","",0,"a.1",["b.1","b.01"]]',
    "more merges than one can read": UPDATE % f'["","",0,"a.1",{many(101)}]',
    "more fields than there are": create("1," + fields(MOST_FIELDS)),
    "20,000 fields": create("1," + fields(20_000)),
    "20,000 keys of a line": BIND[:-1] + "," + fields(20_000) + "}",
    "20,000 streams seen": SEEN % ("1," + ",".join(f'"b{n}":1' for n in range(20_000))),
    "a value of 1 MB": create('"' + "长" * 350_000 + '"'),
    "a value of 150,000 signs": create('"' + "x" * 150_000 + '"'),
    "a user of 1 MB": BIND.replace('"u":""', '"u":"' + "x" * MIB + '"'),
    "a unit of 1 MB": BIND.replace('"n":"u"', '"n":"' + "x" * MIB + '"'),
    "many values that are long together": create(long_fields(150)),
    "blanks without end": BIND + " " * MIB,
    "a mark of byte order": "\ufeff" + BIND,
    "two lines in one": BIND + "\n" + BIND,
    "two values in one": BIND + BIND,
    "a line with a carriage return": BIND + "\r",
}
# fmt: on


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)
def test_it_is_a_bad_line(text):
    with pytest.raises(BadLine):
        load(text)
    with pytest.raises(BadLine):
        load_many([text.encode(errors="surrogatepass")])


def test_the_lines_that_the_attacks_were_made_of_are_good():
    for text in (BIND, create(1), create('"三楼\\n"'), update("null"), SEEN % 5):
        load(text)
    load(create("1," + fields(MOST_FIELDS - 1)))


def test_a_field_beyond_all_measure_is_not_even_parsed():
    """As it would reach us: the member itself is bounded before; here the line is."""
    text = create('"' + "x" * (64 * MIB) + '"')
    tracemalloc.start()
    with pytest.raises(BadLine):
        load(text)
    assert tracemalloc.get_traced_memory()[1] < 2 * MIB
    tracemalloc.stop()


def test_the_longest_line_is_read_and_one_byte_more_is_not():
    def line(size):
        rest = ",".join(f'"f{number}":"{"x" * 50_000}"' for number in range(4))
        text = create(f'"",{rest}')
        return text.replace('"place":""', f'"place":"{"y" * (size - len(text.encode()))}"')

    assert len(line(LONGEST_LINE).encode()) == LONGEST_LINE
    load(line(LONGEST_LINE))
    with pytest.raises(BadLine):
        load(line(LONGEST_LINE + 1))


@given(st.text())
def test_any_text_as_a_version_is_refused_or_names_exactly_one(op):
    with suppress(BadLine):
        line = load(UPDATE % f'["","",0,{dump(op)}]')
        log_id, seq = split_op(line["v"]["place"][3])
        assert f"{log_id}.{seq}" == op


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
KEYS = "stuoeinvk"


@given(st.dictionaries(st.sampled_from(KEYS), anything), st.sampled_from("bcu"))
def test_a_line_of_anything_is_refused_and_never_crashes(line, kind):
    for text in (dump(line), dump({**line, "o": kind})):
        with suppress(BadLine):
            assert dump(load(text)) == text


@given(st.sampled_from([BIND, create(1), SEEN % 5]), st.sampled_from(KEYS), anything)
def test_a_good_line_with_anything_in_one_place_is_refused_or_read(text, key, value):
    line = {**load(text), key: value}
    with suppress(BadLine):
        assert load(dump(line)) == line
    assert taken(load_many, [dump(line).encode()]) == taken(load, dump(line))


def taken(reader, given):
    """Whether the reader takes it."""
    with suppress(BadLine):
        reader(given)
        return True
    return False


# ---- what we write ourselves -------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["\0", "\x1b[2J", "\ud800", "长" * 90_000, 2**53, 1.5, True, ["x"]], ids=repr
)
def test_nothing_is_written_that_no_reader_would_take(value):
    """In a chain it would make every line behind it unreadable, for ever."""
    line = load(create(1))
    with pytest.raises(ValueError):  # noqa: PT011
        dump_strict({**line, "v": {"place": value}})
    assert dump_strict(line) == create(1)


@given(st.dictionaries(st.sampled_from(KEYS), anything))
def test_what_is_written_can_be_read(line):
    try:
        text = dump_strict(line)
    except ValueError:
        return
    assert load(text) == line
