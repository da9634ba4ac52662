import hashlib
import io
import os
import struct
import zlib

import pytest
from PIL import Image

from models.ledger import attachments
from models.ledger.attachments import LONGEST_SIDE, fetch, path_of, shrink, store
from models.problems import AppError


def picture(width=40, height=20, mode="RGB"):
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image, kind="JPEG", **more):
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def jpeg(**more):
    return saved(picture(), **more)


def opened(data):
    return Image.open(io.BytesIO(data))


def colour(image, x, y):
    red, _green, blue = image.convert("RGB").getpixel((x, y))
    return "red" if red > blue else "blue"


def test_a_large_photo_is_made_small_and_keeps_its_shape():
    small = opened(shrink(saved(picture(4000, 2000))))
    assert small.format == "JPEG"
    assert small.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_small_photo_is_not_made_larger():
    assert opened(shrink(jpeg())).size == (40, 20)


@pytest.mark.parametrize(
    ("orientation", "size", "first"),
    [(1, (40, 20), "red"), (3, (40, 20), "blue"), (6, (20, 40), "red"), (8, (20, 40), "blue")],
)
def test_a_photo_stands_upright_however_the_phone_was_held(orientation, size, first):
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = opened(shrink(jpeg(exif=exif)))
    assert upright.size == size
    assert colour(upright, 3, 3) == first


def test_the_place_where_a_photo_was_taken_is_not_kept():
    exif = Image.Exif()
    exif[0x010F] = "示例牌手机"
    exif.get_ifd(0x8825)[1] = "N"
    small = opened(shrink(jpeg(exif=exif)))
    assert not small.getexif()


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("BMP", "RGB"), ("GIF", "P")]
)
def test_other_pictures_become_photos_too(kind, mode):
    assert opened(shrink(saved(picture(mode=mode), kind))).format == "JPEG"


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"=1+1" * 100, b"\xff\xd8\xff" + b"x" * 100, jpeg()[:200], b"%PDF-1.7"],
)
def test_what_is_no_photo_is_told_in_a_sentence(data):
    with pytest.raises(AppError, match="不是能识别的照片"):
        shrink(data)


def test_a_file_that_is_too_large_is_told_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(attachments, "MOST_BYTES", 100)
    with pytest.raises(AppError, match="超过 40 MB"):
        shrink(jpeg())


def png_that_claims(width, height):
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_a_photo_of_too_many_pixels_is_told_before_it_is_unpacked():
    with pytest.raises(AppError, match="尺寸过大"):
        shrink(png_that_claims(9000, 9000))


def test_a_bomb_is_refused():
    with pytest.raises(AppError, match="没有加入"):
        shrink(png_that_claims(60000, 60000))


def test_the_same_photo_is_stored_once(tmp_path):
    data = jpeg()
    sha256 = store(tmp_path, data)
    path = path_of(tmp_path, sha256)
    assert sha256 == hashlib.sha256(data).hexdigest()
    first = path.stat().st_mtime_ns
    assert store(tmp_path, data) == sha256
    assert path.stat().st_mtime_ns == first
    assert fetch(tmp_path, sha256) == data
    assert [p.name for p in tmp_path.rglob("*.*")] == [path.name]


def test_a_full_disk_is_told_and_leaves_no_half_photo(tmp_path, monkeypatch):
    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AppError, match="磁盘已满"):
        store(tmp_path, jpeg())
    monkeypatch.undo()
    assert fetch(tmp_path, hashlib.sha256(jpeg()).hexdigest()) is None
    assert fetch(tmp_path, store(tmp_path, jpeg())) == jpeg()


def test_a_photo_that_cannot_be_read_is_like_one_that_has_not_arrived(tmp_path):
    path = path_of(tmp_path, "0" * 64)
    path.mkdir(parents=True)
    assert fetch(tmp_path, "0" * 64) is None


def test_a_folder_that_takes_no_writing_is_told(tmp_path):
    (tmp_path / "attachments").write_text("a file stands here")
    with pytest.raises(AppError, match="不能写入文件夹"):
        store(tmp_path, jpeg())
