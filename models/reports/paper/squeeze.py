"""Marks that meet: each full-width one has a blank half, and two blanks in a row look like a hole.

The blank between “：” and “《” is taken away; which marks of a face have one, its glyphs tell
(`Face.narrowed`). At the end of a line a mark gives up its blank where it has no room otherwise.
"""

import re

CLOSING = "，。、；：？！”’）》〉」』】〕］｝〗"
OPENING = "“‘（《〈「『【〔［｛〖"
HALF = 0.5  # of the size
# The quick question whether there is anything to do: thousands of cells ask it.
MEETING = re.compile(f"[{CLOSING}{OPENING}][{CLOSING}{OPENING}]")
# A mark that has another behind it, so that there is too much blank.
PAIR = re.compile(f"[{CLOSING}](?=[{CLOSING}{OPENING}])|[{OPENING}](?=[{OPENING}])")
