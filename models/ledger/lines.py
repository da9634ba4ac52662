"""One line of the log: what one user action wrote. The bytes as written are the truth.

    bind    {"s":1,"t":…,"u":"","o":"b","n":unit,"v":{"device":…}}            first line of a stream
    create  {"s":2,"t":…,"u":who,"o":"c","e":type,"n":unit,"v":{field: value}} id is <stream>.<s>
    update  {"s":3,"t":…,"u":who,"o":"u","e":type,"i":id,
             "v":{field: [from, to, n, base, merges?]},"k"?:{stream: seq}}

`s` is the line's number in its stream, `t` the writer's own clock (milliseconds × 1000 + counter),
`u` who, `n` in a version the causal bump (see merge.py). Values are text, whole numbers or null.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

from models.ledger.compact import pack
from models.strict_json import has_control, load_strict

Line: TypeAlias = dict[str, Any]

GENESIS: Final = bytes(32)
SHORTEST_LINE: Final = 40  # no line is shorter, were all its texts empty
LONGEST_LINE: Final = 256 << 10
LONGEST_TEXT: Final = 100_000
LARGEST: Final = 2**53
MOST_FIELDS: Final = 200
MOST_MERGES: Final = 100
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_NAME = re.compile(r"_?[a-z][a-z0-9_]{0,39}")
_ID = re.compile(r"[A-Za-z0-9*_-]{1,40}(\.[A-Za-z0-9*_-]{1,40}){1,2}")
_STREAM = re.compile(r"[a-z0-9]{1,16}")
# Each version has one name: no zeros before the number, no digits of other scripts.
_OP = re.compile(r"[a-z0-9]{1,16}\.(?:0|[1-9][0-9]{0,14})")
_CREATION = ("s", "t", "u", "o", "e", "n", "v")
_UPDATE = ("s", "t", "u", "o", "e", "i", "v")
_PLAIN_TYPES = {str, type(None)}
_KEYS = {
    "b": {"s", "t", "u", "o", "n", "v"},
    "c": {"s", "t", "u", "o", "e", "n", "v"},
    "u": {"s", "t", "u", "o", "e", "i", "v"},
}


class BadLine(ValueError):
    """A line that no writer of ours can have made."""


def random_name() -> str:
    """Ten characters that no other stream or device has."""
    return "".join(_BASE32[byte % 32] for byte in os.urandom(10))


def dump(line: Line) -> str:
    """The line as it is written and hashed."""
    return pack(line)


def dump_strict(line: Line) -> str:
    """The line as it goes into a stream.

    BadLine where a reader would not take it: in a chain one such line would make all behind it
    unreadable for everybody, for ever.
    """
    text = dump(line)
    data = text.encode()
    if len(data) > LONGEST_LINE or has_control(data):
        raise BadLine("too long, or with control characters")
    _check(line)
    return text


def load(text: str) -> Line:
    """The line, wholly checked: shape, names, lengths and bounds."""
    try:
        # of a text that is too long no more is encoded than shows it
        line = load_strict(text[: LONGEST_LINE + 1].encode(), LONGEST_LINE)
    except ValueError as error:
        raise BadLine(str(error)) from None
    _check(line)
    return dict(line)


def load_many(raws: Iterable[bytes]) -> list[Line]:
    """`load` of each line, at several times the speed: plain ones pass by a shorter check."""
    import orjson

    dumps, loads = orjson.dumps, orjson.loads
    lines: list[Line] = []
    for raw in raws:
        try:
            line: Any = loads(raw) if len(raw) <= LONGEST_TEXT else None
            plain = dumps(line) == raw and not has_control(raw) and _is_plain(line)
        except (ValueError, TypeError, KeyError, AttributeError):
            plain = False
        # bytes that are no text become such as no line may hold
        lines.append(line if plain else load(raw.decode(errors="surrogateescape")))
    return lines


def chain(head: bytes, text: str) -> bytes:
    """The head of the stream after this line."""
    return hashlib.sha256(head + text.encode()).digest()


def chain_all(head: bytes, raws: Iterable[bytes]) -> bytes:
    """The head of the stream after these lines."""
    sha256 = hashlib.sha256
    for raw in raws:
        head = sha256(head + raw).digest()
    return head


def split_op(op: str) -> tuple[str, int]:
    """`stream.seq` as its two parts."""
    log_id, _, seq = op.rpartition(".")
    return log_id, int(seq)


def names_in(line: Line) -> set[str]:
    """The records and versions that a line speaks of, and its texts, for a link is one of them."""
    if line["o"] != "u":
        return {value for value in line["v"].values() if isinstance(value, str)}
    named = [line["i"]]
    for _old, new, _n, base, *merges in line["v"].values():
        named += [new, base, *(op for ops in merges for op in ops)]
    return {name for name in named if isinstance(name, str)}


def natural_id(unit: str, table: str, key: tuple[str, ...]) -> str:
    """The id of a record that two PCs may both make: the same key gives the same record.

    Its type stands in it, so that nobody can make a record of another type of the same name.
    """
    text = "|".join((table, *key))
    return f"k.{unit}.{table}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _is_plain(line: Any) -> bool:
    """Whether a line is plainly good: answers that are text or missing, versions that merge none.

    It says no where it is not sure; the line as a whole is no longer than one text may be.
    """
    if type(line) is not dict:
        return False
    values, shape = line["v"], tuple(line)
    if shape == _CREATION and line["o"] == "c":
        good = set(map(type, values.values())) <= _PLAIN_TYPES and _is_text(line["n"], 40)
    elif shape == _UPDATE and line["o"] == "u":
        good = all(map(_is_plain_version, values.values())) and "_deleted" not in values
        good = good and len(line["i"]) <= 100 and _ID.fullmatch(line["i"]) is not None
    else:
        return False
    return (
        good
        and type(values) is dict
        and _are_names(tuple(values))
        and _counts(line["s"])
        and _counts(line["t"])
        and _is_text(line["u"], 100)
        and _is_text(line["e"], 40)
        and _are_names((line["e"],))
    )


def _is_plain_version(version: Any) -> bool:
    if type(version) is not list or len(version) != 4:
        return False
    old, new, n, base = version
    return {type(old), type(new)} <= _PLAIN_TYPES and _counts(n) and _is_op(base)


@lru_cache(maxsize=512)
def _are_names(names: Sequence[str]) -> bool:
    """Thousands of lines have the same names."""
    return 0 < len(names) <= MOST_FIELDS and all(map(_NAME.fullmatch, names))


def _check(line: Any) -> None:
    _check_frame(line)
    values = line["v"]
    if not isinstance(values, dict) or not 0 < len(values) <= MOST_FIELDS:
        raise BadLine("fields")
    if not all(_NAME.fullmatch(name) for name in values):
        raise BadLine("field name")
    if line["o"] == "u":
        _check_update(line)
    elif not all(map(_is_value, values.values())):
        raise BadLine("value")


def _check_frame(line: Any) -> None:
    """The keys, the number, the time, who, and of what kind of record."""
    kind = line.get("o") if isinstance(line, dict) else None
    if not isinstance(kind, str) or kind not in _KEYS:
        raise BadLine("unknown kind of line")
    if set(line) - ({"k"} if kind == "u" else set()) != _KEYS[kind]:
        raise BadLine("keys")
    if not (_counts(line["s"]) and _counts(line["t"]) and _is_text(line["u"], 100)):
        raise BadLine("number, time or user")
    if kind != "b" and not (_is_text(line["e"], 40) and _NAME.fullmatch(line["e"])):
        raise BadLine("record type")
    if kind != "u" and not _is_text(line["n"], 40):
        raise BadLine("unit")


def _check_update(line: Line) -> None:
    if not (_is_text(line["i"], 100) and _ID.fullmatch(line["i"])):
        raise BadLine("record id")
    for name, version in line["v"].items():
        _check_version(version)
        if name == "_deleted" and version[1] not in (0, 1):
            raise BadLine("deleted or not")
    seen = line.get("k", {})
    if not isinstance(seen, dict) or len(seen) > MOST_FIELDS:
        raise BadLine("what was seen")
    if not all(_STREAM.fullmatch(log_id) and _counts(seq) for log_id, seq in seen.items()):
        raise BadLine("what was seen")


def _check_version(version: Any) -> None:
    if not isinstance(version, list) or len(version) not in (4, 5):
        raise BadLine("version")
    old, new, n, base, *merges = version
    if not (_is_value(old) and _is_value(new) and _counts(n) and _is_op(base)):
        raise BadLine("version")
    if merges:
        named = merges[0]
        if not isinstance(named, list) or not 0 < len(named) <= MOST_MERGES:
            raise BadLine("merges")
        if not all(_is_op(op) for op in named) or len(set(named)) != len(named):
            raise BadLine("merges")


def _counts(value: Any) -> bool:
    return type(value) is int and 0 <= value < LARGEST


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest


def _is_value(value: Any) -> bool:
    if type(value) is int:
        return -LARGEST < value < LARGEST
    return value is None or _is_text(value, LONGEST_TEXT)


def _is_op(value: Any) -> bool:
    return isinstance(value, str) and _OP.fullmatch(value) is not None
