"""An inspection in hand: a key for each item, and notes."""

import pytest
from PySide6.QtCore import Qt

from models.ledger import inspections
from models.problems import AppError
from tests.ui.pages.inspecting import begin, press, results
from ui.pages.inspection_row import meaning_of

KEY = Qt.Key


def test_a_key_answers_saves_and_goes_on(run, qtbot):
    first, second, third = run._items[:3]
    press(qtbot, run, KEY.Key_1, KEY.Key_3)
    assert results(run) == {first.id: "passed", second.id: "not_applicable"}
    assert run.current.item == third
    assert run.count.text().startswith("已查 2/")


def test_arrows_walk_and_stop_at_both_ends(run, qtbot):
    press(qtbot, run, KEY.Key_Up)
    assert run.current.item == run._items[0]
    press(qtbot, run, *[KEY.Key_Down] * (len(run._items) + 3))
    assert run.current.item == run._items[-1]
    assert results(run) == {}


def test_delete_takes_an_answer_back_and_stays(run, qtbot):
    press(qtbot, run, KEY.Key_1, KEY.Key_Up, KEY.Key_Delete)
    assert results(run) == {run._items[0].id: None}
    assert run.current.item == run._items[0]


def test_a_mouse_answers_as_well(run, qtbot):
    row = run.list.rows[run._items[2].id]
    qtbot.mouseClick(row.keys._buttons["passed"], Qt.MouseButton.LeftButton)
    assert results(run) == {run._items[2].id: "passed"}
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert run._at == 2


def test_a_wording_that_forbids_says_beside_the_keys_what_passing_means(page, qtbot):
    run = begin(page, kind="special", categories="sec")
    row = run.list.rows["sf.sec.10"]
    assert row.meaning.isVisible()
    assert row.meaning.text() == "合格 = 没有　不合格 = 有"
    assert "合格 = 没有" in row.accessibleName()
    plain = run.list.rows["sf.sec.02"]
    assert not plain.meaning.isVisible()
    assert meaning_of(plain.item) == ""


def test_categories_show_their_progress_and_lead_to_what_is_left(run, qtbot):
    lines = run.categories._lines()
    category = lines[0].data(Qt.ItemDataRole.UserRole)
    mine = [item for item in run._items if item.category == category]
    assert f"0/{len(mine)}" in lines[0].text()
    press(qtbot, run, *[KEY.Key_1] * len(mine))
    assert lines[0].text().startswith("✓")
    run.categories.itemClicked.emit(lines[0])
    assert run.current.item == mine[0]
    run.categories.itemClicked.emit(lines[1])
    assert run.current.item == run._items[len(mine)]


def test_the_basis_of_the_item_is_in_sight(run):
    assert run.current.item.basis in run.basis.text()


def test_a_note_is_written_with_n_and_kept(run, qtbot, commit):
    row = run.current
    press(qtbot, run, KEY.Key_N)
    assert row.note.isVisible()
    commit(row.note, "钥匙在门卫")
    qtbot.keyClick(row.note, KEY.Key_Return)
    assert (
        inspections.answers(run._session.ledger, run.inspection)[row.item.id].note == "钥匙在门卫"
    )
    press(qtbot, run, KEY.Key_1)
    assert results(run) == {row.item.id: "passed"}
    assert row.note.text() == "钥匙在门卫"


def test_a_note_is_kept_while_it_is_typed(run, qtbot, commit):
    row = run.current
    press(qtbot, run, KEY.Key_N)
    commit(row.note, "正在写")
    qtbot.waitUntil(lambda: row.item.id in results(run))
    run.refresh()
    assert run._answers[row.item.id].note == "正在写"


@pytest.mark.parametrize("leave", ["pause", "finish"])
def test_a_note_in_hand_is_kept_when_the_inspection_is_left(run, qtbot, commit, leave):
    row = run.current
    qtbot.keyClick(row, KEY.Key_N)
    commit(row.note, "钥匙在门卫")
    run.pause() if leave == "pause" else run.finish(sure=True)
    row._pause.timeout.emit()  # a moment later there is nothing left to keep
    filled = inspections.answers(run._session.ledger, run.inspection)
    assert filled[row.item.id].note == "钥匙在门卫"


def test_a_note_that_the_disk_did_not_take_is_kept_with_the_next_try(run, commit, monkeypatch):
    def fail(*_args):
        raise AppError("磁盘已满。")

    row = run.current
    with monkeypatch.context() as full:
        full.setattr(inspections, "annotate", fail)
        commit(row.note, "钥匙在门卫")
        row.keep_note()
    assert "磁盘已满" in run.notice.text()
    row.answered.emit("passed")
    assert row.note.text() == "钥匙在门卫"
    run.pause()
    filled = inspections.answers(run._session.ledger, run.inspection)
    assert filled[row.item.id].note == "钥匙在门卫"


def test_an_empty_note_leaves_no_trace(run, qtbot):
    row = run.current
    press(qtbot, run, KEY.Key_N)
    qtbot.keyClick(row.note, KEY.Key_Escape)
    row.keep_note()
    assert results(run) == {}


def test_a_disk_that_takes_no_answer_shows_none(run, qtbot, monkeypatch):
    def fail(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(inspections, "answer", fail)
    row = run.current
    press(qtbot, run, KEY.Key_1)
    assert "磁盘已满" in run.notice.text()
    assert row.keys.value() is None
    assert run.current is row
