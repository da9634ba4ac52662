"""JSON that others sent: taken only as our own writer would have written the very same bytes.

Two programs that read the same JSON may find different things in it: of a key that stands twice, in
a number too large, behind a blank or in half a surrogate pair. Where value and bytes belong to each
other one to one, nobody can be shown what somebody else did not sign.
"""

from typing import Any, Final

_CONTROLS: Final = (rb"\u00", rb"\b", rb"\f")


def load_strict(data: bytes, most: int, *, indented: bool = False) -> Any:
    """The value in these at most `most` bytes; ValueError where our writer would not write them.

    That leaves out: blanks, a key twice, NaN, integers beyond 64 bits, numbers and characters that
    are written in another way, broken UTF-8, surrogates, control characters, more than 254 levels.
    A file for people to look into is `indented`: it has the blanks that our writer sets, no others.
    """
    import orjson  # takes a fifth of our start to import, and only reading what came needs it

    if len(data) > most:
        raise ValueError("too long")
    option = orjson.OPT_INDENT_2 if indented else None
    try:
        value = orjson.loads(data)
        same = orjson.dumps(value, option=option) == data
    except TypeError:  # too deep to be written
        same = False
    if not same or has_control(data):
        raise ValueError("not as our writer writes")
    return value


def has_control(data: bytes) -> bool:
    """Whether a text in this JSON of our writing holds what nobody can type.

    Those are the control characters other than tab and line ends: NUL, at which half the world's
    programs take a text for ended, or the sequences that repaint a screen.
    """
    if b"\\" not in data:
        return False
    bare = data.replace(rb"\\", b"")  # backslashes that were typed
    return any(control in bare for control in _CONTROLS)
