"""The zip inside a bundle, read as what a stranger sent: every limit first, then every byte.

What the directory says is compared with what stands before each member; spans must lie one behind
the other without gap or overlap, so that nothing is hidden between them and no byte is read twice.
"""

import io
import struct
import zipfile
import zlib
from typing import Final

from models.exchange.format import (
    LOG_NAME,
    MANIFEST,
    PHOTO_NAME,
    REGISTRY_NAME,
    SIGNATURE,
    BadBundle,
)

MOST_MEMBERS: Final = 20_000
MOST_TOTAL: Final = 1 << 30
MOST_RATIO: Final = 300  # a ledger of equal rows is packed some 150 times smaller
SMALL: Final = 64 << 10  # below this the ratio says nothing
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC: Final = b"PK\x03\x04"
_MOST_OF: Final = (
    (LOG_NAME, 256 << 20),
    (PHOTO_NAME, 16 << 20),
    (REGISTRY_NAME, 8 << 20),
)
_MOST_NAMED: Final = {MANIFEST: 8 << 20, SIGNATURE: 4 << 10}
_TOO_LARGE, _TRICK = "内容大得不正常", "压缩包的结构不对"


class ZipReader:
    """The members of a bundle by name; `read` gives the bytes of one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
            raise BadBundle("文件不完整或已损坏") from None
        infos = archive.infolist()
        self._members = {info.filename: info for info in infos}
        if len(infos) > MOST_MEMBERS or len(self._members) != len(infos):
            raise BadBundle("文件个数不对")
        for info in infos:
            _check(info)
        if sum(info.file_size for info in infos) > MOST_TOTAL:
            raise BadBundle(_TOO_LARGE)
        self._start = self._lay_out(infos, archive)

    @property
    def names(self) -> set[str]:
        """The names of the members."""
        return set(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member: exactly as many as it declares, with the right checksum."""
        info = self._members[name]
        start = self._start[name]
        packed = memoryview(self._data)[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            data = bytes(packed)
        else:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                data = inflater.decompress(packed, info.file_size + 1)
            except zlib.error:
                raise BadBundle("文件不完整或已损坏") from None
            if not inflater.eof or inflater.unused_data:
                raise BadBundle(_TRICK)
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise BadBundle("文件不完整或已损坏")
        return data

    def _lay_out(self, infos: list[zipfile.ZipInfo], archive: zipfile.ZipFile) -> dict[str, int]:
        """Where the bytes of each member start; the file is members, then the directory."""
        starts: dict[str, int] = {}
        at = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            head = self._data[at : at + _LOCAL.size]
            if info.header_offset != at or len(head) != _LOCAL.size:
                raise BadBundle(_TRICK)
            magic, _v, flags, method, _t, _d, crc, packed, size, names, extra = _LOCAL.unpack(head)
            start = at + _LOCAL.size + names + extra
            name = self._data[at + _LOCAL.size : start]
            said = (magic, flags, method, crc, packed, size, extra, name)
            if said != (
                _LOCAL_MAGIC,
                0,
                info.compress_type,
                info.CRC,
                info.compress_size,
                info.file_size,
                0,
                info.filename.encode(),
            ):
                raise BadBundle(_TRICK)
            starts[info.filename] = start
            at = start + info.compress_size
        end = len(self._data) - 22  # the end record without a comment
        if archive.start_dir != at or self._data[end : end + 4] != b"PK\x05\x06":
            raise BadBundle(_TRICK)
        return starts


def _check(info: zipfile.ZipInfo) -> None:
    """Only names of ours, stored or deflated, without any extra, of a size that can be."""
    most = _MOST_NAMED.get(info.filename) or next(
        (most for names, most in _MOST_OF if names.fullmatch(info.filename)), 0
    )
    if not most:
        raise BadBundle("含有不认识的文件")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadBundle("压缩方式不对")
    if info.flag_bits or info.extra or info.comment:
        raise BadBundle(_TRICK)
    if info.file_size > most or info.file_size > max(SMALL, MOST_RATIO * info.compress_size):
        raise BadBundle(_TOO_LARGE)
