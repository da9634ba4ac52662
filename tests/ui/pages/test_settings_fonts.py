import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFormLayout

from models.reports.paper.faces import SANS, Faces
from tests.conftest import RESOURCES
from ui.pages.settings import SettingsPage
from ui.pages.settings_fonts import HINT, ROLES, FontsTab


@pytest.fixture
def rows(qtbot, session, tasks, finish):
    """What the tab says of each role, once it was shown."""

    def do():
        tab = FontsTab(session, tasks)
        qtbot.addWidget(tab)
        finish(tab.show)
        assert tab.words.text() == HINT
        form = tab.files
        label, field = QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole
        return {
            form.itemAt(at, label).widget().text(): form.itemAt(at, field).widget().text()
            for at in range(form.rowCount())
        }

    return do


@pytest.fixture
def no_windows(monkeypatch):
    for name in ("WINDIR", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)


def test_every_role_of_a_paper_has_a_name():
    assert set(ROLES) == set(Faces.__dataclass_fields__)


def test_without_fonts_of_windows_the_shipped_ones_are_named(rows, no_windows):
    told = rows()
    assert told["正文（仿宋）："] == "NotoSerifSC-Regular.ttf（程序自带）"
    assert told["标题（小标宋）："] == "NotoSerifSC-Bold.ttf（程序自带）"
    assert len(told) == len(ROLES)


def test_a_font_of_windows_is_named_with_its_place(rows, no_windows, monkeypatch, tmp_path):
    fonts = tmp_path / "Fonts"
    fonts.mkdir()
    shutil.copy(RESOURCES / "fonts" / SANS, fonts / "simfang.ttf")
    monkeypatch.setenv("WINDIR", str(tmp_path))
    told = rows()
    assert told["正文（仿宋）："] == f"simfang.ttf（电脑里的：{fonts / 'simfang.ttf'}）"
    assert told["表格："] == f"{SANS}（程序自带）"


def test_fonts_are_looked_for_once_and_missing_ones_are_told(
    qtbot, session, tasks, finish, monkeypatch
):
    monkeypatch.setattr(session, "resources", Path("nowhere"))
    tab = FontsTab(session, tasks)
    qtbot.addWidget(tab)
    finish(tab.show)
    assert "字体文件无法读取" in tab.words.text()
    tab.hide()
    tab.show()
    assert not tasks.running


def test_the_settings_lead_to_it(make_page, ledger, finish):
    page = make_page(SettingsPage, ledger)
    finish(page.open_record, "fonts")
    assert page.tabs.tabText(page.tabs.currentIndex()) == "字体"
