"""A strip of photos that takes in files and pictures, and loads thumbnails in the background."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from models.ledger.attachments import MOST_BYTES
from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.finding import Photo
from ui.colours import PALETTE
from ui.icons import Icons
from ui.look import mark
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.photo_strip import PHOTO, PhotoStrip

PATTERN = "照片 (*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff)"
THUMBNAIL = PHOTO * 2
MOST_THUMBNAILS = 120
Source = Path | QImage


class PhotoField(QWidget):
    """Photos under a heading. What is taken in belongs to the `owner` of the moment it was given:

    shrinking takes a while, and the person may have gone on to another finding by then.
    """

    added = Signal(object, list)  # owner, SHA-256s
    removed = Signal(int)
    opened = Signal(int)
    failed = Signal(str)

    def __init__(self, title: str, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__()
        self.owner: object = None
        self._title, self._session, self._tasks = title, session, tasks
        self._shown: list[str] = []
        self._captions: list[str] = []
        self._kept: Collection[int] = ()
        self._images: dict[str, QImage | None] = {}
        self._waiting = 0
        self._blank = placeholder("")
        self._absent = placeholder("照片未到")
        self.heading = QLabel(title)
        mark(self.heading, role="hint")
        self.strip = PhotoStrip(icons, title)
        self.strip.add_asked.connect(self.choose)
        self.strip.files_dropped.connect(lambda paths: self.take([Path(p) for p in paths]))
        self.strip.image_pasted.connect(lambda image: self.take([image]))
        self.strip.removed.connect(self.removed)
        self.strip.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.strip)

    def show_photos(
        self, hashes: Sequence[str], captions: Sequence[str] = (), kept: Collection[int] = ()
    ) -> None:
        """Show these photos; those not seen yet come as soon as they are read.

        Those at the places `kept` are not this side's to remove.
        """
        self._kept = kept
        self._shown = [*hashes]
        self._captions = [*captions] or [""] * len(hashes)
        self._draw()
        wanted = [sha256 for sha256 in self._shown if sha256 not in self._images]
        if wanted:
            read = partial(load_thumbnails, self._session.ledger, wanted)
            self._tasks.run(read, self._on_loaded, self.failed.emit)

    def set_read_only(self, read_only: bool) -> None:
        """Let photos be looked at only; call it before `show_photos`."""
        self.strip.set_read_only(read_only)

    @property
    def is_taking_in(self) -> bool:
        """Whether photos are still being made small."""
        return self._waiting > 0

    def forget(self) -> None:
        """Look again for what had not arrived."""
        self._images = {name: image for name, image in self._images.items() if image}

    def choose(self) -> None:
        """Let the person pick files."""
        names, _ = QFileDialog.getOpenFileNames(self, "选择照片", "", PATTERN)
        self.take([Path(name) for name in names])

    def take(self, sources: Sequence[Source]) -> None:
        """Take in files or pictures; `added` follows once they are small and kept."""
        if not sources:
            return
        self._waiting += len(sources)
        self._say_waiting()
        owner = self.owner

        def arrive(hashes: list[str], complaints: list[str]) -> None:
            self._waiting -= len(sources)
            self._say_waiting()
            if hashes:
                self.added.emit(owner, hashes)
            if complaints:
                self.failed.emit("\n".join(complaints))

        work = partial(attach_all, self._session.ledger, sources)
        self._tasks.run(work, lambda kept: arrive(*kept), lambda words: arrive([], [words]))

    def _on_loaded(self, images: dict[str, QImage | None]) -> None:
        if len(self._images) > MOST_THUMBNAILS:
            self._images.clear()
        self._images |= images
        if images.keys() & set(self._shown):
            self._draw()

    def _draw(self) -> None:
        tiles = []
        for sha256, caption in zip(self._shown, self._captions, strict=True):
            if sha256 not in self._images:
                tiles.append((self._blank, caption))
            else:
                image = self._images[sha256]
                tiles.append((image, caption) if image else (self._absent, caption))
        self.strip.show_photos(tiles, self._kept)
        self._say_waiting()

    def _say_waiting(self) -> None:
        count = f" {len(self._shown)} 张" if self._shown else ""
        waiting = f" · 正在加入 {self._waiting} 张…" if self._waiting else ""
        self.heading.setText(f"{self._title}{count}{waiting}")


def shown_stage(photo: Photo) -> str:
    """Where it is shown: one without a known stage stands among those of what was found."""
    return "after" if photo.stage == "after" else "before"


def attach_all(ledger: Ledger, sources: Sequence[Source]) -> tuple[list[str], list[str]]:
    """Keep every source that can be kept; the complaints name the ones that cannot."""
    hashes, complaints = [], []
    for source in sources:
        try:
            hashes.append(ledger.attach(_bytes_of(source)))
        except AppError as error:
            name = f"{source.name}：" if isinstance(source, Path) else ""
            complaints.append(f"{name}{error}")
    return hashes, complaints


def _bytes_of(source: Source) -> bytes:
    if isinstance(source, QImage):
        kept = QByteArray()
        buffer = QBuffer(kept)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        source.save(buffer, "PNG")  # type: ignore[call-overload]  # takes str, the stubs say bytes
        return bytes(kept.data())
    try:
        with source.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise AppError("读不到这个文件，没有加入。请检查它是否还在原处、U 盘是否已拔出。") from None


def load_thumbnails(ledger: Ledger, hashes: Sequence[str]) -> dict[str, QImage | None]:
    """The photos, small; None for what has not arrived or cannot be read."""
    images: dict[str, QImage | None] = {}
    for sha256 in hashes:
        data = None
        with suppress(OSError):
            data = ledger.photo(sha256)
        images[sha256] = read_image(data, THUMBNAIL) if data else None
    return images


def read_image(data: bytes, size: QSize) -> QImage | None:
    """The picture within `size`; a JPEG is made small while it is read, which is far quicker."""
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    whole = reader.size()
    if whole.width() > size.width() or whole.height() > size.height():
        reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image


def placeholder(words: str) -> QImage:
    """A grey picture with words, in place of one that is not there."""
    image = QImage(THUMBNAIL, QImage.Format.Format_RGB32)
    image.fill(QColor(PALETTE.pressed))
    if words:
        painter = QPainter(image)
        font = painter.font()
        font.setPixelSize(26)
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.ink_soft))
        painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
    return image
