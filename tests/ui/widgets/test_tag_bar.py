from PySide6.QtCore import Qt

from ui.widgets.tag_bar import TagBar


def test_tags_are_taken_away_with_the_mouse_or_the_keyboard(qtbot):
    bar = TagBar("筛选条件")
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_tags({"place": "部位：食堂", "level": "等级：重大"})
    assert not bar.isHidden()
    for key, press in (
        ("place", lambda tag: tag.click()),
        ("level", lambda tag: qtbot.keyClick(tag, Qt.Key.Key_Return)),
    ):
        with qtbot.waitSignal(bar.removed) as removed:
            press(bar.tags[key])
        assert removed.args == [key]


def test_a_tag_that_stays_keeps_its_button_and_shows_signs_as_they_are(qtbot):
    bar = TagBar("筛选条件")
    qtbot.addWidget(bar)
    bar.show_tags({"place": "部位：食堂"})
    tag = bar.tags["place"]
    bar.show_tags({"person": "人员：张㛃", "place": "部位：A&B"})
    assert bar.tags["place"] is tag
    assert tag.text().startswith("部位：A&&B")
    assert tag.accessibleName() == "去掉条件：部位：A&B"
    bar.show_tags({})
    assert bar.tags == {}
    assert bar.isHidden()
