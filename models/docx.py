"""The words of a Word document (.docx), read as what a stranger sent: limits first, no entities.

Only the text counts: paragraphs, tabs, breaks, tables line by line; what was deleted with tracking,
field codes and the second telling of a text box are left out.
"""

import io
import zlib
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile

from models.problems import Problem

MOST_FILE: Final = 20 << 20
MOST_XML: Final = 16 << 20
_DOCUMENT: Final = "word/document.xml"
_OLD: Final = b"\xd0\xcf\x11\xe0"  # the container of Word 97, and of a document with a password
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_SPACES: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FALLBACK: Final = "markup-compatibility/2006 Fallback"
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ENDS: Final = {"tc": "\t", "tr": "\n"}
_UNREAD: Final = frozenset({"rt"})  # the reading above a character
NO_DOCX: Final = "这不是 Word 文档（.docx），可能是改了扩展名的文件。请用 Word 打开后另存为 .docx。"
_BROKEN: Final = "文件已损坏，读不出内容。请用 Word 打开检查，另存一份后再试。"
_TOO_LARGE: Final = "文件大得不正常，没有读取。请把正文另存为一个新的 .docx 后再试。"


def docx_text(data: bytes) -> str:
    """The text of a document; the Problem says what is wrong with it and what to do."""
    if data.startswith(_OLD):
        raise Problem(
            "文件设了打开密码，读不出内容。请在 Word 里取消密码后再试。"
            if _LOCKED in data
            else "这是旧版 Word 文件（.doc）。请用 Word 打开，另存为 .docx 后再试。"
        )
    if len(data) > MOST_FILE:
        raise Problem(_TOO_LARGE)
    return _Reader().read(_document(data))


def _document(data: bytes) -> bytes:
    """The XML of the body, never more than `MOST_XML`."""
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            member = packed.getinfo(_DOCUMENT)
            if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # Word knows no others
                raise BadZipFile
            if member.file_size <= MOST_XML:
                with packed.open(member) as file:
                    return file.read(MOST_XML)
    except KeyError:
        raise Problem(NO_DOCX) from None
    except (BadZipFile, LargeZipFile):
        raise Problem(NO_DOCX if data[:2] != b"PK" else _BROKEN) from None
    except (zlib.error, EOFError, NotImplementedError, ValueError, OverflowError):
        raise Problem(_BROKEN) from None
    except RuntimeError:  # what the library says of a member that wants a password
        raise Problem("文件加了密，读不出内容。请取消加密后再试。") from None
    raise Problem(_TOO_LARGE)


class _Reader:
    """Hears the elements of a body and keeps its words."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[str] = []
        self._silent = 0  # within so many elements that are not read
        self._cells = 0

    def read(self, xml: bytes) -> str:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse  # without it there can be no entity of its own
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        try:
            parser.Parse(xml, True)
        except Problem:
            raise
        except (expat.ExpatError, LookupError, ValueError):  # the latter two: of its encoding
            raise Problem(_BROKEN) from None
        lines = "".join(self._parts).split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n")

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        local = _local(name)
        self._open.append(local)
        self._silent += _is_unread(name, local)
        self._cells += local == "tc"
        within_run = "r" in self._open[-2:-1]  # a tab stop of a style is called tab as well
        if within_run and local in _SIGNS and not self._silent:
            self._parts.append(_SIGNS[local])

    def _end(self, name: str) -> None:
        local = self._open.pop()
        self._silent -= _is_unread(name, local)
        self._cells -= local == "tc"
        if self._silent:
            return
        if local == "p":
            self._parts.append(" " if self._cells else "\n")
        elif local in _ENDS:
            self._parts.append(_ENDS[local])

    def _words(self, words: str) -> None:
        if not self._silent and self._open[-1:] == ["t"]:
            self._parts.append(words)


def _local(name: str) -> str:
    """The name of an element of Word; empty for those of pictures and others."""
    space, _, local = name.rpartition(" ")
    return local if space in _SPACES else ""


def _is_unread(name: str, local: str) -> bool:
    return local in _UNREAD or name.endswith(_FALLBACK)


def _refuse(*_doctype: object) -> None:
    raise Problem("文件里有 Word 不会写的内容，为安全起见没有读取。请用 Word 打开后另存为 .docx。")
