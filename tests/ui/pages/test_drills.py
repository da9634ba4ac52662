from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from models.ledger.drills import drill_photos, save_drill_photos
from models.problems import AppError
from models.records.drill import Drill, SafetyLesson
from models.records.finding import Photo
from tests.conftest import a_school
from tests.models.ledger.test_schedule import a_drill, a_lesson
from tests.ui.pages.findings_acts import press, type_in, wait_for_photos
from ui.colours import Tone
from ui.pages.drills import DrillsPage


@pytest.fixture
def page(make_page, ledger):
    return make_page(DrillsPage, ledger)


@pytest.fixture
def drill(ledger):
    return ledger.save(a_drill(storeys=4, evacuation_seconds=108, participants=612))


def shown(panel, column=1):
    model = panel.list.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def tallies(page):
    return [label.text() for label in page.tallies.findChildren(QLabel)]


# ---- how often -----------------------------------------------------------------------------------


def test_the_page_says_how_often_is_due_and_how_often_it_was(page, ledger, clock):
    assert tallies(page) == [
        "应急疏散演练　本月 0/1　11月30日前",
        "消防演练　今年 0/2　12月31日前",
    ]
    ledger.save(a_drill(kind="fire", evacuation_seconds=100))
    page.refresh()
    assert tallies(page) == ["应急疏散演练　本月 1/1", "消防演练　今年 1/2　12月31日前"]
    clock.at = datetime(2027, 1, 5, 8, tzinfo=UTC)
    page.refresh()
    assert tallies(page)[0] == "应急疏散演练　本月 0/1　上次未做"


def test_the_source_stands_behind_the_tally(page):
    tips = [label.toolTip() for label in page.tallies.findChildren(QLabel)]
    assert "教基一厅〔2014〕2号" in tips[0]
    page.tabs.setCurrentIndex(1)
    assert tallies(page)[1].startswith("建议：安全课")
    assert "依据" not in page.tallies.findChildren(QLabel)[1].toolTip()


def test_an_office_is_told_of_no_duty(make_page, office):
    page = make_page(DrillsPage, office)
    assert not page.tallies.isVisible()


def test_a_kindergarten_is_asked_by_the_quarter(page, ledger):
    mine = ledger.organisation
    ledger.save(a_school(id=mine.id, unit=mine.unit, grades=frozenset({"k"})), mine)
    page.refresh()
    assert tallies(page)[0].startswith("幼儿园应急疏散演练　本季度 0/1　12月31日前")


# ---- drills --------------------------------------------------------------------------------------


def test_an_empty_page_says_what_it_is_for_and_offers_the_first(page):
    panel = page.drills
    assert panel.left.currentWidget() is panel.nothing
    panel.nothing.button.click()
    assert panel.panel.form.entry("topic").hasFocus()
    assert panel.panel.form.entry("held").raw() == "2026-11-23 "
    assert panel.strip.isVisible()
    assert not panel.print_button.isVisible()


def test_a_drill_is_typed_saved_and_stays_in_hand(page, ledger, qtbot):
    page.open_record("new:drill:evacuation")
    panel = page.drills
    type_in(panel.panel, topic="秋季疏散", held="2026-11-23 10:00", place="教学楼", storeys="4")
    type_in(panel.panel, evacuation_seconds="108")
    assert panel.judgement.text().startswith("疏散用时1分48秒，符合")
    topic = panel.panel.form.entry("topic")
    qtbot.keyClick(topic, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (drill,) = ledger.all(Drill)
    assert (drill.kind, drill.evacuation_seconds) == ("evacuation", 108)
    assert panel.list.current() == drill.id
    assert panel.print_button.isVisible()
    assert panel.notice.text() == "已保存：秋季疏散。"


def test_the_next_drill_begins_as_the_last_one_was(page, drill):
    page.open_record("")
    form = page.drills.panel.form
    given = {n: form.entry(n).raw() for n in ("place", "participants", "storeys", "topic")}
    assert given == {"place": "教学楼", "participants": "612", "storeys": "4", "topic": ""}


def test_too_slow_is_told_in_red_and_in_words(page, ledger):
    ledger.save(a_drill(storeys=4, evacuation_seconds=150))
    page.refresh()
    assert shown(page.drills, 4) == ["2分30秒（超时）"]
    colour = page.drills.list.model().index(0, 4).data(Qt.ItemDataRole.ForegroundRole)
    assert colour == QColor(Tone.RED.ink)
    page.drills.list.selectRow(0)
    assert page.drills.judgement.property("role") == "problem"


def test_unknown_storeys_are_asked_for_and_nonsense_is_not_judged(page, drill):
    page.open_record(drill.id)
    type_in(page.drills.panel, storeys="")
    assert "还缺教学楼层数" in page.drills.judgement.text()
    type_in(page.drills.panel, evacuation_seconds="两分钟")
    assert "填写疏散用时" in page.drills.judgement.text()


def test_what_is_missing_is_said_beside_its_field(page, ledger):
    page.open_record("new:drill")
    page.drills.panel.save_button.click()
    complaint = page.drills.panel.form.rows["topic"].complaint
    assert complaint.text() == "请填写“主题”。"
    assert ledger.all(Drill) == []


def test_a_draft_survives_and_is_there_again(page, make_page, ledger):
    page.open_record("new:drill:fire")
    type_in(page.drills.panel, topic="冬季消防")
    page.drills.panel.close_form()
    again = make_page(DrillsPage, ledger)
    again.open_record("new:drill:fire")
    assert again.drills.panel.form.entry("topic").raw() == "冬季消防"


def test_the_newest_stands_first_and_is_found_by_words_and_initials(page, ledger, qtbot):
    ledger.save(a_drill(topic="春季地震", kind="earthquake", held=datetime(2026, 3, 2, 9)))
    ledger.save(a_drill())
    page.refresh()
    assert shown(page.drills, 0) == ["2026-11-23", "2026-03-02"]
    page.drills.search.setText("cjdz")
    qtbot.keyClick(page.drills.search, Qt.Key.Key_Return)
    assert shown(page.drills) == ["春季地震"]


def test_a_deleted_one_can_be_taken_back_with_its_history(page, ledger, drill):
    page.open_record(drill.id)
    page.drills.remove_button.click()
    assert ledger.all(Drill) == []
    page.refresh()
    assert tallies(page)[0].startswith("应急疏散演练　本月 0/1")
    press(page, "撤销")
    assert ledger.all(Drill) == [drill]
    page.drills.history.button.click()
    assert page.drills.history.changes.rowCount() > 0


# ---- photos --------------------------------------------------------------------------------------


def test_photos_are_added_looked_at_taken_away_and_put_back(page, ledger, drill, jpeg, qtbot):
    page.open_record(drill.id)
    panel = page.drills
    panel.strip.take([jpeg])
    wait_for_photos(qtbot, panel.strip, 1)
    (photo,) = drill_photos(ledger, drill)
    assert photo.stage == "drill"
    panel.strip.opened.emit(0)
    assert panel.right.currentWidget() is panel.viewer
    qtbot.keyClick(panel.viewer, Qt.Key.Key_Escape)
    assert panel.right.currentWidget() is panel.panel
    panel.strip.removed.emit(0)
    assert ledger.all(Photo) == []
    press(page, "撤销")
    assert drill_photos(ledger, drill) == [photo]
    wait_for_photos(qtbot, panel.strip, 1)


def test_photos_of_a_new_drill_wait_in_its_draft_and_are_saved_with_it(page, ledger, jpeg, qtbot):
    page.open_record("new:drill:evacuation")
    panel = page.drills
    type_in(panel.panel, topic="秋季疏散")
    panel.strip.take([jpeg])
    wait_for_photos(qtbot, panel.strip, 1)
    panel.panel.close_form()
    assert ledger.all(Photo) == []
    page.open_record("new:drill:evacuation")
    wait_for_photos(qtbot, panel.strip, 1)
    type_in(panel.panel, held="2026-11-23 10:00", place="教学楼")
    panel.panel.save()
    (drill,) = ledger.all(Drill)
    (photo,) = drill_photos(ledger, drill)
    assert (photo.stage, photo.taken_on) == ("drill", drill.held.date())
    page.open_record("new:drill:evacuation")
    assert panel.strip.heading.text() == "演练照片"


def test_a_photo_of_a_new_drill_can_be_looked_at_and_taken_away(page, ledger, jpeg, qtbot):
    page.open_record("new:drill:evacuation")
    panel = page.drills
    panel.strip.take([jpeg])
    wait_for_photos(qtbot, panel.strip, 1)
    panel.strip.opened.emit(0)
    assert panel.right.currentWidget() is panel.viewer
    qtbot.keyClick(panel.viewer, Qt.Key.Key_Escape)
    panel.strip.removed.emit(0)
    assert panel.strip.heading.text() == "演练照片"
    page.open_record("new:drill:evacuation")
    assert panel.strip.heading.text() == "演练照片"


def test_a_draft_that_is_given_up_gives_up_its_photos(page, ledger, jpeg, qtbot):
    page.open_record("new:drill:evacuation")
    panel = page.drills
    panel.strip.take([jpeg])
    wait_for_photos(qtbot, panel.strip, 1)
    page.open_record("new:drill:evacuation")
    press(panel.panel, "不要了")
    assert panel.strip.heading.text() == "演练照片"


@pytest.mark.parametrize("saved", [True, False])
def test_a_photo_that_arrives_late_goes_to_the_drill_it_was_given_to(page, ledger, drill, saved):
    page.open_record("new:drill:evacuation")
    panel = page.drills
    owner = panel.strip.owner
    type_in(panel.panel, topic="秋季疏散", held="2026-11-24 10:00", place="教学楼")
    if saved:
        panel.panel.save()
    page.open_record(drill.id)
    panel.strip.added.emit(owner, ["c" * 64])
    assert drill_photos(ledger, drill) == []
    if not saved:
        page.open_record("new:drill:evacuation")
        assert panel.panel.new.hashes == ["c" * 64]
        panel.panel.save()
    newest = next(one for one in ledger.all(Drill) if one.topic == "秋季疏散")
    assert [photo.sha256 for photo in drill_photos(ledger, newest)] == ["c" * 64]


def test_photos_of_another_drill_are_not_shown(page, ledger, drill):
    other = ledger.save(a_drill(topic="另一次"))
    save_drill_photos(ledger, other, ["c" * 64])
    page.open_record(drill.id)
    assert page.drills.strip.heading.text() == "演练照片"


def test_what_is_no_picture_is_told_and_nothing_is_lost(page, ledger, drill, tmp_path, qtbot):
    file = tmp_path / "通知.jpg"
    file.write_text("不是照片", encoding="utf-8")
    page.open_record(drill.id)
    type_in(page.drills.panel, problems="集合慢")
    page.drills.strip.take([file])
    qtbot.waitUntil(lambda: "通知.jpg" in page.drills.notice.text())
    assert page.drills.panel.form.entry("problems").toPlainText() == "集合慢"
    assert ledger.all(Photo) == []


def test_a_photo_that_cannot_be_removed_stays(page, ledger, drill, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    save_drill_photos(ledger, drill, ["c" * 64])
    page.open_record(drill.id)
    monkeypatch.setattr(ledger, "remove", full)
    page.drills.strip.removed.emit(0)
    assert "磁盘已满" in page.drills.notice.text()
    assert len(drill_photos(ledger, drill)) == 1


# ---- lessons -------------------------------------------------------------------------------------


def test_a_lesson_that_is_due_is_saved_with_two_answers(page, ledger):
    page.open_record("new:safety_lesson:bully")
    assert page.tabs.currentIndex() == 1
    type_in(page.lessons.panel, topic="反欺凌主题班会")
    page.lessons.panel.save()
    (lesson,) = ledger.all(SafetyLesson)
    assert (lesson.category, lesson.teacher) == ("bully", "李安全")
    page.refresh()
    assert tallies(page)[0] == "防治欺凌专题教育　本学期 1/1"
    assert shown(page.lessons, 3) == ["欺凌与学生保护"]


def test_a_record_is_opened_in_its_tab_and_one_that_is_gone_is_told(page, ledger, drill):
    lesson = ledger.save(a_lesson())
    page.open_record(lesson.id)
    assert page.lessons.panel.title.text() == "防欺凌"
    page.open_record(drill.id)
    assert page.drills.panel.title.text() == "秋季消防疏散"
    page.open_record("no such")
    assert "可能已经删除" in page.drills.notice.text()


def test_the_page_follows_the_ledger(page, qtbot):
    page.session.write(lambda ledger: ledger.save(a_drill()), "drill")
    qtbot.waitUntil(lambda: shown(page.drills) == ["秋季消防疏散"])
    assert tallies(page)[0] == "应急疏散演练　本月 1/1"


def test_print_asks_for_the_record_of_the_drill(page, drill, qtbot):
    page.open_record(drill.id)
    with qtbot.waitSignal(page.open_asked) as asked:
        page.drills.print_button.click()
    assert asked.args == ["reports", f"drill_record:{drill.id}"]
