"""Numbers of 结业证书: given once to each trainee of a programme, never twice in a unit."""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.ledger.ledger import Ledger
from models.ledger.same_person import standing
from models.ledger.training import trainees
from models.problems import AppError
from models.records.programme import Programme, Trainee

DIGITS = 3


def usual_prefix(programme: Programme) -> str:
    """What the numbers of a programme begin with: the year in which it ends."""
    return f"{programme.ends.year}-" if programme.ends else ""


def number_all(ledger: Ledger, programme: str, prefix: str) -> Sequence[Trainee]:
    """Give a number to each trainee who has none and has not withdrawn; those that were given it.

    Numbers go on behind the highest with this prefix in the whole unit, also of deleted rosters.
    """
    with ledger.transaction():
        waiting = [
            trainee for trainee, _person in trainees(ledger, programme) if not trainee.certificate
        ]
        if not waiting:
            raise AppError("这个班次没有等待编号的学员，没有改动。请先在班次里登记学员。")
        last = _last(ledger, prefix)
        return [
            ledger.save(replace(one, certificate=f"{prefix}{last + at:0{DIGITS}}"), one)
            for at, one in enumerate(waiting, 1)
        ]


def given_twice(ledger: Ledger, programme: str) -> str:
    """What is to be done where two PCs gave one number apart, in a sentence; else empty."""
    stands = standing(ledger)
    bearers: dict[str, set[tuple[str | None, str | None]]] = {}
    for one in ledger.all(Trainee, unit=ledger.unit):
        if one.certificate:
            who = stands.get(one.person or "", one.person)
            bearers.setdefault(one.certificate, set()).add((one.programme, who))
    own = {one.certificate for one, _person in trainees(ledger, programme) if one.certificate}
    twice = sorted(number for number in own if len(bearers[number]) > 1)
    if not twice:
        return ""
    return (
        f"证书编号 {'、'.join(twice)} 给了不止一个人，可能是两台电脑分别编的。"
        "请在“干部培训”的学员名单里改正。"
    )


def _last(ledger: Ledger, prefix: str) -> int:
    rows = ledger.rows(
        "SELECT certificate FROM trainee WHERE substr(certificate, 1, ?) = ?", (len(prefix), prefix)
    )
    tails = [str(number)[len(prefix) :] for (number,) in rows]
    return max((int(tail) for tail in tails if re.fullmatch(r"[0-9]{1,9}", tail)), default=0)
