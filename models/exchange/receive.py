"""Reading a bundle: everything is proved before anything is taken, then taken at once."""

import hashlib
import zipfile
import zlib
from collections.abc import Sequence
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
from models.ledger.proving import BadSegment, prove
from models.ledger.segments import Outcome, Segment
from models.ledger.streams import missing_lines
from models.problems import AppError
from models.records.organisation import Organisation

ASK_WHOLE = "请对方生成“完整数据包”再读入"
ASK_THEM = "请联系对方核对"
# What is said of each trouble, and what to do about it now.
TROUBLES = {
    "held": ("{} 条记录先存着，因为前面的还没有收到", ASK_WHOLE),
    "waiting": ("{} 条修改先存着，因为所属的记录还没有收到", ASK_WHOLE),
    "refused": ("{} 条修改超出对方权限或版本不符，没有采用", ASK_THEM),
    "forked": ("{} 条记录与以前收到的不是同一份，没有采用", ASK_THEM),
    "conflicts": ("{} 处两边都改过，现在显示较新的一处", "请与对方商定后再改一次"),
    "unknown": ("{} 条记录要升级程序后才能显示", "请升级本程序"),
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose every byte was checked against its manifest."""

    manifest: Manifest
    segments: tuple[Segment, ...]
    photos: dict[str, bytes]
    sha256: str


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a bundle; `clean` only if nothing waits, was refused or needs a person.

    All counts are of this bundle's own lines; `missing` says which lines of whom must come first.
    """

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
    missing: Sequence[tuple[str, int, int]] = ()

    @property
    def clean(self) -> bool:
        return not any(getattr(self, name) for name in TROUBLES)

    def words(self) -> str:
        """The report in sentences: what came, then each trouble with what to do about it."""
        name = self.unit_name or self.unit
        if not self.new and self.clean:
            return f"{name}：内容都已经有了，没有变化。"
        photos = f"，照片 {self.photos} 张" if self.photos else ""
        parts = [f"{name}：新增 {self.new} 条记录{photos}"]
        for trouble, (what, now) in TROUBLES.items():
            if count := getattr(self, trouble):
                which = self._gaps() if trouble == "held" else ""
                parts.append(f"{what.format(count)}{which}，{now}")
        return "。".join(parts) + "。"

    def _gaps(self) -> str:
        """（缺 示例县实验小学 第 1—2 条）."""
        gaps = [
            f"{name} 第 {first}{f'—{last}' if first < last else ''} 条"
            for name, first, last in self.missing
        ]
        return f"（缺 {'、'.join(gaps)}）" if gaps else ""


@dataclass(frozen=True, slots=True)
class ReceivedBundle:
    """A bundle that was taken in here, with what became of it."""

    sha256: str
    received_at: str
    name: str
    result: Received


def receive_bundle(ledger: Ledger, path: Path) -> Received:
    """Take a bundle into the ledger; the same one again changes nothing.

    All its lines go in by one transaction. Its photos are kept before: a photo is named by its own
    bytes, so one whose lines then fail to go in harms nobody, and a line never lacks its photo.
    """
    bundle = read_bundle(path)
    for data in bundle.photos.values():
        ledger.keep_attachment(data)
    with ledger.transaction() as db:
        outcome = ledger.receive(bundle.segments)
        db.executemany(
            "INSERT INTO ack VALUES(?, ?, ?, ?, NULL) ON CONFLICT(device, log_id)"
            " DO UPDATE SET seq = max(seq, excluded.seq)",
            [
                (bundle.manifest.device, bundle.manifest.unit, log, seq)
                for log, seq in bundle.manifest.have.items()
            ],
        )
        received = _received(ledger, bundle, outcome)
        db.execute(
            "INSERT OR REPLACE INTO inbox(sha256, name, received_at, unit, report)"
            " VALUES(?, ?, ?, ?, ?)",
            (
                bundle.sha256,
                path.name,
                ledger.clock().isoformat(),
                bundle.manifest.unit,
                orjson.dumps(received).decode(),
            ),
        )
    return received


def received_bundles(ledger: Ledger, most: int) -> list[ReceivedBundle]:
    """The bundles that were taken in last."""
    rows = ledger.rows(
        "SELECT sha256, received_at, name, report FROM inbox ORDER BY received_at DESC LIMIT ?",
        (most,),
    )
    return [
        ReceivedBundle(sha256, received_at, name, Received(**orjson.loads(report)))
        for sha256, received_at, name, report in rows
    ]


def _received(ledger: Ledger, bundle: Bundle, outcome: Outcome) -> Received:
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
        missing=_missing(ledger, bundle) if counts["held"] else (),
    )


def _missing(ledger: Ledger, bundle: Bundle) -> tuple[tuple[str, int, int], ...]:
    """The gaps before this bundle's lines: the name of their unit, the first and the last line."""
    names = {unit.unit: unit.name for unit in ledger.all(Organisation)}
    told = {bundle.manifest.unit: bundle.manifest.unit_name}
    units = {segment.unit for segment in bundle.segments}
    return tuple(
        (names.get(unit) or told.get(unit) or unit, first, last)
        for unit, first, last in missing_lines(ledger)
        if unit in units
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
    claim = Segment(
        entry.log, entry.unit, entry.device, entry.first, entry.prev, entry.head, lines=()
    )
    try:
        return prove(claim, entry.last, body)
    except BadSegment as error:
        raise BadBundle(str(error)) from None


def _photo(sha256: str, size: int, data: bytes) -> bytes:
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        raise BadBundle("照片的校验值不对")
    if not data.startswith(b"\xff\xd8\xff"):
        raise BadBundle("附件不是照片")
    return data
