"""The office's key on paper."""

from pathlib import Path

from models.ledger.ledger import Ledger
from models.printing.job import NOTHING, write
from models.problems import AppError
from models.records.fields import show_day
from models.reports.paper.faces import Faces
from models.reports.recovery_sheet import FIRST, SECOND, WHOLE, RecoveryPage, recovery_sheet


def print_recovery_sheets(
    ledger: Ledger, seed: bytes, faces: Faces, folder: Path, split: bool
) -> list[Path]:
    """Write the office's key into a folder as its recovery page, or as two that need each other.

    The files hold the key: whoever printed them deletes them.
    """
    from models.exchange import recovery  # keys are loaded only where they are used
    from models.exchange.keys import groups
    from models.exchange.members import pinned_office

    office = pinned_office(ledger)
    if office is None:
        raise AppError(f"教育局还没有密钥，{NOTHING}")
    halves = zip((FIRST, SECOND), recovery.split(seed), strict=True)
    paths = []
    for which, part in halves if split else [(WHOLE, seed)]:
        page = RecoveryPage(
            office=office.name,
            which=which,
            lines=recovery.lines_of(part),
            digits=groups(office.digits),
            printed=show_day(ledger.clock().astimezone().date()),
        )
        paths.append(folder / f"密钥恢复页{'-' + which[:3] if split else ''}.pdf")
        write(ledger, faces, recovery_sheet(page, faces=faces), paths[-1])
    return paths
