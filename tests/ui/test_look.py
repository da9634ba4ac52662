import re
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.look import apply_look, interface_font, light_palette, mark, style_sheet

RESOURCES = Path(__file__).parents[2] / "resources"
READABLE = 4.5

READ = [
    ("ink", "card"),
    ("ink", "page"),
    ("ink", "stripe"),
    ("ink", "hover"),
    ("ink", "selection"),
    ("ink", "accent_line"),
    ("ink_soft", "card"),
    ("ink_soft", "page"),
    ("ink_soft", "stripe"),
    ("ink_hint", "card"),
    ("card", "accent"),
    ("card", "accent_dark"),
    ("card", "accent_deep"),
    ("accent_dark", "card"),
    ("accent_dark", "accent_soft"),
    ("card", "slate"),
    ("card", "slate_chosen"),
    ("slate_ink", "slate"),
    ("slate_ink", "slate_hover"),
    ("slate_hint", "slate"),
    ("card", "red"),
]


@pytest.fixture
def dressed(qapp):
    before = qapp.styleSheet(), qapp.font(), qapp.palette(), qapp.style().name()
    apply_look(qapp, RESOURCES)
    yield qapp
    qapp.setStyleSheet(before[0])
    qapp.setFont(before[1])
    qapp.setPalette(before[2])
    qapp.setStyle(before[3])


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = (linear(part) for part in QColor(colour).getRgbF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_contrast_the_norm_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(("ink", "ground"), READ)
def test_words_can_be_read_on_their_ground(ink, ground):
    assert contrast(getattr(PALETTE, ink), getattr(PALETTE, ground)) >= READABLE


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_can_be_read_on_white_and_on_its_pale_ground(tone):
    assert contrast(tone.ink, PALETTE.card) >= READABLE
    assert contrast(tone.ink, tone.soft) >= READABLE


@pytest.mark.parametrize("tone", Tone)
def test_the_strong_colour_of_a_tone_stands_out_from_white(tone):
    assert contrast(tone.fill, PALETTE.card) >= 3


def test_the_style_sheet_has_every_word_filled_in_and_every_mark_at_hand():
    text = style_sheet(RESOURCES)
    assert "$" not in text
    marks = re.findall(r'url\("([^"]+)"\)', text)
    assert marks
    assert all("\\" not in name and Path(name).is_absolute() for name in marks)
    assert [name for name in marks if not Path(name).is_file()] == []


def test_no_colour_of_the_palette_is_idle():
    used = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    source = Path(__file__).parents[2] / "ui"
    used += "".join(file.read_text(encoding="utf-8") for file in source.rglob("*.py"))
    tones = {f"{tone}{part}" for tone in Tone for part in ("", "_ink", "_soft")}
    idle = {n for n in asdict(PALETTE) if not re.search(rf"(\$|PALETTE\.){n}\b", used)}
    assert idle - tones == set()


def test_the_look_is_light_whatever_the_system_prefers(dressed):
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(PALETTE.page)
    assert light_palette().color(QPalette.ColorRole.Base) == QColor(PALETTE.card)


def test_words_are_fourteen_pixels_high_in_a_font_with_chinese(dressed):
    assert dressed.font().pixelSize() == 14
    family = dressed.font().families()[0]
    assert QFontDatabase.WritingSystem.SimplifiedChinese in QFontDatabase.writingSystems(family)


def test_the_font_of_windows_is_preferred_to_ours(qapp, monkeypatch):
    monkeypatch.setattr(QFontDatabase, "hasFamily", lambda name: name == "Microsoft YaHei")
    assert interface_font(RESOURCES).families() == ["Microsoft YaHei"]


def test_a_missing_font_leaves_the_one_of_the_system(qapp, monkeypatch, tmp_path):
    monkeypatch.setattr(QFontDatabase, "hasFamily", lambda name: False)
    assert interface_font(tmp_path).families() == QFont().families()


def test_standard_buttons_speak_chinese(dressed, qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_a_marked_widget_changes_at_once(dressed, qtbot):
    button = QPushButton("保存")
    qtbot.addWidget(button)
    button.show()
    plain = button.grab().toImage().pixelColor(button.width() // 2, 4)
    mark(button, kind="primary")
    assert button.grab().toImage().pixelColor(button.width() // 2, 4) != plain


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp):
    picture = Icons(RESOURCES / "icons").pixmap("minus", "#FF0000", 24, scale=1).toImage()
    assert picture.pixelColor(12, 12) == QColor("#FF0000")


def test_an_icon_is_drawn_with_the_pixels_of_the_screen(qapp):
    picture = Icons(RESOURCES / "icons").pixmap("home", size=20, scale=1.5)
    assert (picture.width(), picture.devicePixelRatio()) == (30, 1.5)


def test_an_icon_is_read_once(qapp):
    icons = Icons(RESOURCES / "icons")
    assert icons.icon("home").cacheKey() == icons.icon("home").cacheKey()
    assert icons.icon("home").cacheKey() != icons.icon("home", "#FF0000").cacheKey()


def test_an_icon_that_is_not_there_is_a_fault_of_ours(qapp):
    with pytest.raises(FileNotFoundError):
        Icons(RESOURCES / "icons").icon("no-such-icon")


def test_the_focus_is_shown_once_by_the_border_of_a_button(dressed, qtbot):
    button = QPushButton(" " * 20)
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    button.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as after the Tab key
    image = button.grab().toImage()
    middle = image.height() // 2
    inside = {image.pixelColor(x, middle).name() for x in range(4, image.width() - 4)}
    assert inside == {PALETTE.card.lower()}
    assert image.pixelColor(0, middle).name() == PALETTE.accent.lower()
