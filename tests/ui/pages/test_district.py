import threading
from collections import Counter
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from models.exchange.export import Reply
from models.exchange.members import pinned_office
from models.exchange.receive import FileResult
from models.ledger import findings
from models.ledger.district import UnitRow
from models.records.finding import Finding
from tests.conftest import TODAY, a_finding, a_ledger, a_school, an_office
from tests.models.exchange.enrolling import enrol, hand_over, send, store_of
from ui.pages import conflicts as conflicts_module
from ui.pages import district_replies
from ui.pages.district import CONFLICTS, ENROLMENT, RESULTS, DistrictPage
from ui.pages.district_table import COLUMNS, LATE_DAYS, is_late, unit_rows, zero_report

NOW = "2026-11-23T08:00:00+00:00"


@pytest.fixture
def second(tmp_path, clock):
    ledger = a_ledger(
        tmp_path / "second", a_school(name="示例县第二<b>&小学", code="2137000002"), clock=clock
    )
    yield ledger
    ledger.close()


@pytest.fixture
def other_office(tmp_path, clock, qtbot):
    ledger = a_ledger(tmp_path / "other", an_office(), clock=clock)
    yield ledger
    qtbot.wait(10)  # a page still follows what was changed last
    ledger.close()


@pytest.fixture
def school(pair):
    return pair[0]


@pytest.fixture
def page(make_page, pair):
    return make_page(DistrictPage, pair[1])


def rows(page):
    model = page.table.model()
    titles = [column.title for column in COLUMNS]
    return [
        {title: model.index(row, column).data() for column, title in enumerate(titles)}
        for row in range(model.rowCount())
    ]


def results(page):
    return [page.results.item(n).text() for n in range(page.results.count())]


def a_unit(**changes):
    given = {
        "unit": "u",
        "name": "小学",
        "last_bundle": NOW,
        "lines": 1,
        "missing": 0,
        "refused": 0,
        "found_now": False,
        "counts": findings.NONE,
        "checklists": 0,
        "sessions": 0,
    }
    return UnitRow(**{**given, **changes})


# ---- the first visit ---------------------------------------------------------------------------


def test_the_first_visit_offers_one_thing_the_key(make_page, office):
    page = make_page(DistrictPage, office)
    assert page.founding.isVisible()
    assert not page.read_button.isVisible()
    page.founding.make.click()
    assert pinned_office(office) is not None
    assert store_of(office).office() is not None
    assert "打印恢复页" in page.notice.text()
    assert page.tabs.currentIndex() == ENROLMENT
    assert page.enrolment.invite.digits.text().replace(" ", "") == pinned_office(office).digits


def test_two_offices_have_two_keys(make_page, office, other_office):
    for ledger in (office, other_office):
        make_page(DistrictPage, ledger).founding.make.click()
    assert pinned_office(office).sign != pinned_office(other_office).sign


def test_a_key_that_cannot_be_kept_is_told(make_page, office):
    (office.home / "keys").write_text("no folder")
    page = make_page(DistrictPage, office)
    page.founding.make.click()
    assert "不能写入" in page.notice.text()
    assert pinned_office(office) is None


def test_an_office_without_schools_is_led_to_the_enrolment(page, office):
    with office.transaction() as db:
        db.execute("DELETE FROM registry WHERE unit <> ?", (office.unit,))
    page.refresh()
    assert page.schools.currentWidget() is page.nothing
    page.nothing.asked.emit()
    assert page.tabs.currentIndex() == ENROLMENT


# ---- bundles come in ---------------------------------------------------------------------------


def test_a_bundle_is_read_and_its_school_is_seen(page, school, finish, tmp_path):
    findings.register(school, a_finding())
    path = send(school, tmp_path).path
    finish(page.receive.drop.offer, [path])
    assert page.notice.text().startswith("示例县实验小学：新增")
    assert page.header._subtitle.text() == "已收到 1 所学校的数据"
    assert [row["学校"] for row in rows(page)] == ["示例县实验小学"]
    assert page.tabs.currentIndex() == 0
    assert page.tabs.isTabVisible(RESULTS)


def test_bad_files_stand_first_in_the_list_of_results(page, school, finish, tmp_path):
    path = send(school, tmp_path).path
    bad = tmp_path / "坏<b>.aqb"
    bad.write_bytes(path.read_bytes()[:-9])
    finish(page.receive.drop.offer, [path, bad])
    first, good = results(page)
    assert first.startswith("没有读入 坏<b>.aqb")
    assert good.startswith(f"{path.name}\n示例县实验小学：新增")
    assert page.tabs.currentIndex() == RESULTS
    assert page.notice.text() == "2 个文件读完，其中 1 个要看一看，列在“读入结果”最前面。"
    assert page.tabs.tabText(RESULTS) == "读入结果（2）"


def test_many_good_files_are_one_sentence(page, tmp_path):
    page.receive.received.emit([FileResult(tmp_path, "a", True, "好")] * 200)
    assert page.notice.text() == "200 个文件读完，都正常。"


def test_an_import_can_be_taken_back(page, school, pair, finish, tmp_path):
    school.save(a_finding())
    finish(page.receive.drop.offer, [send(school, tmp_path).path])
    finish(page.receive.undo.click)
    assert pair[1].all(Finding) == []
    (silent,) = rows(page)
    assert (silent["学校"], silent["最近数据包"], silent["隐患"]) == ("示例县实验小学", "", "—")
    assert "1 所还没有报过" in page.header._subtitle.text()
    assert not page.tabs.isTabVisible(RESULTS)


def test_requests_among_the_files_go_to_the_enrolment(page, second, tmp_path):
    file = tmp_path / "a.aqr"
    file.write_bytes(b"{}")
    page.receive.drop.offer([file])
    assert page.tabs.currentIndex() == ENROLMENT
    assert "没有读入 a.aqr" in page.notice.text()


def test_a_bundle_that_arrives_elsewhere_is_seen_at_once(page, pair, tmp_path, qtbot):
    hand_over(*pair, tmp_path)
    page.session.changed.emit("exchange")
    qtbot.waitUntil(lambda: len(rows(page)) == 1)


# ---- the table ---------------------------------------------------------------------------------


def test_every_school_has_a_row_with_its_own_figures(page, pair, second, tmp_path):
    school, office = pair
    enrol(office, second)
    findings.register(school, a_finding(deadline=TODAY, found_on=TODAY, level="major"))
    day = TODAY.replace(day=1, month=10)
    findings.register(second, a_finding(deadline=day, found_on=day))
    findings.register(second, a_finding(found_on=day))
    for ledger in (school, second):
        hand_over(ledger, office, tmp_path / "U盘")
    page.refresh()
    by_name = {row["学校"]: row for row in rows(page)}
    one, two = by_name["示例县实验小学"], by_name["示例县第二<b>&小学"]
    assert (one["隐患"], one["未销号"], one["逾期"], one["重大"]) == ("1", "1", "—", "1")
    assert (two["隐患"], two["未销号"], two["逾期"], two["重大"]) == ("2", "2", "1", "—")
    assert (one["整改率"], one["缺数据"], one["退回"]) == ("0.0%", "—", "—")
    assert (one["距今"], one["最近数据包"][:10]) == ("今天", "2026-11-23")
    assert (one["本月零报告"], two["本月零报告"]) == ("—", "零报告")


@pytest.mark.parametrize(
    ("days", "words", "late"),
    [(0, "今天", False), (LATE_DAYS, "30 天", False), (LATE_DAYS + 1, "迟报 31 天", True)],
)
def test_who_has_not_reported_for_long_is_late(days, words, late):
    today = TODAY + timedelta(days=days)
    (row,) = unit_rows([a_unit()], Counter(), today)
    assert row.cells[2].text == words
    assert is_late(a_unit(), today) is late


def test_who_never_reported_is_late_and_no_zero_report():
    unit = a_unit(last_bundle="")
    (row,) = unit_rows([unit], Counter(), TODAY)
    assert row.cells[2].text == "没有报过"
    assert is_late(unit, TODAY)
    assert not zero_report(unit, TODAY)


@pytest.mark.parametrize(
    ("changes", "today", "zero"),
    [
        ({}, TODAY, True),
        ({"found_now": True}, TODAY, False),
        ({}, TODAY.replace(month=12), False),
        ({}, TODAY.replace(year=2027), False),
    ],
)
def test_a_zero_report_is_a_bundle_of_this_month_without_a_finding(changes, today, zero):
    assert zero_report(a_unit(**changes), today) is zero


def test_what_is_missing_refused_and_to_be_decided_stands_out():
    (row,) = unit_rows([a_unit(missing=2, refused=3)], Counter({"u": 4}), TODAY)
    shown = [cell.text for cell in row.cells]
    assert shown[4:7] == ["2 段", "3", "4"]
    assert all(cell.tone for cell in row.cells[4:7])


def test_the_longest_silent_stand_first():
    units = [a_unit(unit="new"), a_unit(unit="old", last_bundle="2026-01-01T00:00:00+00:00")]
    assert [row.id for row in unit_rows(units, Counter(), TODAY)] == ["old", "new"]


def test_late_schools_are_counted_in_the_heading(page, pair, tmp_path, clock):
    hand_over(*pair, tmp_path)
    clock.at += timedelta(days=40)
    page.refresh()
    assert page.header._subtitle.text() == "已收到 1 所学校的数据，1 所迟报"


def test_decisions_are_counted_in_the_tab_and_by_school(page, pair, tmp_path, monkeypatch):
    from tests.ui.pages.test_conflicts import conflict

    found = [conflict(unit=pair[0].unit), conflict("note", unit=pair[0].unit)]
    monkeypatch.setattr(conflicts_module, "conflicts", lambda *_args: found)
    hand_over(*pair, tmp_path)
    page.refresh()
    assert page.tabs.tabText(CONFLICTS) == "要决定的（2）"
    assert rows(page)[0]["要决定的"] == "2"


def test_where_there_is_little_room_the_least_weighty_columns_go(page, pair, tmp_path, look):
    hand_over(*pair, tmp_path)
    page.refresh()
    page.resize(760, 500)
    shown = [c.title for n, c in enumerate(COLUMNS) if not page.table.isColumnHidden(n)]
    assert {"学校", "距今", "本月零报告", "缺数据", "要决定的", "逾期"} <= set(shown)
    assert "五项自查" not in shown


def test_a_row_leads_to_the_findings_of_its_school(page, pair, tmp_path, qtbot):
    hand_over(*pair, tmp_path)
    page.refresh()
    index = page.table.model().index(0, 0)
    with qtbot.waitSignal(page.open_asked) as asked:
        qtbot.mouseClick(
            page.table.viewport(),
            Qt.MouseButton.LeftButton,
            pos=page.table.visualRect(index).center(),
        )
    assert asked.args == ["findings", f"unit:{pair[0].unit}"]
    with qtbot.waitSignal(page.open_asked) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == ["findings", f"unit:{pair[0].unit}"]


# ---- replies go out ----------------------------------------------------------------------------


def test_all_replies_are_made_at_once(page, pair, second, finish, tmp_path):
    school, office = pair
    enrol(office, second)
    for ledger in (school, second):
        hand_over(ledger, office, tmp_path)
    finish(page.replies.make.click)
    made = list((office.home / "回执" / "2026-11-23").glob("*.aqb"))
    assert len(made) == 2
    assert page.notice.text() == "2 所学校的回执已生成。"
    assert str(made[0].parent) in page.replies.where.text()
    assert page.replies.open.isVisible()


def test_without_schools_there_is_nothing_to_reply(make_page, office, finish):
    enrol(office)
    page = make_page(DistrictPage, office)
    finish(page.replies.make.click)
    assert "还没有入网的学校" in page.notice.text()


def test_what_could_not_be_replied_is_named(page, finish, monkeypatch, tmp_path):
    replies = [
        Reply("1", "一小", (tmp_path / "a.aqb",), "3 条记录", True),
        Reply("2", "二小", (), "没有新的内容", True),
        Reply("3", "三小", (), "U 盘已写保护。", False),
    ]
    monkeypatch.setattr(district_replies, "reply_all", lambda *_args: replies)
    finish(page.replies.make.click)
    assert page.notice.text().splitlines() == [
        "1 所学校的回执已生成；1 所没有新内容，不用再发；1 所没有生成。",
        "三小：U 盘已写保护。",
    ]


def test_replies_can_be_stopped_and_go_where_one_says(page, finish, monkeypatch, tmp_path):
    asked, pressed = [], threading.Event()

    def slow(_ledger, _store, folder, told, stopping):
        told(1, 200)
        pressed.wait(5)
        asked.append((folder, stopping()))
        return []

    def press(_done, _total):
        page.replies.progress.stop.click()
        pressed.set()

    monkeypatch.setattr(district_replies, "reply_all", slow)
    page.replies.telling.connect(press)
    finish(page.replies.reply, tmp_path)
    assert asked == [(tmp_path, True)]
    assert not page.replies.progress.isVisible()


def test_the_button_on_top_picks_files(page, monkeypatch):
    asked = []
    monkeypatch.setattr(
        QFileDialog,
        "getOpenFileNames",
        lambda *args: asked.append(args[3]) or ([], ""),
    )
    page.read_button.click()
    assert asked == ["数据包 (*.aqb* *.aqr*)"]
