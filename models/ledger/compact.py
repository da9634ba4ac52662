"""JSON as the ledger keeps it: no blanks, characters as they are.

The standard library's, for it is there at start; orjson takes a fifth of our start to import and
is for reading many lines of others (see lines.py).
"""

import json
from typing import Any

# Made once: the encoder of every call of `json.dumps` with our settings would be a new one.
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def pack(value: Any) -> str:
    """The value as text; the keys of a dict in their order."""
    return _WRITER.encode(value)


def unpack(text: str) -> Any:
    """The value that `pack` was given."""
    return json.loads(text)
