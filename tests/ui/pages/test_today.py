from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from models.ledger import findings
from models.ledger.finding_filter import FILTERS
from models.records.finding import Finding
from tests.conftest import RESOURCES, SCHOOL_CODE, TODAY, a_finding, a_step
from ui.pages.today import CARDS, TodayPage
from ui.session import Session


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


def due(page):
    model = page.due.model()
    return [
        [model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())
    ]


def test_an_empty_ledger_says_what_to_do_first(page):
    assert {figures(page)[key] for key in ("open", "late", "due", "recheck", "major")} == {"0"}
    assert page.nothing.isVisible()
    assert "还没有登记隐患" in page.nothing.accessibleName()
    assert not page.due.isVisible()
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
    assert not page.nothing.isVisible()


def test_nothing_due_is_told_calmly_once_there_are_findings(page, add):
    add(30)
    page.refresh()
    assert "今天没有到期的隐患" in page.nothing.accessibleName()


def test_a_click_and_enter_open_the_very_record(page, add, asked, qtbot):
    first, second = add(-1), add(3)
    page.refresh()
    where = page.due.visualRect(page.due.model().index(0, 0)).center()
    qtbot.mouseClick(page.due.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.keyClick(page.due, Qt.Key.Key_Down)
    qtbot.keyClick(page.due, Qt.Key.Key_Return)
    assert asked == [("findings", first.id), ("findings", second.id)]


@pytest.mark.parametrize("key", list(CARDS))
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
