"""Making a bundle: every line the receiver is not known to hold, sealed to its PCs and signed."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import orjson

from models.exchange.cargo import Cargo, Letter, load_cargo
from models.exchange.format import (
    APP,
    MANIFEST,
    PART_BYTES,
    SIGNATURE,
    SUFFIX,
    Manifest,
    dump_manifest,
    sha256_of,
    signed_bytes,
)
from models.exchange.key_store import KeyStore
from models.exchange.keys import Keys
from models.exchange.members import Directory, directory, pinned_office, recipients
from models.exchange.registry import Office, tidy
from models.exchange.sealing import seal
from models.files import safe_name, write_whole
from models.ledger import witness
from models.ledger.ledger import Ledger
from models.ledger.lines import random_name
from models.ledger.registered import registered_units
from models.ledger.titles import unit_name
from models.problems import AppError

# One fixed moment in every member's header: the same lines make the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
LONGEST_NAME = 40  # of a unit within the name of a file
_NOT_YET = "这台电脑还没有入网，不能生成数据包。请先在“数据交换”里办理入网。"
_NOT_MEMBER = "教育局还没有确认这台电脑。请把入网申请交给教育局，读入回执后再生成数据包。"


class NothingNew(AppError):
    """The receiver holds all there is, and knows what we hold."""

    def __init__(self) -> None:
        super().__init__("没有新的内容需要交。上次生成数据包以后，台账没有变化，对方也都已收到。")


@dataclass(frozen=True, slots=True)
class Exported:
    """The bundle that was made, in one file or several."""

    paths: tuple[Path, ...]
    lines: int
    photos: int
    left: int  # photos that are damaged here and were not packed

    @property
    def path(self) -> Path:
        return self.paths[0]


class Sender(NamedTuple):
    """Who makes bundles here, and everybody the registry knows that it concerns."""

    ledger: Ledger
    keys: Keys
    office: Office
    known: Directory


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of the bundle for one school."""

    unit: str
    name: str
    paths: tuple[Path, ...]
    words: str
    good: bool


def export_bundle(
    ledger: Ledger,
    store: KeyStore,
    folder: Path,
    *,
    unit: str = "",
    complete: bool = False,
    part_bytes: int = PART_BYTES,
) -> Exported:
    """Write a bundle for a unit (a school's goes to its office unless it is named).

    It holds what the receiver has not said it has, or all there is if `complete`: whatever got
    lost on the way, the next bundle brings again. Others may save while the file is made.
    """
    sender = _sender(ledger, store, unit)
    receiver = unit or sender.office.unit
    cargo = load_cargo(ledger, sender.keys, sender.known, receiver, complete)
    if not (cargo.entries or complete or cargo.has_news):
        raise NothingNew
    # Whoever opens it tries one address after another.
    addresses = recipients(sender.known, (receiver, sender.office.unit, ledger.unit))
    name = _file_name(sender, receiver)
    paths = []
    for letter in _letters(sender, receiver, cargo, part_bytes):
        part, parts = letter.manifest.part
        suffix = f"-第{part}份共{parts}份" if parts > 1 else ""
        path = folder / f"{name}{suffix}{SUFFIX}"
        data = seal(_zip(letter, sender.keys), addresses)
        write_whole(path, data)
        _remember(ledger, path, receiver, data, cargo)
        paths.append(path)
    witness.note(ledger)
    return Exported(tuple(paths), cargo.lines, cargo.photos, cargo.left)


def reply_all(
    ledger: Ledger,
    store: KeyStore,
    folder: Path,
    told: Callable[[int, int], None],
    stopping: Callable[[], bool],
) -> list[Reply]:
    """A bundle for every enrolled school, all into one folder; one that fails stops only itself."""
    office = pinned_office(ledger)
    units = [unit for unit in registered_units(ledger) if office and unit != office.unit]
    replies = []
    for number, unit in enumerate(units, start=1):
        if stopping():
            break
        name = unit_name(ledger, unit)
        try:
            made = export_bundle(ledger, store, folder, unit=unit)
            replies.append(Reply(unit, name, made.paths, f"{made.lines} 条记录", good=True))
        except AppError as error:
            replies.append(Reply(unit, name, (), str(error), good=isinstance(error, NothingNew)))
        told(number, len(units))
    return replies


def _sender(ledger: Ledger, store: KeyStore, unit: str) -> Sender:
    office = pinned_office(ledger)
    if office is None:
        raise AppError(_NOT_YET)
    units = [office.unit, ledger.unit, unit]
    if ledger.unit == office.unit == (unit or office.unit):
        units += registered_units(ledger)
    known = directory(ledger, units)
    keys = store.device()
    member = known.member(ledger.setting("device"))
    if member is None or member.sign != keys.sign_public:
        raise AppError(_NOT_MEMBER)
    return Sender(ledger, keys, office, known)


def _letters(sender: Sender, receiver: str, cargo: Cargo, part_bytes: int) -> Iterator[Letter]:
    """The parts of a bundle: the lines with the first photos, then the rest of the photos.

    Each part is a whole bundle of its own, so that a lost one costs only its photos.
    """
    ledger = sender.ledger
    first = Manifest(
        id=random_name(),
        created=ledger.clock().isoformat(timespec="seconds"),
        app=APP,
        unit=ledger.unit,
        unit_name=tidy(unit_name(ledger, ledger.unit)),
        device=ledger.setting("device"),
        to=receiver,
        part=(1, 1),
        have=cargo.have,
        need=cargo.need,
        want=cargo.want,
        refused=cargo.refused,
        segments=tuple(cargo.entries),
        registries=tuple((unit, sha256_of(body)) for unit, body in cargo.registries.items()),
        photos=(),
    )
    # Lines are packed some five times smaller; photos not at all.
    rooms = _pack(cargo, part_bytes - sum(map(len, cargo.bodies)) // 5, part_bytes)
    for number, names in enumerate(rooms, start=1):
        photos = {name: cargo.photo(name) for name in names}
        manifest = replace(
            first,
            part=(number, len(rooms)),
            segments=first.segments if number == 1 else (),
            photos=tuple((name, len(data)) for name, data in photos.items()),
        )
        yield Letter(manifest, cargo.bodies if number == 1 else [], cargo.registries, photos)


def _pack(cargo: Cargo, room: int, part_bytes: int) -> list[list[str]]:
    """The photos of each part; the first part is there even without any."""
    parts: list[list[str]] = [[]]
    for name, size in cargo.photo_sizes.items():
        if size > room:
            parts.append([])
            room = part_bytes
        parts[-1].append(name)
        room -= size
    return parts


def _zip(letter: Letter, keys: Keys) -> bytes:
    manifest = dump_manifest(letter.manifest)
    signature = f"{letter.manifest.device}\n".encode() + keys.sign(signed_bytes(manifest))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bundle:
        _add(bundle, MANIFEST, manifest)
        _add(bundle, SIGNATURE, signature)
        for entry, body in zip(letter.manifest.segments, letter.bodies, strict=True):
            _add(bundle, entry.name, body)
        for unit, body in letter.registries.items():
            _add(bundle, f"reg/{unit}.jsonl", body)
        for name, body in letter.photos.items():
            _add(bundle, f"att/{name}", body, zipfile.ZIP_STORED)
    return data.getvalue()


def _add(
    bundle: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED
) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = method
    bundle.writestr(member, data)


def _remember(ledger: Ledger, path: Path, receiver: str, data: bytes, cargo: Cargo) -> None:
    with ledger.transaction() as db:
        db.execute(
            "INSERT INTO outbox(made_at, name, sha256, upto, receiver, path)"
            " VALUES(?, ?, ?, ?, ?, ?)",
            (
                ledger.clock().isoformat(),
                path.name,
                sha256_of(data),
                orjson.dumps(cargo.upto).decode(),
                receiver,
                str(path),
            ),
        )


def _file_name(sender: Sender, receiver: str) -> str:
    """示例县实验小学-上报-20261123-080100: a name people understand, safe on every disk."""
    ledger = sender.ledger
    own = _name_of(ledger, ledger.unit)
    moment = f"{ledger.clock().astimezone():%Y%m%d-%H%M%S}"
    if receiver == ledger.unit:
        return f"{own}-本单位-{moment}"
    if ledger.unit == sender.office.unit:
        return f"{own}-回执-{_name_of(ledger, receiver)}-{moment}"
    return f"{own}-上报-{moment}"


def _name_of(ledger: Ledger, unit: str) -> str:
    return safe_name(unit_name(ledger, unit), LONGEST_NAME) or unit
