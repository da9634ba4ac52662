from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from models.ledger import checklists, findings
from models.ledger.finding_filter import FILTERS
from models.records.finding import Finding
from models.records.five_management import ChecklistAnswer
from models.records.organisation import usual_grades
from models.records.periods import period_of
from models.records.person import Person
from tests.conftest import RESOURCES, SCHOOL_CODE, TODAY, a_finding, a_step
from tests.models.ledger.test_schedule import an_inspection
from tests.models.records.test_task import a_task
from ui.pages.today import CARDS, TodayPage
from ui.session import Session
from ui.table.row_table import ID_ROLE


@pytest.fixture
def page(qtbot, session, icons, tasks):
    page = TodayPage(session, icons, tasks)
    qtbot.addWidget(page)
    page.resize(1080, 760)
    page.show()
    page.refresh()
    return page


@pytest.fixture
def add(ledger):
    """Registers a finding that is due in so many days."""

    def do(days=None, **answers):
        deadline = None if days is None else TODAY + timedelta(days=days)
        found = TODAY - timedelta(days=30)
        return findings.register(ledger, a_finding(deadline=deadline, found_on=found, **answers))

    return do


@pytest.fixture
def asked(page):
    places = []
    page.open_asked.connect(lambda key, record: places.append((key, record)))
    return places


def figures(page):
    return {key: card._figure.text() for key, card in page.cards.items()}


def listed(page):
    """What stands in the list: the place that a row opens, and its words."""
    model = page.due.list.model()
    return [
        (model.index(row, 0).data(ID_ROLE), [model.index(row, n).data() for n in range(3)])
        for row in range(model.rowCount())
    ]


def due(page):
    return [words for place, words in listed(page) if place.startswith("findings ")]


def routines(page):
    """By the id of the routine, which stands at the end of the row's."""
    return {place.split(" ")[2]: words for place, words in listed(page) if " new:" in place}


def headings(page):
    return [words[0] for place, words in listed(page) if not place]


@pytest.fixture
def on(page, clock):
    """Looks at the page on another day."""

    def do(*day):
        clock.at = datetime(*day, 8, tzinfo=UTC)
        page.refresh()

    return do


def test_an_empty_ledger_says_what_to_do_first(page):
    assert {figures(page)[key] for key in ("open", "late", "due", "recheck", "major")} == {"0"}
    assert headings(page) == ["今天（2）", "本周（2）", "7日内（3）"]
    assert listed(page)[1][1] == ["今天", "检查", "日常巡查（含防火巡查）　今天 0/1　还没有记录"]
    assert page.rate.text() == "整改率 —（已整改 0 / 共 0）"


def test_the_figures_are_those_of_the_ledger(page, add, ledger):
    add(-3)
    add(2, level="major")
    add(60)
    recheck = add(10)
    findings.take_step(ledger, recheck, a_step("graded"))
    findings.take_step(ledger, recheck, a_step("rectifying"))
    findings.take_step(ledger, recheck, a_step("submitted"))
    page.refresh()
    shown = figures(page)
    assert (shown["open"], shown["late"], shown["due"]) == ("4", "1", "1")
    assert (shown["recheck"], shown["major"]) == ("1", "1")
    waiting = ledger.rows("SELECT sum(seq) FROM log WHERE seq > 0")[0][0]
    assert shown["waiting"] == str(waiting)
    assert page.rate.text() == "整改率 25.0%（已整改 1 / 共 4）"


def test_the_day_is_written_as_on_the_other_pages(page):
    assert page.header._subtitle.text() == "示例县实验小学　2026年11月23日 (周一)"


@pytest.mark.parametrize(("kind", "note"), [("ledger", "请交给教育局"), ("office", "请发回学校")])
def test_what_waits_goes_to_the_other_side(request, qtbot, icons, tasks, kind, note):
    ledger = request.getfixturevalue(kind)
    ledger.save(a_finding(unit=SCHOOL_CODE))
    page = TodayPage(Session(ledger, RESOURCES), icons, tasks)
    qtbot.addWidget(page)
    page.refresh()
    assert page.cards["waiting"]._note.text() == note


def test_what_is_most_urgent_stands_first_and_is_told_in_words(page, add):
    add(2, place="食堂")
    add(-1, place="操场")
    add(0, place="宿舍\n二层")
    add(-9, place="综合楼")
    add(8)
    page.refresh()
    assert [(when, words.split("　")[0]) for when, _number, words in due(page)] == [
        ("已逾期 9 天", "综合楼"),
        ("已逾期 1 天", "操场"),
        ("今天到期", "宿舍 二层"),
        ("还剩 2 天", "食堂"),
    ]
    assert not page.due.nothing.isVisible()


def test_nothing_due_is_told_calmly_and_the_first_finding_is_asked_for(page, add, on):
    on(2027, 2, 1)  # a vacation: neither patrols nor drills
    assert "还没有登记隐患" in page.due.nothing.accessibleName()
    assert not page.due.list.isVisible()
    add(100)
    page.refresh()
    assert "没有要办的事" in page.due.nothing.accessibleName()


def test_what_is_due_stands_in_groups_by_its_day(page, add):
    for days in (-1, 0, 4, 5, 7, 8):
        add(days, place=f"{days}天")
    page.refresh()
    places = [words[2].partition("　")[0] for _place, words in listed(page)]
    assert headings(page) == ["逾期（1）", "今天（3）", "本周（4）", "7日内（4）"]
    assert [place for place in places if place.endswith("天")] == [
        f"{days}天" for days in (-1, 0, 4, 5, 7)
    ]


def test_what_has_no_room_is_counted_and_leads_to_the_list(page, add, asked, monkeypatch):
    monkeypatch.setattr("ui.pages.today_due.MOST_DUE", 2)
    for days in (-3, -2, -1, 1, 2):
        add(days)
    page.refresh()
    assert headings(page)[0] == "逾期（3）"
    assert ["更多", "", "还有 1 处，请在“隐患排查”里查看"] in due(page)
    page.due.list.opened.emit("findings view:late")
    assert asked == [("findings", "view:late")]


def test_tasks_stand_by_their_day_and_open_in_their_register(page, ledger, asked):
    days = {-2: "已逾期 2 天", 0: "今天", 3: "11月26日前"}
    saved = [ledger.save(a_task(due=TODAY + timedelta(days=day))) for day in days]
    ledger.save(a_task(due=TODAY + timedelta(days=8)))
    ledger.save(a_task(due=TODAY, state="done", done_on=TODAY, outcome="已添置"))
    page.refresh()
    found = {place: words for place, words in listed(page) if place.startswith("tasks ")}
    assert found == {
        f"tasks {task.id}": [when, "任务", "添置手机保管柜　李安全"]
        for task, when in zip(saved, days.values(), strict=True)
    }
    page.due.list.opened.emit(f"tasks {saved[0].id}")
    assert asked == [("tasks", saved[0].id)]


def test_tasks_without_room_are_counted_and_lead_to_their_register(page, ledger, monkeypatch):
    monkeypatch.setattr("ui.pages.today_due.MOST_DUE", 1)
    ledger.save_all([a_task(due=TODAY - timedelta(days=days)) for days in (1, 2, 3)])
    page.refresh()
    assert ("tasks list", ["更多", "", "还有 2 项，请在“整改与办实事”里查看"]) in listed(page)


def test_a_routine_is_late_due_and_done(page, ledger, on):
    on(2026, 11, 24)
    patrol = routines(page)["patrol"]
    assert patrol == ["已逾期 1 天", "检查", "日常巡查（含防火巡查）　今天 0/1　还没有记录"]
    ledger.save(an_inspection(started=datetime(2026, 11, 24, 7, 50), ended=None))
    page.refresh()
    assert "patrol" in routines(page)  # it has not ended
    moment = datetime(2026, 11, 24, 7, 55)
    ledger.save(an_inspection(started=moment, ended=moment))
    page.refresh()
    assert "patrol" not in routines(page)
    on(2026, 11, 25)
    assert routines(page)["patrol"][2].endswith("今天 0/1　上次 11月24日")


def test_advice_is_called_advice_and_the_source_stands_in_the_tip(page, on):
    on(2026, 11, 27)
    assert routines(page)["week"][2].startswith("建议：周检查")
    model = page.due.list.model()
    tips = [model.index(row, 2).data(Qt.ItemDataRole.ToolTipRole) for row in range(5)]
    assert "教发厅〔2024〕1号" in tips[1]


def test_a_routine_opens_the_page_where_it_is_done(page, asked, on, qtbot):
    on(2026, 11, 30)
    page.due.list.setFocus()
    wanted = ("inspection new:daily patrol", "drills new:drill:evacuation evacuation")
    for place in wanted:
        assert page.due.list.select(place)
        qtbot.keyClick(page.due.list, Qt.Key.Key_Return)
    assert asked == [("inspection", "new:daily"), ("drills", "new:drill:evacuation")]


def test_a_heading_is_passed_over_by_keys_and_clicks(page, asked, qtbot):
    view = page.due.list
    view.setFocus()
    where = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert asked == []
    assert view.current() == "inspection new:daily patrol"
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current() == "inspection new:daily patrol"


def test_who_is_short_of_hours_stands_in_one_line_until_the_year_ends(page, ledger, on, asked):
    roles = frozenset({"trainee"})
    for name in ("赵𬱖", "张㛃"):
        ledger.save(Person(name=name, roles=roles, quota="cadre_year"))
    on(2026, 11, 30)
    words = dict(listed(page))["training summary"]
    assert words[:2] == ["12月31日前", "培训学时"]
    assert words[2].startswith("离年底还有 31 天，赵𬱖（差 90.00）、张㛃（差 90.00）的学时")
    assert headings(page)[-1] == "年底前（1）"
    page.due.list.opened.emit("training summary")
    assert asked == [("training", "summary")]
    on(2026, 12, 31)
    assert "年底前（1）" not in headings(page)


def test_an_office_is_asked_for_no_rounds(make_page, office):
    page = make_page(TodayPage, office)
    assert listed(page) == []


# ---- a new year ----------------------------------------------------------------------------------


def told(page):
    return page.new_year.accessibleName() if page.new_year.isVisible() else ""


def test_in_january_the_new_ledger_is_told_with_what_it_took_over(page, add, ledger, on, asked):
    add(60)
    closed = add(60)
    for kind in ("graded", "fixed_on_site", "recheck_passed", "closed"):
        findings.take_step(ledger, closed, a_step(kind, person=kind))
    on(2026, 12, 31)
    assert told(page) == ""
    on(2027, 1, 4)
    assert told(page) == ("2027年台账已开启，结转未销号隐患 1 条。已销号的留在2026年台账里。")
    page.new_year.acted.emit()
    assert asked == [("reports", "findings_ledger:2026")]


def test_once_closed_it_stays_closed_and_february_does_not_tell_it(page, add, on):
    add(60)
    on(2027, 1, 4)
    page.new_year.hide()
    on(2027, 1, 5)
    assert told(page) == ""


def test_a_school_without_an_older_ledger_is_told_nothing(page, on, add):
    on(2027, 1, 4)
    assert told(page) == ""


def test_february_and_offices_are_told_nothing(page, add, on, make_page, office, clock):
    add(60)
    on(2027, 2, 1)
    assert told(page) == ""
    clock.at = datetime(2027, 1, 4, 8, tzinfo=UTC)
    office.save(a_finding(unit=SCHOOL_CODE))
    assert told(make_page(TodayPage, office)) == ""


def test_a_click_and_enter_open_the_very_record(page, add, asked, qtbot):
    first, second = add(-1), add(3)
    page.refresh()
    view = page.due.list
    where = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    while view.current() != f"findings {second.id}":
        qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked == [("findings", first.id), ("findings", second.id)]


@pytest.mark.parametrize("key", [key for key in CARDS if key != "recheck"])
def test_a_figure_that_is_pressed_shows_what_it_counts(page, asked, qtbot, key):
    qtbot.keyClick(page.cards[key], Qt.Key.Key_Return)
    _caption, target, record = CARDS[key]
    assert asked == [(target, record)]


def test_the_figures_lead_to_views_that_exist(page):
    views = [record.removeprefix("view:") for _c, _p, record in CARDS.values() if record]
    assert set(views) <= set(FILTERS)


def test_a_record_that_is_saved_is_seen_at_once(page, session, qtbot):
    session.save(a_finding())
    qtbot.waitUntil(lambda: figures(page)["open"] == "1")


def test_words_with_markup_are_shown_as_they_are(page, add):
    add(-1, place="<b>&", description="=1+1 🔥 赵𬱖")
    page.refresh()
    assert due(page)[0][2] == "<b>&　=1+1 🔥 赵𬱖"


def test_the_chart_counts_found_and_closed_by_month(page, add, ledger):
    add(1)
    page.refresh()
    assert "10月" in page.chart.accessibleDescription() + page.chart.accessibleName()


def test_figures_are_read_aloud_with_their_unit(page, add):
    add(-1)
    page.refresh()
    assert page.cards["late"].accessibleName() == "逾期 1 处，请先办理"


def test_a_finding_without_a_deadline_is_not_due(page, add, session, ledger):
    add(None)
    page.refresh()
    assert due(page) == []
    (saved,) = ledger.all(Finding)
    session.save(replace(saved, deadline=TODAY), saved)
    page.refresh()
    assert due(page)[0][0] == "今天到期"


# ---- the month's self-check ----------------------------------------------------------------------


def test_the_card_of_the_self_check_counts_what_is_filled_this_month(page, ledger):
    asked = page.session.checklist.lines(ledger.organisation.scopes)
    lines = [line for line in asked if line.item.filled_by == "school"]
    assert len(lines) < len(asked)  # some are the inspector's
    assert figures(page)["checks"] == f"0/{len(lines)}"
    blank = checklists.new_sheet(ledger, page.session.checklist, period_of(TODAY))
    checklists.save_answer(ledger, blank, ChecklistAnswer(line="fm.hw.01", response="yes"))
    page.refresh()
    assert figures(page)["checks"] == f"1/{len(lines)}"
    assert page.cards["checks"].accessibleName().endswith(f"还有 {len(lines) - 1} 项")


def test_where_nothing_is_to_be_filled_there_is_no_card_of_it(page, ledger):
    grades = usual_grades("kindergarten", "six_three")
    ledger.save(replace(ledger.organisation, school_type="kindergarten", grades=grades))
    page.refresh()
    assert not page.cards["checks"].isVisible()
