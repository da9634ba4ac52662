"""The sheet where there is little room: large scales and small screens lose nothing."""

import pytest

from tests.conftest import RESOURCES
from ui.icons import Icons
from ui.pages.five_management import FiveManagementPage
from ui.session import Session
from ui.tasks import Tasks

NARROWEST = 740  # a window of 800 without its sidebar


@pytest.fixture
def page(qtbot, look, ledger):
    tasks = Tasks()
    page = FiveManagementPage(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"), tasks)
    qtbot.addWidget(page)
    page.resize(NARROWEST, 420)
    page.refresh()
    page.show()
    yield page
    tasks.close()


@pytest.mark.parametrize("width", [NARROWEST, 793, 1080])
def test_a_card_shows_both_numbers_and_the_whole_rate(page, width, qtbot):
    page.resize(width, 500)
    for card in page.areas.cards.values():
        qtbot.waitUntil(lambda card=card: card._rate.width() >= card._rate.sizeHint().width())
        ring = card._ring.text()
        assert card._ring.isVisible() or card._rate.text().startswith(ring)
        assert card._rate.text().endswith("0.0%")
    assert page.areas.cards["homework"]._ring.isVisible() == (width == 1080)


def test_no_mark_of_a_row_is_cut_off(page, qtbot):
    for area in page.areas.cards:
        page.areas.show_area(area)
        panel = page.areas.panels[area]
        view = panel._area
        qtbot.waitUntil(lambda view=view: view.widget().width() <= view.viewport().width())
        for row in panel.rows.values():
            for part in (row.verdict, row.more, row.past):
                assert part.geometry().right() < view.viewport().width()


def test_the_settings_end_in_dots_and_come_back_whole(page, qtbot):
    whole = page.settings.accessibleName()
    page.settings.say(whole * 2)
    qtbot.waitUntil(lambda: page.settings.text().endswith("…"))
    assert page.settings.geometry().right() < page.width()
    page.settings.say(whole)
    page.resize(1080, 500)
    qtbot.waitUntil(lambda: page.settings.text() == whole)
