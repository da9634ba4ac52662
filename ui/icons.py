"""Icons drawn from the SVG files of one folder, in any colour, sharp at any scale."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.colours import PALETTE

SMALL, MEDIUM, LARGE = 16, 20, 32


class Icons:
    """The drawn icons of `folder`; each is read and drawn once for a colour and size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._icons: dict[tuple[str, str, int], QIcon] = {}

    def icon(self, name: str, colour: str = PALETTE.ink_soft, size: int = MEDIUM) -> QIcon:
        """Give the icon `name` (a file name without ending), `size` pixels wide."""
        key = (name, colour, size)
        if key not in self._icons:
            self._icons[key] = self._draw_icon(name, colour, size)
        return self._icons[key]

    def pixmap(
        self, name: str, colour: str = PALETTE.ink_soft, size: int = MEDIUM, scale: float = 0
    ) -> QPixmap:
        """Give the picture for a label; `scale` is that of the screen unless told."""
        return self._draw(self._renderer(name, colour), size, scale or max(_scales()))

    def _draw_icon(self, name: str, colour: str, size: int) -> QIcon:
        renderer = self._renderer(name, colour)
        icon = QIcon()
        for scale in _scales():
            pixmap = self._draw(renderer, size, scale)
            icon.addPixmap(pixmap)
            # else a list would tint the icon of its selected row
            icon.addPixmap(pixmap, QIcon.Mode.Selected)
        return icon

    def _renderer(self, name: str, colour: str) -> QSvgRenderer:
        text = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))

    @staticmethod
    def _draw(renderer: QSvgRenderer, size: int, scale: float) -> QPixmap:
        pixmap = QPixmap(round(size * scale), round(size * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap


def _scales() -> list[float]:
    """Tell the scales of the screens at hand; Qt measures an icon by its picture at scale 1."""
    return sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())})
