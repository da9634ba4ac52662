from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from models.ledger import findings
from models.problems import AppError
from tests.conftest import TODAY, a_finding
from tests.ui.pages.findings_acts import kept, press, texts, type_in
from ui.pages.findings_guess import CategoryGuess

AWKWARD = "<b>三楼</b> & 🔥 灭火器"


@pytest.fixture
def page(make_findings_page):
    return make_findings_page()


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
    assert page.form.form.entry("place").offered("syl") == ["实验楼 203"]


def test_a_draft_comes_back_in_a_new_panel(page, make_findings_page):
    page.open_record("")
    type_in(page.form, description="写到一半")
    page.form.close_form()
    again = make_findings_page()
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


def test_what_was_found_on_friday_stays_so_on_monday(page, make_findings_page, clock):
    page.open_record("")
    type_in(page.form, description="写到一半")
    page.form.close_form()
    clock.at += timedelta(days=3)
    again = make_findings_page()
    again.open_record("")
    assert again.form.form.entry("found_on").raw() == TODAY.isoformat()


def test_a_draft_of_a_change_keeps_only_what_was_typed(page, ledger, session):
    finding = findings.register(ledger, a_finding())
    page.refresh()
    press(page, "修改")
    type_in(page.form, note="门锁着")
    page.form.close_form()
    assert session.draft(f"finding:{finding.id}") == {"note": "门锁着"}
