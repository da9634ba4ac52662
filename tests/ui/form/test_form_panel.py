from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import a_finding
from ui.form.form_panel import FormPanel

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def make(qtbot, session, icons):
    def do(save=None, names=()):
        save = save or (lambda typed, seen: session.save(typed, seen if seen.id else None))
        panel = FormPanel(session, icons, Finding, save, names=names)
        qtbot.addWidget(panel)
        panel.resize(700, 500)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        return panel

    return do


def type_into(panel, name, text):
    entry = panel.form.entry(name)
    entry.setText(text)
    entry.textEdited.emit(text)


def test_what_is_saved_is_in_the_ledger_and_told(make, ledger, qtbot):
    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    assert panel.title.text() == "记一条隐患"
    type_into(panel, "place", "食堂")
    with qtbot.waitSignal(panel.saved) as told:
        panel.save_button.click()
    (saved,) = ledger.all(Finding)
    assert saved.place == "食堂"
    assert told.args == [saved]


def test_saving_twice_changes_the_same_record(make, ledger):
    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    panel.save()
    type_into(panel, "place", "食堂")
    panel.save()
    assert [found.place for found in ledger.all(Finding)] == ["食堂"]


def test_ctrl_s_saves_and_esc_closes_from_within_a_field(make, ledger, qtbot):
    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    panel.form.entry("place").setFocus()
    qtbot.keyClick(panel.form.entry("place"), Qt.Key.Key_S, CTRL)
    assert len(ledger.all(Finding)) == 1
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel.form.entry("place"), Qt.Key.Key_Escape)


def test_a_bad_answer_saves_nothing(make, ledger):
    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    type_into(panel, "place", "")
    panel.save()
    assert ledger.all(Finding) == []
    assert panel.form.rows["place"].complaint.text() == "请填写“部位”。"


def test_a_failed_save_is_told_in_the_panel_and_keeps_the_text(make, session):
    def fail(typed, seen):
        raise AppError("磁盘已满，这一次没有保存。")

    panel = make(fail)
    panel.open(a_finding(), "记一条隐患", "finding:new")
    type_into(panel, "place", "食堂")
    panel.save()
    assert panel.notice.text() == "磁盘已满，这一次没有保存。填写的内容还在窗口里。"
    assert panel.form.raw()["place"] == "食堂"
    panel.keep_draft()
    assert session.draft("finding:new")["place"] == "食堂"


def test_success_takes_the_earlier_trouble_away(make, session):
    troubles = [AppError("磁盘已满，这一次没有保存。")]

    def save(typed, seen):
        if troubles:
            raise troubles.pop()
        return session.save(typed)

    panel = make(save)
    panel.open(a_finding(), "记一条隐患", "finding:new")
    panel.save()
    assert panel.notice.text()
    panel.save()
    assert panel.notice.text() == ""


def test_a_draft_comes_back_when_the_panel_is_made_anew(make, session, qtbot):
    panel = make()
    panel.open(Finding(), "记一条隐患", "finding:new")
    type_into(panel, "place", "没写完的<b>&赵𬱖")
    panel.form.entry("found_on").set_raw("2026-02-30")
    qtbot.waitUntil(lambda: bool(session.draft("finding:new")), timeout=3000)
    again = make()
    again.open(Finding(), "记一条隐患", "finding:new")
    assert again.form.raw()["place"] == "没写完的<b>&赵𬱖"
    assert again.form.raw()["found_on"] == "2026-02-30"
    assert "已恢复" in again.notice.text()


def test_a_draft_that_is_not_wanted_is_forgotten(make, session):
    session.keep_draft("finding:new", {"place": "旧的"})
    panel = make()
    panel.open(a_finding(place="新的"), "记一条隐患", "finding:new")
    type_into(panel, "finder", "刚写的")
    panel.notice.acted.emit()
    assert panel.form.raw()["place"] == "新的"
    assert session.draft("finding:new") == {}


def test_what_was_saved_leaves_no_draft(make, session):
    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    type_into(panel, "place", "食堂")
    panel.keep_draft()
    panel.save()
    panel.close_form()
    assert session.draft("finding:new") == {}


@pytest.mark.parametrize(
    "leave",
    [
        lambda panel: panel.close_form(),
        lambda panel: panel.hide(),
        lambda panel: panel.open(a_finding(), "另一条", "finding:other"),
    ],
    ids=["closed", "hidden", "another opened"],
)
def test_leaving_a_moment_after_typing_keeps_it_as_a_draft(make, session, leave):
    panel = make()
    panel.open(Finding(), "记一条隐患", "finding:new")
    type_into(panel, "place", "刚写的")
    leave(panel)
    assert session.draft("finding:new")["place"] == "刚写的"


def test_a_form_that_nobody_typed_into_leaves_no_draft(make, session):
    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    panel.close_form()
    assert session.draft("finding:new") == {}


def test_a_disk_that_takes_no_draft_does_not_disturb_the_typing(make, session, monkeypatch):
    def fail(*_args):
        raise AppError("磁盘已满。")

    panel = make()
    panel.open(Finding(), "记一条隐患", "finding:new")
    type_into(panel, "place", "食堂")
    monkeypatch.setattr(session, "keep_draft", fail)
    panel.hide()
    assert panel.notice.text() == "磁盘已满。"
    assert panel.form.raw()["place"] == "食堂"


def test_a_draft_that_cannot_be_dropped_does_not_undo_the_save(make, session, ledger, monkeypatch):
    def fail(*_args):
        raise AppError("磁盘已满。")

    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    monkeypatch.setattr(session, "drop_draft", fail)
    panel.save()
    assert len(ledger.all(Finding)) == 1


def test_a_panel_without_a_name_keeps_nothing(make, session):
    panel = make()
    panel.keep_draft()
    assert session.draft("") == {}


def test_a_title_is_plain_text_and_none_takes_no_room(make):
    panel = make()
    panel.open(a_finding(), "<b>&", "finding:new")
    assert panel.title.textFormat() == Qt.TextFormat.PlainText
    assert not panel.title.isHidden()
    panel.open(a_finding(), "", "finding:new")
    assert panel.title.isHidden()


def test_tab_walks_through_every_field_to_the_save_button(make, qtbot):
    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    panel.form.entry("description").setFocus()
    met: list[QWidget] = []
    for _ in range(60):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        met.append(panel.focusWidget())
        if met[-1] is panel.save_button:
            break
    assert met[-1] is panel.save_button
    assert panel.form.entry("note") in met


def test_a_problem_without_a_field_is_told_in_the_panel(make, ledger):
    panel = make(names=("description", "place"))
    panel.open(a_finding(category=None), "记一条隐患", "finding:new")
    panel.save()
    assert ledger.all(Finding) == []
    assert panel.notice.text() == "请填写“类别”。"


def test_a_draft_does_not_undo_what_others_changed_meanwhile(make, ledger):
    saved = ledger.save(a_finding())
    panel = make()
    panel.open(saved, "修改", "finding:1")
    type_into(panel, "responsible", "赵𬱖")
    panel.close_form()
    merged = ledger.save(replace(saved, place="别的 PC 写的"), saved)
    panel.open(merged, "修改", "finding:1")
    assert panel.form.entry("responsible").raw() == "赵𬱖"
    assert panel.form.entry("place").raw() == "别的 PC 写的"
    panel.save()
    (now,) = ledger.all(Finding)
    assert (now.responsible, now.place) == ("赵𬱖", "别的 PC 写的")


def test_after_saving_only_what_is_typed_then_is_a_draft(make, session):
    panel = make()
    panel.open(a_finding(), "记一条隐患", "finding:new")
    type_into(panel, "place", "食堂")
    panel.save()
    type_into(panel, "finder", "张㛃")
    panel.close_form()
    assert session.draft("finding:new") == {"finder": "张㛃"}


def test_a_panel_leaves_margins_to_its_card_and_lets_it_shine_through(make, qapp):
    panel = make()
    assert panel.layout().contentsMargins().isNull()
    assert panel.form.parentWidget().property("role") == "scrolled"
