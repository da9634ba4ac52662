"""Killing a process in the midst of its work, filling its disk, and looking at what is left."""

import errno
import hashlib
import importlib
import io
import os
import pickle
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import main
from models.exchange.export import export_bundle
from models.exchange.format import PART_BYTES
from models.exchange.inspection import verify_bundle
from models.exchange.key_store import KeyStore
from models.ledger.database import check_integrity
from models.ledger.ledger import Ledger
from models.ledger.segments import Segment
from models.ledger.undo import undo_import

OUT = "数据包"
ROOT = Path(__file__).parent.parent
CHILD = "from tests.killing import child; child()"
Work = Callable[[Ledger, object], object]


def receive(ledger: Ledger, segments: list[Segment]) -> None:
    """Taking in lines."""
    ledger.receive(segments)


def undo(ledger: Ledger, _given: object) -> None:
    """Taking the last import back."""
    undo_import(ledger)


def export(ledger: Ledger, part_bytes: object) -> None:
    """Making a bundle, in parts of so many bytes."""
    folder, store = ledger.home / OUT, KeyStore.of(ledger)
    export_bundle(ledger, store, folder, complete=True, part_bytes=int(str(part_bytes)))


def bundles_are_whole(home: Path) -> None:
    """What stands under a bundle's name is one; what is half written is gone after the next."""
    (store,) = KeyStore.all_in(home)
    for path in (home / OUT).glob("*.aqb"):
        verify_bundle(path, store.identities())
    assert len(list((home / OUT).glob("*.part"))) <= 1
    ledger, lock = main.open_ledger(home)
    ledger.clock = lambda: datetime.now().astimezone() + timedelta(minutes=1)
    export(ledger, PART_BYTES)
    ledger.close()
    lock.release()
    assert list((home / OUT).glob("*.part")) == []


def child() -> None:
    """What dies: everything is loaded first, so that the time goes to the work."""
    module, function, cargo = sys.argv[1:]
    work = getattr(importlib.import_module(module), function)
    given = pickle.loads(Path(cargo).read_bytes())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    home = sys.stdin.readline().strip()
    ledger, lock = main.open_ledger(Path(home))
    work(ledger, given)
    ledger.close()
    lock.release()


class Killer:
    """Does some work on copies of a folder again and again, and kills it at random moments.

    After each time `look` may raise what is wrong with the files in the folder.
    """

    def __init__(
        self,
        base: Path,
        scratch: Path,
        work: Work,
        given: object,
        look: Callable[[Path], None] = lambda _home: None,
    ) -> None:
        self.base, self.scratch, self.look = base, scratch, look
        self.words = [work.__module__, work.__name__, str(scratch / "given")]
        (scratch / "given").write_bytes(pickle.dumps(given))
        self.chance = random.Random(1)
        self.next = self._start()
        self.before = digest(self._fresh())
        self.seconds = min(self._whole_run() for _ in range(3))
        self.after = digest(self.scratch / "home")
        assert self.before != self.after, "the work changes nothing"

    def kill(self, times: int) -> Counter[str]:
        """How often the folder was found as before and as after; else raises what is wrong."""
        found: Counter[str] = Counter()
        for _ in range(times):
            home = self._fresh()
            child = self._go(home)
            time.sleep(self.chance.uniform(0, 1.1 * self.seconds))
            child.kill()
            self._end(child)
            states = {self.before: "before", self.after: "after"}
            state = states.get(digest(home))
            assert state, "a state between"
            self.look(home)
            found[state] += 1
        return found

    def close(self) -> None:
        """End the child that waits."""
        self.next.kill()
        self._end(self.next)

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", CHILD, *self.words]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def _go(self, home: Path) -> subprocess.Popen[str]:
        """Let the child that is ready begin; the next one gets ready meanwhile."""
        child, self.next = self.next, self._start()
        assert child.stdin
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        child.stdin.write(f"{home}\n")
        child.stdin.flush()
        return child

    def _whole_run(self) -> float:
        """Seconds of one run that nobody disturbs."""
        child = self._go(self._fresh())
        start = time.perf_counter()
        assert child.wait() == 0
        taken = time.perf_counter() - start
        self._end(child)
        return taken

    def _end(self, child: subprocess.Popen[str]) -> None:
        with suppress(BrokenPipeError):
            child.communicate()

    def _fresh(self) -> Path:
        home = self.scratch / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.base, home)
        return home


def prepared(home: Path) -> Path:
    """The folder of a founded ledger as the program leaves it."""
    ledger, lock = main.open_ledger(home)
    ledger.close()
    lock.release()
    return home


def digest(home: Path) -> str:
    """One hash of all tables; the folder must open as if nothing had happened."""
    ledger, lock = main.open_ledger(home)
    try:
        assert check_integrity(home) == ""
        assert ledger.setting("notice") == ""
        return digest_of(ledger)
    finally:
        ledger.close()
        lock.release()


def digest_of(ledger: Ledger) -> str:
    """One hash of all tables; when a bundle was made and under which seal is left out."""
    names = ledger.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    columns = {"outbox": "no, upto, receiver"}
    tables = [
        (name, sorted(map(repr, ledger.rows(f"SELECT {columns.get(name, '*')} FROM {name}"))))
        for (name,) in names
    ]
    return hashlib.sha256(repr(tables).encode()).hexdigest()


# The moments at which writing a file whole may find no room.
DISK_STEPS = ("mkdir", "open", "write", "flush", "fsync", "replace")


def fill_disk(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """From now on this step of writing any file finds the disk full; half of it may be there."""

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    class Full(io.FileIO):
        def write(self, data: Any) -> int:
            super().write(data[: len(data) // 2])
            full()
            return 0

        flush = full if step == "flush" else io.FileIO.flush

    if step in ("mkdir", "replace"):
        monkeypatch.setattr(Path, step, full)
    elif step == "fsync":
        monkeypatch.setattr(os, step, full)
    else:
        opened = Path.open

        def open_full(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
            if mode != "wb":
                return opened(path, mode, *rest, **more)
            return full() if step == "open" else Full(path, mode)

        monkeypatch.setattr(Path, "open", open_full)
