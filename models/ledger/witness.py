"""A witness beside the ledger of how far it went, and on which machine.

A copy put in the ledger's place by hand, or a disk copied to another PC, would write streams on
that were already written on elsewhere: two branches, of which the office takes one (branches.py
mends it). The witness tells at opening. Then the streams are left as they are, and the next line
opens a new one. What others had sent may be missing, too: the setting `restored` lets the next
bundles ask for it (see models/exchange/cargo.py); for that alone nobody is told.

How far it went stands in a file, which an old copy of the ledger does not bring back; on which
machine the ledger lies stands in the ledger (`device:<machine>` = name of the PC there), so that
also a file that travels alone is noticed.
"""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

from models.files import write_whole
from models.ledger.admission import head_at
from models.ledger.compact import pack, unpack
from models.ledger.ledger import Ledger
from models.ledger.lines import random_name
from models.ledger.streams import own_streams
from models.problems import AppError

FILE_NAME = "witness.json"
_BUNDLES = "bundles:"  # in the file: how many were made and taken; no stream has such a name
PUT_BACK = (
    "台账换成了以前的一份备份：这台电脑后来记的内容不在里面。已经交出去的，读入教育局的回执后会回来；"
    "没有交过的，请核对后重新登记。"
)
MOVED = (
    "台账是从另一台电脑拷来的（或者这台电脑改过名字、重装过系统）。记录都在，可以照常登记；"
    "这台电脑已作为一台新电脑，请到“数据交换”页重新申请入网后再交数据包。"
)


def check(ledger: Ledger, machine: str = "") -> str:
    """Leave this PC's streams where they may not be written on; the reason in words.

    Called at opening, before anything is written. Normally it only reads. The words also wait in
    the setting `notice` until somebody is told.
    """
    device = ledger.setting("device")
    if not device:
        return ""
    here = f"device:{machine or fingerprint()}"
    known = dict(ledger.rows("SELECT key, value FROM setting WHERE key LIKE 'device:%'"))
    words = ""
    if known and known.get(here) != device:
        # Two PCs of one name would be taken for one, so this one has its own, the same as before
        # where the ledger has been here before; its keys are other keys then.
        words, device = MOVED, known.get(here) or random_name()
    elif _put_back(ledger):
        words = PUT_BACK
    lacks = bool(words) or _bundles(ledger) < _told(ledger.home).get(_BUNDLES, (0, ""))[0]
    if lacks or here not in known:
        with ledger.transaction() as db:
            if lacks:
                db.execute(
                    "INSERT OR REPLACE INTO setting"
                    " SELECT 'restored', ifnull(max(no), 0) FROM outbox"
                )
            if words:
                db.execute("DELETE FROM setting WHERE key LIKE 'stream:%'")
                ledger.set_setting("notice", words)
            ledger.set_setting("device", device)
            ledger.set_setting(here, device)
    note(ledger)
    return words


def note(ledger: Ledger) -> None:
    """Write down how far this PC's streams go: at opening, at closing, after each export.

    What the file says of lines that the ledger no longer has stays, else a second copy put back
    would not be noticed. A folder that takes no file does not stop the work.
    """
    with suppress(AppError):
        told = _told(ledger.home)
        now = {log_id: at for log_id, at in told.items() if log_id != _BUNDLES}
        if count := _bundles(ledger):
            now[_BUNDLES] = (count, "")
        for stream in own_streams(ledger):
            if stream.seq >= now.get(stream.log_id, (0, ""))[0]:
                now[stream.log_id] = (stream.seq, stream.head.hex())
        if now != told:
            write_whole(ledger.home / FILE_NAME, pack(now).encode())


def _put_back(ledger: Ledger) -> bool:
    """Whether a stream that this PC would write on goes less far than it did, or otherwise."""
    told = _told(ledger.home)
    written = {
        value for (value,) in ledger.rows("SELECT value FROM setting WHERE key LIKE 'stream:%'")
    }
    with ledger.reading() as db:
        for stream in own_streams(ledger):
            seq, head = told.get(stream.log_id, (0, ""))
            if not seq or stream.log_id not in written:
                continue
            if seq > stream.seq or head_at(db, stream.log_no, seq).hex() != head:
                return True
    return False


def _bundles(ledger: Ledger) -> int:
    """How many bundles were made and taken here, also those that were undone."""
    ((count,),) = ledger.rows(
        "SELECT (SELECT count(*) FROM outbox)"
        " + (SELECT count(*) FROM inbox WHERE state IN ('taken', 'undone'))"
    )
    return int(count)


def _told(home: Path) -> dict[str, tuple[int, str]]:
    """What the file says; nothing where it is not there, or is no witness of ours."""
    try:
        told = unpack((home / FILE_NAME).read_text("utf-8"))
        return {str(log_id): (int(seq), str(head)) for log_id, (seq, head) in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def fingerprint() -> str:
    """What tells this machine from others: the system's own number, and its name.

    Cloned disks often share the number, and only the name was changed. The disk is left out: its
    number changes when a folder is moved, and under Linux at any start.
    """
    return hashlib.sha256(_machine().encode()).hexdigest()[:16]


if sys.platform == "win32":  # pragma: no cover  only one of the two exists on a system

    def _machine() -> str:
        import winreg

        name = os.environ.get("COMPUTERNAME", "")
        try:
            place = r"SOFTWARE\Microsoft\Cryptography"
            access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, access) as key:
                return f"{name}|{winreg.QueryValueEx(key, 'MachineGuid')[0]}"
        except OSError:
            return name

else:

    def _machine() -> str:
        name = os.uname().nodename
        try:
            return f"{name}|{Path('/etc/machine-id').read_text('utf-8').strip()}"
        except OSError:
            return name
