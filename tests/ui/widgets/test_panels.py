import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from models.problems import AppError
from ui.colours import Tone
from ui.widgets.badge import Badge
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import ICONS, Notice
from ui.widgets.page_header import PageHeader
from ui.widgets.status_line import StatusLine


def test_a_badge_says_its_state_in_a_word(qtbot):
    badge = Badge("整改中", Tone.BLUE)
    qtbot.addWidget(badge)
    badge.show_state("已销号", Tone.GREEN)
    assert (badge.text(), badge.property("tone")) == ("已销号", "green")


def test_a_badge_shows_markup_as_plain_words(qtbot):
    badge = Badge("<b>重大</b>")
    qtbot.addWidget(badge)
    assert badge.textFormat() == Qt.TextFormat.PlainText


def test_a_card_without_a_title_has_no_heading(qtbot):
    card = Card()
    qtbot.addWidget(card)
    card.body.addWidget(QLabel("内容"))
    assert card._title.isHidden()
    card.set_title("经过")
    assert not card._title.isHidden()
    assert card.accessibleName() == "经过"


def test_a_card_shows_markup_in_its_title_as_plain_words(qtbot):
    card = Card("<b>首期</b>培训班")
    qtbot.addWidget(card)
    assert card._title.textFormat() == Qt.TextFormat.PlainText


def test_an_action_stands_at_the_end_of_a_cards_heading(qtbot):
    card = Card("要办的事")
    qtbot.addWidget(card)
    action = Button("全部", Kind.FLAT)
    card.add_action(action)
    card.resize(400, 200)
    card.show()
    assert action.x() > card._title.x()
    assert action.parent() is card


def test_an_empty_page_offers_the_first_step(qtbot, icons):
    state = EmptyState(icons, "inbox", "还没有隐患记录", "看到什么先记下来。", "记一条隐患")
    qtbot.addWidget(state)
    with qtbot.waitSignal(state.asked):
        qtbot.keyClick(state.button, Qt.Key.Key_Return)
    state.say("没有找到")
    assert state.accessibleName() == "没有找到"
    assert state._hint.isHidden()


def test_a_hint_of_two_lines_is_shown_whole(qtbot, icons, qapp):
    state = EmptyState(icons, "inbox", "还没有隐患记录", "短", "记一条隐患")
    qtbot.addWidget(state)
    state.resize(600, 220)
    state.show()
    state.say("还没有隐患记录", "发现问题后写一句话和地点就能保存，照片可以直接粘贴。" * 3)
    qapp.processEvents()
    assert state._hint.height() >= state._hint.heightForWidth(state._hint.width())


def test_an_empty_page_may_have_nothing_to_press(qtbot, icons):
    state = EmptyState(icons, "inbox", "没有回收的记录")
    qtbot.addWidget(state)
    assert state.findChildren(Button) == []


def test_a_page_header_holds_title_and_buttons_in_the_order_added(qtbot, icons):
    pressed = []
    header = PageHeader("隐患排查", "共 91 条")
    qtbot.addWidget(header)
    export = header.add_secondary("导出", lambda: pressed.append("导出"))
    new = header.add_primary("记一条隐患", lambda: pressed.append("记"), icons.icon("plus"))
    header.resize(800, 60)
    header.show()
    assert export.x() < new.x()
    assert (export.property("kind"), new.property("kind")) == ("secondary", "primary")
    new.click()
    assert pressed == ["记"]
    header.set_subtitle("")
    assert header.accessibleName() == "隐患排查"
    assert not header._subtitle.isVisible()


def test_a_notice_is_silent_until_it_has_something_to_say(qtbot, icons):
    notice = Notice(icons)
    qtbot.addWidget(notice)
    assert notice.isHidden()
    assert notice.text() == ""


@pytest.mark.parametrize("tone", Tone)
def test_a_notice_of_any_tone_has_words_and_an_icon(qtbot, icons, tone):
    notice = Notice(icons)
    qtbot.addWidget(notice)
    notice.say("没有保存：U 盘已写保护。", tone)
    assert notice.text() == notice.accessibleName() == "没有保存：U 盘已写保护。"
    assert not notice._icon.pixmap().isNull()
    assert tone in ICONS
    assert notice._action.isHidden()


def test_a_notice_offers_one_way_on_and_can_be_closed(qtbot, icons):
    notice = Notice(icons)
    qtbot.addWidget(notice)
    notice.say("没有保存。", Tone.RED, "换一个位置")
    with qtbot.waitSignal(notice.acted):
        notice._action.click()
    notice._close.click()
    assert notice.isHidden()


def test_a_notice_tells_what_could_not_be_done(qtbot, icons):
    def fail():
        raise AppError("磁盘已满，这一次没有保存。")

    notice = Notice(icons)
    qtbot.addWidget(notice)
    assert notice.attempt(lambda: None)
    assert notice.isHidden()
    assert not notice.attempt(fail)
    assert (notice.text(), notice.property("tone")) == ("磁盘已满，这一次没有保存。", "red")


def test_the_status_line_leaves_out_what_is_empty(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.say(["已保存 14:02", "", "未送达 12 条"])
    assert line.accessibleName() == "已保存 14:02，未送达 12 条"
    assert line._words.text().count("·") == 1
