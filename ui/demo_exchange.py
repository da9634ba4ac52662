"""The part of the demo that goes between two PCs: enrolment, a bundle up, a receipt back."""

from pathlib import Path
from typing import TYPE_CHECKING

from models.exchange.delivery import delivery
from models.exchange.enrolment import (
    accept_invitation,
    approve,
    found_office,
    make_invitation,
    make_request,
    own_request,
    read_invitation,
    read_request,
)
from models.exchange.export import export_bundle
from models.exchange.key_store import KeyStore
from models.exchange.members import pinned_office
from models.exchange.receive import receive_bundle
from models.exchange.recovery import new_seed
from models.ledger.ledger import Ledger
from models.records.catalogue import RECORD_TYPES

if TYPE_CHECKING:
    from ui.demo import Journey


def exchange(journey: "Journey", school: Ledger, office: Ledger) -> None:
    """From the invitation to the receipt; the office's ledger must hold what the school's does."""
    _enrol(journey, school, office)
    keys, office_keys = KeyStore.of(school), KeyStore.of(office)
    made = export_bundle(school, keys, journey.folder)
    journey.say(f"数据包 {made.path.name}：{made.lines} 条记录，照片 {made.photos} 张")
    received = receive_bundle(office, office_keys, made.path)
    journey.check("教育局新增记录", received.new, made.lines)
    journey.check("教育局收到照片", received.photos, made.photos)
    again = receive_bundle(office, office_keys, made.path)
    journey.check("再读一次新增", again.new, 0)
    journey.check("回执以前未送达", delivery(school).waiting, made.lines)
    reply = export_bundle(office, office_keys, journey.folder, unit=school.unit)
    receive_bundle(school, keys, reply.path)
    journey.check("回执以后未送达", delivery(school).waiting, 0)
    for table, kind in RECORD_TYPES.items():
        if table != "organisation":
            mine = {r.id: r for r in school.all(kind)}
            theirs = {r.id: r for r in office.all(kind) if r.unit == school.unit}
            journey.check(f"{kind.title}两边相同（{len(mine)}）", theirs == mine, True)


def _enrol(journey: "Journey", school: Ledger, office: Ledger) -> None:
    """As two people do it by telephone: each types what the other reads out."""
    folder: Path = journey.folder
    keys, office_keys = KeyStore.of(school), KeyStore.of(office)
    found_office(office, office_keys, new_seed())
    invitation = read_invitation(make_invitation(office, office_keys, folder))
    read_out = pinned_office(office)
    accept_invitation(school, invitation, read_out.digits if read_out else "")
    request = read_request(make_request(school, keys, folder))
    approve(office, office_keys, request, own_request(school, keys).digits)
    reply = export_bundle(office, office_keys, folder, unit=school.unit)
    journey.check("入网", receive_bundle(school, keys, reply.path).clean, True)
