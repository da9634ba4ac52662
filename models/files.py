"""Writing a file whole or not at all, and what to say where the disk takes none."""

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from models.problems import AppError

PART = ".part"  # what is not whole yet
_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_whole(path: Path, data: bytes, mode: int = 0o666, *, sure: bool = True) -> None:
    """Write the file: whoever opens it finds all of it, or what stood there before.

    `mode` are the rights it is made with, before the first byte is in it. A copy that another can
    replace need not be `sure` to lie on the disk already.
    """
    part = path.with_name(path.name + PART)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # else what lay there would keep its own rights
        part.touch(mode)
        with part.open("wb") as file:
            file.write(data)
            if sure:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):  # a disk that is gone cannot be tidied
            part.unlink()
        raise cannot_write(path.parent, error) from error


def safe_name(text: str, most: int | None = None) -> str:
    """What of a text may stand in the name of a file: nothing Windows forbids, nothing unseen."""
    seen = "".join(sign for sign in text if sign.isprintable())
    return re.sub(r'[\\/:*?"<>|]', "", seen)[:most].strip(" .")


def cannot_write(place: Path, error: OSError) -> AppError:
    """The sentence for a folder or disk that takes no writing."""
    if error.errno in _FULL:
        return AppError(f"磁盘已满，没有写入 {place}。请清理磁盘后再试，已有的记录没有受影响。")
    if isinstance(error, PermissionError):
        return AppError(
            f"不能写入文件夹 {place}。它可能是只读的，或者里面的文件正被别的程序打开；"
            "请关闭后再试，或换一个文件夹。"
        )
    return AppError(f"不能写入文件夹 {place}。请检查它是否还在、是否只读，或换一个文件夹。")
