import io
from datetime import date, timedelta

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from models.ledger import findings
from models.problems import AppError
from models.records.finding import Finding, Photo
from tests.conftest import RESOURCES, TODAY, a_finding, a_step
from ui.colours import Tone
from ui.icons import Icons
from ui.pages import findings_list
from ui.pages.findings import FindingsPage
from ui.pages.findings_facts import timeline_of
from ui.pages.findings_guess import CategoryGuess
from ui.session import Session
from ui.tasks import Tasks

AWKWARD = "<b>三楼</b> & 🔥 灭火器"


@pytest.fixture
def session(ledger):
    return Session(ledger, RESOURCES)


@pytest.fixture
def make_page(session, qapp):
    """A page on screen; each is closed with its worker."""
    workers, pages = [], []

    def make():
        tasks = Tasks()
        workers.append(tasks)
        page = FindingsPage(session, Icons(RESOURCES / "icons"), tasks)
        page.resize(1080, 760)
        page.show()
        page.refresh()
        pages.append(page)
        return page

    yield make
    for page in pages:  # before the ledger closes: its timers read and write there
        shiboken6.delete(page)
    for tasks in workers:
        tasks.close()


@pytest.fixture
def page(make_page):
    return make_page()


@pytest.fixture
def jpeg(tmp_path):
    """A photo from a camera."""
    data = io.BytesIO()
    Image.new("RGB", (1200, 900), "green").save(data, "JPEG")
    file = tmp_path / "现场.jpg"
    file.write_bytes(data.getvalue())
    return file


def type_in(form, **answers):
    """Type as a person would: the text, and the signal that it was edited."""
    for name, text in answers.items():
        entry = form.form.entry(name)
        entry.set_raw(text)
        entry.changed.emit()


def press(page, name):
    """Press a button by its object name or its words."""
    buttons = page.findChildren(QPushButton)
    next(b for b in buttons if name in (b.objectName(), b.text()) and b.isVisible()).click()


def kept(ledger):
    return ledger.all(Finding)


def take(page, kind, **answers):
    """Take one step through its form."""
    press(page, f"step_{kind}")
    type_in(page.step_form, **answers)
    page.step_form.save()


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


# ---- registering -----------------------------------------------------------------------------


def test_an_empty_ledger_says_what_to_do_first(page, qtbot):
    assert "还没有登记隐患" in texts(page.nothing)
    assert page.nothing.isVisible()
    qtbot.keyClick(page.nothing.button, Qt.Key.Key_Return)
    assert page.form.isVisible()
    assert not page.nothing.isVisible()


def test_a_sentence_and_a_place_are_enough(page, ledger, qtbot):
    page.open_record("")
    words = page.form.form.entry("description")
    assert words.hasFocus()
    type_in(page.form, description="楼梯间灭火器压力不足")
    qtbot.keyClick(words, Qt.Key.Key_Tab)
    place = page.form.form.entry("place")
    assert place.hasFocus()
    type_in(page.form, place="教学楼三楼")
    qtbot.keyClick(place, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (finding,) = kept(ledger)
    assert (finding.number, finding.place, finding.category) == ("2026-0001", "教学楼三楼", "fire")
    assert (finding.found_on, finding.finder) == (TODAY, "李安全")
    assert page.detail.isVisible()
    assert page.detail.finding == finding
    assert page.list.current_id == finding.id
    assert "2026-0001" in page.notice.text()


def test_at_most_five_answers_are_required(page):
    page.open_record("")
    rows = page.form.form.rows
    assert [name for name, row in rows.items() if not row.isHidden()] == [
        "description",
        "place",
        "category",
        "found_on",
        "finder",
    ]
    assert all(row.isHidden() for row in rows.values() if not row.kind.required)


def test_details_are_filled_in_where_wanted(page, ledger):
    page.open_record("")
    page.form.more.click()
    type_in(page.form, description="护栏松动", place="看台", category="sport", responsible="赵𬱖")
    type_in(page.form, deadline="2026-12-1", funding="1200")
    page.form.save()
    (finding,) = kept(ledger)
    assert finding.deadline == date(2026, 12, 1)
    assert (finding.responsible, finding.funding) == ("赵𬱖", 1200)


def test_a_complaint_about_a_folded_field_unfolds_it(page, ledger):
    page.open_record("")
    type_in(page.form, description="护栏松动", place="看台", category="sport", deadline="2026-11-1")
    page.form.save()
    assert kept(ledger) == []
    assert page.form.form.rows["deadline"].complaint.isVisible()


def test_too_long_a_text_is_told_beside_its_field(page, ledger):
    page.open_record("")
    type_in(page.form, description="长" * 10_000, place="看台", category="sport")
    page.form.save()
    assert "10000" in page.form.form.rows["description"].complaint.text()
    assert page.form.form.entry("description").toPlainText() == "长" * 10_000
    assert kept(ledger) == []


def test_control_characters_are_left_out(page, ledger):
    page.open_record("")
    type_in(page.form, description="护\x00栏\x07松动", place="看\x1b台", category="sport")
    page.form.save()
    assert (kept(ledger)[0].description, kept(ledger)[0].place) == ("护栏松动", "看台")


def test_typed_signs_are_shown_as_they_are(page, ledger):
    findings.register(ledger, a_finding(description=AWKWARD, place=AWKWARD, note=AWKWARD))
    page.refresh()
    shown = [label for label in page.detail.findChildren(QLabel) if label.text() == AWKWARD]
    assert len(shown) == 3
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in shown)


def test_the_category_is_guessed_until_it_is_chosen(page):
    page.open_record("")
    category = page.form.form.entry("category")
    type_in(page.form, description="配电箱门敞开")
    assert category.value() == "elec"
    type_in(page.form, category="site")
    type_in(page.form, description="灭火器压力不足")
    assert category.value() == "site"


def test_words_that_tell_nothing_leave_the_category_of_last_time(page):
    page.open_record("")
    type_in(page.form, description="配电箱门敞开", place="一楼")
    page.form.save()
    page.open_record("")
    type_in(page.form, description="这里要看一下")
    assert page.form.form.entry("category").value() == "elec"


def test_the_guess_knows_everyday_words(session):
    guess = CategoryGuess(session.safety.items)
    assert guess.category_of("灭火器压力不足，指针在红区") == "fire"
    assert guess.category_of("食堂留样不足 48 小时") == "food"
    assert guess.category_of("") is None
    assert guess.category_of("the door") is None


def test_earlier_places_are_offered(page, ledger):
    findings.register(ledger, a_finding(place="实验楼 203"))
    page.open_record("")
    model = page.form.form.entry("place").completer().model()
    assert model.index(0, 0).data() == "实验楼 203"


def test_a_draft_comes_back_in_a_new_panel(page, make_page):
    page.open_record("")
    type_in(page.form, description="写到一半")
    page.form.close_form()
    again = make_page()
    again.open_record("")
    assert again.form.form.entry("description").toPlainText() == "写到一半"
    assert "已恢复" in again.form.notice.text()


def test_going_to_another_finding_keeps_what_was_typed(page, ledger, qtbot):
    for _ in range(2):
        findings.register(ledger, a_finding())
    page.refresh()
    page.open_record("")
    type_in(page.form, description="写到一半")
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    assert page.detail.isVisible()
    page.open_record("")
    assert page.form.form.entry("description").toPlainText() == "写到一半"


def test_asking_for_a_new_finding_twice_goes_on_with_the_first(page):
    page.open_record("")
    type_in(page.form, description="写到一半")
    page.open_record("")
    assert page.form.form.entry("description").toPlainText() == "写到一半"


def test_a_change_writes_only_what_was_changed(page, ledger):
    finding = findings.register(ledger, a_finding())
    page.refresh()
    press(page, "修改")
    assert not page.form.form.rows["note"].isHidden()
    ledger.save(a_finding(id=finding.id, place="别的 PC 写的"), finding)  # meanwhile
    type_in(page.form, note="门锁着")
    page.form.save()
    (now,) = kept(ledger)
    assert (now.note, now.place) == ("门锁着", "别的 PC 写的")
    assert page.detail.isVisible()


def test_a_full_disk_keeps_the_form_and_says_so(page, ledger, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    page.open_record("")
    type_in(page.form, description="护栏松动", place="看台", category="sport")
    monkeypatch.setattr(ledger, "save", full)
    page.form.save()
    assert page.form.isVisible()
    assert "磁盘已满" in page.form.notice.text()
    assert page.form.form.entry("place").raw() == "看台"


# ---- check items -----------------------------------------------------------------------------


def test_a_check_item_fills_in_the_form(page, ledger, qtbot):
    page.pick_item()
    page.items.search.setText("灭火器配置")
    qtbot.keyClick(page.items.search, Qt.Key.Key_Return)
    assert "灭火器配置到位" in page.form.form.entry("description").toPlainText()
    type_in(page.form, place="一楼")
    page.form.save()
    (finding,) = kept(ledger)
    assert finding.item == "sf.fire.05"
    assert (finding.category, finding.finder) == ("fire", "李安全")
    assert finding.basis.startswith("建议")


def test_only_items_of_the_school_are_listed_and_advice_is_marked(page):
    page.pick_item()
    tree = page.items.tree
    groups = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    lines = [group.child(at) for group in groups for at in range(group.childCount())]
    items = [line.data(0, int(Qt.ItemDataRole.UserRole)) for line in lines]
    assert "gas" not in {scope for item in items for scope in item.scope if len(item.scope) == 1}
    assert {
        line.text(1) for line, i in zip(lines, items, strict=True) if i.confidence != "confirmed"
    } == {"建议"}
    assert {
        line.text(1) for line, i in zip(lines, items, strict=True) if i.confidence == "confirmed"
    } == {""}


def test_items_are_found_by_initials_and_nothing_found_is_told(page, qtbot):
    page.pick_item()
    page.items.search.setText("mhq")
    qtbot.keyClick(page.items.search, Qt.Key.Key_Down)
    page.items.search.searched.emit("mhq")
    assert "灭火器" in page.items.basis.text()
    assert page.items.tree.hasFocus()
    page.items.search.searched.emit("没有这种东西")
    assert "没有符合" in page.items.basis.text()
    assert not page.items.choose.isEnabled()


# ---- the life of a finding -------------------------------------------------------------------


def test_a_finding_goes_from_registered_to_closed(page, ledger):
    findings.register(ledger, a_finding())
    page.refresh()
    take(page, "graded", level="general")
    press(page, "step_notice_issued")
    assert page.step_form.form.entry("document").raw() == "〔2026〕1号"
    type_in(page.step_form, deadline="2026-12-1")
    page.step_form.save()
    take(page, "rectifying")
    take(page, "submitted", opinion="已更换", cost="860", person="赵𬱖")
    take(page, "recheck_passed", person="李安全")
    take(page, "closed", approver="张㛃")
    (finding,) = kept(ledger)
    assert findings.standing(ledger, finding).state == "closed"
    assert page.detail.state.text() == "已销号"
    assert [step.kind for step in findings.steps(ledger, finding)] == [
        "graded",
        "notice_issued",
        "rectifying",
        "submitted",
        "recheck_passed",
        "closed",
    ]
    assert "实际花费：860 元" in "\n".join(texts(page.detail.timeline))


def test_only_the_legal_next_steps_are_offered(page, ledger):
    findings.register(ledger, a_finding())
    page.refresh()
    names = {b.objectName() for b in page.detail.next_steps.findChildren(QPushButton)}
    assert names == {"step_graded", "step_fixed_on_site"}


def test_who_rectified_may_not_recheck(page, ledger):
    finding = findings.register(ledger, a_finding())
    findings.take_step(ledger, finding, a_step("fixed_on_site", person="李安全"))
    page.refresh()
    press(page, "step_recheck_passed")
    assert page.step_form.form.entry("person").raw() == ""  # the user rectified it
    type_in(page.step_form, person="李安全")
    page.step_form.save()
    assert "另一个人" in page.step_form.form.rows["person"].complaint.text()
    assert findings.standing(ledger, finding).state == "fixed_on_site"
    type_in(page.step_form, person="张㛃")
    page.step_form.save()
    assert findings.standing(ledger, finding).state == "recheck_passed"


def test_a_step_asks_for_what_it_needs(page, ledger):
    findings.register(ledger, a_finding())
    page.refresh()
    take(page, "graded")
    assert page.step_form.form.rows["level"].complaint.isVisible()


def test_a_major_finding_is_not_rectified_before_the_five_stand(page, ledger):
    finding = findings.register(ledger, a_finding(level="major", responsible="赵𬱖"))
    findings.take_step(ledger, finding, a_step("graded", level="major"))
    page.refresh()
    badges = page.detail.commitments.badges
    assert badges["responsible"].text() == "✓ 责任人"
    assert badges["funding"].text() == "缺 整改资金"
    take(page, "rectifying")
    assert "五落实" in page.step_form.notice.text()
    page.step_form.close_form()
    press(page, "补填")
    assert page.form.isVisible()


def test_the_five_are_not_asked_of_a_common_finding(page, ledger):
    findings.register(ledger, a_finding(level="general"))
    page.refresh()
    assert page.detail.commitments.isHidden()


def test_a_step_half_filled_in_comes_back(page, ledger, make_page):
    findings.register(ledger, a_finding())
    page.refresh()
    press(page, "step_fixed_on_site")
    type_in(page.step_form, opinion="当场搬走了")
    page.step_form.close_form()
    again = make_page()
    press(again, "step_fixed_on_site")
    assert again.step_form.form.entry("opinion").raw() == "当场搬走了"


def test_a_step_out_of_turn_is_shown_in_grey_with_a_word():
    steps = [a_step("graded", id="1"), a_step("closed", id="2"), a_step("extended", id="3")]
    shown = timeline_of(a_finding(), steps)
    assert [step.title for step in shown[:2]] == ["登记", "定级"]
    assert "次序不符" in shown[2].title
    assert (shown[2].tone, shown[2].open) == (Tone.GREY, True)
    assert "赵𬱖" in shown[2].by


def test_an_extension_stands_out():
    steps = [a_step("graded"), a_step("rectifying"), a_step("extended")]
    assert timeline_of(a_finding(), steps)[-1].tone == Tone.ORANGE


def test_the_history_is_read_when_it_is_unfolded(page, ledger):
    finding = findings.register(ledger, a_finding())
    ledger.save(a_finding(id=finding.id, number=finding.number, place="一楼"), finding)
    page.refresh()
    changes = page.detail.history.changes
    assert changes.rowCount() == 0
    page.detail.history.button.click()
    assert changes.item(0, 3).text() == "教学楼三楼 → 一楼"
    page.detail.history.button.click()
    assert changes.isHidden()


def test_the_notice_is_printed_by_whoever_listens(page, ledger, qtbot):
    finding = findings.register(ledger, a_finding())
    page.refresh()
    with qtbot.waitSignal(page.print_asked) as asked:
        press(page, "打印整改通知书")
    assert asked.args == ["rectification_notice", finding.id]


# ---- the list --------------------------------------------------------------------------------


@pytest.fixture
def three(ledger):
    """One late, one closed on the spot, one major and due."""
    day = TODAY - timedelta(20)
    late = findings.register(ledger, a_finding(found_on=day, deadline=TODAY - timedelta(3)))
    done = findings.register(ledger, a_finding(found_on=day, description="楼道堆放课桌"))
    for step in (
        a_step("fixed_on_site"),
        a_step("recheck_passed", person="张㛃"),
        a_step("closed", person="张㛃"),
    ):
        findings.take_step(ledger, done, step)
    major = findings.register(
        ledger, a_finding(level="major", deadline=TODAY + timedelta(2), place="食堂后厨")
    )
    return {"late": late.id, "closed": done.id, "major": major.id}


def listed(page):
    model = page.list.model
    return {model.finding_at(row).id for row in range(model.rowCount())}


def test_chips_narrow_the_list_and_count(page, three, qtbot):
    page.refresh()
    chips = page.list.chips
    qtbot.waitUntil(lambda: chips.chip("all").text() == "全部 3")
    assert chips.chip("late").text() == "逾期 1"
    assert chips.chip("recheck").text() == "待复查"
    for view, key in (("late", "late"), ("closed", "closed"), ("due", "major"), ("major", "major")):
        chips.chip(view).click()
        assert listed(page) == {three[key]}
        assert page.detail.finding.id == three[key]
    chips.chip("major").click()  # off again
    assert page.list.view == "all"
    assert listed(page) == set(three.values())


def test_the_filter_is_remembered(page, three, make_page):
    page.show_view("late")
    again = make_page()
    assert again.list.view == "late"
    assert again.list.chips.chosen() == ["late"]
    assert listed(again) == {three["late"]}


def test_the_day_page_opens_a_filter_or_a_finding(page, three):
    page.open_record("view:late")
    assert listed(page) == {three["late"]}
    page.open_record(three["closed"])
    assert page.detail.finding.id == three["closed"]
    assert page.list.current_id == three["closed"]
    page.open_record("view:nonsense")
    assert page.list.view == "all"


def test_a_finding_that_is_gone_is_told(page, three):
    page.open_record("no such")
    assert "已删除" in page.notice.text()


@pytest.mark.parametrize("words", ["课桌", "lddf", "2026-0002"])
def test_findings_are_found_by_words_initials_or_number(page, three, words, qtbot):
    page.list.search.setText(words)
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert listed(page) == {three["closed"]}
    assert page.list.limit.isHidden()


def test_nothing_found_says_what_to_do(page, three, qtbot):
    page.list.search.setText("没有这种东西")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert page.list.nothing.isVisible()
    assert not page.detail.isVisible()
    page.show_view("all")
    assert page.list.search.text() == ""
    assert listed(page) == set(three.values())


@pytest.mark.parametrize("view", ["all", "late"])
def test_a_search_that_was_cut_says_so(page, three, view, qtbot, monkeypatch):
    monkeypatch.setattr(findings, "MOST_HITS", 2)
    monkeypatch.setattr(findings_list, "MOST_HITS", 2)
    page.show_view(view)
    page.list.search.setText("2026")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert page.list.limit.isVisible()


def test_the_list_follows_the_ledger(page, session, qtbot):
    session.write(lambda ledger: findings.register(ledger, a_finding()), "finding")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    assert page.detail.isVisible()


def test_a_form_in_hand_is_left_alone_when_the_ledger_changes(page, session, qtbot):
    page.open_record("")
    type_in(page.form, description="写到一半")
    session.write(lambda ledger: findings.register(ledger, a_finding()), "finding")
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    assert page.form.isVisible()
    assert page.form.form.entry("description").toPlainText() == "写到一半"


def test_the_split_is_remembered(page, ledger, make_page, qtbot):
    findings.register(ledger, a_finding())
    page.refresh()
    page.splitter.moveSplitter(500, 1)
    qtbot.waitUntil(lambda: ledger.setting("findings.split") != "")
    again = make_page()
    assert again.splitter.sizes() == page.splitter.sizes()


# ---- photos ----------------------------------------------------------------------------------


def wait_for_photos(qtbot, field, count):
    """Tiles come and go with the event loop."""

    def tiles():
        found = field.strip.findChildren(QToolButton)
        return [tile for tile in found if not tile.property("role") and not tile.isHidden()]

    qtbot.waitUntil(lambda: len(tiles()) == count)


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


def test_photos_of_a_draft_come_back(page, make_page, jpeg, qtbot):
    page.open_record("")
    type_in(page.form, description="护栏松动")
    with qtbot.waitSignal(page.form.photos.added):
        page.form.photos.take([jpeg])
    page.form.close_form()
    again = make_page()
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
