from ui.widgets.plan_bars import SCALE, PlanBar, PlanBars


def test_each_part_has_its_bar_and_its_words(qtbot):
    bars = PlanBars("各模块的进度")
    qtbot.addWidget(bars)
    bars.show_bars([PlanBar("党性教育", 0.5, "10/20"), PlanBar("项目攻坚", 1.7, "34/20")])
    assert [bar.value() for bar in bars.bars] == [SCALE // 2, SCALE]
    assert bars.bars[0].accessibleName() == "党性教育 10/20"
    bars.show_bars([PlanBar("项目攻坚", 0, "0/20")])
    assert [bar.isHidden() for bar in bars.bars] == [False, True]
    assert bars.words[0].text() == "0/20"
