"""地点与单位: one list of what was written anywhere; a word is put in for another, and back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import a_finding
from tests.models.ledger.conftest import Writer
from tests.models.ledger.test_schedule import a_drill
from tests.models.ledger.test_training import a_session
from ui.pages.settings_words import WordsTab
from ui.session import Session

FORMER, MEANT = "教学楼 三楼", "教学楼三楼"


@pytest.fixture
def tab(session, icons, qtbot):
    tab = WordsTab(session, icons)
    qtbot.addWidget(tab)
    tab.resize(1000, 600)
    tab.show()
    tab.refresh()
    return tab


@pytest.fixture
def written(ledger, tab):
    for number, place in enumerate((MEANT, MEANT, FORMER)):
        ledger.save(a_finding(number=str(number), place=place))
    ledger.save(a_drill(place=FORMER))
    ledger.save(a_session(organiser="示例县教体局"))
    tab.refresh()


def shown(tab):
    model = tab.list.model()
    return [
        [model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())
    ]


def open_word(tab, text, kind="place"):
    assert tab.list.select(f"{kind}:{text}")
    return tab.rows[kind].widget


def retype(entry, text):
    entry.set_raw(text)
    entry.changed.emit()


def press(tab, words):
    next(b for b in tab.findChildren(QPushButton) if b.text() == words).click()


def places(ledger):
    return sorted(finding.place for finding in ledger.all(Finding))


def test_an_empty_ledger_says_where_the_words_come_from(tab):
    assert tab.left.currentWidget() is tab.nothing
    tab.rename()
    assert tab.right.currentWidget() is tab.hint


def test_every_word_is_listed_with_where_it_stands(tab, written):
    assert shown(tab) == [
        [FORMER, "地点", "2", "隐患 1、应急演练 1"],
        [MEANT, "地点", "2", "隐患 2"],
        ["示例县教体局", "单位", "1", "培训活动 1"],
    ]


def test_words_are_found_by_initials(tab, written, qtbot):
    tab.search.setText("slx")
    qtbot.keyClick(tab.search, Qt.Key.Key_Return)
    assert [row[0] for row in shown(tab)] == ["示例县教体局"]


def test_the_same_place_in_other_letters_is_offered_as_what_is_meant(tab, written, ledger):
    ledger.save(a_finding(number="9", place=MEANT))
    tab.refresh()
    assert open_word(tab, FORMER).text() == MEANT
    assert tab.button.text() == "合并"
    assert tab.told.text() == (
        f"将修改 隐患 1、应急演练 1，共 2 处，每一处都留下修改记录。"
        f"“{MEANT}”原有 3 处，合并后共 5 处。"
    )


def test_a_merge_is_written_everywhere_and_one_press_takes_it_back(tab, written, ledger):
    retype(open_word(tab, FORMER), MEANT)
    tab.button.click()
    assert places(ledger) == [MEANT] * 3
    assert tab.notice.text() == f"已把“{FORMER}”改成“{MEANT}”，共 2 处。"
    assert [row[0] for row in shown(tab)] == [MEANT, "示例县教体局"]
    press(tab.notice, "撤销")
    assert places(ledger) == [FORMER, MEANT, MEANT]
    assert tab.notice.text() == "已改回 2 处。"


def test_a_new_name_for_a_unit_by_keyboard(tab, written, ledger, qtbot):
    entry = open_word(tab, "示例县教体局", "unit")
    retype(entry, "示例县教育和体育局")
    assert tab.button.text() == "改名"
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert shown(tab)[-1][0] == "示例县教育和体育局"


def test_the_same_word_or_none_changes_nothing(tab, written):
    entry = open_word(tab, MEANT)
    for text in (MEANT, " "):
        retype(entry, text)
        assert not tab.button.isEnabled()
    assert tab.told.text() == f"“{MEANT}”用在 隐患 2。"


def test_a_word_that_is_too_long_is_told_beside_its_field(tab, written, ledger):
    retype(open_word(tab, FORMER), "长" * 61)
    tab.button.click()
    assert "最多 60 个字" in tab.rows["place"].complaint.text()
    assert FORMER in places(ledger)


def test_a_full_disk_is_told_and_what_was_typed_stays(tab, written, monkeypatch):
    def full(*_):
        raise AppError("磁盘已满，这一次没有保存。")

    entry = open_word(tab, FORMER)
    retype(entry, "三号楼")
    monkeypatch.setattr(Session, "write", full)
    tab.button.click()
    assert tab.notice.text() == "磁盘已满，这一次没有保存。"
    assert entry.text() == "三号楼"


def test_an_incomplete_record_is_told_of(tab, written, ledger):
    stranger = Writer()
    stranger.create("finding", place=FORMER, description="不完整")
    ledger.receive([stranger.segment()])
    tab.refresh()
    retype(open_word(tab, FORMER), MEANT)
    tab.button.click()
    assert tab.notice.text().endswith("共 2 处。有 1 条内容不完整，没有改。")


def test_a_refresh_leaves_alone_what_is_being_typed(tab, written):
    entry = open_word(tab, FORMER)
    retype(entry, "三号楼")
    tab.refresh()
    assert entry.text() == "三号楼"
    assert tab.right.currentIndex() == 1
