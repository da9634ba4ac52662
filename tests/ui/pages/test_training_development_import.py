import pytest
from PySide6.QtCore import Qt

from models.problems import AppError
from models.records.development import Reflection
from tests.models.docx_files import docx, paragraphs
from tests.models.ledger.growing import a_programme, a_trainee
from ui.pages.training_development_reflections import ReflectionsPart

MODULE = "ui.pages.training_development_import"


@pytest.fixture
def people(ledger):
    ledger.save(a_programme())
    given = (("赵𬱖", None), ("张伟", "主任"), ("张伟", "干事"))
    return [ledger.save(a_trainee(name, post=post)) for name, post in given]


@pytest.fixture
def folder(tmp_path):
    files = tmp_path / "心得"
    files.mkdir()
    (files / "赵𬱖-心得.docx").write_bytes(docx(paragraphs("以学铸魂", "第一段。")))
    (files / "张伟.txt").write_bytes("跟岗体会\n今天听课。".encode("gb18030"))
    (files / "无名.txt").write_text("散记\n今天听课了。", encoding="utf-16")
    (files / "坏.docx").write_bytes(b"no docx")
    return files


@pytest.fixture
def part(session, icons, tasks, qtbot, people):
    part = ReflectionsPart(session, icons, tasks)
    qtbot.addWidget(part)
    part.resize(1000, 700)
    part.show()
    part.refresh()
    part.register.import_button.click()
    return part


def rows(panel):
    model = panel.list.model()
    return {
        model.index(row, 0).data(): tuple(model.index(row, at).data() for at in range(1, 5))
        for row in range(model.rowCount())
    }


def choose(panel, name):
    panel.list.select(next(key for key in panel._arrived if key.endswith(name)))


def pick(panel, words):
    panel.author.setCurrentText(words)
    panel.author.activated.emit(panel.author.currentIndex())


def test_who_was_deleted_meanwhile_is_no_author(part, ledger, folder, finish, people):
    panel = part.importing
    finish(panel.read, [folder / "赵𬱖-心得.docx"])
    assert panel.take_button.isEnabled()
    ledger.remove(people[0])
    panel.refresh()
    assert not panel.take_button.isEnabled()
    assert panel.left_out.text() == "1 篇还没有作者，不会导入。"


def test_a_folder_is_shown_file_by_file_before_anything_is_saved(part, ledger, folder, finish):
    panel = part.importing
    finish(panel.zone.offer, [folder])
    assert rows(panel) == {
        "赵𬱖-心得.docx": ("赵𬱖", "以学铸魂", "8", "可以导入"),
        "张伟.txt": ("", "跟岗体会", "9", "名单里有 2 人可能是作者，请选择"),
        "无名.txt": ("", "散记", "8", "文件名里没有找到姓名，请选择作者"),
        "坏.docx": ("", "", "—", panel._arrived[str(folder / "坏.docx")].problem),
    }
    assert panel.take_button.text() == "导入 1 篇"
    assert panel.left_out.text() == "2 篇还没有作者，1 个文件有问题，不会导入。"
    assert ledger.all(Reflection) == []


def test_who_is_in_doubt_is_chosen_and_a_title_is_corrected(part, ledger, folder, people, finish):
    panel = part.importing
    finish(panel.zone.offer, [folder])
    choose(panel, "张伟.txt")
    pick(panel, "张伟（干事）")
    panel.topic.setText(" 跟岗一月 ")
    panel.topic.editingFinished.emit()
    panel.topic.setText("  ")
    panel.topic.editingFinished.emit()
    assert rows(panel)["张伟.txt"] == ("张伟（干事）", "跟岗一月", "9", "可以导入")
    panel.take_button.click()
    kept = {one.topic: one for one in ledger.all(Reflection)}
    assert kept["跟岗一月"].person == people[2].id
    assert kept["以学铸魂"].programme == panel.programme.currentData() != ""
    assert part.stack.currentWidget() is part.register
    assert part.register.notice.text() == "已导入 2 篇心得。"
    assert set(rows(panel)) == {"无名.txt", "坏.docx"}


def test_the_problem_of_a_file_is_told_whole_and_asks_for_no_author(part, folder, finish):
    panel = part.importing
    finish(panel.zone.offer, [folder])
    choose(panel, "坏.docx")
    assert panel.why.text().startswith("坏.docx：这不是 Word 文档（.docx）")
    assert not panel.author.isEnabled()
    choose(panel, "无名.txt")
    assert not panel.why.isVisible()
    assert panel.author.isEnabled()


def test_more_files_come_beside_those_that_are_here(part, folder, tmp_path, finish):
    panel = part.importing
    finish(panel.zone.offer, [folder / "张伟.txt"])
    choose(panel, "张伟.txt")
    pick(panel, "张伟（主任）")
    finish(panel.zone.offer, [folder / "赵𬱖-心得.docx"])
    assert panel.take_button.text() == "导入 2 篇"
    assert rows(panel)["张伟.txt"][0] == "张伟（主任）"


def test_files_that_stay_behind_can_be_let_go(part, folder, finish):
    panel = part.importing
    finish(panel.zone.offer, [folder])
    assert not panel.zone.isVisible()
    panel.clear_button.click()
    assert rows(panel) == {}
    assert panel.zone.isVisible()
    assert panel.left_out.text() == ""


def test_a_batch_that_cannot_be_saved_stays_whole(part, ledger, folder, finish, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    panel = part.importing
    finish(panel.zone.offer, [folder])
    monkeypatch.setattr(ledger, "save", full)
    panel.take_button.click()
    assert "磁盘已满" in panel.notice.text()
    assert len(rows(panel)) == 4


def test_a_folder_is_picked_by_a_button(part, folder, tmp_path, finish, monkeypatch):
    panel = part.importing
    answers = iter(["", str(folder)])
    picked = staticmethod(lambda *_args: next(answers))
    monkeypatch.setattr(f"{MODULE}.QFileDialog.getExistingDirectory", picked)
    panel.folder_button.click()
    assert rows(panel) == {}
    finish(panel.folder_button.click)
    assert len(rows(panel)) == 4


def test_nothing_to_read_and_too_much_are_told(part, tmp_path, folder, finish, monkeypatch):
    panel = part.importing
    finish(panel.read, [tmp_path / "gone"])
    assert "没有文件" in panel.notice.text()
    monkeypatch.setattr("models.ledger.reflection_files.MOST_FILES", 1)
    finish(panel.zone.offer, [folder])
    assert "一次最多导入 1 个文件" in panel.notice.text()
    panel.take()
    assert not panel.take_button.isEnabled()


def test_enter_leads_to_the_author_and_esc_back_to_the_list(part, folder, finish, qtbot):
    panel = part.importing
    finish(panel.zone.offer, [folder])
    choose(panel, "张伟.txt")
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.author.hasFocus()
    qtbot.keyClick(panel.author, Qt.Key.Key_Escape)
    assert part.stack.currentWidget() is part.register
