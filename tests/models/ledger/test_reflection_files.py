import pytest

from models.ledger import reflection_files
from models.ledger.reflection_files import (
    Chosen,
    authors_in,
    read_file,
    read_files,
    take_files,
    topic_of,
)
from models.problems import Problem
from models.records.characters import METHOD
from models.records.development import LONGEST_REFLECTION, Reflection
from models.records.person import Person
from tests.conftest import TODAY
from tests.models.docx_files import docx, paragraphs
from tests.models.ledger.growing import a_trainee

ZHANG, OTHER = Person(id="a.1", name="张伟"), Person(id="a.2", name="张伟")
MIN, LI = Person(id="a.3", name="李伟民"), Person(id="a.4", name="李伟")
PEOPLE = [ZHANG, OTHER, MIN, LI, Person(id="a.5")]


@pytest.fixture
def put(tmp_path):
    def write(name, text):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return file

    return write


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("李伟民-学习心得", [MIN]),
        ("学习心得（李　伟）", [LI]),
        ("张伟", [ZHANG, OTHER]),
        ("张伟和李伟", [ZHANG, OTHER, LI]),
        ("心得", []),
    ],
)
def test_the_author_is_whom_the_name_of_the_file_says(stem, found):
    assert authors_in(stem, PEOPLE) == found


@pytest.mark.parametrize(
    ("stem", "body", "topic"),
    [
        ("李伟", "以学铸魂\n第一段。", "以学铸魂"),
        ("李伟-跟岗体会（2）", "今天听了一节课。\n很好。", "跟岗体会"),
        ("李伟-跟岗体会", "只有一行", "跟岗体会"),
        ("李伟", "学" * 41 + "\n第一段。", "心得感悟"),
        ("12 李 伟", "学习。", "心得感悟"),
    ],
)
def test_the_title_is_the_first_line_or_the_name_of_the_file(stem, body, topic):
    assert topic_of(stem, body, [LI]) == topic


def test_a_file_is_read_with_its_author_title_and_characters(put):
    arrived = read_file(put("李伟.docx", docx(paragraphs("以学铸魂", "学习 GB 标准。"))), PEOPLE)
    assert (arrived.author, arrived.topic, arrived.body, arrived.characters, arrived.problem) == (
        LI.id,
        "以学铸魂",
        "以学铸魂\n学习 GB 标准。",
        10,
        "",
    )


def test_who_is_not_sure_is_asked(put):
    assert read_file(put("张伟.txt", "学习。"), PEOPLE).author == ""
    assert read_file(put("心得.txt", "学习。"), PEOPLE).author == ""


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("李伟.docx", b"text", "不是 Word 文档"),
        ("李伟.txt", "\u200b\u200b", "没有文字"),
        ("李伟.txt", "字" * (LONGEST_REFLECTION + 1), "超过 5 万字"),
    ],
)
def test_what_cannot_be_read_keeps_its_author_and_says_why(put, name, data, words):
    arrived = read_file(put(name, data), PEOPLE)
    assert words in arrived.problem
    assert (arrived.author, arrived.body, arrived.characters) == (LI.id, "", 0)


def test_files_are_taken_in_at_once_and_never_twice(ledger, put):
    person = ledger.save(a_trainee("赵𬱖"))
    files = [
        put("赵𬱖2.txt", "第二篇\n内容。"),
        put("赵𬱖1.txt", "第一篇\n内容。"),
        put("赵𬱖3.txt", "第一篇\n内容。"),
        put("坏.docx", b""),
    ]
    arrived = read_files(ledger, files, [person])
    assert [one.path.name for one in arrived] == ["坏.docx", *(f"赵𬱖{n}.txt" for n in (1, 2, 3))]
    assert [one.problem for one in arrived[1:]] == [
        "",
        "",
        "同样的正文已经登记过（《第一篇》），不再导入。",
    ]
    chosen = [Chosen(one, one.author, one.topic) for one in arrived[1:3]]
    assert take_files(ledger, chosen, "", TODAY) == 2
    saved = ledger.all(Reflection)
    assert [(r.topic, r.characters, r.method, r.file_name, r.submitted_on) for r in saved] == [
        ("第一篇", 6, METHOD, "赵𬱖1.txt", TODAY),
        ("第二篇", 6, METHOD, "赵𬱖2.txt", TODAY),
    ]
    again = read_files(ledger, files[:2], [person])
    assert all("已经登记过" in one.problem for one in again)


def test_the_name_of_a_file_may_hold_what_no_text_holds(ledger, put):
    person = ledger.save(a_trainee("赵𬱖"))
    # a name in GBK from a Windows zip, as Linux shows it, and a control character
    files = [put("\udcd0\udcc4\udcb5.txt", "学习。"), put("赵𬱖-跟\x01岗.txt", "实践。")]
    arrived = read_files(ledger, files, [person])
    take_files(ledger, [Chosen(one, person.id, one.topic) for one in arrived], "", TODAY)
    assert {(one.topic, one.file_name) for one in ledger.all(Reflection)} == {
        ("跟岗", "赵𬱖-跟岗.txt"),
        ("心得感悟", ".txt"),
    }


def test_one_that_cannot_be_saved_keeps_all_others_out(ledger, put):
    person = ledger.save(a_trainee("赵𬱖"))
    arrived = read_file(put("赵𬱖.txt", "学习\n内容。"), [person])
    chosen = [Chosen(arrived, person.id, "好"), Chosen(arrived, person.id, "题" * 101)]
    with pytest.raises(ValueError, match="unchecked"):
        take_files(ledger, chosen, "", TODAY)
    assert ledger.all(Reflection) == []


def test_too_many_files_are_told(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(reflection_files, "MOST_FILES", 1)
    with pytest.raises(Problem, match="一次最多导入 1 个文件，现在选了 2 个"):
        read_files(ledger, [tmp_path / "a.txt", tmp_path / "b.txt"], [])
