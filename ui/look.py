"""The look of the whole program: style, palette, font, style sheet, Chinese of Qt itself."""

from dataclasses import asdict
from pathlib import Path
from string import Template

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.colours import PALETTE

SYSTEM_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei")
BUNDLED_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
TEXT_PIXELS = 14


def apply_look(app: QApplication, resources: Path) -> None:
    """Dress `app`: Fusion, light palette, our font and style sheet, Qt's own words in Chinese."""
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    app.setStyle("Fusion")
    app.setPalette(light_palette())
    app.setFont(interface_font(resources))
    app.setStyleSheet(style_sheet(resources))
    app.setWindowIcon(QIcon(str(resources / "icons" / "app.ico")))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load(
        "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        app.installTranslator(translator)


def style_sheet(resources: Path) -> str:
    """Read the style sheet with its colours and the folder of its marks filled in."""
    text = (resources / "style.qss").read_text(encoding="utf-8")
    # Qt resolves a url against the working folder, so it must be absolute, with forward slashes.
    marks = (resources / "marks").resolve().as_posix()
    return Template(text).substitute(asdict(PALETTE), marks=marks)


def mark(widget: QWidget, **properties: object) -> None:
    """Set properties the style sheet asks for (kind, tone, state) and draw `widget` by them."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Ask the style sheet anew; a widget never shown yet only forgets what it may have heard."""
    widget.style().unpolish(widget)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().polish(widget)


def light_palette() -> QPalette:
    """Build the palette for all that the style sheet does not name."""
    role = QPalette.ColorRole
    palette = QPalette()
    for part, colour in (
        (role.Window, PALETTE.page),
        (role.WindowText, PALETTE.ink),
        (role.Base, PALETTE.card),
        (role.AlternateBase, PALETTE.stripe),
        (role.Text, PALETTE.ink),
        (role.Button, PALETTE.card),
        (role.ButtonText, PALETTE.ink),
        (role.BrightText, PALETTE.red),
        (role.Highlight, PALETTE.selection),
        (role.HighlightedText, PALETTE.ink),
        (role.Accent, PALETTE.accent),
        (role.Link, PALETTE.accent_dark),
        (role.LinkVisited, PALETTE.accent_dark),
        (role.PlaceholderText, PALETTE.ink_hint),
        (role.ToolTipBase, PALETTE.slate),
        (role.ToolTipText, PALETTE.card),
        (role.Mid, PALETTE.line),
        (role.Dark, PALETTE.edge_dark),
    ):
        palette.setColor(part, QColor(colour))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(PALETTE.ink_off))
    return palette


def interface_font(resources: Path) -> QFont:
    """Prefer the font of Windows; all families named here have figures of one width."""
    families = [name for name in SYSTEM_FAMILIES if QFontDatabase.hasFamily(name)]
    if not families:
        for name in BUNDLED_FONTS:
            number = QFontDatabase.addApplicationFont(str(resources / "fonts" / name))
            families += QFontDatabase.applicationFontFamilies(number)
    font = QFont()
    if families:
        font.setFamilies(list(dict.fromkeys(families)))
    font.setPixelSize(TEXT_PIXELS)
    return font
