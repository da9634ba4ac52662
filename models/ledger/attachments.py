"""Photos: made small when attached, kept as files named by their SHA-256 beside the ledger."""

import hashlib
import io
import re
from pathlib import Path

from models.files import write_whole
from models.problems import AppError

LONGEST_SIDE = 1600
MOST_PIXELS = 80_000_000
MOST_BYTES = 40_000_000


def shrink(data: bytes) -> bytes:
    """A JPEG of at most 1600 px, upright, without the place where it was taken."""
    from PIL import Image

    from models.photo_file import seen

    if len(data) > MOST_BYTES:
        raise AppError("照片超过 40 MB，没有加入。请先在手机或画图软件里缩小。")
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise AppError("照片尺寸过大，没有加入。请先缩小后再加入。")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = seen(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise AppError("这个文件不是能识别的照片，没有加入。请选择 JPG 或 PNG 照片。") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = io.BytesIO()
    upright.save(small, "JPEG", quality=80, optimize=True)
    return small.getvalue()


def fetch(home: Path, sha256: str) -> bytes | None:
    """The bytes of this hash, or None where they have not arrived yet or cannot be read."""
    # A line of another PC may say anything; only a hash may become part of a path.
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        return None
    try:
        return path_of(home, sha256).read_bytes()
    except OSError:  # not there, or not to be read: the finding is shown without its photo
        return None


def path_of(home: Path, sha256: str) -> Path:
    """Where the file of this hash lies, or would lie."""
    return home / "attachments" / sha256[:2] / f"{sha256}.jpg"


def store(home: Path, data: bytes) -> str:
    """Keep the bytes, whole or not at all, and return their hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(home, sha256)
    if fetch(home, sha256) != data:  # a file that rotted is written anew
        write_whole(path, data)
    return sha256
