"""What somebody wrote, read from a file of theirs: .docx, or .txt in whatever encoding."""

from pathlib import Path
from typing import Final

from models.docx import MOST_FILE, docx_text
from models.problems import Problem

KINDS: Final = (".docx", ".txt")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
NO_WORDS: Final = "文件里没有文字。如果正文是图片或扫描件，请把文字打出来。"
NO_TEXT: Final = "这不是文本文件，或者编码认不出来。请用记事本打开，另存为 UTF-8 编码的 .txt。"


def read_written(path: Path) -> str:
    """The text of a file, never empty; the Problem says in a sentence why there is none."""
    kind = path.suffix.lower()
    if kind == ".doc":
        raise Problem("这是旧版 Word 文件（.doc）。请用 Word 打开，另存为 .docx 后再试。")
    if kind not in KINDS:
        raise Problem(f"不能读取“{kind or path.name}”这种文件。请另存为 .docx 或 .txt。")
    data = _bytes_of(path)
    text = docx_text(data) if kind == ".docx" else plain_text(data)
    if not text.strip():
        raise Problem(NO_WORDS)
    return text


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_FILE:
            raise Problem("文件超过 20 MB，不像一篇文章，没有读取。请检查是不是选错了文件。")
        data = path.read_bytes()
    except OSError:
        raise Problem("打不开这个文件。它可能已被移走，或者正被别的程序打开。") from None
    if not data:
        raise Problem("文件是空的，请检查是不是选错了文件。")
    return data


def plain_text(data: bytes) -> str:
    """Text by its mark at the beginning; without one UTF-8, else GB18030 as Chinese Windows."""
    mark, known = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    for encoding in (known,) if known else ("utf-8", "gb18030"):
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Problem(NO_TEXT)
