"""Rows of two framed photos with captions; one that cannot be read leaves a frame saying so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader

from models.photo_file import seen
from models.reports.paper.faces import Faces
from models.reports.paper.paper_canvas import Piece, shorten

GAP = 12.0
CAPTION_SIZE = 10.5
CAPTION_ROOM = 20.0
ORIENTATION = 0x0112  # EXIF: how the camera was held
UNREADABLE = "照片无法读取"
# A small file of another PC may claim to be a picture that fills the memory.
MOST_PIXELS = 80_000_000
# The longest side on paper: half the width of a sheet at some 260 dots an inch, and half of what an
# attached photo has, so that it is unpacked at half its size at once.
SHARP = 800


@dataclass(frozen=True)
class Photo:
    """A picture, as bytes or a file, the words below it, and those where it is unreadable."""

    source: bytes | Path
    caption: str = ""
    unreadable: str = UNREADABLE


def photo_rows(photos: Sequence[Photo], *, faces: Faces, height: float = 150) -> list["PhotoRow"]:
    """The photos two a row, in frames of this height in points; a row is never parted, rows are."""
    return [PhotoRow(photos[at : at + 2], faces, height) for at in range(0, len(photos), 2)]


class PhotoRow(Piece):
    """One or two photos side by side in frames of equal size."""

    def __init__(self, photos: Sequence[Photo], faces: Faces, height: float) -> None:
        super().__init__()
        self._photos = photos
        self._faces = faces
        self._frame_height = height

    def said(self) -> Iterator[str | bytes]:
        """Captions and pictures; of one that cannot be read, what stands in its place."""
        for photo in self._photos:
            yield photo.caption
            yield bytes_of(photo.source) or photo.unreadable

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The whole width; the frames and their captions."""
        self.width, self.height = width, self._frame_height + CAPTION_ROOM
        return self.width, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802  reportlab's name
        """The room above."""
        return GAP / 2

    def draw(self) -> None:
        """Draw frame, photo and caption, one after the other."""
        frame = (self.width - GAP) / 2
        for number, photo in enumerate(self._photos):
            x = number * (frame + GAP)
            self._draw_photo(photo, x, frame)
            self.canv.setLineWidth(0.5)
            self.canv.rect(x, CAPTION_ROOM, frame, self._frame_height)
            face = self._faces.table
            caption = shorten(photo.caption, face, CAPTION_SIZE, frame)
            self.canv.put(caption, x + frame / 2, CAPTION_ROOM - 14, face, CAPTION_SIZE, "C")

    def _draw_photo(self, photo: Photo, x: float, frame: float) -> None:
        jpeg = as_jpeg(photo.source)
        if jpeg is None:
            middle = CAPTION_ROOM + self._frame_height / 2
            self.canv.put(
                photo.unreadable, x + frame / 2, middle, self._faces.table, CAPTION_SIZE, "C"
            )
            return
        image = ImageReader(BytesIO(jpeg))
        self.canv.drawImage(
            image,
            x + 2,
            CAPTION_ROOM + 2,
            frame - 4,
            self._frame_height - 4,
            preserveAspectRatio=True,
            anchor="c",
        )


def as_jpeg(source: bytes | Path) -> bytes | None:
    """The photo as an upright JPEG that paper can show, unchanged if it is one already; None if it
    is unreadable."""
    try:
        data = bytes_of(source)
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            part = SHARP / max(image.size)
            if part < 1:
                image.draft("RGB", (int(image.width * part), int(image.height * part)))
            image.load()
            upright = image.getexif().get(ORIENTATION, 1) == 1
            if part >= 1 and image.format == "JPEG" and upright and image.mode in ("RGB", "L"):
                return data
            turned = seen(image)
            turned.thumbnail((SHARP, SHARP))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    written = BytesIO()
    turned.save(written, "JPEG", quality=85)
    return written.getvalue()


def bytes_of(source: bytes | Path) -> bytes:
    """The photo as it was stored; empty where its file cannot be read."""
    try:
        return source.read_bytes() if isinstance(source, Path) else source
    except OSError:
        return b""
