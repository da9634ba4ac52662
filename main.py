"""Start the program: the only place that makes the parts and hands each to the next."""

import gc
import os
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from models.ledger import upgrade, witness
from models.ledger.database import open_database
from models.ledger.ledger import Ledger
from models.ledger.lock import Lock, take_lock
from models.ledger.search import Initials

BUNDLE = ".aqb"  # as models.exchange.format has it, which costs the start too much
RESOURCES = Path(__file__).resolve().parent / "resources"


def now() -> datetime:
    """This PC's clock."""
    return datetime.now(UTC)


def home_folder() -> Path:
    """Where the ledger lies: a place of one's own choice, else the user's data folder.

    A program with `portable.txt` beside it keeps all it writes beside itself, on its stick.
    """
    chosen = os.environ.get("CAMPUS_LEDGER_HOME")
    if chosen:
        return Path(chosen)
    beside = Path(sys.executable).parent
    if getattr(sys, "frozen", False) and (beside / "portable.txt").exists():
        return beside / "数据"
    from platformdirs import user_data_path

    return user_data_path("CampusLedger", appauthor=False)


def open_ledger(home: Path) -> tuple[Ledger, Lock]:
    """The ledger of a folder, and the lock that keeps it ours."""
    lock = take_lock(home)
    with ExitStack() as failed:
        failed.callback(lock.release)
        db = open_database(home)
        failed.callback(db.close)
        initials = Initials(RESOURCES / "pinyin" / "initials.txt")
        ledger = Ledger(db, home, clock=now, initials=initials)
        witness.check(ledger)
        upgrade.catch_up(ledger)
        failed.pop_all()
    return ledger, lock


def run_window(home: Path, bundle: Path | None = None) -> int:
    """Open the window, read the bundle that was double-clicked, and stay until it is closed."""
    gc.disable()  # until the window's own collector takes over: what a start makes, it keeps
    from ui.start import run, say_still_packed

    if getattr(sys, "frozen", False) and Path(tempfile.gettempdir()) in home.parents:
        return say_still_packed()
    return run(home, RESOURCES, open_ledger, now, bundle)


def bundle_in(arguments: list[str]) -> Path | None:
    """The bundle that Windows names when one is double-clicked."""
    named = len(arguments) == 1 and arguments[0].lower().endswith(BUNDLE)
    return Path(arguments[0]) if named else None


def main(arguments: list[str]) -> int:
    """Without a word: the window. With one: the same work without a window."""
    bundle = bundle_in(arguments)
    if arguments and not bundle:
        from ui.console import run_command

        return run_command(arguments, home_folder(), RESOURCES, open_ledger, now)
    return run_window(home_folder(), bundle)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
