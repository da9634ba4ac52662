"""How far this PC has come with its enrolment; asked anew whenever a page is shown."""

from enum import Enum, auto

from models.exchange.members import chain_of, pinned_office
from ui.session import Session


class Standing(Enum):
    """From a program that was just installed to one that may make bundles."""

    LOCKED = auto()  # a password keeps the keys; it was not given yet
    STRANGER = auto()  # no office is trusted yet
    ASKING = auto()  # the office is trusted; it has not signed this PC in yet
    MEMBER = auto()


def standing_of(session: Session) -> Standing:
    """Where this PC stands; raises AppError where its keys cannot be read."""
    ledger, store = session.ledger, session.store
    if store.is_locked:
        return Standing.LOCKED
    if pinned_office(ledger) is None:
        return Standing.STRANGER
    member = chain_of(ledger, ledger.unit).members.get(ledger.setting("device"))
    mine = member is not None and member.sign == store.device().sign_public
    return Standing.MEMBER if mine else Standing.ASKING
