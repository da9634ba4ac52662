"""The zip inside a bundle, read as what a stranger sent: every limit first, then every byte.

Only the plainest zip is taken: the members one behind the other from the first byte on, before each
a head that says what the directory says of it, then the directory, then its end with nothing behind
it. So nothing is hidden before, between or behind the members, and no byte is read twice. The
standard library finds its way through much stranger files than this one, differently in each of
its versions; therefore the few structures are read here.
"""

import re
import struct
import zlib
from typing import Final, NamedTuple

from models.exchange.format import (
    LOG_NAME,
    MANIFEST,
    MOST_MANIFEST,
    PHOTO_NAME,
    REGISTRY_NAME,
    SIGNATURE,
    BadBundle,
)

MOST_MEMBERS: Final = 20_000
MOST_TOTAL: Final = 512 << 20
MOST_LOG: Final = 64 << 20
MOST_PHOTO: Final = 16 << 20
MOST_REGISTRY: Final = 8 << 20
MOST_SIGNATURE: Final = 4 << 10
# Thousands of findings with the same long text are packed some 300 times smaller, zeros 1000 times.
MOST_RATIO: Final = 500
SMALL: Final = 1 << 20  # below this the ratio says nothing

_MOST: Final = (
    (re.compile(re.escape(MANIFEST)), MOST_MANIFEST),
    (re.compile(re.escape(SIGNATURE)), MOST_SIGNATURE),
    (LOG_NAME, MOST_LOG),
    (REGISTRY_NAME, MOST_REGISTRY),
    (PHOTO_NAME, MOST_PHOTO),
)
_STORED, _DEFLATED = 0, 8
_ENTRY_MAGIC, _HEAD_MAGIC, _END_MAGIC = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
# Of the directory's entry, without its writer and the date: magic, version that a reader needs,
# flags, method, checksum, packed size, size, lengths of name, extra and comment, disk, kind, place.
# Its bytes 6 to 32 stand again in the head of the member.
_ENTRY: Final = struct.Struct("<4s2x3H4x3I4H2x2I")
_VERSION: Final = 20  # knows deflate, and nothing that came later
# Magic, four times disks and counts, size and place of the directory, length of a comment.
_END: Final = struct.Struct("<4s4H2IH")
_FOLDER: Final = 0x10  # as DOS marks it
_FILE_TYPES: Final = (0, 8)  # as Unix marks it: nothing said, or a plain file
_DAMAGED, _TRICK, _TOO_LARGE = "文件不完整或已损坏", "压缩包的结构不对", "内容大得不正常"


class _Member(NamedTuple):
    """What the directory says of a member, and where its bytes start."""

    method: int
    crc: int
    packed: int
    size: int
    start: int


class ZipReader:
    """The members of a bundle by name; `read` gives the bytes of one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._members = _members(data)

    @property
    def names(self) -> set[str]:
        """The names of the members."""
        return set(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member: exactly as many as were declared, with the right checksum."""
        member = self._members[name]
        packed = memoryview(self._data)[member.start : member.start + member.packed]
        data = bytes(packed) if member.method == _STORED else _inflate(packed, member.size)
        if len(data) != member.size or zlib.crc32(data) != member.crc:
            raise BadBundle(_DAMAGED)
        return data


def _inflate(packed: memoryview, size: int) -> bytes:
    """What was deflated; never more than one byte beyond the declared size is made of it."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, size + 1)
    except zlib.error:
        raise BadBundle(_DAMAGED) from None
    if not inflater.eof or inflater.unused_data:
        raise BadBundle(_TRICK)
    return data


def _members(data: bytes) -> dict[str, _Member]:
    """The members, after every limit; the walk through directory and members leaves no byte out."""
    count, directory, end = _directory(data)
    members: dict[str, _Member] = {}
    at, entry, total = 0, directory, 0
    for _ in range(count):
        name, member, entry = _entry(data, entry, end, at)
        if name in members:
            raise BadBundle("同一个文件出现了两次")
        members[name] = member
        at = member.start + member.packed
        total += member.size
        if total > MOST_TOTAL:
            raise BadBundle(_TOO_LARGE)
    if (at, entry) != (directory, end):
        raise BadBundle(_TRICK)
    return members


def _directory(data: bytes) -> tuple[int, int, int]:
    """(number of members, start of the directory, its end): what the last bytes say."""
    end = len(data) - _END.size
    if end < 0:
        raise BadBundle(_DAMAGED)
    magic, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, end)
    if magic != _END_MAGIC:
        raise BadBundle(_DAMAGED)
    if (disk, first_disk, here, comment, start + size) != (0, 0, count, 0, end):
        raise BadBundle(_TRICK)
    if count > MOST_MEMBERS:
        raise BadBundle("文件太多")
    return count, start, end


def _entry(data: bytes, entry: int, end: int, at: int) -> tuple[str, _Member, int]:
    """(name, member, next entry) of an entry of the directory whose member stands at `at`."""
    if entry + _ENTRY.size > end:
        raise BadBundle(_TRICK)
    said = _ENTRY.unpack_from(data, entry)
    magic, needs, flags, method, crc, packed, size, length, extra, comment, disk, kind, place = said
    plain = (magic, flags, extra, comment, disk, place) == (_ENTRY_MAGIC, 0, 0, 0, 0, at)
    if not plain or needs > _VERSION:
        raise BadBundle(_TRICK)
    after = entry + _ENTRY.size + length
    name = data[entry + _ENTRY.size : after]
    head = _HEAD_MAGIC + data[entry + 6 : entry + 32] + name
    if data[at : at + len(head)] != head or kind & _FOLDER or kind >> 28 not in _FILE_TYPES:
        raise BadBundle(_TRICK)
    text = name.decode("ascii", "replace")
    member = _Member(method, crc, packed, size, at + len(head))
    _check(text, member)
    return text, member, after


def _check(name: str, member: _Member) -> None:
    """Only names of ours, stored or deflated, of a size that can be."""
    most = next((most for names, most in _MOST if names.fullmatch(name)), None)
    if most is None:
        raise BadBundle("含有不认识的文件")
    if member.method not in (_STORED, _DEFLATED):
        raise BadBundle("压缩方式不对")
    if member.size > most or member.size > max(SMALL, MOST_RATIO * member.packed):
        raise BadBundle(_TOO_LARGE)
