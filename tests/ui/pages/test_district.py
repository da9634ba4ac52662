import pytest

from models.exchange.export import export_bundle
from models.exchange.receive import receive_bundle
from models.ledger import findings
from tests.conftest import RESOURCES, TODAY, a_finding, a_ledger, a_school
from ui.pages.district import COLUMNS, DistrictPage
from ui.session import Session
from ui.widgets.button import Button


@pytest.fixture
def page(qtbot, office, icons, tasks):
    page = DistrictPage(Session(office, RESOURCES), icons, tasks)
    qtbot.addWidget(page)
    page.resize(1080, 760)
    page.show()
    page.refresh()
    return page


@pytest.fixture
def second(tmp_path, clock):
    ledger = a_ledger(
        tmp_path / "second", a_school(name="示例县第二<b>&小学", code="2137000002"), clock=clock
    )
    yield ledger
    ledger.close()


def rows(page):
    model = page.table.model()
    titles = [column.title for column in COLUMNS]
    return [
        {title: model.index(row, column).data() for column, title in enumerate(titles)}
        for row in range(model.rowCount())
    ]


def hand_over(school, office, folder):
    path = export_bundle(school, folder).path
    receive_bundle(office, path)


def test_an_empty_district_says_what_to_do_first(page, qtbot):
    assert page.stack.currentIndex() == 0
    with qtbot.waitSignal(page.open_asked) as asked:
        page.stack.currentWidget().asked.emit()
    assert asked.args == ["exchange", ""]


def test_the_button_leads_to_the_exchange(page, qtbot):
    with qtbot.waitSignal(page.open_asked) as asked:
        page.header.findChild(Button).click()
    assert asked.args == ["exchange", ""]


def test_every_school_has_a_row_with_its_own_figures(page, ledger, second, office, tmp_path):
    findings.register(ledger, a_finding(deadline=TODAY, found_on=TODAY, level="major"))
    findings.register(
        second, a_finding(deadline=TODAY.replace(day=1), found_on=TODAY.replace(day=1))
    )
    findings.register(second, a_finding())
    for school in (ledger, second):
        hand_over(school, office, tmp_path / "U盘")
    page.refresh()
    assert page.stack.currentIndex() == 1
    by_name = {row["学校"]: row for row in rows(page)}
    assert set(by_name) == {"示例县实验小学", "示例县第二<b>&小学"}
    one, two = by_name["示例县实验小学"], by_name["示例县第二<b>&小学"]
    assert (one["隐患"], one["未销号"], one["逾期"], one["重大"]) == ("1", "1", "—", "1")
    assert (two["隐患"], two["未销号"], two["逾期"], two["重大"]) == ("2", "2", "1", "—")
    assert (one["整改率"], one["缺数据"]) == ("0.0%", "—")
    assert one["最近数据包"].startswith("2026-11-23 ")


def test_a_school_that_lost_a_bundle_is_seen(page, ledger, office, tmp_path):
    receive_bundle(office, export_bundle(ledger, tmp_path).path)
    ledger.save(a_finding())
    export_bundle(ledger, tmp_path)  # this one never arrives
    ledger.save(a_finding())
    receive_bundle(office, export_bundle(ledger, tmp_path).path)
    page.refresh()
    assert rows(page)[0]["缺数据"] == "1 段"


def test_a_bundle_that_arrives_is_seen_at_once(page, ledger, office, tmp_path, qtbot):
    hand_over(ledger, office, tmp_path)
    page.session.changed.emit("exchange")
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    assert page.header._subtitle.text() == "已收到 1 所学校的数据"


def test_where_there_is_little_room_the_least_weighty_columns_go(page, ledger, office, tmp_path):
    hand_over(ledger, office, tmp_path)
    page.refresh()
    page.resize(700, 500)
    hidden = [c.title for n, c in enumerate(COLUMNS) if page.table.isColumnHidden(n)]
    assert hidden == ["记录", "五项自查", "培训活动"]
