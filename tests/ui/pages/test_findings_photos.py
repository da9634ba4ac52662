from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QToolButton

from models.ledger import findings
from models.problems import AppError
from models.records.finding import Photo
from tests.conftest import TODAY, a_finding, a_step
from tests.ui.pages.findings_acts import kept, press, type_in, wait_for_photos
from ui.pages import findings_photos
from ui.pages.new_photos import PHOTOS


@pytest.fixture
def page(make_findings_page):
    return make_findings_page()


def test_photos_are_saved_with_the_finding(page, ledger, jpeg, qtbot):
    page.open_record("")
    type_in(page.form, description="护栏松动", place="看台", category="sport")
    with qtbot.waitSignal(page.form.photos.added):
        page.form.photos.strip.files_dropped.emit([jpeg])
    wait_for_photos(qtbot, page.form.photos, 1)
    page.form.save()
    (photo,) = ledger.all(Photo)
    assert (photo.finding, photo.stage) == (kept(ledger)[0].id, "before")
    assert ledger.photo(photo.sha256)
    wait_for_photos(qtbot, page.detail.strips["before"], 1)


def test_a_photo_that_is_ready_after_saving_still_reaches_its_finding(page, ledger, jpeg, qtbot):
    page.open_record("")
    type_in(page.form, description="护栏松动", place="看台", category="sport")
    with qtbot.waitSignal(page.form.photos.added):
        page.form.photos.take([jpeg])
        page.form.save()
        assert ledger.all(Photo) == []
    assert [photo.finding for photo in ledger.all(Photo)] == [kept(ledger)[0].id]


def test_photos_of_a_draft_come_back(page, make_findings_page, jpeg, qtbot):
    page.open_record("")
    type_in(page.form, description="护栏松动")
    with qtbot.waitSignal(page.form.photos.added):
        page.form.photos.take([jpeg])
    page.form.close_form()
    again = make_findings_page()
    again.open_record("")
    wait_for_photos(qtbot, again.form.photos, 1)
    again.form.photos.removed.emit(0)
    wait_for_photos(qtbot, again.form.photos, 0)


def test_a_picture_pasted_while_typing_is_a_photo(page, qtbot):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    page.open_record("")
    QGuiApplication.clipboard().setImage(image)
    words = page.form.form.entry("description")
    with qtbot.waitSignal(page.form.photos.added):
        qtbot.keyClick(words, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_photos(qtbot, page.form.photos, 1)
    assert words.toPlainText() == ""


def test_words_pasted_while_typing_stay_words(page, qtbot):
    page.open_record("")
    QGuiApplication.clipboard().setText("three doors")
    words = page.form.form.entry("description")
    qtbot.keyClick(words, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert words.toPlainText() == "three doors"


def test_a_file_that_is_no_photo_is_told_by_name(page, tmp_path, jpeg, qtbot):
    bad = tmp_path / "说明.txt"
    bad.write_text("no photo", encoding="utf-8")
    page.open_record("")
    with qtbot.waitSignal(page.form.photos.failed):
        page.form.photos.take([bad, tmp_path / "走了.jpg", jpeg])
    told = page.form.notice.text()
    assert "说明.txt：这个文件不是能识别的照片" in told
    assert "走了.jpg：读不到这个文件" in told
    wait_for_photos(qtbot, page.form.photos, 1)


def test_a_photo_pasted_on_a_finding_in_hand_shows_what_was_done(page, ledger, qtbot):
    finding = findings.register(ledger, a_finding())
    findings.take_step(ledger, finding, a_step("fixed_on_site"))
    page.refresh()
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    page.detail.print_button.setFocus()
    with qtbot.waitSignal(page.detail.strips["after"].added):
        qtbot.keyClick(page.detail.print_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [photo.stage for photo in ledger.all(Photo)] == ["after"]


def test_files_pasted_on_a_strip_go_to_that_strip(page, ledger, jpeg, qtbot):
    finding = findings.register(ledger, a_finding())
    findings.take_step(ledger, finding, a_step("fixed_on_site"))
    page.refresh()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(jpeg))])
    QGuiApplication.clipboard().setMimeData(data)
    tile = page.detail.strips["before"].strip.findChild(QToolButton)
    tile.setFocus()
    with qtbot.waitSignal(page.detail.strips["before"].added):
        qtbot.keyClick(tile, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [photo.stage for photo in ledger.all(Photo)] == ["before"]


def test_a_photo_stays_with_its_finding_when_the_person_goes_on(page, ledger, jpeg, qtbot):
    first, second = (findings.register(ledger, a_finding()) for _ in range(2))
    page.open_record(first.id)
    with qtbot.waitSignal(page.detail.strips["before"].added):
        page.detail.strips["before"].take([jpeg])
        page.open_record(second.id)
    assert [photo.finding for photo in ledger.all(Photo)] == [first.id]


def photo_of(ledger, finding, sha256):
    return ledger.save(Photo(finding=finding.id, stage="before", sha256=sha256, taken_on=TODAY))


def test_a_removed_photo_can_be_taken_back(page, ledger, jpeg, qtbot):
    finding = findings.register(ledger, a_finding())
    photo_of(ledger, finding, ledger.attach(jpeg.read_bytes()))
    page.refresh()
    page.detail.strips["before"].removed.emit(0)
    assert ledger.all(Photo) == []
    wait_for_photos(qtbot, page.detail.strips["before"], 0)
    press(page, "撤销")
    assert len(ledger.all(Photo)) == 1
    assert page.notice.isHidden()


def test_a_photo_that_has_not_arrived_leaves_a_grey_place(page, ledger, qtbot):
    finding = findings.register(ledger, a_finding())
    photo_of(ledger, finding, "0" * 64)
    page.refresh()
    strip = page.detail.strips["before"]
    qtbot.waitUntil(lambda: "0" * 64 in strip._images)
    assert strip._images["0" * 64] is None
    wait_for_photos(qtbot, strip, 1)


def test_photos_are_looked_at_one_after_the_other(page, ledger, jpeg, qtbot):
    finding = findings.register(ledger, a_finding())
    photo_of(ledger, finding, ledger.attach(jpeg.read_bytes()))
    photo_of(ledger, finding, "0" * 64)
    page.refresh()
    page.detail.strips["before"].opened.emit(0)
    assert page.viewer.isVisible()
    qtbot.keyClick(page.viewer.after, Qt.Key.Key_Right)
    assert page.viewer.caption.text() == "第 2 张，共 2 张"
    assert not page.viewer.after.isEnabled()
    page.viewer.closed.emit()
    assert page.detail.isVisible()


@pytest.fixture
def full_disk(monkeypatch):
    """A ledger that takes no photo record any more, once it is called."""

    def refuse(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    def fill(ledger):
        for name in ("save_all", "remove"):
            monkeypatch.setattr(ledger, name, refuse)

    return fill


def test_a_photo_that_cannot_be_saved_is_told(page, ledger, jpeg, qtbot, full_disk):
    findings.register(ledger, a_finding())
    page.refresh()
    full_disk(ledger)
    with qtbot.waitSignal(page.detail.photos_added):
        page.detail.strips["before"].take([jpeg])
    qtbot.waitUntil(lambda: "磁盘已满" in page.notice.text())


def test_a_late_photo_that_cannot_be_saved_is_told(page, ledger, jpeg, qtbot, full_disk):
    page.open_record("")
    type_in(page.form, description="护栏松动", place="看台", category="sport")
    with qtbot.waitSignal(page.form.photos.added):
        page.form.photos.take([jpeg])
        page.form.save()
        full_disk(ledger)
    qtbot.waitUntil(lambda: "磁盘已满" in page.form.notice.text())


def drafted(session, name="finding:new"):
    draft = session.draft(name)
    return draft.get("description", ""), len(list(filter(None, draft.get(PHOTOS, "").split(","))))


def test_a_photo_for_another_draft_brings_no_words_of_this_form(page, session, jpeg, qtbot):
    page.open_record("")
    with qtbot.waitSignal(page.form.photos.added):
        page.form.photos.take([jpeg])  # nothing is typed, so there is no draft yet
        page.form.start(a_finding(description="另一条"), "finding:new:item")
    assert drafted(session) == ("", 1)


def test_a_photo_for_a_draft_left_and_opened_again_stays_in_it(page, session, jpeg, qtbot):
    page.open_record("")
    type_in(page.form, description="护栏松动")
    with qtbot.waitSignal(page.form.photos.added):
        page.form.photos.take([jpeg])
        page.form.close_form()
        page.open_record("")
    type_in(page.form, description="护栏松动了")
    page.form.close_form()
    assert drafted(session) == ("护栏松动了", 1)


def test_a_photo_that_could_not_be_taken_in_is_not_waited_for(page, monkeypatch, qtbot):
    def fail(*_args):
        raise AppError("磁盘已满，照片没有加入。")

    monkeypatch.setattr(findings_photos, "attach_all", fail)
    page.open_record("")
    with qtbot.waitSignal(page.form.photos.failed):
        page.form.photos.take([Path("现场.jpg")])
    assert page.form.photos.heading.text() == "照片"
    assert "磁盘已满" in page.form.notice.text()


def test_a_photo_that_cannot_be_removed_stays_and_is_told(page, ledger, full_disk):
    finding = findings.register(ledger, a_finding())
    photo_of(ledger, finding, "0" * 64)
    page.refresh()
    full_disk(ledger)
    page.detail.strips["before"].removed.emit(0)
    assert len(ledger.all(Photo)) == 1
    assert "磁盘已满" in page.notice.text()
