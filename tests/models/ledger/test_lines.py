import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.ledger.lines import (
    GENESIS,
    LARGEST,
    LONGEST_TEXT,
    BadLine,
    chain,
    chain_all,
    dump,
    load,
    load_many,
    natural_id,
    random_name,
    split_op,
)

counts = st.integers(0, LARGEST - 1)
words = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t\r"), max_size=20
)
names = st.from_regex(r"\A_?[a-z][a-z0-9_]{0,10}\Z").filter(lambda name: name != "_deleted")
values = st.none() | words | st.integers(1 - LARGEST, LARGEST - 1)
ops = st.from_regex(r"\A[a-z0-9]{1,16}\.(0|[1-9][0-9]{0,14})\Z")
versions = st.tuples(values, values, counts, ops).map(list) | st.tuples(
    values, values, counts, ops, st.lists(ops, min_size=1, max_size=3, unique=True)
).map(list)
frames = {"s": counts, "t": counts, "u": words}
binds = st.fixed_dictionaries(
    {**frames, "o": st.just("b"), "n": words, "v": st.fixed_dictionaries({"device": words})}
)
creates = st.fixed_dictionaries(
    {
        **frames,
        "o": st.just("c"),
        "e": names,
        "n": words,
        "v": st.dictionaries(names, values, min_size=1, max_size=5),
    }
)
updates = st.fixed_dictionaries(
    {
        **frames,
        "o": st.just("u"),
        "e": names,
        "i": st.from_regex(r"\A[A-Za-z0-9*_-]{1,10}(\.[A-Za-z0-9*_-]{1,10}){1,2}\Z"),
        "v": st.dictionaries(names, versions, min_size=1, max_size=5),
    },
    optional={"k": st.dictionaries(st.from_regex(r"\A[a-z0-9]{1,16}\Z"), counts, max_size=3)},
)
lines = binds | creates | updates

UPDATE = '{"s":3,"t":5,"u":"李","o":"u","e":"finding","i":"a.1","v":{"place":%s}}'
CREATE = '{"s":3,"t":5,"u":"李","o":"c","e":"finding","n":"u","v":{"place":%s}}'
BIND = '{"s":1,"t":5,"u":"","o":"b","n":"u","v":{"device":"d"}}'


@given(lines)
def test_a_line_loads_as_it_was_dumped(line):
    assert load(dump(line)) == line
    assert dump(load(dump(line))) == dump(line)


@given(lines, st.data())
def test_a_changed_line_is_refused_or_means_exactly_its_own_bytes(line, data):
    text = dump(line)
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(st.text(max_size=3) | st.sampled_from(['"', "0", "-", ",", "{}", "null", " "]))
    changed = text[:at] + put + text[at + cut :]
    assume(changed != text)
    try:
        loaded = load(changed)
    except BadLine:
        return
    assert dump(loaded) == changed


def either(read, *raws):
    """The lines, or that they are refused."""
    try:
        return read(*raws)
    except BadLine:
        return "refused"


@given(lines, st.data())
def test_many_lines_are_read_as_each_is(line, data):
    raw = data.draw(st.sampled_from([dump(line), dump({**line, "o": "c"})])).encode()
    at = data.draw(st.integers(0, len(raw)))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(st.binary(max_size=3) | st.sampled_from([b'"', b"0", b"-", b",", b"{}", b" "]))
    for one in (raw, raw[:at] + put + raw[at + cut :]):
        text = one.decode(errors="surrogateescape")
        assert either(load_many, [one, one]) == either(lambda t: [load(t), load(t)], text)


def refused(raw):
    """Neither way of reading takes the line."""
    with pytest.raises(BadLine):
        load(raw.decode())
    with pytest.raises(BadLine):
        load_many([raw])


FRAMES = [
    ("s", -1), ("s", True), ("s", "1"), ("t", LARGEST), ("t", None), ("u", "李" * 101), ("u", 1),
    ("e", "Finding"), ("e", "e" * 41), ("e", 5), ("e", ["e"]), ("o", "b"), ("o", ["c"]),
    ("v", {}), ("v", []), ("v", "place"), ("v", {"A": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *FRAMES, ("o", "u"), ("n", None), ("n", "n" * 41), ("v", {"place": True}),
        ("v", {"place": 1.5}), ("v", {"place": ["x"]}), ("v", {f"f{n}": "x" for n in range(201)}),
    ],
)  # fmt: skip
def test_the_shorter_check_of_a_creation_lets_nothing_through(name, value):
    refused(dump({**load(CREATE % '"三楼"'), name: value}).encode())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *FRAMES, ("o", "c"), ("i", "a"), ("i", 5), ("i", None), ("i", f"{'a' * 41}.1"),
        ("i", f"{'a' * 40}.{'a' * 40}.{'a' * 40}"), ("v", {"place": "x"}),
        ("v", {"place": ["x", "y", 0]}), ("v", {"place": ["x", 1.5, 0, "a.1"]}),
        ("v", {"place": [True, "y", 0, "a.1"]}), ("v", {"place": ["x", "y", -1, "a.1"]}),
        ("v", {"place": ["x", "y", 0, "a.١"]}), ("v", {"place": ["x", "y", 0, "a.b.1"]}),
        ("v", {"place": ["x", "y", 0, "a.1", []]}), ("v", {"_deleted": [0, "1", 0, "a.1"]}),
    ],
)  # fmt: skip
def test_the_shorter_check_of_an_update_lets_nothing_through(name, value):
    refused(dump({**load(UPDATE % '["一楼","二楼",0,"a.1"]'), name: value}).encode())


@pytest.mark.parametrize("raw", [b"[]", b"{}", b"5", b'["s","t","u","o","e","n","v"]', b"\xff"])
def test_what_is_no_line_is_refused_by_both(raw):
    with pytest.raises(BadLine):
        load_many([raw])


VERSIONS = [
    '["一楼","二楼",0,"a.1"]',
    '["一楼",null,0,"a.1"]',
    '["一楼",2,0,"a.1"]',
    '["一楼","二楼",0,"a.1",["b.2"]]',
]


def test_the_shorter_check_is_only_a_shorter_one():
    whole = [CREATE % "5", CREATE % '"三楼"', BIND, CREATE % f'"{"x" * LONGEST_TEXT}"']
    whole += [UPDATE % version for version in VERSIONS]
    assert load_many(map(str.encode, whole)) == list(map(load, whole))
    assert load_many([]) == []


def test_the_chain_of_many_lines_is_that_of_one_after_another():
    assert chain_all(GENESIS, []) == GENESIS
    assert chain_all(GENESIS, [BIND.encode(), b"x"]) == chain(chain(GENESIS, BIND), "x")


@given(st.text(max_size=60))
def test_any_text_is_a_line_or_refused(text):
    with pytest.raises(BadLine):
        load(text)


def test_the_plain_examples_are_lines():
    load(BIND)
    load(CREATE % '"三楼"')
    load(UPDATE % '["三楼","四楼",0,"a.1"]')
    load(UPDATE % '["三楼",null,1,"a.1",["b.2"]]')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "5",
        '{"o":"x"}',
        BIND + "\n",
        BIND.replace('"s":1', '"s": 1'),  # not our writer's spacing
        BIND.replace('"s":1', '"s":1,"s":1'),  # a key twice
        BIND.replace('"s":1', '"s":1.0'),
        BIND.replace('"s":1', '"s":-1'),
        BIND.replace('"s":1', '"s":true'),
        BIND.replace('"s":1', f'"s":{2**53}'),
        BIND.replace('"t":5', f'"t":{2**70}'),
        BIND.replace('"t":5', '"t":"5"'),
        BIND.replace('"u":""', f'"u":"{"长" * 101}"'),
        BIND.replace('"u":""', '"u":null'),
        BIND.replace('"n":"u"', '"n":5'),
        BIND.replace('"n":"u",', ""),
        BIND.replace('"n":"u"', '"n":"u","x":1'),
        BIND.replace('"v":{"device":"d"}', '"v":{}'),
        BIND.replace('"v":{"device":"d"}', '"v":[]'),
        BIND.replace('"d"', '["d"]'),
        BIND.replace('"d"', '"\\ud800"'),
        '{"o":null}',
        CREATE % "1.5",
        CREATE % "true",
        CREATE % "NaN",
        CREATE % str(2**53),
        CREATE % '{"a":1}',
        CREATE % ('"' + "长" * (LONGEST_TEXT + 1) + '"'),
        (CREATE % "1").replace('"place"', '"Place"'),
        (CREATE % "1").replace('"e":"finding"', '"e":"Finding"'),
        (CREATE % "1").replace('"e":"finding"', '"e":5'),
        (CREATE % "1").replace('"v":{', '"k":{},"v":{'),
        (CREATE % "1").replace('{"place":1}', dump({f"f{i}": 1 for i in range(201)})),
        UPDATE % '"四楼"',
        UPDATE % '["三楼","四楼",0]',
        UPDATE % '["三楼","四楼",0,"a.1",["b.1"],1]',
        UPDATE % '[[],"四楼",0,"a.1"]',
        UPDATE % '["三楼",1.5,0,"a.1"]',
        UPDATE % '["三楼","四楼",-1,"a.1"]',
        UPDATE % '["三楼","四楼",0,"a1"]',
        UPDATE % '["三楼","四楼",0,5]',
        UPDATE % '["三楼","四楼",0,"A.1"]',
        UPDATE % '["三楼","四楼",0,"a.x"]',
        UPDATE % '["三楼","四楼",0,"a.1",[]]',
        UPDATE % '["三楼","四楼",0,"a.1","b.1"]',
        UPDATE % '["三楼","四楼",0,"a.1",["b.1","b.1"]]',
        UPDATE % '["三楼","四楼",0,"a.1",[7]]',
        UPDATE % f'["三楼","四楼",0,"a.1",{dump([f"b.{i}" for i in range(101)])}]',
        (UPDATE % '["","",0,"a.1"]').replace('"a.1","v"', '"a","v"'),
        (UPDATE % '["","",0,"a.1"]').replace('"i":"a.1"', '"i":5'),
        (UPDATE % '["","",0,"a.1"]').replace('"place"', '"_deleted"'),
        (UPDATE % '[0,null,0,"a.1"]').replace('"place"', '"_deleted"'),
        (UPDATE % '[0,2,0,"a.1"]').replace('"place"', '"_deleted"'),
        (UPDATE % '["","",0,"a.1"]')[:-1] + ',"k":[]}',
        (UPDATE % '["","",0,"a.1"]')[:-1] + ',"k":{"A":1}}',
        (UPDATE % '["","",0,"a.1"]')[:-1] + ',"k":{"a":-1}}',
        (UPDATE % '["","",0,"a.1"]')[:-1] + f',"k":{dump({f"a{i}": 1 for i in range(201)})}}}',
        "[" * 100_000,
        '{"s":1,"t":5,"u":"\ud800","o":"b","n":"u","v":{"device":"d"}}',
    ],
)
def test_lines_that_no_writer_of_ours_can_have_made_are_refused(text):
    with pytest.raises(BadLine):
        load(text)


def test_deleting_and_restoring_are_lines():
    for value in (0, 1):
        load((UPDATE % f'[0,{value},0,"a.1"]').replace('"place"', '"_deleted"'))


@pytest.mark.parametrize(
    "text", ["<b>&", "=1+1", "\t\r\n", "👍🏽", "𬱖", "字" * 10_000, "\\\"'", "\u2028"]
)
def test_text_travels_without_loss(text):
    line = {"s": 1, "t": 1, "u": text[:100], "o": "c", "e": "x", "n": "u", "v": {"a": text}}
    assert load(dump(line))["v"]["a"] == text


def test_the_chain_depends_on_every_line_and_their_order():
    one = chain(chain(GENESIS, "a"), "b")
    assert one != chain(chain(GENESIS, "b"), "a")
    assert one != chain(GENESIS, "ab")
    assert len(one) == 32


def test_an_operation_has_a_stream_and_a_number():
    assert split_op("abc.12") == ("abc", 12)


def test_the_same_key_is_the_same_record_in_each_unit_apart():
    assert natural_id("u", "person", ("a", "b")) == natural_id("u", "person", ("a", "b"))
    others = {
        natural_id("v", "person", ("a", "b")),
        natural_id("u", "finding", ("a", "b")),
        natural_id("u", "person", ("a", "c")),
    }
    assert len(others | {natural_id("u", "person", ("a", "b"))}) == 4


def test_random_names_are_names_of_streams_and_differ():
    found = {random_name() for _ in range(100)}
    assert len(found) == 100
    assert all(len(name) == 10 and name.isalnum() and name.islower() for name in found)
