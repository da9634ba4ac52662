"""Reading a bundle: everything is proved before anything is taken, then taken at once."""

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import orjson

from models.exchange.format import (
    LOG_NAME,
    MANIFEST,
    MOST_MANIFEST,
    MOST_MEMBER,
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_TOTAL,
    PHOTO_NAME,
    BadBundle,
    Manifest,
    SegmentEntry,
    load_manifest,
)
from models.ledger.ledger import Ledger
from models.ledger.lines import BadLine, chain, load
from models.ledger.segments import Outcome, Segment
from models.problems import AppError


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose every byte was checked against its manifest."""

    manifest: Manifest
    segments: tuple[Segment, ...]
    photos: dict[str, bytes]
    sha256: str


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a bundle; `clean` only if nothing waits, was refused or needs a person."""

    unit: str
    unit_name: str
    new: int
    had: int
    held: int
    waiting: int
    refused: int
    forked: int
    conflicts: int
    unknown: int
    photos: int

    @property
    def clean(self) -> bool:
        troubles = (
            self.held,
            self.waiting,
            self.refused,
            self.forked,
            self.conflicts,
            self.unknown,
        )
        return not any(troubles)

    def words(self) -> str:
        """The report in a sentence."""
        name = self.unit_name or self.unit
        if not self.new and self.clean:
            return f"{name}：内容都已经有了，没有变化。"
        parts = [f"新增 {self.new} 条记录"]
        parts += [f"照片 {self.photos} 张"] if self.photos else []
        parts += [
            f"{word} {count} 条"
            for word, count in (
                ("前面缺数据、暂存", self.held),
                ("等待上级记录", self.waiting),
                ("超出权限或版本不符、未采用", self.refused),
                ("与已收内容分叉、未采用", self.forked),
                ("两边改了同一处、待决定", self.conflicts),
                ("需升级程序后才能显示", self.unknown),
            )
            if count
        ]
        return f"{name}：{'，'.join(parts)}。"


def receive_bundle(ledger: Ledger, path: Path) -> Received:
    """Take a bundle into the ledger: all of it in one transaction; again, and nothing changes."""
    bundle = read_bundle(path)
    for data in bundle.photos.values():
        ledger.keep_attachment(data)
    with ledger.transaction() as db:
        outcome = ledger.receive(bundle.segments)
        db.executemany(
            "INSERT INTO ack VALUES(?, ?, ?) ON CONFLICT(peer, log_id)"
            " DO UPDATE SET seq = max(seq, excluded.seq)",
            [(bundle.manifest.unit, log, seq) for log, seq in bundle.manifest.have.items()],
        )
        received = _received(bundle, outcome)
        db.execute(
            "INSERT OR REPLACE INTO inbox VALUES(?, ?, ?, ?, ?)",
            (
                bundle.sha256,
                path.name,
                ledger.clock().isoformat(),
                bundle.manifest.unit,
                orjson.dumps(received).decode(),
            ),
        )
    return received


def _received(bundle: Bundle, outcome: Outcome) -> Received:
    counts = outcome.counts
    return Received(
        unit=bundle.manifest.unit,
        unit_name=bundle.manifest.unit_name,
        new=counts["new"],
        had=counts["had"],
        held=counts["held"],
        waiting=counts["waiting"],
        refused=counts["refused"],
        forked=counts["forked"],
        conflicts=counts["conflicts"],
        unknown=counts["unknown"],
        photos=len(bundle.photos),
    )


def read_bundle(path: Path) -> Bundle:
    """The bundle in this file, wholly checked; raises AppError in words, and has no effect."""
    try:
        return _read(path)
    except BadBundle as error:
        reason = str(error)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        reason = "文件不完整或已损坏"
    except OSError:
        reason = "文件读不出来"
    raise AppError(f"没有读入 {path.name}：{reason}。台账没有变化；请向对方重新要一份原文件。")


def _read(path: Path) -> Bundle:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with zipfile.ZipFile(path) as archive:
        members = _members(archive)
        manifest = load_manifest(_bytes(archive, members[MANIFEST], MOST_MANIFEST))
        named = {entry.name for entry in manifest.segments}
        named |= {f"att/{photo}" for photo, _size in manifest.photos}
        if named | {MANIFEST} != set(members):
            raise BadBundle("内容与目录不符")
        segments = tuple(
            _segment(entry, _bytes(archive, members[entry.name])) for entry in manifest.segments
        )
        photos = {
            photo: _photo(photo, size, _bytes(archive, members[f"att/{photo}"]))
            for photo, size in manifest.photos
        }
    return Bundle(manifest, segments, photos, sha256)


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by name, after the limits: how many, how large, which names, no tricks."""
    infos = archive.infolist()
    members = {info.filename: info for info in infos}
    if len(infos) > MOST_MEMBERS or len(members) != len(infos):
        raise BadBundle("文件个数不对")
    if MANIFEST not in members:
        raise BadBundle("不是校园安全台账的数据包")
    total = 0
    for name, info in members.items():
        if not (name == MANIFEST or LOG_NAME.fullmatch(name) or PHOTO_NAME.fullmatch(name)):
            raise BadBundle("含有不认识的文件")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadBundle("压缩方式不对")
        too_large = info.file_size > MOST_MEMBER
        if too_large or info.file_size > MOST_RATIO * max(info.compress_size, 1024):
            raise BadBundle("内容大得不正常")
        total += info.file_size
    if total > MOST_TOTAL:
        raise BadBundle("内容大得不正常")
    return members


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int = MOST_MEMBER) -> bytes:
    """The member's bytes; what is read is counted, what its header says is not believed."""
    with archive.open(info) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise BadBundle("内容大得不正常")
    return data


def _segment(entry: SegmentEntry, body: bytes) -> Segment:
    if hashlib.sha256(body).hexdigest() != entry.sha256 or not body.endswith(b"\n"):
        raise BadBundle("记录的校验值不对")
    texts = body.decode("utf-8").removesuffix("\n").split("\n")
    if len(texts) != entry.last - entry.first + 1:
        raise BadBundle("记录的条数不对")
    head = entry.prev
    for number, text in enumerate(texts, start=entry.first):
        try:
            line = load(text)
        except BadLine:
            raise BadBundle(f"第 {number} 条记录的格式不对") from None
        if line["s"] != number or (line["o"] == "b") != (number == 1):
            raise BadBundle(f"第 {number} 条记录的次序不对")
        if number == 1 and (line["n"], line["v"].get("device")) != (entry.unit, entry.device):
            raise BadBundle("记录的来源与目录不符")
        head = chain(head, text)
    if head != entry.head:
        raise BadBundle("记录的校验链不对")
    return Segment(
        entry.log, entry.unit, entry.device, entry.first, entry.prev, entry.head, tuple(texts)
    )


def _photo(sha256: str, size: int, data: bytes) -> bytes:
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        raise BadBundle("照片的校验值不对")
    if not data.startswith(b"\xff\xd8\xff"):
        raise BadBundle("附件不是照片")
    return data
