"""Marks that meet: each full-width one has a blank half, and two blanks in a row look like a hole.

The blank between “：” and “《” is taken away; which marks of a face have one, its glyphs tell
(`Face.narrowed`). At the end of a line a mark gives up its blank where it has no room otherwise.
"""

import re

CLOSING = "，。、；：？！”’）》〉」』】〕］｝〗"
OPENING = "“‘（《〈「『【〔［｛〖"
HALF = 0.5  # of the size
_PAIRS = re.compile(f"[{CLOSING}](?=[{CLOSING}{OPENING}])|[{OPENING}](?=[{OPENING}])")


def pairs(text: str) -> list[int]:
    """The places of the marks that have another behind them, so that there is too much blank."""
    return [found.start() for found in _PAIRS.finditer(text)]
