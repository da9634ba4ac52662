from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.docx import MOST_FILE
from models.problems import Problem
from models.written import plain_text, read_written
from tests.models.docx_files import docx, paragraphs

ESSAY = "学习心得\n𠮷日"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_each_usual_encoding(tmp_path, encoding):
    file = tmp_path / "赵𬱖.TXT"
    file.write_bytes(ESSAY.replace("\n", "\r\n").encode(encoding))
    assert read_written(file) == ESSAY


def test_utf_16_of_the_other_order():
    assert plain_text(b"\xfe\xff" + ESSAY.encode("utf-16-be")) == ESSAY


def test_a_document_is_read(tmp_path):
    file = tmp_path / "心得.docx"
    file.write_bytes(docx(paragraphs("学习心得")))
    assert read_written(file) == "学习心得"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "是空的"),
        ("a.txt", b" \r\n", "没有文字"),
        ("a.docx", docx(""), "没有文字"),
        ("a.txt", b"\x00\x01\x02", "编码认不出来"),
        ("a.txt", b"\xff\xff\xff", "编码认不出来"),
        ("a.txt", b"\xff\xfe\x00\xd8", "编码认不出来"),
        ("a.docx", b"text", "不是 Word 文档"),
        ("a.doc", b"x", "旧版 Word"),
        ("a.wps", b"x", "“.wps”"),
        ("心得", b"x", "“心得”"),
        ("a.txt", b" " * (MOST_FILE + 1), "超过 20 MB"),
    ],
)
def test_a_file_that_gives_no_text_is_told_in_a_sentence(tmp_path, name, data, words):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(Problem, match=words):
        read_written(file)


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(Problem, match="打不开"):
        read_written(tmp_path / "a.txt")


@given(st.binary(max_size=100))
def test_any_bytes_are_text_or_a_problem(data):
    with suppress(Problem):
        assert "\x00" not in plain_text(data)
