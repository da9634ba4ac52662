import pytest
from PySide6.QtCore import Qt

from ui.widgets.sidebar import FOLDS_BELOW, NARROW, WIDE, Entry, Sidebar, SidebarEntry

ENTRIES = [
    Entry("today", "今日", "home"),
    Entry("findings", "隐患排查", "triangle-alert"),
    Entry("exchange", "数据交换", "arrow-left-right"),
]


@pytest.fixture
def sidebar(qtbot, icons):
    bar = Sidebar("示例县实验小学", ENTRIES, icons)
    bar.set_current("today")
    qtbot.addWidget(bar)
    bar.resize(bar.width(), 600)
    bar.show()
    return bar


def entry(sidebar, key):
    return next(e for e in sidebar.findChildren(SidebarEntry) if e.entry.key == key)


def test_pressing_an_entry_says_where_to_go_and_marks_it(sidebar, qtbot):
    with qtbot.waitSignal(sidebar.chosen) as said:
        qtbot.mouseClick(entry(sidebar, "findings"), Qt.MouseButton.LeftButton)
    assert said.args == ["findings"]
    assert sidebar.current() == "findings"


def test_marking_an_entry_says_nothing(sidebar, qtbot):
    with qtbot.assertNotEmitted(sidebar.chosen):
        sidebar.set_current("exchange")
    assert sidebar.current() == "exchange"


def test_before_anything_is_marked_there_is_no_current_entry(qtbot, icons):
    bar = Sidebar("示例县教育局", ENTRIES, icons)
    qtbot.addWidget(bar)
    assert bar.current() is None


def test_arrows_walk_and_enter_chooses(sidebar, qtbot):
    here = entry(sidebar, "today")
    qtbot.keyClick(here, Qt.Key.Key_Down)
    assert sidebar.focusWidget() is entry(sidebar, "findings")
    for _ in range(2):  # the second step finds the end
        qtbot.keyClick(sidebar.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(sidebar.chosen) as said:
        qtbot.keyClick(sidebar.focusWidget(), Qt.Key.Key_Return)
    assert said.args == ["exchange"]
    qtbot.keyClick(sidebar.focusWidget(), Qt.Key.Key_Up)
    assert sidebar.focusWidget() is entry(sidebar, "findings")


@pytest.mark.parametrize(("count", "shown"), [(1, "1"), (999, "999"), (1000, "999+")])
def test_a_badge_shows_its_number_and_is_spoken(sidebar, count, shown):
    sidebar.set_badge("exchange", count)
    button = entry(sidebar, "exchange")
    assert button._count.text() == shown
    assert button._count.isVisible()
    assert button.accessibleName() == f"数据交换，{count} 条待处理"


def test_a_badge_of_zero_is_not_there(sidebar):
    sidebar.set_badge("exchange", 4)
    sidebar.set_badge("exchange", 0)
    assert not entry(sidebar, "exchange")._count.isVisible()
    assert entry(sidebar, "exchange").accessibleName() == "数据交换"


def test_it_folds_to_icons_in_a_narrow_window_and_keeps_the_words_as_tips(sidebar):
    sidebar.fit(FOLDS_BELOW - 1)
    assert sidebar.width() == NARROW
    assert entry(sidebar, "today").text() == ""
    assert entry(sidebar, "today").toolTip() == "今日"
    sidebar.set_badge("today", 2)
    assert entry(sidebar, "today").toolTip() == "今日，2 条待处理"
    sidebar.fit(FOLDS_BELOW)
    assert sidebar.width() == WIDE
    assert entry(sidebar, "today").text() == "今日"
    assert entry(sidebar, "today").toolTip() == ""


def test_the_badge_lies_within_its_entry_wide_and_folded(sidebar):
    sidebar.set_badge("today", 1000)
    button = entry(sidebar, "today")
    for folded in (False, True):
        sidebar.set_folded(folded)
        sidebar.grab()
        assert button.rect().contains(button._count.geometry())


def test_it_names_the_unit_and_the_person_and_asks_who_works(sidebar, qtbot):
    sidebar.set_unit("示例县教育局")
    sidebar.set_person("李安全", "安全管理员")
    assert sidebar._unit.text() == "示例县教育局"
    assert (sidebar._person.text(), sidebar._duty.text()) == ("李安全", "安全管理员")
    assert sidebar._duty.isVisible()
    sidebar.set_person("赵𬱖")
    assert sidebar._duty.isHidden()  # an empty line would push the name up
    sidebar.set_folded(True)
    sidebar.set_person("李安全", "安全管理员")
    assert sidebar._duty.isHidden()
    sidebar.set_folded(False)
    assert sidebar._duty.isVisible()
    assert "李安全" in sidebar._switch.accessibleName()
    with qtbot.waitSignal(sidebar.person_asked):
        qtbot.keyClick(sidebar._switch, Qt.Key.Key_Space)
