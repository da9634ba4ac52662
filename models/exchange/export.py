"""Making a bundle: every line the receiver is not known to hold, sealed to its PCs and signed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import orjson

from models.exchange.cargo import Cargo, load_cargo
from models.exchange.format import (
    APP,
    PART_BYTES,
    SUFFIX,
    Manifest,
    sha256_of,
)
from models.exchange.key_store import KeyStore
from models.exchange.keys import Keys
from models.exchange.letter import Letter, zip_letter
from models.exchange.members import Directory, directory, pinned_office, recipients
from models.exchange.parts import Part
from models.exchange.photos import bringers
from models.exchange.registry import Office, tidy
from models.exchange.sealing import seal
from models.files import PART, safe_name, write_whole
from models.ledger import witness
from models.ledger.ledger import Ledger
from models.ledger.lines import random_name
from models.ledger.registered import registered_units
from models.ledger.streams import raw_lines, vouch
from models.ledger.titles import unit_name
from models.problems import AppError

LONGEST_NAME = 40  # of a unit within the name of a file
MOST_ALIKE = 10_000  # files of one second and one name: more schools than any office has
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
    stuck: int = 0  # lines of another PC that only that PC can part, too many for one file

    @property
    def path(self) -> Path:
        return self.paths[0]

    @property
    def left_words(self) -> str:
        """What was not packed and why, in sentences; nothing where all was."""
        words = f"有 {self.left} 张照片文件已损坏，没有装入；记录都在。" if self.left else ""
        if self.stuck:
            words += f"别的电脑写的 {self.stuck} 条记录太多，没有装入；请用那台电脑生成数据包。"
        return words


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
    lost on the way, the next bundle brings again. Others may save while the file is made. The
    ledger learns of it when all files lie there; where one cannot be written, none stays.
    """
    sender = _sender(ledger, store, unit)
    receiver = unit or sender.office.unit
    cargo = load_cargo(ledger, sender.keys, sender.known, receiver, complete, part_bytes)
    if not (cargo.lines or complete or cargo.has_news):
        raise NothingNew
    _clear(ledger, folder)
    made: list[Path] = []
    try:
        for path in _written(sender, receiver, cargo, folder):
            made.append(path)
        _remember(ledger, receiver, made, cargo)
    except AppError:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise
    witness.note(ledger)
    return Exported(tuple(made), cargo.lines, cargo.photos, cargo.left, cargo.stuck)


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
            words = f"{made.lines} 条记录。{made.left_words}"
            replies.append(Reply(unit, name, made.paths, words, good=not made.stuck))
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


def _written(sender: Sender, receiver: str, cargo: Cargo, folder: Path) -> Iterator[Path]:
    """The file of each part as soon as it is written."""
    # Whoever opens it tries one address after another.
    units = (receiver, sender.office.unit, sender.ledger.unit)
    addresses = recipients(sender.known, units)
    paths = _free_paths(folder, _file_name(sender, receiver), len(cargo.parts.all))
    for path, letter in zip(paths, _letters(sender, receiver, cargo), strict=True):
        write_whole(path, seal(zip_letter(letter, sender.keys), addresses))
        yield path


def _letters(sender: Sender, receiver: str, cargo: Cargo) -> Iterator[Letter]:
    """The parts of a bundle, each a whole bundle of its own; only one lies in memory at a time."""
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
        segments=(),
        registries=tuple((unit, sha256_of(body)) for unit, body in cargo.registries.items()),
        photos=(),
    )
    for number, part in enumerate(cargo.parts.all, start=1):
        photos = {name: ledger.photo(name) or b"" for name in part.photos}
        manifest = replace(
            first,
            part=(number, len(cargo.parts.all)),
            segments=tuple(part.entries),
            photos=tuple((name, len(data)) for name, data in photos.items()),
            brought=bringers(ledger, receiver, photos),
        )
        yield Letter(manifest, _bodies(ledger, part), cargo.registries, photos)


def _bodies(ledger: Ledger, part: Part) -> list[bytearray]:
    """The lines of a part, as they were a moment ago when they were counted and hashed."""
    bodies = []
    for entry in part.entries:
        body = bytearray()
        for raw in raw_lines(ledger, entry.log, entry.first - 1, entry.last):
            body += raw
        if sha256_of(body) != entry.sha256:
            raise AppError("生成数据包时，台账里的记录变了，没有生成。请再生成一次。")
        bodies.append(body)
    return bodies


def _remember(ledger: Ledger, receiver: str, made: Sequence[Path], cargo: Cargo) -> None:
    """All at once: what was made, how far it goes, and that we signed it."""
    upto, made_at = orjson.dumps(cargo.upto).decode(), ledger.clock().isoformat()
    with ledger.transaction() as db:
        for log_id, (seq, signature) in cargo.signed.items():
            vouch(ledger, log_id, seq, signature)
        db.executemany(
            "INSERT INTO outbox(made_at, name, upto, receiver, path) VALUES(?, ?, ?, ?, ?)",
            [(made_at, path.name, upto, receiver, str(path)) for path in made],
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


def _free_paths(folder: Path, name: str, parts: int) -> list[Path]:
    """One for each part, none of which is there yet: another school may be called the same."""
    numbers = [str(part).zfill(len(str(parts))) for part in range(1, parts + 1)]
    tails = [f"-第{number}份共{parts}份" for number in numbers] if parts > 1 else [""]
    names = (name, *(f"{name}-{again}" for again in range(2, MOST_ALIKE)))
    found = ([folder / f"{each}{tail}{SUFFIX}" for tail in tails] for each in names)
    return next(paths for paths in found if not any(path.exists() for path in paths))


def _clear(ledger: Ledger, folder: Path) -> None:
    """Take away what was half written when we were killed: its name never comes again."""
    own = _name_of(ledger, ledger.unit)
    for path in folder.glob(f"*{SUFFIX}{PART}"):
        if path.name.startswith(f"{own}-"):
            with suppress(OSError):
                path.unlink()


def _name_of(ledger: Ledger, unit: str) -> str:
    return safe_name(unit_name(ledger, unit), LONGEST_NAME) or unit
