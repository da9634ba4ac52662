"""The end of an inspection: what is left, its summary and its sheet."""

from PySide6.QtCore import Qt

from models.ledger import inspections
from models.problems import AppError
from models.records.finding import Finding
from models.records.inspection import Inspection
from tests.ui.pages.findings_acts import type_in
from tests.ui.pages.inspecting import answer_all, describe, press, results

KEY = Qt.Key


def test_behind_the_last_item_enter_ends_it(page, run, qtbot):
    answer_all(qtbot, run)
    assert "全部查完" in run.notice.text()
    assert run.focusWidget() is run.end_button
    qtbot.keyClick(run.end_button, KEY.Key_Return)
    assert page.end.isVisible()
    assert page.end.zero.isVisible()
    assert "零报告" in page.end.form.form.entry("summary").raw()


def test_the_last_item_does_not_end_it_while_others_are_left(run, qtbot):
    run._go(len(run._items) - 1)
    press(qtbot, run, KEY.Key_1)
    assert run.notice.text() == ""
    assert run.current.item == run._items[-1]


def test_what_was_not_looked_at_is_asked_about_once(page, run, qtbot):
    press(qtbot, run, KEY.Key_1)
    run.finish()
    left = run.progress.left
    assert run.notice.text() == f"还有 {left} 项没有查。"
    run.notice.acted.emit()
    assert page.end.isVisible()
    assert page.end.badges["left"].text() == f"未查 {left} 项"
    assert not page.end.zero.isVisible()


def test_a_failed_item_without_a_place_is_shown_before_it_can_end(page, run, qtbot):
    press(qtbot, run, KEY.Key_1, KEY.Key_2)
    run.failure.close_form()
    run.finish(sure=True)
    assert run.isVisible()
    assert "还有 1 项不合格没有写部位" in run.notice.text()
    assert run.drawer.isVisible()
    assert run.current.item == run._items[1]
    describe(qtbot, run, "A101")
    run.finish(sure=True)
    assert page.end.isVisible()


def test_a_disk_that_takes_no_end_leaves_it_open(run, qtbot, monkeypatch):
    def fail(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(inspections, "finish", fail)
    run.finish(sure=True)
    assert "磁盘已满" in run.notice.text()
    assert run.isVisible()


def test_the_end_opens_findings_and_takes_a_summary(page, run, qtbot, ledger):
    press(qtbot, run, KEY.Key_2)
    describe(qtbot, run, "A101")
    press(qtbot, run, KEY.Key_N)
    run.finish(sure=True)
    asked = []
    page.open_asked.connect(lambda *to: asked.append(to))
    (finding,) = ledger.all(Finding)
    page.end.table.opened.emit(run._items[1].id)
    page.end.table.select(run._items[0].id)
    page.end.table.doubleClicked.emit(page.end.table.currentIndex())
    assert asked == [("findings", finding.id)]
    type_in(page.end.form, summary="总体良好")
    page.end.form.save()
    assert ledger.all(Inspection)[0].summary == "总体良好"


def test_the_end_is_printed_as_its_sheet(page, run, qtbot, ledger):
    press(qtbot, run, KEY.Key_1)
    run.finish(sure=True)
    (held,) = ledger.all(Inspection)
    with qtbot.waitSignal(page.open_asked) as asked:
        page.end.print_button.click()
    assert asked.args == ["reports", f"inspection_sheet:{held.id}"]


def test_it_can_be_taken_up_again_after_the_end(page, run, qtbot):
    press(qtbot, run, KEY.Key_1)
    run.finish(sure=True)
    page.end.resume_button.click()
    assert run.isVisible()
    press(qtbot, run, KEY.Key_3)
    assert len(results(run)) == 2


def test_a_disk_that_is_full_does_not_take_it_up_again(page, run, monkeypatch):
    run.finish(sure=True)

    def fail(*_args, **_named):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(inspections, "resume", fail)
    page.end.resume_button.click()
    assert "磁盘已满" in page.end.notice.text()
