import pytest
from PySide6.QtWidgets import QFileDialog

from models.ledger import drafts
from models.printing.letters import FORM
from models.problems import AppError
from tests.models.docx_files import docx, paragraphs
from ui.pages.reports import ReportsPage
from ui.pages.reports_kinds import PACKAGE, row_of

TEXT = "关于安全检查的通知\n各班：\n请自查。"


@pytest.fixture
def page(reports_page, finish):
    finish(reports_page.kinds.setCurrentRow, row_of(reports_page.kinds, "official_letter"))
    return reports_page


def write(page, finish, text=TEXT, **lines):
    page.letter.text.setPlainText(text)
    for name, words in lines.items():
        page.letter.lines[name].setText(words)
    finish(page.letter.keep)


def test_without_words_it_says_what_to_do(page):
    assert page.letter.isVisible()
    assert "公文还没有文字" in page._empty.accessibleName()
    assert not page.save_button.isEnabled()


def test_other_reports_have_no_place_to_write(page, finish):
    finish(page.kinds.setCurrentRow, row_of(page.kinds, "findings_ledger"))
    assert not page.letter.isVisible()
    page.letter.show()
    page.kinds.setCurrentRow(row_of(page.kinds, PACKAGE))
    assert not page.letter.isVisible()


def test_what_is_written_is_set_beside_it(page, finish):
    write(page, finish, number="示实小〔2026〕3号")
    assert page.stack.currentWidget() is page.preview
    assert page.header._subtitle.text() == "公文　共 1 页"


def test_typing_is_kept_after_a_moment_and_when_the_page_is_left(page, ledger, qtbot, finish):
    page.letter.text.setPlainText(TEXT)
    qtbot.waitUntil(lambda: drafts.draft(ledger, FORM).get("text") == TEXT)
    page.letter.lines["number"].setText("示实小〔2026〕4号")
    page.letter.lines["number"].textEdited.emit("示实小〔2026〕4号")
    finish(page.hide)
    assert drafts.draft(ledger, FORM)["number"] == "示实小〔2026〕4号"


def test_what_was_written_is_there_again(page, session, icons, tasks, qtbot, finish):
    write(page, finish, copies="示例镇中心校。")
    again = ReportsPage(session, icons, tasks)
    qtbot.addWidget(again)
    assert again.letter.text.toPlainText() == TEXT
    assert again.letter.lines["copies"].text() == "示例镇中心校。"


def test_a_file_takes_the_place_of_the_words_and_can_be_undone(page, tmp_path, finish, monkeypatch):
    write(page, finish)
    path = tmp_path / "报告.docx"
    path.write_bytes(docx(paragraphs("关于演练的报告", "正文。")))
    chosen = (str(path), "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: chosen)
    finish(page.letter.ask)
    assert page.letter.text.toPlainText().startswith("关于演练的报告\n正文。")
    page.letter.text.undo()
    assert page.letter.text.toPlainText() == TEXT


def test_no_file_chosen_changes_nothing(page, finish, monkeypatch):
    write(page, finish)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    page.letter.ask()
    assert page.letter.text.toPlainText() == TEXT


def test_a_file_that_cannot_be_read_leaves_the_words(page, tmp_path, finish):
    write(page, finish)
    page.letter.read(tmp_path / "没有.docx")
    assert "没有.docx：打不开这个文件" in page.letter.notice.text()
    assert page.letter.text.toPlainText() == TEXT


def test_what_cannot_be_kept_is_told_and_stays(page, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(type(page.session), "keep_draft", full)
    page.letter.text.setPlainText(TEXT)
    page.letter.keep()
    assert page.letter.notice.text() == "磁盘已满。"
    assert page.letter.text.toPlainText() == TEXT


def test_signer_without_a_number_is_told(page, finish):
    write(page, finish, signer="赵𬱖")
    assert "请同时填写文号" in page._empty.accessibleName()
