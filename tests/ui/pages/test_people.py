import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from models.problems import AppError
from models.records.person import Person
from tests.conftest import RESOURCES
from ui.icons import Icons
from ui.pages.people import PeoplePanel
from ui.session import Session

LIST = "赵𬱖\t主任\t办公室\n张㛃\t干事\t教务处\n王平安"


@pytest.fixture
def panel(people_panel):
    return people_panel


def shown(panel):
    model = panel.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def take_list(panel, text=LIST):
    panel.paste_button.click()
    panel.paste.text.setPlainText(text)
    panel.paste.add_button.click()


def find(panel, qtbot, words):
    panel.search.setText(words)
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)


def person_named(ledger, name):
    return next(person for person in ledger.all(Person) if person.name == name)


def test_a_pasted_list_becomes_trainees(panel, ledger):
    take_list(panel)
    assert shown(panel) == ["李安全", "赵𬱖", "张㛃", "王平安"]
    assert person_named(ledger, "赵𬱖").roles == {"trainee"}
    assert panel.notice.text() == "已添加 3 人。"
    assert panel.right.currentWidget() is panel.hint


def test_the_button_tells_how_many_will_be_added_and_lines_tell_their_problem(panel):
    panel.open_paste()
    assert not panel.paste.add_button.isEnabled()
    panel.paste.text.setPlainText(LIST + "\n\t没有姓名" * 5)
    assert panel.paste.add_button.text() == "添加 3 人"
    told = panel.paste.complaint.text().splitlines()
    assert told[0] == "第 4 行：请填写“姓名”。"
    assert told[-1] == "……共 5 行需要修改。"
    panel.paste.text.setPlainText("\t没有姓名")
    panel.paste.add()
    assert panel.right.currentWidget() is panel.paste


def test_who_is_here_already_is_not_entered_twice(panel, ledger):
    take_list(panel, "李安全\n赵𬱖")
    assert shown(panel) == ["李安全", "赵𬱖"]
    assert person_named(ledger, "李安全").roles == {"safety", "trainee"}
    assert "另有 1 人原来就在名单里" in panel.notice.text()


def test_ctrl_v_over_the_list_opens_the_box_with_what_was_copied(panel, qtbot):
    QGuiApplication.clipboard().setText(LIST)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.right.currentWidget() is panel.paste
    assert panel.paste.add_button.text() == "添加 3 人"


def test_a_list_that_cannot_be_saved_stays_in_the_box(panel, monkeypatch):
    def full(*_):
        raise AppError("磁盘已满，这一次没有保存。")

    panel.open_paste()
    panel.paste.text.setPlainText(LIST)
    monkeypatch.setattr(Session, "write", full)
    panel.paste.add_button.click()
    assert panel.paste.text.toPlainText() == LIST
    assert "磁盘已满" in panel.paste.notice.text()


def test_people_are_found_by_name_and_by_initials(panel, qtbot):
    take_list(panel)
    find(panel, qtbot, "平安")
    assert shown(panel) == ["王平安"]
    find(panel, qtbot, "laq")
    assert shown(panel) == ["李安全"]
    find(panel, qtbot, "没有此人")
    assert panel.left.currentWidget() is panel.empty


def test_chips_show_a_role_or_who_has_left(panel, ledger):
    ledger.save(Person(name="已走", state="left"))
    take_list(panel)
    assert "已走" not in shown(panel)
    panel.chips.chip("left").click()
    assert shown(panel) == ["已走"]
    panel.chips.chip("safety").click()
    assert shown(panel) == ["李安全"]


def test_a_new_person_is_typed_and_saved_by_keyboard(panel, ledger, qtbot):
    panel.add_button.click()
    form = panel.panel.form
    form.set_raw({"name": "赵𬱖", "post": "主任"})
    qtbot.keyClick(form.entry("name"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    saved = person_named(ledger, "赵𬱖")
    assert (saved.post, saved.roles, saved.state) == ("主任", {"trainee"}, "active")
    assert "赵𬱖" in shown(panel)


def test_a_person_without_a_name_is_not_saved_and_the_field_says_why(panel, ledger):
    panel.add_button.click()
    panel.panel.save_button.click()
    assert panel.panel.form.rows["name"].complaint.text() == "请填写“姓名”。"
    assert len(ledger.all(Person)) == 1


def test_choosing_a_person_opens_them_and_leaving_is_one_choice(panel, ledger, qtbot):
    take_list(panel)
    panel.list.select(person_named(ledger, "张㛃").id)
    form = panel.panel.form
    assert form.entry("name").text() == "张㛃"
    form.entry("state").set_value("left")
    panel.panel.save_button.click()
    assert person_named(ledger, "张㛃").state == "left"
    assert "张㛃" not in shown(panel)


def test_what_was_typed_for_one_person_waits_while_another_is_looked_at(panel, ledger):
    take_list(panel)
    first, second = person_named(ledger, "赵𬱖"), person_named(ledger, "张㛃")
    panel.list.select(first.id)
    post = panel.panel.form.entry("post")
    post.setText("副主任")
    post.textEdited.emit("副主任")
    panel.list.select(second.id)
    assert post.text() == "干事"
    panel.list.select(first.id)
    assert post.text() == "副主任"
    assert person_named(ledger, "赵𬱖").post == "主任"


def test_a_refresh_leaves_alone_what_is_being_typed(panel, ledger, qtbot):
    take_list(panel)
    panel.list.select(person_named(ledger, "赵𬱖").id)
    panel.panel.form.set_raw({"post": "副主任"})
    take_in = Person(name="新来的", state="active")
    panel._session.save(take_in)
    panel.refresh()
    assert "新来的" in shown(panel)
    assert panel.panel.form.entry("post").text() == "副主任"


def test_escape_closes_the_form_and_the_box(panel, ledger, qtbot):
    panel.add_button.click()
    qtbot.keyClick(panel.panel.form.entry("name"), Qt.Key.Key_Escape)
    assert panel.right.currentWidget() is panel.hint
    panel.paste_button.click()
    qtbot.keyClick(panel.paste.text, Qt.Key.Key_Escape)
    assert panel.right.currentWidget() is panel.hint


def test_names_that_cannot_be_read_are_shown_as_they_were_typed(panel):
    panel.open_paste()
    assert panel.paste.complaint.textFormat() == Qt.TextFormat.PlainText


# ---- a list of names is not lost -----------------------------------------------------------------


def test_a_list_stays_in_the_box_when_it_is_opened_again(panel):
    panel.open_paste()
    panel.paste.text.setPlainText(LIST)
    panel.paste_button.click()
    assert panel.paste.text.toPlainText() == LIST
    assert panel.paste.add_button.text() == "添加 3 人"


def test_a_list_that_was_added_is_gone_and_another_replaces_it(panel):
    take_list(panel)
    panel.open_paste()
    assert panel.paste.text.toPlainText() == ""
    QGuiApplication.clipboard().setText("王平安")
    panel.paste_from_clipboard()
    assert panel.paste.text.toPlainText() == "王平安"


def test_a_list_survives_the_end_of_the_program_until_it_is_added(panel, ledger):
    panel.open_paste()
    panel.paste.text.setPlainText(LIST)
    panel.hide()
    again = PeoplePanel(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"))
    again.open_paste()
    assert again.paste.text.toPlainText() == LIST
    again.paste.add()
    again.open_paste()
    assert again.paste.text.toPlainText() == ""
    assert Session(ledger, RESOURCES).draft("people:pasted") == {}
    shiboken6.delete(again)


def test_a_disk_that_takes_no_draft_does_not_disturb_the_list(panel, monkeypatch):
    def full(*_):
        raise AppError("磁盘已满，这一次没有保存。")

    panel.open_paste()
    monkeypatch.setattr(Session, "keep_draft", full)
    panel.paste.text.setPlainText(LIST)
    panel.hide()
    assert panel.paste.text.toPlainText() == LIST
    assert panel.paste.notice.accessibleName() == "磁盘已满，这一次没有保存。"


def test_roles_that_were_chosen_stay_with_the_list(panel):
    panel.open_paste()
    panel.paste.text.setPlainText(LIST)
    panel.paste.roles.set_value(frozenset({"inspector"}))
    panel.paste_button.click()
    assert panel.paste.roles.value() == {"inspector"}
    panel.paste.add()
    assert panel.paste.roles.value() == {"trainee"}


# ---- what was done to a person, and room for the panel -------------------------------------------


def test_the_history_of_a_person_unfolds_below_the_form(panel, ledger):
    take_list(panel)
    panel.list.select(person_named(ledger, "赵𬱖").id)
    panel.history.button.click()
    told = [panel.history.changes.item(n, 3).text() for n in range(5)]
    assert "职务：（空） → 主任" in told
    panel.list.select(person_named(ledger, "张㛃").id)
    assert panel.history.changes.isHidden()
    panel.add_button.click()
    assert not panel.history.isVisible()


def test_the_panel_fits_a_small_screen(panel):
    assert panel.minimumSizeHint().width() <= 740
    panel.resize(740, 300)
    assert panel.list.isColumnHidden(2)
    assert not panel.list.isColumnHidden(3)


def test_the_width_of_the_list_is_remembered(panel, ledger, qtbot):
    panel.split.moveSplitter(480, 1)
    qtbot.waitUntil(lambda: ledger.setting("people.splitter").startswith("480,"))
