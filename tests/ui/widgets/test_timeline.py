from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor

from ui.colours import PALETTE, Tone
from ui.widgets.timeline import DOT_Y, GUTTER, Step, StepRow, Timeline

STEPS = [
    Step("发现隐患", "赵𬱖 · 11月15日", "通风橱风速不足"),
    Step("定级：重大", tone=Tone.RED),
    Step("整改", "张㛃", tone=Tone.BLUE, open=True),
]


def rows(timeline):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [row for row in timeline.findChildren(StepRow) if row.parent() is timeline]


def test_each_step_is_spoken_whole(qtbot):
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_steps(STEPS)
    names = [row.accessibleName() for row in rows(timeline)]
    assert names == ["发现隐患，赵𬱖 · 11月15日，通风橱风速不足", "定级：重大", "整改，张㛃"]


def test_showing_anew_leaves_nothing_of_before(qtbot):
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_steps(STEPS)
    timeline.show_steps(STEPS[:1])
    assert len(rows(timeline)) == 1
    timeline.show_steps([])
    assert rows(timeline) == []


def test_a_step_done_is_a_dot_and_a_step_to_come_a_ring(qtbot):
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_steps(STEPS)
    timeline.resize(300, 260)
    timeline.show()
    _, done, ahead = (row.grab().toImage() for row in rows(timeline))
    centre = (GUTTER // 2 - 4, DOT_Y)
    assert done.pixelColor(*centre) == QColor(Tone.RED.fill)
    assert ahead.pixelColor(*centre) == QColor(PALETTE.card)
