"""Photos in a row: look, add, take away; a picture may also be pasted or dropped."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QWidget

from ui.colours import PALETTE
from ui.icons import Icons
from ui.look import mark
from ui.widgets.drop_zone import local_files

PHOTO = QSize(132, 99)
TILE = QSize(144, 132)
REMOVE = 22


class PhotoStrip(QScrollArea):
    """Thumbnails with captions, and a tile to add one; it only says what is wanted."""

    add_asked = Signal()
    opened = Signal(int)
    removed = Signal(int)
    files_dropped = Signal(list)
    image_pasted = Signal(QImage)

    def __init__(self, icons: Icons, name: str = "照片", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._photos: list[QToolButton] = []
        self._read_only = False
        self._kept: Collection[int] = ()
        # the style sheet knows tiles by the strip they lie in, so they are made inside it
        self._inner = QWidget(self)
        self._add = self._make_add()
        mark(self._inner, role="scrolled")
        self._line = QHBoxLayout(self._inner)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addWidget(self._add)
        self._line.addStretch(1)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TILE.height() + 14)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(name)

    def set_read_only(self, read_only: bool) -> None:
        """Take nothing in and nothing away; call it before `show_photos`."""
        self._read_only = read_only
        self._add.setVisible(not read_only)
        self.setAcceptDrops(not read_only)

    def show_photos(self, photos: Sequence[tuple[QImage, str]], kept: Collection[int] = ()) -> None:
        """Replace what is shown by these pictures and their captions; those at the places `kept`
        cannot be removed."""
        self._kept = kept
        for old in self._photos:
            # not at once: the old tile may be the one whose press led here
            old.hide()
            old.deleteLater()
        self._photos = [
            self._make_photo(index, image, caption) for index, (image, caption) in enumerate(photos)
        ]
        for index, tile in enumerate(self._photos):
            self._line.insertWidget(index, tile)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._read_only:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Delete and watched in self._photos:
                index = self._photos.index(watched)
                if index not in self._kept:
                    self.removed.emit(index)
                return True
            if event.matches(QKeySequence.StandardKey.Paste):
                self.paste()
                return True
        return super().eventFilter(watched, event)

    def paste(self) -> None:
        """Take the picture or the files on the clipboard."""
        if self._read_only:
            return
        clipboard = QGuiApplication.clipboard()
        image = clipboard.image()
        files = local_files(clipboard.mimeData())
        if not image.isNull():
            self.image_pasted.emit(image)
        elif files:
            self.files_dropped.emit(files)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(local_files(event.mimeData()))

    def _make_add(self) -> QToolButton:
        button = self._make_tile("添加照片", self._icons.icon("image-plus", PALETTE.ink_soft, 28))
        button.setIconSize(QSize(28, 28))
        button.setText("添加照片\n可粘贴或拖入")
        mark(button, role="add")
        button.clicked.connect(lambda: self.add_asked.emit())
        button.installEventFilter(self)
        return button

    def _make_photo(self, index: int, image: QImage, caption: str) -> QToolButton:
        scale = self.devicePixelRatioF()
        tile = self._make_tile(
            caption or f"照片 {index + 1}", QIcon(thumbnail(image, PHOTO, scale))
        )
        tile.setIconSize(PHOTO)
        tile.clicked.connect(lambda: self.opened.emit(index))
        tile.installEventFilter(self)
        if self._read_only or index in self._kept:
            return tile
        remove = QToolButton(tile)
        mark(remove, role="remove")
        remove.setIcon(self._icons.icon("x", PALETTE.card, 14))
        remove.setGeometry(TILE.width() - REMOVE - 8, 8, REMOVE, REMOVE)
        remove.setToolTip("移除这张照片")
        remove.setAccessibleName(f"移除 {caption or f'照片 {index + 1}'}")
        remove.clicked.connect(lambda: self.removed.emit(index))
        return tile

    def _make_tile(self, name: str, icon: QIcon) -> QToolButton:
        button = QToolButton(self._inner)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIcon(icon)
        button.setFixedSize(TILE)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setText(
            button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, PHOTO.width())
        )
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button


def thumbnail(image: QImage, size: QSize, scale: float) -> QPixmap:
    """Fill `size` with the middle of `image`, with round corners, sharp at `scale`."""
    whole = size * scale
    picture = QPixmap(whole)
    picture.fill(Qt.GlobalColor.transparent)
    shrunk = image.scaled(
        whole,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(picture.rect()), 4 * scale, 4 * scale)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(outline)
    painter.drawImage(
        (whole.width() - shrunk.width()) // 2, (whole.height() - shrunk.height()) // 2, shrunk
    )
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture
