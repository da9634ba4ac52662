import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.docx import MOST_FILE, MOST_XML, docx_text
from models.problems import Problem
from tests.models.docx_files import MC, STRICT, WORD, docx, packed, paragraphs

LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in ("ab", "bc", "cd", "de"))
    + f']><w:document xmlns:w="{WORD}"><w:t>&e;</w:t></w:document>'
)


def run(inner):
    return f"<w:p><w:r>{inner}</w:r></w:p>"


@pytest.mark.parametrize("space", [WORD, STRICT])
def test_paragraphs_become_lines(space):
    assert docx_text(docx(paragraphs("学习心得", "第一段 &amp; 尾。"), space)) == (
        "学习心得\n第一段 & 尾。"
    )


def test_tabs_breaks_and_hyphens_are_kept_but_no_tab_stop_of_a_style():
    inner = "<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:cr/>"
    stops = "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
    assert docx_text(docx(f"<w:p>{stops}<w:r>{inner}</w:r></w:p>")) == "甲\t乙\n丙-"


def test_a_row_of_a_table_is_a_line():
    def cell(*texts):
        return f"<w:tc>{paragraphs(*texts)}</w:tc>"

    row = f"<w:tr>{cell('姓名')}{cell('赵', '𬱖')}</w:tr>"
    table = f"<w:tbl>{row}{row}</w:tbl>"
    assert docx_text(docx(table + paragraphs("完"))) == "姓名 \t赵 𬱖\n姓名 \t赵 𬱖\n完"


def test_what_was_deleted_field_codes_readings_and_second_tellings_are_left_out():
    deleted = "<w:delText>删</w:delText><w:instrText>PAGE</w:instrText>"
    ruby = (
        "<w:ruby><w:rt><w:r><w:t>yi</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>颐</w:t></w:r></w:rubyBase></w:ruby>"
    )
    twice = f"<mc:AlternateContent><mc:Fallback>{paragraphs('框')}<w:tab/></mc:Fallback>"
    body = run(deleted + ruby) + twice + "</mc:AlternateContent>"
    assert docx_text(docx(body)) == "颐"


def test_words_of_drawings_are_not_text():
    assert docx_text(docx(f'<t xmlns="{MC}">图</t>' + paragraphs("文"))) == "文"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"hello", "不是 Word 文档"),
        (b"%PDF-1.7 " * 40, "不是 Word 文档"),
        (packed("<x/>", "ppt/presentation.xml"), "不是 Word 文档"),
        (docx(paragraphs("学"))[:-30], "已损坏"),
        (packed("<w:document"), "已损坏"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版 Word"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (packed(LAUGHS), "为安全起见"),
        (packed(" " * (MOST_XML + 1)), "大得不正常"),
        (b"PK" + b"\0" * MOST_FILE, "大得不正常"),
    ],
    ids=["text", "pdf", "slides", "cut", "half-xml", "doc", "locked", "laughs", "bomb", "huge"],
)
def test_what_is_no_document_is_told_in_a_sentence(data, words):
    with pytest.raises(Problem, match=words) as told:
        docx_text(data)
    assert str(told.value).endswith("。")


@pytest.mark.parametrize("encoding", ["gbk", "no-such-encoding", "utf-7"])
def test_an_encoding_that_word_never_writes_is_told(encoding):
    whole = f'<?xml version="1.0" encoding="{encoding}"?><w:document xmlns:w="{WORD}"/>'
    with pytest.raises(Problem, match="文件已损坏"):
        docx_text(packed(whole))


def test_a_member_that_is_encrypted_is_told():
    data = bytearray(docx(paragraphs("学")))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    with pytest.raises(Problem, match="加了密"):
        docx_text(bytes(data))


@pytest.mark.parametrize("method", [1, 12, 14, 99])
def test_a_packing_that_word_does_not_know_is_told(method):
    data = bytearray(docx(paragraphs("学")))
    for head, place in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        data[data.index(head) + place] = method
    with pytest.raises(Problem, match="已损坏"):
        docx_text(bytes(data))


def test_a_size_that_lies_gives_no_more_than_it_says():
    """The directory says ten bytes of a bomb: no more than those are unpacked."""
    data = bytearray(packed(" " * MOST_XML))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Problem, match="已损坏"):
        docx_text(bytes(data))


def test_bytes_that_unpack_to_nothing_are_told():
    data = bytearray(docx(paragraphs("学" * 50)))
    at = data.index(b"word/document.xml") + len("word/document.xml")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(zlib.error):
        zlib.decompress(bytes(data[at:]), -15)
    with pytest.raises(Problem, match="已损坏"):
        docx_text(bytes(data))


WHOLE = docx(paragraphs("学习心得", "第一段。") + f"<w:tbl><w:tr>{paragraphs('表')}</w:tr></w:tbl>")


@settings(max_examples=400)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6))
def test_a_document_with_any_bytes_changed_gives_text_or_a_problem(changes):
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    with suppress(Problem):
        assert isinstance(docx_text(bytes(data)), str)


@given(st.binary(max_size=200), st.integers(0, len(WHOLE)))
def test_any_bytes_give_text_or_a_problem(noise, cut):
    for data in (noise, b"PK" + noise, WHOLE[:cut], WHOLE[:cut] + noise, noise + WHOLE):
        with suppress(Problem):
            assert isinstance(docx_text(data), str)
