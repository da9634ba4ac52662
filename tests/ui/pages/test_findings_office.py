"""An office sees what the schools have found, and leaves it as it is."""

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton, QToolButton

from models.ledger import findings
from models.records.finding import Finding, Photo
from tests.conftest import OFFICE_CODE, RESOURCES, SCHOOL_CODE, TODAY, a_finding
from tests.models.ledger.conftest import give
from tests.ui.pages.findings_acts import press, texts, type_in, wait_for_photos
from ui.icons import Icons
from ui.pages.findings import FindingsPage
from ui.pages.today import TodayPage
from ui.session import Session
from ui.table.finding_words import unit_names
from ui.tasks import Tasks

LOOK_ONLY = "这是示例县实验小学的隐患，只能查看。"


@pytest.fixture
def session(office):
    return Session(office, RESOURCES)


@pytest.fixture
def open_page(session, qapp):
    """A page of the office on screen."""
    made = []

    def do(kind):
        tasks = Tasks()
        page = kind(session, Icons(RESOURCES / "icons"), tasks)
        page.resize(1080, 760)
        page.show()
        page.refresh()
        made.append((page, tasks))
        return page

    yield do
    for page, tasks in made:
        tasks.close()
        shiboken6.delete(tasks)
        shiboken6.delete(page)


def texts_of_chips(page):
    return [chip.text() for chip in page.list.chips.findChildren(QPushButton)]


@pytest.fixture
def theirs(office, ledger):
    """A major finding of the school, as the office got it."""
    finding = findings.register(ledger, a_finding(level="major", deadline=TODAY))
    give(ledger, office)
    return finding


def test_a_finding_of_a_school_can_only_be_looked_at(open_page, theirs):
    page = open_page(FindingsPage)
    page.open_record(theirs.id)
    detail = page.detail
    assert detail.only_seen.isVisible()
    assert detail.only_seen.text() == LOOK_ONLY
    asked = (detail.edit_button, detail.print_button, detail.next_steps, detail.commitments.fill)
    assert not any(part.isVisible() for part in asked)
    assert detail.papers_button.isVisible()  # what is printed changes nothing
    assert not any(strip.isVisible() for strip in detail.strips.values())
    assert LOOK_ONLY in texts(detail)


def test_its_own_findings_stay_its_own(open_page, office, theirs):
    mine = findings.register(office, a_finding(level="major"))
    page = open_page(FindingsPage)
    page.open_record(theirs.id)
    page.open_record(mine.id)
    detail = page.detail
    asked = (detail.edit_button, detail.print_button, detail.next_steps, detail.commitments.fill)
    assert all(part.isVisible() for part in asked)
    assert detail.strips["before"].isVisible()
    assert not detail.only_seen.isVisible()


def test_a_school_whose_name_has_not_come_yet_is_called_by_its_code(open_page, office):
    finding = findings.register(office, a_finding(unit=SCHOOL_CODE))
    page = open_page(FindingsPage)
    page.open_record(finding.id)
    assert page.detail.only_seen.text().startswith(f"这是{SCHOOL_CODE}的隐患，")


def test_its_photos_stay_as_they_are(open_page, office, theirs, tmp_path, qtbot):
    picture = tmp_path / "现场.jpg"
    Image.new("RGB", (40, 30), "green").save(picture)
    sha256 = office.attach(picture.read_bytes())
    office.save(Photo(unit=SCHOOL_CODE, finding=theirs.id, stage="before", sha256=sha256))
    page = open_page(FindingsPage)
    page.open_record(theirs.id)
    strip = page.detail.strips["before"].strip
    assert page.detail.strips["before"].isVisible()
    assert not page.detail.strips["after"].isVisible()
    wait_for_photos(qtbot, page.detail.strips["before"], 1)
    shown = [tile for tile in strip.findChildren(QToolButton) if not tile.isHidden()]
    assert len(shown) == 1  # none to add, none to remove
    assert not strip.acceptDrops()
    taken = []
    strip.image_pasted.connect(taken.append)
    QGuiApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    page.detail.paste()
    assert taken == []


def test_the_list_says_whose_finding_it_is(open_page, office, theirs):
    findings.register(office, a_finding())
    page = open_page(FindingsPage)
    model = page.list.model
    titles = [
        model.headerData(at, page.list.table.horizontalHeader().orientation())
        for at in range(model.columnCount())
    ]
    assert titles[:2] == ["编号", "学校"]
    assert not page.list.table.isColumnHidden(1)
    assert [model.index(row, 1).data() for row in (0, 1)] == ["示例县教育局", "示例县实验小学"]


def test_the_findings_of_one_school_are_shown_until_all_are_asked_for(
    open_page, office, theirs, qtbot
):
    mine = findings.register(office, a_finding())
    page = open_page(FindingsPage)
    assert not page.list.tags.isVisible()
    page.open_record(f"unit:{SCHOOL_CODE}")
    assert page.list.tags.isVisible()
    assert "单位：示例县实验小学" in page.list.tags.tags["unit"].text()
    assert (page.list.model.rowCount(), page.list.current_id) == (1, theirs.id)
    assert page.detail.only_seen.isVisible()
    qtbot.waitUntil(lambda: "全部 1" in texts_of_chips(page))
    page.refresh()
    assert page.list.model.rowCount() == 1
    page.list.tags.removed.emit("unit")
    assert (page.list.model.rowCount(), page.list.tags.isVisible()) == (2, False)
    qtbot.waitUntil(lambda: "全部 2" in texts_of_chips(page))
    page.open_record(f"unit:{SCHOOL_CODE}")
    page.open_record(mine.id)  # of another unit: it is shown all the same
    assert (page.list.current_id, page.list.tags.isVisible()) == (mine.id, False)


def test_filter_and_search_stay_within_the_school(open_page, office, theirs):
    findings.register(office, a_finding(description="灭火器丢失", level="major"))
    page = open_page(FindingsPage)
    page.open_record(f"unit:{SCHOOL_CODE}")
    page.list.search.searched.emit("灭火器")
    assert (page.list.model.rowCount(), page.list.current_id) == (1, theirs.id)
    page.list.chips.changed.emit(["major"])
    assert (page.list.model.rowCount(), page.list.current_id) == (1, theirs.id)
    assert page.list.tags.isVisible()
    assert not page.list.limit.isVisible()


def test_a_school_without_findings_is_told_apart_from_an_empty_ledger(open_page, office):
    findings.register(office, a_finding())
    page = open_page(FindingsPage)
    page.open_record(f"unit:{SCHOOL_CODE}")
    assert "这个单位还没有隐患" in texts(page.list.nothing)
    assert page.list.tags.isVisible()


def test_names_are_read_once_for_all_rows(open_page, office, theirs, monkeypatch):
    page = open_page(FindingsPage)
    for _ in range(3):
        findings.register(office, a_finding(unit=SCHOOL_CODE))
    asked = []
    everything = office.all
    monkeypatch.setattr(
        office, "all", lambda kind, **equal: asked.append(kind) or everything(kind, **equal)
    )
    page.list.refresh()
    model = page.list.model
    assert {model.index(row, 1).data() for row in range(4)} == {"示例县实验小学"}
    assert len(asked) == 1


def test_the_day_page_says_whose_finding_is_due(open_page, theirs):
    page = open_page(TodayPage)
    assert (
        page.due.list.model().index(1, 2).data().startswith("示例县实验小学　教学楼三楼　三楼东侧")
    )


def test_names_of_units_are_for_an_office_only(office, ledger, theirs):
    assert unit_names(office) == {OFFICE_CODE: "示例县教育局", SCHOOL_CODE: "示例县实验小学"}
    assert unit_names(ledger) == {}


@pytest.fixture
def asked(office, ledger, jpeg):
    """A finding with a photo that the office wrote about the school, as the school got it."""
    give(ledger, office)
    finding = findings.register(office, a_finding(unit=SCHOOL_CODE))
    sha256 = office.attach(jpeg.read_bytes())
    office.save(Photo(unit=SCHOOL_CODE, finding=finding.id, stage="before", sha256=sha256))
    give(office, ledger)
    return finding


def crosses(strip):
    return [b for b in strip.findChildren(QToolButton) if b.property("role") == "remove"]


def test_a_school_is_not_offered_to_remove_a_photo_of_the_office(
    make_page, ledger, asked, jpeg, qtbot
):
    sha256 = ledger.attach(jpeg.read_bytes())
    ledger.save(Photo(finding=asked.id, stage="before", sha256=sha256))
    page = make_page(FindingsPage, ledger)
    page.open_record(asked.id)
    strip = page.detail.strips["before"].strip
    theirs, ours = strip._photos
    assert (crosses(theirs), len(crosses(ours))) == ([], 1)
    with qtbot.assertNotEmitted(strip.removed):
        qtbot.keyClick(theirs, Qt.Key.Key_Delete)
    with qtbot.waitSignal(strip.removed):
        qtbot.keyClick(ours, Qt.Key.Key_Delete)
    strip.removed.emit(0)  # should it be asked all the same
    assert page.notice.text().startswith("这条照片记录是对方单位（学校或主管部门）写的")
    assert len(findings.photos(ledger, asked)) == 1


def test_a_photo_of_the_office_stays_in_the_form_of_a_step(make_page, ledger, office, asked, jpeg):
    sha256 = office.attach(jpeg.read_bytes())
    office.save(Photo(unit=SCHOOL_CODE, finding=asked.id, stage="after", sha256=sha256))
    give(office, ledger)
    page = make_page(FindingsPage, ledger)
    page.open_record(asked.id)
    press(page, "step_fixed_on_site")
    assert len(page.after_photos.strip._photos) == 1
    assert crosses(page.after_photos.strip) == []


def test_a_school_that_changes_what_the_office_asks_is_told_and_loses_no_word(
    make_page, ledger, asked
):
    page = make_page(FindingsPage, ledger)
    page.open_record(asked.id)
    page.detail.edit_asked.emit()
    type_in(page.form, description="灭火器已更换", note="已拍照")
    page.form.save()
    assert "隐患的“隐患描述”是对方单位" in page.form.notice.text()
    assert page.form.form.entry("description").raw() == "灭火器已更换"
    assert ledger.get(Finding, asked.id) == asked
