"""What the ledger writes with the standard library is what orjson writes and reads."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from models.ledger.compact import pack, unpack

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | texts | st.integers(-(2**53), 2**53),
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@given(values)
def test_both_writers_write_the_same_bytes(value):
    assert pack(value).encode() == orjson.dumps(value)


@given(values)
def test_what_was_packed_comes_back(value):
    assert unpack(pack(value)) == value
