"""Build app.ico, the program's own icon, from school.svg: resources/icons/build.py

A white school on the sidebar's slate, rounded, in every size Windows asks for.
"""

import os
from io import BytesIO
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent
SIZES = (16, 20, 24, 32, 48, 64, 128, 256)
GROUND = QColor("#1E293B")


def drawn(size: int) -> Image.Image:
    """The icon in one size; the small ones have thicker strokes, or they would be grey."""
    svg = (HERE / "school.svg").read_text(encoding="utf-8").replace("currentColor", "white")
    if size <= 24:
        svg = svg.replace('stroke-width="2"', 'stroke-width="2.4"')
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(GROUND)
    painter.drawRoundedRect(QRectF(0, 0, size, size), size / 5, size / 5)
    edge = size * (0.1 if size <= 24 else 0.16)
    place = QRectF(edge, edge, size - 2 * edge, size - 2 * edge)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, place)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(buffer.data().data()))


if __name__ == "__main__":
    app = QGuiApplication([])
    pictures = [drawn(size) for size in SIZES]
    pictures[-1].save(
        HERE / "app.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1]
    )
