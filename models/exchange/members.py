"""The registry as this ledger holds it: the pinned office, the PCs of each unit, who is closed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from models.exchange.format import BadBundle
from models.exchange.keys import Keys
from models.exchange.registry import Chain, Member, Office, add, next_entry, read_chain
from models.ledger import registered
from models.ledger.ledger import Ledger

_OFFICE = "office"


def pinned_office(ledger: Ledger) -> Office | None:
    """The office this unit trusts: its own for an office, none before a school was enrolled."""
    text = ledger.setting(_OFFICE)
    if not text:
        return None
    unit, name, sign, age = orjson.loads(text)
    return Office(unit, name, bytes.fromhex(sign), age)


def pin_office(ledger: Ledger, office: Office) -> None:
    """Trust this office from now on."""
    kept = [office.unit, office.name, office.sign.hex(), office.age]
    ledger.set_setting(_OFFICE, orjson.dumps(kept).decode())


class Directory:
    """Everybody the registry speaks of, as proved chains.

    A bundle's own chains are laid over the ledger's: a PC that was enrolled yesterday signs the
    very bundle that brings its entry.
    """

    def __init__(self, chains: Mapping[str, Chain], below: "Directory | None" = None) -> None:
        self._below = below
        self._chains: dict[str, Chain] = {}
        self._unit_of: dict[str, str] = {}
        self.learn(chains.values())

    def learn(self, chains: Iterable[Chain]) -> None:
        """Put these chains in the place of shorter ones; BadBundle where they say otherwise."""
        for chain in chains:
            held = self.chain(chain.unit)
            if held is None or _goes_on(held.lines, chain.lines):
                self._chains[chain.unit] = chain
                self._unit_of.update(dict.fromkeys(chain.keys, chain.unit))

    def chain(self, unit: str) -> Chain | None:
        """The chain of a unit."""
        return self._chains.get(unit) or (self._below.chain(unit) if self._below else None)

    @property
    def chains(self) -> Iterable[Chain]:
        """The chains of this directory itself."""
        return self._chains.values()

    def of_device(self, device: str) -> Chain | None:
        """The chain that speaks of a PC."""
        unit = self._unit_of.get(device)
        if unit is not None:
            return self._chains[unit]
        return self._below.of_device(device) if self._below else None

    def member(self, device: str) -> Member | None:
        """The PC of this name, unless it was closed or never enrolled."""
        chain = self.of_device(device)
        return chain.members.get(device) if chain else None

    def closed(self, device: str) -> Mapping[str, int] | None:
        """Stream → last valid line of a closed PC (others have none); None where it is open."""
        chain = self.of_device(device)
        return chain.closed.get(device) if chain else None


def chain_of(ledger: Ledger, unit: str) -> Chain:
    """A unit's chain as it stands here, empty where there is none."""
    return read_chain(unit, registered.entries(ledger, unit), pinned=None)


def directory(ledger: Ledger, units: Sequence[str]) -> Directory:
    """The chains of these units as they stand here."""
    return Directory({unit: chain_of(ledger, unit) for unit in dict.fromkeys(units) if unit})


def take_chain(ledger: Ledger, chain: Chain) -> bool:
    """Keep a proved chain if it goes on where ours ends; an older one changes nothing.

    Raises BadBundle where it says something else than ours: one of the two was not made by the
    office alone. Streams that it closes end at once.
    """
    held = registered.entries(ledger, chain.unit)
    if not _goes_on(held, chain.lines):
        return False
    before = read_chain(chain.unit, held, None).closed
    with ledger.transaction():
        registered.keep(ledger, chain.unit, chain.lines)
        pinned = pinned_office(ledger)
        if chain.office and pinned and pinned.sign in chain.succession[:-1]:
            pin_office(ledger, chain.office)  # the key we trusted handed over to this one
        for device, logs in chain.closed.items():
            if before.get(device) != logs:
                registered.close_streams(ledger, device, logs)
    return True


def _goes_on(held: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether these entries say more than those held; BadBundle where they say otherwise."""
    common = min(len(held), len(lines))
    if held[:common] != lines[:common]:
        raise BadBundle("登记表与以前收到的不一致，请联系教育局核对")
    return len(lines) > len(held)


def register(
    ledger: Ledger, signer: Keys, unit: str, kind: str, *facts: Mapping[str, Any]
) -> Chain:
    """Add entries to a unit's chain, here at the office; the chain as it then stands."""
    with ledger.transaction():
        chain = chain_of(ledger, unit)
        if chain.office is None:
            office = pinned_office(ledger)
            if office is None:
                raise BadBundle("教育局还没有密钥")
            add(chain, next_entry(chain, signer, "office", office_facts(office)))
        for each in facts:
            add(chain, next_entry(chain, signer, kind, each))
        take_chain(ledger, chain)
    return chain


def office_facts(office: Office) -> dict[str, str]:
    """The facts of an entry that says the office's key."""
    return {
        "office": office.unit,
        "name": office.name,
        "sign": office.sign.hex(),
        "age": office.age,
    }


def recipients(directory: Directory, units: Sequence[str]) -> list[str]:
    """The age addresses of all PCs of these units, and of the office's key on paper."""
    found: dict[str, None] = {}
    for unit in units:
        chain = directory.chain(unit)
        if chain is None:
            continue
        found.update(dict.fromkeys(member.age for member in chain.members.values()))
        if chain.office is not None:
            found[chain.office.age] = None
    return list(found)
