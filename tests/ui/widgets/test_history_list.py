from ui.widgets.history_list import HEADINGS, Change, HistoryList


def test_a_change_is_told_from_what_to_what(qtbot):
    history = HistoryList()
    qtbot.addWidget(history)
    history.show_changes(
        [
            Change("11月16日 08:31", "李安全", "整改期限", "11月22日", "11月25日"),
            Change("11月15日 10:02", "李安全", "等级", "", "较大"),
        ]
    )
    texts = [[history.item(row, c).text() for c in range(len(HEADINGS))] for row in (0, 1)]
    assert texts == [
        ["11月16日 08:31", "李安全", "整改期限", "11月22日 → 11月25日"],
        ["11月15日 10:02", "李安全", "等级", "（空） → 较大"],
    ]


def test_showing_anew_leaves_nothing_of_before(qtbot):
    history = HistoryList()
    qtbot.addWidget(history)
    history.show_changes([Change("", "", "", "", "")] * 3)
    history.show_changes([])
    assert history.rowCount() == 0


def test_the_list_is_named_and_tab_leaves_it(qtbot):
    history = HistoryList()
    qtbot.addWidget(history)
    assert history.accessibleName() == "修改记录"
    assert not history.tabKeyNavigation()
