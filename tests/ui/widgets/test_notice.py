from ui.colours import Tone
from ui.widgets.button import Button
from ui.widgets.notice import Notice


def test_what_is_offered_is_done_once_and_only_while_it_stands_there(icons, qtbot):
    notice = Notice(icons)
    qtbot.addWidget(notice)
    done = []
    notice.offer("已移除。", Tone.BLUE, "撤销", lambda: done.append("back"))
    button = notice.findChild(Button)
    button.click()
    assert done == ["back"]
    assert notice.text() == ""
    button.click()
    notice.offer("已移除。", Tone.BLUE, "撤销", lambda: done.append("back"))
    notice.say("另一件事。", action="好")
    button.click()
    assert done == ["back"]
    assert notice.text() == "另一件事。"
