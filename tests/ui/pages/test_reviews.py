import pytest
from PIL import Image
from PySide6.QtCore import Qt

from models.ledger import checklists
from models.ledger.reviews import opinions
from models.records.finding import Photo
from models.records.five_management import ChecklistAnswer, ChecklistReview
from models.records.organisation import Organisation
from tests.conftest import RESOURCES, SCHOOL_CODE, a_school
from tests.models.exchange.enrolling import enrol
from tests.models.ledger.conftest import give
from tests.ui.pages.training_acts import type_into
from ui.pages.reviews import ReviewsPage
from ui.session import Session
from ui.table.row_table import ID_ROLE

MONTH = "2026-11"
LINE = "fm.ph.03"


def fill(ledger):
    """The month's sheet with one answer."""
    template = Session(ledger, RESOURCES).checklist
    blank = checklists.new_sheet(ledger, template, MONTH)
    checklists.save_answer(ledger, blank, ChecklistAnswer(line=LINE, response="yes"))
    return checklists.sheet(ledger, MONTH)


@pytest.fixture
def page(make_page, ledger, qtbot):
    fill(ledger)
    page = make_page(ReviewsPage, ledger)
    page.resize(1080, 700)
    page.show()
    page.open_record("")
    qtbot.waitUntil(page.list.hasFocus)
    return page


def row(page, line=LINE):
    model = page.list.model()
    at = next(n for n in range(model.rowCount()) if model.index(n, 0).data(ID_ROLE) == line)
    return [model.index(at, column).data() for column in range(model.columnCount())]


def review_of(ledger, line=LINE):
    said = opinions(ledger, checklists.sheet(ledger, MONTH)).get(line)
    return said.final.review if said else None


def test_the_answer_of_the_school_stands_beside_the_empty_opinion(page):
    area, _question, own, *rest = row(page)
    assert (area, own, rest) == ("手机管理", "是（达标）", ["", "", ""])


def test_of_sheets_filled_on_one_day_the_newest_month_is_shown(page, ledger):
    template = page.session.checklist
    for month in ("2026-09", "2026-12", "2026-10"):
        ledger.save(checklists.new_sheet(ledger, template, month))
    page.sheets.clear()
    page.open_record("")
    shown = [page.sheets.itemText(at) for at in range(page.sheets.count())]
    assert shown == ["2026年12月", "2026年11月", "2026年10月", "2026年9月"]
    assert page.sheets.currentIndex() == 0


def test_a_digit_says_it_and_goes_on_and_the_answer_stays(page, ledger, qtbot):
    page.list.select(LINE)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_2)
    assert review_of(ledger).result == "unmet"
    assert row(page)[3] == "不达标，与自评不同"
    assert page.list.current() != LINE
    sheet = checklists.sheet(ledger, MONTH)
    assert checklists.answers(ledger, sheet)[LINE].response == "yes"
    page.list.select(LINE)
    qtbot.keyClick(page.list, Qt.Key.Key_1)
    assert row(page)[3] == "达标"


def test_a_note_is_written_in_the_form_and_an_emptied_opinion_is_taken_away(page, ledger, qtbot):
    page.list.select(LINE)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    page.panel.form.set_raw({"result": "met", "note": "柜门已上锁"})
    page.panel.save()
    assert row(page)[3:5] == ["达标", "柜门已上锁"]
    assert not page.side.isVisible()
    page.list.opened.emit(LINE)
    page.panel.form.set_raw({"result": "", "note": ""})
    page.panel.save()
    assert row(page)[3:5] == ["", ""]
    assert review_of(ledger) is None


def test_words_for_one_month_are_never_saved_into_another(page, ledger, qtbot):
    template = Session(ledger, RESOURCES).checklist
    other = checklists.new_sheet(ledger, template, "2026-10")
    checklists.save_answer(ledger, other, ChecklistAnswer(line=LINE, response="yes"))
    page.refresh()
    page.list.opened.emit(LINE)
    type_into(page.panel.form.entry("note"), "柜子没有上锁")
    page.sheets.setCurrentIndex(page.sheets.findText("2026年10月"))
    page.sheets.activated.emit(page.sheets.currentIndex())
    assert not page.side.isVisible()
    page.sheets.setCurrentIndex(page.sheets.findText("2026年11月"))
    page.sheets.activated.emit(page.sheets.currentIndex())
    page.list.opened.emit(LINE)
    assert page.panel.form.raw()["note"] == "柜子没有上锁"  # its draft
    page.panel.save()
    (said,) = ledger.all(ChecklistReview)
    assert (said.checklist, said.note) == (checklists.sheet(ledger, MONTH).id, "柜子没有上锁")


def test_a_digit_beside_an_open_form_and_the_words_in_it_are_one_opinion(page, ledger, qtbot):
    page.list.select(LINE)
    page.list.opened.emit(LINE)
    page.panel.form.set_raw({"note": "柜子没有上锁"})
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_2)
    page.panel.save()
    (said,) = ledger.all(ChecklistReview)
    assert (said.result, said.note) == ("unmet", "柜子没有上锁")


def test_photos_show_what_the_answer_says_and_can_be_taken_away(page, ledger, qtbot, tmp_path):
    picture = tmp_path / "保管柜.png"
    Image.new("RGB", (40, 30), "blue").save(picture)
    page.list.opened.emit(LINE)
    page.photos.take([picture])
    qtbot.waitUntil(lambda: row(page)[5] == "照片 1 张")
    (photo,) = ledger.all(Photo)
    assert photo.stage == "evidence"
    page.photos.removed.emit(0)
    assert row(page)[5] == ""
    assert ledger.all(Photo) == []


def test_a_photo_that_is_none_is_told(page, qtbot, tmp_path):
    bad = tmp_path / "照片.jpg"
    bad.write_bytes(b"no picture")
    page.list.opened.emit(LINE)
    page.photos.take([bad])
    qtbot.waitUntil(lambda: "照片.jpg" in page.notice.text())


def test_a_school_without_a_sheet_has_nothing_to_review(make_page, ledger):
    page = make_page(ReviewsPage, ledger)
    page.refresh()
    assert page.stack.currentWidget() is page.nothing
    page.list.opened.emit("gone")
    assert not page.panel.isVisible()


def test_an_office_chooses_the_school_and_writes_its_own(make_page, office, ledger, qtbot):
    enrol(office, ledger)
    fill(ledger)
    give(ledger, office)
    page = make_page(ReviewsPage, office)
    page.resize(1080, 700)
    page.show()
    page.open_record(SCHOOL_CODE)
    assert page.units.currentText() == a_school().name
    assert page.list.select(LINE)
    qtbot.waitUntil(page.list.hasFocus)
    qtbot.keyClick(page.list, Qt.Key.Key_2)
    assert page.notice.text() == ""
    (written,) = office.all(ChecklistReview)
    assert (written.unit, written.result) == (SCHOOL_CODE, "unmet")
    assert office.all(Organisation, unit=SCHOOL_CODE)
