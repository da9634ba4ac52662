import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from models.reports.paper.faces import Faces
from models.reports.paper.photos import SHARP, UNREADABLE, Photo, as_jpeg, photo_rows
from tests.models.reports.paper.conftest import Printed

Print = Callable[..., Printed]


def picture(
    kind: str, mode: str = "RGB", size: tuple[int, int] = (80, 40), **more: object
) -> bytes:
    written = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 1).save(written, kind, **more)
    return written.getvalue()


def test_photos_stand_two_a_row_with_their_captions(printed: Print, faces: Faces) -> None:
    photos = [Photo(picture("JPEG"), f"照片{number}") for number in range(3)]
    rows = photo_rows(photos, faces=faces)
    assert len(rows) == 2
    text = printed(rows).text
    assert all(f"照片{number}" in text for number in range(3))


def test_a_photo_keeps_its_shape(printed: Print, faces: Faces) -> None:
    paper = printed(photo_rows([Photo(picture("JPEG"))], faces=faces))
    document = pypdfium2.PdfDocument(paper.path)
    images = [item for item in document[0].get_objects() if item.type == 3]
    left, bottom, right, top = images[0].get_bounds()
    document.close()
    assert (right - left) / (top - bottom) == pytest.approx(2, abs=0.01)


def test_a_jpeg_is_taken_as_it_is() -> None:
    data = picture("JPEG")
    assert as_jpeg(data) is data


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_larger_than_paper_can_show_is_made_smaller(kind: str) -> None:
    data = picture(kind, size=(1600, 1200))
    with Image.open(BytesIO(as_jpeg(data) or b"")) as image:
        assert image.size == (SHARP, SHARP * 3 // 4)


def test_a_photo_can_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(picture("JPEG"))
    assert as_jpeg(tmp_path / "a.jpg") == picture("JPEG")


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF", "TIFF", "WEBP"])
def test_other_pictures_become_jpegs(kind: str) -> None:
    with Image.open(BytesIO(as_jpeg(picture(kind)) or b"")) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (80, 40))


def test_a_jpeg_for_a_press_becomes_one_for_a_screen() -> None:
    with Image.open(BytesIO(as_jpeg(picture("JPEG", "CMYK")) or b"")) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (80, 40))


def test_a_photo_taken_sideways_is_turned() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    with Image.open(BytesIO(as_jpeg(picture("JPEG", exif=turned)) or b"")) as image:
        assert image.size == (40, 80)


@pytest.mark.parametrize("data", [b"", b"no picture", picture("JPEG")[:300]])
def test_a_damaged_photo_leaves_a_frame_that_says_so(
    data: bytes, printed: Print, faces: Faces
) -> None:
    assert UNREADABLE in printed(photo_rows([Photo(data, "坏")], faces=faces)).text


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert as_jpeg(tmp_path / "missing.jpg") is None


def test_a_picture_that_would_fill_the_memory_is_not_unpacked() -> None:
    huge = picture("JPEG", "L", (9_000, 9_000))
    assert len(huge) < 1_500_000
    tracemalloc.start()
    assert as_jpeg(huge) is None
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_a_caption_too_long_for_its_frame_is_shortened(printed: Print, faces: Faces) -> None:
    text = printed(photo_rows([Photo(picture("JPEG"), "很长的说明" * 30)], faces=faces)).text
    assert "很长的说明" in text
    assert "…" in text
