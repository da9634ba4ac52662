"""Opening a bundle: everything is proved before anything is taken.

The order: size, age, limits of the zip, the registry's chains, the signature over the manifest's
bytes by an enrolled PC, the manifest, the names, each member's hash, each line, the chain, and the
author's signature under it. Nothing here changes a ledger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from models.exchange.format import (
    MANIFEST,
    MOST_SEALED,
    REGISTRY_NAME,
    SIGNATURE,
    BadBundle,
    Manifest,
    SegmentEntry,
    head_bytes,
    load_manifest,
    sha256_of,
    signed_bytes,
)
from models.exchange.keys import verify
from models.exchange.members import Directory
from models.exchange.registry import Chain, Member, read_chains
from models.exchange.sealing import unseal
from models.exchange.zip_reader import ZipReader
from models.ledger.proving import BadSegment, prove
from models.ledger.segments import Segment

# A city of 4,400 units with three PCs each has some 10 MB of entries.
MOST_REGISTRY: Final = 32 << 20


class StrangeSender(BadBundle):
    """A whole bundle of a PC that the registry does not know (yet); it is kept until then."""


class Reader(NamedTuple):
    """Who opens: their age identities, their unit, the key of their office, and whom they know.

    Without an office key (`verify` without a ledger) a bundle only agrees with itself. `held` are
    the heads of the streams they have: what ends in one of them is not read line by line again.
    """

    identities: Sequence[str]
    unit: str
    office: bytes | None
    known: Directory
    held: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose every byte was proved."""

    manifest: Manifest
    sender: Member
    chains: tuple[Chain, ...]
    segments: tuple[Segment, ...]
    photos: dict[str, bytes]
    sha256: str
    size: int


def read_file(path: Path) -> bytes:
    """The bytes of a file that may be a bundle; BadBundle in words where it cannot be one."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_SEALED + 1)
    except OSError:
        raise BadBundle("文件读不出来") from None
    if len(data) > MOST_SEALED:
        raise BadBundle("文件大得不正常")
    return data


def open_bundle(data: bytes, reader: Reader) -> Bundle:
    """The bundle in these bytes; raises BadBundle in words."""
    return read_zip(unseal(data, reader.identities), reader, sha256_of(data), len(data))


def read_zip(plain: bytes, reader: Reader, sha256: str, size: int) -> Bundle:
    """The bundle in an opened envelope; `sha256` and `size` are those of the envelope."""
    members = ZipReader(plain)
    if not {MANIFEST, SIGNATURE} <= members.names:
        raise BadBundle("不是校园安全台账的数据包")
    chains = _chains(members, reader)
    known = Directory(chains, below=reader.known)
    sender, manifest = _sender(members, known)
    _check_addresses(manifest, sender, reader, known)
    _check_names(manifest, members.names)
    for unit, expected in manifest.registries:
        if sha256_of(members.read(f"reg/{unit}.jsonl")) != expected:
            raise BadBundle("登记表的校验值不对")
    if len({entry.log for entry in manifest.segments}) != len(manifest.segments):
        raise BadBundle("同一段记录出现了两次")
    segments = tuple(
        _segment(entry, members.read(entry.name), known, reader.held.get(entry.log))
        for entry in manifest.segments
    )
    photos = {
        photo: _photo(photo, length, members.read(f"att/{photo}"))
        for photo, length in manifest.photos
    }
    return Bundle(manifest, sender, tuple(chains.values()), segments, photos, sha256, size)


def _chains(members: ZipReader, reader: Reader) -> dict[str, Chain]:
    """The registry is read before anybody's signature can be checked, so its size is bounded."""
    bodies, size = {}, 0
    for name in sorted(members.names):
        if named := REGISTRY_NAME.fullmatch(name):
            body = members.read(name)
            size += len(body)
            if size > MOST_REGISTRY:
                raise BadBundle("登记表大得不正常")
            bodies[named[1]] = _lines(_text(body))
    return read_chains(bodies, reader.office, reader.known.chain)


def _sender(members: ZipReader, known: Directory) -> tuple[Member, Manifest]:
    """Who signed the manifest, proved over its exact bytes before it is read."""
    name, _, signature = members.read(SIGNATURE).partition(b"\n")
    device = name.decode("ascii", "replace")
    sender = known.member(device)
    if sender is None:
        if known.closed(device) is not None:
            raise BadBundle("生成它的电脑已经停用")
        raise StrangeSender("生成它的电脑没有登记")
    data = members.read(MANIFEST)
    if not verify(sender.sign, signature, signed_bytes(data)):
        raise BadBundle("签名不对，内容可能被改动过")
    manifest = load_manifest(data)
    if (manifest.unit, manifest.device) != (sender.unit, device):
        raise BadBundle("发送单位与签名不符")
    return sender, manifest


def _check_addresses(manifest: Manifest, sender: Member, reader: Reader, known: Directory) -> None:
    """It is for us (or from our own unit), and speaks of nothing it has no business with."""
    if reader.unit not in (manifest.to, manifest.unit):
        raise BadBundle("这个数据包不是给本单位的")
    within_office = sender.role == "office" and manifest.to == manifest.unit
    if within_office:
        return
    school = sender.unit if sender.role == "school" else manifest.to
    units = {entry.unit for entry in manifest.segments}
    chain = known.chain(school)
    office = chain.office if chain else None
    about = {unit for unit, _sha256 in manifest.registries}
    if units - {school} or about - {school, office.unit if office else ""}:
        raise BadBundle("含有别的单位的记录")


def _check_names(manifest: Manifest, names: set[str]) -> None:
    """The manifest names every member, each once: else one log could be read a thousand times."""
    named = len(manifest.segments) + len(manifest.registries) + len(manifest.photos)
    if manifest.members | {MANIFEST, SIGNATURE} != names or named + 2 != len(names):
        raise BadBundle("内容与目录不符")


def _segment(entry: SegmentEntry, body: bytes, known: Directory, held: bytes | None) -> Segment:
    if sha256_of(body) != entry.sha256:
        raise BadBundle("记录的校验值不对")
    author = known.of_device(entry.device)
    keys = author.keys[entry.device] if author else ()
    signed = head_bytes(entry.log, entry.last, entry.head)
    if not any(verify(key, entry.signature, signed) for key in keys):
        raise BadBundle("记录的签名不对")
    claim = Segment(
        entry.log,
        entry.unit,
        entry.device,
        entry.first,
        entry.prev,
        entry.head,
        (),
        _role(entry, author),
        entry.signature,
    )
    try:
        return prove(claim, entry.last, body, held)
    except BadSegment as error:
        raise BadBundle(str(error)) from None


def _role(entry: SegmentEntry, author: Chain | None) -> str:
    """Whether a stream is its unit's own or its office's; anybody else may not write it."""
    if author is not None and author.unit == entry.unit:
        return "own"
    if author is not None and author.office is not None and author.office.unit == author.unit:
        return "office"
    raise BadBundle("记录的作者不属于这个单位")


def _photo(sha256: str, size: int, data: bytes) -> bytes:
    if len(data) != size or sha256_of(data) != sha256:
        raise BadBundle("照片的校验值不对")
    if not data.startswith(b"\xff\xd8\xff"):
        raise BadBundle("附件不是照片")
    return data


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadBundle("记录的文字编码不对") from None


def _lines(body: str) -> list[str]:
    if not body.endswith("\n"):
        raise BadBundle("记录不完整")
    return body.removesuffix("\n").split("\n")
