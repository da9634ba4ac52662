"""Who may write and read: one signed chain of entries for each unit, kept by the office.

An entry is a line `<signature> <json>`; a rotation of the office's key carries two signatures,
joined by a dot. Each entry holds the SHA-256 of the line before it, so that nobody can take one
out; a unit's chain speaks of that unit alone, so that no school sees another's. There are no
dates: an entry stands until a later one ends it, and a lost PC ends at a line, not at a moment.

    {"no","prev","office","unit","kind":"office","name","sign","age"}         the office's key
    {"no","prev","office","unit","kind":"device","device","role","pc","person","sign","age"}
    {"no","prev","office","unit","kind":"close","device","logs":{stream: [last line, head]}}
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson

from models.exchange.format import BadBundle, is_seen
from models.exchange.keys import Keys, fingerprint, is_recipient, verify
from models.strict_json import load_strict

MOST_ENTRIES: Final = 5_000
LONGEST_ENTRY: Final = 64 << 10
MOST_WORDS: Final = 100
FIRST: Final = "0" * 64
_SIGNED: Final = b"campus-ledger registry\0"
_STRANGE = "登记表不是本教育局签发的"
_ENTRY = re.compile(r"([0-9a-f]{128})(?:\.([0-9a-f]{128}))? (\{.*\})")
_HEX = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z0-9]{1,40}")
_UNIT = re.compile(r"[A-Za-z0-9]{1,40}")
_STREAM = re.compile(r"[a-z0-9]{1,16}")
_FRAME = {"no", "prev", "office", "unit", "kind"}
_FACTS = {
    "office": {"name", "sign", "age"},
    "device": {"device", "role", "pc", "person", "sign", "age"},
    "close": {"device", "logs"},
}
Entry = dict[str, Any]
# A chain is read whole whenever somebody asks who is who; what was proved once stays proved. Long
# entries are proved again: a stranger's would fill the memory.
_LONG: Final = 2 << 10
_known = lru_cache(maxsize=20_000)(verify)


class Office(NamedTuple):
    """An office as others know it: its code, its name and the public half of its key."""

    unit: str
    name: str
    sign: bytes
    age: str

    @property
    def digits(self) -> str:
        """The 24 digits that stand for this key."""
        return fingerprint("office", self.unit, self.sign, self.age)


class Member(NamedTuple):
    """A PC of a unit, as the office signed it."""

    unit: str
    device: str
    role: str
    pc: str
    person: str
    sign: bytes
    age: str


@dataclass
class Chain:
    """What a unit's entries come to, read from the first to the last."""

    unit: str
    lines: list[str] = field(default_factory=list)
    office: Office | None = None
    succession: list[bytes] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)
    keys: dict[str, list[bytes]] = field(default_factory=dict)  # all that a PC ever had
    closed: dict[str, dict[str, int]] = field(default_factory=dict)  # PC → stream → last line

    @property
    def head(self) -> str:
        """What the next entry names as the line before it."""
        return hashlib.sha256(self.lines[-1].encode()).hexdigest() if self.lines else FIRST


def read_chain(unit: str, lines: Sequence[str], pinned: bytes | None) -> Chain:
    """The chain, wholly proved; raises BadBundle where it is not the pinned office's.

    Without a pinned key the chain only agrees with itself; the caller says whose it claims to be.
    """
    if len(lines) > MOST_ENTRIES:
        raise BadBundle("登记表大得不正常")
    chain = Chain(unit)
    for line in lines:
        _follow(chain, line)
    if pinned is not None and pinned not in chain.succession:
        raise BadBundle(_STRANGE)
    return chain


def read_chains(
    bodies: Mapping[str, list[str]],
    pinned: bytes | None,
    held: Callable[[str], Chain | None] = lambda _unit: None,
) -> dict[str, Chain]:
    """The chains that came together, by unit; those that are `held` just so need no proof again.

    A unit that was enrolled after the office changed its key has a chain that begins with the new
    key; who still trusts the old one learns from another chain that it handed over.
    A late bundle brings a chain from before that: it is trusted as far as it is `held` already.
    """
    chains = {}
    for unit, lines in bodies.items():
        chain = held(unit)
        same = chain is not None and chain.lines == lines
        chains[unit] = chain if chain and same else read_chain(unit, lines, None)
    if pinned is None:
        return chains
    heirs = {pinned}
    for chain in chains.values():
        if pinned in chain.succession:
            heirs.update(chain.succession[chain.succession.index(pinned) :])
    strange = [chain for chain in chains.values() if heirs.isdisjoint(chain.succession)]
    if not all(_begins(held(chain.unit), chain) for chain in strange):
        raise BadBundle(_STRANGE)
    return chains


def _begins(held: Chain | None, chain: Chain) -> bool:
    return held is not None and held.lines[: len(chain.lines)] == chain.lines


def next_entry(chain: Chain, signer: Keys, kind: str, facts: Mapping[str, Any]) -> str:
    """The line of the chain's next entry, signed by the office's key.

    A rotation of the key is signed by the old key here and needs `co_sign` by the new one.
    """
    office = facts["office"] if kind == "office" else _office_of(chain).unit
    entry = {
        "no": len(chain.lines) + 1,
        "prev": chain.head,
        "office": office,
        "unit": chain.unit,
        "kind": kind,
        **{name: value for name, value in facts.items() if name != "office"},
    }
    text = orjson.dumps(entry)
    return f"{signer.sign(_SIGNED + text).hex()} {text.decode()}"


def co_sign(line: str, signer: Keys) -> str:
    """A rotation with the new key's signature beside the old one's."""
    signature, _, text = line.partition(" ")
    return f"{signature}.{signer.sign(_SIGNED + text.encode()).hex()} {text}"


def add(chain: Chain, line: str) -> None:
    """Put an entry at the end of a chain; it is proved like one that came from elsewhere."""
    if len(chain.lines) >= MOST_ENTRIES:
        raise BadBundle("登记表已满")
    _follow(chain, line)


def _proved(public: bytes, signature: bytes, data: bytes) -> bool:
    prove = _known if len(data) <= _LONG else verify
    return prove(public, signature, data)


def _office_of(chain: Chain) -> Office:
    if chain.office is None:
        raise BadBundle("登记表没有教育局的密钥")
    return chain.office


def _follow(chain: Chain, line: str) -> None:
    first, second, entry, text = _parse(line)
    if (entry["no"], entry["prev"], entry["unit"]) != (
        len(chain.lines) + 1,
        chain.head,
        chain.unit,
    ):
        raise BadBundle("登记表的次序不对")
    if entry["kind"] == "office":
        _follow_office(chain, entry, text, first, second)
    else:
        office = _office_of(chain)
        if entry["office"] != office.unit or second or not _proved(office.sign, first, text):
            raise BadBundle("登记表的签名不对")
        _TAKE[entry["kind"]](chain, entry)
    chain.lines.append(line)


def _follow_office(chain: Chain, entry: Entry, text: bytes, first: bytes, second: bytes) -> None:
    """The first entry is signed by its own key, each later one by the key before and its own."""
    new = Office(entry["office"], entry["name"], bytes.fromhex(entry["sign"]), entry["age"])
    if chain.office is None:
        signed = not second and _proved(new.sign, first, text)
    else:
        signed = (
            new.unit == chain.office.unit
            and _proved(chain.office.sign, first, text)
            and _proved(new.sign, second, text)
        )
    if not signed:
        raise BadBundle("登记表的签名不对")
    chain.office = new
    chain.succession.append(new.sign)


def _follow_device(chain: Chain, entry: Entry) -> None:
    device = entry["device"]
    if device in chain.closed:
        raise BadBundle("登记表里有已停用的电脑")
    belongs = "office" if chain.unit == _office_of(chain).unit else "school"
    if entry["role"] != belongs:
        raise BadBundle("登记表里有不属于这个单位的电脑")
    sign = bytes.fromhex(entry["sign"])
    chain.members[device] = Member(
        chain.unit, device, entry["role"], entry["pc"], entry["person"], sign, entry["age"]
    )
    chain.keys.setdefault(device, []).append(sign)


def _follow_close(chain: Chain, entry: Entry) -> None:
    """The PC is no member any more; a second entry may only name streams the first did not."""
    device = entry["device"]
    if chain.members.pop(device, None) is None and device not in chain.closed:
        raise BadBundle("登记表停用了没有登记的电脑")
    logs = chain.closed.setdefault(device, {})
    if logs.keys() & entry["logs"].keys():
        raise BadBundle("登记表把一台电脑停用了两次")
    logs.update({log: last for log, (last, _head) in entry["logs"].items()})


_TAKE: Final = {"device": _follow_device, "close": _follow_close}


def _parse(line: str) -> tuple[bytes, bytes, Entry, bytes]:
    """(signature, second signature, entry, signed bytes); the shape wholly checked."""
    found = _ENTRY.fullmatch(line) if len(line) <= LONGEST_ENTRY else None
    if found is None:
        raise BadBundle("登记表的格式不对")
    first, second, text = found.groups()
    try:
        entry = load_strict(text.encode(), LONGEST_ENTRY)
        whole = _is_entry(entry)
    except (AttributeError, TypeError, ValueError, KeyError):
        whole = False
    if not whole:
        raise BadBundle("登记表的格式不对")
    return bytes.fromhex(first), bytes.fromhex(second or ""), entry, _SIGNED + text.encode()


def _is_entry(entry: Entry) -> bool:
    kind = entry["kind"]
    framed = (
        set(entry) == _FRAME | _FACTS[kind]
        and type(entry["no"]) is int
        and bool(_HEX.fullmatch(entry["prev"]))
        and bool(_UNIT.fullmatch(entry["office"]) and _UNIT.fullmatch(entry["unit"]))
    )
    if not framed:
        return False
    if kind == "close":
        return bool(_NAME.fullmatch(entry["device"])) and _are_positions(entry["logs"])
    if kind == "device" and not (
        _NAME.fullmatch(entry["device"]) and is_words(entry["pc"]) and is_words(entry["person"])
    ):
        return False
    if kind == "office" and not is_words(entry["name"]):
        return False
    return bool(_HEX.fullmatch(entry["sign"])) and is_recipient(entry["age"])


def _are_positions(logs: Mapping[str, Any]) -> bool:
    return all(
        _STREAM.fullmatch(log) and type(last) is int and 0 <= last < 2**53 and _HEX.fullmatch(head)
        for log, (last, head) in logs.items()
    )


def is_words(value: object) -> bool:
    """Whether this is a name that may stand in an entry."""
    return isinstance(value, str) and value == tidy(value)


def tidy(text: str) -> str:
    """What of a name may stand in an entry."""
    return "".join(filter(is_seen, text))[:MOST_WORDS]
