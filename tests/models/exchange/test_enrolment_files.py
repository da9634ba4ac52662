from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.enrolment_files import (
    Invitation,
    Request,
    read_invitation,
    read_request,
    write_invitation,
    write_request,
)
from models.exchange.keys import Keys
from models.exchange.registry import Office
from models.problems import AppError

KEYS = Keys.of_seed(bytes(32))
OFFICE = Office("11370000004502323D", "示例县教育局", KEYS.sign_public, KEYS.age_recipient)
INVITATION = Invitation(OFFICE, {"name": "示例县实验小学", "code": "2137000001"})
REQUEST = Request(
    "2137000001",
    "示例县实验小学",
    "stick",
    "办公室",
    "李安全",
    KEYS.sign_public,
    KEYS.age_recipient,
)


@pytest.fixture(params=["invitation", "request"])
def kind(request):
    """(a file, how it is read), of both kinds."""
    return request.param


@pytest.fixture
def path(kind, tmp_path):
    if kind == "invitation":
        return write_invitation(tmp_path, INVITATION, KEYS)
    return write_request(tmp_path, REQUEST, KEYS)


@pytest.fixture
def read(kind):
    return read_invitation if kind == "invitation" else read_request


def changed(path, keys=KEYS, **changes):
    """The file with other words, signed all the same."""
    found = orjson.loads(path.read_bytes()) | changes
    del found["signature"]
    mark = found["format"].encode() + b"\0"
    signature = keys.sign(mark + orjson.dumps(found)).hex()
    return rewritten(path, {**found, "signature": signature})


def rewritten(path, found):
    path.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2))
    return path


def refuses(read, path):
    with pytest.raises(AppError, match=r"不是完整的入网(邀请|申请)文件"):
        read(path)


def test_what_was_written_is_read(path, read, kind):
    assert read(path) == (INVITATION if kind == "invitation" else REQUEST)


def test_a_file_is_named_after_who_it_is_of(tmp_path):
    assert write_request(tmp_path, REQUEST, KEYS).name == "入网申请-示例县实验小学-办公室.aqr"
    assert write_invitation(tmp_path, Invitation(OFFICE, {}), KEYS).name == (
        "入网邀请-示例县教育局-各学校.aqi"
    )


def test_no_name_leads_out_of_the_folder(tmp_path):
    wild = replace(REQUEST, unit_name="..\\../x:*?", pc="...")
    assert write_request(tmp_path, wild, KEYS).parent == tmp_path
    assert write_request(tmp_path, wild, KEYS).name == "入网申请-x-未命名.aqr"


@given(st.data())
def test_no_byte_can_be_changed(data):
    with TemporaryDirectory() as folder:
        path = write_request(Path(folder), REQUEST, KEYS)
        whole = bytearray(path.read_bytes())
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] ^= data.draw(st.integers(1, 255))
        path.write_bytes(whole)
        with suppress(AppError):  # else it was a capital in the hex
            assert read_request(path) == REQUEST


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"PK\3\4", b"{}", b'{"format":"aqb/1"}', b"\xff", b" " * (1 << 20)],
)
def test_a_foreign_file_is_told_in_words(path, read, data):
    path.write_bytes(data)
    refuses(read, path)


def test_a_file_of_the_other_kind_is_not_taken(tmp_path):
    refuses(read_request, write_invitation(tmp_path, INVITATION, KEYS))
    refuses(read_invitation, write_request(tmp_path, REQUEST, KEYS))


def test_a_file_that_is_not_there_is_told_in_words(read, tmp_path):
    with pytest.raises(AppError, match="读不出来"):
        read(tmp_path / "gone.aqi")


def test_another_key_cannot_sign_it(path, read):
    refuses(read, changed(path, keys=Keys.make()))


@pytest.mark.parametrize("signature", [None, 5, "", "zz", "ab" * 64, "ab" * 63])
def test_without_its_signature_it_is_nothing(path, read, signature):
    found = orjson.loads(path.read_bytes()) | {"signature": signature}
    refuses(read, rewritten(path, found))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": 5},
        {"name": "x" * 101},
        {"name": "示例\u202e学校"},
        {"sign": "short"},
        {"sign": None},
        {"age": "age1"},
        {"age": 7},
        {"unit": "../x", "office": "../x"},
        {"unit": "11370000004502323d", "office": "11370000004502323d"},
        {"unit": "213700000", "office": "213700000"},
        {"unit": 2137000001, "office": 2137000001},
        {"device": "A b", "school": []},
        {"person": None, "school": {"name": 5}},
    ],
)
def test_each_word_has_its_shape(path, read, changes):
    known = orjson.loads(path.read_bytes())
    refuses(read, changed(path, **{key: changes[key] for key in changes if key in known}))


def test_a_missing_word_is_seen(path, read):
    found = orjson.loads(path.read_bytes())
    del found["name"]
    refuses(read, rewritten(path, found))


def test_what_is_nested_too_deep_is_no_file_of_ours(path, read):
    text = path.read_bytes().rstrip()[:-1] + b',"deep":' + b"[" * 500 + b"]" * 500 + b"}"
    path.write_bytes(text)
    refuses(read, path)


def test_what_stands_twice_is_refused_even_if_it_says_the_same(path, read):
    text = path.read_bytes()
    name = orjson.dumps(orjson.loads(text)["name"])
    twice = text.replace(b'"name": ' + name, b'"name": ' + name + b',\n  "name": ' + name, 1)
    assert orjson.loads(twice) == orjson.loads(text)
    path.write_bytes(twice)
    refuses(read, path)


def test_only_the_blanks_that_our_writer_sets_stand_in_it(path, read):
    path.write_bytes(path.read_bytes() + b"\n")
    refuses(read, path)


def test_no_secret_stands_in_it(path):
    assert KEYS.age_identity.encode() not in path.read_bytes()
    assert KEYS.secret_bytes()[:32].hex().encode() not in path.read_bytes()
