"""Two versions side by side, and what a person decides."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from models.ledger.conflicts import Conflict, Side
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import a_finding
from tests.models.exchange.enrolling import enrol, hand_back, hand_over
from ui.pages import conflicts as panel_module
from ui.pages.conflicts import ConflictPanel
from ui.pages.district import CONFLICTS, DistrictPage
from ui.pages.page import Page
from ui.widgets.badge import Badge

UNIT = "2137000001"


def side(op, value, shown, **changes):
    given = {
        "old_shown": "原来的",
        "who": "李安全",
        "device": "stick",
        "when": datetime(2026, 11, 20, 8, tzinfo=UTC),
        "doubtful": False,
    }
    return Side(op=op, value=value, shown=shown, **{**given, **changes})


def conflict(field="place", record="a.1", kind="field", label="部位", sides=None, **changes):
    first, *others = sides or (side("a.2", "食堂", "食堂"), side("b.2", "操场", "操场"))
    given = {"table": "finding", "unit": UNIT, "title": "隐患 2026-0001 灭火器"}
    return Conflict(
        record=record,
        field=field,
        label=label,
        standing=first,
        others=tuple(others),
        kind=kind,
        **{**given, **changes},
    )


@pytest.fixture
def found():
    """What the ledger has to be decided; a decision takes it away."""
    return [conflict(), conflict("note", label="备注"), conflict(record="b.9")]


@pytest.fixture
def decided(monkeypatch, found):
    done = []

    def decide(_ledger, one, value):
        done.append((one.record, one.field, value))
        found.remove(one)

    monkeypatch.setattr(panel_module, "conflicts", lambda _ledger, _unit, _most: list(found))
    monkeypatch.setattr(panel_module, "decide", decide)
    return done


@pytest.fixture
def make(qtbot, decided, make_page):
    def do(of, **how):
        page = make_page(Page, of)
        panel = ConflictPanel(page, **how)
        page.column.addWidget(page.notice)
        page.column.addWidget(panel)
        panel.refresh()
        panel.page = page
        return panel

    return do


@pytest.fixture
def panel(make, ledger):
    return make(ledger)


def names(panel):
    return [button.text() for button in panel.view.buttons]


def test_without_conflicts_it_says_so(make, ledger, found):
    found.clear()
    panel = make(ledger)
    assert panel.stack.currentIndex() == 0


def test_the_first_one_is_shown_with_all_its_versions(panel):
    assert panel.table.current() == "a.1\nplace"
    assert names(panel) == ["用这个", "用这个", "用另写的"]
    spoken = [card.accessibleName() for card in panel.view.cards]
    assert spoken[0].startswith("现在显示的：食堂，李安全，电脑 stick，2026-11-20")
    assert spoken[1].startswith("另一个：操场，李安全")
    assert panel.view.buttons[1].accessibleName().startswith("用这个，另一个：操场")


def test_how_many_are_told_and_of_which_unit(panel, qtbot):
    with qtbot.waitSignal(panel.counted) as counted:
        assert panel.refresh() == {UNIT: 3}
    assert counted.args == [3]


def test_taking_one_says_what_was_done_and_shows_the_next(panel, decided):
    panel.view.buttons[1].click()
    assert decided == [("a.1", "place", "操场")]
    assert panel.page.notice.text() == ("隐患 2026-0001 灭火器：部位定为“操场”。还有 2 处要决定。")
    assert panel.table.current() == "a.1\nnote"
    assert panel.view.buttons[0].hasFocus()


def test_the_standing_one_can_be_confirmed(panel, decided):
    panel.view.buttons[0].click()
    assert decided == [("a.1", "place", "食堂")]


def test_the_last_one_leaves_nothing_to_decide(panel, found):
    del found[1:]
    panel.refresh()
    panel.view.buttons[0].click()
    assert panel.page.notice.text().endswith("都决定好了。")
    assert panel.stack.currentIndex() == 0


def test_one_can_write_something_else(panel, decided):
    panel.view.entry.setText("教学楼")
    panel.view.buttons[2].click()
    assert decided == [("a.1", "place", "教学楼")]


def test_what_cannot_be_is_said_beside_the_entry(panel, decided):
    panel.view.entry.setText("长" * 61)
    panel.view.buttons[2].click()
    assert panel.view.problem.text().startswith("最多 60 个字")
    panel.view.entry.setText("")
    panel.view.buttons[2].click()
    assert panel.view.problem.text() == "请填写部位。"
    assert decided == []


def test_an_entry_is_of_the_fields_own_kind(panel, found, decided):
    found[:] = [
        conflict(
            "deadline",
            label="整改时限",
            sides=(side("a.2", "2026-12-01", "2026年12月1日"), side("b.2", None, "")),
        )
    ]
    panel.refresh()
    assert panel.view.entry.value() == date(2026, 12, 1)
    assert "另一个：（空）" in panel.view.cards[1].spoken
    panel.view.entry.set_raw("2026-12-24")
    panel.view.buttons[2].click()
    assert decided == [("a.1", "deadline", "2026-12-24")]


def test_a_field_that_may_be_empty_can_be_emptied(panel, decided):
    panel.table.select("a.1\nnote")
    panel.view.entry.set_raw("")
    panel.view.buttons[2].click()
    assert decided == [("a.1", "note", None)]
    assert "备注定为“（空）”" in panel.page.notice.text()


def test_a_field_of_a_newer_program_can_only_be_chosen(panel, found):
    found[:] = [conflict("colour", label="colour"), conflict(record="c.1", table="outing")]
    panel.refresh()
    assert names(panel) == ["用这个", "用这个"]
    panel.table.select("c.1\nplace")
    assert names(panel) == ["用这个", "用这个"]


def test_a_link_and_a_value_nobody_can_read_are_not_written_by_hand(panel, found):
    found[:] = [
        conflict("sha256", table="photo"),
        conflict("deadline", sides=(side("a.2", "once", "once"), side("b.2", 1, "1"))),
    ]
    panel.refresh()
    assert names(panel) == ["用这个", "用这个"]
    panel.table.select("a.1\ndeadline")
    assert panel.view.entry.raw() == ""


@pytest.mark.parametrize(("which", "value", "words"), [(0, 0, "恢复"), (1, 1, "删除")])
def test_a_deletion_is_restored_or_stands(panel, found, decided, which, value, words):
    found[:] = [conflict("_deleted", kind="deleted", label="记录")]
    panel.refresh()
    assert names(panel) == ["恢复", "仍然删除"]
    panel.view.buttons[which].click()
    assert decided == [("a.1", "_deleted", value)]
    assert f"已决定{words}。" in panel.page.notice.text()


def test_a_doubtful_clock_is_seen_and_heard(panel, found):
    found[:] = [conflict(sides=(side("a.2", 1, "1"), side("b.2", 2, "2", doubtful=True)))]
    panel.refresh()
    assert [badge.text() for badge in panel.view.cards[1].findChildren(Badge)] == ["时钟可疑"]
    assert panel.view.cards[0].findChildren(Badge) == []
    assert panel.view.cards[1].spoken.endswith("时钟可疑")


def test_a_pc_is_called_by_its_name(make, pair, found):
    school, office = pair
    found[:] = [
        conflict(
            sides=(
                side("a.2", 1, "1", device=school.setting("device")),
                side("b.2", 2, "2", device=office.setting("device")),
            )
        )
    ]
    cards = make(school).view.cards
    assert "，本机，" in cards[0].spoken
    assert "，教育局的电脑 " in cards[1].spoken
    assert "，学校的电脑 " in make(office, units=True).view.cards[0].spoken


def test_an_office_sees_whose_record_it_is(make, office, found):
    panel = make(office, units=True)
    assert panel.table.model().index(0, 0).data() == UNIT
    assert [column.title for column in panel.table.table.columns] == ["学校", "记录", "项目"]


def test_the_keyboard_goes_from_the_list_to_the_versions(panel, qtbot):
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.view.buttons[0].hasFocus()


def test_a_disk_that_takes_nothing_is_told_and_nothing_is_lost(panel, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满。")

    monkeypatch.setattr(panel_module, "decide", full)
    panel.view.buttons[0].click()
    assert panel.page.notice.text() == "磁盘已满。"
    assert panel.table.current() == "a.1\nplace"


def test_what_is_typed_stays_when_the_list_is_read_again(panel):
    panel.view.entry.setText("教学楼")
    panel.refresh()
    assert panel.view.entry.text() == "教学楼"


def test_what_this_unit_may_not_decide_is_told(panel, monkeypatch):
    def refuse(*_args):
        raise ValueError("rights")

    monkeypatch.setattr(panel_module, "decide", refuse)
    panel.view.buttons[0].click()
    assert "没有权限" in panel.page.notice.text()


def test_two_pcs_of_a_school_and_their_office_end_up_with_one_place(
    make_page, pair, second, tmp_path
):
    """The whole way, with nothing made up: written apart, merged, decided, travelled back."""
    school, office = pair
    enrol(office, second)
    made = school.save(a_finding())
    hand_over(school, office, tmp_path)
    hand_back(office, second, tmp_path)
    school.save(replace(made, place="食堂"), made)
    second.save(replace(made, place="操场"), made)
    for ledger in (school, second):
        hand_over(ledger, office, tmp_path)
    page = make_page(DistrictPage, office)
    assert page.tabs.tabText(CONFLICTS) == "要决定的（1）"
    panel = page.conflicts
    words = {button.accessibleName(): button for button in panel.view.buttons}
    (chosen,) = [button for name, button in words.items() if "：食堂，" in name]
    chosen.click()
    assert office.get(Finding, made.id).place == "食堂"
    assert page.notice.text().endswith("部位定为“食堂”。都决定好了。")
    assert panel.stack.currentIndex() == 0
    for ledger in (school, second):
        hand_back(office, ledger, tmp_path)
        assert ledger.get(Finding, made.id).place == "食堂"
