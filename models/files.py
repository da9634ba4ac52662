"""Writing a file whole or not at all, and what to say where the disk takes none."""

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from models.problems import AppError

PART = ".part"  # what is not whole yet
_FULL = (errno.ENOSPC, errno.EDQUOT)
_WRITE_PROTECTED = 19  # what Windows says of a stick whose switch is on


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


def copy_whole(path: Path, folder: Path) -> None:
    """Copy a file into a folder, whole or not at all; AppError says which side failed."""
    try:
        data = path.read_bytes()
    except OSError:
        raise AppError(f"打不开 {path}，它可能已被移走或删除。请重新生成后再试。") from None
    write_whole(folder / path.name, data)


def safe_name(text: str, most: int | None = None) -> str:
    """What of a text may stand in the name of a file: nothing Windows forbids, nothing unseen."""
    seen = "".join(sign for sign in text if sign.isprintable())
    return re.sub(r'[\\/:*?"<>|]', "", seen)[:most].strip(" .")


def cannot_write(place: Path, error: OSError) -> AppError:
    """The sentence for a folder or disk that takes no writing."""
    if error.errno in _FULL:
        return AppError(f"磁盘已满，没有写入 {place}。请清理磁盘后再试，已有的记录没有受影响。")
    if error.errno == errno.EROFS or getattr(error, "winerror", None) == _WRITE_PROTECTED:
        return AppError(
            f"磁盘有写保护，没有写入 {place}。请拨开 U 盘侧面的写保护开关后再试，或换一个 U 盘。"
        )
    if isinstance(error, PermissionError):
        return AppError(
            f"不能写入文件夹 {place}。它可能是只读的，或者里面的文件正被别的程序打开；"
            "请关闭后再试，或换一个文件夹。"
        )
    return AppError(f"不能写入文件夹 {place}。请检查它是否还在、是否只读，或换一个文件夹。")
