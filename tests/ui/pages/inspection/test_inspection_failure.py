"""What failed in an inspection becomes a finding with its photos."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from models.ledger import findings
from models.records.finding import Finding, Photo
from tests.conftest import a_finding, a_step
from tests.ui.pages.findings_acts import type_in
from tests.ui.pages.inspecting import describe, press
from ui.pages.inspection_row import NO_PLACE
from ui.pages.inspection_run import PHOTO_OF_FAILED

KEY = Qt.Key


# ---- what failed -----------------------------------------------------------------------------


def test_a_failed_item_asks_where_and_the_round_goes_on(run, qtbot, ledger):
    item = run.current.item
    press(qtbot, run, KEY.Key_2)
    assert run.drawer.isVisible()
    assert item.wording in run.failure.form.entry("description").raw()
    describe(qtbot, run, "A101")
    (finding,) = ledger.all(Finding)
    assert (finding.item, finding.place, finding.source) == (item.id, "A101", "weekly")
    assert not run.drawer.isVisible()
    assert run.current.item == run._items[1]
    row = run.list.rows[item.id]
    assert row.outcome.text() == f"隐患 {finding.number}　A101"


def test_the_drawer_may_be_left_and_the_row_says_what_is_lacking(run, qtbot):
    row = run.current
    press(qtbot, run, KEY.Key_2)
    qtbot.keyClicks(run.failure.form.entry("place"), "B2")
    run.failure.close_form()
    assert not run.drawer.isVisible()
    assert row.outcome.text() == NO_PLACE
    press(qtbot, run, KEY.Key_2)
    assert run.failure.form.entry("place").raw() == "B2"


def test_pressing_2_again_shows_the_finding_to_be_changed(run, qtbot, ledger):
    press(qtbot, run, KEY.Key_2)
    describe(qtbot, run, "A101")
    press(qtbot, run, KEY.Key_Up, KEY.Key_2)
    type_in(run.failure, place="A102")
    run.failure.save()
    (finding,) = ledger.all(Finding)
    assert finding.place == "A102"


def test_an_item_that_passes_after_all_takes_its_finding_along(run, qtbot, ledger):
    row = run.current
    press(qtbot, run, KEY.Key_2)
    describe(qtbot, run, "A101")
    press(qtbot, run, KEY.Key_Up, KEY.Key_1)
    assert ledger.all(Finding) == []
    assert not row.outcome.isVisible()
    press(qtbot, run, KEY.Key_Up, KEY.Key_2)
    assert len(ledger.all(Finding)) == 1


def test_a_finding_that_is_dealt_with_stays_and_the_row_says_so(run, qtbot, ledger):
    row = run.current
    press(qtbot, run, KEY.Key_2)
    describe(qtbot, run, "A101")
    findings.take_step(ledger, ledger.all(Finding)[0], a_step("graded"))
    press(qtbot, run, KEY.Key_Up, KEY.Key_1)
    assert row.outcome.text().endswith("（已开始办理，仍然保留）")


@pytest.fixture
def closed(ledger, run):
    """A closed finding of the first item."""
    finding = findings.register(
        ledger,
        a_finding(item=run._items[0].id, place="A101", description="箱门打不开，锈住了。" * 3),
    )
    for kind in ("graded", "fixed_on_site"):
        findings.take_step(ledger, finding, a_step(kind))
    findings.take_step(ledger, finding, a_step("recheck_passed", person="张㛃"))
    findings.take_step(ledger, finding, a_step("closed"))
    return finding


def test_what_came_back_is_offered_and_linked(run, closed, qtbot, ledger):
    press(qtbot, run, KEY.Key_2)
    assert not run.failure.came_back.isVisible()
    type_in(run.failure, place="a 101")
    assert run.failure.came_back.isVisible()
    assert closed.number in run.failure.came_back.text()
    qtbot.keyClick(run.failure.form.entry("place"), KEY.Key_Return)
    assert ledger.all(Finding)[-1].recurs == closed.id


def test_a_link_that_is_not_wanted_stays_away_while_one_types(run, closed, qtbot, ledger):
    press(qtbot, run, KEY.Key_2)
    entry = run.failure.form.entry("place")
    type_in(run.failure, place="A101")
    run.failure.came_back.click()
    type_in(run.failure, place="A101 ")
    assert not run.failure.came_back.isChecked()
    qtbot.keyClick(entry, KEY.Key_Return)
    assert ledger.all(Finding)[-1].recurs is None


def test_words_used_for_the_item_before_are_offered(run, closed, qtbot):
    press(qtbot, run, KEY.Key_2)
    chips = {b.toolTip(): b for b in run.failure.offers.findChildren(type(run.failure.more))}
    assert set(chips) == {"A101", closed.description}
    assert chips[closed.description].text().endswith("…")
    chips["A101"].click()
    assert run.failure.form.entry("place").raw() == "A101"
    assert run.failure.came_back.isVisible()


def test_the_drawer_forgets_what_it_offered_for_another_item(run, closed, qtbot):
    press(qtbot, run, KEY.Key_2)
    assert run.failure.offers.isVisible()
    run.failure.close_form()
    press(qtbot, run, KEY.Key_Down, KEY.Key_2)
    assert not run.failure.offers.isVisible()


# ---- photos ----------------------------------------------------------------------------------


def test_p_says_that_photos_belong_to_what_failed(run, qtbot):
    press(qtbot, run, KEY.Key_P)
    assert run.notice.text() == PHOTO_OF_FAILED


@pytest.fixture
def choose(monkeypatch, jpeg):
    """The person picks a photo when asked for one."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(jpeg)], ""))


def test_p_adds_a_photo_to_a_failed_item_before_and_after_it_is_saved(
    run, qtbot, ledger, choose, finish, tasks
):
    press(qtbot, run, KEY.Key_2)
    finish(press, qtbot, run, KEY.Key_P)
    qtbot.waitUntil(lambda: len(run.failure._new.hashes) == 1)
    describe(qtbot, run, "A101")
    (photo,) = ledger.all(Photo)
    ledger.remove(photo)
    press(qtbot, run, KEY.Key_Up)
    finish(press, qtbot, run, KEY.Key_P)
    qtbot.waitUntil(lambda: len(ledger.all(Photo)) == 1)
    (finding,) = ledger.all(Finding)
    assert ledger.all(Photo)[0].finding == finding.id
    run.failure.photos.removed.emit(0)
    assert ledger.all(Photo) == []


def test_a_photo_of_a_finding_not_saved_yet_can_be_taken_out(run, qtbot, choose, finish):
    press(qtbot, run, KEY.Key_2)
    finish(press, qtbot, run, KEY.Key_P)
    qtbot.waitUntil(lambda: len(run.failure._new.hashes) == 1)
    run.failure.photos.removed.emit(0)
    assert run.failure._new.hashes == []
