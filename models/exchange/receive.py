"""Taking bundles in: proved first, then all of it in one transaction; and what became of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from models.exchange.archive import (
    NEWER,
    STRANGE,
    TAKEN,
    archive,
    keep_for_later,
    waiting,
)
from models.exchange.format import SUFFIX, BadBundle, NewerBundle
from models.exchange.key_store import KeyStore
from models.exchange.members import Directory, directory, pinned_office, take_chain
from models.exchange.photos import note_bringers
from models.exchange.reading import Bundle, Reader, StrangeSender, open_bundle, read_file
from models.exchange.receipts import take_receipt
from models.exchange.report import Received, report_of
from models.ledger import branches, undo
from models.ledger.ledger import Ledger
from models.ledger.registered import registered_units
from models.ledger.segments import Outcome, Parcel, Segment
from models.problems import AppError

# Files in one transaction, and their bytes: as lines they take some forty times as much memory.
BATCH, BATCH_BYTES = 50, 4 << 20
_KEEP = "请保留这个文件，并联系技术人员。"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file."""

    path: Path
    name: str
    clean: bool
    words: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedBundle:
    """A bundle that was taken in here, with what became of it."""

    sha256: str
    received_at: str
    name: str
    state: str
    result: Received


def receive_files(
    ledger: Ledger,
    store: KeyStore,
    paths: Sequence[Path],
    told: Callable[[int, int], None],
    stopping: Callable[[], bool],
) -> list[FileResult]:
    """Read files one after another; a bad one stops only itself, and the rest can be left.

    By their names: so the parts of a bundle come in their order, and none has to wait for another.
    All of them are one import for `undo`: it takes back what this call brought.
    """
    reader = reader_of(ledger, store)  # first: where it fails, the last import can be undone still
    results: list[FileResult] = []
    undo.mark_import(ledger)
    for batch in _batches(sorted(paths, key=lambda path: path.name)):
        if stopping():
            break
        results += _receive_batch(ledger, reader, batch)
        told(len(results), len(paths))
    return results


def receive_bundle(ledger: Ledger, store: KeyStore, path: Path) -> Received:
    """Take one bundle into the ledger; the same one again changes nothing.

    Raises AppError in words where it is not whole, not for us, or of a PC nobody enrolled.
    """
    reader = reader_of(ledger, store)
    opened = _open(ledger, reader, path)
    if isinstance(opened, FileResult):
        raise AppError(opened.words)
    return _take(ledger, reader.known, [(path.name, opened)])[0]


def retry_kept(ledger: Ledger, store: KeyStore) -> list[FileResult]:
    """Read again what had to wait for an enrolment or for a newer program."""
    kept = waiting(ledger)
    return _receive_batch(ledger, reader_of(ledger, store), kept) if kept else []


def reader_of(ledger: Ledger, store: KeyStore) -> Reader:
    """Who we are when we open a bundle here."""
    office = pinned_office(ledger)
    if office is None:
        raise AppError("这台电脑还没有入网，不能读入数据包。请先在“数据交换”里办理入网。")
    units = [office.unit, ledger.unit]
    if office.unit == ledger.unit:
        units += registered_units(ledger)
    identities = [store.device().age_identity]
    if paper := store.office(office.sign):
        identities.append(paper.age_identity)
    heads = dict(ledger.rows("SELECT log_id, head FROM log WHERE seq > 0"))
    return Reader(identities, ledger.unit, office.sign, directory(ledger, units), heads)


def received_bundles(ledger: Ledger, most: int) -> list[ReceivedBundle]:
    """The bundles that were taken in last."""
    rows = ledger.rows(
        "SELECT sha256, received_at, name, state, report FROM inbox"
        " ORDER BY received_at DESC LIMIT ?",
        (most,),
    )
    return [
        ReceivedBundle(sha256, received_at, name, state, Received.of_json(report))
        for sha256, received_at, name, state, report in rows
    ]


def is_bundle(path: Path) -> bool:
    """Whether a file can be a bundle by its name; chat programs rename, so .aqb(1) is fine."""
    return SUFFIX in path.name.lower()


def find_files(paths: Sequence[Path]) -> list[Path]:
    """The bundles among these files and in these folders."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [file for file in inside if file.is_file() and is_bundle(file)]
    return found


def _batches(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Files that fit into memory together and go in by one transaction."""
    batch: list[Path] = []
    size = 0
    for path in paths:
        length = path.stat().st_size if path.exists() else 0
        if batch and (len(batch) == BATCH or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(path)
        size += length
    if batch:
        yield batch


def _receive_batch(ledger: Ledger, reader: Reader, paths: Sequence[Path]) -> list[FileResult]:
    """Several files in one transaction; where that cannot be, each in its own."""
    opened = [(path, _open(ledger, reader, path)) for path in paths]
    try:
        return _results(ledger, reader.known, opened)
    except (AppError, RuntimeError):
        return [_alone(ledger, reader.known, path, bundle) for path, bundle in opened]


def _results(
    ledger: Ledger, known: Directory, opened: Sequence[tuple[Path, Bundle | FileResult]]
) -> list[FileResult]:
    bundles = [(path.name, each) for path, each in opened if isinstance(each, Bundle)]
    received = iter(_take(ledger, known, bundles))
    return [
        each if isinstance(each, FileResult) else _result(path, next(received))
        for path, each in opened
    ]


def _result(path: Path, got: Received) -> FileResult:
    return FileResult(path, path.name, got.clean, got.words(), got.unit)


def _alone(ledger: Ledger, known: Directory, path: Path, opened: Bundle | FileResult) -> FileResult:
    """One file that may fail without stopping the others."""
    try:
        return _results(ledger, known, [(path, opened)])[0]
    except AppError as error:
        return _failed(path, f"没有读入 {path.name}：{error}")
    except RuntimeError:
        return _failed(path, f"没有读入 {path.name}：核对合计时数目不符。台账没有变化；{_KEEP}")


def _failed(path: Path, words: str) -> FileResult:
    return FileResult(path, path.name, clean=False, words=words)


def _open(ledger: Ledger, reader: Reader, path: Path) -> Bundle | FileResult:
    """The bundle in a file, archived as it came; or what is to be said of the file."""
    try:
        data = read_file(path)
        bundle = open_bundle(data, reader)
        archive(ledger, bundle.sha256, data)
    except (StrangeSender, NewerBundle) as error:
        return _to_wait(ledger, path, data, error)
    except AppError as error:
        return _failed(path, f"没有读入 {path.name}：{error}")
    except BadBundle as error:
        return _failed(
            path, f"没有读入 {path.name}：{error}。台账没有变化；请向对方重新要一份原文件。"
        )
    reader.known.learn(bundle.chains)
    return bundle


def _to_wait(ledger: Ledger, path: Path, data: bytes, why: BadBundle) -> FileResult:
    state = STRANGE if isinstance(why, StrangeSender) else NEWER
    try:
        kept = keep_for_later(ledger, path.name, data, state)
    except AppError as error:
        return _failed(path, f"没有读入 {path.name}：{why}。{error}")
    return _failed(path, f"没有读入 {path.name}：{why}。{kept}")


def _take(
    ledger: Ledger, known: Directory, bundles: Sequence[tuple[str, Bundle]]
) -> list[Received]:
    """Photos are kept before the rest: a photo is named by its own bytes, so one whose lines then
    fail to go in harms nobody, and a line never lacks a photo that came with it."""
    for _name, bundle in bundles:
        for data in bundle.photos.values():
            ledger.keep_attachment(data)
    with ledger.transaction():
        _check_authors(ledger, (bundle for _name, bundle in bundles))
        for _name, bundle in bundles:
            for chain in bundle.chains:
                take_chain(ledger, chain)
            _end_streams(ledger, bundle, known)
            if counting := _counting(bundle):
                branches.adopt_branch(ledger, counting)
        outcomes = ledger.receive_many([_parcel(bundle) for _name, bundle in bundles])
        return [
            _note(ledger, name, bundle, outcome)
            for (name, bundle), outcome in zip(bundles, outcomes, strict=True)
        ]


def _counting(bundle: Bundle) -> list[Segment]:
    """The segments that an author who wrote otherwise gives way to: all that an office holds, and
    of its own streams what a school holds; nobody else may be there to tell the office."""
    from_office = bundle.sender.role == "office"
    return [part for part in bundle.segments if from_office or part.role == "office"]


def _parcel(bundle: Bundle) -> Parcel:
    return Parcel(bundle.segments, {log: at.seq for log, at in bundle.manifest.have.items()})


def _note(ledger: Ledger, name: str, bundle: Bundle, outcome: Outcome) -> Received:
    """What its sender said of our lines, and what became of theirs."""
    take_receipt(ledger, bundle.manifest)
    note_bringers(ledger, bundle.manifest)
    received = report_of(ledger, bundle, outcome)
    with ledger.transaction() as db:
        db.execute(
            "INSERT INTO inbox(sha256, name, received_at, unit, report, device, state)"
            " VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(sha256) DO UPDATE SET (received_at, unit,"
            " report, device, state) = (excluded.received_at, excluded.unit, excluded.report,"
            " excluded.device, excluded.state)",
            (
                bundle.sha256,
                name,
                ledger.clock().isoformat(),
                bundle.manifest.unit,
                orjson.dumps(received).decode(),
                bundle.manifest.device,
                TAKEN,
            ),
        )
    return received


def _check_authors(ledger: Ledger, bundles: Iterable[Bundle]) -> None:
    """A stream goes on by the PC that began it, and by no other, whoever signed."""
    began: dict[str, tuple[str, str]] = {}
    for segment in (segment for bundle in bundles for segment in bundle.segments):
        if segment.log_id not in began:
            rows = ledger.rows(
                "SELECT unit, device FROM log WHERE log_id = ? AND seq > 0", (segment.log_id,)
            )
            began[segment.log_id] = rows[0] if rows else (segment.unit, segment.device)
        if began[segment.log_id] != (segment.unit, segment.device):
            raise AppError("记录的作者与以前收到的不同，没有采用。请联系对方核对。")


def _end_streams(ledger: Ledger, bundle: Bundle, known: Directory) -> None:
    """A stream of a lost PC that was not here when the PC was closed ends when it comes."""
    for segment in bundle.segments:
        if (logs := known.closed(segment.device)) is not None:
            ledger.close_stream(segment.log_id, logs.get(segment.log_id, 0))
