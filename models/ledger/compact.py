"""JSON as the ledger keeps it: no blanks, characters as they are.

The standard library's, for it is there at start; orjson takes a fifth of our start to import and
is for reading many lines of others (see lines.py).
"""

import json
from typing import Any


def pack(value: Any) -> str:
    """The value as text; the keys of a dict in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Any:
    """The value that `pack` was given."""
    return json.loads(text)
