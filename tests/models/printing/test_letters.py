import re
from collections.abc import Callable

import pytest

from models.ledger import drafts
from models.ledger.ledger import Ledger
from models.printing import file_name
from models.printing.job import Job, write
from models.printing.letters import FORM, letter_of
from models.problems import AppError
from models.reports.paper.faces import Faces
from tests.models.printing.conftest import LISTS, Print
from tests.models.reports.paper.conftest import texts_of

Set = Callable[..., str]
TEXT = "关于校园安全检查情况的报告\n示例县教育和体育局：\n现将有关情况报告如下。"


@pytest.fixture
def set_letter(ledger: Ledger, faces: Faces, tmp_path) -> Set:
    """Sets a text, and gives the words of the pages without white space."""

    def do(text: str, **parts: str) -> str:
        path = tmp_path / "letter.pdf"
        write(ledger, faces, letter_of(Job(ledger, LISTS, faces), text, **parts), path)
        return re.sub(r"\s", "", "".join(texts_of(path)))

    return do


def test_unit_and_day_are_known_and_not_asked_for(set_letter: Set) -> None:
    words = set_letter(TEXT)
    assert words.startswith("关于校园安全检查情况的报告示例县教育和体育局：现将有关情况报告如下。")
    assert "示例县实验小学2026年11月" in words


def test_what_the_text_says_of_them_stands(set_letter: Set) -> None:
    words = set_letter(f"{TEXT}\n示例县安全办\n2026年3月5日")
    assert "示例县安全办2026年3月5日" in words
    assert "示例县实验小学" not in words


def test_a_number_makes_a_red_head(set_letter: Set) -> None:
    words = set_letter(TEXT, number="示实小〔2026〕3号", signer="赵𬱖", copies="示例镇中心校。")
    assert words.startswith("示例县实验小学文件示实小〔2026〕3号签发人：赵𬱖关于")
    assert "抄送：示例镇中心校。示例县实验小学2026年11月" in words
    assert "抄送" not in set_letter(TEXT, number="示实小〔2026〕3号")


@pytest.mark.parametrize("part", ["signer", "copies"])
def test_signer_and_copies_want_a_number(part: str, set_letter: Set) -> None:
    with pytest.raises(AppError, match="请同时填写文号"):
        set_letter(TEXT, **{part: "赵𬱖"})


def test_copies_stand_on_one_page_or_are_told(set_letter: Set) -> None:
    words = set_letter(TEXT, number="1号", copies="Ｗ" * 300)
    assert words.count("Ｗ") == 300
    with pytest.raises(AppError, match="抄送写了 301 个字，一页放不下"):
        set_letter(TEXT, number="1号", copies="校" * 301)


def test_what_was_written_on_this_pc_is_printed(ledger: Ledger, printed: Print) -> None:
    drafts.keep(ledger, FORM, {"text": TEXT, "number": " 示实小〔2026〕3号 "})
    assert printed("official_letter", "now").startswith("示例县实验小学文件示实小〔2026〕3号关于")


def test_without_words_nothing_is_printed(ledger: Ledger, printed: Print) -> None:
    drafts.keep(ledger, FORM, {"text": " \n"})
    with pytest.raises(AppError, match="公文还没有文字"):
        printed("official_letter", "now")


@pytest.mark.parametrize(
    ("title", "name"), [("很长" * 5000, "很长" * 30), ("？/*", "？"), ("\u200b:", "公文")]
)
def test_any_title_makes_a_short_name_of_a_file(ledger: Ledger, title: str, name: str) -> None:
    drafts.keep(ledger, FORM, {"text": title})
    assert file_name(ledger, "official_letter", "now") == f"示例县实验小学-{name}.pdf"
